"""Controls of direction hold what they are put around, and go when they are taken out."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.unicode import bidi
from stopjihad.text.unicode.bidi_controls import (
    has_controls,
    hold_shares,
    isolate,
    order_fault,
    strip_controls,
    unmatched_controls,
)

from support.directions import TRICKY
from support.timing import seconds_of


def test_a_phone_number_in_arabic_reads_left_to_right_once_isolated() -> None:
    text = f"اتصل {isolate('0800 123 456', 'ltr')} الآن"
    base, levels = bidi.levels(text)
    line = bidi.line_levels(text, levels, 0, len(text), base)
    seen = [text[start:end] for start, end, level in bidi.visual_runs(line) if not level & 1]
    assert "0800 123 456" in "".join(seen)
    assert base == 1


def test_unmatched_controls_are_found_where_they_stand() -> None:
    assert unmatched_controls("a\u202eb") == (1,)
    assert unmatched_controls("\u2066a\u2069\u2069") == (3,)
    assert unmatched_controls("\u2066a\u202bb\u2069c") == (2,)
    assert unmatched_controls("\u2066a\n\u2069") == (0, 3)
    assert unmatched_controls("\u202ba\u202c \u2067ب\u2069 \u200f") == ()


def test_controls_are_seen_and_stripped() -> None:
    assert has_controls("a\u200fb")
    assert not has_controls("a\u200c\u200dب")
    assert strip_controls("\u2067a\u061cb\u2069") == "ab"


def test_isolate_cannot_be_left_by_what_it_holds() -> None:
    assert isolate("a\u2069\u202eb", "ltr") == "\u2066ab\u2069"
    assert isolate("", "ltr") == ""
    assert isolate("a\nb") == "\u2068a\u2069\n\u2068b\u2069"


@given(TRICKY, st.sampled_from(["auto", "ltr", "rtl"]))
def test_isolate_twice_is_isolate_once(text: str, direction: str) -> None:
    once = isolate(text, direction)
    assert isolate(once, direction) == once
    assert unmatched_controls(once) == ()


@pytest.mark.parametrize(
    "text", ["60%", "نحو 25%", "نسبت 60% إلى", "شاوخوا ۲۵%", "حوالي 8.5%، و13%."]
)
def test_a_sign_of_per_cent_stands_on_the_right_of_its_number(text: str) -> None:
    """In a chart "نحو 25%" had it on the left, the line below, which was "17%", on the right."""
    held = hold_shares(text)
    assert strip_controls(held) == text
    assert hold_shares(held) == held
    base, found = bidi.levels(held, 1)
    assert base == 1
    seen = "".join(
        piece[::-1] if level & 1 else piece
        for start, end, level in bidi.visual_runs(bidi.line_levels(held, found, 0, len(held), 1))
        for piece in [held[start:end]]
    )
    for number in re.findall(r"[\d.]+%", text):
        assert number in seen, ascii(seen)


def test_without_it_a_word_before_the_number_turns_the_sign() -> None:
    text = "نحو 25%"
    _, found = bidi.levels(text, 1)
    runs = bidi.visual_runs(found)
    assert [text[start:end] for start, end, _ in runs] == ["%", "25", "نحو "]
    assert hold_shares("25 من 4,585 و%20") == "25 من 4,585 و%20"


@pytest.mark.parametrize("bomb", ["\u2068", "\u202b", "\u2067(\u2069", "\u2069", "\u202c"])
def test_ten_thousand_controls_are_matched_in_no_quadratic_time(bomb: str) -> None:
    text = "א" + bomb * 10_000

    def work() -> None:
        unmatched_controls(text)
        isolate(text)

    assert seconds_of(work, 2) < 2


TURNED = (
    "\u202e0 800 005 696\u202c",
    "Appelez le \u202e116 117\u202c",
    "\u202dabc\u202c",
    "\u202babc\u202c",
    "\u202aabc\u202c",
    "plain \u202c",
    "116\u2066 117\u2069",
    "Call 1\u2067 2\u2069\u2067 3\u2069",
    "\u2067116 117\u2069",
    "\u2067+33 800 005 696\u2069",
    "see https://exa\u2066mple\u2069.org/x",
    "https://example.org/\u200f1",
    "write to help\u2068@example.org\u2069",
    "exam\u200eple.org",
    "0 800\u2067 005 696\u2069",
)
STRAIGHT = (
    "0 800 005 696",
    "اتصل على \u2066116 117\u2069 الآن",
    "اتصل على \u200e+33 800 005 696\u200e.",
    "(\u2066https://example.org/a\u2069)",
    "\u2068https://example.org\u2069, \u2068116\u2069",
    "اتصل على 116 117",
    "في عام 2014، قُتل 9,500 شخص.\u200f",
    "\u2067سلام\u2069 and 116 117",
    "می\u200cخواهم 12",
)


@pytest.mark.parametrize("text", TURNED)
def test_what_turns_the_order_is_found(text: str) -> None:
    assert order_fault(text)


@pytest.mark.parametrize("text", STRAIGHT)
def test_what_keeps_the_order_is_left_alone(text: str) -> None:
    assert order_fault(text) == ""


@pytest.mark.parametrize(
    "part", ["1\u2066 ", "\u2066", "\u2067a", "1\u200f2 ", "\u2066\u2069", "a.b\u200e"]
)
def test_it_costs_little(part: str) -> None:
    text = part * (300_000 // len(part))
    began = time.process_time()
    order_fault(text)
    assert time.process_time() - began < 2
