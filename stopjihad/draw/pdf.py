"""Write a document for paper: text that stays text, read in order, by eyes, voices and programs.

Pages are plain data in points (1/72 inch) from their upper left corner. A sheet may show a page
several times, larger, or in part: a wallet card eight times, a poster on two sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from stopjihad.draw.encoder import About, open_document, save_document
from stopjihad.draw.lines import Block
from stopjihad.draw.pdf_font import SILENT, FontCodes, WrittenGlyph, written_glyphs
from stopjihad.draw.shape import GRID, Typeface
from stopjihad.view.contrast import RGB

Rect = tuple[float, float, float, float]
"""Left, top, right and bottom in points."""


CLOSE = 0.6
"""Thousandths of an em that nobody sees between letters: a 200th of a mm at 24 points."""


class PaperPart(NamedTuple):
    """A part of what is read, in its order.

    Attributes:
        role: of ISO 32000-1, 14.8.4: ``H1``, ``P`` …
        lang: BCP 47 tag.
        alt: what stands for a picture; empty for words.
    """

    role: str
    lang: str
    alt: str = ""


class Outline(NamedTuple):
    """Shapes of one colour; ``width`` is the thickness of their line, 0 where they are filled."""

    paths: tuple[tuple[tuple[float, float], ...], ...]
    colour: RGB
    width: float = 0.0
    dashed: bool = False
    element: int = -1


class TextBlock(NamedTuple):
    """Words at their place: ``element`` is the part that they belong to; -1 for what is not read.

    ``lefts`` is where the pen starts on each line of the block.
    """

    block: Block
    lefts: tuple[float, ...]
    top: float
    colour: RGB
    element: int = -1


class PaperPage(NamedTuple):
    """A page: its size in points, and what is drawn on it, the last on top."""

    width: float
    height: float
    marks: tuple[Outline | TextBlock, ...]


class PlacedPage(NamedTuple):
    """Show a page on a sheet: how large, where its corner is, and what is seen of it there."""

    page: PaperPage
    left: float = 0.0
    top: float = 0.0
    scale: float = 1.0
    seen: Rect | None = None


class PrintSheet(NamedTuple):
    """A sheet of paper in points; ``bleed`` is what is cut off around it.

    ``marks`` are lines to cut, fold and glue.
    """

    width: float
    height: float
    places: tuple[PlacedPage, ...]
    bleed: float = 0.0
    marks: tuple[Outline, ...] = ()


def write_paper(sheets: Sequence[PrintSheet], elements: Sequence[PaperPart], about: About) -> bytes:
    """Write a document.

    Args:
        sheets: what they show is read where it is seen first.
        elements: in the order in which they are read, whatever their place on the sheets.

    Returns:
        A PDF, the same bytes for the same input and libraries; there is no date in it.
    """
    pdf = open_document(about)
    fonts: dict[Typeface, FontCodes] = {}
    structure = _Structure(pdf, elements)
    written = []
    for number, sheet in enumerate(sheets):
        box = (sheet.width + 2 * sheet.bleed, sheet.height + 2 * sheet.bleed)
        page = pdf.add_blank_page(page_size=box)
        structure.begin(page.obj, number)
        content = _SheetContent(sheet, fonts, structure)
        written.append((page, b"\n".join(content.lines())))
        structure.end()
    _finish(pdf, written, fonts, [sheet.bleed for sheet in sheets])
    structure.write(about)
    return save_document(pdf)


def _finish(pdf: Any, written: list[Any], fonts: dict[Typeface, FontCodes], bleeds: Any) -> None:
    """Give the pages their content, their fonts and their edges."""
    from pikepdf import Array, Dictionary, Name, Stream

    embedded = Dictionary()
    for number, codes in enumerate(fonts.values()):
        embedded[f"/F{number}"] = codes.write(pdf)
    resources = pdf.make_indirect(Dictionary(Font=embedded))
    for (page, content), bleed in zip(written, bleeds, strict=True):
        page.obj.Contents = Stream(pdf, content)
        page.obj.Resources = resources
        page.obj.Tabs = Name.S
        if bleed:
            _, _, right, top = page.obj.MediaBox
            page.obj.TrimBox = Array([bleed, bleed, float(right) - bleed, float(top) - bleed])
            page.obj.BleedBox = page.obj.MediaBox


class _Structure:
    """The parts of a document as they are found on its sheets."""

    def __init__(self, pdf: Any, elements: Sequence[PaperPart]) -> None:
        self.pdf, self.elements = pdf, elements
        self.found: dict[int, list[tuple[Any, int]]] = {}
        self.texts: dict[int, str] = {}
        self.seen: set[tuple[int, int]] = set()
        self.parents: list[list[int]] = []
        self.page: Any = None

    def begin(self, page: Any, number: int) -> None:
        """Begin a sheet."""
        self.page = page
        page.StructParents = number
        self.parents.append([])

    def end(self) -> None:
        """End a sheet."""
        self.page = None

    def mark(self, element: int) -> int:
        """Count something marked on the sheet that belongs to an element."""
        number = len(self.parents[-1])
        self.parents[-1].append(element)
        self.found.setdefault(element, []).append((self.page, number))
        return number

    def say(self, element: int, block: Block) -> None:
        """Remember the words of an element; a number stands before its paragraph."""
        said = "".join(char for char in block.shaped.text if ord(char) not in SILENT)
        known = self.texts.get(element, "")
        if said not in known:
            self.texts[element] = f"{known} {said}".strip()

    def write(self, about: About) -> None:
        """Write the tree: a document with its parts in reading order."""
        from pikepdf import Array, Dictionary, Name, String

        tree = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        whole = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
        made: dict[int, Any] = {}
        for number, element in enumerate(self.elements):
            marked = self.found.get(number)
            if not marked:
                continue
            page = marked[0][0]
            kids = [
                at if where is page else Dictionary(Type=Name.MCR, Pg=where, MCID=at)
                for where, at in marked
            ]
            part = Dictionary(
                Type=Name.StructElem,
                S=Name("/" + element.role),
                P=whole,
                Pg=page,
                K=Array(kids),
                Lang=String(element.lang),
                A=Dictionary(O=Name.Layout, WritingMode=Name.RlTb if about.rtl else Name.LrTb),
            )
            if about.rtl and number in self.texts:
                # Glyphs stand from left to right: who reads the tree needs the words in order.
                part.ActualText = String(self.texts[number])
            if element.alt:
                part.Alt = String(element.alt)
            made[number] = self.pdf.make_indirect(part)
        whole.K = Array(list(made.values()))
        tree.K = whole
        numbers = Array()
        for page_number, own in enumerate(self.parents):
            numbers.append(page_number)
            numbers.append(self.pdf.make_indirect(Array([made[one] for one in own])))
        tree.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        tree.ParentTreeNextKey = len(self.parents)
        self.pdf.Root.StructTreeRoot = tree


class _SheetContent:
    """The operators of one sheet (ISO 32000-1, annex A)."""

    def __init__(
        self, sheet: PrintSheet, fonts: dict[Typeface, FontCodes], structure: _Structure
    ) -> None:
        self.sheet, self.fonts, self.structure = sheet, fonts, structure

    def lines(self) -> Iterator[bytes]:
        """Give the operators."""
        height, bleed = self.sheet.height, self.sheet.bleed
        for place in self.sheet.places:
            yield b"q"
            if place.seen:
                left, top, right, bottom = place.seen
                box = (left + bleed, bleed + height - bottom, right - left, bottom - top)
                yield _numbers(box) + b" re W n"
            base = bleed + height - place.top
            yield _numbers((place.scale, 0, 0, -place.scale, place.left + bleed, base)) + b" cm"
            for index, mark in enumerate(place.page.marks):
                if isinstance(mark, Outline):
                    yield from self._outline(mark, place, index)
                else:
                    yield from self._text(mark, place, index)
            yield b"Q"
        yield b"q " + _numbers((1, 0, 0, -1, bleed, bleed + height)) + b" cm"
        for mark in self.sheet.marks:
            yield from self._outline(mark, None, -1)
        yield b"Q"

    def _tag(self, element: int, key: tuple[int, int], *, seen: bool) -> bytes:
        """Mark what follows: as a part the first time that it is seen, as no content then."""
        if element < 0 or not seen or key in self.structure.seen:
            return b"/Artifact BMC"
        self.structure.seen.add(key)
        role = self.structure.elements[element].role
        return f"/{role} <</MCID {self.structure.mark(element)}>> BDC".encode()

    def _outline(self, mark: Outline, place: PlacedPage | None, index: int) -> Iterator[bytes]:
        key = (id(place.page), index) if place else (0, index)
        yield self._tag(mark.element, key, seen=True)
        yield _colour(mark.colour, line=bool(mark.width))
        if mark.width:
            dash = b" [2 2] 0 d" if mark.dashed else b" [] 0 d"
            yield _numbers((mark.width,)) + b" w 1 j 1 J" + dash
        for path in mark.paths:
            first, *rest = path
            yield _numbers(first) + b" m"
            for point in rest:
                yield _numbers(point) + b" l"
        yield b"S" if mark.width else b"f"
        yield b"EMC"

    def _text(self, mark: TextBlock, place: PlacedPage, index: int) -> Iterator[bytes]:
        block = mark.block
        if mark.element >= 0:
            self.structure.say(mark.element, block)
        for at, (line, left, baseline) in enumerate(
            zip(block.lines, mark.lefts, block.baselines, strict=True)
        ):
            y = mark.top + baseline
            glyphs = written_glyphs(block.shaped, (line.start, line.end))
            if not any(one.text for one in glyphs):
                continue
            yield self._tag(
                mark.element, (id(place.page), index * 1000 + at), seen=_is_seen(place, y)
            )
            yield b"BT " + _colour(mark.colour)
            yield from self._glyphs(glyphs, block.size, left, y)
            yield b"ET EMC"

    def _glyphs(
        self, glyphs: list[WrittenGlyph], size: float, left: float, y: float
    ) -> Iterator[bytes]:
        """Show the glyphs of a line, font by font; what the fonts do not space is spaced here."""
        scale = size / GRID
        at = 0
        while at < len(glyphs):
            first, start = glyphs[at], at
            codes = self.fonts.setdefault(first.typeface, FontCodes(first.typeface))
            shown: list[str] = []
            pen = first.x * 1000 / GRID
            while at < len(glyphs) and glyphs[at][0] == first[0] and glyphs[at].y == first.y:
                one = glyphs[at]
                gap = pen - one.x * 1000 / GRID
                if abs(gap) > CLOSE:
                    shown.append(f">{gap:.1f}<")
                shown.append(f"{codes.code(one.glyph, one.text):04x}")
                pen = one.x * 1000 / GRID + codes.width(one.glyph)
                at += 1
            assert at > start
            name = list(self.fonts).index(first.typeface)
            place = (size, 0, 0, -size, left + first.x * scale, y - first.y * scale)
            yield f"/F{name} 1 Tf ".encode() + _numbers(place) + b" Tm"
            yield f"[<{''.join(shown)}>] TJ".encode()


def _is_seen(place: PlacedPage, y: float) -> bool:
    """Tell whether the baseline of a line is in what is seen of its page."""
    if not place.seen:
        return True
    down = place.top + y * place.scale
    return place.seen[1] <= down <= place.seen[3]


def _numbers(numbers: Sequence[float]) -> bytes:
    return " ".join(f"{one:.3f}".rstrip("0").rstrip(".") for one in numbers).encode()


def _colour(colour: RGB, *, line: bool = False) -> bytes:
    """Set a colour; black and greys are told as such, so that printers take black ink alone."""
    parts = [one / 255 for one in colour]
    if len(set(colour)) == 1:
        return _numbers(parts[:1]) + (b" G" if line else b" g")
    return _numbers(parts) + (b" RG" if line else b" rg")
