"""Kinds of check about alerts in a crisis and about what machines are told.

What an alert may not say are frames; some words take them back.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from stopjihad.catalog.frames import (
    ALL_CLEAR,
    CONFIRMED,
    COUNTED,
    AlertWords,
    alert_frames,
    alert_words,
)
from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, finding_at
from stopjihad.check.rules.languages import Case, SaidText, Tongue, finding_in_text
from stopjihad.lexicon.grammar import Grammar, Phrase, search
from stopjihad.lexicon.phrases import phrases
from stopjihad.lexicon.sentence import Reading, Sentence
from stopjihad.model import contexts
from stopjihad.model.project import Project
from stopjihad.text.cap import MARKUP
from stopjihad.view.source_segments import template_fields


def overlong_alerts(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find alerts that end too late, or before they began (CRS01).

    Args:
        rule: its params give the most ``minutes``.
    """
    for document in case.project.alerts:
        alert = document.record
        subject = f"alerts/{alert.id}"
        lasts = alert.ends - alert.sent
        if lasts <= dt.timedelta(0):
            yield finding_at(rule, document, "expires", subject, words="ends before it was sent")
        elif lasts > dt.timedelta(minutes=rule.params["minutes"]):
            hours, minutes = divmod(rule.params["minutes"], 60)
            words = f"lasts longer than {hours} hours {minutes} minutes"
            yield finding_at(rule, document, "expires", subject, words=words)


