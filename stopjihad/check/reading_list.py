"""List the sentences that a person must read before they are published, and those still unread.

They name a faith, its people, its places or its dress, or say something of a people in general.
No program can tell whether such a sentence is fair; a person can, who sees few of them at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from stopjihad.check.own_rules import own_words
from stopjihad.check.rules.languages import UsedTexts, judged_files, prose_documents
from stopjihad.check.rules.passage_reading import ReadPassage
from stopjihad.check.rules.passages import (
    Passage,
    campaign_passages,
    document_passages,
    voice_passages,
)
from stopjihad.check.rules.translation_passages import file_passages
from stopjihad.lexicon.frames import Frames, frames_of
from stopjihad.lexicon.sentence import words_of
from stopjihad.model.campaign import must_be_read, people_needed
from stopjihad.model.own_rules import NO_WORDS, AddedWords
from stopjihad.model.project import Document, Project
from stopjihad.model.review import (
    MARKED,
    ListedSentence,
    Rank,
    Review,
    are_enough,
    reading_digest,
    sentence_digest,
    signatures,
)
from stopjihad.problem import Problem, Severity
from stopjihad.review.ledger import Subject


def reading_list(project: Project, language: str, below: str = "") -> tuple[ListedSentence, ...]:
    """List the sentences of a campaign that a person must read, in one language.

    Args:
        language: BCP 47 tag of the source language or of a translation.
        below: what the contexts of texts begin with; others are not judged.

    Returns:
        The sentences, each once for each text that has it, in the order in which they should be
        read; none for a language without frames (``catalog.frames.has_frames``).
    """
    own = own_words(project, language)
    passages = published_passages(project, language)
    return listed_sentences(
        (one for one in passages if one.context.startswith(below)), language, own
    )


def listed_of_partners(project: Project) -> Iterator[ListedSentence]:
    """List those in words of partners, in all languages."""
    for language in project.campaign.record.languages if project.partners else ():
        passages = voice_passages(project, language)
        yield from listed_sentences(passages, language, own_words(project, language))


def listed_sentences(
    passages: Iterable[Passage], language: str, own: AddedWords = NO_WORDS
) -> tuple[ListedSentence, ...]:
    """List the sentences of some texts that a person must read.

    Args:
        language: BCP 47 tag of the texts.
        own: what their campaign adds to the rules.
    """
    primary = language.partition("-")[0]
    texts = [ReadPassage(passage, primary) for passage in passages]
    found = listed_in(texts, language, words_of(texts), own)
    return tuple(sorted({listed for _, listed in found}))


def listed_in(
    texts: Sequence[ReadPassage], language: str, words: frozenset[str], own: AddedWords = NO_WORDS
) -> Iterator[tuple[Passage, ListedSentence]]:
    """Find the sentences that a person must read in texts that rules of wording have read.

    Args:
        language: BCP 47 tag of the texts.
        own: what their campaign adds to the rules.

    Yields:
        Text and sentence, from the first text to the last.
    """
    known = frames_of(language.partition("-")[0], own)
    if known is None:
        return
    telling = known.among(words, listing=True)
    for text in texts:
        if not telling.isdisjoint(text.tokens) and known.may_list(known.met_in(text)):
            for listed in _of_text(known, text, language, telling):
                yield text.passage, listed


def published_passages(project: Project, language: str) -> Iterator[Passage]:
    """Give the texts of a campaign in one language, each with its place.

    Args:
        language: BCP 47 tag of the source language or of a translation.

    Yields:
        Texts that the campaign uses; what is not translated is not there.
    """
    if language == project.campaign.record.source_language:
        for document in prose_documents(project):
            yield from document_passages(document, _key(document))
        yield from campaign_passages(project)
        yield from voice_passages(project, language)
        return
    used = UsedTexts(project)
    for file in judged_files(project):
        if file.language == language:
            lines = used.lines(file)
            yield from (passage for passage in file_passages(file) if passage.line in lines)
    yield from voice_passages(project, language)


def _key(document: Document[Any]) -> str:
    folder = document.path.rpartition("/")[0].rpartition("/")[2]
    return document.record.id if folder == "points" else f"{folder}/{document.record.id}"


def _of_text(
    known: Frames, text: ReadPassage, language: str, telling: frozenset[str]
) -> Iterator[ListedSentence]:
    found = list(_sentences_of(known, text, telling))
    paragraph = text.plain
    for index, _, _ in reversed(found):
        start, piece = text.reading.pieces[index]
        end = start + len(piece)
        paragraph = paragraph[:start] + MARKED.format(piece) + paragraph[end:]
    for index, rank, reasons in found:
        yield ListedSentence(
            rank=rank,
            context=text.passage.context,
            text=text.reading.pieces[index][1],
            language=language,
            reasons=reasons,
            paragraph=paragraph,
        )


def _sentences_of(
    known: Frames, text: ReadPassage, telling: frozenset[str]
) -> Iterator[tuple[int, Rank, tuple[str, ...]]]:
    """Find the listed sentences of a text: number, rank and reasons of each."""
    pieces = text.reading.pieces
    for index, sentence in known.sentences(text, telling):
        piece = pieces[index][1]
        reasons = [f"{reason}: {words}" for reason, words in known.names(sentence)]
        # Saying that something is no sign needs no reader; other frames do, taken back or not.
        if not (reasons or any(frame != "sign" for frame, _ in sentence.first_places)):
            continue
        rank: Rank = 2
        after = pieces[index + 1][1] if index + 1 < len(pieces) else ""
        hits = list(known.hits_in(sentence, piece, after=after, lead=text.passage.lead))
        harm = known.harm(sentence)
        if harm:
            rank, reasons = 1, [f"a word of harm: {harm}", *reasons]
        if hits:
            near = [f"frame {hit.frame}: {hit.words} ({hit.back or 'refused'})" for hit in hits]
            rank, reasons = 0, [*near, *reasons]
        yield index, rank, tuple(reasons)


def subject_of(sentence: ListedSentence) -> Subject:
    """Name the paragraph of a sentence for the signature of its reader."""
    digest = reading_digest(sentence.language, sentence.context, sentence.paragraph)
    return Subject(sentence.context, digest, words=sentence.paragraph)


def open_sentences(project: Project, language: str, below: str = "") -> tuple[ListedSentence, ...]:
    """List what must still be read of a ``project`` in a ``language``, the gravest first.

    Args:
        below: what the contexts of texts begin with; others are not judged.
    """
    people = people_needed(project.campaign.record)
    return unread(reading_list(project, language, below), project.reviews, people)


def unread(
    listed: Iterable[ListedSentence],
    reviews: Iterable[Review],
    people: int,
    *,
    hurry: bool = False,
) -> tuple[ListedSentence, ...]:
    """Leave out the sentences that were read.

    Args:
        people: how many different people must have read each sentence.
        hurry: whether an urgent signature is enough: to publish, not to be read no more.
    """
    every = tuple(listed)
    found = signatures(reviews) if every else {}
    if not any(kind == "reading" for _, kind in found):  # the paragraph of each needs no digest
        return every
    return tuple(
        one
        for one in every
        if not _is_read(found.get((subject_of(one).digest, "reading"), ()), people, hurry=hurry)
    )


def _is_read(found: tuple[Review, ...], people: int, *, hurry: bool) -> bool:
    return are_enough(found, people) if hurry else len(found) >= people


def count_reopened(left: Iterable[ListedSentence], reviews: Iterable[Review]) -> int:
    """Count the unread sentences that were signed alone, before a signature held the paragraph."""
    signed = {digest for digest, kind in signatures(reviews) if kind == "reading"}
    if not signed:
        return 0
    return sum(sentence_digest(one.language, one.context, one.text) in signed for one in left)


def told_reopened(number: int) -> str:
    """Say what became of signatures under single sentences; nothing where there are none."""
    if not number:
        return ""
    return f"; of them were signed before signatures held the paragraph: {number}, to be read again"


UNREAD = "sentences-unread"
"""Code of the problem that sentences of the reading list are open."""


def reading_problems(project: Project, listed: Iterable[ListedSentence]) -> Iterator[Problem]:
    """Count what is unread in each language: ``sentences-unread``.

    It is an error where publishing waits for it, else a note.
    """
    campaign = project.campaign
    people = people_needed(campaign.record)
    left = unread(set(listed), project.reviews, people, hurry=True)
    severity: Severity = "error" if must_be_read(campaign.record) else "info"
    for language, number in sorted(Counter(one.language for one in left).items()):
        again = count_reopened((one for one in left if one.language == language), project.reviews)
        yield Problem(
            path=campaign.path,
            code="sentences-unread",
            message=f"sentences that name a faith or a people wait for a reader in"
            f" '{language}': {number}{told_reopened(again)}",
            hint=f"list, read and sign them: stopjihad review read --language {language}",
            severity=severity,
        )
