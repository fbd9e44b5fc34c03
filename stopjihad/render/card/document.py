"""Bind pictures into one PDF whose pages hold their very pixels (ISO 32000-1)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

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

    Args:
        pages: in order.
        about: title, author, language and direction.

    Returns:
        The bytes: the same for the same input and libraries; there is no date in it. Each page is
        a figure with its alternative text.
    """
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    pdf = pikepdf.new()
    root = pdf.Root
    root.Lang = String(about.lang)
    root.MarkInfo = Dictionary(Marked=True)
    way = Name.R2L if about.rtl else Name.L2R
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=way)
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
    pdf.docinfo["/Title"] = String(about.title)
    pdf.docinfo["/Author"] = String(about.author)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = about.title
        meta["dc:creator"] = [about.author]
        meta["dc:language"] = {about.lang}
    return _saved(pdf)


def _saved(pdf: Any) -> bytes:
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
