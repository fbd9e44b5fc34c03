"""Draw how exercises went: minutes until an alert was out, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stopjihad.model.alert import DrillRow
from stopjihad.text.xml import content

DRILL_MARK = 90.0
"""Minutes within which an alert should be out."""

_WIDTH, _HEIGHT = 720, 320
_LEFT, _TOP, _BOTTOM = 56, 48, 64
_COLOURS = ("#0b6b5d", "#4f9d8f", "#a9d3ca")
"""Colours of the steps from draft to first approval, to second approval, to publication; they
differ in lightness, so that they can be told apart without colour."""


DRILL_TITLE = "Exercises: minutes until an alert was out"
DRILL_LEGEND = (
    "Dark to light: first approval, second approval, published. Seconds: the program alone. "
    "!: something failed."
)
DRILL_ROW = "%(day)s: %(minutes)s minutes"
DRILL_ALONE = "%(day)s: the program alone"
DRILL_NONE = "No exercise yet"

DRILL_WORDS = (DRILL_TITLE, DRILL_LEGEND, DRILL_ROW, DRILL_ALONE, DRILL_NONE)
"""What the chart says; message ids of the team's catalogue."""


def draw_drill_chart(rows: Sequence[DrillRow], words: Mapping[str, str] = {}) -> bytes:
    """Draw one bar an exercise, first ones first, with the mark of 90 minutes.

    Args:
        rows: the exercises; at most the last 24 are drawn.
        words: team words by English message; English where they are missing.

    Returns:
        SVG in UTF-8, with a title and a description for people who cannot see it.
    """
    shown = rows[-24:]
    top = max((DRILL_MARK, *(row.minutes[-1] for row in shown if row.minutes))) * 1.1
    title = content(words.get(DRILL_TITLE) or DRILL_TITLE)
    legend = content(words.get(DRILL_LEGEND) or DRILL_LEGEND)
    y = _y(DRILL_MARK, top)
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
                f'width="{_WIDTH}" role="img" aria-labelledby="drills-title drills-told" '
                'font-family="sans-serif" font-size="12" fill="#14232b" direction="ltr">'
            ),
            f'<title id="drills-title">{title}</title>',
            f'<desc id="drills-told">{content(_say_chart(shown, words))}</desc>',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fbfaf7"/>',
            f'<text x="16" y="26" font-size="16" font-weight="700">{title}</text>',
            (
                f'<line x1="{_LEFT - 8}" x2="{_WIDTH - 8}" y1="{y:.1f}" y2="{y:.1f}" '
                'stroke="#14232b" stroke-dasharray="5 4"/>'
            ),
            f'<text x="16" y="{y - 4:.1f}">90</text>',
            *_bars(shown, top),
            f'<text x="16" y="{_HEIGHT - 14}">{legend}</text>',
            "</svg>\n",
        ]
    ).encode()


def _y(minutes: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * minutes / top


def _bars(rows: Sequence[DrillRow], top: float) -> Iterator[str]:
    step = (_WIDTH - _LEFT - 16) / max(len(rows), 1)
    base = _HEIGHT - _BOTTOM
    for at, row in enumerate(rows):
        x = _LEFT + at * step + step * 0.15
        before = 0.0
        for colour, minutes in zip(_COLOURS, row.minutes, strict=False):
            high = max(_y(before, top) - _y(minutes, top), 0)
            yield (
                f'<rect x="{x:.1f}" y="{_y(minutes, top):.1f}" width="{step * 0.7:.1f}" '
                f'height="{high:.1f}" fill="{colour}"/>'
            )
            before = minutes
        said = f"{row.minutes[-1]:.0f}" if row.minutes else f"{row.seconds:.0f} s"
        y = _y(row.minutes[-1], top) - 5 if row.minutes else base - 5
        # The mark of 90 minutes may run behind it.
        halo = 'stroke="#fbfaf7" stroke-width="4" paint-order="stroke"'
        yield f'<text x="{x:.1f}" y="{y:.1f}" {halo}>{said}{" !" if row.failed else ""}</text>'
        yield f'<text x="{x:.1f}" y="{base + 16}">{content(row.on[5:10])}</text>'


def _say_chart(rows: Sequence[DrillRow], words: Mapping[str, str]) -> str:
    """Say the chart in words."""

    def say(message: str, row: DrillRow) -> str:
        minutes = f"{row.minutes[-1]:.0f}" if row.minutes else ""
        return (words.get(message) or message) % {"day": row.on[:10], "minutes": minutes}

    said = [say(DRILL_ROW if row.minutes else DRILL_ALONE, row) for row in rows]
    return "; ".join(said) or words.get(DRILL_NONE) or DRILL_NONE
