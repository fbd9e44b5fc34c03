"""What would make a card wrong is said before it is drawn."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from stopjihad.draw import CardJob, card_problems
from stopjihad.draw.card import set_card

from support import cards


def only(job: CardJob) -> tuple[str, str, str]:
    (problem,) = card_problems(job)
    return problem.code, problem.message, problem.hint


@pytest.mark.parametrize(
    ("text", "name", "script", "package"),
    [
        ("คำตอบ", "THAI CHARACTER KHO KHWAI", "Thai", "pip install fontpkg-noto-sans-thai"),
        ("答", "CJK UNIFIED IDEOGRAPH-7B54", "Hani", "apt install fonts-noto-cjk"),
        ("שלום", "HEBREW LETTER SHIN", "Hebr", "pip install fontpkg-heebo"),
        ("ፍትሕ", "ETHIOPIC SYLLABLE FE", "Ethi", "apt install fonts-noto-core"),
    ],
)
def test_a_missing_letter_names_itself_its_script_and_its_package(
    text: str, name: str, script: str, package: str
) -> None:
    problems = card_problems(cards.job(subject=cards.point(fact=cards.Text(text, "en"))))
    assert {problem.code for problem in problems} == {"card-glyph"}
    named = next(problem for problem in problems if name in problem.message)
    assert f"(script {script})" in named.message
    assert named.hint == package


def test_no_font_is_asked_for_what_cannot_be_seen() -> None:
    text = "می‌خواهم\u200f \u2067الف\u2069\u00ad"
    assert not card_problems(
        cards.job("ar", subject=cards.point("ar", fact=cards.Text(text, "fa")))
    )


def test_a_text_beyond_its_box_is_too_long() -> None:
    fact = cards.Text("word " * 400, "en")
    # What stands below the fact has no room left, either.
    first, *others = card_problems(cards.job(subject=cards.point(fact=fact)))
    assert {one.code for one in (first, *others)} == {"card-too-long"}
    assert "they-protect-muslims, en, og, fact" in first.message
    assert first.hint.startswith("shorten it")


@pytest.mark.parametrize("part", ["claim", "warning"])
def test_a_claim_is_never_shown_without_its_company(part: str) -> None:
    job = cards.job("en", "claim-and-fact", subject=cards.point(**{part: None}))
    code, message, _ = only(job)
    assert code == "card-claim"
    assert f"has no {part}" in message


def test_a_testimony_without_a_quotation_is_not_drawn() -> None:
    """A sentence of the team's once stood between quotation marks."""
    code, message, _ = only(cards.job("en", "quote", subject=cards.point(quote=None)))
    assert code == "card-quote"
    assert "has no quote" in message


@pytest.mark.parametrize(
    ("design", "changes", "lacks"),
    [
        ("figure", {"figures": ()}, "figures"),
        ("chart", {"data": ()}, "data"),
        ("question", {"question": None}, "question"),
        ("steps", {"steps": ()}, "steps"),
    ],
)
def test_a_design_is_not_drawn_empty(design: str, changes: dict[str, Any], lacks: str) -> None:
    """``card --design figure`` of a talking point without a number drew a field with a helpline."""
    code, message, hint = only(cards.job("en", design, subject=cards.point(**changes)))
    assert code == f"card-{design}"
    assert message.endswith(f"but the talking point has no {lacks}")
    assert hint == "choose the design 'fact'"


LONG = "United Nations Development Programme"


def test_a_source_goes_by_its_short_name_where_the_card_has_no_room() -> None:
    """A fact of 100 letters stopped a build, though the source had a short name."""
    fact = (
        "One in four recruits in eight African countries said lack of work was their main reason "
        "for joining."
    )
    source = msgspec.structs.replace(cards.SOURCE, publisher=LONG, short="UNDP")
    changes = {"fact": cards.Text(fact, "en"), "sources": (source,)}
    host = "https://a-campaign-with-a-long-name.example.org/"
    tight = cards.job("en", "poster", "og", subject=cards.point(**changes), link=host)
    assert not card_problems(tight)
    assert "UNDP" in _source(tight)
    assert LONG in _source(cards.job("en", "fact", subject=cards.point(**changes), link=host))
    without = msgspec.structs.replace(source, short="")
    nameless = cards.point(**(changes | {"sources": (without,)}))
    assert LONG in _source(cards.job("en", "poster", "og", subject=nameless, link=host))
    assert not card_problems(cards.job("en", "fact", subject=cards.point(**changes), link=host))


def _source(job: CardJob) -> str:
    """Read the line of a card that names its source."""
    return next(
        place.block.shaped.text
        for place, _ in set_card(job).placed
        if place.block and getattr(place.item, "content", "") == "source"
    )


def test_a_design_says_what_it_is_made_from() -> None:
    assert only(cards.job("en", "help", subject=cards.point()))[0] == "card-subject"
    assert only(cards.job("en", "fact", subject=cards.helpline()))[0] == "card-subject"


def test_a_design_with_a_code_needs_an_address() -> None:
    assert only(cards.job("en", "poster", link=""))[0] == "card-link"


def test_a_photo_design_needs_a_photo() -> None:
    assert only(cards.job("en", "photo", photo=b""))[0] == "card-photo"


def test_colours_of_a_brand_are_moved_until_they_can_be_read() -> None:
    for accent in ("#ffe14d", "#0b6b5d", "#000000", "#ffffff", "#7f7f7f"):
        frame = cards.frame(accent=accent)
        for design in cards.DESIGNS:
            found = {
                problem.code for problem in card_problems(cards.job("en", design, frame=frame))
            }
            assert found <= {"card-contrast"}, (accent, design)
    assert not card_problems(cards.job("en", "fact", frame=cards.frame(accent="#b8860b")))
