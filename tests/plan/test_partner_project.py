"""A partner gets what is theirs to say."""

from __future__ import annotations

from typing import Any

import pytest
from stopjihad.model.partner import Partner
from stopjihad.plan.partner_project import for_partner
from stopjihad.translate.po_files import read_project

from support.build import CAMPAIGN, REPOSITORY

SCHOLARS = "scholars-said-no"


def partner(kind: Any, **changes: Any) -> Partner:
    given: dict[str, Any] = {
        "id": "one",
        "name": "Parc",
        "kind": kind,
        "funded_by": ("The town",),
        "languages": ("fr",),
        "country": "FR",
        "contact": "one@example.org",
        "adults": True,
    }
    return Partner(**given | changes)


@pytest.mark.parametrize(
    ("who", "points"),
    [
        (partner("school"), 27),
        (partner("school", points=(SCHOLARS,)), 1),
        (partner("school", country="GB"), 28),
        (partner("faith"), 28),
    ],
)
def test_a_school_that_keeps_religion_out_of_class_asks_for_it_by_name(
    who: Partner, points: int
) -> None:
    """A lycée's kit had the letter of Muslim scholars among its lessons."""
    own = for_partner(read_project(REPOSITORY, CAMPAIGN), who, "fr").project
    assert len(own.points) == points
    assert (SCHOLARS in {one.record.id for one in own.points}) is (points != 27)


@pytest.mark.parametrize(
    ("kind", "settings"), [("school", {"classroom"}), ("faith", {"classroom", "talk"})]
)
def test_a_school_gets_no_questions_for_the_friday_talk(kind: Any, settings: set[str]) -> None:
    own = for_partner(read_project(REPOSITORY, CAMPAIGN), partner(kind), "fr").project
    asked = [page.record.discussion for page in own.pages if page.record.discussion]
    assert {one.setting for one in asked} == settings
    assert len(own.pages) > len(asked)  # and all that is for readers
