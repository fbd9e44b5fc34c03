"""A stage holds exactly what the next tree shares with the published one, whatever lay there."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from stopjihad.build.tree.arrangement import ancestors, arrange
from stopjihad.build.tree.index import FileMark, FolderMark, mark_file, mark_folder
from stopjihad.build.tree.inventory import NOTHING, Inventory
from stopjihad.build.tree.stage import SPARE, discard, open_stage
from stopjihad.build.work import processes
from stopjihad.build.work.processes import in_threads

from support.toy import tree

PATHS = ["a/x", "a/y", "b/c/z", "top"]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for path in PATHS:
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).write_text(path)
    (tmp_path / "work").mkdir()
    return tmp_path / "out"


def inventory_of(root: Path) -> Inventory:
    now = time.time_ns() + 10**12
    files: dict[str, FileMark] = {}
    folders: dict[str, FolderMark] = {}
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.is_dir():
            folders[name] = mark_folder(name, path.lstat(), now)
        else:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            files[name] = mark_file(name, "", digest, path.lstat(), now)
    return Inventory(files, folders, (), (), 0, moved=False)


def test_without_anything_the_stage_is_empty(out: Path) -> None:
    stage = open_stage(str(out.parent / "work"), "", NOTHING)
    assert stage[1:] == (set(), set(), {})
    assert list(Path(stage.root).iterdir()) == []


def test_what_is_reused_is_linked_and_folders_are_made(out: Path) -> None:
    stage = open_stage(str(out.parent / "work"), "", inventory_of(out))
    arranged = arrange(stage, str(out), {"a/x", "b/c/z"}, ["d/e/new"])
    ready = {"a/x": b"a/x", "b/c/z": b"b/c/z", "d/e/": b"an empty folder"}
    assert tree(Path(stage.root)) == ready
    assert (out / "a/x").stat().st_nlink == 2
    assert list(arranged.folders) == ["a", "b", "b/c", "d", "d/e"]
    assert arranged.shared == {"a/x", "b/c/z"}
    assert arranged.kept == set()


@pytest.mark.parametrize("name", [SPARE, "stage-1-1"])
def test_anything_may_lie_in_a_leftover(out: Path, name: str) -> None:
    old = out.parent / "work" / name
    (old / "a/x/was-a-folder").mkdir(parents=True)
    (old / "a/x/file").write_text("odd")
    os.link(out / "a/y", old / "a/y")
    (old / "b").write_text("was a file")
    (old / "top").write_text("top")
    (old / "out").symlink_to(out)
    os.mkfifo(old / "pipe")
    (out.parent / "work/stage-0-0/deep/er").mkdir(parents=True)
    stage = open_stage(str(out.parent / "work"), "", inventory_of(out))
    assert stage.links == {"a/y"}
    arranged = arrange(stage, str(out), set(PATHS), [])
    assert tree(Path(stage.root)) == {path: path.encode() for path in PATHS}
    assert arranged.kept == {"a/y"}
    for path in PATHS:
        assert (Path(stage.root) / path).stat().st_ino == (out / path).stat().st_ino
    assert [path.name for path in (out.parent / "work").iterdir()] == [Path(stage.root).name]


def test_nothing_is_left_of_a_stage_of_which_nothing_is_reused(out: Path) -> None:
    first = open_stage(str(out.parent / "work"), "", inventory_of(out))
    arrange(first, str(out), set(PATHS), [])
    second = open_stage(str(out.parent / "work"), "", inventory_of(out))
    assert second.root != first.root
    arrange(second, str(out), set(), [])
    assert tree(Path(second.root)) == {"./": b"an empty folder"}
    assert tree(out) == {path: path.encode() for path in PATHS}


def test_ancestors_are_all_folders_above() -> None:
    assert ancestors(["a/b/c", "a/d", "e"]) == {"a", "a/b"}
    assert ancestors([]) == set()


def test_discarding_removes_trees_and_needs_none(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    discard(str(tmp_path / "a"))
    discard(str(tmp_path / "gone"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [0, 1, 7, processes.MANY, 3 * processes.MANY + 1])
@pytest.mark.parametrize("least", [-1.0, 60.0], ids=["slow disk", "memory"])
def test_each_of_many_is_done_once(
    monkeypatch: pytest.MonkeyPatch, count: int, least: float
) -> None:
    """Threads take part where operations are slow; where they are quick, they cost more."""
    monkeypatch.setattr(processes, "processors", lambda: 3)
    monkeypatch.setattr(processes, "SLOW", least)
    done: list[str] = []
    threads: set[int] = set()
    lock = threading.Lock()

    def act(paths: Sequence[str]) -> None:
        with lock:
            done.extend(paths)
            threads.add(threading.get_ident())

    paths = [f"{number:05}" for number in range(count)]
    in_threads(act, paths)
    assert sorted(done) == paths
    elsewhere = threads - {threading.get_ident()}
    assert bool(elsewhere) == (least < 0 and count > processes.MANY)


def test_an_error_in_a_thread_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "SLOW", -1.0)
    monkeypatch.setattr(processes, "processors", lambda: 2)

    def act(paths: Sequence[str]) -> None:
        if "700" in paths:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        in_threads(act, [f"{number}" for number in range(1000)])
