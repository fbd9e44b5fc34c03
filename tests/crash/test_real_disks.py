"""Disks that are really full or read-only, where the tests may mount one."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from stopjihad.build.tree.place import Target
from stopjihad.build.tree.published import is_current
from stopjihad.build.tree.tree import build_tree
from stopjihad.build.work import execute
from stopjihad.model.step import Plan
from stopjihad.problem import ProblemsFound

from support.toy import expected, make_plan, texts, toy_rendering, toy_target, tree

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a disk"
)


def mount(*args: str | Path) -> bool:
    return not subprocess.run(
        ["mount", *map(str, args)], check=False, capture_output=True
    ).returncode


def published(plan: Plan, like: dict[str, bytes]) -> dict[str, bytes]:
    """Give what a plan publishes, with the manifest of a tree."""
    return {**expected(plan), "manifest.json": like["manifest.json"]}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 400 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mount("-t", "tmpfs", "-o", "size=400k", "tmpfs", disk):
        pytest.skip("this container may not mount disks")
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_leaves_the_old_site_and_heals(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(execute, "FEW", 0)
    small = make_plan(texts(4))
    large = make_plan(texts(4, **{f"p{n}": "x" * 9000 for n in range(40)}))
    how = toy_rendering(jobs=jobs, costly=frozenset())
    target = toy_target(small_disk, "one")
    build_tree(small, target, how)
    old = tree(target.out)
    with pytest.raises(ProblemsFound) as found:
        build_tree(large, target, how)
    assert {problem.code for problem in found.value.problems} == {"disk-full"}
    assert any("bytes: no space" in problem.message for problem in found.value.problems)
    assert tree(target.out) == old
    assert is_current(target)
    medium = make_plan(texts(5))
    build_tree(medium, target, how)
    files = tree(target.out)
    del files["manifest.json"]
    assert files == expected(medium)


def test_a_read_only_disk_is_explained_and_an_unchanged_site_is_still_current(
    small_disk: Path,
) -> None:
    target = toy_target(small_disk, "one")
    build_tree(make_plan(texts(2)), target, toy_rendering())
    old = tree(target.out)
    assert mount("-o", "remount,ro", small_disk)
    assert is_current(target)
    with pytest.raises(ProblemsFound) as found:
        build_tree(make_plan(texts(3)), target, toy_rendering())
    assert [problem.code for problem in found.value.problems] == ["disk-read-only"]
    assert tree(target.out) == old


def test_an_output_folder_that_is_a_disk_of_its_own_is_explained(
    small_disk: Path, tmp_path: Path
) -> None:
    """Two disks cannot be exchanged; the folder would have to be inside the disk."""
    target = Target(small_disk, tmp_path / ".stopjihad")
    for _ in range(2):
        with pytest.raises(ProblemsFound) as found:
            build_tree(make_plan(texts(2)), target, toy_rendering())
        assert [problem.code for problem in found.value.problems] == ["disk-error"]
        assert found.value.problems[0].hint == "choose a folder inside it"
    assert list(small_disk.iterdir()) == []


def test_too_many_open_files_are_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "FEW", 0)
    target = toy_target(tmp_path)
    build_tree(make_plan(texts(30)), target, toy_rendering())
    old = tree(target.out)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = len(list(Path("/proc/self/fd").iterdir()))
    codes: set[str] = set()
    for spare in range(12):
        new = {f"p{number}": f"new {spare}" for number in range(60)}
        resource.setrlimit(resource.RLIMIT_NOFILE, (used + spare, limits[1]))
        try:
            build_tree(make_plan(new), target, toy_rendering(jobs=2))
        except ProblemsFound as found:
            codes |= {problem.code for problem in found.problems}
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        assert tree(target.out) in (old, published(make_plan(new), tree(target.out)))
        old = tree(target.out)
    assert "disk-busy" in codes
    assert codes <= {"disk-busy", "worker-died", "render-failed"}
