"""Foreign judge: Unicode's own tests, from Debian's package unicode-data."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.unicode import bidi
from stopjihad.text.unicode.class_table import ClassTable
from stopjihad.text.unicode.data import BIDI

from support.directions import SAMPLE, TRICKY
from support.timing import seconds_of
from support.unicode_database import by_share, judge, step_of


def shown(levels: bytes, expected: list[str]) -> tuple[list[str], list[int]]:
    """Give levels with x where the judge has it, and the visual order without those."""
    marked = [
        "x" if want == "x" else str(have) for have, want in zip(levels, expected, strict=True)
    ]
    order = []
    for start, end, level in bidi.visual_runs(levels):
        places = range(start, end)
        order += reversed(places) if level & 1 else places
    return marked, [place for place in order if expected[place] != "x"]


def class_cases() -> Iterator[tuple[str, int | None, str, str]]:
    """Read BidiTest.txt as names of classes, base, levels and order."""
    wanted = order = ""
    for line in judge("BidiTest.txt"):
        if line.startswith("@Levels:"):
            wanted = line.removeprefix("@Levels:")
        elif line.startswith("@Reorder:"):
            order = line.removeprefix("@Reorder:")
        elif line and line[0] not in "#@":
            names, _, bits = line.partition(";")
            wished = int(bits, 16)
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if wished & bit:
                    yield names, base, wanted, order


@by_share
def test_levels_and_order_by_class_equal_unicodes(share: str) -> None:
    count, wrong = 0, []
    step = step_of(share, bidi)
    for names, base, wanted, order in itertools.islice(class_cases(), 0, None, step):
        text = "".join([SAMPLE[name] for name in names.split()])
        level, found = bidi.levels(text, base)
        line = bidi.line_levels(text, found, 0, len(text), level)
        expected = wanted.split()
        count += 1
        if shown(line, expected) != (expected, [int(place) for place in order.split()]):
            wrong.append((text, base, wanted, list(line)))
    assert count > 770_000 // step
    assert wrong == []


def character_cases() -> Iterator[tuple[str, int | None, int, list[str], list[int]]]:
    for line in judge("BidiCharacterTest.txt"):
        if line and line[0] != "#":
            codes, base, level, wanted, order = line.split(";")
            text = "".join(chr(int(code, 16)) for code in codes.split())
            places = [int(place) for place in order.split()]
            yield text, {"0": 0, "1": 1, "2": None}[base], int(level), wanted.split(), places


@by_share
def test_levels_and_order_by_character_equal_unicodes(share: str) -> None:
    count, wrong = 0, []
    step = step_of(share, bidi)
    cases = itertools.islice(character_cases(), 0, None, step)
    for text, base, level, wanted, order in cases:
        found, levels = bidi.levels(text, base)
        line = bidi.line_levels(text, levels, 0, len(text), found)
        count += 1
        if found != level or shown(line, wanted) != (wanted, order):
            wrong.append((text, base, wanted, list(line)))
    assert count > 91_000 // step
    assert wrong == []


def test_without_isolation_the_groups_of_a_phone_number_turn_round() -> None:
    text = "اتصل 0800 123 456"
    base, levels = bidi.levels(text)
    order = [text[start:end].strip() for start, end, _ in bidi.visual_runs(levels)]
    assert [part for part in order if part.isdigit()] == ["456", "123", "0800"]
    assert base == 1


def test_persian_joiners_are_in_the_run_of_their_word() -> None:
    text = "می\u200cخواهم"
    assert bidi.levels(text) == (1, bytes([1]) * len(text))


def test_each_paragraph_ends_the_controls_opened_in_it() -> None:
    _, levels = bidi.levels("\u202eabc\ndef", 0)
    assert levels == bytes([0, 1, 1, 1, 0, 0, 0, 0])


def test_end_spaces_of_a_line_take_the_base_level() -> None:
    text = "אבג  דהו"
    _, levels = bidi.levels(text, 0)
    assert bidi.line_levels(text, levels, 0, 5, 0) == bytes([1, 1, 1, 0, 0])
    assert bidi.line_levels(text, levels, 0, 8, 0) == bytes([1] * 8)


def test_latin_text_is_level_0_throughout_and_in_a_right_to_left_page_2() -> None:
    assert bidi.levels("Héllo, world") == (0, bytes(12))
    assert bidi.levels("Hello", 1) == (1, bytes([2]) * 5)


@given(TRICKY | st.text(), st.sampled_from([None, 0, 1]))
def test_every_character_has_a_level_and_a_place(text: str, base: int | None) -> None:
    level, levels = bidi.levels(text, base)
    assert len(levels) == len(text)
    assert level in ({0, 1} if base is None else {base})
    assert all(level <= value <= 126 for value in levels)
    line = bidi.line_levels(text, levels, 0, len(text), level)
    assert len(line) == len(text)
    places = [place for start, end, _ in bidi.visual_runs(line) for place in range(start, end)]
    assert sorted(places) == list(range(len(text)))


def test_the_quick_exit_misses_no_character_that_turns_text() -> None:
    table = ClassTable(BIDI)
    missed = [
        code
        for code in range(0x110000)
        if table[code] in "RANefghqijkx" and not bidi._MAY_TURN.search(chr(code))
    ]
    assert missed == []


@pytest.mark.parametrize("bomb", ["(", "()", "\u2068", "\u202b", "\u2067(\u2069", "$ ", "א\u0300("])
def test_ten_thousand_controls_or_brackets_take_no_quadratic_time(bomb: str) -> None:
    text = "א" + bomb * 10_000

    def work() -> None:
        base, levels = bidi.levels(text)
        bidi.visual_runs(bidi.line_levels(text, levels, 0, len(text), base))

    assert seconds_of(work, 2) < 2
