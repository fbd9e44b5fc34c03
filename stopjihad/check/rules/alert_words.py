"""Find what a notice in a crisis may not say: frames, and what takes them back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from stopjihad.catalog.alert_frames import (
    ALL_CLEAR,
    CONFIRMED,
    COUNTED,
    AlertWords,
    alert_frames,
    alert_words,
)
from stopjihad.catalog.rules import Rule
from stopjihad.check.rules.finding import Finding
from stopjihad.check.rules.languages import Case, finding
from stopjihad.lexicon.grammar import Grammar, Phrase, search
from stopjihad.lexicon.phrases import Reading, Sentence
from stopjihad.model import contexts
from stopjihad.view.extract import template_fields

_CLEARING = frozenset({"attack-over", "hoax-denied"})
"""Incidents whose notices are made to say that the danger is over."""

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
            text: one sentence or several.
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
        words = sentence.words
        named = _AUTHORITY in sentence.text or self._has(self._authority, sentence)
        back = self._has(self._back, sentence) and not self._has(self._firm, sentence)
        for name, phrases in self._frames.items():
            span = next(search(phrases, words), None)
            if span is None or (named and name in CONFIRMED):
                continue
            if (back and name != ALL_CLEAR) or self._has(self._allowed.get(name, ()), sentence):
                continue
            yield AlertHit(name, *sentence.written(*span))

    @staticmethod
    def _has(phrases: Sequence[Phrase], sentence: Sentence) -> bool:
        return next(search(phrases, sentence.words), None) is not None


@cache
def alert_judge(primary: str) -> AlertJudge | None:
    """Give the judge of a language by its primary subtag; None where it has no frames."""
    known = alert_words(primary)
    return AlertJudge(known) if known else None


def forbidden(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find what templates of notices may not say (CRS02).

    Yields:
        Findings at the source text or its translation.
    """
    by_authority = case.project.campaign.record.sponsor.kind == "authority"
    for tongue in case.tongues:
        judge = alert_judge(tongue.language.partition("-")[0])
        if judge is None:
            continue
        for document in case.project.alert_templates:
            template = document.record
            for field, text in template_fields(template):
                name = field if field.startswith("sentences.") else field.partition(".")[0]
                said = tongue.said(document, field, contexts.alert(template.id, name), text)
                if said is None:
                    continue
                for hit in judge.hits(said.text, template.incident, by_authority=by_authority):
                    frame = alert_frames()[hit.frame]
                    words = f"'{hit.words}' {frame.says} (frame '{frame.id}'): {frame.why}"
                    yield finding(rule, said, f"alerts/{template.id}", words=words)
