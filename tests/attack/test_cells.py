"""No cell of a file of commas is calculated, whichever sign a spreadsheet parts cells by."""

from __future__ import annotations

import csv
import io

import pytest
from stopjihad.text.csv_file import csv_bytes, harmless

BEGINS = tuple("=+-@＝＋－＠")
FORMULAS = (
    *("=1", "+1+cmd|' /C calc'!A0", "-1", "@SUM(1)", "＝1", " =1", "\u00a0=1", "\u200b=1"),
    *('"=1', '""=1"', "\t=1", "+33 1 +cmd|x", "+33800005696=1"),
)
AFTER = ("a;{}", "a; b;{};c", '"a;{}', "a,b;{}", ";{}", "a\n;{}", "a\t{}", "a;;{}")


def calculated(data: bytes, separator: str) -> list[str]:
    """Read a file as a spreadsheet of another country would, and list cells that it calculates."""
    rows = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=separator)
    cells = [part for row in rows for cell in row for part in cell.splitlines()]
    return [cell for cell in cells if cell.strip(' \u00a0\u200b"').startswith(BEGINS)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_is_calculated(formula: str, separator: str) -> None:
    cells = [formula, *(pattern.format(formula) for pattern in AFTER)]
    data = csv_bytes(("one", "other"), [(cell, "x") for cell in cells] + [("x", "a;" + formula)])
    assert calculated(data, separator) == []


def test_telephone_numbers_after_a_semicolon_stay() -> None:
    for text in ("Call 112; +33 800 005 696.", "a;+33800005696", "a; +49 (30) 1234-567, now"):
        assert harmless(text) == text
    assert harmless("a; b = c; d - e") == "a; b = c; d - e"
