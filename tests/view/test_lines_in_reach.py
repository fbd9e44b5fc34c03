"""Whose numbers stand largest on pages: a police line is never alone, nor first."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from stopjihad.view.helplines import lines_in_reach

from support.cards import frame, helpline

POLICE = {"operator": "police", "needs": ("worried",)}
PARENTS = {"operator": "ngo", "needs": ("worried", "relatives")}
LISTENS = {"operator": "ngo", "needs": ("grief",)}
NIGHTS = {"operator": "ngo", "needs": ("despair",), "opening": ("Mo-Su",)}
FOREIGN = {"operator": "ngo", "needs": ("grief",), "country": "AT"}


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ((POLICE, LISTENS), [1, 0]),
        ((POLICE, LISTENS, PARENTS), [2, 0]),
        ((PARENTS, POLICE, LISTENS), [0, 1]),
        ((POLICE, POLICE, PARENTS, NIGHTS), [3, 2, 0]),
        ((POLICE, LISTENS, NIGHTS), [2, 0]),
        ((POLICE, FOREIGN), [0]),
        ((POLICE,), [0]),
        ((LISTENS,), []),
    ],
)
def test_who_passes_nothing_on_stands_above_the_police(
    lines: Sequence[dict[str, object]], shown: list[int]
) -> None:
    made = tuple(
        helpline(id=f"line-{index}", **{"country": "GB"} | line) for index, line in enumerate(lines)
    )
    subject = frame(standing=made, market="GB")
    assert list(lines_in_reach(subject, "worried")) == [made[at] for at in shown]
