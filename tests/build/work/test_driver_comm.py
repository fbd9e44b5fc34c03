"""Messages of a scheduler are plain values: nothing in them can be made an object of."""

from __future__ import annotations

import pickle
from typing import Any

import msgspec
import pytest
from distributed.protocol import dumps
from distributed.protocol.serialize import Serialize, ToPickle
from stopjihad.build.work.driver_comm import UNREAD, InertBytes, has_ended, plain_message


class Loud:
    """An object that cannot be made without being heard."""

    def __reduce__(self) -> tuple[Any, ...]:
        return pytest.fail, ("an object was made",)


def decoded(message: object, **options: Any) -> Any:
    return plain_message([bytes(frame) for frame in dumps(message, **options)])


@pytest.mark.parametrize(
    "message",
    [
        ToPickle(Loud()),
        Serialize(Loud()),
        {"status": "OK", "data": {"key": Serialize(Loud())}},
        {"status": "OK", "data": {"key": ToPickle(Loud())}},
        {"status": "OK", "data": {"key": Serialize([Loud(), b"x"])}},
        {"status": "OK", "data": {"key": Serialize({"a": Loud()})}},
    ],
)
def test_objects_are_not_read(message: object) -> None:
    found = decoded(message)
    assert found is UNREAD or found["data"]["key"] is UNREAD


def inert(value: Any) -> bool:
    """Tell whether nothing in a value is bytes, or an object but of the simplest kinds."""
    if isinstance(value, dict):
        return all(inert(part) for pair in value.items() for part in pair)
    if isinstance(value, tuple):
        return all(map(inert, value))
    return value is None or isinstance(value, str | int | float | InertBytes)


@pytest.mark.parametrize(
    "message",
    [
        {"op": "task-erred", "key": "k", "exception": pickle.dumps(1), "traceback": b"x"},
        {"op": "key-in-memory", "key": "k", "type": pickle.dumps(int)},
        ({"op": "lost-data", "key": {"deep": [b"x", {"er": (b"y",)}]}},),
        {"status": "error", "exception": Serialize(pickle.dumps(1)), "exception_text": "words"},
        {"a": {"set of": {b"x"}}},
        b"alone",
        {"n": 1.5, "t": None, "b": True},
    ],
)
def test_bytes_are_inert_wherever_they_stand(message: object) -> None:
    assert inert(decoded(message))


def test_inert_bytes_are_not_taken_for_bytes() -> None:
    for data in (InertBytes(pickle.dumps(1)), UNREAD):
        with pytest.raises(TypeError):
            pickle.loads(data)  # type: ignore[arg-type]


def test_bytes_of_an_answer_are_read() -> None:
    found = decoded(
        {"status": "OK", "data": {"key": Serialize(b"sealed")}}, serializers=["msgpack"]
    )
    assert found["data"]["key"].data == b"sealed"


@pytest.mark.parametrize("op", ["event", "error", "adjust-heartbeat-interval", "anything"])
def test_what_would_print_or_warn_is_dropped(op: str) -> None:
    assert decoded({"op": op, "topic": "print", "event": (0, "x")}) == {"op": "unknown"}
    assert decoded([{"op": "stream-start", "warning": "\x1b]0;x"}]) == ({"op": "stream-start"},)


def test_the_end_of_workers_is_known_by_its_name_alone() -> None:
    from distributed.scheduler import KilledWorker

    error = {"op": "task-erred", "key": "k", "exception": pickle.dumps(KilledWorker("k", None, 3))}
    assert has_ended(Exception(decoded(error)["exception"]))
    assert not has_ended(Exception("anything else"))


@pytest.mark.parametrize(
    "frames",
    [
        [b""],
        [b"\xc1"],
        [b"\xdd\xff\xff\xff\xff"],  # an array of four thousand million
        [b"\x91" * 100_000],
        [b"\xa3\xff\xfe\x80"],
        [msgspec.msgpack.encode({"__Serialized__": 99})],
        [msgspec.msgpack.encode({"__Serialized__": "x"})],
        [msgspec.msgpack.encode({"__Serialized__": 1}), b"\x01"],
    ],
)
def test_what_is_no_message_is_an_error(frames: list[bytes]) -> None:
    """The connection ends, and the build in one line."""
    with pytest.raises((ValueError, TypeError, AttributeError, LookupError, RecursionError)):
        plain_message(frames)


def test_what_is_compressed_is_not_read() -> None:
    """A megabyte may be a gigabyte: the driver asks for no compression."""
    header = {"serializer": "msgpack", "compression": ("zlib",), "num-sub-frames": 1}
    frames = [msgspec.msgpack.encode(one) for one in ({"__Serialized__": 1}, header, b"x")]
    assert plain_message(frames) is UNREAD


def test_a_part_of_a_message_is_read_once() -> None:
    """One list of 3,000 that was named 20,000 times took 16 s, and as much memory."""
    named = msgspec.msgpack.encode([{"__Serialized__": 1}] * 2)
    head = msgspec.msgpack.encode({"serializer": "msgpack", "num-sub-frames": 1})
    with pytest.raises(LookupError):
        plain_message([named, head, msgspec.msgpack.encode([1])])
