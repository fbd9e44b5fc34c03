"""A pack gives back what was put in, or nothing, and stays small."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from stopjihad.disk.pack import MAX_FILES, Pack


def fill(folder: Path, items: dict[str, bytes]) -> None:
    with Pack(folder) as pack:
        for key, data in items.items():
            pack.put(key, data)


def test_what_was_put_is_found_at_once_and_later(tmp_path: Path) -> None:
    items = {f"key {number}": bytes([number]) * number for number in range(200)}
    with Pack(tmp_path / "pack") as pack:
        for key, data in items.items():
            assert pack.get(key) is None
            pack.put(key, data)
            assert pack.get(key) == data
    with Pack(tmp_path / "pack") as pack:
        assert {key: pack.get(key) for key in items} == items
        assert pack.get("unknown") is None


def test_a_run_that_adds_nothing_writes_nothing(tmp_path: Path) -> None:
    fill(tmp_path, {"a": b"1"})
    before = [(path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir()]
    with Pack(tmp_path) as pack:
        assert pack.get("a") == b"1"
    assert [(path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir()] == before


def test_many_files_become_one_with_what_is_used(tmp_path: Path) -> None:
    for number in range(MAX_FILES):
        fill(tmp_path, {f"key {number}": b"x"})
    assert len(list(tmp_path.iterdir())) == MAX_FILES
    with Pack(tmp_path) as pack:
        for number in range(0, MAX_FILES, 2):
            assert pack.get(f"key {number}") == b"x"
        pack.put("new", b"y")
    assert len(list(tmp_path.iterdir())) == 1
    with Pack(tmp_path) as pack:
        found = [number for number in range(MAX_FILES) if pack.get(f"key {number}") == b"x"]
        assert found == list(range(0, MAX_FILES, 2))
        assert pack.get("new") == b"y"


def test_any_flipped_bit_and_any_cut_is_noticed(tmp_path: Path) -> None:
    items = {"one": b"some bytes", "two": b"others"}
    fill(tmp_path, items)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    damaged = [whole[:size] for size in range(len(whole))]
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 16
        damaged.append(bytes(changed))
    for data in damaged:
        file.write_bytes(data)
        with Pack(tmp_path) as pack:
            found = {key: pack.get(key) for key in items}
        assert all(found[key] in (None, items[key]) for key in items)
        assert None in found.values()


def test_what_is_damaged_is_replaced_by_the_next_run(tmp_path: Path) -> None:
    fill(tmp_path, {"one": b"some bytes"})
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    fill(tmp_path, {"one": b"some bytes"})
    with Pack(tmp_path) as pack:
        assert pack.get("one") == b"some bytes"


@pytest.mark.parametrize("size", [2**63, 2**64 - 1, 2**40])
def test_a_huge_table_size_reads_no_more_than_the_file(tmp_path: Path, size: int) -> None:
    fill(tmp_path, {"one": b"x"})
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-8] + size.to_bytes(8, "big"))
    with Pack(tmp_path) as pack:
        assert pack.get("one") is None


def test_large_things_do_not_stay_in_memory(tmp_path: Path) -> None:
    import tracemalloc

    large = bytes(3_000_000)
    tracemalloc.start()
    with Pack(tmp_path) as pack:
        for number in range(10):
            pack.put(f"{number}", large)
        assert pack.get("7") == large
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def test_what_a_killed_run_left_is_swept_after_a_day(tmp_path: Path) -> None:
    for name, age in (("1-1.new", 90_000), ("2-2.new", 60)):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    for number in range(MAX_FILES + 1):
        fill(tmp_path, {f"key {number}": b"x"})
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".new", ".pack"]
    assert (tmp_path / "2-2.new").exists()


def test_two_runs_at_once_keep_both_results(tmp_path: Path) -> None:
    one, two = Pack(tmp_path), Pack(tmp_path)
    one.put("a", b"1")
    two.put("b", b"2")
    one.close()
    two.close()
    with Pack(tmp_path) as pack:
        assert (pack.get("a"), pack.get("b")) == (b"1", b"2")


def test_a_pack_that_cannot_be_written_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("a file")
    fill(tmp_path / "pack", {"a": b"1"})
    with Pack(tmp_path / "pack") as pack:
        assert pack.get("a") is None
