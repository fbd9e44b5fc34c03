"""Write pictures as files: PNG, JPEG, and a PDF whose pages hold their very pixels.

The rows of a PNG that do not change from card to card are compressed once (PNG 3rd edition, RFC
1950); the PDF (ISO 32000-1) takes them over as they are.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from stopjihad.catalog.formats import CARD_BYTES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


BASE = 65521
"""Largest prime below 65536, the modulus of Adler-32 (RFC 1950)."""

STRIP = 24
"""Rows that are compressed together: lines of text leave strips between them untouched."""


class CompressedRows(NamedTuple):
    """Compressed rows, the Adler-32 of what they were and its size in bytes."""

    data: bytes
    adler: int
    size: int


class PngFrame(NamedTuple):
    """A picture of which the rows ``top`` to ``bottom`` may change.

    Attributes:
        head: everything before the palette.
        above: rows before ``top``.
        strips: rows from ``top`` on, ``STRIP`` at a time, as they are without change.
        below: rows from ``bottom`` on.
        top: first row that may change.
        bottom: row after the last that may change.
    """

    head: bytes
    above: CompressedRows
    strips: tuple[CompressedRows, ...]
    below: CompressedRows
    top: int
    bottom: int


def png_frame(indices: NDArray[np.uint8], top: int, bottom: int) -> PngFrame:
    """Compress a picture of which some rows may change.

    Args:
        bottom: row after the last that may change.
    """
    height, width = indices.shape
    head = (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"sRGB", b"\0")
    )
    strips = tuple(
        _compress_rows(indices[start : min(start + STRIP, bottom)])
        for start in range(top, bottom, STRIP)
    )
    below = _compress_rows(indices[bottom:], last=True)
    return PngFrame(head, _compress_rows(indices[:top]), strips, below, top, bottom)


def write_png(
    around: PngFrame, rows: NDArray[np.uint8], changed: Iterable[tuple[int, int]], palette: bytes
) -> bytes:
    """Write a PNG.

    Args:
        rows: palette indices of the rows that may change.
        changed: first and last (exclusive) row of the picture of each change.

    Returns:
        The bytes of the file; the same for the same input and zlib.
    """
    adler = around.above.adler
    parts = [b"\x78\xda", around.above.data]
    for piece in (*_pieces(around, rows, changed), around.below):
        parts.append(piece.data)
        adler = _join_checksums(adler, piece.adler, piece.size)
    body = b"".join((*parts, struct.pack(">I", adler)))
    head = around.head + _chunk(b"PLTE", palette)
    return head + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _pieces(
    around: PngFrame, rows: NDArray[np.uint8], changed: Iterable[tuple[int, int]]
) -> Iterator[CompressedRows]:
    """Give the strips as they were, and neighbours that changed compressed together."""
    dirty = set()
    for top, bottom in changed:
        first, last = max(top, around.top), min(bottom, around.bottom) - 1
        dirty |= set(range((first - around.top) // STRIP, (last - around.top) // STRIP + 1))
    for touched, group in groupby(range(len(around.strips)), dirty.__contains__):
        strips = list(group)
        if touched:
            yield _quick(rows[strips[0] * STRIP : (strips[-1] + 1) * STRIP])
        else:
            yield from (around.strips[at] for at in strips)


def _quick(rows: NDArray[np.uint8]) -> CompressedRows:
    """Compress rows by their runs alone: a quarter of the time for a tenth more bytes."""
    raw = _raw(rows)
    packer = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    return CompressedRows(
        packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH), zlib.adler32(raw), raw.nbytes
    )


def _compress_rows(rows: NDArray[np.uint8], *, last: bool = False) -> CompressedRows:
    """Compress rows as well as zlib can; a full flush lets any other piece follow."""
    raw = _raw(rows)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    data = packer.compress(raw) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
    return CompressedRows(data, zlib.adler32(raw), raw.nbytes)


def _raw(rows: NDArray[np.uint8]) -> memoryview:
    """Put the filter byte 0 (none: best for palettes) before every row."""
    import numpy as np

    raw = np.zeros((rows.shape[0], rows.shape[1] + 1), dtype=np.uint8)
    raw[:, 1:] = rows
    return raw.reshape(-1).data


def _chunk(name: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(data, zlib.crc32(name))
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def _join_checksums(first: int, second: int, size: int) -> int:
    """Give the Adler-32 of two pieces from theirs and the size of the second in bytes."""
    a1, b1 = first & 0xFFFF, first >> 16
    a2, b2 = second & 0xFFFF, second >> 16
    a = (a1 + a2 - 1) % BASE
    b = (b1 + b2 + (size % BASE) * (a1 - 1)) % BASE
    return b << 16 | a


QUALITIES = (86, 78, 70, 62, 54, 46)
"""JPEG qualities, tried in turn until the file is light enough."""


def write_jpeg(pixels: NDArray[np.uint8], most: int = CARD_BYTES, *, letters: bool = True) -> bytes:
    """Write a picture in full colour, as well as so many bytes let it be, and without metadata.

    Args:
        pixels: RGB, shape (height, width, 3).
        most: bytes; what is still heavier in the lowest quality stays so.
        letters: whether there are some, whose edges need full resolution of colour.

    Returns:
        The bytes of the file; the same for the same input and libraries.
    """
    from PIL import Image

    image = Image.fromarray(pixels)
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(
            out,
            "JPEG",
            quality=quality,
            subsampling=0 if letters else 2,
            optimize=True,
            progressive=True,
        )
        if out.tell() <= most:
            break
    return out.getvalue()


HAIR = 0.005
"""Points by which a picture ends before the edges of its page: programs that draw from one whole px
to the next (poppler) would stretch one that ends on an edge by a px."""

_CONTENT = "/Figure <</MCID 0>> BDC q {0} 0 0 {1} {2} {2} cm /Slide Do Q EMC"


class BoundPage(NamedTuple):
    """One picture, a PNG with a palette, and the words that stand for it."""

    picture: bytes
    alt: str


class About(NamedTuple):
    """What a document says of itself; ``lang`` is a BCP 47 tag, ``rtl`` that of its pages."""

    title: str
    author: str
    lang: str
    rtl: bool


class _Picture(NamedTuple):
    width: int
    height: int
    palette: bytes
    data: bytes


def document(pages: Sequence[BoundPage], about: About) -> bytes:
    """Write a PDF, a page for each picture, a px of it one point wide.

    The compressed rows of the pictures are taken over as they are: PDF reads the filters of PNG.

    Returns:
        The bytes: the same for the same input and libraries; there is no date in it. Each page is
        a figure with its alternative text.
    """
    from pikepdf import Array, Dictionary, Name

    pdf = open_document(about)
    root = pdf.Root
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
    figures = Array()
    numbers = Array()
    for index, page in enumerate(pages):
        figure = _add_page(pdf, page, index, whole)
        figures.append(figure)
        numbers.append(index)
        numbers.append(Array([figure]))
    whole.K = figures
    tree.K = whole
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(pages)
    root.StructTreeRoot = tree
    return save_document(pdf)


def open_document(about: About) -> Any:
    """Begin a PDF (pikepdf) that says what it is; there is no date in it."""
    import pikepdf
    from pikepdf import Dictionary, Name, String

    pdf = pikepdf.new()
    root = pdf.Root
    root.Lang = String(about.lang)
    root.MarkInfo = Dictionary(Marked=True)
    way = Name.R2L if about.rtl else Name.L2R
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=way)
    pdf.docinfo["/Title"] = String(about.title)
    pdf.docinfo["/Author"] = String(about.author)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = about.title
        meta["dc:creator"] = [about.author]
        meta["dc:language"] = {about.lang}
    return pdf


def save_document(pdf: Any) -> bytes:
    """Write a PDF: the same bytes for the same content and libraries."""
    import pikepdf

    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


def _add_page(pdf: Any, page: BoundPage, index: int, whole: Any) -> Any:
    """Add a page that is one figure; gives its element of the structure."""
    from pikepdf import Array, Dictionary, Name, Stream, String

    picture = _read(page.picture)
    size = (picture.width, picture.height)
    image = Stream(
        pdf,
        picture.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=8,
        ColorSpace=Array(
            [Name.Indexed, Name.DeviceRGB, len(picture.palette) // 3 - 1, String(picture.palette)]
        ),
        Filter=Name.FlateDecode,
        DecodeParms=Dictionary(Predictor=15, Colors=1, BitsPerComponent=8, Columns=picture.width),
    )
    marked = _CONTENT.format(*(side - 2 * HAIR for side in size), HAIR).encode()
    added = pdf.add_blank_page(page_size=size)
    added.obj.Contents = Stream(pdf, marked)
    added.obj.Resources = Dictionary(XObject=Dictionary(Slide=image))
    added.obj.StructParents = index
    box = Array([0, 0, *size])
    return pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Figure,
            P=whole,
            Pg=added.obj,
            K=0,
            Alt=String(page.alt),
            A=Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block),
        )
    )


def _read(png: bytes) -> _Picture:
    """Take a PNG of ours apart."""
    parts: dict[bytes, bytes] = {}
    for name, data in _chunks(png):
        parts[name] = parts.get(name, b"") + data
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    return _Picture(width, height, parts[b"PLTE"], parts[b"IDAT"])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size
