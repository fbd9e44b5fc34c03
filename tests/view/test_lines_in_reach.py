"""Whose numbers stand largest on pages: a police line is never alone, nor first."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from stopjihad.view.helplines import lines_in_reach
from stopjihad.view.records import Text

from support.cards import frame, helpline

POLICE = {"operator": "police", "needs": ("worried",)}
PARENTS = {"operator": "ngo", "needs": ("worried", "relatives")}
LISTENS = {"operator": "ngo", "needs": ("grief",)}
NIGHTS = {"operator": "ngo", "needs": ("despair",), "opening": ("Mo-Su",)}
CHILDREN = {
    "operator": "government",
    "needs": ("young", "relatives"),
    "opening": ("Mo-Su",),
    "passed_on": Text("By law.", "en"),
}
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


def test_parents_who_do_not_despair_are_told_who_answers_tonight() -> None:
    """On their page stood a line against suicide and one of the police that had closed at six."""
    lines = (POLICE, CHILDREN, NIGHTS)
    made = [helpline(id=f"l-{at}", **{"country": "FR"} | one) for at, one in enumerate(lines)]
    subject = frame(standing=tuple(made), market="FR")
    assert [one.id for one in lines_in_reach(subject, "relatives")] == ["l-2", "l-1", "l-0"]
    assert [one.id for one in lines_in_reach(subject, "worried")] == ["l-2", "l-0"]
