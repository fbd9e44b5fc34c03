"""Drawings as data: the part of SVG that pages and cards both draw, and its outlines.

A drawing is a picture of ordinary life in flat shapes. Its colours are classes, never values: the
style sheet gives them on pages, the theme and tone of a card on cards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

Point = tuple[float, float]
Path = tuple[Point, ...]

FILLS: dict[str, tuple[str, int]] = {
    "fa": ("accent", 100),
    "fs": ("sun", 100),
    "fc": ("clay", 100),
    "fl": ("leaf", 100),
    "fk": ("sky", 100),
    "fg": ("sky", 60),
    "fd": ("shade", 100),
    "fp": ("snow", 100),
    "fi": ("ink", 100),
    "fe": ("accent", 100),
    "fw": ("snow", 100),
}
"""Class of a filled shape to its colour and how much of it shows, as in ``assets/site.css``."""

STROKES: dict[str, tuple[str, float]] = {
    "st": ("ink", 4),
    "sa": ("accent", 5),
    "ss": ("sun", 6),
    "sl": ("accent", 6),
    "sd": ("edge", 4),
    "sc": ("clay", 5),
    "sp": ("snow", 4),
}
"""Class of a line to its colour and its thickness in units of the drawing."""

OUTLINED = frozenset({"fs", "fc", "fl", "fk", "fg", "fd", "fp", "fw"})
"""Classes of shapes with a line of the colour ``edge`` around them: a white cup stood unseen on a
white page. Accent and ink stand out from every ground by themselves."""

OUTLINE = 2.4
"""Thickness of that line in units of the drawing; its inner half lies under the shape."""

COLOURS = ("accent", "sun", "clay", "leaf", "sky", "shade", "snow", "ink", "edge")
"""Names of the colours of drawings."""

STEPS = 20
"""Straight pieces of a curve: at 900 px of a drawing their corners are under half a px off."""


class DrawingBroken(ValueError):
    """Say what of an SVG file is no drawing of ours."""


class Shape(NamedTuple):
    """Hold one shape: colour by name, percent shown, thickness of a line (0: filled), outlines."""

    colour: str
    percent: int
    width: float
    paths: tuple[Path, ...]


class Drawing(NamedTuple):
    """Hold a drawing; lengths in its own units, from its upper left corner."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


_TAG = re.compile(r"<(/?)([a-z]+)((?:\s+[A-Za-z-]+=\"[^\"<>]*\")*)\s*(/?)>")
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)=\"([^\"<>]*)\"")
_ATTRIBUTES = frozenset(
    {"xmlns", "viewBox", "aria-hidden", "class", "d"}
    | {"cx", "cy", "r", "rx", "ry", "x", "y", "width", "height"}
)
"""What elements of a drawing may carry: it stands in pages as it was written."""

_KNOWN = frozenset({"svg", "g", "path", "circle", "ellipse", "rect"})


@lru_cache(maxsize=256)
def read_drawing(svg: str) -> Drawing:
    """Read a drawing.

    Args:
        svg: text of the file: ``svg``, ``g``, ``path``, ``circle``, ``ellipse``, ``rect``, each
            shape with a class of ``FILLS`` or ``STROKES``, its own or its group's.

    Raises:
        DrawingBroken: anything else stands in it.
    """
    shapes: list[Shape] = []
    box: tuple[float, ...] = ()
    classes: list[str] = []
    at = 0
    text = svg.strip()
    while at < len(text):
        found = _TAG.match(text, at)
        if not found:
            raise DrawingBroken(f"{text[at : at + 20]!r} is no element of a drawing")
        closing, tag, written, alone = found.groups()
        at = found.end()
        while at < len(text) and text[at].isspace():
            at += 1
        if tag not in _KNOWN:
            raise DrawingBroken(f"<{tag}> is not drawn: use {', '.join(sorted(_KNOWN))}")
        if closing:
            classes = classes[:-1]
            continue
        values = _values(written)
        if tag == "svg":
            box = _numbers(values.get("viewBox", ""), 4)
        elif tag != "g":
            name = values.get("class") or next((one for one in reversed(classes) if one), "")
            shapes += _shapes(tag, values, name, box)
        if not alone:
            classes.append(values.get("class", "") if tag == "g" else "")
    if not box or not shapes:
        raise DrawingBroken("a drawing is one <svg> with a viewBox and shapes in it")
    return Drawing(box[2], box[3], tuple(shapes))


