"""The approval ledger: who said yes to which translation of which text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from stopjihad.model.campaign import Tag
from stopjihad.model.record import Record
from stopjihad.text.digests import translation_digest

Kind = Literal["native", "legal", "back-translation"]
Verdict = Literal["approve", "withdraw"]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]


class Review(Record, frozen=True, kw_only=True):
    """Hold one approval or withdrawal: one line of ``reviews.jsonl``.

    Attributes:
        language: BCP 47 tag of the translation.
        context: field that it translates.
        digest: of language, context, source and translation (text.digests): an approval dies when
            any of them changes.
        verdict: ``approve`` or ``withdraw``.
        kind: ``native`` by a native speaker (this is what publishing asks for), ``legal``, or
            ``back-translation`` by someone who translated it back.
        by: name or alias of the reviewer; never an e-mail address.
        role: what makes them fit to judge.
        on: when, with its offset from UTC.
        source: the text as it was judged, so that later changes can be shown; may be empty.
        words: its translation as it was judged; may be empty.
    """

    language: Tag
    context: Annotated[str, Meta(min_length=1, max_length=300)]
    digest: Digest
    verdict: Verdict
    kind: Kind
    by: Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[^@\n]+$")]
    role: Annotated[str, Meta(max_length=120, pattern=r"^[^@\n]*$")] = ""
    on: Annotated[dt.datetime, Meta(tz=True)]
    source: str = ""
    words: str = ""

    def is_kept(self) -> bool:
        """Tell whether the words stand in the line, and are those that its digest is bound to."""
        found = translation_digest(self.language, self.context, self.source, self.words)
        return bool(self.words) and found == self.digest


def standing(reviews: Iterable[Review]) -> dict[tuple[str, Kind], Review]:
    """Find the approvals that stand.

    Args:
        reviews: lines of the ledger in any order, repeated ones among them: branches of a
            repository are merged by keeping the lines of both.

    Returns:
        Approvals by digest and kind. The latest verdict counts; of two at the same moment, the
        withdrawal.
    """
    latest: dict[tuple[str, Kind], Review] = {}
    for review in sorted(reviews, key=lambda line: (line.on, line.verdict == "withdraw")):
        latest[review.digest, review.kind] = review
    return {key: review for key, review in latest.items() if review.verdict == "approve"}


def approved_digests(reviews: Iterable[Review]) -> frozenset[str]:
    """Find the translations that a native speaker has approved.

    Args:
        reviews: lines of the ledger.

    Returns:
        Their digests.
    """
    return frozenset(digest for digest, kind in standing(reviews) if kind == "native")


def encode(review: Review) -> bytes:
    """Write one line of the ledger.

    Args:
        review: an approval or withdrawal.

    Returns:
        JSON with its line feed.
    """
    line = msgspec.to_builtins(review)
    for name in ("source", "words"):
        if not line[name]:
            del line[name]
    return msgspec.json.encode(line) + b"\n"
