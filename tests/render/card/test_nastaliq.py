"""Urdu in Nastaliq, where a campaign chooses it and the machine has a font of that hand."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from stopjihad.catalog.fonts import FontBook, script_metrics, style
from stopjihad.draw import card_problems
from stopjihad.draw.card import set_card
from stopjihad.draw.job import Words
from stopjihad.draw.shape import ShapedParagraph, shape
from stopjihad.load.fonts import load_fonts

from support import cards
from support.card_checks import check_card

FAMILY = "Noto Nastaliq Urdu"


@cache
def chosen() -> FontBook:
    book, problems = load_fonts(Path("/nowhere"), {"ur": (FAMILY,)})
    if problems:
        pytest.skip(str(problems[0]))
    return book


def shaped(text: str, lang: str) -> ShapedParagraph:
    return shape(Words(text, lang, lang in {"ar", "ur"}), chosen(), 700)


def families(found: ShapedParagraph) -> set[str]:
    return {run.typeface.file.family for run in found.runs}


def test_urdu_is_nastaliq_and_other_languages_are_not() -> None:
    fact = cards.TEXTS["ur"][0]
    assert families(shaped(fact, "ur")) == {FAMILY}
    assert shaped(fact, "ur").script == "Aran"
    assert families(shaped(cards.TEXTS["ar"][0], "ar")) == {"Noto Sans Arabic"}


def test_a_sign_that_the_hand_lacks_does_not_change_the_hand_of_the_words() -> None:
    """A per cent sign set a whole sentence in another font."""
    found = shaped("60% لوگ", "ur")
    (sign,) = [run for run in found.runs if run.typeface.file.family != FAMILY]
    assert found.text[sign.start : sign.end] == "%"


def test_latin_words_and_bare_numbers_keep_the_font_of_all_others() -> None:
    assert families(shaped("2,521", "ur")) == {"Noto Sans"}
    assert families(shaped("ISIS", "ur")) == {"Noto Sans"}


def test_lines_stand_as_far_apart_as_the_hand_needs() -> None:
    assert style("Arab", "Jameel Noori Nastaleeq") == "Aran"
    assert style("Latn", FAMILY) == "Latn"
    card = set_card(cards.job("ur", "fact", "square", fonts=chosen()))
    (block,) = [
        place.block
        for place, _ in card.placed
        if place.block and getattr(place.item, "content", "") == "fact"
    ]
    first, second = block.baselines[:2]
    assert (second - first) / block.size >= script_metrics("Aran").leading - 0.01


@pytest.mark.parametrize("form", cards.FORMATS)
def test_cards_in_nastaliq_are_whole_and_readable(form: str) -> None:
    for design in (*cards.DRAWN, "alert"):
        job = cards.told_job("ur", design, form, cards.TEXTS["ur"][0], fonts=chosen())
        assert not card_problems(job), design
        check_card(set_card(job))


@cache
def placed(folder: Path) -> FontBook:
    """Give the fonts of a workspace that has files of that hand, and chose no family."""
    target = folder / "assets" / "fonts"
    target.mkdir(parents=True)
    for font in chosen().files:
        if font.family == FAMILY:
            shutil.copy(font.path, target)
    book, problems = load_fonts(folder)
    assert not problems
    return book


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> FontBook:
    return placed(tmp_path_factory.mktemp("hand"))


def test_a_file_in_the_workspace_is_for_urdu_headlines_alone(beside: FontBook) -> None:
    for lang, headline, family in (
        ("ur", True, FAMILY),
        ("ur", False, "Noto Sans Arabic"),
        ("ar", True, "Noto Kufi Arabic"),
        ("ps", True, "Noto Kufi Arabic"),
    ):
        words = Words(cards.TEXTS[lang][0], lang, rtl=True)
        assert families(shape(words, beside, 700, headline=headline)) == {family}, lang
    assert families(shape(Words("ISIS", "en", rtl=False), beside, 700, headline=True)) == {
        "Bricolage Grotesque"
    }


@pytest.mark.parametrize("form", cards.FORMATS)
def test_cards_with_urdu_headlines_are_whole_and_readable(form: str, beside: FontBook) -> None:
    hands = set()
    for design in cards.DRAWN:
        job = cards.told_job("ur", design, form, cards.TEXTS["ur"][0], fonts=beside)
        assert not card_problems(job), design
        card = set_card(job)
        check_card(card)
        hands |= {
            (place.block.shaped.script, getattr(place.item, "face", ""))
            for place, _ in card.placed
            if place.block and place.block.shaped.script in {"Arab", "Aran"}
        }
    assert ("Aran", "headline") in hands
    assert ("Arab", "text") in hands
    assert ("Aran", "text") not in hands
