"""The first page of a kit sorts its talking points for whoever looks for one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from stopjihad.render.kit.points import ANYWHERE, FAMILIES, IN_HAND, sort_by_place
from stopjihad.render.kit.records import KitFile

AUDIENCES = [
    SimpleNamespace(id="teens", need="young"),
    SimpleNamespace(id="parents", need="relatives"),
    SimpleNamespace(id="staff", need="worried"),
    SimpleNamespace(id="members", need="exit"),
]


@pytest.mark.parametrize(
    ("audiences", "place"),
    [
        (("teens", "parents"), ANYWHERE),
        (("parents", "teens"), FAMILIES),
        (("staff",), FAMILIES),
        (("members", "parents"), IN_HAND),
        ((), ANYWHERE),
    ],
)
def test_a_poster_hangs_where_those_pass_whom_it_is_for(
    audiences: tuple[str, ...], place: str
) -> None:
    """A number of the police, and "say that you want to leave the group", hung in a corridor."""

    def point(*names: str) -> Any:
        papers = [KitFile(name, name) for name in names]
        return SimpleNamespace(headline=SimpleNamespace(audiences=audiences), papers=papers)

    hung, other = point("paper/a-fr-poster-home-a4.pdf"), point("paper/b-fr-lesson.pdf")
    frame = cast("Any", SimpleNamespace(audiences=AUDIENCES))
    assert list(sort_by_place([hung, other], frame)) == [(place, (hung,))]
