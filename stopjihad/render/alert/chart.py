"""Draw how long exercises took, as a chart over time."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from stopjihad.text.xml import attribute, content

MARK = 90.0
"""Minutes within which a notice should be out."""

_WIDTH, _HEIGHT = 720, 320
_LEFT, _TOP, _BOTTOM = 56, 48, 64
_COLOURS = ("#0b6b5d", "#4f9d8f", "#a9d3ca")
"""Of the steps from draft to first approval, to second approval, to publication; they differ in
lightness, so that they can be told apart without colour."""


class DrillRow(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one exercise.

    Attributes:
        on: day and time, as written in the file.
        id: name of the notice.
        template: what happened.
        minutes: from the first step to first approval, second approval, publication; empty where
            the program practised alone.
        seconds: of machine time.
        failed: what went wrong; empty when nothing did.
    """

    on: str
    id: str
    template: str
    minutes: tuple[float, ...]
    seconds: float
    failed: str = ""


def draw_chart(rows: Sequence[DrillRow]) -> bytes:
    """Draw one bar an exercise, first ones first, with the mark of 90 minutes.

    Args:
        rows: the exercises; at most the last 24 are drawn.

    Returns:
        SVG in UTF-8, with a title and a description for people who cannot see it.
    """
    shown = rows[-24:]
    top = max((MARK, *(row.minutes[-1] for row in shown if row.minutes))) * 1.1
    room = _HEIGHT - _TOP - _BOTTOM
    step = (_WIDTH - _LEFT - 16) / max(len(shown), 1)

    def height(minutes: float) -> float:
        return room * minutes / top

    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
            'aria-labelledby="t d" font-family="sans-serif" font-size="12" fill="#14232b">'
        ),
        '<title id="t">Exercises: minutes until a notice was out</title>',
        f'<desc id="d">{content(_told(shown))}</desc>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fbfaf7"/>',
        '<text x="16" y="26" font-size="16" font-weight="700">Exercises: minutes until out</text>',
    ]
    base = _HEIGHT - _BOTTOM
    for at, row in enumerate(shown):
        x = _LEFT + at * step + step * 0.15
        before = 0.0
        for colour, minutes in zip(_COLOURS, row.minutes, strict=False):
            high = height(max(minutes - before, 0))
            y = base - height(minutes)
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{step * 0.7:.1f}" height="{high:.1f}" '
                f'fill="{colour}"/>'
            )
            before = minutes
        said = f"{row.minutes[-1]:.0f}" if row.minutes else f"{row.seconds:.0f} s"
        y = base - (height(row.minutes[-1]) if row.minutes else 0) - 5
        parts.append(f'<text x="{x:.1f}" y="{y:.1f}">{said}{" !" if row.failed else ""}</text>')
        name = attribute(row.on[5:10])
        parts.append(f'<text x="{x:.1f}" y="{base + 16}">{name}</text>')
    y = base - height(MARK)
    parts += [
        (
            f'<line x1="{_LEFT - 8}" x2="{_WIDTH - 8}" y1="{y:.1f}" y2="{y:.1f}" stroke="#14232b" '
            'stroke-dasharray="5 4"/>'
        ),
        f'<text x="16" y="{y - 4:.1f}">90</text>',
        (
            f'<text x="16" y="{_HEIGHT - 14}">Dark to light: first approval, second approval, '
            "published. Seconds: the program alone. !: something failed.</text>"
        ),
        "</svg>",
    ]
    return ("\n".join(parts) + "\n").encode()


def _told(rows: Sequence[DrillRow]) -> str:
    """Say the chart in words."""
    said = (
        f"{row.on}: {row.minutes[-1]:.0f} minutes"
        if row.minutes
        else f"{row.on}: the program alone"
        for row in rows
    )
    return "; ".join(said) or "no exercise yet"
