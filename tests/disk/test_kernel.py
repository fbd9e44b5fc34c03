"""Two folders change places in one operation, or nothing happens at all."""

from __future__ import annotations

import platform
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from stopjihad.disk import kernel


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    return tmp_path / "one", tmp_path / "two"


def exchanged(one: Path, two: Path) -> bool:
    if not kernel.exchange(str(one), str(two)):
        pytest.skip("this system or file system does not exchange folders")
    return True


def test_folders_change_places(folders: tuple[Path, Path]) -> None:
    one, two = folders
    inodes = one.stat().st_ino, two.stat().st_ino
    assert exchanged(one, two)
    assert ((one / "file").read_text(), (two / "file").read_text()) == ("two", "one")
    assert (two.stat().st_ino, one.stat().st_ino) == inodes


def test_names_in_any_script_change_places(folders: tuple[Path, Path]) -> None:
    odd = folders[0].parent / "عربي é 🙂"
    folders[0].rename(odd)
    assert exchanged(odd, folders[1])
    assert (odd / "file").read_text() == "two"


def test_nothing_is_ever_missing_while_folders_change_places(folders: tuple[Path, Path]) -> None:
    one, two = folders
    exchanged(one, two)
    missing: list[int] = []
    stop = threading.Event()

    def look() -> None:
        count = 0
        while not stop.is_set():
            try:
                (one / "file").read_bytes()
            except FileNotFoundError:
                count += 1
        missing.append(count)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(2000):
        kernel.exchange(str(one), str(two))
    stop.set()
    for reader in readers:
        reader.join()
    assert missing == [0, 0]


def test_a_missing_folder_is_an_error_and_nothing_has_happened(folders: tuple[Path, Path]) -> None:
    exchanged(*folders)
    exchanged(*folders)
    with pytest.raises(FileNotFoundError):
        kernel.exchange(str(folders[0]), str(folders[1] / "gone"))
    assert (folders[0] / "file").read_text() == "one"


def test_a_system_without_it_says_so(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not kernel.exchange(str(folders[0]), str(folders[1]))
    assert (folders[0] / "file").read_text() == "one"


def test_a_folder_is_flushed_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    kernel.flush(str(tmp_path))
    if sys.platform.startswith("linux"):
        with pytest.raises(FileNotFoundError):
            kernel.flush(str(tmp_path / "gone"))


_ARENAS = """
import ctypes, sys, threading
from stopjihad.disk import kernel

if sys.argv[1] == "shared":
    assert kernel.share_arena()
together = threading.Barrier(6)

def work():
    kept = []
    for _ in range(20):
        together.wait()
        kept.append(bytes(50_000))

threads = [threading.Thread(target=work) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(libc.fopen(sys.argv[2].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="memory is not managed by glibc here")
def test_threads_share_what_one_gives_back(tmp_path: Path) -> None:
    counted = {}
    for how in ("apart", "shared"):
        file = tmp_path / how
        subprocess.run([sys.executable, "-c", _ARENAS, how, str(file)], check=True)
        counted[how] = file.read_text("utf-8").count("<heap nr=")
    assert counted["shared"] == 1 < counted["apart"]
