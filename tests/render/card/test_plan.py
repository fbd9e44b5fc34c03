"""Builds make the cards and slides that a campaign wants: of points and lines, in its formats."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import Logo
from stopjihad.model.campaign import Cards, HelplineChoice
from stopjihad.model.helpline import Helpline, Helplines, Phone, Verification
from stopjihad.model.media import Media, UsablePhoto
from stopjihad.model.options import Options, Shared
from stopjihad.model.point import Point, Prevalence, Quote
from stopjihad.model.project import Document, Project
from stopjihad.model.step import Plan, Step
from stopjihad.render.plan import make_plan

from support import cards
from support.campaign import DAY, GENERATED, point

LINE = Helpline(
    id="line",
    country="FR",
    name="Someone",
    phone=Phone(e164="+33800005696", printed="0800 005 696"),
    hours="Every day",
    languages=("en",),
    operator="ngo",
    emergency="112",
    url="https://example.org/",
    source="https://example.org/",
    verified=Verification(on=DAY, how="read"),
    review_by=DAY + dt.timedelta(days=90),
)
QUOTE = Quote(
    text="I was afraid.", speaker="A mother", source="un", consent="Published by herself."
)
CLAIM = {"mode": "debunk", "claim": "A claim.", "warning": "It is false."}


def project(choice: Cards, *points: Point) -> Project:
    def document(path, record):
        return Document(path=f"campaigns/generated/{path}", record=record, digest="")

    line = HelplineChoice(language="en", lines=("line",))
    campaign = replace(GENERATED, cards=choice, languages=("en",), helplines=(line,))
    return Project(
        campaign=document("campaign.yaml", campaign),
        points=tuple(document(f"points/{one.id}.md", one) for one in points),
        pages=(),
        alerts=(),
        helplines=document("helplines.yaml", Helplines(helplines=(LINE,))),
        translations=(),
    )


def plan(choice: Cards, *points: Point, **changes) -> Plan:
    values = {"theme": {}, "assets": {}, "words": {}, "designs": cards.layouts()}
    shared = Shared(**(values | {"fonts": cards.fonts()} | changes))
    return make_plan(project(choice, *points), shared, Options())


def drawn(made: Plan, form: str = "og") -> dict[str, str]:
    """Give path below ``site/cards/en/`` and design of the cards of one format."""
    return {
        step.output.removeprefix("site/cards/en/"): dict(step.params)["design"]
        for step in made.steps
        if step.kind == "card" and dict(step.params)["format"] == form
    }


def step(made: Plan, output: str) -> Step:
    return next(one for one in made.steps if one.output == f"site/{output}")


def photo() -> UsablePhoto:
    media = Media(source="drawn", licence="CC0", alt="Waves", focus_x=30, focus_y=60)
    return UsablePhoto(data=b"photo", media=media, width=400, height=300)


def test_every_format_of_the_fact_is_made_when_nothing_else_is_said() -> None:
    made = plan(Cards(), point("one"))
    paths = {one.output for one in made.steps if one.kind == "card"}
    assert paths == {f"site/cards/en/one/{form}.png" for form in FORMATS}
    assert drawn(made) == {"one/og.png": "fact"}


def test_a_talking_point_with_a_photo_leads_with_it() -> None:
    one = point("one", media=("talk.pdf", "kitchen.jpg", "other.png"))
    made = plan(Cards(), one, point("two"), pictures={"kitchen.jpg": photo()})
    assert drawn(made) == {"one/og.jpg": "photo", "two/og.png": "fact"}
    card = step(made, "cards/en/one/og.jpg")
    assert "photo/kitchen.jpg" in card.inputs
    assert dict(card.params)["focus"] == "30,60"
    assert made.inputs["photo/kitchen.jpg"].data == b"photo"


def test_further_designs_stand_below_the_first_and_only_where_they_suit() -> None:
    wanted = Cards(more=("claim-and-fact", "quote", "photo", "poster"))
    points = (
        point("one", **CLAIM),
        point("two"),
        point("three", mode="testimony", quote=QUOTE),
        point("five", mode="testimony"),
        point("four", mode="debunk", claim="A claim without its warning."),
    )
    assert drawn(plan(wanted, *points)) == {
        "one/og.png": "fact",
        "one/claim-and-fact/og.png": "claim-and-fact",
        "one/poster/og.png": "poster",
        "two/og.png": "fact",
        "two/poster/og.png": "poster",
        "three/og.png": "fact",
        "three/quote/og.png": "quote",
        "three/poster/og.png": "poster",
        "five/og.png": "fact",
        "five/poster/og.png": "poster",
        "four/og.png": "fact",
        "four/poster/og.png": "poster",
    }


def test_the_campaign_chooses_what_leads() -> None:
    made = plan(Cards(main="poster", more=("fact",)), point("one"))
    assert drawn(made) == {"one/og.png": "poster", "one/fact/og.png": "fact"}


def test_helplines_have_cards_when_they_stand_for_the_language() -> None:
    made = plan(Cards(more=("help",)), point("one"))
    assert drawn(made) == {"one/og.png": "fact", "helplines/line/help/og.png": "help"}


def test_nothing_is_made_of_niche_claims() -> None:
    niche = Prevalence(level="niche", evidence="Seen twice.", assessed=DAY)
    made = plan(Cards(), point("one", prevalence=niche, **CLAIM))
    assert drawn(made) == {}
    page = step(made, "en/points/one/index.html")
    assert dict(page.params)["formats"] == dict(page.params)["cards"] == ""


def test_the_words_of_a_card_stand_beside_it() -> None:
    made = plan(Cards(more=("claim-and-fact", "help")), point("one", **CLAIM))
    alts = [one.output for one in made.steps if one.kind == "card-alt"]
    assert alts == [
        "site/cards/en/helplines/line/help/alt.txt",
        "site/cards/en/one/alt.txt",
        "site/cards/en/one/claim-and-fact/alt.txt",
    ]


def test_pages_show_the_files_that_are_made() -> None:
    one = point("one", media=("kitchen.jpg",), **CLAIM)
    made = plan(Cards(more=("claim-and-fact",)), one, pictures={"kitchen.jpg": photo()})
    outputs = {step.output.removeprefix("site/") for step in made.steps}
    page = dict(step(made, "en/points/one/index.html").params)
    kit = dict(step(made, "en/kit/one/index.html").params)
    assert page["cards"] == "photo=one.jpg"
    assert kit["cards"] == "photo=one.jpg,claim-and-fact=one/claim-and-fact.png"
    assert {"cards/en/one/og.jpg", "cards/en/one/claim-and-fact/og.png"} <= outputs


def test_the_logo_is_an_input_of_designs_that_show_it() -> None:
    one = point("one", media=("kitchen.jpg",), question="Who?")
    designs = dict(cards.layouts())
    bare = tuple(layer for layer in designs["question"].layers if not isinstance(layer, Logo))
    designs["question"] = replace(designs["question"], layers=bare)
    changes = {"pictures": {"kitchen.jpg": photo()}, "logo": b"logo", "designs": designs}
    made = plan(Cards(more=("question", "fact")), one, **changes)
    assert "logo" in step(made, "cards/en/one/og.jpg").inputs
    assert "logo" in step(made, "cards/en/one/fact/og.png").inputs
    assert "logo" not in step(made, "cards/en/one/question/og.png").inputs


def carousels(choice: str, *points: Point, only: tuple[str, ...] = ()) -> Plan:
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
    return {name.partition("/")[0] for name in files(carousels(choice, *points), *ALL)}


def test_a_campaign_chooses_none_the_featured_ones_or_all() -> None:
    assert told("none", PLAIN, FEATURED) == set()
    assert told("featured", PLAIN, FEATURED) == {"first"}
    assert told("all", PLAIN, FEATURED) == {"plain", "first"}


def test_a_talking_point_has_the_last_word() -> None:
    assert told("all", replace(PLAIN, carousel=False)) == set()
    assert told("none", replace(PLAIN, carousel=True)) == {"plain"}


def test_slides_are_numbered_and_stand_beside_their_words_and_their_document() -> None:
    made = carousels("all", PLAIN)
    pictures = files(made, "slide")
    assert pictures == [f"plain/slides/{number}.png" for number in range(1, len(pictures) + 1)]
    assert len(pictures) >= 4
    assert files(made, "slide-alts") == ["plain/slides/alt.txt"]
    assert files(made, "slide-document") == ["plain/slides/slides.pdf"]


def test_a_slide_depends_on_what_it_shows() -> None:
    first = step(carousels("all", PLAIN), "cards/en/plain/slides/1.png")
    last = step(
        carousels("all", PLAIN),
        f"cards/en/plain/slides/{len(files(carousels('all', PLAIN), 'slide'))}.png",
    )
    assert "design/slide-way" in first.inputs
    assert any(name.startswith("drawing/") for name in first.inputs)
    assert "design/slide-help" in last.inputs
    assert not any(name.startswith("drawing/") for name in last.inputs)
    document = step(carousels("all", PLAIN), "cards/en/plain/slides/slides.pdf")
    assert set(first.inputs) | set(last.inputs) <= set(document.inputs)


def test_slides_are_cards() -> None:
    assert files(carousels("all", PLAIN, only=("cards",)), *ALL)
    assert not files(carousels("all", PLAIN, only=("posts",)), *ALL)
