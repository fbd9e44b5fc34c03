"""What took a place last is known at home, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.disk import newest
from stopjihad.disk.newest import forget_newest, is_newest, remember_exchange, taking_place

ONE, TWO = "1" * 64, "2" * 64


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "place")


def record(place: str) -> Path:
    return Path(newest._folder(), newest._name(place))


def test_the_last_one_is_the_newest(place: str) -> None:
    assert not is_newest(place, ONE)
    for digest in (ONE, TWO):
        with taking_place(place, digest):
            pass
    assert (is_newest(place, ONE), is_newest(place, TWO)) == (False, True)
    forget_newest(place)
    assert not is_newest(place, TWO)


def test_both_count_while_one_takes_the_place_of_another(place: str) -> None:
    """A process that is killed then leaves a tree that an alert can be laid over."""
    with taking_place(place, ONE):
        pass
    with pytest.raises(KeyboardInterrupt), taking_place(place, TWO):
        raise KeyboardInterrupt
    assert is_newest(place, ONE)
    assert is_newest(place, TWO)


def test_two_places_exchange(place: str) -> None:
    other = f"{place}-other"
    for at, digest in ((place, ONE), (other, TWO)):
        with taking_place(at, digest):
            pass
    with remember_exchange(place, other):
        assert is_newest(place, ONE)
        assert is_newest(place, TWO)
    assert (is_newest(place, ONE), is_newest(place, TWO)) == (False, True)
    assert (is_newest(other, ONE), is_newest(other, TWO)) == (True, False)


def test_a_link_leads_to_the_same_place(place: str) -> None:
    Path(place).mkdir()
    Path(f"{place}-link").symlink_to(place)
    with taking_place(f"{place}-link", ONE):
        pass
    assert is_newest(place, ONE)


def test_a_record_of_another_place_is_none(place: str) -> None:
    other = f"{place}-other"
    with taking_place(other, ONE):
        pass
    record(place).write_bytes(record(other).read_bytes())
    assert not is_newest(place, ONE)


def test_without_a_key_of_this_user_nothing_is_asked(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then only what this very process signed is believed."""
    monkeypatch.setattr(newest, "is_kept", lambda: False)
    with taking_place(place, ONE):
        forget_newest(place)
    assert is_newest(place, TWO)
