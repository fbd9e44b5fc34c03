"""Write palette PNGs whose unchanging rows were compressed once (PNG 3rd edition, RFC 1950)."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BASE = 65521
"""Largest prime below 65536, the modulus of Adler-32 (RFC 1950)."""

LEVEL = 6
"""Compression of the rows that change; 9 is a tenth smaller at twice the time."""


class Fixed(NamedTuple):
    """Hold compressed rows that every card of a ground shares."""

    data: bytes
    adler: int
    size: int


class Frame(NamedTuple):
    """Hold what surrounds the changing rows ``top`` to ``bottom``: header, palette, rows."""

    head: bytes
    above: Fixed
    below: Fixed
    top: int
    bottom: int


def frame(indices: NDArray[np.uint8], palette: bytes, top: int, bottom: int) -> Frame:
    """Compress the rows above and below the ones that change.

    Args:
        indices: palette indices, shape (height, width).
        palette: RGB triples.
        top: first row that changes.
        bottom: row after the last that changes.
    """
    height, width = indices.shape
    head = (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"sRGB", b"\0")
        + _chunk(b"PLTE", palette)
    )
    above = _fixed(indices[:top], last=False)
    below = _fixed(indices[bottom:], last=True)
    return Frame(head, above, below, top, bottom)


def write(around: Frame, rows: NDArray[np.uint8]) -> bytes:
    """Write a PNG.

    Args:
        around: everything but the changing rows.
        rows: palette indices of the changing rows.

    Returns:
        The bytes of the file; the same for the same input and zlib.
    """
    raw = _raw(rows)
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15, 9)
    data = packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH)
    adler = _joined(zlib.adler32(raw, around.above.adler), around.below.adler, around.below.size)
    body = b"".join(
        (b"\x78\xda", around.above.data, data, around.below.data, struct.pack(">I", adler))
    )
    return around.head + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _fixed(rows: NDArray[np.uint8], *, last: bool) -> Fixed:
    raw = _raw(rows)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    data = packer.compress(raw) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
    return Fixed(data, zlib.adler32(raw), len(raw))


def _raw(rows: NDArray[np.uint8]) -> bytes:
    """Put the filter byte 0 (none: best for palettes) before every row."""
    import numpy as np

    raw = np.zeros((rows.shape[0], rows.shape[1] + 1), dtype=np.uint8)
    raw[:, 1:] = rows
    return raw.tobytes()


def _chunk(name: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(data, zlib.crc32(name))
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def _joined(first: int, second: int, size: int) -> int:
    """Give the Adler-32 of two pieces from theirs and the size of the second in bytes."""
    a1, b1 = first & 0xFFFF, first >> 16
    a2, b2 = second & 0xFFFF, second >> 16
    a = (a1 + a2 - 1) % BASE
    b = (b1 + b2 + (size % BASE) * (a1 - 1)) % BASE
    return b << 16 | a
