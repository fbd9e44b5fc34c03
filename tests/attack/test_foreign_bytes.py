"""What comes back from a worker, a cache, a store or our own folder, in nine ways of being wrong.

Each is read as a build reads it, with a pipe in its place, too, which would never end. What is not
ours is not there, or is no answer: then it is made anew. A tenth way, right bytes, is believed.
"""

from __future__ import annotations

import os
import pickle
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from stopjihad.build.check import parallel
from stopjihad.build.tree.manifest import MadeFile
from stopjihad.build.work.answers import TaskFailed, WrongAnswer, answer_to, harmless, result_in
from stopjihad.build.work.batch import Batch, outcomes_fault, run_batch
from stopjihad.build.work.shared_plan import recall_plan, remember_plan
from stopjihad.disk import newest
from stopjihad.disk.cache import key_of
from stopjihad.disk.pack import Pack
from stopjihad.disk.store import SharedStore, Store, StoreAddress, store_address
from stopjihad.model.step import Plan
from stopjihad.problem import Problem
from stopjihad.publish.destination import Unreachable
from stopjihad.publish.git_credentials import credentials_for
from stopjihad.publish.git_home import Home
from stopjihad.publish.known_blobs import KnownBlobs

from support.toy import make_plan, texts, toy_target

SECONDS = 20
"""A read that takes longer hangs."""

RIGHT = b"what we made of it"


class Place(NamedTuple):
    """A thing that is kept: its file, those of others, and how a build reads it."""

    file: Path
    other: bytes
    older: bytes
    read: Callable[[], object]
    right: object


def own_store(folder: Path) -> Place:
    keys = [f"{digit}" * 64 for digit in "abc"]
    store = Store(folder / "store")
    files = []
    for key, data in zip(keys, (RIGHT, b"of another campaign", b"older"), strict=True):
        before = set(folder.rglob("*"))
        store.put(key, data)
        files += [path for path in set(folder.rglob("*")) - before if path.is_file()]
    first, other, older = files
    read = lambda: Store(folder / "store").get(keys[0])  # noqa: E731
    return Place(first, other.read_bytes(), older.read_bytes(), read, RIGHT)


def pack(folder: Path) -> Place:
    files = []
    for name, data in (("one", RIGHT), ("two", b"of another campaign"), ("three", b"older")):
        with Pack(folder / name) as kept:
            kept.put("a" * 64 if name == "one" else "b" * 64, data)
        files += [path for path in (folder / name).rglob("*") if path.is_file()]
    first, other, older = files

    def read() -> object:
        with Pack(folder / "one") as kept:
            return kept.get("a" * 64)

    return Place(first, other.read_bytes(), older.read_bytes(), read, RIGHT)


def address(folder: Path) -> StoreAddress:
    return store_address(str(folder / "shared"))


def shared_entry(folder: Path) -> Place:
    keys = [f"{digit}" * 64 for digit in "abc"]
    store = SharedStore(address(folder))
    for key, data in zip(keys, (RIGHT, b"of another campaign", b"older"), strict=True):
        store.put(key, data)
    first, other, older = (next((folder / "shared").rglob(key)) for key in keys)
    read = lambda: SharedStore(address(folder)).get(keys[0])  # noqa: E731
    return Place(first, other.read_bytes(), older.read_bytes(), read, RIGHT)


def shared_plan(folder: Path) -> Place:
    store, plan = SharedStore(address(folder)), make_plan(texts(2))
    places = []
    for number in range(3):
        before = set(folder.rglob("*"))
        target = toy_target(folder / "workspace", str(number))
        remember_plan(store, target, plan, (Problem(code="toy", message=f"{number}"),))
        places += [path for path in set(folder.rglob("*")) - before if path.is_file()]
    first, other, older = places
    target = toy_target(folder / "workspace", "0")

    def read() -> object:
        known = recall_plan(SharedStore(address(folder)), target)
        return known and known.warnings

    right = (Problem(code="toy", message="0"),)
    return Place(first, other.read_bytes(), older.read_bytes(), read, right)


def newest_build(folder: Path) -> Place:
    at = [str(folder / name) for name in ("tree", "other")]
    files = [Path(newest._folder(), newest._name(os.path.realpath(place))) for place in at]
    records = []
    for number, place in ((1, at[0]), (2, at[0]), (1, at[1])):
        with newest.taking_place(place, f"{number}" * 64):
            pass
        records.append(files[place == at[1]].read_bytes())
    read = lambda: newest.is_newest(at[0], "2" * 64) or None  # noqa: E731
    return Place(files[0], records[2], records[0], read, right=True)


def known_blobs(folder: Path) -> Place:
    names, made = (b"1" * 40, b"2" * 40), []
    for where, known in (("one", names), ("older", names[:1]), ("other", ())):
        kept = KnownBlobs(Home(str(folder / where)))
        for name in (*known, b"3" * 40):
            kept.put(name, "a" * 64, 9)
        kept.keep()
        made.append(folder / where / "blobs")
    read = lambda: KnownBlobs(Home(str(folder / "one"))).get(names[1])  # noqa: E731
    other, older = made[2].read_bytes(), made[1].read_bytes()
    return Place(made[0], other, older, read, MadeFile("a" * 64, 9))


PLACES = (own_store, pack, shared_entry, shared_plan, newest_build, known_blobs)


def change(place: Place) -> None:
    data = bytearray(place.file.read_bytes())
    data[-1] ^= 1
    place.file.write_bytes(data)


