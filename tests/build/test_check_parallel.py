"""Findings are the same whether several processes look for them or one."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from stopjihad.build import check_parallel
from stopjihad.build.survey import Authored, check_authored, read_campaign, survey
from stopjihad.check.rules import run, wording
from stopjihad.check.translation.file import FileChecker
from stopjihad.disk.cache import NoCache
from stopjihad.load.sources import read_workspace

from support.build import REPOSITORY

DAY = dt.date(2026, 11, 24)
SLUG = "stop-jihadism"


class Memory(dict[str, bytes]):
    """Keep things in memory."""

    def put(self, key: str, data: bytes) -> None:
        self[key] = data


def read(kept: Memory) -> Authored:
    beside = partial(check_parallel.reading_ahead, today=DAY, kept=kept, built=None)
    return read_campaign(read_workspace(REPOSITORY, SLUG), NoCache(), beside)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_processes_finds_the_same(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_parallel, "processors", lambda: count)
    kept = Memory()
    authored = read(kept)
    assert bool(kept) == (count > 1)
    found = check_authored(authored, DAY, kept)
    assert found.problems == survey(REPOSITORY, SLUG, DAY, NoCache()).problems


def test_what_is_kept_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_parallel, "processors", lambda: 2)
    kept = Memory()
    read(kept)

    def fail(*_: object) -> None:
        raise AssertionError("looked for again")

    monkeypatch.setattr(check_parallel, "alongside", fail)
    read(kept)


def test_what_an_earlier_check_found_serves_a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build asks for errors alone, and so judged all texts again that a check had judged."""
    small = REPOSITORY / "tests" / "golden" / "small"
    cold = survey(small, SLUG, DAY, NoCache(), thorough=False).problems
    kept = Memory()
    survey(small, SLUG, DAY, kept)

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("judged again")

    monkeypatch.setattr(run, "BY_LANGUAGE", dict.fromkeys(run.BY_LANGUAGE, fail))
    monkeypatch.setattr(run, "WHOLE", dict.fromkeys(run.WHOLE, fail))
    monkeypatch.setattr(wording, "check_wording", fail)
    monkeypatch.setattr(FileChecker, "check", fail)
    assert survey(small, SLUG, DAY, kept, thorough=False).problems == cold
