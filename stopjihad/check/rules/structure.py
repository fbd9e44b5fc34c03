"""Kinds of check about the make-up of a talking point: what it must have, and where it may go."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Any

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, finding_at
from stopjihad.check.rules.languages import (
    Case,
    SaidProse,
    SaidText,
    Tongue,
    finding_in_text,
    prose_documents,
)
from stopjihad.check.texts import texts_in
from stopjihad.lexicon.phrases import Hit, Phrases, known_words, phrases
from stopjihad.lexicon.sentence import Reading, ReadText, words_of
from stopjihad.model import contexts
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.text.language.numbers import numbers
from stopjihad.text.language.sentences import sentences
from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.words import words as plain_words
from stopjihad.text.web.addresses import inside_target

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,60})\]")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def missing_fields(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find talking points without a field that they should have.

    Args:
        rule: its params name the ``field``, and under ``when`` values of other fields for which it
            is asked.
    """
    wanted: dict[str, list[Any]] = rule.params["when"]
    field = rule.params["field"]
    for document in case.project.points:
        record = document.record
        asked = all(getattr(record, name) in values for name, values in wanted.items())
        if asked and not getattr(record, field):
            yield finding_at(rule, document, field, f"points/{record.id}")


def uncited_points(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find talking points whose text cites none of their sources (EVD01)."""
    for document in case.project.points:
        record = document.record
        named = set(_REFERENCE.findall(record.body)) | set(_REFERENCE.findall(record.alternative))
        if record.body.strip() and not named & {source.id for source in record.sources}:
            yield finding_at(rule, document, "body", f"points/{record.id}")


def first_hand(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find talking points without a primary source or a reason for it (EVD06)."""
    for document in case.project.points:
        record = document.record
        if not record.no_primary and not any(source.primary for source in record.sources):
            yield finding_at(rule, document, "sources", f"points/{record.id}")


def unread_sources(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find sources known from reports alone that do not say from which (EVD08)."""
    for document in case.project.points:
        for index, source in enumerate(document.record.sources):
            if source.read == "report" and not source.passage:
                subject = f"points/{document.record.id}"
                place = f"sources.{index}.read"
                yield finding_at(rule, document, place, subject, words=source.id)


def line_numbers(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find numbers of lines that their facts do not say (EVD09)."""
    for document in case.project.points:
        record = document.record
        for number in sorted(numbers(record.line or "") - numbers(record.fact)):
            yield finding_at(rule, document, "line", f"points/{record.id}", words=number)


def age(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find sources that were opened long ago (EVD05)."""
    for document in case.project.points:
        for index, source in enumerate(document.record.sources):
            days = (case.today - source.accessed).days
            if days > rule.params["days"]:
                field = f"sources.{index}.accessed"
                subject = f"points/{document.record.id}"
                yield finding_at(rule, document, field, subject, words=source.id, days=days)


def gate(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find niche claims whose answer is broadcast (AMP01).

    Yields:
        Findings. An address of the answer counts in every text, with ``base_url`` before it too.
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
            yield finding_at(rule, document, f"posts.{platform}", f"points/{key}", words=words)
        if record.action.kind == "share":
            words = "readers are asked to share it"
            yield finding_at(rule, document, "action.kind", f"points/{key}", words=words)
    if not niche:
        return
    for other in prose_documents(case.project):
        text = f"{other.record.body}\n{getattr(other.record, 'alternative', '')}"
        for address in _LINK.findall(text):
            target = inside_target(address)
            name = target.key.removeprefix("points/") if target else ""
            if name in niche and target and target.key.startswith("points/"):
                words = f"this text links to its answer '{name}'"
                yield finding_at(rule, other, "body", _subject(other), words=words)
    yield from _own_addresses(rule, case.project, niche)


def _own_addresses(rule: Rule, project: Project, niche: Container[str]) -> Iterator[Finding]:
    """Find texts with the public address of an answer, under the campaign's ``base_url``."""
    base = re.escape(project.campaign.record.base_url.rstrip("/"))
    public = re.compile(rf"{base}/[^/\s]+/points/([a-z0-9-]+)", re.IGNORECASE)
    others = [project.responses] if project.responses else []
    for document in (project.campaign, *prose_documents(project), *others):
        for field, text in texts_in(document.record):
            for name in dict.fromkeys(public.findall(text)):
                if name in niche:
                    words = f"this text links to its answer '{name}'"
                    yield finding_at(rule, document, field, _subject(document), words=words)


def label(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find calls to action that do not say what happens, or ask for several things (CMP04).

    Args:
        rule: its params name the phrases that are empty when they are all there is.
    """
    for tongue in case.tongues:
        known = phrases(tongue.language, rule.params["set"])
        for document in case.project.points:
            record = document.record
            context = contexts.point(record.id, "action.label")
            said = tongue.find_text(document, "action.label", context, record.action.label)
            if said is None:
                continue
            subject = f"points/{record.id}"
            text = said.text.strip()
            if known and known.share(text) == 1:
                yield finding_in_text(
                    rule, said, subject, words=text, why="does not say what happens"
                )
            elif len(sentences(text, tongue.language)) > 1:
                yield finding_in_text(
                    rule, said, subject, words=text, why="asks for several things"
                )


def fear(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find texts with many words of threat and nothing to do about it, or that threaten (LNG05).

    Args:
        rule: its params name the phrases of threat (``set``), of action (``act``) and those that
            bring a threat ``near``, and the ``least`` number of threats that counts as many.
    """
    for tongue in case.tongues:
        threat = phrases(tongue.language, rule.params["set"])
        act = phrases(tongue.language, rule.params["act"])
        near = phrases(tongue.language, rule.params["near"])
        if threat is None or act is None:
            continue
        spoken = [(it, list(_spoken_prose(tongue, it))) for it in prose_documents(case.project)]
        every = known_words(
            tongue.language, words_of(text.words for _, said in spoken for text in said)
        )
        telling, acting = threat.among(every), act.among(every)
        nearing = near.among(every) if near else frozenset()
        for document, said in spoken:
            threats = [word for text in said for word in text.words.tokens if word in telling]
            close = list(_threats_nearby(near, nearing, said, telling)) if near and threats else []
            few = len(threats) < rule.params["least"]
            if not close and (few or any(_find_phrases(act, acting, said))):
                continue
            words = [hit.words for hit in close] or list(_found_words(threat, telling, said))
            if not close and not words:
                continue
            shown = ", ".join(dict.fromkeys(word.lower() for word in words))
            first = said[0].plain_text()
            yield finding_in_text(
                rule, first, _subject(document), count=len(threats), words=shown[:80]
            )


def distant_caveats(rule: Rule, case: Case) -> Iterator[Finding]:
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
            if isinstance(block, blocks.MarkdownList)
            and index
            and any(signs.hits(_text(parsed[index - 1])))
        ]
        for block in parsed[lists[0] + 2 :] if lists else ():
            hit = next(caveat.hits(_text(block)), None)
            if hit:
                first = document.place("body")[0]
                said = SaidText("", document.path, first + block.first, 1)
                yield finding_in_text(rule, said, _subject(document), words=hit.words)


def _threats_nearby(
    known: Phrases, nearing: frozenset[str], said: Iterable[SaidProse], telling: frozenset[str]
) -> Iterator[Hit]:
    """Find phrases that bring a threat near, in sentences that have a word of threat."""
    for text in said:
        tokens = text.words.tokens
        if nearing.isdisjoint(tokens) or telling.isdisjoint(tokens):
            continue
        if not known.may_be_in(known.grammar.read(tokens).all):
            continue
        reading = Reading(text.words.plain, known.grammar, tokens)
        for hit in known.hits_in(reading, nearing):
            if any(
                start <= hit.offset < start + len(piece) and not telling.isdisjoint(own)
                for (start, piece), own in zip(reading.pieces, reading.tokens, strict=True)
            ):
                yield hit


def _found_words(
    known: Phrases, telling: frozenset[str], said: Iterable[SaidProse]
) -> Iterator[str]:
    """Give the words of phrases that some texts have, one a sentence."""
    return (hit.words for hit in _find_phrases(known, telling, said))


def _find_phrases(
    known: Phrases, telling: frozenset[str], said: Iterable[SaidProse]
) -> Iterator[Hit]:
    """Find phrases in the texts that have a word of one."""
    for text in said:
        if not telling.isdisjoint(text.words.tokens):
            reading = Reading(text.words.plain, known.grammar, text.words.tokens)
            yield from known.hits_in(reading, telling)


def _spoken_prose(tongue: Tongue, document: Document[Any]) -> Iterator[SaidProse]:
    key = _subject(document)
    record = document.record
    if isinstance(record, Point):
        key = record.id
        fact = tongue.find_text(document, "fact", f"{key}/fact", record.fact)
        if fact is not None:
            words = ReadText(fact.text, "", tongue.language.partition("-")[0], markdown=False)
            yield SaidProse(fact, words)
        yield from tongue.prose(document, "alternative", f"{key}/alternative")
        for step in tongue.list_texts(document, "steps"):
            words = ReadText(step.text, "", tongue.language.partition("-")[0], markdown=False)
            yield SaidProse(step, words)
    yield from tongue.prose(document, "body", f"{key}/body")


def _text(block: blocks.Block) -> str:
    if isinstance(block, blocks.MarkdownList):
        return "\n".join(_text(child) for item in block.items for child in item.children)
    if isinstance(block, blocks.QuoteBlock):
        return "\n".join(_text(child) for child in block.children)
    return plain_words(block.text)


def _subject(document: Document[Any]) -> str:
    folder, _, name = document.path.removesuffix(".md").rpartition("/")
    if name.endswith(".yaml"):  # campaign or responses
        return name.removesuffix(".yaml")
    return f"{folder.rpartition('/')[2]}/{name}"
