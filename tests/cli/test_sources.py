"""Passages are paired with the sources behind them."""

from __future__ import annotations

import datetime as dt

from stopjihad.cli.sources import statements
from stopjihad.model.point import Source

from support.campaign import SOURCE, point

OTHER = Source(
    id="hrw",
    title="Report",
    publisher="HRW",
    url="https://example.org/hrw",
    accessed=dt.date(2026, 11, 2),
)


def test_each_passage_stands_with_what_is_cited_behind_it() -> None:
    plain = point(
        "mill",
        fact="A fact.",
        body="One thing. It happened. [^un2014] Another thing. [^hrw] [^un2014] No source here.",
        alternative="- **Give** time. [^hrw]",
        sources=(SOURCE, OTHER),
    )
    assert [(said.words, [one.id for one in said.sources]) for said in statements(plain)] == [
        ("A fact.", ["un2014", "hrw"]),
        ("One thing. It happened.", ["un2014"]),
        ("Another thing.", ["hrw", "un2014"]),
        ("Give time.", ["hrw"]),
    ]


def test_a_reference_to_nothing_is_left_out() -> None:
    plain = point("mill", fact="A fact.", body="One thing. [^gone]", alternative="")
    assert [said.words for said in statements(plain)] == ["A fact."]
