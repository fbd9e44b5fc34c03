"""Words become glyphs and lines: joined, in order, balanced, inside."""

from __future__ import annotations

import pytest
from stopjihad.draw.breaks import words_of
from stopjihad.draw.content import ready
from stopjihad.draw.job import Words
from stopjihad.draw.lines import Block, Room, fit
from stopjihad.draw.shape import GRID, ShapedParagraph, shape
from stopjihad.text.unicode.bidi_controls import isolate
from stopjihad.view.records import Text

from support import cards


def shaped(text: str, lang: str = "en", rtl: bool = False, weight: int = 700) -> ShapedParagraph:  # noqa: FBT001, FBT002
    return shape(Words(text, lang, rtl), cards.fonts(), weight)


def fitted(text: str, lang: str = "en", **changes: float) -> Block:
    values = {"width": 1000.0, "height": 400.0, "least": 20.0, "most": 90.0, "lines": 6} | changes
    return fit(shape(ready(Text(text, lang)), cards.fonts(), 700), Room(**values))


def parts(block: Block) -> list[str]:
    return [block.shaped.text[line.start : line.end] for line in block.lines]


def test_arabic_letters_join() -> None:
    joined = [glyph.id for run in shaped("سلام", "ar", rtl=True).runs for glyph in run.glyphs]
    apart = [glyph.id for run in shaped("س ل ا م", "ar", rtl=True).runs for glyph in run.glyphs]
    assert len(set(joined) - set(apart)) >= 2


def test_bengali_conjuncts_form() -> None:
    (run,) = shaped("ক্ষ", "bn").runs
    assert len(run.glyphs) == 1


def test_a_phone_number_keeps_its_order_in_arabic() -> None:
    found = shaped(f"اتصل {isolate('0800 005 696', 'ltr')} الآن", "ar", rtl=True)
    block = fit(found, Room(2000, 200, 40, 40, 1))
    numbers = shaped("ا0800005696", "ar").runs[-1].glyphs
    glyphs = [placed.glyph for placed in block.lines[0].glyphs]
    wanted = [glyph.id for glyph in numbers]
    at = glyphs.index(wanted[0])
    assert glyphs[at : at + len(wanted)] == wanted


def test_a_word_that_the_main_font_does_not_have_is_set_in_one_other_font() -> None:
    found = shaped("تطبيق Москва يعمل", "ar", rtl=True)
    assert {run.typeface.file.family for run in found.runs} == {"Noto Sans Arabic", "Noto Sans"}
    other = [run for run in found.runs if run.typeface.file.family == "Noto Sans"]
    assert "".join(found.text[run.start : run.end] for run in other).strip() == "Москва"
    assert not found.missing


def test_marks_stay_with_their_letters() -> None:
    found = shaped("e\u0301\u0323a", "en")
    assert not found.missing
    assert found.clusters[:2] == (0, 3)


@pytest.mark.parametrize("lang", sorted(cards.TEXTS))
def test_headlines_are_balanced_and_leave_no_word_alone(lang: str) -> None:
    for width in (560, 700, 900, 1072):
        block = fitted(cards.TEXTS[lang][0], lang, width=float(width))
        assert block.fits
        widths = [line.width for line in block.lines]
        assert min(widths) > 0.3 * max(widths), parts(block)


def test_the_largest_size_is_taken() -> None:
    block = fitted("Most people ISIS killed were Muslims.", lines=1, height=200.0)
    wider = block.width * (block.size + 1) / block.size
    assert block.width <= 1000 < wider


def test_more_room_never_means_smaller_words() -> None:
    sizes = [fitted(cards.TEXTS["de"][0], "de", width=w).size for w in (400.0, 600.0, 800.0)]
    assert sizes == sorted(sizes)


def test_lines_keep_every_character_once_and_in_order() -> None:
    text = cards.TEXTS["fr"][0]
    block = fitted(text, "fr", width=420.0)
    assert "".join("".join(parts(block)).split()) == "".join(block.shaped.text.split())


def test_names_with_a_hyphen_are_cut_only_when_nothing_else_fits() -> None:
    block = fitted("Families stayed in camps; Al-Hol held mostly children.", width=640.0, lines=3)
    assert any("Al-Hol" in part for part in parts(block))
    narrow = fitted("Al-Hol-Al-Hol-Al-Hol", width=300.0, least=80.0)
    assert len(narrow.lines) > 1


def test_a_word_longer_than_a_line_is_cut_between_letters() -> None:
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3
    block = fitted(word, "de", width=500.0)
    assert block.fits
    assert "".join(parts(block)) == word
    assert all(line.width * block.size / GRID <= 500 for line in block.lines)


def test_a_cut_in_arabic_keeps_letters_joined() -> None:
    word = "المسلمين" * 12
    whole = [glyph.id for run in shaped(word, "ar", rtl=True).runs for glyph in run.glyphs]
    block = fitted(word, "ar", width=400.0)
    assert len(block.lines) > 1
    assert sorted(one.glyph for line in block.lines for one in line.glyphs) == sorted(whole)


def test_a_soft_hyphen_shows_only_where_it_is_used() -> None:
    whole = fitted("Anwerber\u00adgespräche", "de", width=2000.0)
    cut = fitted("Anwerber\u00adgespräche", "de", width=300.0, least=50.0)
    assert len(whole.lines) == 1
    assert len(cut.lines) == 2
    plain = fitted("Anwerber", "de", width=2000.0)
    assert len(cut.lines[0].glyphs) == len(plain.lines[0].glyphs) + 1


def test_a_forced_line_break_is_kept() -> None:
    assert parts(fitted("First line\nsecond", width=2000.0)) == ["First line", "second"]


def test_ink_of_neighbouring_lines_never_touches() -> None:
    tall = fitted("Ấ Ậ g̱̱ Ǡ y Ấ Ậ g̱̱ Ǡ y Ấ Ậ g̱̱ Ǡ y", "vi", width=260.0)
    assert len(tall.lines) > 1
    for upper, lower in zip(tall.lines, tall.lines[1:], strict=False):
        at = tall.lines.index(upper)
        distance = (tall.baselines[at + 1] - tall.baselines[at]) * GRID / tall.size
        assert distance + upper.bottom - lower.top > 0


def test_ink_beyond_the_advance_is_counted() -> None:
    """A letter whose ink hangs over (here the tail of a final yeh barree) stays inside."""
    block = fitted("ے" * 3, "ur", width=300.0)
    line = block.lines[0]
    assert block.width >= (line.right - line.left) * block.size / GRID - 1
    assert block.width <= 300.5


def test_words_are_cut_where_unicode_allows() -> None:
    found = shaped("One two-three (24/7) 12%")
    assert [found.text[word.start : word.end] for word in words_of(found)] == [
        "One",
        "two-",
        "three",
        "(24/7)",
        "12%",
    ]


def test_french_spaces_hold() -> None:
    assert "faux\u202f!" in ready(Text("C'est faux !", "fr")).text


@pytest.mark.parametrize("text", ["\u200b", "\u00ad", "\u2066\u2069", "\u0301", "\ufeff"])
def test_words_without_ink_do_no_harm(text: str) -> None:
    block = fitted(f"a{text}b")
    assert block.fits
    fit(shape(Words(text, "en", rtl=False), cards.fonts(), 400), Room(10, 10, 8, 20, 1))
