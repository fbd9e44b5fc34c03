"""Stamps prove that a file is ours; where they do not, its content decides."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest
from stopjihad import disk
from stopjihad.build.tree.index import (
    Index,
    Origin,
    Spare,
    load_index,
    load_spare,
    mark_file,
    mark_folder,
    seal,
    unseal,
)
from stopjihad.build.tree.inventory import take_inventory
from stopjihad.disk.stamp import NEVER, TICK_NS, believable

LATER = 10**12
"""Nanoseconds after which every stamp is old."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("a/x", "a/y", "a/b/z", "top"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def index_of(root: Path, now: int | None = None) -> Index:
    now = time.time_ns() + LATER if now is None else now
    files, folders = [], []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_dir():
            folders.append(mark_folder(name, path.lstat(), now))
        else:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            files.append(mark_file(name, f"key of {name}", digest, path.lstat(), now))
    return Index("fingerprint", "build", tuple(files), tuple(folders), Origin(1, 2, 3, "/here"))


def test_an_untouched_tree_is_whole_and_nothing_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = index_of(root)
    monkeypatch.setattr("stopjihad.disk.read_below", lambda *args: pytest.fail("it was read"))
    found = take_inventory(str(root), index, 0)
    assert found.whole
    assert (found.refreshed, found.moved) == (0, False)
    assert list(found.files.values()) == list(index.files)
    assert list(found.folders.values()) == list(index.folders)


def test_fresh_stamps_are_not_believed_but_the_content_is(root: Path) -> None:
    index = index_of(root, now=min(path.lstat().st_ctime_ns for path in root.rglob("*")))
    assert {mark.changed for mark in index.files} == {NEVER}
    found = take_inventory(str(root), index, time.time_ns() + LATER)
    assert found.whole
    assert found.refreshed == 6
    assert NEVER not in {mark.changed for mark in found.files.values()}
    again = Index("", "", tuple(found.files.values()), tuple(found.folders.values()), index.origin)
    assert take_inventory(str(root), again, 0).refreshed == 0


@pytest.mark.parametrize("same_size", [True, False])
def test_a_change_within_the_tick_is_noticed(root: Path, *, same_size: bool) -> None:
    """The file is changed so soon after its stamp was taken that both times are the same."""
    index = index_of(root, now=time.time_ns())
    state = (root / "a/x").stat()
    (root / "a/x").write_text("a/X" if same_size else "longer")
    os.utime(root / "a/x", ns=(state.st_atime_ns, state.st_mtime_ns))
    assert take_inventory(str(root), index, 0).wrong == ("a/x",)


def test_another_inode_with_the_same_content_has_moved(root: Path) -> None:
    index = index_of(root)
    (root / "copy").write_text("a/x")
    (root / "copy").rename(root / "a/x")
    found = take_inventory(str(root), index, 0)
    assert found.whole
    assert found.moved


def test_everything_wrong_and_odd_is_named(root: Path) -> None:
    index = index_of(root)
    (root / "a/x").unlink()
    (root / "a/y").write_text("changed")
    (root / "a/b/extra").write_text("extra")
    (root / "empty").mkdir()
    found = take_inventory(str(root), index, 0)
    assert sorted(found.wrong) == ["a/x", "a/y"]
    assert sorted(found.odd) == ["a/b/extra", "empty"]
    assert not found.whole
    assert sorted(found.files) == ["a/b/z", "top"]


def test_a_folder_that_is_a_link_takes_all_below_with_it(root: Path) -> None:
    index = index_of(root)
    (root / "a").rename(root.parent / f"{root.name}-moved")
    (root / "a").symlink_to(root.parent / f"{root.name}-moved")
    found = take_inventory(str(root), index, 0)
    assert sorted(found.files) == ["top"]
    assert "a" in found.odd


def test_a_missing_tree_is_wrong_in_every_file(root: Path) -> None:
    found = take_inventory(str(root / "gone"), index_of(root), 0)
    assert len(found.wrong) == 4
    assert found.files == {}


@pytest.mark.parametrize(
    ("modified", "changed", "trusted"),
    [
        (5 * 10**9 + 1, 5 * 10**9 + 1, True),
        (9 * 10**9 + 1, 10 * 10**9 - TICK_NS - 1, True),
        (1, 10 * 10**9 - TICK_NS + 1, False),
        (10 * 10**9 + 5, 1, False),
        (11 * 10**9 + 5, 11 * 10**9 + 5, False),
        (9 * 10**9, 9 * 10**9, False),
        (7 * 10**9, 7 * 10**9, True),
    ],
)
def test_only_times_well_before_now_are_believed(
    modified: int,
    changed: int,
    trusted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    state = os.stat_result((0,) * 10, {"st_mtime_ns": modified, "st_ctime_ns": changed})
    assert believable(state, 10 * 10**9) == (changed if trusted else NEVER)


def test_a_sealed_record_is_given_back_whole_or_not_at_all(root: Path) -> None:
    spare = Spare("build", index_of(root).folders, ("a",), ("b",))
    for record in (index_of(root), spare):
        sealed = seal(record)
        assert unseal(sealed) == record
        for place in range(0, len(sealed), 7):
            damaged = bytearray(sealed)
            damaged[place] ^= 1
            assert unseal(bytes(damaged)) is None
            assert unseal(sealed[:place]) is None


def test_an_index_is_no_spare_and_the_other_way_round(root: Path) -> None:
    (root / "index").write_bytes(seal(index_of(root)))
    (root / "spare").write_bytes(seal(Spare("", (), (), ())))
    with disk.open_root(str(root)) as folder:
        assert load_index(folder, "spare") is None
        assert load_spare(folder, "index") is None
        assert load_index(folder, "index") is not None
        assert load_spare(folder, "spare") is not None
        assert load_index(folder, "nothing") is None
