"""Builds tell those talking points in slides that the campaign, or the talking point, wants so."""

from __future__ import annotations

from msgspec.structs import replace
from stopjihad.model.campaign import Cards
from stopjihad.model.point import Point
from stopjihad.model.request import Options, Shared
from stopjihad.model.step import Plan
from stopjihad.plan.make import make_plan

from plan.test_cards import project, step
from support import cards
from support.campaign import point


def plan(choice: str, *points: Point, only: tuple[str, ...] = ()) -> Plan:
    made = project(Cards(), *points)
    campaign = replace(made.campaign.record, carousels=choice)
    made = replace(made, campaign=replace(made.campaign, record=campaign))
    shared = Shared(
        theme={}, assets={}, words={}, designs=cards.layouts(), drawings=cards.drawings(),
        fonts=cards.fonts(),
    )  # fmt: skip
    return make_plan(made, shared, Options(only=only))


def files(made: Plan, *kinds: str) -> list[str]:
    start = "site/cards/en/"
    return [one.output.removeprefix(start) for one in made.steps if one.kind in kinds]


PLAIN, FEATURED = point("plain"), replace(point("first"), featured=1)
ALL = ("slide", "slide-alts", "slide-document")


def told(choice: str, *points: Point) -> set[str]:
    return {name.partition("/")[0] for name in files(plan(choice, *points), *ALL)}


def test_a_campaign_chooses_none_the_featured_ones_or_all() -> None:
    assert told("none", PLAIN, FEATURED) == set()
    assert told("featured", PLAIN, FEATURED) == {"first"}
    assert told("all", PLAIN, FEATURED) == {"plain", "first"}


def test_a_talking_point_has_the_last_word() -> None:
    assert told("all", replace(PLAIN, carousel=False)) == set()
    assert told("none", replace(PLAIN, carousel=True)) == {"plain"}


def test_slides_are_numbered_and_stand_beside_their_words_and_their_document() -> None:
    made = plan("all", PLAIN)
    pictures = files(made, "slide")
    assert pictures == [f"plain/slides/{number}.png" for number in range(1, len(pictures) + 1)]
    assert len(pictures) >= 4
    assert files(made, "slide-alts") == ["plain/slides/alt.txt"]
    assert files(made, "slide-document") == ["plain/slides/slides.pdf"]


def test_a_slide_depends_on_what_it_shows() -> None:
    first = step(plan("all", PLAIN), "cards/en/plain/slides/1.png")
    last = step(
        plan("all", PLAIN), f"cards/en/plain/slides/{len(files(plan('all', PLAIN), 'slide'))}.png"
    )
    assert "design/slide-fact" in first.inputs
    assert any(name.startswith("drawing/") for name in first.inputs)
    assert "design/slide-help" in last.inputs
    assert not any(name.startswith("drawing/") for name in last.inputs)
    document = step(plan("all", PLAIN), "cards/en/plain/slides/slides.pdf")
    assert set(first.inputs) | set(last.inputs) <= set(document.inputs)


def test_slides_are_cards() -> None:
    assert files(plan("all", PLAIN, only=("cards",)), *ALL)
    assert not files(plan("all", PLAIN, only=("posts",)), *ALL)
