"""Draw a chart on a card: ``draw.chart_geometry`` in px, letters by our own engine."""

from __future__ import annotations

from functools import cache

from stopjihad.catalog.fonts import script_metrics
from stopjihad.catalog.layout import Bar, Plot, Sizes, Stack, TextLayer, Valign
from stopjihad.catalog.layout_values import Each, each
from stopjihad.draw.canvas import Mask, Point, Rect, View, panel, stroke
from stopjihad.draw.chart_geometry import (
    BOLD,
    PLAIN,
    THIN,
    ChartLabel,
    ChartMark,
    ChartPlan,
    ChartRoom,
    fit_chart,
)
from stopjihad.draw.job import Words
from stopjihad.draw.lines import Room, fit, width_with_ink
from stopjihad.draw.shape import GRID, shape
from stopjihad.draw.stack import Setter, StackItem, least_size

ROUND = 0.16
"""Radius of a bar's corners as a share of its thickness."""

LEADING = 1.1
"""Lines of a chart stand apart as those of a paragraph do, and a little more."""

AIR = 0.45
"""Space between rows in em at least; a box that is taller spreads them."""


class PlotStack(Stack, frozen=True, kw_only=True):
    """Stand for a chart among the stacks of a layout: its items are the colours that it uses."""

    size: Each[Sizes]


def plot_stack(layer: Plot) -> PlotStack:
    """Make the stack of a chart's colours: words, bold words, and marks in three tones."""
    plain, bold = (
        TextLayer(content="chart.row", size=layer.size, colour=layer.words, weight=weight)
        for weight in (PLAIN, BOLD)
    )
    tones = (layer.colour, layer.second, layer.quiet)
    bars = (Bar(size=("0", "0"), colour=colour) for colour in tones)
    return PlotStack(
        formats=layer.formats,
        box=layer.box,
        within=layer.within,
        valign=layer.valign,
        size=layer.size,
        items=(plain, bold, *bars),
    )


def plot_chart(stack: PlotStack, setter: Setter, rect: Rect) -> tuple[StackItem, ...]:
    """Fit a chart into its box.

    Args:
        setter: the chart, the words and the canvas.
        rect: the box, px: the stack's own, or what a logo leaves of it.

    Returns:
        Marks first, then labels, with their places; none without a chart.
    """
    title = setter.contents.get("chart.title")
    if setter.chart is None or title is None:
        return ()
    canvas = setter.canvas
    left, top, right, bottom = rect
    script = shape(title, setter.fonts, PLAIN).script

    @cache  # sizes are tried one after the other, of which each asks for the same words
    def measure(text: str, weight: int) -> float:
        return width_with_ink(shape(title._replace(text=text), setter.fonts, weight))

    smallest, largest = each(stack.size, canvas.format.name)
    sizes = least_size(smallest, script) * canvas.format.unit, largest * canvas.format.unit
    leading = script_metrics(script).leading * LEADING
    room = ChartRoom(right - left, sizes[1], leading, measure, AIR)
    plan, fits = fit_chart(setter.chart, room, bottom - top, sizes)
    valign: Valign = each(stack.valign, canvas.format.name)
    share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[valign]
    corner = left, top + max(0.0, bottom - top - plan.height) * share
    marks = [_place_mark(one, stack, corner, plan) for one in plan.marks]
    labels = [_place_label(one, stack, setter, corner, plan) for one in plan.labels]
    return tuple(one._replace(fits=fits) for one in (*marks, *labels))


_TONES = {"strong": 2, "second": 3, "quiet": 4}
"""Index of the item of each tone."""


def _place_mark(mark: ChartMark, stack: PlotStack, corner: Point, plan: ChartPlan) -> StackItem:
    spots = tuple((x + corner[0], y + corner[1]) for x, y in mark.spots)
    xs, ys = zip(*spots, strict=True)
    rect = min(xs), min(ys), max(xs), max(ys)
    item = stack.items[_TONES[mark.tone]]
    return StackItem(item, rect, mark=mark._replace(spots=spots), thick=plan.size * THIN)


def _place_label(
    label: ChartLabel, stack: PlotStack, setter: Setter, corner: Point, plan: ChartPlan
) -> StackItem:
    title = setter.contents["chart.title"]
    shaped = shape(
        Words(label.text, title.lang, title.rtl), setter.fonts, BOLD if label.bold else PLAIN
    )
    block = fit(shaped, Room(plan.width, plan.line * 2, plan.size, plan.size, 1))
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
    left = corner[0] + label.x - label.width * (1 - before if setter.canvas.rtl else before)
    top = corner[1] + label.top + (plan.line - block.height) / 2
    lefts = tuple(left - min(0, line.left) * block.size / GRID for line in block.lines)
    rect = left, top, left + label.width, top + block.height
    return StackItem(stack.items[1 if label.bold else 0], rect, block, lefts, top)


def draw_mark(mark: ChartMark, thick: float) -> Mask | None:
    """Draw a mark.

    Args:
        mark: in px of the canvas.
        thick: thickness of lines, px.
    """
    xs, ys = zip(*mark.spots, strict=True)
    x, y = int(min(xs) - thick - 2), int(min(ys) - thick - 2)
    moved = tuple((one - x, other - y) for one, other in mark.spots)
    view = View(int(max(xs) - x + thick + 4), 0, int(max(ys) - y + thick + 4))
    if mark.kind == "line":
        found = stroke(view, moved, thick)
    else:
        (left, top), (right, bottom) = moved
        tall = bottom - top
        radius = {"dot": tall / 2, "bar": tall * ROUND, "rule": tall / 2}[mark.kind]
        found = panel(view, (left, top, right, bottom), radius)
    return None if found is None else Mask(found.x + x, found.y + y, found.cover)
