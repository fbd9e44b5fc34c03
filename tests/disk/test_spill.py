"""What is put aside on the disk is read again as it was, and leaves nothing behind."""

from __future__ import annotations

import errno
import os
import pickle
from pathlib import Path

import pytest
from stopjihad.disk import PRIVATE, spill
from stopjihad.disk.spill import BUFFER, Spill
from stopjihad.model.step import Input

THINGS = [bytes([number % 256]) * (number * 97_001 % (BUFFER // 3)) for number in range(60)]


def bytes_of(held) -> bytes:
    return held if isinstance(held, bytes) else held.read()


def test_bytes_are_read_again_before_and_after_they_are_written(tmp_path: Path):
    with Spill(tmp_path) as aside:
        kept = []
        for data in THINGS:
            kept.append(aside.put(data))
            assert bytes_of(kept[-1]) == data
        assert [bytes_of(held) for held in kept] == THINGS
        assert sum(isinstance(held, bytes) for held in kept) == 0


def test_some_of_the_bytes_are_read_alone(tmp_path: Path):
    with Spill(tmp_path) as aside:
        kept = [aside.put(bytes(range(number, 100 + number))) for number in range(100)]
        aside.put(bytes(BUFFER))  # what came before is written now
        kept.append(aside.put(bytes(range(50))))
        assert all(held.part(10, 5) == bytes_of(held)[10:15] for held in kept)
        assert kept[3].part(98, 7) == bytes_of(kept[3])[98:]  # not what lies behind it
        assert kept[3].part(100, 7) == b""


def test_bytes_of_a_file_that_is_gone_are_held_until_the_end(tmp_path: Path):
    file = tmp_path / "file"
    file.write_bytes(bytes(range(100)))
    with Spill(tmp_path) as aside:
        handle = os.open(file, os.O_RDONLY)
        held = aside.borrow(handle, 10, 50)
        os.close(handle)
        file.unlink()
        assert held.read() == bytes(range(10, 60))
        assert held.part(45, 10) == bytes(range(55, 60))  # not what lies behind it
        assert held.part(50, 10) == b""
        assert aside.put(b"small") is not None
    with pytest.raises(LookupError):
        held.read()


def test_no_name_is_left_while_it_is_open_or_after(tmp_path: Path):
    with Spill(tmp_path) as aside:
        for data in THINGS:
            aside.put(data)
        assert list((tmp_path / PRIVATE).iterdir()) == []


def test_nothing_is_made_for_a_little(tmp_path: Path):
    with Spill(tmp_path) as aside:
        assert bytes_of(aside.put(b"small")) == b"small"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
def test_a_forked_process_reads_what_was_put_aside(tmp_path: Path):
    with Spill(tmp_path) as aside:
        kept = [aside.put(data) for data in THINGS]
        child = os.fork()
        if not child:
            os._exit(0 if [bytes_of(held) for held in kept] == THINGS else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_full_disk_leaves_bytes_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Spill(tmp_path) as aside:
        kept = [aside.put(data) for data in THINGS[:30]]
        monkeypatch.setattr(spill, "write_all", full)
        kept += [aside.put(data) for data in THINGS[30:]]
        assert [bytes_of(held) for held in kept] == THINGS
        assert isinstance(kept[-1], bytes)


def test_an_input_travels_with_its_bytes(tmp_path: Path):
    with Spill(tmp_path) as aside:
        sent = pickle.dumps(Input("point/one", "digest", aside.put(b"words")))
    there = pickle.loads(sent)
    assert (there.name, there.digest, there.data) == ("point/one", "digest", b"words")
