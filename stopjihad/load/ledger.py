"""Read the ledger, and what stands beside it, remarks and postings: one JSON object a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import msgspec

from stopjihad.load import files
from stopjihad.model import posting, queued, remark
from stopjihad.model.posting import Posting
from stopjihad.model.queued import QueuedPost
from stopjihad.model.remark import Remark
from stopjihad.model.review import URGENT, Review, is_signed_by_shipping, may_be_urgent
from stopjihad.problem import Problem

AHEAD = dt.timedelta(minutes=10)
"""How far a line may be ahead of the clock: two clocks that nobody sets differ by so much."""

_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def read_ledger(
    text: str, path: str, now: dt.datetime | None = None
) -> tuple[tuple[Review, ...], list[Problem]]:
    """Read ``reviews.jsonl``.

    Args:
        now: the moment; without one, no line is from the future.

    Returns:
        Its lines, and the problems ``merge-conflict``, ``review-ahead`` (it is from the future, and
        counts for nothing; no end and no withdrawal is refused so) and ``review-line`` (anything
        else that is no line of a ledger).
    """
    found: list[Review] = []
    lines, problems = _lines(text, path, Review, "signature")
    for number, review in lines:
        fault = _fault(review)
        if fault:
            problems.append(_problem(number, path, fault))
        elif now is not None and not review.takes_back and review.on - now > AHEAD:
            found.append(msgspec.structs.replace(review, ahead=True))
            problems.append(_ahead(review, number, path))
        else:
            found.append(review)
    return _with_lapses(found, now), problems


def _with_lapses(lines: list[Review], now: dt.datetime | None) -> tuple[Review, ...]:
    """Say which urgent signatures have had their day, by the first of the same words.

    Whoever signs the same words urgently again, or takes that back in between, wins no time.
    """
    begun: dict[str, dt.datetime] = {}
    for one in lines:
        if one.urgent and not one.ahead:
            begun[one.digest] = min(one.on, begun.get(one.digest, one.on))
    if now is None or not begun:
        return tuple(lines)
    return tuple(
        msgspec.structs.replace(one, lapsed=now - begun.get(one.digest, one.on) >= URGENT)
        if one.urgent
        else one
        for one in lines
    )


def lapses(text: str, now: dt.datetime) -> str:
    """Name the lines whose day is over, for what is kept under a digest of the files."""
    found, _ = read_ledger(text, "", now)
    return " ".join(one.line_digest() for one in found if one.lapsed)


class _TeamFile(NamedTuple):
    """A file of the team beside the ledger: its lines, what is wrong with one, and their name."""

    kind: type[Any]
    fault_of: Callable[[Any], str]
    noun: str


_TEAM_FILES = {
    "remarks": _TeamFile(Remark, remark.fault_of, "remark"),
    "postings": _TeamFile(Posting, posting.fault_of, "posting"),
    "exports": _TeamFile(QueuedPost, queued.fault_of, "exported post"),
}


def read_team_lines(text: str, path: str, group: str) -> tuple[tuple[Any, ...], list[Problem]]:
    """Read remarks, postings or exports; ``group`` is the file's name without its ending.

    Returns:
        Its lines, and the problems ``merge-conflict`` and, as a warning, ``review-line`` (what is
        no line of it): such a line stops nobody's build.
    """
    kind, fault_of, noun = _TEAM_FILES[group]
    found: list[Any] = []
    lines, problems = _lines(text, path, kind, noun)
    for number, line in lines:
        fault = fault_of(line)
        if fault:
            problems.append(_problem(number, path, fault, noun))
        else:
            found.append(line)
    return tuple(found), [msgspec.structs.replace(one, severity="warning") for one in problems]


Line = TypeVar("Line")


def _lines(
    text: str, path: str, kind: type[Line], noun: str
) -> tuple[list[tuple[int, Line]], list[Problem]]:
    """Decode a file of JSON lines; each comes with its number."""
    decoder = msgspec.json.Decoder(kind)
    conflict = files.merge_problem(text, path)
    problems = [conflict] if conflict else []
    found: list[tuple[int, Line]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or (conflict and line.startswith(_MARKS)):
            continue
        try:
            found.append((number, decoder.decode(line)))
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            problems.append(_problem(number, path, str(error), noun))
    return found, problems


def _fault(review: Review) -> str:
    """Say what is wrong with a line of the right form; nothing for one that may stand."""
    if review.ahead:
        return "nobody writes 'ahead'"
    if review.lapsed:
        return "nobody writes 'lapsed'"
    if review.urgent and (review.takes_back or not may_be_urgent(review.context, review.kind)):
        return "such words are not corrected urgently"
    if review.through == "shipping" and not is_signed_by_shipping(review.context, review.kind):
        return "such words are not signed by shipping"
    return ""


def _ahead(review: Review, number: int, path: str) -> Problem:
    return Problem(
        path=path,
        line=number,
        code="review-ahead",
        message=f"this line of {review.by} is ahead of the clock: it counts for nothing until"
        f" {review.on.isoformat()}",
        hint="set the clocks of both computers right, then sign again",
    )


def _problem(number: int, path: str, why: str, noun: str = "signature") -> Problem:
    return Problem(
        path=path,
        line=number,
        code="review-line",
        message=f"this is no {noun}: {why.rstrip('.')}"[:200],
        hint=_HINTS[noun],
    )


_HINTS = {
    "signature": "write them with 'stopjihad review', never by hand",
    "remark": "take the line out: remarks are written in the studio",
    "posting": "take the line out: postings are written in the studio's calendar",
    "exported post": "take the line out: 'stopjihad export' writes them",
}