def plain(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find markup in what alerts say: SMS and files for machines show it as written (CRS03).

    Yields:
        Findings at templates, at names of places and authorities and the sponsor, and at their
        translations.
    """
    for tongue in case.tongues:
        for subject, said in _alert_texts(case.project, tongue):
            hit = MARKUP.search(said.text)
            if hit:
                yield finding_in_text(rule, said, subject, words=f"'{hit[0][:40]}'")


def _alert_texts(project: Project, tongue: Tongue) -> Iterator[tuple[str, SaidText]]:
    """Give each text that an alert is made of in a language, with the subject of findings."""
    for document in project.alert_templates:
        template = document.record
        for field, text in template_fields(template):
            name = field if field.startswith("sentences.") else field.partition(".")[0]
            said = tongue.find_text(document, field, contexts.alert(template.id, name), text)
            if said:
                yield f"alerts/{template.id}", said
    if not project.alert_templates:
        return
    campaign = project.campaign
    named = [("sponsor", "sponsor", campaign.record.sponsor.name)]
    for kind in ("places", "authorities"):
        for index, one in enumerate(getattr(campaign.record, kind)):
            named.append((f"{kind}.{index}", f"{kind}.{one.id}", one.name))
    for field, name, text in named:
        said = tongue.find_text(campaign, f"{field}.name", contexts.campaign(f"{name}.name"), text)
        if said:
            yield "campaign", said


def markup(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find claims that are unfit for structured data: with a verdict or an address (MRK01).

    Args:
        rule: its params name the phrases of a verdict.
    """
    for tongue in case.tongues:
        known = phrases(tongue.language, rule.params["set"])
        for document in case.project.points:
            key = document.record.id
            context = contexts.point(key, "claim")
            said = tongue.find_text(document, "claim", context, document.record.claim or "")
            if said is None:
                continue
            hit = next(known.hits(said.text), None) if known else None
            if hit is not None:
                words = f"has a verdict in it: {hit.words}"
                yield finding_in_text(rule, said, f"points/{key}", words=words)
            if "://" in said.text:
                yield finding_in_text(rule, said, f"points/{key}", words="has an address in it")


def guarded_elsewhere(rule: Rule, case: Case) -> Iterator[Finding]:  # noqa: ARG001
    """Find nothing: the rule is guarded by the codes of its row."""
    yield from ()


_CLEARING = frozenset({"attack-over", "hoax-denied"})
"""Incidents whose alerts are made to say that the danger is over."""

_AUTHORITY = "{authority}"
"""The slot that names who has confirmed a sentence."""

_CLOCK = re.compile(
    r"(?<![\w.,:])(?:\d{1,2}(?:[:.]|\s?[hH]\s?)\d{2}(?:[:.]\d{2})?|\d{1,2}(?=টা))(?![\d.,:]*\d)"
)
"""A time of day: 21:00, 18.40, 21 h 30, and in Bengali ৯টা. Its digits count no people."""


class AlertHit(NamedTuple):
    """Hold a frame that was found.

    Attributes:
        frame: id of the frame.
        words: the words that matched, as written.
        offset: where they start in the text, in code points.
    """

    frame: str
    words: str
    offset: int


class AlertJudge:
    """Look for the frames of one language."""

    def __init__(self, known: AlertWords) -> None:
        """Compile the phrases."""
        self._grammar = grammar = Grammar(known.language, known.words)
        self._frames = {name: grammar.compile(rows) for name, rows in known.frames.items()}
        self._back = grammar.compile(known.back)
        self._firm = grammar.compile(known.firm)
        self._authority = grammar.compile(known.authority)
        self._allowed = {name: grammar.compile(rows) for name, rows in known.allowed.items()}

    def hits(
        self, text: str, incident: str = "", *, by_authority: bool = False
    ) -> Iterator[AlertHit]:
        """Find frames.

        Args:
            incident: what happened, as a template says; some may say that the danger is over.
            by_authority: the sender is a body of public safety, so that everything names it.

        Yields:
            Each frame of each sentence once, from left to right.
        """
        timeless = _CLOCK.sub(lambda match: "-" * len(match[0]), text)
        for sentence in Reading(timeless, self._grammar).sentences:
            if sentence.tokens and not sentence.is_question:
                for hit in self._in(sentence):
                    if hit.frame == ALL_CLEAR and incident in _CLEARING:
                        continue
                    if hit.frame in COUNTED and by_authority:
                        continue
                    end = hit.offset + len(hit.words)
                    yield hit._replace(words=text[hit.offset : end])

    def _in(self, sentence: Sentence) -> Iterator[AlertHit]:
        for name, rows in self._frames.items():
            span = next(search(rows, sentence.words), None)
            if span is None or self._has(self._allowed.get(name, ()), sentence):
                continue
            if name in CONFIRMED and self._names_authority(sentence):
                continue
            if name != ALL_CLEAR and self._takes_back(sentence):
                continue
            yield AlertHit(name, *sentence.original_words(*span))

    def _names_authority(self, sentence: Sentence) -> bool:
        return _AUTHORITY in sentence.text or self._has(self._authority, sentence)

    def _takes_back(self, sentence: Sentence) -> bool:
        return self._has(self._back, sentence) and not self._has(self._firm, sentence)

    @staticmethod
    def _has(rows: Sequence[Phrase], sentence: Sentence) -> bool:
        return next(search(rows, sentence.words), None) is not None


@cache
def alert_judge(primary: str) -> AlertJudge | None:
    """Give the judge of a language by its primary subtag; None where it has no frames."""
    known = alert_words(primary)
    return AlertJudge(known) if known else None


def forbidden(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find what templates of alerts may not say (CRS02)."""
    if not case.project.alert_templates:
        return
    by_authority = case.project.campaign.record.sponsor.kind == "authority"
    for tongue in case.tongues:
        judge = alert_judge(tongue.language.partition("-")[0])
        if judge is None:
            continue
        for document in case.project.alert_templates:
            template = document.record
            for field, text in template_fields(template):
                name = field if field.startswith("sentences.") else field.partition(".")[0]
                said = tongue.find_text(document, field, contexts.alert(template.id, name), text)
                if said is None:
                    continue
                for hit in judge.hits(said.text, template.incident, by_authority=by_authority):
                    frame = alert_frames()[hit.frame]
                    words = f"'{hit.words}' {frame.says} (frame '{frame.id}'): {frame.why}"
                    yield finding_in_text(rule, said, f"alerts/{template.id}", words=words)
