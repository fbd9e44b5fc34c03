"""Numbers and addresses are shown as they were checked."""

from __future__ import annotations

import time

import pytest
from stopjihad.text.unicode.order import order_fault

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
