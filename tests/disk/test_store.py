"""A store gives back what was put in, or nothing, whoever else can write where it is."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from stopjihad.disk.store import (
    SECRET_VARIABLE,
    SharedStore,
    Store,
    StoreAddress,
    store_address,
)
from stopjihad.problem import ProblemsFound

KEYS = [f"{number:x}" * 8 for number in range(16)]


def file_of(store: Store, key: str) -> Path:
    return store.root / key[0] / key


def test_what_was_put_is_found(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    for number, key in enumerate(KEYS):
        store.put(key, b"x" * number)
    for number, key in enumerate(KEYS):
        assert Store(tmp_path / "store").get(key) == b"x" * number
    assert store.get("unknown") is None


def test_the_last_one_put_counts(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("key", b"one")
    store.put("key", b"two")
    assert store.get("key") == b"two"


def test_any_flipped_bit_and_any_cut_is_noticed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("key", b"some bytes")
    whole = file_of(store, "key").read_bytes()
    for place in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        file_of(store, "key").write_bytes(damaged)
        assert store.get("key") is None
    for size in range(len(whole)):
        file_of(store, "key").write_bytes(whole[:size])
        assert store.get("key") is None
    file_of(store, "key").write_bytes(whole + b"x")
    assert store.get("key") is None
    store.put("key", b"some bytes")
    assert store.get("key") == b"some bytes"


def test_files_that_change_places_are_noticed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("a-one", b"one")
    store.put("a-two", b"two")
    file_of(store, "a-one").rename(tmp_path / "x")
    file_of(store, "a-two").rename(file_of(store, "a-one"))
    (tmp_path / "x").rename(file_of(store, "a-two"))
    assert (store.get("a-one"), store.get("a-two")) == (None, None)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("key", b"bytes")
    file = file_of(store, "key")
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert store.get("key") is None
    store.put("key", b"bytes")
    assert store.get("key") == b"bytes"
    assert not file.is_symlink()


def test_a_store_that_cannot_be_written_keeps_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    store = Store(tmp_path / "store")
    store.put("key", b"bytes")
    assert store.get("key") is None


def test_nothing_unfinished_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.put("key", b"old")

    def refuse(*args: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", refuse)
    store.put("key", b"new")
    monkeypatch.undo()
    assert store.get("key") == b"old"
    assert [path.name for path in (tmp_path / "k").iterdir()] == ["key"]


def test_pruning_removes_the_oldest_until_the_rest_is_small_enough(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for key in KEYS:
        store.put(key, b"x" * 100)
    size = 132
    for age, key in enumerate(KEYS):
        import os

        os.utime(file_of(store, key), (age, age))
    assert store.prune(16 * size) == 0
    assert store.prune(5 * size + 1) == 11 * size
    assert [key for key in KEYS if store.get(key) is not None] == KEYS[11:]
    assert store.prune(0) == 5 * size


def test_threads_and_processes_may_write_the_same_keys(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from stopjihad.disk.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for turn in range(30):\n"
        "    for key in 'abc':\n"
        "        store.put(key * 4, key.encode() * 50_000)\n"
        "        found = store.get(key * 4)\n"
        "        assert found == key.encode() * 50_000, (key, found and len(found))\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    others = [subprocess.Popen(command) for _ in range(2)]
    store = Store(tmp_path)

    def write(key: str) -> None:
        for _ in range(60):
            store.put(key * 4, key.encode() * 50_000)
            assert store.get(key * 4) == key.encode() * 50_000

    with ThreadPoolExecutor(3) as executor:
        list(executor.map(write, "abc"))
    assert [other.wait() for other in others] == [0, 0]


KEY = "ab" * 32
OTHER = "cd" * 32


@pytest.fixture
def address(tmp_path: Path) -> StoreAddress:
    return store_address(str(tmp_path / "store"))


def shared_file(folder: Path, key: str) -> Path:
    (found,) = folder.rglob(key)
    return found


def test_what_was_put_is_found_by_another_process(address: StoreAddress) -> None:
    store = SharedStore(address)
    assert store.get(KEY) is None
    store.put(KEY, b"some bytes")
    again = SharedStore(pickle.loads(pickle.dumps(address)))
    assert again.get(KEY) == b"some bytes"
    assert again.get_all([OTHER, KEY]) == [None, b"some bytes"]


def test_the_first_one_put_stays(address: StoreAddress) -> None:
    store = SharedStore(address)
    assert store.keep(KEY, b"one")
    assert store.keep(KEY, b"two")
    assert store.get(KEY) == b"one"


def test_any_flipped_bit_and_any_cut_is_noticed_and_mended(
    address: StoreAddress, tmp_path: Path
) -> None:
    store = SharedStore(address)
    store.put(KEY, b"bytes")
    file = shared_file(tmp_path, KEY)
    whole = file.read_bytes()
    damaged = [whole[:size] for size in range(len(whole))] + [whole + b"x"]
    for place in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        damaged.append(bytes(flipped))
    for data in damaged:
        file.write_bytes(data)
        assert store.get(KEY) is None
    assert store.keep(KEY, b"bytes")
    assert store.get(KEY) == b"bytes"


def test_things_that_change_places_are_noticed(address: StoreAddress, tmp_path: Path) -> None:
    store = SharedStore(address)
    store.put(KEY, b"one")
    store.put(OTHER, b"two")
    shared_file(tmp_path, OTHER).write_bytes(shared_file(tmp_path, KEY).read_bytes())
    assert store.get(OTHER) is None


def test_what_others_sealed_is_not_there(address: StoreAddress) -> None:
    """Neither under their own name nor under ours."""
    theirs = SharedStore(StoreAddress(address.url, b"x" * 32))
    ours = SharedStore(address)
    theirs.put(KEY, b"poison")
    assert ours.get(KEY) is None
    theirs._folder = ours._folder
    theirs.put(KEY, b"poison")
    assert ours.get(KEY) is None
    ours.put(KEY, b"right")
    assert ours.get(KEY) == b"right"


def test_a_store_that_cannot_be_written_is_told(address: StoreAddress, tmp_path: Path) -> None:
    store = SharedStore(address)
    (tmp_path / "store" / store._folder).write_text("a file where a folder should be")
    assert not store.keep(KEY, b"bytes")
    assert store.get(KEY) is None
    with pytest.raises(ProblemsFound, match="store-address"):
        store.require()


def test_several_people_share_what_they_agreed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = store_address(str(tmp_path))
    monkeypatch.setenv(SECRET_VARIABLE, "0123456789abcdef" * 4)
    agreed = store_address(str(tmp_path))
    assert agreed.secret != own.secret
    assert store_address(str(tmp_path)) == agreed
    monkeypatch.setenv(SECRET_VARIABLE, "short")
    with pytest.raises(ProblemsFound, match="too short"):
        store_address(str(tmp_path))


def test_the_secret_is_not_shown(address: StoreAddress) -> None:
    assert repr(address) == f"StoreAddress({address.url!r})"
    assert repr(address.secret) not in f"{[address]}"


@pytest.mark.parametrize("place", ["", "http://example.org/store", "gs://bucket"])
def test_other_places_are_refused(place: str) -> None:
    with pytest.raises(ProblemsFound, match="is no place"):
        store_address(place)