def _numbers(text: str, count: int) -> tuple[float, ...]:
    try:
        found = tuple(float(part) for part in text.split())
    except ValueError:
        found = ()
    if len(found) != count or not all(math.isfinite(one) and abs(one) < 1e5 for one in found):
        raise DrawingBroken(f"viewBox={text!r}: write {count} numbers")
    return found


def _values(written: str) -> dict[str, str]:
    values = dict(_ATTRIBUTE.findall(written))
    other = sorted(values.keys() - _ATTRIBUTES)
    if other:
        raise DrawingBroken(f"{other[0]}= is not drawn: use {', '.join(sorted(_ATTRIBUTES))}")
    return values


def _shapes(tag: str, values: dict[str, str], name: str, box: tuple[float, ...]) -> Iterator[Shape]:
    """Give a shape, after the line around it where its class has one."""
    if not box:
        raise DrawingBroken("the svg element has no viewBox")
    paths = tuple(tuple((x - box[0], y - box[1]) for x, y in path) for path in _paths(tag, values))
    if name in FILLS:
        if name in OUTLINED:
            yield Shape("edge", 100, OUTLINE, tuple((*path, path[0]) for path in paths))
        colour, percent = FILLS[name]
        yield Shape(colour, percent, 0, paths)
    elif name in STROKES:
        colour, width = STROKES[name]
        yield Shape(colour, 100, width, paths)
    else:
        known = ", ".join((*FILLS, *STROKES))
        raise DrawingBroken(f"the class {name!r} of <{tag}> is none of {known}")


def _paths(tag: str, values: dict[str, str]) -> tuple[Path, ...]:
    try:
        if tag == "path":
            return tuple(_Pen(values["d"]).paths())
        number = {key: float(value) for key, value in values.items() if key != "class"}
        if tag == "rect":
            return (_rectangle(number),)
        across = number["r"] if tag == "circle" else number["rx"]
        down = number["r"] if tag == "circle" else number["ry"]
        return (_ring(number["cx"], number["cy"], across, down),)
    except (KeyError, ValueError, IndexError) as error:
        raise DrawingBroken(f"<{tag}>: {error} is missing or cannot be read") from None


def _ring(x: float, y: float, across: float, down: float) -> Path:
    turns = (2 * math.pi * step / (4 * STEPS) for step in range(4 * STEPS + 1))
    return tuple((x + across * math.cos(turn), y + down * math.sin(turn)) for turn in turns)


def _rectangle(of: dict[str, float]) -> Path:
    left, top = of.get("x", 0.0), of.get("y", 0.0)
    right, bottom = left + of["width"], top + of["height"]
    radius = min(of.get("rx", 0.0), of["width"] / 2, of["height"] / 2)
    if not radius:
        return (left, top), (right, top), (right, bottom), (left, bottom), (left, top)
    corners = (
        (right - radius, top + radius, -0.25),
        (right - radius, bottom - radius, 0.0),
        (left + radius, bottom - radius, 0.25),
        (left + radius, top + radius, 0.5),
    )
    found: list[Point] = []
    for x, y, start in corners:
        for step in range(STEPS + 1):
            turn = 2 * math.pi * (start + step / (4 * STEPS))
            found.append((x + radius * math.cos(turn), y + radius * math.sin(turn)))
    return (*found, found[0])


_TOKEN = re.compile(r"[MmLlHhVvCcSsQqAaZz]|-?(?:\d+\.?\d*|\.\d+)")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}


