"""Read the ledger: one JSON object a line."""

from __future__ import annotations

import datetime as dt

import msgspec

from stopjihad.load import files
from stopjihad.model.review import Review, is_signed_by_shipping
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
    decoder = msgspec.json.Decoder(Review)
    found: list[Review] = []
    conflict = files.merge_problem(text, path)
    problems = [conflict] if conflict else []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or (conflict and line.startswith(_MARKS)):
            continue
        try:
            review = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            problems.append(_problem(number, path, str(error)))
            continue
        fault = _fault(review)
        if fault:
            problems.append(_problem(number, path, fault))
        elif now is not None and not review.takes_back and review.on - now > AHEAD:
            found.append(msgspec.structs.replace(review, ahead=True))
            problems.append(_ahead(review, number, path))
        else:
            found.append(review)
    return tuple(found), problems


def _fault(review: Review) -> str:
    """Say what is wrong with a line of the right form; nothing for one that may stand."""
    if review.ahead:
        return "nobody writes 'ahead'"
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


def _problem(number: int, path: str, why: str) -> Problem:
    return Problem(
        path=path,
        line=number,
        code="review-line",
        message=f"this is no signature: {why.rstrip('.')}"[:200],
        hint="write them with 'stopjihad review', never by hand",
    )
