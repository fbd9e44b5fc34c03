"""After an edit a build judges the shelf of the file alone, in however many processes."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from stopjihad.build.check import parallel as check_parallel
from stopjihad.build.check.survey import CheckedCampaign, check_authored, read_campaign, survey
from stopjihad.check.rules import helpline_numbers
from stopjihad.disk.cache import NoCache
from stopjihad.load.workspace import read_workspace
from stopjihad.model.helpline import Helpline

from support.build import CAMPAIGN, SMALL
from support.memory import MemoryCache

DAY = dt.date(2026, 11, 24)
COPIES = 40
"""Talking points beside the two: they fill three shelves."""


class Counting(MemoryCache):
    """Count what is kept anew."""

    def __init__(self) -> None:
        super().__init__()
        self.puts = 0

    def put(self, key: str, data: bytes) -> None:
        self.puts += 1
        super().put(key, data)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace whose talking points fill several shelves."""
    campaign = tmp_path / "campaigns" / CAMPAIGN
    shutil.copytree(SMALL / "campaigns" / CAMPAIGN, campaign)
    text = (campaign / "points" / "letters-home.md").read_text("utf-8")
    for number in range(COPIES):
        (campaign / "points" / f"letters-{number:02}.md").write_text(text, "utf-8")
    return tmp_path


def check(root: Path, kept: MemoryCache) -> CheckedCampaign:
    beside = partial(check_parallel.reading_ahead, today=DAY, kept=kept, thorough=False)
    authored = read_campaign(read_workspace(root, CAMPAIGN), NoCache(), beside)
    return check_authored(authored, DAY, kept, thorough=False)


def edit(root: Path, words: str) -> None:
    path = root / "campaigns" / CAMPAIGN / "points" / "letters-00.md"
    path.write_text(f"{path.read_text('utf-8')}\n{words}\n", "utf-8")


@pytest.mark.parametrize("count", [1, 2])
def test_an_edit_is_judged_alone(count: int, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_parallel, "processors", lambda: count)
    monkeypatch.setattr(check_parallel, "LITTLE", 0)
    kept = Counting()
    check(root, kept)
    cold = kept.puts
    edit(root, "We added a sentence.")
    kept.puts = 0
    found = check(root, kept)
    # A shelf of texts, and one of its words, in the source language; one in each other language,
    # and what that has of its texts.
    assert 0 < kept.puts <= 9 < cold / 3
    assert found.problems == survey(root, CAMPAIGN, DAY, NoCache(), thorough=False).problems


def test_an_edit_is_judged_without_other_processes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_parallel, "processors", lambda: 2)
    kept = MemoryCache()
    check(root, kept)

    def fail(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(check_parallel, "alongside", fail)
    edit(root, "We added a sentence.")
    check(root, kept)


def test_a_fault_is_found_where_it_is_written(root: Path) -> None:
    """Its shelf is judged again; the shelves beside it are not, and hide nothing."""
    kept = MemoryCache()
    before = check(root, kept).problems
    edit(root, "All muslims are terrorists.")
    after = check(root, kept).problems
    assert after == survey(root, CAMPAIGN, DAY, NoCache(), thorough=False).problems
    paths = {problem.path for problem in set(after) - set(before) if problem.severity == "error"}
    assert paths == {f"campaigns/{CAMPAIGN}/points/letters-00.md"}


def test_numbers_of_helplines_are_read_again_where_lines_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noted(line: Helpline) -> Iterator[tuple[str, str]]:
        read.append(line.id)
        return faults(line)

    faults = helpline_numbers._number_faults
    monkeypatch.setattr(helpline_numbers, "_number_faults", noted)
    monkeypatch.setattr(check_parallel, "LITTLE", 1000)  # here, where it is seen
    kept = MemoryCache()
    before = check(root, kept).problems
    assert read
    read.clear()
    edit(root, "We added a sentence.")
    check(root, kept)
    assert not read
    path = root / "campaigns" / CAMPAIGN / "helplines.yaml"
    text = path.read_text("utf-8")
    number = re.search(r"e164: \S*?([0-9]+)", text)
    assert number is not None
    path.write_text(text.replace(number[1], number[1][:-1], 1), "utf-8")
    wrong = check(root, kept)
    assert read
    assert {one.code for one in set(wrong.errors) - set(before)} == {"SAF02"}
    assert wrong.problems == survey(root, CAMPAIGN, DAY, NoCache(), thorough=False).problems


def test_an_edit_after_a_check_and_a_build_is_judged_alone(root: Path) -> None:
    """The build took all from the check, which judges languages as wholes."""
    kept = Counting()
    survey(root, CAMPAIGN, DAY, kept)
    check(root, kept)
    edit(root, "We added a sentence.")
    kept.puts = 0
    found = check(root, kept)
    assert 0 < kept.puts <= 9 + 3  # and what leads and names talking points, in each language
    assert found.problems == survey(root, CAMPAIGN, DAY, NoCache(), thorough=False).problems
