"""A lease keeps publishers apart: who may take it, when it is renewed, and what loses it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from stopjihad.publish.folder import FolderDestination
from stopjihad.publish.lease import (
    AHEAD,
    LEASE,
    NOBODY,
    RENEWAL,
    HeldLease,
    Lease,
    TargetBusy,
    Unconditional,
    find,
)

START = 1_764_316_800.0
STATE = ".state"


class Hands:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


NUMBERS = {"one": "1" * 32, "two": "2" * 32, "three": "3" * 32}
RELEASE = "0001-0123abcd"


def holding(root: Path, name: str, clock: Hands) -> HeldLease:
    nonce = NUMBERS[name]
    release = RELEASE if name == "one" else "0002-0123abcd"
    lease = Lease(nonce=nonce, release=release, since=clock.now, renewed=clock.now)
    return HeldLease(FolderDestination(str(root)), STATE, lease, clock)


def there(root: Path) -> Lease | None:
    return find(FolderDestination(str(root)), STATE)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.mark.parametrize(
    ("seconds", "known", "force", "taken"),
    [
        (0, (), False, False),
        (LEASE, (), False, False),
        (LEASE + 1, (), False, True),
        (-AHEAD, (), False, False),
        (-AHEAD - 1, (), False, True),
        (0, ("one",), False, True),
        (0, ("three", "one"), False, True),
        (0, ("three",), False, False),
        (0, (), True, True),
    ],
)
def test_a_lease_is_taken_when_nobody_holds_it_any_more(
    seconds: float,
    known: tuple[str, ...],
    *,
    force: bool,
    taken: bool,
    tmp_path: Path,
    clock: Hands,
) -> None:
    assert holding(tmp_path, "one", clock).take((), force=False) is None
    clock.now += seconds
    other = holding(tmp_path, "two", clock)
    if taken:
        cut = other.take([NUMBERS[name] for name in known], force=force)
        assert cut is not None
        assert cut.release == RELEASE
    else:
        with pytest.raises(TargetBusy) as refused:
            other.take([NUMBERS[name] for name in known], force=force)
        assert refused.value.lease.release == RELEASE
    held = there(tmp_path)
    assert held is not None
    assert held.nonce == NUMBERS["two" if taken else "one"]


def test_a_damaged_lease_is_of_nobody(tmp_path: Path, clock: Hands) -> None:
    holding(tmp_path, "one", clock).take((), force=False)
    (tmp_path / STATE / "lease.json").write_bytes(b'{"nonce": 7')
    assert there(tmp_path) == NOBODY
    assert holding(tmp_path, "two", clock).take((), force=False) == NOBODY


def test_a_lease_is_renewed_when_it_is_time_and_tells_how_far_it_is(
    tmp_path: Path, clock: Hands
) -> None:
    mine = holding(tmp_path, "one", clock)
    mine.take((), force=False)
    for number in (0, 1, 3):
        mine.finish(number)
    clock.now += RENEWAL
    mine.check()
    early = there(tmp_path)
    assert early is not None
    assert (early.renewed, early.done) == (START, 0)
    clock.now += 1
    mine.check()
    late = there(tmp_path)
    assert late is not None
    assert (late.renewed, late.done, late.since) == (START + RENEWAL + 1, 2, START)
    mine.finish(2)
    clock.now -= 2 * RENEWAL  # somebody sets the clock back
    mine.check()
    back = there(tmp_path)
    assert back is not None
    assert (back.renewed, back.done) == (clock.now, 4)
    clock.now += LEASE
    with pytest.raises(TargetBusy):
        holding(tmp_path, "two", clock).take((), force=False)


def test_who_lost_the_lease_notices_before_the_next_request(tmp_path: Path, clock: Hands) -> None:
    mine = holding(tmp_path, "one", clock)
    mine.take((), force=False)
    holding(tmp_path, "two", clock).take((), force=True)
    clock.now += RENEWAL + 1
    with pytest.raises(TargetBusy) as lost:
        mine.check()
    assert lost.value.lease.nonce == NUMBERS["two"]


def test_a_lease_that_is_let_go_leaves_nothing(tmp_path: Path, clock: Hands) -> None:
    mine = holding(tmp_path, "one", clock)
    mine.take((), force=False)
    assert (tmp_path / STATE / "rooms" / NUMBERS["one"]).is_dir()
    mine.let_go()
    assert there(tmp_path) is None
    assert [path.name for path in tmp_path.rglob("1111*")] == []
    assert holding(tmp_path, "two", clock).take((), force=False) is None


class Store(FolderDestination):
    """A store that says that it takes conditions; whether it does is ``heeds``."""

    conditional = True
    heeds = True

    def create(self, path: str, data: bytes, headers: Mapping[str, str]) -> str:
        if self.heeds or self.read(path) is None:
            return super().create(path, data, headers)
        return super().replace(path, data, headers, "*")


@pytest.mark.parametrize("heeds", [True, False])
def test_a_store_that_heeds_no_conditions_is_refused(
    *, heeds: bool, tmp_path: Path, clock: Hands
) -> None:
    store = Store(str(tmp_path))
    store.heeds = heeds
    lease = Lease(nonce=NUMBERS["one"], release=RELEASE, since=START, renewed=START)
    mine = HeldLease(store, STATE, lease, clock)
    if heeds:
        mine.take((), force=False)
        assert find(store, STATE) == lease
        assert not (tmp_path / STATE / "rooms").exists()
    else:
        with pytest.raises(Unconditional):
            mine.take((), force=False)
        assert find(store, STATE) is None


def test_a_lease_tells_who_publishes_what(tmp_path: Path, clock: Hands) -> None:
    holding(tmp_path, "one", clock).take((), force=False)
    written = msgspec.json.decode((tmp_path / STATE / "lease.json").read_bytes())
    assert written == {
        "nonce": NUMBERS["one"],
        "release": RELEASE,
        "since": START,
        "renewed": START,
        "done": 0,
    }
