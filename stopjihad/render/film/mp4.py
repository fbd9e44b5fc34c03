"""Move the index of an MP4 file before its data, so that a film plays while it is still loading.

FFmpeg does it only in files that it can open again by name; ours are made in memory
(ISO/IEC 14496-12, section 4.2: boxes of size and type; 8.7.5: where chunks of data begin).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

HEAD = 8
"""Bytes of a box's size and type."""

INDEX = b"moov"

_HOLDERS = frozenset({INDEX, b"trak", b"mdia", b"minf", b"stbl"})
"""Boxes on the way to the places of chunks."""


def index_first(data: bytes) -> bytes:
    """Put the index after the file's type.

    Args:
        data: an MP4 file below 4 GiB whose index stands after its data.

    Returns:
        The same film, index first.

    Raises:
        ValueError: there is no index after the data.
    """
    boxes = {kind: data[start:end] for kind, start, end in boxes_of(data, 0, len(data))}
    if list(boxes)[-1:] != [INDEX]:
        raise ValueError("the index of the film is not its last box")
    index = bytearray(boxes.pop(INDEX))
    _move(index, 0, len(index), len(index))
    first, *rest = boxes.values()
    return b"".join((first, bytes(index), *rest))


def boxes_of(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Walk the boxes of a part of a file.

    Args:
        data: the file.
        start: where the first box begins.
        end: where the last one ends.

    Yields:
        Type, first byte and byte after the last of each.

    Raises:
        ValueError: a box does not fit.
    """
    while start < end:
        size, kind = struct.unpack_from(">I4s", data, start)
        if size < HEAD or start + size > end:
            raise ValueError(f"a box {kind!r} of {size} bytes does not fit")
        yield bytes(kind), start, start + size
        start += size


def _move(index: bytearray, start: int, end: int, by: int) -> None:
    """Tell every place of a chunk that it moves ``by`` bytes, in place."""
    for kind, first, last in boxes_of(index, start, end):
        if kind in _HOLDERS:
            _move(index, first + HEAD, last, by)
        elif kind == b"stco":
            (count,) = struct.unpack_from(">I", index, first + HEAD + 4)
            form, at = f">{count}I", first + HEAD + 8
            places = struct.unpack_from(form, index, at)
            struct.pack_into(form, index, at, *(place + by for place in places))
