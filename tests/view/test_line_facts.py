"""What is true of one service never stands above the number of another."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from stopjihad.draw.alt import alt_parts
from stopjihad.draw.content import contents
from stopjihad.model.point import Point
from stopjihad.render.post.parts import Material, choices
from stopjihad.view.line_facts import beside_line, without_others
from stopjihad.view.records import Frame, HelplineView, PointView, Prose, Text
from stopjihad.view.slides import slides

from support import cards
from support.campaign import PLAIN

BODY = """Someone answers. [^un]

The British line records nothing. [^act]

## What is passed on

You may ask."""


def line(name: str, **changes: Any) -> HelplineView:
    return cards.helpline("en", id=name, name=Text(name.title(), "en"), short_name="", **changes)


def point(about: str | None = None) -> Point:
    known = PLAIN.sources[0]
    told = [replace(known, id="un"), replace(known, id="act", about_line="british")]
    return replace(PLAIN, sources=tuple(told), about_line=about)


def view(source: str = "act", **changes: Any) -> PointView:
    shown = cards.point("en", body=Prose((Text(BODY, "en"),)), **changes)
    figures = tuple(replace(one, source=source) for one in shown.figures)
    data = tuple(replace(one, sources=(source,)) for one in shown.data)
    return replace(shown, figures=figures, data=data)


def beside(name: str, about: str | None = None) -> tuple[PointView, Frame]:
    frame = cards.frame(standing=(line(name), line("second")))
    return beside_line(view(), point(about), frame), frame


def test_paragraphs_about_another_line_are_left_out_of_what_stands_above_a_number() -> None:
    own, _ = beside("british")
    other, _ = beside("german")
    assert "records nothing" in without_others(own).body.passages[0].value
    kept = without_others(other).body.passages[0].value
    assert "records nothing" not in kept
    assert "Someone answers." in kept
    assert "You may ask." in kept


def test_a_number_of_another_line_never_has_a_number_to_call_beside_it() -> None:
    """No design shows both today; one of a campaign's own may."""
    for design in ("figure", "chart"):
        for name in ("british", "german"):
            shown, frame = beside(name)
            said = contents(cards.job("en", design, subject=shown, frame=frame))["contact"].text
            assert ("British" in said) == (name == "british"), (design, name)
            assert ("/en/help" in said) == (name == "german"), (design, name)
    shown, frame = beside("german")
    job = cards.job("en", "steps", subject=shown, frame=frame)
    assert "German" in dict(alt_parts(job))["contact"]


def test_a_misplaced_fact_has_no_number_beside_it() -> None:
    shown, frame = beside("german", about="british")
    assert (
        "/en/help"
        in dict(alt_parts(cards.job("en", "steps", subject=shown, frame=frame)))["contact"]
    )
    assert "German" not in post(shown, frame)
    right, frame = beside("british", about="british")
    assert "British" in post(right, frame)
    assert "Second" not in post(right, frame)  # what is true of the first is not of the second


def test_no_slide_tells_numbers_of_another_line() -> None:
    told = {name: slides(beside(name)[0], {}) for name in ("british", "german")}
    numbers = {name: [one.role for one in found] for name, found in told.items()}
    assert {"figure", "chart"} & set(numbers["british"])
    assert not {"figure", "chart"} & set(numbers["german"])


def post(shown: PointView, frame: Frame) -> str:
    material = Material(
        view=shown,
        frame=frame,
        words={},
        link="https://example.org/",
        style="text",
        flat=False,
        brief=False,
        addresses=False,
        most_hashtags=0,
    )
    return choices(material)["helpline"].texts[-1]
