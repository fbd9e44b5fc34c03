"""Kinds of check about the make-up of a talking point: what it must have, and where it may go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, found
from stopjihad.check.rules.languages import Case, SaidText, finding, prose_documents
from stopjihad.lexicon.phrases import known_words, phrases
from stopjihad.lexicon.sentence import Reading
from stopjihad.model import contexts
from stopjihad.model.point import Point
from stopjihad.model.project import Document
from stopjihad.text.language.fold import folded_tokens
from stopjihad.text.language.sentences import sentences
from stopjihad.text.language.stems import folded_words
from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.words import words as plain_words
from stopjihad.text.web.addresses import inside

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,60})\]")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def required(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find talking points without a field that they should have.

    Args:
        rule: its params name the ``field``, and under ``when`` values of other fields for which it
            is asked.

    Yields:
        Findings.
    """
    wanted: dict[str, list[Any]] = rule.params["when"]
    field = rule.params["field"]
    for document in case.project.points:
        record = document.record
        asked = all(getattr(record, name) in values for name, values in wanted.items())
        if asked and not getattr(record, field):
            yield found(rule, document, field, f"points/{record.id}")


def cited(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find talking points whose text cites none of their sources (EVD01).

    Yields:
        Findings.
    """
    for document in case.project.points:
        record = document.record
        named = set(_REFERENCE.findall(record.body)) | set(_REFERENCE.findall(record.alternative))
        if record.body.strip() and not named & {source.id for source in record.sources}:
            yield found(rule, document, "body", f"points/{record.id}")


def first_hand(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find talking points without a primary source or a reason for it (EVD06).

    Yields:
        Findings.
    """
    for document in case.project.points:
        record = document.record
        if not record.no_primary and not any(source.primary for source in record.sources):
            yield found(rule, document, "sources", f"points/{record.id}")


def age(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find sources that were opened long ago (EVD05).

    Args:
        rule: its params give the most ``days``.

    Yields:
        Findings.
    """
    for document in case.project.points:
        for index, source in enumerate(document.record.sources):
            days = (case.today - source.accessed).days
            if days > rule.params["days"]:
                field = f"sources.{index}.accessed"
                subject = f"points/{document.record.id}"
                yield found(rule, document, field, subject, words=source.id, days=days)


def gate(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find niche claims whose answer is broadcast (AMP01).

    Yields:
        Findings.
    """
    niche = {
        document.record.id: document
        for document in case.project.points
        if document.record.prevalence and document.record.prevalence.level == "niche"
    }
    for key, document in niche.items():
        record = document.record
        for platform in sorted(record.posts):
            words = f"there is a hand-written post for {platform}"
            yield found(rule, document, f"posts.{platform}", f"points/{key}", words=words)
        if record.action.kind == "share":
            words = "readers are asked to share it"
            yield found(rule, document, "action.kind", f"points/{key}", words=words)
    if not niche:
        return
    for other in prose_documents(case.project):
        text = f"{other.record.body}\n{getattr(other.record, 'alternative', '')}"
        for address in _LINK.findall(text):
            target = inside(address)
            name = target.key.removeprefix("points/") if target else ""
            if name in niche and target and target.key.startswith("points/"):
                words = f"this text links to its answer '{name}'"
                yield found(rule, other, "body", _subject(other), words=words)


def label(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find calls to action that do not say what happens, or ask for several things (CMP04).

    Args:
        rule: its params name the phrases that are empty when they are all there is.

    Yields:
        Findings.
    """
    for tongue in case.tongues:
        known = phrases(tongue.language, rule.params["set"])
        for document in case.project.points:
            record = document.record
            context = contexts.point(record.id, "action.label")
            said = tongue.said(document, "action.label", context, record.action.label)
            if said is None:
                continue
            subject = f"points/{record.id}"
            text = said.text.strip()
            if known and known.share(text) == 1:
                yield finding(rule, said, subject, words=text, why="does not say what happens")
            elif len(sentences(text, tongue.language)) > 1:
                yield finding(rule, said, subject, words=text, why="asks for several things")


def fear(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find texts with many words of threat and nothing to do about it (LNG05).

    Args:
        rule: its params name the phrases of threat (``set``) and of action (``act``), and the
            ``least`` number of threats that counts as many.

    Yields:
        Findings.
    """
    for tongue in case.tongues:
        threat = phrases(tongue.language, rule.params["set"])
        act = phrases(tongue.language, rule.params["act"])
        if threat is None or act is None:
            continue
        spoken = [(it, list(_spoken(tongue, it))) for it in prose_documents(case.project)]
        words = (folded_words(text.text) for _, said in spoken for text in said)
        every = known_words(tongue.language, frozenset[str]().union(*words))
        telling, acting = threat.among(every), act.among(every)
        for document, said in spoken:
            if _most(said, telling) < rule.params["least"]:
                continue
            read = [Reading(text.text, threat.grammar) for text in said]
            may_act = any(not acting.isdisjoint(folded_words(text.text)) for text in said)
            if may_act and any(True for text in read for _ in act.hits_in(text, acting)):
                continue
            hits = [hit for text in read for hit in threat.hits_in(text, telling)]
            if len(hits) < rule.params["least"]:
                continue
            shown = ", ".join(dict.fromkeys(hit.words.lower() for hit in hits))
            yield finding(rule, said[0], _subject(document), count=len(hits), words=shown[:80])


def apart(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find caveats that stand blocks away from the list they qualify (STR07).

    Args:
        rule: its params name the phrases of a caveat (``set``) and of lists of ``signs``.

    Yields:
        Findings, in the source language: translations have the same blocks.
    """
    language = case.tongues[0].language
    caveat = phrases(language, rule.params["set"])
    signs = phrases(language, rule.params["signs"])
    if caveat is None or signs is None:
        return
    for document in prose_documents(case.project):
        parsed = blocks.parse(document.record.body)
        lists = [
            index
            for index, block in enumerate(parsed)
            if isinstance(block, blocks.Listing)
            and index
            and any(signs.hits(_text(parsed[index - 1])))
        ]
        for index, block in enumerate(parsed):
            hit = next(caveat.hits(_text(block)), None)
            if hit and any(index > at + 1 for at in lists):
                first = document.place("body")[0]
                said = SaidText("", document.path, first + block.first, 1)
                yield finding(rule, said, _subject(document), words=hit.words)


def _most(said: Iterable[SaidText], telling: frozenset[str]) -> int:
    """Count how often words are found at most: a question is read with the next sentence, too."""
    likely = [text.text for text in said if not telling.isdisjoint(folded_words(text.text))]
    return 2 * sum(map(telling.__contains__, folded_tokens("\n".join(likely))))


def _spoken(tongue: Any, document: Document[Any]) -> Iterator[SaidText]:
    key = _subject(document)
    record = document.record
    if isinstance(record, Point):
        key = record.id
        fact = tongue.said(document, "fact", f"{key}/fact", record.fact)
        if fact is not None:
            yield fact
        yield from tongue.prose(document, "alternative", f"{key}/alternative")
    yield from tongue.prose(document, "body", f"{key}/body")


def _text(block: blocks.Block) -> str:
    if isinstance(block, blocks.Listing):
        return "\n".join(_text(child) for item in block.items for child in item.children)
    if isinstance(block, blocks.QuoteBlock):
        return "\n".join(_text(child) for child in block.children)
    return plain_words(block.text)


def _subject(document: Document[Any]) -> str:
    folder, _, name = document.path.removesuffix(".md").rpartition("/")
    return f"{folder.rpartition('/')[2]}/{name}"
