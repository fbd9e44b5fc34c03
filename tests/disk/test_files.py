"""Files appear whole or not at all, and every error names its path and bytes."""

from __future__ import annotations

import errno
import os
import pickle
from pathlib import Path

import pytest
from stopjihad import disk
from stopjihad.disk import WriteError


def test_a_new_file_has_all_its_bytes_however_few_a_call_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:7]))
    disk.create_below(str(tmp_path), "file", bytes(range(100)))
    assert (tmp_path / "file").read_bytes() == bytes(range(100))


def test_a_file_that_exists_is_never_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    with pytest.raises(WriteError) as found:
        disk.create_below(str(tmp_path), "file", b"new")
    assert (found.value.errno, found.value.size) == (errno.EEXIST, 3)
    assert (tmp_path / "file").read_text() == "old"


def test_folders_are_made_below_the_root_but_never_the_root(tmp_path: Path) -> None:
    disk.create_below(str(tmp_path), "a/b/c/file", b"x")
    disk.create_below(str(tmp_path), "a/b/d/file", b"y")
    assert (tmp_path / "a/b/d/file").read_bytes() == b"y"
    with pytest.raises(WriteError):
        disk.create_below(str(tmp_path / "gone"), "a/file", b"x")
    assert not (tmp_path / "gone").exists()


def test_many_files_in_any_order_as_if_each_was_alone(tmp_path: Path) -> None:
    paths = ["a/b/1", "top", "a/b/2", "a/c/d/3", "a/4", "e/5", "a/b/6"]
    with disk.NewFiles(str(tmp_path)) as files:
        for path in paths:
            files.create(path, path.encode())
        (tmp_path / "link").symlink_to(tmp_path / "a")
        for wrong in ("link/7", "top/8", "a/b/1"):
            with pytest.raises(WriteError):
                files.create(wrong, b"x")
        files.create("a/c/9", b"a/c/9")
    found = {file.relative_to(tmp_path).as_posix(): file for file in tmp_path.rglob("*")}
    files_there = {path: file.read_text() for path, file in found.items() if file.is_file()}
    assert files_there == {path: path for path in [*paths, "a/c/9"]}


def test_nothing_follows_a_folder_that_another_renamed(tmp_path: Path) -> None:
    root, away = tmp_path / "tree", tmp_path / "away"
    root.mkdir()
    with disk.NewFiles(str(root), alone=False) as files:
        files.create("a/1", b"1")
        root.rename(away)
        with pytest.raises(WriteError) as found:
            files.create("a/2", b"2")
        assert found.value.errno == errno.ENOENT
        root.symlink_to(away)
        with pytest.raises(WriteError):
            files.create("a/3", b"3")
        root.unlink()
        root.mkdir()
        files.create("a/4", b"4")
        files.create("a/5", b"5")
    assert [file.name for file in sorted(away.rglob("*"))] == ["a", "1"]
    assert [file.name for file in sorted(root.rglob("*"))] == ["a", "4", "5"]


def test_a_file_where_a_folder_should_be_is_an_error_with_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(WriteError) as found:
        disk.create_below(str(tmp_path), "a/b/file", b"12345")
    assert found.value.size == 5


def test_replacing_keeps_the_old_file_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    disk.replace(str(path), b"old")
    disk.replace(str(path), b"newer")
    assert path.read_bytes() == b"newer"
    for name in ("write", "replace"):
        with monkeypatch.context() as patch:

            def refuse(*args: object, **named: object) -> int:
                raise OSError(errno.EIO, "Input/output error")

            patch.setattr(os, name, refuse)
            with pytest.raises(OSError, match="output error"):
                disk.replace(str(path), b"newest")
        assert path.read_bytes() == b"newer"
        assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("kind", ["folder", "link", "pipe", "missing", "folder link"])
def test_only_regular_files_are_read_and_nothing_hangs(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "thing"
    (tmp_path / "real").write_text("secret")
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(tmp_path / "real")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder link":
        path.symlink_to(tmp_path)
    assert disk.read(str(path)) is None


def test_reading_may_be_limited(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert disk.read(str(tmp_path / "file")) == b"12345"
    assert disk.read(str(tmp_path / "file"), 3) == b"123"


def test_forgetting_what_is_not_there_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("kept")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with disk.open_root(str(tmp_path)) as folder:
        folder.forget("gone")
        folder.forget("link")
    assert (tmp_path / "real").read_text() == "kept"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, "error[disk-full] {}: no space is left on the disk (free some space)"),
        (
            errno.EROFS,
            "error[disk-read-only] {}: the disk is read-only (choose another output folder)",
        ),
        (errno.EIO, "error[disk-error] {}: the system says EIO (check the disk)"),
    ],
)
def test_errors_become_one_line(code: int, expected: str) -> None:
    error = WriteError(code, "/somewhere/else", 1234)
    line = "dist/x: " + expected.format("cannot write 1,234 bytes")
    assert str(disk.explain(error, "dist/x")) == line


def test_an_error_without_a_number_is_explained_too() -> None:
    assert disk.explain(OSError("strange"), "x").code == "disk-error"


def test_paths_are_shown_from_the_workspace(tmp_path: Path) -> None:
    assert disk.shown_path(str(tmp_path / "dist" / "a"), tmp_path) == "dist/a"
    assert disk.shown_path("/elsewhere/a", tmp_path) == "/elsewhere/a"


def test_outcomes_cross_processes() -> None:
    error = OSError(errno.ENOSPC, "x", "path")
    assert pickle.loads(pickle.dumps(disk.explain(error, "a"))).code == "disk-full"


def test_a_relative_path_is_read_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/file").write_text("here")
    monkeypatch.chdir(tmp_path)
    assert disk.read("demo/file") == b"here"
    assert disk.read_below("demo", "file") == b"here"
