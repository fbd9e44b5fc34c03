"""Render one card: the shared ground, then the words that are its own."""

from __future__ import annotations

from stopjihad.catalog.formats import FORMATS
from stopjihad.render.card import colour as colours
from stopjihad.render.card import png
from stopjihad.render.card.content import Contents, contents, own_names
from stopjihad.render.card.ground import Ground, Hues, Key, ground, marks
from stopjihad.render.card.job import CardJob
from stopjihad.render.card.pixels import lay_indexed
from stopjihad.render.card.stack import Place, Setter, arrange

ENGINE_VERSION = "1"
"""Changes whenever the same job may give other bytes."""


def library_versions() -> tuple[tuple[str, str], ...]:
    """Name the versions of the libraries that decide the bytes of a card."""
    import zlib

    import numpy as np
    import PIL
    import uharfbuzz as hb

    return (
        ("harfbuzz", hb.version_string()),
        ("numpy", np.__version__),
        ("pillow", PIL.__version__),
        ("uharfbuzz", hb.__version__),
        ("zlib", zlib.ZLIB_RUNTIME_VERSION),
    )


def render_card(job: CardJob) -> bytes:
    """Render a card.

    Args:
        job: all that decides it. Ask ``card_problems`` first: text that cannot fit overflows.

    Returns:
        A PNG of the format's size in px; the same bytes for the same job and libraries.
    """
    words = contents(job)
    base = ground(key_of(job, words))
    around = base.frame
    rows = base.indexed.indices[around.top : around.bottom].copy()
    for place, shade in own_places(job, words, base):
        for mark in marks(place, shade):
            lay_indexed(rows, mark.mask, base.indexed.blends[mark.colour], around.top)
    return png.write(around, rows)


def key_of(job: CardJob, words: Contents) -> Key:
    """Collect what decides the shared ground of a card."""
    import msgspec

    frame = job.frame
    own = own_names(job)
    brand = {"accent": frame.accent, "ink": frame.ink, "paper": frame.paper, "white": "#ffffff"}
    return Key(
        msgspec.json.encode(job.layout, order="sorted"),
        job.format,
        frame.direction == "rtl",
        tuple((name, colours.parse(text, {})) for name, text in brand.items()),
        tuple((name, value) for name, value in sorted(words.items()) if name not in own),
        own,
        job.fonts,
        job.logo,
        job.link,
    )


def own_places(job: CardJob, words: Contents, base: Ground) -> list[tuple[Place, Hues]]:
    """Place the words of a card's own stacks, each with its colours."""
    setter = Setter(FORMATS[job.format], job.frame.direction == "rtl", words, job.fonts)
    found = []
    for stack, hues in base.stacks:
        shades = dict(zip(map(id, stack.items), hues, strict=True))
        found += [(place, shades[id(place.item)]) for place in arrange(stack, setter)]
    return found
