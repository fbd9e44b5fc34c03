"""The pictures of a film: stills as planes, how one moves to the next, numbers that count up.

Planes are BT.709, limited range, 4:2:0; integers and one rounding per colour make them the same on
every machine (ITU-R BT.709-6, section 3).

Brightness goes one way within a transition and transitions are at least two seconds apart, so
nothing flashes (WCAG 2.2, criterion 2.3.1: three flashes in a second at most).

A picture of a wrong number beside what it counts would be a falsehood with our name on it: until
the number is whole, nothing but the number is there; what it means comes when it stands.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from stopjihad.catalog.layout import Bar
from stopjihad.draw.base import base
from stopjihad.draw.card import Card, draw_card, lay_art
from stopjihad.draw.content import ready
from stopjihad.draw.ground import marks
from stopjihad.draw.job import CardJob
from stopjihad.draw.lines import Room, fit
from stopjihad.draw.shape import GRID, shape
from stopjihad.draw.stack import StackItem
from stopjihad.text.language.numbers import write_number
from stopjihad.text.unicode.bidi_controls import isolate_whole
from stopjihad.view.contrast import RGB
from stopjihad.view.notation import native_text
from stopjihad.view.records import FigureView, Text
from stopjihad.view.tempo import COUNT, NUMBERS, TRANSITION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from stopjihad.draw.card import Card
    from stopjihad.draw.pixels import Mark
    from stopjihad.draw.scheme import Hues

    Planes: TypeAlias = NDArray[np.uint8]
    """Luma above both chroma planes, shape (3 height / 2, width): as encoders call it, I420."""


RED, BLUE = 0.2126, 0.0722
"""Shares of red and blue in luma (BT.709)."""

FINE = 64
"""Steps of a chroma value before four of them are averaged: 4 * 240 * 64 fits 16 bits."""

WORDS_GONE = 104
"""How far a fade is, of 256, when the words before it are gone, and as far from its end when those
after it begin to come: in between stands what is behind them, for three frames."""

Entry = Literal["cut", "fade", "push"]


def planes_of(picture: bytes) -> Planes:
    """Decode a picture.

    Args:
        picture: PNG or JPEG; width even, height a multiple of 4.
    """
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        return image_planes(image)


class Tables(NamedTuple):
    """Luma, and both chroma values times ``FINE``, of each colour of a palette."""

    luma: NDArray[np.uint8]
    blue: NDArray[np.uint16]
    red: NDArray[np.uint16]

    def planes(self, indices: NDArray[np.uint8]) -> Planes:
        """Convert indices of the palette: rows and columns both even in number."""
        return _join_planes(self.luma[indices], self.blue[indices], self.red[indices])


def tables_of(palette: Sequence[RGB]) -> Tables:
    """Convert a palette."""
    import numpy as np

    return Tables(*_levels(np.array(palette, dtype=np.float64)))


def wordless(card: Card) -> Planes:
    """Draw what is behind the words of a card, its drawing too."""
    if card.ground is None:
        from PIL import Image

        assert card.pixels is not None
        return image_planes(Image.fromarray(card.pixels))
    indices = base(card.ground.key.base).indices
    return tables_of(lay_art(card, indices, 0)).planes(indices)


def image_planes(image: Image) -> Planes:
    """Convert an open picture, from its palette where it has one; gives its planes."""
    import numpy as np

    if image.mode == "P":
        palette = np.array(image.getpalette(), dtype=np.float64).reshape(-1, 3)
        luma, blue, red = _levels(palette)
        indices = np.asarray(image)
        return _join_planes(luma[indices], blue[indices], red[indices])
    pixels = np.asarray(image.convert("RGB"), dtype=np.float64)
    return _join_planes(*_levels(pixels))


def _levels(
    colours: NDArray[np.float64],
) -> tuple[NDArray[np.uint8], NDArray[np.uint16], NDArray[np.uint16]]:
    """Give luma, and both chroma values times ``FINE``, of colours on the last axis."""
    import numpy as np

    red, green, blue = (colours[..., at] / 255 for at in range(3))
    luma = RED * red + (1 - RED - BLUE) * green + BLUE * blue
    across = (blue - luma) / (2 - 2 * BLUE)
    down = (red - luma) / (2 - 2 * RED)
    return (
        np.rint(16 + 219 * luma).astype(np.uint8),
        np.rint(FINE * (128 + 224 * across)).astype(np.uint16),
        np.rint(FINE * (128 + 224 * down)).astype(np.uint16),
    )


def _join_planes(
    luma: NDArray[np.uint8], blue: NDArray[np.uint16], red: NDArray[np.uint16]
) -> Planes:
    import numpy as np

    height, width = luma.shape
    made = np.empty((height * 3 // 2, width), dtype=np.uint8)
    made[:height] = luma
    for at, fine in enumerate((blue, red)):
        total = fine[::2, ::2] + fine[1::2, ::2] + fine[::2, 1::2] + fine[1::2, 1::2]
        mean = ((total + 2 * FINE) // (4 * FINE)).astype(np.uint8)
        made[height + at * height // 4 : height + (at + 1) * height // 4] = mean.reshape(-1, width)
    return made


def parts(planes: Planes) -> tuple[Planes, Planes, Planes]:
    """Give views of luma and both chroma planes, each in its own shape."""
    height, width = planes.shape[0] * 2 // 3, planes.shape[1]
    quarter = height // 4
    return (
        planes[:height],
        planes[height : height + quarter].reshape(height // 2, width // 2),
        planes[height + quarter :].reshape(height // 2, width // 2),
    )


class Patch(NamedTuple):
    """Rows of a still that differ from another: the first of them, and their planes."""

    top: int
    planes: Planes


def onto(still: Planes, patch: Patch) -> Planes:
    """Put a patch onto a still; gives new planes."""
    made = still.copy()
    height = still.shape[0] * 2 // 3
    for target, band in zip(parts(made), parts(patch.planes), strict=True):
        top = patch.top * target.shape[0] // height
        target[top : top + band.shape[0]] = band
    return made


class CountUp(NamedTuple):
    """A number that counts up: the still without it, and the numbers, rows each, in order."""

    bare: Planes
    numbers: tuple[Patch, ...]


class Change(NamedTuple):
    """What changes on a still: from which frame of its shot on, the patches, frames of each."""

    start: int
    patches: tuple[Patch, ...]
    each: int = 1

    @property
    def end(self) -> int:
        """The frame of its shot from which on nothing moves."""
        return self.start + len(self.patches) * self.each


class Shot(NamedTuple):
    """One still as it stands in a film, and how it came to be so.

    Attributes:
        still: its planes, all of the size of the film.
        frames: how long it stands, its entry and its changes included.
        entry: how it comes: at once, out of the one before, or from the end side.
        first: what comes; None for the still itself.
        changes: what makes the still of it, in order, none before the one before it has ended.
        ground: the still without its words; None where it has none, or nothing fades.
    """

    still: Planes
    frames: int
    entry: Entry = "fade"
    first: Planes | None = None
    changes: tuple[Change, ...] = ()
    ground: Planes | None = None


class _Side(NamedTuple):
    """One side of a fade: a still, and the same without its words."""

    still: Planes
    ground: Planes


def play(shots: Sequence[Shot], *, mirrored: bool) -> Iterator[tuple[Planes, int]]:
    """Give the frames of a film in order.

    Args:
        shots: the first comes at once, whatever its entry.
        mirrored: whether the script runs from right to left: then a push comes from the left.
    """
    before: _Side | None = None
    for shot in shots:
        picture = shot.still if shot.first is None else shot.first
        at = 0
        if before is not None and shot.entry != "cut":
            for share in shares():
                if shot.entry == "push":
                    yield push_out(before.still, picture, share, mirrored=mirrored), 1
                else:
                    yield _blend_stills(before, _side(shot, picture), share), 1
                at += 1
        for change in shot.changes:
            if change.start > at:
                yield picture, change.start - at
                at = change.start
            for patch in change.patches:
                picture = onto(picture, patch)
                yield picture, change.each
                at += change.each
        if shot.frames > at:
            yield shot.still, shot.frames - at
        before = _side(shot, shot.still)


def _side(shot: Shot, still: Planes) -> _Side:
    return _Side(still, still if shot.ground is None else shot.ground)


def shares(frames: int = TRANSITION) -> Iterator[int]:
    """Give how far a movement is in each of its frames, of 256: slow at both ends (3x² - 2x³)."""
    for step in range(1, frames):
        yield 256 * step * step * (3 * frames - 2 * step) // frames**3


def _blend_stills(before: _Side, after: _Side, share: int) -> Planes:
    """Blend two stills so that words never stand on words.

    The first lose theirs, then the second get theirs; what is behind them blends all the way.
    """
    gone = min(256, share * 256 // WORDS_GONE)
    come = max(0, share - (256 - WORDS_GONE)) * 256 // WORDS_GONE
    return blend(
        blend(before.still, before.ground, gone), blend(after.ground, after.still, come), share
    )


def blend(before: Planes, after: Planes, share: int) -> Planes:
    """Blend two stills: ``share`` of 256 of the second; gives planes that must not be changed."""
    import numpy as np

    if share in {0, 256} or before is after:
        return after if share else before
    made = before.astype(np.uint16)
    made *= np.uint16(256 - share)
    made += np.uint16(128)
    made += after * np.uint16(share)
    made >>= np.uint16(8)
    return made.astype(np.uint8)


def push_out(before: Planes, after: Planes, share: int, *, mirrored: bool = False) -> Planes:
    """Push one still out by the next: ``share`` of 256 of the width is the second.

    Args:
        mirrored: whether the second comes from the left.
    """
    import numpy as np

    made = np.empty_like(before)
    across = before.shape[1] * share // 512 * 2
    for target, old, new in zip(parts(made), parts(before), parts(after), strict=True):
        width = target.shape[1]
        moved = across * width // before.shape[1]
        if mirrored:
            target[:, :moved] = new[:, width - moved :]
            target[:, moved:] = old[:, : width - moved]
        else:
            target[:, : width - moved] = old[:, moved:]
            target[:, width - moved :] = new[:, :moved]
    return made


VALUE = "figure.value"

MARGIN = 8
"""Rows above and below the number's own: some letters reach out of their line."""