class _Pen:
    """Follow the commands of a path (SVG 1.1, section 8.3) and leave points behind."""

    def __init__(self, text: str) -> None:
        self.tokens = _split(text)
        self.here: Point = (0.0, 0.0)
        self.start: Point = (0.0, 0.0)
        self.second: Point | None = None
        self.found: list[list[Point]] = []

    def paths(self) -> Iterator[Path]:
        """Give the outlines."""
        at, command = 0, ""
        while at < len(self.tokens):
            token = self.tokens[at]
            if isinstance(token, str):
                command, at = token, at + 1
            elif command.upper() == "M":
                command = "l" if command == "m" else "L"
            count = _COUNTS[command.upper()]
            numbers = self.tokens[at : at + count]
            if len(numbers) != count or any(isinstance(one, str) for one in numbers):
                raise ValueError(f"the path after {command!r}")
            at += count
            self._draw(command, [float(one) for one in numbers])
            if not count and at < len(self.tokens) and not isinstance(self.tokens[at], str):
                raise ValueError("a number after 'z'")
        return (tuple(path) for path in self.found if len(path) > 1)

    def _draw(self, command: str, of: list[float]) -> None:
        x, y = self.here if command.islower() else (0.0, 0.0)
        kind = command.upper()
        second, self.second = self.second, None
        if kind == "M":
            self.here = self.start = (x + of[0], y + of[1])
            self.found.append([self.here])
        elif kind == "Z":
            self._line(self.start)
        elif kind == "H":
            self._line((x + of[0], self.here[1]))
        elif kind == "V":
            self._line((self.here[0], y + of[0]))
        elif kind == "L":
            self._line((x + of[0], y + of[1]))
        elif kind == "A":
            self._arc(of, (x + of[5], y + of[6]))
        else:
            points = [(x + of[at], y + of[at + 1]) for at in range(0, len(of), 2)]
            self._curve(kind, points, second)

    def _line(self, to: Point) -> None:
        self.found[-1].append(to)
        self.here = to

    def _curve(self, kind: str, points: list[Point], second: Point | None) -> None:
        begin = self.here
        if kind == "Q":
            (cx, cy), end = points
            one = (begin[0] + (cx - begin[0]) * 2 / 3, begin[1] + (cy - begin[1]) * 2 / 3)
            two = (end[0] + (cx - end[0]) * 2 / 3, end[1] + (cy - end[1]) * 2 / 3)
        elif kind == "S":
            mirrored = second or begin
            one = (2 * begin[0] - mirrored[0], 2 * begin[1] - mirrored[1])
            two, end = points
        else:
            one, two, end = points
        for step in range(1, STEPS + 1):
            t = step / STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            self._line(
                (
                    a * begin[0] + b * one[0] + c * two[0] + d * end[0],
                    a * begin[1] + b * one[1] + c * two[1] + d * end[1],
                )
            )
        if kind != "Q":
            self.second = two

    def _arc(self, of: list[float], end: Point) -> None:
        """Draw an elliptical arc (SVG 1.1, appendix F.6.5); axes are not turned in our drawings."""
        begin, large, sweep = self.here, of[3] != 0, of[4] != 0
        across, down = abs(of[0]), abs(of[1])
        dx, dy = (begin[0] - end[0]) / 2, (begin[1] - end[1]) / 2
        if not across or not down or (not dx and not dy):
            self._line(end)
            return
        grow = math.hypot(dx / across, dy / down)
        if grow > 1:
            across, down = across * grow, down * grow
        reach = (dx / across) ** 2 + (dy / down) ** 2
        share = math.sqrt(max(0.0, 1 / reach - 1)) * (-1 if large == sweep else 1)
        x = share * across * dy / down + (begin[0] + end[0]) / 2
        y = -share * down * dx / across + (begin[1] + end[1]) / 2
        first = math.atan2((begin[1] - y) / down, (begin[0] - x) / across)
        last = math.atan2((end[1] - y) / down, (end[0] - x) / across)
        turn = (last - first) % (2 * math.pi)
        turn = turn if sweep else turn - 2 * math.pi
        pieces = max(2, math.ceil(abs(turn) / (math.pi / 2) * STEPS))
        for step in range(1, pieces):
            angle = first + turn * step / pieces
            self._line((x + across * math.cos(angle), y + down * math.sin(angle)))
        self._line(end)


def _split(text: str) -> list[str | float]:
    """Split a path into commands and numbers; flags of arcs are numbers of their own."""
    tokens: list[str | float] = []
    at, command, count = 0, "", 0
    while at < len(text):
        if text[at] in " ,\n\t":
            at += 1
            continue
        found = _TOKEN.match(text, at)
        if not found:
            raise ValueError(f"{text[at : at + 8]!r}")
        token = found[0]
        if token.isalpha():
            command, count = token, 0
            tokens.append(token)
        else:
            if command in {"A", "a"} and count % 7 in {3, 4}:
                token = token[0]
            tokens.append(float(token))
            count += 1
        at += len(token)
    if tokens and tokens[0] not in {"M", "m"}:
        raise ValueError("a path that does not begin with 'M'")
    return tokens
