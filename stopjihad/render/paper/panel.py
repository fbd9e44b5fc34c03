"""Set a panel of paper: letters as large as it allows, then what may be left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from stopjihad.catalog.drawing import read_drawing
from stopjihad.catalog.paper import Panel, PaperItem
from stopjihad.draw.job import Words
from stopjihad.draw.layers import QUIET, qr_modules
from stopjihad.draw.lines import Block, Room, fit
from stopjihad.draw.pdf import Outline, PaperPart, TextBlock
from stopjihad.draw.shape import GRID, shape
from stopjihad.render.paper.said import Contents, parts_to_cut
from stopjihad.render.paper.sheet_job import MM, SheetJob
from stopjihad.view.contrast import BLACK, RGB, TEXT, WHITE, contrast, readable_on
from stopjihad.view.look import art_colours, colours_of

SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0)
"""How far towards the largest sizes the words of a panel go, tried in turn until it holds them."""

ENDLESS = 1e6
"""Height of a room that only its width bounds, points."""

BETWEEN = 0.85
"""Space between paragraphs of one text, in em."""

LEADING = 1.18
"""Distance of lines of running text, in those of a headline of the script."""

INDENT = 1.5
"""How far numbered paragraphs stand in, in em."""

BESIDE = 4.0
"""Space between a code and the words beside it, mm."""

NUMBERS = frozenset({"helpline.number", "worry.number"})
"""Words that are never parted: whoever reads half a number dials it."""

HEAVY = 700
"""Weight of headings within a text."""


class FittedItem(NamedTuple):
    """An item with the blocks of its paragraphs, and how high it is, points."""

    item: PaperItem
    blocks: tuple[Block, ...] = ()
    height: float = 0.0
    beside: tuple[FittedItem, ...] = ()
    headings: tuple[bool, ...] = ()


class PanelSetter:
    """Set one panel."""

    def __init__(self, job: SheetJob, panel: Panel, elements: list[PaperPart]) -> None:
        self.job, self.panel, self.elements = job, panel, elements
        left, top, width, height = (one * MM for one in panel.box[:4])
        page = job.layout.pages[panel.page - 1][0] * MM
        if job.rtl:
            left = page - left - width
        down, across = panel.pad[0] * MM, panel.pad[-1] * MM
        self.box = (left, top, left + width, top + height)
        self.inner = (left + across, top + down, left + width - across, top + height - down)
        self.colours = colours_of(job.look)

    @property
    def width(self) -> float:
        """Give how wide its items may be."""
        return self.inner[2] - self.inner[0]

    def fit_items(self) -> tuple[list[FittedItem], bool]:
        """Choose the largest letters with which everything has room; then what may be left out."""
        height = self.inner[3] - self.inner[1]
        contents = self.job.contents
        while True:
            for share in SHARES:
                fitted = [
                    self._fit(item, share, self.width, contents) for item in self._choose_items()
                ]
                if _height(fitted) <= height + 0.5:
                    return fitted, True
            shorter = self._without_last(contents)
            if shorter is None:
                return fitted, False
            contents = shorter

    def _choose_items(self) -> Iterator[PaperItem]:
        """Choose what has words; a heading below which nothing stands has none."""
        shown = [item for item in self.panel.items if self._is_there(item)]
        for item, below in zip(shown, (*shown[1:], PaperItem(grow=True)), strict=True):
            ends = below.grow or (below.say and below.role != "P")
            if not (item.say and item.role == "H2" and ends):
                yield item

    def _is_there(self, item: PaperItem) -> bool:
        contents = self.job.contents
        if (item.needs and item.needs not in contents) or item.unless in contents:
            return False
        if item.words:
            return item.words in contents
        if item.say:
            return bool(self.job.said[item.say].paragraphs)
        return not item.art or bool(self.job.drawing)

    def _without_last(self, contents: Contents) -> Contents | None:
        """Leave out the last paragraph that need not stay, then the last list, all of it.

        Returns:
            What is left; None where all stays.
        """
        for lists in (False, True):
            for item in self.panel.items:
                said = contents.get(item.words) if item.cut else None
                if said is None:
                    continue
                for first, stop in parts_to_cut(said, lists=lists):
                    return {**contents, item.words: said.without(first, stop)}
        return None

    def _fit(self, item: PaperItem, share: float, width: float, contents: Contents) -> FittedItem:
        if item.art:
            drawing = read_drawing(self.job.drawing)
            high = min(item.art * MM, width * drawing.height / drawing.width)
            return FittedItem(item, height=high * (0.6 + 0.4 * share))
        if item.code:
            side = item.code * MM
            room = width - side - BESIDE * MM
            beside = tuple(
                self._fit(one, share, room, contents) for one in item.beside if self._is_there(one)
            )
            return FittedItem(item, height=max(side, _height(beside)), beside=beside)
        if item.rule or item.grow:
            return FittedItem(item, height=item.rule)
        said = self.job.said[item.say] if item.say else contents[item.words]
        least, most = item.size[0], item.size[-1]
        size = round((least + (most - least) * share) * 2) / 2
        headings = said.headings or (False,) * len(said.paragraphs)
        heavy = msgspec.structs.replace(item, weight=HEAVY)
        blocks = tuple(
            self._set(heavy if heading else item, words, size, width)
            for words, heading in zip(said.paragraphs, headings, strict=True)
        )
        gaps = BETWEEN * size * (len(blocks) - 1)
        height = sum(block.height for block in blocks) + gaps
        return FittedItem(item, blocks, height, headings=headings)

    def _set(self, item: PaperItem, words: Words, size: float, width: float) -> Block:
        """Set a paragraph; headings and numbers get smaller for what is too long for a line."""
        shaped = shape(words, self.job.fonts, item.weight)
        heading = item.role != "P"
        room = width - (INDENT * size if item.count else 0)
        whole = heading or item.words in NUMBERS
        least = min(item.size[0], size) if whole else size
        leading = 1.0 if heading else LEADING
        even = heading or item.align != "start"
        return fit(shaped, Room(room, ENDLESS, least, size, 999, leading, even))

    def draw(self, fitted: Sequence[FittedItem]) -> Iterator[Outline | TextBlock]:
        """Draw the panel: its ground, then its items from the top down."""
        ground = self._ground()
        if self.panel.ground != "white":
            yield _rectangle(self._extend_box(), ground)
        left, top, right, bottom = self.inner
        growing = sum(one.item.grow for one in fitted)
        spare = max(0.0, bottom - top - _height(fitted))
        for at, one in enumerate(fitted):
            top += one.item.gap * MM if at else 0.0
            yield from self._draw_item(one, (left, top, right), ground)
            top += one.height + (spare / growing if one.item.grow else 0.0)

    def _draw_item(
        self, one: FittedItem, place: tuple[float, float, float], ground: RGB
    ) -> Iterator[Outline | TextBlock]:
        item, (left, top, right) = one.item, place
        colour = self._colour(item, ground)
        if item.art:
            yield from self._art(one, place, ground)
        elif item.code:
            yield from self._code(one, place, ground)
        elif item.rule:
            yield _rectangle((left, top, right, top + item.rule), colour)
        elif one.blocks:
            words = self.job.said[item.say] if item.say else None
            lang = words.paragraphs[0].lang if words else self.job.lang
            for number, block in enumerate(one.blocks, 1):
                top += BETWEEN * block.size if number > 1 else 0.0
                role = "H3" if one.headings[number - 1] else item.role
                element = self._element(role, lang)
                stand = INDENT * block.size if item.count else 0.0
                if item.count:
                    yield self._numeral(number, item, (left, top, right), colour, block, element)
                edges = (left, right - stand) if self.job.rtl else (left + stand, right)
                yield TextBlock(block, self._lefts(block, edges, item), top, colour, element)
                top += block.height

    def _numeral(
        self,
        number: int,
        item: PaperItem,
        place: tuple[float, float, float],
        colour: RGB,
        beside: Block,
        element: int,
    ) -> TextBlock:
        """Set the number of a paragraph at its start, on its first line."""
        left, top, right = place
        text = self.job.contents["numerals"].paragraphs[number - 1]
        shaped = shape(text, self.job.fonts, 700)
        block = fit(shaped, Room(INDENT * beside.size, ENDLESS, 1, beside.size, 1))
        down = top + beside.baselines[0] - block.baselines[0]
        return TextBlock(block, self._lefts(block, (left, right), item), down, colour, element)

    def _lefts(
        self, block: Block, edges: tuple[float, float], item: PaperItem
    ) -> tuple[float, ...]:
        left, right = edges
        widths = [line.width * block.size / GRID for line in block.lines]
        if item.align == "middle":
            return tuple(left + (right - left - width) / 2 for width in widths)
        return tuple(right - width if self.job.rtl else left for width in widths)

    def _element(self, role: str, lang: str, alt: str = "") -> int:
        self.elements.append(PaperPart(role, lang, alt))
        return len(self.elements) - 1

    def _code(
        self, one: FittedItem, place: tuple[float, float, float], ground: RGB
    ) -> Iterator[Outline | TextBlock]:
        left, top, right = place
        side = one.item.code * MM
        start = right - side if self.job.rtl else left
        if ground != WHITE:
            yield _rectangle((start, top, start + side, top + side), WHITE)
        # On white paper the quiet space is there already: the code begins at the edge of the text.
        grid = qr_modules(self.job.link)
        quiet = QUIET if ground != WHITE else 0
        cell = side / (grid.shape[0] + 2 * quiet)
        alt = self._element("Figure", self.job.lang, self.job.link)
        squares = []
        for row, line in enumerate(grid.tolist()):
            column = 0
            while column < len(line):
                stop = column
                while stop < len(line) and line[stop]:
                    stop += 1
                if stop > column:
                    x, y = start + (quiet + column) * cell, top + (quiet + row) * cell
                    squares.append(_corners((x, y, x + (stop - column) * cell, y + cell)))
                column = stop + 1
        yield Outline(tuple(squares), BLACK, element=alt)
        gap = side + BESIDE * MM
        edges = (left, right - gap) if self.job.rtl else (left + gap, right)
        down = top + max(0.0, (one.height - _height(one.beside)) / 2)
        for at, inner in enumerate(one.beside):
            down += inner.item.gap * MM if at else 0.0
            yield from self._draw_item(inner, (edges[0], down, edges[1]), ground)
            down += inner.height

    def _art(
        self, one: FittedItem, place: tuple[float, float, float], ground: RGB
    ) -> Iterator[Outline]:
        """Draw the drawing of the talking point: its words say the same, so it is not read."""
        drawing = read_drawing(self.job.drawing)
        scale = one.height / drawing.height
        left, top, right = place
        spare = right - left - drawing.width * scale
        start = left + (spare / 2 if one.item.align == "middle" else spare * (not self.job.rtl))
        names = art_colours(self.job.look, (ground,))
        for shape_ in drawing.shapes:
            paths = tuple(
                tuple(
                    (start + (drawing.width - x if self.job.rtl else x) * scale, top + y * scale)
                    for x, y in path
                )
                for path in shape_.paths
            )
            colour = _mix(names[f"art.{shape_.colour}"], ground, shape_.percent)
            yield Outline(paths, colour, shape_.width * scale)

    def _ground(self) -> RGB:
        return WHITE if self.panel.ground == "white" else self.colours[self.panel.ground]

    def _colour(self, item: PaperItem, ground: RGB) -> RGB:
        """Choose the colour of letters: the design's where it can be read, in grey, too."""
        names = {
            "white": ("ink", "theme"),
            "field": ("words", "mark"),
            "panel": ("panelwords", "panelwords"),
        }[self.panel.ground]
        wanted = self.colours[names[item.colour == "mark"]]
        if min(contrast(wanted, ground), contrast(grey(wanted), grey(ground))) >= TEXT:
            return wanted
        return readable_on(grey(ground), BLACK, WHITE)

    def _extend_box(self) -> tuple[float, float, float, float]:
        """Let the ground of a panel at the edge of its page go beyond it, where it is cut."""
        bleed = max((sheet.bleed for sheet in self.job.layout.sheets), default=0.0) * MM
        width, height = (one * MM for one in self.job.layout.pages[self.panel.page - 1][:2])
        left, top, right, bottom = self.box
        return (
            left - bleed * (left < 0.1),
            top - bleed * (top < 0.1),
            right + bleed * (right > width - 0.1),
            bottom + bleed * (bottom > height - 0.1),
        )


def grey(colour: RGB) -> RGB:
    """Give a colour as a printer without colours does (luma of ITU-R BT.601)."""
    red, green, blue = colour
    value = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return value, value, value


def _mix(colour: RGB, ground: RGB, percent: int) -> RGB:
    red, green, blue = (
        round(one * percent / 100 + other * (100 - percent) / 100)
        for one, other in zip(colour, ground, strict=True)
    )
    return red, green, blue


def _height(fitted: Sequence[FittedItem]) -> float:
    gaps = sum(one.item.gap * MM for one in fitted[1:])
    return gaps + sum(one.height for one in fitted)


def _corners(box: tuple[float, float, float, float]) -> tuple[tuple[float, float], ...]:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _rectangle(box: tuple[float, float, float, float], colour: RGB) -> Outline:
    return Outline((_corners(box),), colour)
