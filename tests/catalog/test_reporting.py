"""Where content is reported: rows that are whole, unique and sourced."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from stopjihad.catalog import reporting

ROW = {
    "id": "x",
    "kind": "platform",
    "name": "X",
    "url": "https://a.example/",
    "how": "Press.",
    "source": "https://a.example/help",
    "checked": "2026-11-24",
}


def test_rows_are_whole_and_unique():
    rows = reporting.services()
    assert len({row.id for row in rows}) == len(rows)
    assert {row.kind for row in rows} == {"platform", "portal"}
    for row in rows:
        assert (row.country is None) == (row.kind == "platform"), row.id
        assert dt.date(2026, 1, 1) <= row.checked
        assert row.how.endswith(".")


@pytest.mark.parametrize(
    "change", [{"url": "http://a.example/"}, {"kind": "other"}, {"extra": "1"}, {"id": "A b"}]
)
def test_a_row_of_another_form_is_refused(change):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(ROW | change, reporting.Service, strict=False)


def test_a_good_row_is_taken():
    assert msgspec.convert(ROW, reporting.Service, strict=False).name == "X"
