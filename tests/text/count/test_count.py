from __future__ import annotations

import bz2
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.count import (
    CountRule,
    count,
    graphemes,
    linkedin,
    mastodon,
    threads,
    units,
    utf8_bytes,
    utf16_units,
)

from support.oracles import recorded

GRAPHEME_TEST = Path("/usr/share/unicode/auxiliary/GraphemeBreakTest.txt")


def test_utf16_units_equal_the_length_of_the_text_in_javascript():
    for text, (_, _, length) in recorded("sms"):
        assert utf16_units(text) == length


def test_bluesky_bytes_and_graphemes_equal_those_of_its_client():
    for text, (size, clusters, _) in recorded("bluesky"):
        assert utf8_bytes(text) == size
        # Burmese stacks became one cluster in Unicode 16, which the client follows.
        if not re.search("[\u1000-\u109f]", text):
            assert graphemes(text) == clusters, text
        assert graphemes(text) >= clusters


@pytest.mark.judge
def test_graphemes_pass_every_line_of_the_unicode_test():
    path = GRAPHEME_TEST
    if not path.exists():
        path = path.with_suffix(".txt.bz2")
        if not path.exists():
            pytest.skip("the Debian package unicode-data is not installed")
    data = bz2.decompress(path.read_bytes()) if path.suffix == ".bz2" else path.read_bytes()
    lines = [line.split("#")[0] for line in data.decode().splitlines()]
    cases = [line.split() for line in lines if line.strip()]
    assert len(cases) > 600
    for case in cases:
        text = "".join(chr(int(item, 16)) for item in case if item not in "÷×")
        assert graphemes(text) == case.count("÷") - 1, case


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("plain", 5),
        ("👩🏽‍⚕️", 1),
        ("https://example.org/" + "a" * 100, 23),
        ("(https://example.org/a_(b)).", 23 + 3),
        ("example.org", 11),  # Mastodon links only what has a scheme
        ("hello @someone@mastodon.social!", 6 + 8 + 1),
        ("mail someone@example.org", 24),
        ("e\u0301", 1),
    ],
)
def test_mastodon(text, number):
    assert mastodon(text) == number


@pytest.mark.parametrize(
    ("text", "number"), [("abc", 3), ("é", 1), ("😀", 4), ("👩🏽‍⚕️", 17), ("1️⃣", 7), ("नमस्ते", 6)]
)
def test_threads_takes_the_stricter_reading(text, number):
    assert threads(text) == number


def test_linkedin_counts_the_backslashes_of_its_programming_interface():
    assert linkedin("a#b (c) @d") == 10 + 4


def test_bluesky_refuses_what_has_too_many_bytes_though_few_graphemes():
    rule = CountRule(unit="graphemes", limit=300, byte_limit=3000)
    family = "👨‍👩‍👧‍👦"  # 25 bytes
    assert count(rule, family * 120).fits
    assert not count(rule, family * 121).fits
    assert count(rule, family * 121).count == 121


def test_an_sms_says_its_encoding_and_segments():
    found = count(CountRule(unit="sms", limit=1600), "a" * 161)
    assert (found.unit, found.count, found.encoding, found.segments) == (
        "septets",
        161,
        "GSM-7",
        2,
    )


def test_without_a_limit_everything_fits():
    assert count(CountRule(unit="utf16-units"), "a" * 10_000).fits


UNITS = (
    "x-weight graphemes mastodon-characters threads-characters linkedin-characters utf16-units sms"
)


@pytest.mark.parametrize("unit", UNITS.split())
@given(text=st.text(max_size=60))
def test_any_text_has_a_length(unit, text):
    assert 0 <= units(CountRule(unit=unit), text) <= 20 * max(1, len(text))
