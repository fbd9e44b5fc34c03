"""A shared store believes what its own driver and workers wrote, whoever else can write there."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from stopjihad.disk.shared_store import (
    SECRET_VARIABLE,
    SharedStore,
    StoreAddress,
    store_address,
)
from stopjihad.problem import ProblemsFound

KEY = "ab" * 32
OTHER = "cd" * 32


@pytest.fixture
def address(tmp_path: Path) -> StoreAddress:
    return store_address(str(tmp_path / "store"))


def file_of(folder: Path, key: str) -> Path:
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
    file = file_of(tmp_path, KEY)
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
    file_of(tmp_path, OTHER).write_bytes(file_of(tmp_path, KEY).read_bytes())
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