def cut(place: Place) -> None:
    data = place.file.read_bytes()
    place.file.write_bytes(data[: len(data) // 2])


def replace(data: bytes, place: Place) -> None:
    place.file.write_bytes(data)


def link(place: Place) -> None:
    secret = place.file.with_name("secret")
    secret.write_bytes(b"a secret of this user, in no workspace, " * 9)
    place.file.unlink()
    place.file.symlink_to(secret)


def pipe(place: Place) -> None:
    place.file.unlink()
    os.mkfifo(place.file)


WAYS: dict[str, Callable[[Place], None]] = {
    "changed": change,
    "cut": cut,
    "another campaign's": lambda place: replace(place.other, place),
    "older": lambda place: replace(place.older, place),
    "future": lambda place: replace(b"stopjihad-pack/999" + place.file.read_bytes(), place),
    "link": link,
    "FIFO": pipe,
    "10 MB": lambda place: replace(bytes(10_000_000), place),
    "not UTF-8": lambda place: replace(b"\xff\xfe\x80" * 99, place),
}


def in_time(read: Callable[[], object]) -> object:
    """Read beside the test: a read that never ends fails it, and ends with the process."""
    found: list[object] = []
    other = threading.Thread(target=lambda: found.append(read()), daemon=True)
    other.start()
    other.join(SECONDS)
    assert found, "it hangs, or raises"
    return found[0]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", PLACES)
def test_what_is_not_ours_is_not_there(
    kind: Callable[[Path], Place], way: str, tmp_path: Path
) -> None:
    place = kind(tmp_path)
    assert place.read() == place.right
    WAYS[way](place)
    assert in_time(place.read) is None


@pytest.mark.parametrize("way", WAYS)
def test_hosts_that_somebody_wrote_badly_name_no_other_host(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("STOPJIHAD_GIT_HOST", raising=False)
    file = tmp_path / "stopjihad/git-hosts"
    file.parent.mkdir()
    file.write_bytes(b"git.example\n")
    WAYS[way](Place(file, b"git.other\n", b"git.older\n", file.read_bytes, None))

    def asked() -> str:
        with pytest.raises(Unreachable) as refused:
            credentials_for("https://evil.example/x.git")
        return str(refused.value)

    assert "you have not named evil.example" in str(in_time(asked))


def batch(**changes: str) -> Batch:
    plan: Plan = make_plan(texts(2, **changes))
    keys = tuple("0" * 64 for _ in plan.steps)
    return Batch("support.toy:render_batch", plan.steps, keys, plan.inputs)


def answer(secret: bytes, made: Batch) -> bytes:
    return answer_to(None, secret, pickle.dumps((run_batch, (made,))))


def sealed(secret: bytes, content: object) -> bytes:
    """Seal whatever a worker would, with the secret of a task that it was given."""
    return answer_to(None, secret, pickle.dumps((msgspec.Raw, (msgspec.msgpack.encode(content),))))


OWN, OTHER = secrets.token_bytes(32), secrets.token_bytes(32)


def wrong_answers() -> dict[str, object]:
    right = answer(OWN, batch())
    outcomes = run_batch(batch())
    first = outcomes[0]
    assert first.data
    foreign = [first._replace(data=b"<script>"), *outcomes[1:]]
    return {
        "changed": right[:-1] + bytes((right[-1] ^ 1,)),
        "cut": right[:-9],
        "another campaign's": answer(OWN, batch()._replace(steps=batch().steps[1:])),
        "older": answer(OTHER, batch()),
        "future": sealed(OWN, {"result": [], "version": 999}),
        "link": sealed(OWN, [first._replace(output="../../../etc/passwd"), *outcomes[1:]]),
        "FIFO": sealed(OWN, [*outcomes, first]),
        "10 MB": bytes(10_000_000),
        "not UTF-8": sealed(OWN, b"\xa3\xff\xfe\x80"),
        "other bytes than their digest": sealed(OWN, foreign),
        "no bytes": None,
        "empty": b"",
        "numbers": sealed(OWN, [1, 2, 3]),
        "deep": sealed(OWN, b"\x91" * 100_000),
    }


@pytest.mark.parametrize("way", wrong_answers())
def test_what_a_worker_answers_otherwise_is_no_answer(way: str) -> None:
    sent = batch()
    try:
        outcomes = result_in(wrong_answers()[way], OWN, run_batch)
    except (WrongAnswer, TaskFailed) as error:
        assert str(error).isprintable()  # noqa: PT017 - one line, for a terminal
    else:
        assert outcomes_fault(sent, outcomes)


def test_a_right_answer_is_taken() -> None:
    outcomes = result_in(answer(OWN, batch()), OWN, run_batch)
    assert outcomes == run_batch(batch())
    assert outcomes_fault(batch(), outcomes) == ""


@pytest.mark.parametrize("path", ["/dev/stdin", "../../.ssh/id_ed25519", "C:\\\\keys", "x" * 9999])
def test_a_worker_names_no_file_of_ours(path: str) -> None:
    """The line of a file is shown below a problem: not that of a key or of a device."""
    found = harmless(Problem(path=path, line=1, column=1, code="toy", message="m" * 9999))
    assert (found.path, found.line, found.column) == ("", 0, 0)
    assert len(str(found)) < 2000
    inside = Problem(path="campaigns/a/campaign.yaml", line=1, column=1, code="toy", message="m")
    assert harmless(inside) == inside


FINDING, TEXT = f"rules-{'a' * 64}", f"points-{'a' * 64}"


def test_a_worker_says_nothing_of_what_files_hold() -> None:
    """Its findings are kept with what was parsed, under keys that name their kind."""
    record = {FINDING: b"{}", TEXT: b"{}", "a" * 64: b"{}", f"rules-{'a' * 63}": b"{}"}
    assert parallel._only_findings(record) == {FINDING: b"{}"}
    assert key_of(("points", "a.md", "1")).startswith("points-")
