"""All that decides a document of paper, and how long a millimetre is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stopjihad.catalog.fonts import FontBook
from stopjihad.catalog.paper import PaperLayout
from stopjihad.render.paper.said import Contents, Said
from stopjihad.view.look import Look

MM = 72 / 25.4
"""Points of a millimetre."""


class SheetJob(NamedTuple):
    """All that decides paper.

    Attributes:
        layout: the layout, with its pages.
        contents: words by name.
        said: words of the theme by their English message.
        link: where codes lead.
        look: what colours it.
        drawing: text of the SVG that shows the talking point; empty for none.
        fonts: best first.
        rtl: whether it is read from right to left.
        lang: BCP 47 tag.
    """

    layout: PaperLayout
    contents: Contents
    said: Mapping[str, Said]
    link: str
    look: Look
    drawing: str
    fonts: FontBook
    rtl: bool
    lang: str
