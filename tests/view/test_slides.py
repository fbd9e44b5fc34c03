"""A talking point is told in the order that the message rules fix, and nothing is torn apart."""

from __future__ import annotations

import msgspec
import pytest
from stopjihad.view.records import FigureView, PointView, Prose, Text
from stopjihad.view.slides import CALM, LEAST, MOST, TEXT, TRICK, Slide, slides

from support import cards

ORDER = ("fact", "claim", "trick", "evidence", "figure", "chart", "todo", "help")
SOURCES = tuple(
    msgspec.structs.replace(cards.SOURCE, id=name, publisher=name.upper(), short="")
    for name in ("one", "two")
)


TABLE = cards.point("en").data


def number(value: float) -> FigureView:
    return FigureView(
        value=Text(str(value), "en"),
        number=value,
        unit=None,
        label=Text("people", "en"),
        source="one",
    )


def point(body: str = "", **changes: object) -> PointView:
    values: dict[str, object] = {
        "body": Prose((Text(body, "en"),)) if body else Prose(),
        "technique": "us-vs-them",
        "figures": (),
        "data": (),
        "sources": SOURCES,
    }
    return cards.point("en", **(values | changes))


def roles(found: tuple[Slide, ...]) -> list[str]:
    return [one.role for one in found]


def texts(found: tuple[Slide, ...], role: str = "evidence") -> list[str]:
    return [one.text.value for one in found if one.role == role and one.text]


def test_the_order_is_the_one_of_the_rules() -> None:
    body = "One is known. [^one]\n\nTwo is known."
    numbers = point(body, figures=(number(1),))
    charted = point(body, figures=(number(1),), data=TABLE)
    seen = set()
    for view in (numbers, charted):
        found = roles(slides(view, {}))
        assert found == sorted(found, key=ORDER.index)
        assert found[0] == "fact"
        assert found[-1] == "help"
        assert found.count("claim") == 1
        seen |= set(found)
    assert seen == set(ORDER)


def test_a_chart_takes_the_place_of_the_second_number() -> None:
    found = roles(slides(point(figures=(number(1), number(2)), data=TABLE * 2), {}))
    assert found.count("figure") == found.count("chart") == 1


def test_slides_are_numbered() -> None:
    found = slides(point(), {})
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert {one.total for one in found} == {len(found)}


def test_a_claim_without_its_warning_has_no_slide() -> None:
    assert "claim" not in roles(slides(point(warning=None), {}))


def test_the_explanation_is_told_from_its_beginning_in_whole_paragraphs() -> None:
    found = slides(point("First. Still first. [^two]\n\nSecond.\n\nThird."), {})
    assert texts(found) == ["First. Still first.", "Second."]
    assert [one.sources for one in found if one.role == "evidence"] == [("two",), ()]


def test_the_explanation_stops_before_a_heading_and_before_the_claim() -> None:
    assert texts(slides(point("First.\n\n## Steps\n\nSecond."), {})) == ["First."]
    claiming = point("First.\n\nThey say: they defend Muslims.")
    assert texts(slides(claiming, {})) == ["First."]


def test_a_long_paragraph_goes_on_at_the_end_of_a_sentence() -> None:
    sentence = "This sentence has been made as long as it must be to fill a third of a slide. "
    (first, second) = texts(slides(point((sentence * 5).strip()), {}))
    assert first.endswith("slide.")
    assert second.startswith("This")
    assert max(len(first), len(second)) <= TEXT
    assert first.count("This") + second.count("This") == 5


def test_sentences_that_belong_together_stand_on_one_slide() -> None:
    filler = "This sentence has been made as long as it must be to fill most of a third. "
    body = f"{filler * 2}It counted 15. That is few. [^together]"
    for text in texts(slides(point(body), {})):
        assert ("counted" in text) == ("few" in text)


@pytest.mark.parametrize("before", ["", "One. " * 90 + "\n\n", "## Heading\n\n"])
def test_a_sentence_that_must_stay_stands_in_every_carousel(before: str) -> None:
    view = point(f"{before}Air strikes killed 461. [^two] [^stay] More.", figures=(number(2521),))
    said = [text for text in texts(slides(view, {})) if "Air strikes killed 461." in text]
    assert len(said) == 1


def test_what_must_stay_is_not_said_twice() -> None:
    """The slide of the number says it already."""
    beside = Text("Air strikes killed 461.", "en")
    figure = msgspec.structs.replace(number(2521), beside=beside)
    view = point("Much was counted. Air strikes killed 461. [^stay]", figures=(figure,))
    assert texts(slides(view, {})) == ["Much was counted. Air strikes killed 461."]
    view = point("## Heading\n\nAir strikes killed 461. [^stay]", figures=(figure,))
    assert texts(slides(view, {})) == []


def test_steps_are_numbered_and_sentences_are_not() -> None:
    """A slide numbered "You are not alone with it." as the first thing to do."""
    prose = Prose((Text("You are not alone with it. Many parents meet.", "en"),))
    steps = (Text("Ask one question.", "en"), Text("Let them finish.", "en"))
    (plain,) = (one for one in slides(point(alternative=prose, steps=()), {}) if one.role == "todo")
    assert (plain.design, plain.steps) == ("slide-text", ())
    assert plain.text == prose.passages[0]
    told = slides(point(alternative=prose, steps=steps), {})
    (numbered,) = (one for one in told if one.role == "todo")
    assert (numbered.design, numbered.steps) == ("slide-steps", steps)


def test_own_words_for_slides_stand_in_the_place_of_the_text() -> None:
    told = (Text("They asked how to come back. [^two]", "en"),)
    found = slides(point("They had left.", told=told), {})
    (slide,) = (one for one in found if one.role == "evidence")
    assert slide.text == Text("They asked how to come back.", "en")
    assert slide.sources == ("two",)


def test_a_full_talking_point_keeps_within_the_limits() -> None:
    body = "\n\n".join(f"Paragraph {count} is told." for count in range(9))
    assert len(slides(point(body), {})) <= CALM
    assert len(slides(point(body, figures=(number(1), number(2))), {})) <= MOST
    told = slides(point(body, claim=None, warning=None, technique=None), {})
    assert LEAST <= len(told) <= CALM


def test_what_is_known_stands_beside_numbers_and_a_chart() -> None:
    """A talking point with figures and a table lost the paragraph that its fact rests on."""
    told = roles(slides(point("One is known.\n\nTwo is.", figures=(number(1),), data=TABLE), {}))
    assert told.count("evidence") == 1
    assert len(told) <= MOST


def test_a_theme_that_cannot_name_the_technique_leaves_its_slide_out() -> None:
    view = cards.point("fr", technique="us-vs-them")
    assert "trick" not in roles(slides(view, {}))
    words = {
        "Us against them": "Nous contre eux",
        "The world is split into two camps, so that walking away looks like betrayal.": "Deux.",
    }
    (trick,) = (one for one in slides(view, words) if one.role == "trick")
    assert trick.kicker is None
    assert trick.title == Text("Nous contre eux", "fr")
    (trick,) = (one for one in slides(view, words | {TRICK: "Le piège"}) if one.role == "trick")
    assert trick.kicker == Text("Le piège", "fr")


def test_the_last_slide_names_all_sources() -> None:
    assert slides(point(), {})[-1].sources == ("one", "two")
