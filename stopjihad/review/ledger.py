"""Make the lines of the ledger, add them to its file, and find what they no longer fit."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec

from stopjihad.model.chain import chain_of, newest
from stopjihad.model.chain import standing_lines as standing_in
from stopjihad.model.posting import Posting, encode_posting
from stopjihad.model.queued import QueuedPost, encode_queued
from stopjihad.model.remark import Remark, encode_remark
from stopjihad.model.review import (
    OF_TEXTS,
    Kind,
    Review,
    Verdict,
    encode,
    may_be_urgent,
    person,
    standing_signatures,
)


class Reviewer(msgspec.Struct, frozen=True, kw_only=True):
    """Say who signs.

    Attributes:
        by: name or alias; never an e-mail address.
        role: what makes them fit to judge.
        kind: what they sign.
        on: when, with its offset from UTC.
        reason: of an exception, why the words may stand.
        until: last day of an exception.
        urgent: whether it goes out with this signature alone, for a day.
    """

    by: str
    role: str = ""
    kind: Kind
    on: dt.datetime
    reason: str = ""
    until: dt.date | None = None
    urgent: bool = False


class Subject(msgspec.Struct, frozen=True):
    """What is signed.

    Attributes:
        context: field that the words stand in, or what is judged as a whole.
        digest: of the words (``model.review`` makes it).
        source: the source text of a translation, kept so that later changes can be shown.
        words: the words themselves.
        rule: id of the rule that an exception is from.
    """

    context: str
    digest: str
    source: str = ""
    words: str = ""
    rule: str = ""


def judge(
    subjects: Collection[Subject],
    language: str,
    verdict: Verdict,
    reviewer: Reviewer,
    reviews: Iterable[Review] = (),
) -> tuple[Review, ...]:
    """Make the lines for a verdict.

    Args:
        language: BCP 47 tag of the words.

    Returns:
        Lines to add: none for what this person has signed already, and no withdrawal of what does
        not stand.

    Raises:
        msgspec.ValidationError: the reviewer's name, role or kind is not what a ledger may hold.
    """
    found = []
    lines = _under(reviews, {one.digest for one in subjects}, reviewer.kind)
    for subject in subjects:
        chain = chain_of(lines.get(subject.digest, ()))
        # What is ahead of the clock counts for nobody yet: it can be signed anew, and taken back.
        if verdict == "withdraw":
            wanted = bool(standing_in(chain, ahead=True))
        else:
            own = [one.line for one in standing_in(chain) if _same(one.line.by, reviewer.by)]
            same = own and own[-1].until == reviewer.until
            wanted = not same or (reviewer.urgent and not own[-1].urgent)
        if wanted:
            answers = tuple(one.digest for one in newest(chain))
            found.append({**_line(subject, language, verdict, reviewer), "answers": answers})
    return msgspec.convert(found, type=tuple[Review, ...])


def _under(
    reviews: Iterable[Review], digests: Collection[str], kind: Kind
) -> dict[str, list[Review]]:
    """Collect the lines under some words, by their digest."""
    found: dict[str, list[Review]] = {}
    for review in reviews:
        if review.kind == kind and review.digest in digests:
            found.setdefault(review.digest, []).append(review)
    return found


def _same(one: str, other: str) -> bool:
    return person(one) == person(other)


def _line(
    subject: Subject, language: str, verdict: Verdict, reviewer: Reviewer
) -> dict[str, object]:
    line: dict[str, object] = {
        "language": language,
        "context": subject.context,
        "digest": subject.digest,
        "verdict": verdict,
        "kind": reviewer.kind,
        "by": reviewer.by,
        "role": reviewer.role,
        "on": reviewer.on,
        "rule": subject.rule,
    }
    if verdict == "approve":
        line |= {"source": subject.source, "words": subject.words}
        line |= {"reason": reviewer.reason, "until": reviewer.until}
        urgent = reviewer.urgent and may_be_urgent(subject.context, reviewer.kind)
        line |= {"urgent": urgent}
    return line


def lost_approvals(
    reviews: Iterable[Review], language: str, current: Iterable[str]
) -> tuple[Review, ...]:
    """List approvals that stand and whose words are not published any more.

    Args:
        current: digests of the translations that would be published.
    """
    known = set(current)
    found = [
        review
        for (digest, _), review in standing_signatures(reviews).items()
        if review.language == language and review.kind in OF_TEXTS and digest not in known
    ]
    return tuple(sorted(found, key=lambda review: (review.context, review.kind, review.on)))


LEDGER = "reviews.jsonl"
REMARKS = "remarks.jsonl"
POSTINGS = "postings.jsonl"
EXPORTS = "exports.jsonl"
MERGE = f"""\
# When branches meet, the lines of both are kept: each says what it answers.
{LEDGER} merge=union
{REMARKS} merge=union
{POSTINGS} merge=union
{EXPORTS} merge=union
"""


def append_reviews(root: Path, slug: str, reviews: Iterable[Review]) -> None:
    """Add lines to a ledger; what stands in it is never changed, not even on a full disk.

    A new ledger gets a ``.gitattributes`` beside it, so that git keeps the lines of both branches
    where two people approved at once.

    Raises:
        ProblemsFound: a link stands in its place, others keep saving it, or the disk refuses.
    """
    _append(root, f"campaigns/{slug}", LEDGER, b"".join(encode(review) for review in reviews))


def append_remarks(root: Path, slug: str, remarks: Iterable[Remark]) -> None:
    """Add lines to the remarks of a campaign, as `append_reviews` does to its ledger.

    Raises:
        ProblemsFound: a link stands in its place, others keep saving it, or the disk refuses.
    """
    data = b"".join(encode_remark(remark) for remark in remarks)
    _append(root, f"campaigns/{slug}", REMARKS, data)


def append_postings(root: Path, slug: str, postings: Iterable[Posting]) -> None:
    """Add lines to what a campaign posted, as `append_reviews` does to its ledger.

    Raises:
        ProblemsFound: a link stands in its place, others keep saving it, or the disk refuses.
    """
    data = b"".join(encode_posting(posting) for posting in postings)
    _append(root, f"campaigns/{slug}", POSTINGS, data)


def append_exports(root: Path, slug: str, exports: Iterable[QueuedPost]) -> None:
    """Add lines to what a campaign gave to schedulers, as `append_reviews` does to its ledger.

    Raises:
        ProblemsFound: a link stands in its place, others keep saving it, or the disk refuses.
    """
    data = b"".join(encode_queued(one) for one in exports)
    _append(root, f"campaigns/{slug}", EXPORTS, data)


def _append(root: Path, folder: str, name: str, data: bytes) -> None:
    from stopjihad.disk import save  # checks read lines of the ledger, and no disk

    if not data:
        return
    rules = f"{folder}/.gitattributes"
    if save.current(root, f"{folder}/{name}") is None:
        known = save.current(root, rules)
        if known is None:
            with contextlib.suppress(save.ChangedFile):
                save.write(root, rules, MERGE.encode(), save.ABSENT)
        elif name.encode() not in known:
            save.append(root, rules, f"{name} merge=union\n".encode())
    save.append(root, f"{folder}/{name}", data)
