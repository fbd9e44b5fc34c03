"""Add lines to a campaign's approval ledger on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from stopjihad.build import disk
from stopjihad.build.translations import write_text
from stopjihad.model.review import Review, encode
from stopjihad.problem import Problem, ProblemsFound

LEDGER = "reviews.jsonl"
MERGE = f"""\
# When branches meet, the lines of both are kept: their order means nothing.
{LEDGER} merge=union
"""


def append_reviews(root: Path, slug: str, reviews: Iterable[Review]) -> None:
    """Add lines to a ledger; what stands in it is never changed.

    A new ledger gets a ``.gitattributes`` beside it, so that git keeps the lines of both branches
    where two people approved at once.

    Args:
        root: the workspace.
        slug: the campaign.
        reviews: lines to add.

    Raises:
        ProblemsFound: a link stands in its place, or the disk refuses.
    """
    folder = f"campaigns/{slug}"
    data = b"".join(encode(review) for review in reviews)
    if not data:
        return
    path = root / folder / LEDGER
    if path.is_symlink():
        message = "links are not followed: this would write somewhere else"
        raise ProblemsFound(
            (Problem(path=f"{folder}/{LEDGER}", code="link-refused", message=message),)
        )
    if not path.exists() and not (root / folder / ".gitattributes").exists():
        write_text(root, f"{folder}/.gitattributes", MERGE)
    try:
        _append(path, data)
    except OSError as error:
        raise ProblemsFound((disk.explain(error, f"{folder}/{LEDGER}"),)) from error


def _append(path: Path, data: bytes) -> None:
    """Add bytes in one write, after a line feed where the last line has none."""
    with path.open("ab+") as stream:
        if stream.tell():
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                data = b"\n" + data
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
