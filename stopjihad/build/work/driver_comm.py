"""The driver's end of a connection to a scheduler of Dask: what comes in is words and bytes.

A client of Dask makes objects of what it is sent (pickle), and that runs code: results, exceptions,
types, warnings, and whole messages marked so. ``deserializers`` of a client says nothing to most of
them. So the driver reads messages itself, with a decoder that knows no objects, and bytes that come
in are `InertBytes`, which no function that makes objects of bytes takes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import msgspec

SCHEME = "stopjihad-tls"
"""Scheme of addresses that are asked so; the other side sees an ordinary ``tls``."""

MESSAGE = 2 << 30
"""Bytes of a message at most: results of all that were ready come in one, some megabytes each."""

_HEAD = 1 << 24
"""Bytes of the list of a message's parts and of its small parts at most."""

_OPS = {
    "stream-start",
    "key-in-memory",
    "lost-data",
    "cancelled-keys",
    "task-retried",
    "task-erred",
    "restart",
    "close",
    "stream-closed",
}
"""What a scheduler may tell a driver. Not among them: events, which print, warn and call."""


class InertBytes:
    """Bytes of a stranger: nothing takes them for bytes but who asks for ``data``."""

    __slots__ = ("data",)

    def __init__(self, data: bytes | None) -> None:
        """Hold ``data``; None for what was no plain value."""
        self.data: Final = data


UNREAD = InertBytes(None)
"""Stands for what would have to be made an object of."""


def plain_message(frames: Sequence[bytes | memoryview]) -> Any:
    """Decode a message of Dask to plain values.

    Args:
        frames: of the message; later ones are named by the first.

    Returns:
        Texts, numbers, tuples and dictionaries; bytes are `InertBytes`, and an exception is a text
        that holds its name at most.

    Raises:
        ValueError: it is none.
        TypeError, AttributeError, LookupError, RecursionError: the same.
    """
    return _plain(msgspec.msgpack.decode(frames[0]), dict(enumerate(frames)))


_Frames = dict[int, bytes | memoryview]
"""Frames of a message that no value has taken: one named a thousand times would be decoded so."""


def _plain(value: Any, frames: _Frames) -> Any:
    if isinstance(value, bytes):
        return InertBytes(value)
    if isinstance(value, list):
        return tuple(_plain(item, frames) for item in value)
    if isinstance(value, msgspec.msgpack.Ext):
        return UNREAD
    return _plain_record(value, frames) if isinstance(value, dict) else value


def _plain_record(found: dict[Any, Any], frames: _Frames) -> Any:
    """Decode a dictionary, or what Dask writes as one."""
    if "__Serialized__" in found and frames:
        return _value(found["__Serialized__"], frames)
    if "__Pickled__" in found or "__Serialized__" in found:
        return UNREAD
    if "__Set__" in found:
        return _plain(found["as-list"], frames)
    if "__Enum__" in found:
        return str(found["name"])
    return _without_objects({key: _plain(item, frames) for key, item in found.items()})


def _value(place: int, frames: _Frames) -> Any:
    """Read a value that stands in frames of its own, if it is MessagePack as it came."""
    header = msgspec.msgpack.decode(frames.pop(place))
    if header.get("serializer") != "msgpack" or any(header.get("compression") or ()):
        return UNREAD
    parts = map(frames.pop, range(place + 1, place + 1 + header["num-sub-frames"]))
    return _plain(msgspec.msgpack.decode(b"".join(parts)), {})


def _without_objects(found: dict[Any, Any]) -> dict[Any, Any]:
    """Replace what a client would make an object of, or print."""
    if "exception" in found:
        found["exception"] = _name_of(found)
        found["traceback"] = None
    if "op" in found and found["op"] not in _OPS:
        return {"op": "unknown"}
    if found.get("op") == "stream-start":
        return {"op": "stream-start"}
    return found


_ENDED = "KilledWorker"
"""Name of the exception of a scheduler that gives a task up, since workers ended over it."""


def _name_of(found: Mapping[Any, Any]) -> str:
    raw = found["exception"]
    if isinstance(raw, InertBytes) and raw.data and _ENDED.encode() in raw.data:
        return _ENDED
    words = found.get("exception_text")
    return words[:500] if isinstance(words, str) else "it cannot run this program"


def has_ended(error: BaseException) -> bool:
    """Tell whether workers ended over a task, by the exception that a client raises for it."""
    return str(error) == _ENDED


async def read_plain(stream: Any) -> Any:
    """Read one message from a stream of Tornado.

    Raises:
        Exception: of the network, or because it is no message of plain values.
    """
    from distributed.comm.tcp import read_bytes_rw
    from distributed.protocol.utils import unpack_frames

    (size,) = struct.unpack("Q", await stream.read_bytes(8))
    _require(_HEAD - size)
    frames, sizes = unpack_frames(await read_bytes_rw(stream, size), partial=True)
    _require(MESSAGE - sum(sizes))
    for one in sizes:
        frames.append(await read_bytes_rw(stream, one))
    return plain_message(frames)


def _require(room: int) -> None:
    if room < 0:
        raise ValueError("a message is too large")


@cache
def register() -> None:
    """Let Dask know the scheme `SCHEME`: connections with certificates that read plain values."""
    from distributed.comm.core import CommClosedError
    from distributed.comm.registry import backends
    from distributed.comm.tcp import TLS, TLSBackend, TLSConnector

    class DriverComm(TLS):  # type: ignore[misc]
        async def read(self, deserializers: object = None) -> Any:  # noqa: ARG002 - Dask names it
            if self.stream is None:
                raise CommClosedError("closed")
            try:
                return await read_plain(self.stream)
            except Exception as error:  # noqa: BLE001 - of the network, or of the message
                self.abort()
                raise CommClosedError(type(error).__name__) from None
            except BaseException:
                self.abort()
                raise

    class DriverConnector(TLSConnector):  # type: ignore[misc]
        prefix = f"{SCHEME}://"
        comm_class = DriverComm

    class DriverBackend(TLSBackend):  # type: ignore[misc]
        _connector_class = DriverConnector

    backends[SCHEME] = DriverBackend()
