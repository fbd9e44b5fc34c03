"""The table of exercises is a file like others: what is wrong in it stops nothing."""

from __future__ import annotations

import pytest
from stopjihad.load.drills import HEADS, read_table

GOOD = "2026-11-28T12:00:00+00:00,drill-1,attack-over,1,2,3,4.5,en,,"


@pytest.mark.parametrize(
    "line",
    [
        '"' * 300_000,
        "x" * 300_000,
        '"open',
        GOOD.replace("4.5", "nan"),
        GOOD.replace("4.5", "1e400"),
        GOOD.replace(",2,", ",inf,"),
        GOOD.replace(",2,", f",{'9' * 5000},"),
        GOOD.replace("4.5", "four"),
    ],
)
def test_a_line_that_is_none_of_ours_ends_no_other(line: str) -> None:
    """One cell of 128 KB ended every build, and kept alerts from being sent and taken back."""
    [row] = read_table("\n".join((",".join(HEADS), line, GOOD)))
    assert (row.id, row.minutes, row.seconds) == ("drill-1", (1, 2, 3), 4.5)
