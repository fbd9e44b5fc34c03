"""Colours stay names until a card is coloured; the picture is that of full colour."""

from __future__ import annotations

import numpy as np
from stopjihad.draw.canvas import Mask
from stopjihad.draw.pixels import Mark, Tints, blend, colour_tints, lay, lay_indexed, lay_tint

NAMES = {"paper": (250, 250, 247), "theme": (11, 107, 93), "ink": (20, 35, 43)}


def ramp() -> Mask:
    return Mask(0, 0, np.tile(np.linspace(0, 255, 40).astype(np.uint8), (40, 1)))


def test_shapes_and_letters_are_close_to_full_colour() -> None:
    tints = Tints()
    indices = np.full((40, 40), tints.cover("paper"), dtype=np.uint8)
    pixels = np.full((40, 40, 3), NAMES["paper"], dtype=np.uint8)
    lay_tint(indices, ramp(), tints, "theme", 100)
    lay(pixels, Mark(ramp(), NAMES["theme"]))
    assert np.abs(_seen(tints, indices) - pixels).max() <= 12
    common = tuple(range(len(tints.found)))
    lay_indexed(indices, ramp(), blend(tints, "ink", common), 0)
    lay(pixels, Mark(ramp(), NAMES["ink"]))
    assert np.abs(_seen(tints, indices) - pixels).max() <= 24


def test_a_share_is_laid_over_what_is_there() -> None:
    tints = Tints()
    indices = np.full((2, 2), tints.cover("paper"), dtype=np.uint8)
    lay_tint(indices, Mask(0, 0, np.full((2, 1), 255, dtype=np.uint8)), tints, "ink", 50)
    assert _seen(tints, indices)[0].tolist() == [[135, 142, 145], [250, 250, 247]]


def test_a_full_palette_takes_the_nearer_colour() -> None:
    tints = Tints(most=3)
    under = tints.cover("paper")
    assert tints.lay("ink", under, 200) != tints.lay("theme", under, 30)
    assert [tints.lay("theme", under, share) for share in (90, 200)] == [
        under,
        tints.cover("theme"),
    ]
    assert all(len(Tints(most=most).found) == 0 for most in (1, 256))


def _seen(tints: Tints, indices: np.ndarray) -> np.ndarray:
    return np.array(colour_tints(tints.found, NAMES.__getitem__), dtype=int)[indices]
