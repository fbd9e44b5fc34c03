"""A failed build changes nothing, and says in one line what the disk refused."""

from __future__ import annotations

import errno
import os
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from stopjihad.build.tree.tree import build_tree
from stopjihad.build.work import execute
from stopjihad.disk import stamp
from stopjihad.model.step import Plan
from stopjihad.problem import Problem, ProblemsFound

from support.faults import before_each_operation, fail_at, fail_from
from support.toy import expected, make_plan, texts, toy_rendering, toy_target, tree

CODES = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EROFS: "disk-read-only",
    errno.EACCES: "disk-forbidden",
    errno.EMFILE: "disk-busy",
    errno.EIO: "disk-error",
}
BEFORE = make_plan(texts(3), ("fr",))
NEW = {f"p{number}": "new" for number in range(39)}
AFTER = make_plan(texts(4, p1="new", p2="newer"), ("fr",))
WRITTEN = 8
"""Files that are not as in BEFORE: three cards, three pages, the first page and the manifest."""
AGES = 10**15
"""Nanoseconds that no test lasts."""


def build(folder: Path, plan: Plan, **how: object):
    return build_tree(plan, toy_target(folder), toy_rendering(**how))


def site(folder: Path) -> dict[str, bytes]:
    files = tree(folder / "dist/toy")
    del files["manifest.json"]
    return files


def operations(folder: Path, *, spare: bool) -> tuple[list[str], set[int]]:
    """Name the operations of the build from BEFORE to AFTER.

    Returns:
        Their names, and the numbers of those that write what is published or put it in its place.
    """
    prepare(folder, spare=spare)
    of_the_site = set()

    def note(number: int, name: str, args: tuple[Any, ...]) -> None:
        written = name == "write" and "/stage-" in str(Path(f"/proc/self/fd/{args[0]}").readlink())
        if written or name in ("flush", "exchange"):
            of_the_site.add(number)

    with before_each_operation(note) as names:
        build(folder, AFTER)
    return names, of_the_site


def prepare(folder: Path, *, spare: bool) -> None:
    if spare:
        build(folder, make_plan(texts(2), ("fr",)))
    build(folder, BEFORE)


def problems_of(folder: Path, number: int, code: int) -> tuple[list[str], tuple[Problem, ...]]:
    """Build AFTER while an operation fails; give the names up to that one, and the problems."""
    with before_each_operation(fail_at(number, code)) as names:
        try:
            build(folder, AFTER)
        except ProblemsFound as found:
            return names[: number + 1], found.problems
    return names[: number + 1], ()


@pytest.mark.parametrize("code", CODES, ids=lambda code: errno.errorcode[code])
@pytest.mark.parametrize("spare", [False, True], ids=["links", "spare"])
def test_any_operation_may_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, *, spare: bool
) -> None:
    """Either the build fails with one line and the old site stays, or it needed no luck.

    Each operation fails for one of the reasons, those that write the site for all. Files are read
    again that are too fresh for their stamps to be believed: how quick the machine is shall not
    say how many operations there are.
    """
    for tick in ("TICK_NS", "COARSE_TICK_NS"):  # some file may be stamped with a whole second
        monkeypatch.setattr(stamp, tick, -AGES if spare else AGES)
    names, of_the_site = operations(tmp_path / "count", spare=spare)
    assert len(of_the_site) == WRITTEN + 2
    for number in {*range(list(CODES).index(code), len(names), len(CODES)), *of_the_site}:
        folder = tmp_path / str(number)
        prepare(folder, spare=spare)
        old = tree(folder / "dist/toy")
        met, problems = problems_of(folder, number, code)
        assert met == names[: number + 1]
        if problems:
            assert tree(folder / "dist/toy") == old
            assert [problem.code for problem in problems] == [CODES[code]]
            assert "\n" not in str(problems[0])
        else:
            assert number not in of_the_site
            assert site(folder) == expected(AFTER)
        build(folder, AFTER)
        assert site(folder) == expected(AFTER)


def test_what_another_test_left_running_is_not_counted(tmp_path: Path) -> None:
    """A thread that looks into folders failed three of twelve tests above, once in many runs."""
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            list(tmp_path.iterdir())  # by os.listdir

    names, _ = operations(tmp_path / "alone", spare=False)
    stranger = threading.Thread(target=look)
    stranger.start()
    try:
        assert operations(tmp_path / "together", spare=False)[0] == names
    finally:
        ended.set()
        stranger.join()


def test_a_hundred_failing_renderers_leave_the_old_site(tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    old = tree(tmp_path / "dist/toy")
    for number in range(100):
        order = ("!problem", "!crash", "!empty")[number % 3]
        change = {f"p{number % 4}": f"{order} {number}"}
        with pytest.raises(ProblemsFound):
            build(tmp_path, make_plan(texts(4, **change), ("fr",)))
        assert tree(tmp_path / "dist/toy") == old
    build(tmp_path, AFTER)
    assert site(tmp_path) == expected(AFTER)


@pytest.mark.parametrize("jobs", [1, 2])
def test_renderers_that_fail_among_many_leave_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(execute, "FEW", 0)
    build(tmp_path, make_plan(texts(40)))
    old = tree(tmp_path / "dist/toy")
    for order in ("!problem", "!crash", "!exit" if jobs > 1 else "!empty"):
        with pytest.raises(ProblemsFound):
            build(tmp_path, make_plan(texts(40, **NEW, p39=order)), jobs=jobs)
        assert tree(tmp_path / "dist/toy") == old
    plan = make_plan(texts(41))
    build(tmp_path, plan, jobs=jobs)
    assert site(tmp_path) == expected(plan)


@pytest.mark.parametrize("jobs", [0, 1], ids=["in memory", "to the stage"])
def test_a_full_disk_is_explained_with_path_and_bytes_and_gives_its_space_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    build(tmp_path, BEFORE)
    old = tree(tmp_path / "dist/toy")
    if jobs:
        monkeypatch.setattr(execute, "FEW", 0)
    full = fail_from(0, errno.ENOSPC, frozenset({"write"}))
    with before_each_operation(full), pytest.raises(ProblemsFound) as found:
        build(tmp_path, AFTER)
    problem = found.value.problems[0]
    assert problem.code == "disk-full"
    assert problem.path.startswith("dist/toy/site/")
    assert re.fullmatch(r"cannot write \d+ bytes: no space is left on the disk", problem.message)
    assert tree(tmp_path / "dist/toy") == old
    assert not any("stage" in path.name for path in (tmp_path / "dist/.stopjihad/toy").iterdir())
    build(tmp_path, AFTER)
    assert site(tmp_path) == expected(AFTER)


def test_a_store_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / ".stopjihad").mkdir()
    (tmp_path / ".stopjihad/store").write_text("a file where a folder should be")
    build(tmp_path, BEFORE)
    assert site(tmp_path) == expected(BEFORE)


def test_the_words_do_not_follow_the_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "strerror", lambda code: "Auf dem Gerät ist kein Platz")
    with (
        before_each_operation(fail_from(0, errno.ENOSPC, frozenset({"write"}))),
        pytest.raises(ProblemsFound) as found,
    ):
        build(tmp_path, BEFORE)
    assert "Gerät" not in str(found.value.problems[0])
