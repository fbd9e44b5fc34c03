"""Kind of check about what an artefact promises above a helpline's number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding
from stopjihad.check.rules.languages import Case, SaidText, Tongue, finding_in_text
from stopjihad.lexicon.phrases import Phrases, phrases
from stopjihad.model import contexts
from stopjihad.model.helpline import SECURITY, needs_in_turn
from stopjihad.model.point import Need, Point
from stopjihad.model.project import Document
from stopjihad.view.helplines import line_beside


def false_promises(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find words that promise what the police beside them do not give (SAF06).

    Args:
        rule: its params name the phrases that promise right above a number (``set``), those that
            promise a secret anywhere in a draft or a reply with it (``secret``), and those that are
            a threat whoever answers (``threat``).
    """
    campaign, lines = case.project.campaign.record, case.project.all_helplines
    for tongue in case.tongues:
        promise, secret, threat = (
            phrases(tongue.language, rule.params[name]) for name in ("set", "secret", "threat")
        )
        known = cache(partial(line_beside, campaign, lines, tongue.language))
        for document in case.project.points:
            point = document.record
            line = known(needs_in_turn(point.action.need, point.action.kind))
            above = tuple(_above_the_number(tongue, document))
            found = [(said, threat, _THREAT) for said in above]
            if line is not None and line.operator in SECURITY:
                why = _GUARDED.format(line.id)
                found += [(said, promise, why) for said in above]
                found += [(said, secret, why) for said in _drafts(tongue, document)]
            yield from _hits(rule, found, f"points/{point.id}")
        for index, said, need in _replies(case, tongue):
            line = known((need,))
            if line is not None and line.operator in SECURITY:
                found = [(said, secret, _GUARDED.format(line.id))]
                yield from _hits(rule, found, f"responses/{index}")


_THREAT = "is a threat in this language"
_GUARDED = "stands above '{}', where the police or a security office answers"


def _hits(
    rule: Rule, texts: Iterable[tuple[SaidText, Phrases | None, str]], subject: str
) -> Iterator[Finding]:
    """Find phrases in texts, and say why: each text once, for the first of its reasons."""
    told: set[SaidText] = set()
    for said, sought, why in texts:
        hit = next(sought.hits(said.text), None) if sought and said not in told else None
        if hit is not None:
            told.add(said)
            yield finding_in_text(rule, said, subject, words=hit.words, why=why)


def _above_the_number(tongue: Tongue, document: Document[Point]) -> Iterator[SaidText]:
    """List what cards and drafts say right above a number: what to do, and whom to call."""
    key, label = document.record.id, document.record.action.label
    said = tongue.find_text(document, "action.label", contexts.point(key, "action.label"), label)
    if said is not None:
        yield said
    yield from tongue.list_texts(document, "steps")


def _drafts(tongue: Tongue, document: Document[Point]) -> Iterator[SaidText]:
    """List what is posted with a number below it."""
    key = document.record.id
    for platform, text in sorted(document.record.posts.items()):
        field = f"posts.{platform}"
        said = tongue.find_text(document, field, contexts.point(key, field), text)
        if said is not None:
            yield said
    yield from (one.said for one in tongue.prose(document, "alternative", f"{key}/alternative"))


def _replies(case: Case, tongue: Tongue) -> Iterator[tuple[int, SaidText, Need]]:
    """List the replies that stand above a number: their place, words and need."""
    document, source = case.project.responses, case.project.campaign.record.source_language
    for index, reply in enumerate(document.record.replies if document else ()):
        text = reply.posted_answer(tongue.language, source)
        if text and reply.need and document is not None:
            own = f".{tongue.language}" if isinstance(reply.short, dict) else ""
            place = document.place(f"replies.{index}.short{own}")
            yield index, SaidText(text, document.path, *place), reply.need
