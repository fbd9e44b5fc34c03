"""A partner gets what is theirs to say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import survey
from stopjihad.model.options import Options
from stopjihad.model.partner import Partner
from stopjihad.plan.partner_project import for_partner
from stopjihad.translate.po_files import read_project

from support.build import CAMPAIGN, REPOSITORY

SCHOLARS, ANGER = "scholars-said-no", "anger-about-a-war"
TODAY = dt.date(2026, 12, 3)


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
    ("who", "more"),
    [
        (partner("school"), 0),
        (partner("school", points=(ANGER, SCHOLARS)), 1),
        (partner("school", country="GB"), 1),
        (partner("club"), 1),
    ],
)
def test_of_what_asks_for_something_political_such_a_school_gets_the_lesson_alone(
    who: Partner, more: int
) -> None:
    """A lycée got posters, leaflets, slides and posts that call for letters to a deputy."""
    found = survey(REPOSITORY, CAMPAIGN, TODAY, thorough=False, judged=False)
    assert found.project is not None
    own = for_partner(found.project, who, "fr").project
    found = msgspec.structs.replace(found, project=own)
    options = Options(
        only=("site", "cards", "posts", "paper", "kits"), languages=("fr",), partner=who
    )
    plan = make_campaign_plan(found, options)
    made = {one.output for one in plan.steps if one.kind == "paper"}
    for layout in ("poster-a4", "poster-a3", "poster-home-a4", "poster-home-a3", "leaflet"):
        assert sum(path.endswith(f"{ANGER}/{layout}.pdf") for path in made) == more
    (kit,) = (one for one in plan.steps if one.kind == "kit")
    about = {path for path in kit.files if ANGER in path}
    assert any(path.endswith("/lesson.pdf") for path in about)
    assert (len(about) > 1) is bool(more)
    slides = [one for one in plan.steps if one.kind == "original-slides"]
    assert len(slides) == 1
    assert any(ANGER in name for one in slides for name in one.inputs) is bool(more)


@pytest.mark.parametrize(
    ("kind", "settings"), [("school", {"classroom"}), ("faith", {"classroom", "talk"})]
)
def test_a_school_gets_no_questions_for_the_friday_talk(kind: Any, settings: set[str]) -> None:
    own = for_partner(read_project(REPOSITORY, CAMPAIGN), partner(kind), "fr").project
    asked = [page.record.discussion for page in own.pages if page.record.discussion]
    assert {one.setting for one in asked} == settings
    assert len(own.pages) > len(asked)  # and all that is for readers
