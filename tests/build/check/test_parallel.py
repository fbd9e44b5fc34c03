"""Findings are the same whether several processes look for them or one."""

from __future__ import annotations

import datetime as dt
import pickle
from concurrent.futures import Executor, Future
from functools import partial

import pytest
from stopjihad.build.check import parallel as check_parallel
from stopjihad.build.check.survey import ParsedCampaign, check_authored, read_campaign, survey
from stopjihad.check.rules import run, wording
from stopjihad.check.translation.file import FileChecker
from stopjihad.disk.cache import NoCache
from stopjihad.load.workspace import read_workspace
from stopjihad.problem import Problem

from support.build import REPOSITORY
from support.memory import MemoryCache

DAY = dt.date(2026, 11, 24)
SLUG = "stop-jihadism"


def read(kept: MemoryCache) -> ParsedCampaign:
    beside = partial(check_parallel.reading_ahead, today=DAY, kept=kept, built=None)
    return read_campaign(read_workspace(REPOSITORY, SLUG), NoCache(), beside)


@pytest.fixture(scope="module")
def problems() -> tuple[Problem, ...]:
    return survey(REPOSITORY, SLUG, DAY, NoCache()).problems


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_processes_finds_the_same(
    count: int, problems: tuple[Problem, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_parallel, "processors", lambda: count)
    kept = MemoryCache()
    authored = read(kept)
    assert bool(kept) == (count > 1)
    found = check_authored(authored, DAY, kept)
    assert found.problems == problems


def test_what_is_kept_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_parallel, "processors", lambda: 2)
    kept = MemoryCache()
    read(kept)

    def fail(*_: object) -> None:
        raise AssertionError("looked for again")

    monkeypatch.setattr(check_parallel, "alongside", fail)
    read(kept)


class Travelling(Executor):
    """Do at once what is submitted, after it was packed and unpacked; fail at the first task."""

    ahead = 2

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def submit(self, fn, /, *args, **kwargs):
        packed = pickle.dumps(fn)
        self.sizes.append(len(packed))
        future: Future[object] = Future()
        if len(self.sizes) == 1:
            future.set_exception(OSError("no memory"))
        else:
            future.set_result(pickle.loads(packed)())
        return future


def test_other_machines_find_the_same_and_get_what_they_need() -> None:
    """A task that fails there is done here."""
    small = REPOSITORY / "tests" / "golden" / "small"
    here, away, machines = MemoryCache(), MemoryCache(), Travelling()
    found = survey(small, SLUG, DAY, here)
    beside = partial(check_parallel.reading_ahead, today=DAY, kept=away, executor=machines)
    authored = read_campaign(read_workspace(small, SLUG), NoCache(), beside)
    assert len(machines.sizes) == 4  # three languages, two with their translations, and the whole
    assert away.items() <= here.items()
    sent = len(away)
    assert check_authored(authored, DAY, away).problems == found.problems
    assert sent < len(away) < sent * 2
    every = len(pickle.dumps(authored.project))
    assert sum(size >= every for size in machines.sizes) == 1  # the whole; all others travel light


def test_what_an_earlier_check_found_serves_a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build asks for errors alone, and so judged all texts again that a check had judged."""
    small = REPOSITORY / "tests" / "golden" / "small"
    cold = survey(small, SLUG, DAY, NoCache(), thorough=False).problems
    kept = MemoryCache()
    survey(small, SLUG, DAY, kept)

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("judged again")

    monkeypatch.setattr(run, "BY_LANGUAGE", dict.fromkeys(run.BY_LANGUAGE, fail))
    monkeypatch.setattr(run, "WHOLE", dict.fromkeys(run.WHOLE, fail))
    monkeypatch.setattr(wording, "check_wording", fail)
    monkeypatch.setattr(FileChecker, "check", fail)
    assert survey(small, SLUG, DAY, kept, thorough=False).problems == cold
