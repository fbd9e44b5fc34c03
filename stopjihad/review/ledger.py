"""Write down approvals and withdrawals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec

from stopjihad.model.review import Kind, Review, Verdict, standing

_NONE: Mapping[str, tuple[str, str]] = MappingProxyType({})


class Reviewer(msgspec.Struct, frozen=True, kw_only=True):
    """Say who judges.

    Attributes:
        by: name or alias; never an e-mail address.
        role: what makes them fit to judge.
        kind: what they judged.
        on: when, with its offset from UTC.
    """

    by: str
    role: str
    kind: Kind
    on: dt.datetime


def judge(
    words: Iterable[tuple[str, str]],
    language: str,
    verdict: Verdict,
    reviewer: Reviewer,
    reviews: Iterable[Review] = (),
    texts: Mapping[str, tuple[str, str]] = _NONE,
) -> tuple[Review, ...]:
    """Make the lines for a verdict on some translations.

    Args:
        words: context and digest (text.digests) of each translation.
        language: BCP 47 tag of the translations.
        verdict: ``approve`` or ``withdraw``.
        reviewer: who judges.
        reviews: lines that the ledger has already.
        texts: source and translation by digest; approvals keep them, so that a later reviewer can
            see what has changed since.

    Returns:
        Lines to add: none for what the ledger says already, and no withdrawal of what does not
        stand.

    Raises:
        msgspec.ValidationError: the reviewer's name, role or kind is not what a ledger may hold.
    """
    stand = {digest for digest, kind in standing(reviews) if kind == reviewer.kind}
    found = [
        {
            "language": language,
            "context": context,
            "digest": digest,
            "verdict": verdict,
            "kind": reviewer.kind,
            "by": reviewer.by,
            "role": reviewer.role,
            "on": reviewer.on,
            **_kept(verdict, texts.get(digest)),
        }
        for context, digest in words
        if (digest in stand) == (verdict == "withdraw")
    ]
    return msgspec.convert(found, type=tuple[Review, ...])


def _kept(verdict: Verdict, text: tuple[str, str] | None) -> dict[str, str]:
    if verdict == "withdraw" or text is None:
        return {}
    return {"source": text[0], "words": text[1]}


def lost(reviews: Iterable[Review], language: str, current: Iterable[str]) -> tuple[Review, ...]:
    """List approvals that stand and whose words are not published any more.

    Args:
        reviews: lines of the ledger.
        language: BCP 47 tag.
        current: digests of the translations that would be published.

    Returns:
        Their lines, by context and kind.
    """
    known = set(current)
    found = [
        review
        for (digest, _), review in standing(reviews).items()
        if review.language == language and digest not in known
    ]
    return tuple(sorted(found, key=lambda review: (review.context, review.kind, review.on)))
