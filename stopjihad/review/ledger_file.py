"""The file of a campaign's ledger: lines are added to it on the disk."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from stopjihad.disk import save
from stopjihad.model.review import Review, encode

LEDGER = "reviews.jsonl"
MERGE = f"""\
# When branches meet, the lines of both are kept: their order means nothing.
{LEDGER} merge=union
"""


def append_reviews(root: Path, slug: str, reviews: Iterable[Review]) -> None:
    """Add lines to a ledger; what stands in it is never changed, on a full disk neither.

    A new ledger gets a ``.gitattributes`` beside it, so that git keeps the lines of both branches
    where two people approved at once.

    Args:
        root: the workspace.
        slug: the campaign.
        reviews: lines to add.

    Raises:
        ProblemsFound: a link stands in its place, others keep saving it, or the disk refuses.
    """
    folder = f"campaigns/{slug}"
    data = b"".join(encode(review) for review in reviews)
    if not data:
        return
    ledger, rules = f"{folder}/{LEDGER}", f"{folder}/.gitattributes"
    if save.current(root, ledger) is None and save.current(root, rules) is None:
        with contextlib.suppress(save.Changed):
            save.write(root, rules, MERGE.encode(), save.ABSENT)
    save.append(root, ledger, data)
