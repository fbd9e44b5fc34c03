"""What a target says is a stranger's word: no path, no number, no line on a terminal by itself."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stopjihad.disk.lock import Busy
from stopjihad.problem import ProblemsFound
from stopjihad.publish.deployment import changes, publish, roll_back
from stopjihad.publish.destination import Unreachable
from stopjihad.publish.lease import NOBODY, TargetBusy, find
from stopjihad.publish.schema import is_inside, plain
from stopjihad.publish.site_record import decode_published

from support.servers import folder_case
from support.targets import Mortal, contents, files_below, publication, toy_release, toy_site

STATE = ".stopjihad"
FUTURE = 4_000_000_000


def lease_of(release: str, **more: Any) -> bytes:
    given = {"nonce": "a" * 32, "release": release, "since": 0, "renewed": 0}
    return json.dumps(given | more).encode()


def write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.write_bytes(data)


@pytest.mark.parametrize("name", ["../../mail", "../mail", "/../../mail", "..", "x/../../../mail"])
def test_04_a_lease_removes_no_other_folder_of_the_server(
    name: str, sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stopjihad.publish.channel import open_channel

    from support.servers import sftp_target

    monkeypatch.setenv("HOME", str(sshd.home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    write(tmp_path / "mail" / "inbox", b"letters")
    write(tmp_path / "web" / STATE / "lease.json", lease_of(name))
    target = sftp_target(sshd, tmp_path / "web", "releases")
    with open_channel(target, tmp_path) as channel:
        publish(channel, toy_release(toy_site(1)), publication(tmp_path / "w", target))
        place: Any = channel
        for ask in (place.place.read, place.place.remove, place.place.prune, place.place.names):
            with pytest.raises(Unreachable):
                ask(f"x/{name}")
    assert (tmp_path / "mail" / "inbox").read_bytes() == b"letters"
    assert (tmp_path / "web" / "current" / "index.html").is_file()


@pytest.mark.parametrize(
    "change",
    [
        {"number": -5},
        {"number": 1e300},
        {"when": "\x1b]0;title\x07"},
        {"digest": "../../../../x"},
        {"nonce": "../x"},
        {"before": ["../../mail"]},
        {"commit": "--upload-pack=x"},
        {"files": [["../x", "a" * 64, 1, ""]]},
        {"files": [["x\u202ey", "a" * 64, 1, ""]]},
        {"files": [["x", "../../x", 1, ""]]},
        {"files": [["x", "a" * 64, -1, ""]]},
        {"files": [["x", "a" * 64, 1, "no-store\r\nSet-Cookie: x"]]},
        {"gone": [[["a//b", "a" * 64, 1, ""], 0]]},
        {"gone": [[["a", "a" * 64, 1, ""], 1e300]]},
        {"tags": {"x": "\x1b[2J"}},
    ],
    ids=json.dumps,
)
def test_15_a_record_out_of_range_counts_as_none(change: dict[str, Any]) -> None:
    record = {
        "format": "stopjihad-published/1",
        "campaign": "toy",
        "number": 1,
        "digest": "b" * 64,
        "when": "2026-11-30T12:00:00Z",
        "files": [["index.html", "a" * 64, 1, ""]],
    }
    assert decode_published(json.dumps(record).encode()) is not None
    assert decode_published(json.dumps(record | change).encode()) is None


@pytest.mark.parametrize("layout", ["releases", "plain"])
def test_15_what_macos_leaves_on_a_stick_stops_nothing(layout: str, tmp_path: Path) -> None:
    case = folder_case(tmp_path / "web", layout)
    asked = publication(tmp_path, case.target)
    for version in (1, 2):
        publish(case.channel(), toy_release(toy_site(version)), asked)
        for record in list((tmp_path / "web" / STATE).rglob("*.json")):
            write(record.with_name(f"._{record.name}"), b"\0\5\x16\7")
    publish(case.channel(), toy_release(toy_site(3)), asked)
    assert len(case.channel().history()) == 2
    assert case.seen().items() >= contents(toy_release(toy_site(3))).items()


def test_what_somebody_puts_beside_what_is_kept_stays(tmp_path: Path) -> None:
    case = folder_case(tmp_path / "web", "plain")
    asked = publication(tmp_path, case.target)
    publish(case.channel(), toy_release(toy_site(1)), asked)
    theirs = [tmp_path / "web" / STATE / name for name in ("kept/notes.txt", "releases/mine.json")]
    for path in theirs:
        write(path, b"theirs")
    for version in (2, 3, 4, 5, 6, 7):
        publish(case.channel(), toy_release(toy_site(version)), asked)
    assert [path.read_bytes() for path in theirs] == [b"theirs"] * 2
    assert len(case.channel().history()) == case.target.kept_releases


@pytest.mark.parametrize("layout", ["releases", "plain"])
def test_17_a_full_target_does_not_lock_its_own_publisher_out(layout: str, tmp_path: Path) -> None:
    """Full from each request on, twice, then room again: the third publication goes on."""

    class Full(Mortal):
        room = 0

        def __getattr__(self, name):
            if name in ("create", "replace", "lead") and len(self.requests) >= self.room:
                raise Unreachable("No space left on device")
            return super().__getattr__(name)

    count = Mortal(folder_case(tmp_path / "count", layout).place)
    first = folder_case(tmp_path / "count", layout)
    publish(first.channel(count), toy_release(toy_site(1)), publication(tmp_path, first.target))
    for room in range(0, len(count.requests), 4):
        case = folder_case(tmp_path / f"web-{room}", layout)
        asked = publication(tmp_path / f"root-{room}", case.target)
        for room_now in (room, 0):
            full = Full(case.place)
            full.room = room_now
            with contextlib.suppress(ProblemsFound):  # what only removes needs no room
                publish(case.channel(full), toy_release(toy_site(1)), asked)
        publish(case.channel(), toy_release(toy_site(1)), asked)
        assert case.seen() == contents(toy_release(toy_site(1)))


@pytest.mark.parametrize(
    "words", ["\x1b]0;owned\x07", "0001-0123abcd\x1b[2J", "0001-0123abcd\u202e", "\x9d8;;x\x9c"]
)
def test_19_nothing_that_a_lease_says_reaches_the_terminal_raw(words: str, tmp_path: Path) -> None:
    case = folder_case(tmp_path / "web", "plain")
    soon = {"renewed": FUTURE, "since": FUTURE}
    write(tmp_path / "web" / STATE / "lease.json", lease_of(words, **soon))
    there = find(case.place, STATE)
    assert there == NOBODY
    publish(case.channel(), toy_release(toy_site(1)), publication(tmp_path, case.target))


def test_19_texts_of_a_target_lose_what_a_terminal_carries_out() -> None:
    for text in ("\x1b]0;owned\x07night", "\x1b[2Jnight", "\x9d8;;x\x9cnight", "\x1bPq\x1b\\night"):
        assert plain(text) == "night"
    assert plain("desk\u202e \u2066x\n\ud800") == "desk   x  "
    assert plain("می\u200cخواهم") == "می\u200cخواهم"


def test_paths_are_judged_by_one_function() -> None:
    for path in ("a", "en/index.html", ".well-known/x", "..a/b", "é/ü"):
        assert is_inside(path), path
    for path in ("", "/a", "a/", "a//b", "./a", "a/..", "../a", "a\\b", "c:/x", "a\n", "a\u202eb"):
        assert not is_inside(path), path
    assert not is_inside("a" * 2_000)


def _change(data: bytes, other: bytes) -> bytes:
    return data.replace(b"a", b"b").replace(b"1", b"9")


def _older(data: bytes, other: bytes) -> bytes:
    return data.replace(b"2025", b"2001")


def _future(data: bytes, other: bytes) -> bytes:
    return data.replace(b"2025", b"2099").replace(b'"renewed":0', b'"renewed":1e300')


CONTENTS: dict[str, Callable[[bytes, bytes], bytes]] = {
    "changed": _change,
    "cut": lambda data, _: data[: len(data) // 2],
    "another campaign's": lambda _, other: other,
    "older": _older,
    "future": _future,
    "10 MB": lambda _, __: b'{"x":' + b"[" * 10_000_000,
    "not UTF-8": lambda data, _: b"\xff\xfe" + data[2:],
}
KINDS = ("link to a file", "link to a folder", "FIFO")
PLACES = ("lease.json", "published.json", "releases", "kept", "rooms")


def plant(place: Path, how: str, outside: Path, other: bytes) -> None:
    """Put something odd in a place."""
    if how in CONTENTS:
        if place.is_dir():
            for inner in sorted(place.iterdir())[:3]:
                if inner.is_file():
                    write(inner, CONTENTS[how](inner.read_bytes(), other))
            return
        data = place.read_bytes() if place.exists() else lease_of("0001-0123abcd")
        write(place, CONTENTS[how](data, other))
        return
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    if how == "FIFO":
        os.mkfifo(place)
    else:
        place.symlink_to(outside / "folder" if how.endswith("folder") else outside / "letter.txt")


def matrix() -> list[tuple[str, str, str]]:
    return list(itertools.product(("releases", "plain"), PLACES, (*CONTENTS, *KINDS)))


@pytest.mark.parametrize("layout", ["releases", "plain"])
def test_whatever_lies_where_publishing_remembers_nothing_outside_changes(
    layout: str, tmp_path: Path
) -> None:
    """Each odd thing in each place, then a plan, a list, a publication and a way back."""
    dice = random.Random(layout)
    first = tmp_path / "first"
    write(first / "outside" / "letter.txt", b"private")
    write(first / "outside" / "folder" / "inner.txt", b"private, too")
    before = files_below(first / "outside", "")
    base = folder_case(first / "web", layout)
    for version in (1, 2):
        site = toy_release(toy_site(version, pages=1))
        publish(base.channel(), site, publication(first / "work", base.target))
    other = folder_case(first / "other", "plain")
    stranger = toy_release(toy_site(9), campaign="stranger")
    publish(other.channel(), stranger, publication(first / "them", other.target))
    theirs = (first / "other" / STATE / "published.json").read_bytes()
    new = toy_release(toy_site(3, pages=1))
    for number, (_, place, how) in enumerate(row for row in matrix() if row[0] == layout):
        root = tmp_path / str(number)
        shutil.copytree(first, root, symlinks=True)
        outside = root / "outside"
        case = folder_case(root / "web", layout)
        asked = publication(root / "work", case.target)
        plant(root / "web" / STATE / place, how, outside, theirs)
        steps: list[Callable[[], object]] = [
            lambda case=case, new=new, asked=asked: changes(case.channel(), new, asked),
            lambda case=case: case.channel().history(),
            lambda case=case, new=new, asked=asked: publish(case.channel(), new, asked),
            lambda case=case, asked=asked: roll_back(case.channel(), asked),
        ]
        dice.shuffle(steps)
        for step in steps:
            try:
                step()
            except (ProblemsFound, Unreachable, TargetBusy):
                continue
        assert files_below(outside, "") == before, (place, how)


@pytest.mark.parametrize("name", ["toy-live.json", "toy-live.lock"])
@pytest.mark.parametrize("how", [*CONTENTS, *KINDS])
def test_whatever_lies_where_a_workspace_remembers_its_target_stops_nothing(
    name: str, how: str, tmp_path: Path
) -> None:
    """It comes with the workspace: nothing outside changes, nothing foreign goes up."""
    write(tmp_path / "outside" / "letter.txt", b"private")
    write(tmp_path / "outside" / "folder" / "inner.txt", b"private, too")
    before = files_below(tmp_path / "outside", "")
    case = folder_case(tmp_path / "web", "plain")
    asked = publication(tmp_path / "work", case.target)
    for version in (1, 2):
        publish(case.channel(), toy_release(toy_site(version, pages=1)), asked)
    place = tmp_path / "work" / STATE / "publish" / name
    assert place.exists()
    plant(place, how, tmp_path / "outside", b'{"seen":["0001-0123abcd"]}')
    release = toy_release(toy_site(3, pages=1))
    with contextlib.suppress(ProblemsFound, Busy):
        publish(case.channel(), release, asked)
        assert case.seen().items() >= contents(release).items()
    with contextlib.suppress(ProblemsFound, Busy):
        roll_back(case.channel(), asked)
    assert files_below(tmp_path / "outside", "") == before
