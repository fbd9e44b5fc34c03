"""Say which sentences of the reading list nobody has read yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from stopjihad.check.reading_list import reading_list
from stopjihad.model.campaign import must_be_read, people_needed
from stopjihad.model.loaded import Project
from stopjihad.model.review import Review, signatures
from stopjihad.model.sentence import ListedSentence
from stopjihad.problem import Problem, Severity
from stopjihad.review.ledger import Subject
from stopjihad.text.digests import sentence_digest


def subject_of(sentence: ListedSentence) -> Subject:
    """Name a sentence for the signature of its reader."""
    digest = sentence_digest(sentence.language, sentence.context, sentence.text)
    return Subject(sentence.context, digest, words=sentence.text)


def open_sentences(project: Project, language: str) -> tuple[ListedSentence, ...]:
    """List what must still be read of a ``project`` in a ``language``, the gravest first."""
    people = people_needed(project.campaign.record)
    return unread(reading_list(project, language), project.reviews, people)


def unread(
    listed: Iterable[ListedSentence], reviews: Iterable[Review], people: int
) -> tuple[ListedSentence, ...]:
    """Leave out the sentences that were read.

    Args:
        listed: the reading list.
        reviews: lines of the ledger.
        people: how many different people must have read each sentence.

    Returns:
        The others, in the order of the list.
    """
    signed = {
        digest: len(found)
        for (digest, kind), found in signatures(reviews).items()
        if kind == "reading"
    }
    return tuple(one for one in listed if signed.get(subject_of(one).digest, 0) < people)


UNREAD = "sentences-unread"
"""Code of the problem that sentences of the reading list are open."""


def reading_problems(project: Project, listed: Iterable[ListedSentence]) -> Iterator[Problem]:
    """Count what is unread in each language: ``sentences-unread``.

    It is an error where publishing waits for it, else a note.

    Args:
        listed: its reading list in all languages.

    Yields:
        One problem for each language with an open list.
    """
    campaign = project.campaign
    left = unread(set(listed), project.reviews, people_needed(campaign.record))
    severity: Severity = "error" if must_be_read(campaign.record) else "info"
    for language, number in sorted(Counter(one.language for one in left).items()):
        yield Problem(
            path=campaign.path,
            code="sentences-unread",
            message=f"sentences that name a faith or a people wait for a reader in"
            f" '{language}': {number}",
            hint=f"list, read and sign them: stopjihad review read --language {language}",
            severity=severity,
        )
