"""Folders are reached step by step; no link is followed, and what is removed was looked at."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from stopjihad.disk.anchor import hold
from stopjihad.disk.files import create_in
from stopjihad.disk.folder import Folder, OpenResource, open_root
from stopjihad.disk.pack import Pack
from stopjihad.disk.trees import HeldPath, NewFiles, below


@pytest.fixture
def top(tmp_path: Path) -> Path:
    (tmp_path / "top/a/b").mkdir(parents=True)
    (tmp_path / "top/a/b/file").write_text("x")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/file").write_text("theirs")
    (tmp_path / "top/link").symlink_to(tmp_path / "elsewhere")
    return tmp_path / "top"


@pytest.mark.parametrize("path", ["link", "link/deeper", "a/../a", "..", "a/b/file", "gone"])
def test_only_real_folders_below_are_opened(top: Path, path: str) -> None:
    with open_root(str(top)) as root:
        with pytest.raises(OSError, match=r"\[Errno") as found:
            root.into(path)
        assert str(found.value.filename).startswith(str(top))
        with HeldPath(root) as way, pytest.raises(OSError, match=r"\[Errno"):
            way.to(path)
        with HeldPath(root) as way:
            assert way.to("a/b").names() == ["file"]


def test_a_link_is_told_from_what_is_no_folder(top: Path) -> None:
    with open_root(str(top)) as root:
        with pytest.raises(OSError, match=r"\[Errno") as link:
            root.step("link")
        with pytest.raises(OSError, match=r"\[Errno") as file:
            root.into("a/b/file")
    assert (link.value.errno, file.value.errno) == (errno.ELOOP, errno.ENOTDIR)


@pytest.mark.parametrize("name", ["a/b", "../elsewhere/file", "..", "/etc", "link/file"])
def test_a_name_leads_nowhere_else(top: Path, name: str) -> None:
    before = sorted(top.parent.rglob("*"))
    with open_root(str(top)) as root:
        for act in (root.open, root.stat, root.mkdir, root.rmdir, root.unlink, root.step):
            with pytest.raises(FileNotFoundError):
                act(name)
        for one, other in ((name, "new"), ("a", name)):
            for give in (root.rename, root.link):
                with pytest.raises(OSError, match=r"\[Errno"):
                    give(one, root, other)
        with pytest.raises(OSError, match=r"\[Errno"):
            create_in(root, name, b"x")
    assert sorted(top.parent.rglob("*")) == before


def test_all_below_is_listed_and_nothing_behind_links(top: Path) -> None:
    (top / "a/other").symlink_to(top.parent / "elsewhere")
    (top / "a/none").mkdir()
    found = {path: entry.is_file for path, _, entry in below(str(top))}
    assert found == {
        **dict.fromkeys(("a", "a/b", "a/none", "a/other", "link"), False),
        "a/b/file": True,
    }
    assert [path for path, _, _ in below(str(top), "a/b")] == ["a/b/file"]
    assert [path for place in ("link", "gone", "..") for path, _, _ in below(str(top), place)] == []
    assert list(below(str(top / "gone"))) == []


def test_a_way_opens_each_folder_once(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (top / "a/c").mkdir()
    opened: list[str] = []
    real = os.open

    def counted(path: str, *args: object, **named: object) -> int:
        opened.append(path)
        return real(path, *args, **named)  # type: ignore[arg-type]

    with open_root(str(top)) as root, HeldPath(root) as way:
        monkeypatch.setattr(os, "open", counted)
        for path in ("a", "a/b", "a/b", "a/c", ""):
            way.to(path)
    assert opened == ["a", "b", "c"]


def test_nothing_stays_open(top: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with open_root(str(top)) as root, HeldPath(root) as way:
        way.to("a/b")
        for path in ("gone", "a/gone", "link"):
            with pytest.raises(OSError, match=r"\[Errno"):
                root.into(path)
            with pytest.raises(OSError, match=r"\[Errno"):
                hold(str(top / ".stopjihad" / path))
        root.remove("a")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_removing_takes_all_below_and_nothing_behind_links(top: Path) -> None:
    (top / "a/b/deep").mkdir()
    (top / "a/b/deep/link").symlink_to(top.parent / "elsewhere")
    (top / "a/link").symlink_to("b")
    with open_root(str(top)) as root:
        for name in ("a", "link", "gone"):
            root.remove(name)
    assert list(top.iterdir()) == []
    assert (top.parent / "elsewhere/file").read_text() == "theirs"


@pytest.mark.parametrize("kind", ["link", "file", "dangling"])
@pytest.mark.parametrize("place", [".stopjihad", ".stopjihad/store", ".stopjihad/store/a"])
def test_private_folders_are_made_anew(top: Path, place: str, kind: str) -> None:
    (top / place).parent.mkdir(parents=True, exist_ok=True)
    if kind == "file":
        (top / place).write_text("odd")
    else:
        (top / place).symlink_to(top.parent / ("elsewhere" if kind == "link" else "gone"))
    wanted = top / ".stopjihad/store/a"
    with pytest.raises(OSError, match=r"\[Errno"):
        hold(str(wanted))
    with hold(str(wanted), make=True) as folder:
        assert folder.names() == []
    assert wanted.is_dir()
    assert not (top / place).is_symlink()
    assert wanted.stat().st_mode & 0o777 == 0o700
    assert (top.parent / "elsewhere/file").read_text() == "theirs"


def test_only_private_folders_are_made_anew(top: Path) -> None:
    with pytest.raises(OSError, match=r"\[Errno"):
        hold(str(top / "link"), make=True)
    assert (top / "link").is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_private_folder_of_a_third_person_counts_as_not_there(top: Path) -> None:
    private = top / ".stopjihad/store"
    private.mkdir(parents=True)
    (private / "theirs").write_text("x")
    os.chown(private, 65533, 65533)
    with pytest.raises(PermissionError):
        hold(str(private))
    with hold(str(private), make=True) as folder:
        assert folder.names() == []
    for path in (top, top / ".stopjihad", private):
        os.chown(path, 65533, 65533)
    (private / "ours").write_text("x")
    with hold(str(private), make=True) as folder:
        assert folder.names() == ["ours"], "the whole workspace is theirs: mounted, for example"


WITHOUT = """
import os, sys, pathlib
for name in ("O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "O_NONBLOCK"):
    if hasattr(os, name):
        delattr(os, name)
os.supports_dir_fd = os.supports_fd = set()
from stopjihad import disk
from stopjihad.disk import lock, save
from stopjihad.disk import user_key
top = pathlib.Path(sys.argv[1])
disk.create_below(str(top / "a"), "new/file", b"1")
disk.replace(str(top / ".stopjihad/store/k/key"), b"2")
assert disk.read(str(top / ".stopjihad/store/k/key")) == b"2"
assert disk.read_below(str(top), "a/new/file") == b"1"
assert disk.read_below(str(top), "link/file") is None
save.write(top, "a/one.po", b"3", save.ABSENT)
save.write(top, "a/one.po", b"4", save.digest(b"3"))
try:
    save.write(top, "a/one.po", b"5", save.digest(b"3"))
except save.ChangedFile:
    pass
else:
    raise SystemExit("it was written over")
with lock.sole_writer(top / ".stopjihad/lock"), disk.open_root(str(top)) as root:
    root.remove("a")
    root.remove("link")
assert (top.parent / "elsewhere/file").read_text() == "theirs"
assert user_key.is_signed("pack", bytes(32), user_key.sign("pack", bytes(32)))
"""


def test_systems_without_descriptors_of_folders_do_the_nearest(top: Path) -> None:
    subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT, top],
        check=True,
        env={**os.environ, "XDG_STATE_HOME": str(top.parent / "state")},
    )


def test_a_block_that_fails_closes_and_its_error_goes_on(tmp_path: Path) -> None:
    folder = open_root(str(tmp_path))
    handle = folder.handle
    with pytest.raises(KeyError), folder:
        raise KeyError
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(handle)
    folder.close()  # once more does no harm


def test_all_that_holds_files_is_closed_in_one_way() -> None:
    for kind in (Folder, HeldPath, NewFiles, Pack):
        assert issubclass(kind, OpenResource)
        assert not {"__enter__", "__exit__"} & vars(kind).keys()


def test_what_cannot_be_closed_is_not_made() -> None:
    with pytest.raises(TypeError, match="close"):
        OpenResource()  # type: ignore[abstract]