def count_up(job: CardJob, card: Card, figure: FigureView) -> CountUp | None:
    """Draw the steps of a number.

    Returns:
        The card without the number and what it means, and the rows of each number; None where the
        card shows no number, or shows it on a photo.
    """
    if card.ground is None:
        return None
    own = card.placed[len(card.ground.placed) :]
    value = next((one for one in own if _content(one[0]) == VALUE), None)
    if value is None or value[0].block is None:
        return None
    rest = [one for one in own if not _content(one[0]).startswith("figure.")]
    kept = tuple(mark for one in rest for mark in marks(*one))
    height = card.canvas.size[1]
    top = max(0, int(value[0].rect[1]) - MARGIN) // 4 * 4
    bottom = min(height, -(-(int(value[0].rect[3]) + MARGIN) // 4) * 4)
    band = (0, top, card.canvas.size[0], bottom)
    numbers = []
    drawn: dict[str, Patch] = {}
    for text in counting_numbers(figure, job):
        if text not in drawn:
            found = _number(job, value, text)
            picture = draw_card(card._replace(marks=(*kept, *found)))
            drawn[text] = Patch(top, _rows(picture, band))
        numbers.append(drawn[text])
    return CountUp(planes_of(draw_card(card._replace(marks=kept))), tuple(numbers))


def grow(shot: Shot, counting: CountUp, start: int) -> Shot:
    """Let a number grow on a shot from frame ``start`` on; then comes what it means."""
    bare, numbers = counting
    last = onto(bare, numbers[-1])
    grown = Change(start, numbers, COUNT)
    meant = Change(
        grown.end,
        tuple(Patch(0, blend(last, shot.still, share)) for share in shares()),
    )
    return shot._replace(first=onto(bare, numbers[0]), changes=(grown, meant))


def counting_numbers(figure: FigureView, job: CardJob) -> tuple[str, ...]:
    """Write the numbers that are shown on the way, from 0 to the number itself, ever slower."""
    decimals = len(f"{figure.number:.6f}".rstrip("0").partition(".")[2])
    percent = figure.unit is None and "%" in figure.value.value
    found = []
    for step in range(NUMBERS - 1):
        left = 1 - step / (NUMBERS - 1)
        value = round(figure.number * (1 - left * left), decimals)
        text = write_number(value, job.frame.lang, percent=percent)
        found.append(native_text(text, job.frame.digits))
    return (*found, figure.value.value)


def _number(job: CardJob, value: tuple[StackItem, Hues], text: str) -> list[Mark]:
    """Draw a number where and as large as the last one will stand."""
    place, hues = value
    assert place.block is not None
    assert not isinstance(place.item, Bar)
    words = ready(Text(isolate_whole(text), job.frame.lang))
    headline = place.item.face == "headline"
    shaped = shape(words, job.fonts, place.item.weight, headline=headline)
    size = place.block.size
    width = place.rect[2] - place.rect[0]
    block = fit(shaped, Room(4 * width, place.block.height, size, size, 1, place.item.leading))
    line, last = block.lines[0], place.block.lines[0]
    moved = last.right - line.right if job.frame.direction == "rtl" else last.left - line.left
    left = place.lefts[0] + moved * size / GRID
    return marks(place._replace(block=block, lefts=(left,)), hues)


def _content(place: StackItem) -> str:
    return "" if isinstance(place.item, Bar) else place.item.content


def _rows(picture: bytes, band: tuple[int, int, int, int]) -> Planes:
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        return image_planes(image.crop(band))
