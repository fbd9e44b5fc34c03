"""Draw a picture without words for people who put their own over it: a field, and a drawing."""

from __future__ import annotations

from functools import lru_cache

from stopjihad.draw.drawing import put, sprite
from stopjihad.draw.encoder import png_frame, write_png
from stopjihad.draw.pixels import colour_tints
from stopjihad.view.look import Look, art_colours

WIDTH, HEIGHT = 1280, 720
"""Px; slides are of that shape."""

ART = 448
"""Height of the drawing in px: words take the other two thirds of the width."""

EDGE = 40
"""Px between the drawing and the edges."""


@lru_cache(maxsize=128)
def draw_background(svg: str, look: Look, *, mirrored: bool) -> bytes:
    """Draw it as a PNG with a palette.

    Args:
        svg: the drawing; empty for none.
        mirrored: whether words begin on the right: then the drawing is on the left.
    """
    import numpy as np

    indices = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    colours = art_colours(look, (art_colours(look, ((255, 255, 255),))["field"],))
    palette = [colours["field"]]
    if svg:
        drawn = sprite(svg, ART, mirrored=mirrored)
        left = EDGE if mirrored else WIDTH - EDGE - drawn.size[0]
        laid = put(indices, drawn, (left, HEIGHT - EDGE - ART), 1)
        if laid is not None:
            palette = colour_tints(laid.tints, colours.__getitem__, palette)
    flat = bytes(part for colour in palette for part in colour)
    return write_png(png_frame(indices, 0, 0), indices[:0], (), flat)
