"""A file is not read again while its stamp proves that it holds what it held, and never else."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stopjihad import disk
from stopjihad.disk import user_key
from stopjihad.disk.stamp import TICK_NS
from stopjihad.load import files, known_files
from stopjihad.load.known_files import KnownFiles
from stopjihad.load.workspace import ChangedSince, Sources, read_sources

from support.build import CAMPAIGN, SMALL
from support.stamps import wait_until_believed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SMALL / "campaigns", tmp_path / "campaigns")
    wait_until_believed(tmp_path)
    return tmp_path


def point(root: Path) -> Path:
    return root / "campaigns" / CAMPAIGN / "points" / "letters-home.md"


def read(root: Path) -> Sources:
    """Read a campaign; whatever is known, digests are those of the files as they are."""
    sources, _ = read_sources(root, CAMPAIGN, KnownFiles(root, CAMPAIGN))
    fresh, _ = read_sources(root, CAMPAIGN)
    assert (sources.digest, sources.around) == (fresh.digest, fresh.around)
    assert sources.digests == fresh.digests
    assert set(sources.files) | sources.unopened == set(fresh.files)
    assert not set(sources.files) & sources.unopened
    for path in sources.unopened:
        assert sources.read(path) == fresh.files[path]
    return sources


def test_texts_are_read_once_and_everything_else_each_time(root: Path) -> None:
    assert not read(root).unopened
    sources = read(root)
    assert {path.split("/", 2)[2] for path in sources.unopened} == {
        path.relative_to(root / "campaigns" / CAMPAIGN).as_posix()
        for folder, end in (("points", "md"), ("locale", "po"))
        for path in (root / "campaigns" / CAMPAIGN / folder).glob(f"*.{end}")
    }


def same_size_and_time(path: Path) -> None:
    state, data = path.stat(), path.read_bytes()
    path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def another_inode(path: Path) -> None:
    copy = path.with_name("copy.tmp")
    shutil.copy2(path, copy)
    same_size_and_time(copy)
    copy.replace(path)


def longer(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "\nMore.\n", "utf-8")


@pytest.mark.parametrize("change", [same_size_and_time, another_inode, longer])
def test_whatever_changes_is_read(root: Path, change: Callable[[Path], None]) -> None:
    read(root)
    path = point(root)
    change(path)
    shown = path.relative_to(root).as_posix()
    sources = read(root)
    assert sources.files[shown] == path.read_bytes()
    assert len(sources.unopened) > 1
    wait_until_believed(root)
    read(root)
    assert shown in read(root).unopened


def test_what_was_written_in_the_last_moment_is_not_believed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second write in the same tick would leave the stamp as it is."""
    longer(point(root))
    state = point(root).stat()
    now = max(state.st_mtime_ns, state.st_ctime_ns) + TICK_NS - 1
    monkeypatch.setattr(KnownFiles, "_now", now)
    known = KnownFiles(root, CAMPAIGN)
    known._device = state.st_dev
    read_sources(root, CAMPAIGN, known)
    assert point(root).relative_to(root).as_posix() not in read(root).unopened


def test_a_file_that_goes_and_one_that_comes(root: Path) -> None:
    read(root)
    other = point(root).with_name("other.md")
    point(root).rename(other)
    sources = read(root)
    assert other.relative_to(root).as_posix() in sources.files
    read(root)


def test_times_without_fractions_are_never_believed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a disk may give the time of change as that of modification, which anybody can set."""
    monkeypatch.setattr(known_files, "has_whole_seconds", lambda _: True)
    read(root)
    assert not read(root).unopened


@pytest.mark.parametrize("damage", ["flip", "empty", "other user", "other place", "other disk"])
def test_only_our_own_record_of_this_very_folder_is_believed(
    root: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    read(root)
    record = root / ".stopjihad" / "stamps" / CAMPAIGN
    data = record.read_bytes()
    if damage == "flip":
        record.write_bytes(data[:-5] + bytes([data[-5] ^ 1]) + data[-4:])
    elif damage == "empty":
        record.write_bytes(b"")
    elif damage == "other user":
        monkeypatch.setattr(user_key, "_key", lambda: bytes(32))
    elif damage == "other place":
        (root / "campaigns" / CAMPAIGN).rename(root / "campaigns" / "other")
        (root / "campaigns" / CAMPAIGN).symlink_to("other")
    known = KnownFiles(root, CAMPAIGN)
    if damage == "other disk":
        known._device += 1
    handle = os.open(point(root), os.O_RDONLY)
    try:
        assert known.digest(point(root).relative_to(root).as_posix(), handle) == ""
    finally:
        os.close(handle)


def test_a_workspace_that_takes_nothing_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = disk.hold

    def refuse(path: str, *, make: bool = False) -> disk.Folder:
        if make:
            raise PermissionError
        return real(path)

    monkeypatch.setattr(disk, "hold", refuse)
    assert not read(root).unopened
    assert not read(root).unopened
    assert not (root / ".stopjihad").exists()


def test_what_changes_before_it_is_read_is_noticed(root: Path) -> None:
    read(root)
    sources, _ = read_sources(root, CAMPAIGN, KnownFiles(root, CAMPAIGN))
    longer(point(root))
    shown = point(root).relative_to(root).as_posix()
    assert shown in sources.unopened
    with pytest.raises(ChangedSince):
        sources.read(shown)
    point(root).unlink()
    with pytest.raises(ChangedSince):
        sources.read(shown)


def test_links_and_large_files_are_problems_whatever_is_known(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(root)
    path = point(root)
    path.rename(path.with_suffix(".bak"))
    path.symlink_to(path.with_suffix(".bak"))
    sources, problems = read_sources(root, CAMPAIGN, KnownFiles(root, CAMPAIGN))
    shown = path.relative_to(root).as_posix()
    assert [one.code for one in problems if one.path == shown] == ["link-refused"]
    assert shown not in sources.digests
    path.unlink()
    path.with_suffix(".bak").rename(path)
    monkeypatch.setattr(files, "MAX_TEXT_BYTES", 10)
    _, problems = read_sources(root, CAMPAIGN, KnownFiles(root, CAMPAIGN))
    assert "file-too-large" in {one.code for one in problems if one.path == shown}


def test_a_known_digest_is_that_of_the_bytes(root: Path) -> None:
    read(root)
    handle = os.open(point(root), os.O_RDONLY)
    try:
        found = KnownFiles(root, CAMPAIGN).digest(point(root).relative_to(root).as_posix(), handle)
    finally:
        os.close(handle)
    assert found == hashlib.sha256(point(root).read_bytes()).hexdigest()
