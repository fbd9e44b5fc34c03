"""Amounts are written as each language writes them."""

from __future__ import annotations

import pytest
from stopjihad.text.amounts import written


@pytest.mark.parametrize(
    ("lang", "value", "expected"),
    [
        ("en", 2521, "2,521"),
        ("de", 2521, "2.521"),
        ("fr", 2521, "2\u202f521"),
        ("es", 2521, "2521"),
        ("es", 12521, "12\u00a0521"),
        ("bn", 1234567, "12,34,567"),
        ("ru", 1234567.5, "1\u00a0234\u00a0567,5"),
        ("en", -3.25, "\u22123.25"),
        ("en", 60, "60"),
    ],
)
def test_amounts(lang: str, value: float, expected: str) -> None:
    assert written(value, lang) == expected


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", "60%"), ("de", "60\u00a0%"), ("tr", "%60"), ("ar", "60%")]
)
def test_shares_of_a_hundred(lang: str, expected: str) -> None:
    assert written(60, lang, percent=True) == expected
