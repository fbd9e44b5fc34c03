"""Kinds of check about single texts: frames, phrases, style packs, length of sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice, permutations
from typing import Any

import msgspec

from stopjihad.catalog.frames import LexiconFrame, frames
from stopjihad.catalog.phrases import Lexicon, PhraseSet, StyleEntry, lexicon, style_packs
from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import LISTED, Finding, at
from stopjihad.check.finding_cache import FindingCache, rule_findings_of
from stopjihad.check.keeping import DOCUMENTS, MESSAGES, files_digest, shelves, source_digest
from stopjihad.check.own_rules import all_frames, own_words
from stopjihad.check.reading_list import listed_in
from stopjihad.check.rules.languages import Tongue, prose_documents
from stopjihad.check.rules.passage_reading import NO_BLOCKS, ReadPassage, finding_at
from stopjihad.check.rules.passages import Passage, campaign_passages, document_passages
from stopjihad.check.rules.translation_passages import Sieve, every_text, file_shelves
from stopjihad.lexicon.frame_sieve import likely_texts
from stopjihad.lexicon.frames import FrameHit, found_frames
from stopjihad.lexicon.grammar import Grammar
from stopjihad.lexicon.phrases import Hit, Phrases, known_words, phrases
from stopjihad.lexicon.sentence import words_of
from stopjihad.model.own_rules import NO_WORDS
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem
from stopjihad.text.markdown.words import BlockText
from stopjihad.text.nearest import nearest

_COLON = re.compile(r"[:;\uff1a\u061b]\s")

WORDING = frozenset({"frames", "phrases", "packs", "sentences"})
"""Kinds that look at one text at a time, so that what they find may be kept with the file."""


def check_wording(
    rules: Iterable[Rule],
    language: str,
    passages: Sequence[Passage],
    project: Project | None = None,
    *,
    listing: bool = False,
    known: Mapping[str, BlockText] = NO_BLOCKS,
) -> Iterator[Finding]:
    """Apply the rules of wording to texts of one language.

    Args:
        language: BCP 47 tag of the texts.
        project: the campaign, which chose style packs and may add rules of its own.
        listing: whether the sentences of the reading list are wanted, too.
        known: blocks by their text that other rules have read.

    Yields:
        Findings, and sentences of the reading list as findings of ``LISTED``.
    """
    chosen = list(rules)
    primary = language.partition("-")[0]
    read = [ReadPassage(passage, primary, known) for passage in passages]
    words = words_of(read)
    yield from _phrases([rule for rule in chosen if rule.kind == "phrases"], language, read, words)
    own = own_words(project, language) if project else NO_WORDS
    refusing = [rule for rule in chosen if rule.kind == "frames"]
    if refusing:
        every = all_frames(project, language) if project else frames()
        hits = found_frames(language, read, words, own)
        yield from _frames(refusing, language, hits, every)
    for rule in chosen:
        if rule.kind == "packs" and project:
            for pack in project.campaign.record.style_packs:
                yield from _pack(rule, pack, language, passages)
        elif rule.kind == "sentences":
            yield from _sentences(rule, language, read)
    if listing:
        for passage, one in listed_in(read, language, words, own):
            yield Finding(
                LISTED,
                passage.subject,
                passage.path,
                passage.line,
                passage.column,
                "\n".join(one.reasons),
                mend=f"{one.rank}{one.paragraph}",
                language=language,
                context=one.context,
                sentence=one.text,
            )


def _frames(
    rules: Sequence[Rule],
    language: str,
    hits: Iterable[tuple[ReadPassage, FrameHit]],
    every: Mapping[str, LexiconFrame],
) -> Iterator[Finding]:
    by_id = {rule.id: rule for rule in rules}
    for text, hit in hits:
        frame = every[hit.frame]
        rule = by_id.get(frame.rule)
        if hit.back or rule is None or text.passage.field in rule.params.get("skip", ()):
            continue
        values = {"frame": frame.id, "words": hit.words, "says": frame.says, "why": frame.why}
        finding = finding_at(rule, text.passage, Hit(hit.words, hit.offset), **values)
        yield msgspec.structs.replace(
            finding,
            mend=frame.mend,
            language=language,
            sentence=hit.sentence,
        )


def _phrases(
    rules: Sequence[Rule], language: str, read: Sequence[ReadPassage], words: frozenset[str]
) -> Iterator[Finding]:
    sets = [(rule, phrases(language, rule.params["set"])) for rule in rules]
    if not sets:
        return
    spoken = known_words(language, words)
    sought = [
        (rule, known, telling)
        for rule, known in sets
        if known is not None and (telling := known.among(spoken))
    ]
    every = frozenset[str]().union(*[telling for _, _, telling in sought])
    for text in read:
        # Most texts have no word of a phrase, and need not be cut into sentences.
        told = every.intersection(text.tokens)
        for rule, known, telling in sought if told else ():
            if told.isdisjoint(telling) or not known.may_be_in(text.meanings):
                continue
            if text.passage.field in rule.params.get("skip", ()):
                continue
            for hit in known.hits_in(text.reading, telling):
                yield finding_at(rule, text.passage, hit, words=hit.words)


def _pack(rule: Rule, pack: str, language: str, passages: Sequence[Passage]) -> Iterator[Finding]:
    primary = language.partition("-")[0]
    for entry, known in _entries(pack, primary):
        for passage in passages:
            if passage.field == "claim":
                continue
            for hit in known.hits(passage.words()):
                values = {
                    "words": hit.words,
                    "pack": pack,
                    "why": entry.why,
                    "alternative": entry.alternative.get(primary, entry.alternative["en"]),
                }
                yield finding_at(rule, passage, hit, **values)


def pack_hits(pack: str, language: str, text: str) -> Iterator[Hit]:
    """Find words that a style pack advises against.

    Args:
        language: BCP 47 tag of the text.
    """
    for _, known in _entries(pack, language.partition("-")[0]):
        yield from known.hits(text)


@cache
def _entries(pack: str, primary: str) -> tuple[tuple[StyleEntry, Phrases], ...]:
    known = style_packs().get(pack)
    if known is None:
        return ()
    words = lexicon(primary) or Lexicon(language=primary)
    return tuple(
        (entry, _compile_phrases(words, entry, primary))
        for entry in known.entries
        if primary in entry.terms
    )


def _compile_phrases(words: Lexicon, entry: StyleEntry, primary: str) -> Phrases:
    found = PhraseSet(find=entry.terms[primary], mask=entry.keep.get(primary, ()), denials="ignore")
    return Phrases(words, found, Grammar(primary, words.words))


def _sentences(rule: Rule, language: str, read: Sequence[ReadPassage]) -> Iterator[Finding]:
    primary, params = language.partition("-")[0], rule.params
    short = int(params["by_language"].get(primary, params["most"]))
    running = int(params["running_by_language"].get(primary, params["running_most"]))
    for text in read:
        most = running if text.passage.field in params["running"] else short
        if text.passage.text.count(" ") < most:
            continue
        for _, sentence in text.reading.pieces:
            if sentence.count(" ") < most:
                continue
            # A colon ends a thought as a full stop does (LIX, Björnsson 1968).
            count = max(map(_count, _COLON.split(sentence)))
            if count > most:
                yield finding_at(rule, text.passage, Hit(sentence, 0), count=count, most=most)


def _count(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in text.split())


def check_texts(
    tongue: Tongue, rules: Sequence[Rule], cache: FindingCache, *, thorough: bool, listing: bool
) -> Iterator[Finding]:
    """Apply rules of wording to the texts of one language.

    Args:
        thorough: whether warnings and infos are wanted as well as errors.
        listing: whether the sentences of the reading list are wanted, too.
    """
    project = tongue.project
    packs = project.campaign.record.style_packs
    own = own_words(project, tongue.language)
    added = () if own == NO_WORDS else (repr(own),)
    chosen = [rule for rule in rules if thorough or rule.severity == "error"]
    wanted = {rule.id for rule in chosen} | ({LISTED} if listing else set())

    def names(some: Iterable[Rule], *more: str) -> tuple[str, ...]:
        ids = sorted(rule.id for rule in some)
        return ("wording", *ids, *packs, *added, tongue.language, *more)

    listed = ("listing",) if listing else ()
    by_frames = all(rule.kind == "frames" for rule in chosen)
    sieve = partial(likely_texts, tongue.language, listing=listing, own=own)
    likely = sieve if by_frames else every_text

    def read(digest: str, passages: Callable[[Sieve], Iterable[list[Passage]]]) -> _Findings:
        def work() -> Iterator[Finding]:
            for read in passages(likely):
                yield from check_wording(
                    chosen, tongue.language, read, project, listing=listing, known=tongue.blocks
                )

        if not digest:
            return tuple(work())
        fuller = () if thorough and listing else names(rules, "listing", digest)
        found = rule_findings_of(cache, names(chosen, *listed, digest), work, fuller=fuller)
        return [finding for finding in found if finding.rule in wanted]

    file = tongue.file
    if file is None:
        for digest, passages in _shelves(tongue.project):
            yield from read(digest, passages)
        return
    found = read(file.digest, partial(file_shelves, file))
    if found:
        # A text that the campaign does not use any more is nobody's fault.
        lines = tongue.used.lines(file)
        yield from (finding for finding in found if finding.line in lines)


_Findings = Sequence[Finding]


def _shelves(
    project: Project,
) -> Iterator[tuple[str, Callable[[Sieve], Iterable[list[Passage]]]]]:
    """Give the source texts in small groups, each with the digest of its files."""
    for shelf in shelves(prose_documents(project), DOCUMENTS):
        yield files_digest(shelf), partial(_sieve_passages, partial(_of_documents, shelf))
    yield (
        source_digest(msgspec.structs.replace(project, points=(), pages=(), alerts=())),
        partial(_sieve_passages, partial(campaign_passages, project)),
    )


def _sieve_passages(
    passages: Callable[[], Iterable[Passage]], likely: Sieve
) -> Iterator[list[Passage]]:
    """List some hundred passages at a time, those of them that are likely."""
    rest = iter(passages())
    while every := tuple(islice(rest, MESSAGES)):
        texts, leads = [one.text for one in every], [one.lead for one in every]
        yield [every[place] for place in likely(texts, leads.__getitem__)]


def _of_documents(documents: Iterable[Document[Any]]) -> Iterator[Passage]:
    for document in documents:
        folder = document.path.rpartition("/")[0].rpartition("/")[2]
        key = document.record.id if folder == "points" else f"{folder}/{document.record.id}"
        yield from document_passages(document, key)


def pack_problems(project: Project) -> Iterator[Problem]:
    """Find unknown packs, and pairs of which one advises what the other advises against.

    Yields:
        Problems: ``style-pack-unknown``, ``style-pack-conflict``.
    """
    document = project.campaign
    chosen = document.record.style_packs
    known = style_packs()
    for index, name in enumerate(chosen):
        if name not in known:
            message = f"there is no style pack '{name}'"
            field = f"style_packs.{index}"
            yield at(document, field, "style-pack-unknown", message, nearest(name, known))
    languages = {tag.partition("-")[0] for tag in document.record.languages}
    for one, other in permutations([name for name in chosen if name in known], 2):
        for language, advised, refused in conflicts(one, other, languages):
            message = f"{one} writes '{advised}', {other} advises against '{refused}' ({language})"
            hint = "choose one of the two"
            yield at(document, "style_packs", "style-pack-conflict", message, hint, "warning")


def conflicts(one: str, other: str, languages: set[str]) -> Iterator[tuple[str, str, str]]:
    """Find what one pack advises and another advises against.

    Yields:
        Language, the advice of the first, and the words in it that the second refuses.
    """
    seen: set[tuple[str, str]] = set()
    for entry in style_packs()[one].entries:
        for language, advice in entry.alternative.items():
            hit = next(pack_hits(other, language, advice), None) if language in languages else None
            if hit is not None and (language, hit.words) not in seen:
                seen.add((language, hit.words))
                yield language, advice, hit.words
