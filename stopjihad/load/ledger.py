"""Read the ledger: one JSON object a line."""

from __future__ import annotations

import msgspec

from stopjihad.model.review import Review
from stopjihad.problem import Problem


def read_ledger(text: str, path: str) -> tuple[tuple[Review, ...], list[Problem]]:
    """Read ``reviews.jsonl``.

    Args:
        text: the file, decoded.
        path: the file, named in problems.

    Returns:
        Its lines, and the problems ``review-conflict`` (marks of a merge were left) and
        ``review-line`` (anything else that is no line of a ledger).
    """
    decoder = msgspec.json.Decoder(Review)
    found: list[Review] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            problems.append(_problem(line, number, path, str(error)))
    return tuple(found), problems


def _problem(line: str, number: int, path: str, why: str) -> Problem:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return Problem(
            path=path,
            line=number,
            code="review-conflict",
            message="a mark that git left where two branches met",
            hint="delete the marks and keep the lines of both; order does not matter",
        )
    return Problem(
        path=path,
        line=number,
        code="review-line",
        message=f"this is no signature: {why.rstrip('.')}"[:200],
        hint="write them with 'stopjihad review', never by hand",
    )
