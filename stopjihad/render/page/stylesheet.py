"""Give the style sheet and the drawings the colours of the brand."""

from __future__ import annotations

import re

from stopjihad.render.page.palette import Palette, make_palette

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_VARIABLE = re.compile(r"var\(--([a-z-]+)\)")


def brand_stylesheet(source: str, *, accent: str, ink: str, paper: str) -> str:
    """Put the brand's colours before the style sheet and take out what only people read.

    Args:
        source: text of ``assets/site.css``.
        accent: the brand's accent, ``#rrggbb``.
        ink: the brand's text colour.
        paper: the brand's page colour.

    Returns:
        The style sheet to publish.
    """
    light = _variables(make_palette(accent, ink, paper))
    dark = _variables(make_palette(accent, ink, paper, dark=True))
    colours = (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"@media print{{:root{{color-scheme:light;{light}}}}}"
    )
    return f"{colours}{shorten(source)}\n"


def brand_drawing(source: str, palette: Palette) -> str:
    """Replace ``var(--accent)`` and the like in a drawing that stands alone.

    Args:
        source: text of an SVG file.
        palette: the colours.

    Returns:
        The SVG file to publish.

    Raises:
        KeyError: when the drawing names a colour that the palette lacks.
    """
    colours = {name.replace("_", "-"): value for name, value in palette._asdict().items()}
    return _VARIABLE.sub(lambda match: colours[match[1]], source)


def shorten(source: str) -> str:
    """Take comments and needless white space out of a style sheet.

    Strings in our style sheets hold no white space that matters, and selectors never need a space
    beside ``{ } ; , >``; spaces around ``:`` and ``+`` stay, for they can matter.

    Args:
        source: the style sheet.

    Returns:
        The same rules in fewer bytes.
    """
    text = _COMMENT.sub("", source)
    text = _AROUND.sub(r"\1", _SPACE.sub(" ", text))
    return text.replace(";}", "}").replace(": ", ":").strip()


def _variables(palette: Palette) -> str:
    return ";".join(
        f"--{name.replace('_', '-')}:{value}" for name, value in palette._asdict().items()
    )
