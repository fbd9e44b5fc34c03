"""Shape a paragraph once: glyphs, their clusters, and widths that any line break can use.

Fonts are opened for it, too: one HarfBuzz font per file and weight, all on one grid.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.fonts import FontBook, FontFile, style
from stopjihad.draw.job import Words
from stopjihad.load.fonts import font_bytes

if TYPE_CHECKING:
    import uharfbuzz as hb


GRID = 8192
"""Units per em of every font here, whatever its own: positions are whole numbers on this grid."""


class Typeface(NamedTuple):
    """One family at one weight, ready to shape."""

    file: FontFile
    font: hb.Font
    covered: frozenset[int]


@lru_cache(maxsize=128)
def typefaces(
    book: FontBook, weight: int, lang: str, *, headline: bool = False
) -> tuple[Typeface, ...]:
    """Open every family of a book at a weight, best first.

    Args:
        weight: usWeightClass, 100 to 900; a family without it gives its nearest.
        lang: BCP 47 tag of the language, which may have its own.

    Returns:
        One typeface per family, in the order of the language.
    """
    families = book.families_of(lang, headline=headline)
    return tuple(_open(_nearest(book, family, weight), weight) for family in families)


def _nearest(book: FontBook, family: str, weight: int) -> FontFile:
    """Choose the variable font, or the static one nearest in weight, the bolder of two."""
    files = [font for font in book.files if font.family == family]
    return min(files, key=lambda font: (font.weight > 0, abs(font.weight - weight), -font.weight))


OPTICAL_SIZE = 24.0
"""Optical size of headlines: cards are seen at a third of their size. In that for 96, the dot of an
i is 0.038 em above its stem at weight 800, here 0.075 em at 700 (measured)."""


@lru_cache(maxsize=64)
def _open(file: FontFile, weight: int) -> Typeface:
    import uharfbuzz as hb

    font = hb.Font(_face(file))
    font.scale = (GRID, GRID)
    if file.weight == 0:
        optical = any(axis.tag == "opsz" for axis in font.face.axis_infos)
        font.set_variations({"wght": float(weight)} | ({"opsz": OPTICAL_SIZE} if optical else {}))
    return Typeface(file, font, _covered_letters(file))


@lru_cache(maxsize=64)
def _face(file: FontFile) -> hb.Face:
    import uharfbuzz as hb

    return hb.Face(hb.Blob(font_bytes(file)), file.index)


@lru_cache(maxsize=64)
def _covered_letters(file: FontFile) -> frozenset[int]:
    return frozenset(_face(file).unicodes)


@lru_cache(maxsize=65536)
def extents(typeface: Typeface, glyph: int) -> tuple[int, int, int, int]:
    """Measure the ink of a glyph.

    Returns:
        Left, bottom, right and top of the ink from the pen, in grid units; all 0 without ink.
    """
    box = typeface.font.get_glyph_extents(glyph)
    if box is None or not box.width or not box.height:
        return 0, 0, 0, 0
    bottom, top = sorted((box.y_bearing, box.y_bearing + box.height))
    return box.x_bearing, bottom, box.x_bearing + box.width, top


JOINERS = frozenset([0x200C, 0x200D, 0xFE0E, 0xFE0F])
IGNORED = JOINERS | frozenset([0xAD, 0x61C, 0x200B, 0x2060, 0xFEFF, *range(0x200E, 0x2010)])
UNSEEN = IGNORED | frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xA])
"""Characters that need no glyph: joiners, marks of direction, isolates, breaks (UAX #9, #14)."""


KEPT = 64
"""Paragraphs kept in a process, some 20 kB each: a talking point's, in every design and format."""


class Glyph(NamedTuple):
    """Place one glyph; lengths in grid units."""

    id: int
    cluster: int
    advance: int
    dx: int
    dy: int


class Run(NamedTuple):
    """The glyphs of neighbours that share font, script and level, in visual order."""

    start: int
    end: int
    level: int
    typeface: Typeface
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, eq=False, slots=True)
class ShapedParagraph:
    """A shaped paragraph; only itself is equal to it.

    Attributes:
        text: what was shaped.
        script: ISO 15924 code of most of its letters; ``Aran`` for Arabic in a Nastaliq font.
        base: embedding level of the paragraph, 0 or 1.
        levels: embedding level per character (UAX #9).
        runs: glyphs in logical order of runs.
        reach: ``reach[i]`` is the width of the first ``i`` characters in grid units.
        clusters: sorted indices at which clusters begin: a text can be cut only there.
        missing: characters that no font has.
        hyphen: width of a hyphen in grid units.
    """

    text: str
    script: str
    base: int
    levels: bytes
    runs: tuple[Run, ...]
    reach: tuple[int, ...]
    clusters: tuple[int, ...]
    missing: tuple[str, ...]
    hyphen: int


