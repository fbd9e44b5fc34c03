"""One build at a time writes; the lock of a killed one is free at once."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from stopjihad.disk import lock
from stopjihad.disk.lock import Busy, sole_writer

HOLD = """
import sys, time
from pathlib import Path
from stopjihad.disk.lock import sole_writer
with sole_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_is_told_and_may_have_it_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "toy" / "lock"
    path.parent.mkdir()
    with sole_writer(path), pytest.raises(Busy, match="toy"), sole_writer(path):
        pytest.fail("two writers")
    with sole_writer(path):
        pass


def test_an_error_in_the_block_frees_it(tmp_path: Path) -> None:
    with pytest.raises(KeyError), sole_writer(tmp_path / "lock"):
        raise KeyError
    with sole_writer(tmp_path / "lock"):
        pass


def test_a_killed_holder_leaves_it_free(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path / "lock"], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Busy), sole_writer(tmp_path / "lock"):
        pytest.fail("two writers")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with sole_writer(tmp_path / "lock"):
        pass


def test_who_is_told_does_not_wait_long(tmp_path: Path) -> None:
    with sole_writer(tmp_path / "lock"):
        start = time.monotonic()
        with pytest.raises(Busy), sole_writer(tmp_path / "lock"):
            pytest.fail("two writers")
        assert lock.PATIENCE <= time.monotonic() - start < lock.PATIENCE + 30


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError), sole_writer(tmp_path / "file" / "lock"):
        pytest.fail("no folder")
