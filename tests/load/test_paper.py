"""A layout of paper that came with a workspace is bounded, whatever stands in it."""

from __future__ import annotations

import time

import pytest
from stopjihad.load.paper import read_papers

HEAD = "name: own\ntitle: Own\nsummary: It is ours.\npages: [[210, 297]]\n"
PANEL = "panels:\n  - box: [12, 12, 186, 273]\n    items:\n      - {words: sponsor}\n"
SHEET = "sheets:\n  - {size: [210, 297], places: [{page: 1}]}\n"
WHOLE = HEAD + PANEL + SHEET


def test_a_layout_is_read() -> None:
    found, problems = read_papers({"own.yaml": WHOLE})
    assert problems == []
    assert found["own"].panels[0].items[0].words == "sponsor"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{words: sponsor}", "{words: sponsor, gap: -40}", "a length is 0 to 500 mm"),
        ("{words: sponsor}", "{words: sponsor, size: [0]}", "letters have 6 to 400 points"),
        ("{words: sponsor}", "{words: sponsor, size: [9, 9000]}", "letters have 6 to 400 points"),
        ("{words: sponsor}\n", "{words: sponsor}\n" * 1 + "      - {rule: 1}\n" * 200, "200 items"),
        ("page: 1}", "page: 1, scale: 0.001}", "a page is shown at 0.1 to 10"),
        ("page: 1}", "page: 2}", "there is no page 2"),
        ("{page: 1}", ", ".join(["{page: 1, columns: 9, rows: 9}"] * 3), "shows 200 pages"),
        ("size: [210, 297]", "size: [210, 29700]", "a sheet has sides of 40 to 2000 mm"),
        ("pages: [[210, 297]]", "pages: [[21000, 297]]", "a page has sides of 40 to 2000 mm"),
        ("box: [12, 12, 186, 273]", "box: [12, 12, 20, 273]", "words need 25 mm"),
        ("box: [12, 12, 186, 273]", "box: [12, 12, 186, 273]\n    pad: [-5]", "words need 25 mm"),
        (PANEL, "like: other\n", "there is no layout 'other'"),
        (PANEL, f"unnamed: true\n{PANEL}", "'sponsor' may name somebody"),
    ],
)  # fmt: skip
def test_what_is_out_of_bounds_is_refused(old: str, new: str, told: str) -> None:
    assert old in WHOLE
    begun = time.process_time()
    found, problems = read_papers({"own.yaml": WHOLE.replace(old, new)})
    assert time.process_time() - begun < 1
    assert found == {}
    assert told in " ".join(one.message for one in problems)
    assert {one.code for one in problems} == {"paper-layout"}
