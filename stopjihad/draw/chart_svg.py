"""Draw a chart as SVG for a page: classes give it colours, no script and no style of its own."""

from __future__ import annotations

from markupsafe import Markup

from stopjihad.draw.chart import Chart, say_chart
from stopjihad.draw.chart_geometry import (
    BOLD,
    ChartLabel,
    ChartMark,
    ChartRoom,
    Measure,
    place_chart,
)
from stopjihad.text.unicode.script import likely_script

WIDTH = 336.0
"""Units across: on a phone of 360 px a unit is nearly a px."""

SIZE = 15.0

LEADING = {"Arab": 1.75, "Beng": 1.6}
"""Height of a line in em where readers' own fonts, which we do not know, need more."""

NASTALIQ = 2.2

_WIDE = {"Latn": 0.58, "Cyrl": 0.63, "Arab": 0.56, "Beng": 0.72}
"""Widths of letters in em, generous means over common fonts of phones."""

_BOLD = 1.12
_PERCENT = 0.5
"""How much wider the sign is than a letter, em."""
_TONES = {"strong": "m", "second": "n", "quiet": "q"}


def chart_svg(chart: Chart, id_: str, title: str, lang: str) -> Markup:
    """Draw a chart.

    Args:
        id_: start of the ids in the picture, unique on the page.
        lang: BCP 47 tag of its words.
    """
    written = likely_script(lang)
    leading = NASTALIQ if lang.partition("-")[0] == "ur" else LEADING.get(written, 1.3)
    plan = place_chart(chart, ChartRoom(WIDTH, SIZE, leading, _measure(_WIDE.get(written, 0.6))))
    parts = [_mark(mark) for mark in plan.marks]
    parts += [_label(label, plan.line) for label in plan.labels]
    direction = Markup(' direction="rtl"') if chart.rtl else Markup()
    head = Markup(
        '<svg viewBox="0 0 {:g} {}" role="img" overflow="visible" aria-labelledby="{}-t {}-d"{}>'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>'
    ).format(
        WIDTH, _short(plan.height + 2), id_, id_, direction, id_, title, id_,
        say_chart(chart),
    )  # fmt: skip
    return head + Markup().join(parts) + Markup("</svg>")


def _measure(wide: float) -> Measure:
    def measure(text: str, weight: int) -> float:
        return (len(text) * wide + text.count("%") * _PERCENT) * (_BOLD if weight == BOLD else 1.0)

    return measure


def _mark(mark: ChartMark) -> Markup:
    tone = _TONES[mark.tone]
    if mark.kind == "line":
        points = " ".join(f"{_short(x)},{_short(y)}" for x, y in mark.spots)
        return Markup('<polyline class="c{}l" points="{}"/>').format(tone, points)
    (left, top), (right, bottom) = mark.spots
    if mark.kind == "dot":
        across, down, radius = (left + right) / 2, (top + bottom) / 2, (right - left) / 2
        shape = Markup('<circle class="c{}" cx="{}" cy="{}" r="{}"/>')
        # Whole numbers: a hundred dots are half the bytes, and half a px moves none of them.
        return shape.format(tone, round(across), round(down), round(radius))
    box = Markup('<rect class="c{}" x="{}" y="{}" width="{}" height="{}"/>')
    return box.format(tone, _short(left), _short(top), _short(right - left), _short(bottom - top))


def _label(label: ChartLabel, line: float) -> Markup:
    anchor = Markup(' text-anchor="{}"').format(label.anchor) if label.anchor != "start" else ""
    named = Markup(' class="cb"') if label.bold else ""
    y = label.top + line / 2 + SIZE * 0.35
    text = Markup('<text x="{}" y="{}"{}{}>{}</text>')
    return text.format(_short(label.x), _short(y), anchor, named, label.text)


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