@lru_cache(maxsize=KEPT)
def shape(words: Words, book: FontBook, weight: int, *, headline: bool = False) -> ShapedParagraph:
    """Shape a paragraph; kept for the other formats and designs of the same talking point.

    Args:
        words: one paragraph; fonts have forms of their own for some languages.

    Returns:
        The glyphs and their widths in grid units (``GRID`` per em).
    """
    from stopjihad.text.unicode.bidi import levels as bidi_levels
    from stopjihad.text.unicode.script import likely_script

    text, lang, rtl = words
    base, levels = bidi_levels(text, 1 if rtl else 0)
    scripts, main = _scripts(text)
    # A font for the letters of a language is not for Latin words and bare numbers in it.
    faces = typefaces(book, weight, lang if main == likely_script(lang) else "", headline=headline)
    own, chosen, missing = _fonts(text, scripts, main, faces)
    widths = [0] * len(text)
    clusters: set[int] = set()
    runs = []
    for start, end in _stretches(levels, scripts, chosen):
        run = _make_run(text, start, end, levels[start], faces[chosen[start]], scripts[start], lang)
        runs.append(run)
        for glyph in run.glyphs:
            widths[glyph.cluster] += glyph.advance
            clusters.add(glyph.cluster)
    return ShapedParagraph(
        text,
        style(main, faces[own].file.family),
        base,
        levels,
        tuple(runs),
        (0, *accumulate(widths)),
        tuple(sorted(clusters)),
        missing,
        _hyphen(runs[-1].typeface) if "\u00ad" in text else 0,
    )


def _hyphen(face: Typeface) -> int:
    return int(face.font.get_glyph_h_advance(face.font.get_nominal_glyph(ord("-")) or 0))


def snap(shaped: ShapedParagraph, index: int) -> int:
    """Move an index forwards to where a cluster begins.

    Returns:
        Index of the cluster, or the length of the text.
    """
    at = bisect_left(shaped.clusters, index)
    return shaped.clusters[at] if at < len(shaped.clusters) else len(shaped.text)


@lru_cache(maxsize=8192)
def script_of(char: str) -> str | None:
    """Give the ISO 15924 code of a character's script; None for what all scripts share."""
    from stopjihad.text.unicode.script import script_of as named

    script = named(char)
    return None if script in {"Zyyy", "Zinh", "Zzzz"} else script


def _scripts(text: str) -> tuple[list[str], str]:
    """Give each character a script; shared characters take their neighbour's."""
    known = [script_of(char) for char in text]
    counts = Counter(script for script in known if script)
    main = max(counts, key=lambda script: counts[script]) if counts else "Latn"
    current = next((script for script in known if script), main)
    scripts = []
    for script in known:
        current = script or current
        scripts.append(current)
    return scripts, main


def _fonts(
    text: str, scripts: list[str], main: str, faces: tuple[Typeface, ...]
) -> tuple[int, list[int], tuple[str, ...]]:
    """Choose a font for each stretch of one script: the paragraph's own where it has all of it.

    The paragraph's own has most of its letters; signs that scripts share may come from another.
    """
    letters = {ord(char) for char in text if script_of(char) == main}
    own = max(range(len(faces)), key=lambda index: (len(letters & faces[index].covered), -index))
    has = faces[own].covered
    if not {ord(char) for char in text} - UNSEEN - has:
        return own, [own] * len(text), ()
    order = [own, *(index for index in range(len(faces)) if index != own)]
    chosen: list[int] = []
    missing: list[str] = []
    for script, group in groupby(zip(text, scripts, strict=True), key=itemgetter(1)):
        part = "".join(char for char, _ in group)
        codes = {ord(char) for char in part} - UNSEEN
        index = next((index for index in order if codes <= faces[index].covered), None)
        if index is None or (index != own and script == main and letters <= has):
            _by_cluster(part, order, faces, chosen, missing)
        else:
            chosen += [index] * len(part)
    return own, chosen, tuple(dict.fromkeys(missing))


def _by_cluster(
    text: str,
    order: list[int],
    faces: tuple[Typeface, ...],
    chosen: list[int],
    missing: list[str],
) -> None:
    """Choose a font for each grapheme cluster where no font has all of a stretch."""
    import regex

    for cluster in regex.findall(r"\X", text):
        codes = {ord(char) for char in cluster} - UNSEEN
        index = max(order, key=lambda face: (len(codes & faces[face].covered), -order.index(face)))
        missing += [char for char in cluster if ord(char) in codes - faces[index].covered]
        chosen += [index] * len(cluster)


def _stretches(levels: bytes, scripts: list[str], fonts: list[int]) -> Iterator[tuple[int, int]]:
    """Cut where level, script or font changes."""
    start = 0
    for index in range(1, len(scripts) + 1):
        if index == len(scripts) or (
            levels[index] != levels[start]
            or fonts[index] != fonts[start]
            or scripts[index] != scripts[start]
        ):
            yield start, index
            start = index


def _make_run(  # noqa: PLR0913, PLR0917 -- what HarfBuzz must know of a run, no more
    text: str, start: int, end: int, level: int, face: Typeface, script: str, lang: str
) -> Run:
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(text, start, end - start)
    buffer.direction = "rtl" if level & 1 else "ltr"
    buffer.script = script
    buffer.language = lang
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(face.font, buffer)
    glyphs = tuple(
        Glyph(info.codepoint, info.cluster, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )
    return Run(start, end, level, face, glyphs)
