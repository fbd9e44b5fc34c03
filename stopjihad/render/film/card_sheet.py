"""A card as indices of its colours: what is behind its words, and the words laid onto it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.draw.base import base
from stopjihad.draw.card import Card, full_colour, lay_art
from stopjihad.draw.drawing import put
from stopjihad.draw.ground import marks, name_hues
from stopjihad.draw.pixels import Mark, lay_indexed
from stopjihad.draw.scheme import Hues
from stopjihad.draw.stack import StackItem
from stopjihad.render.film.planes import PaletteLevels, image_planes, palette_levels

if TYPE_CHECKING:
    from stopjihad.render.film.planes import Indices, Planes


class CardSheet(NamedTuple):
    """What the words of a card are laid on.

    Attributes:
        card: without a photo.
        bare: what it shares with others, without its drawing.
        levels: of its colours, those of its drawing, too.
        blends: tables of each ink, as ``lay_indexed`` takes them.
    """

    card: Card
    bare: Indices
    levels: PaletteLevels
    blends: Mapping[str, Indices]

    @property
    def words(self) -> Sequence[tuple[StackItem, Hues]]:
        """Give the items that are its own, from top to bottom of each stack."""
        assert self.card.ground is not None
        return self.card.placed[len(self.card.ground.placed) :]

    def wordless(self, aside: int | None = 0) -> Indices:
        """Draw it without own words; its drawing ``aside`` px further right, None for none."""
        indices = self.bare.copy()
        assert self.card.scheme is not None
        own = len(self.card.scheme.palette)
        for one in self.card.art if aside is not None else ():
            put(indices, one.sprite, (one.at[0] + (aside or 0), one.at[1]), own)
            own += len(one.sprite.tints) - 1
        return indices

    def lay(self, indices: Indices, words: Iterable[Mark]) -> Indices:
        """Lay words onto a picture, in place; gives it."""
        for mark in words:
            lay_indexed(indices, mark.mask, self.blends[mark.ink], 0)
        return indices

    def still(self) -> Planes:
        """Draw the whole card."""
        return self.levels.planes(self.lay(self.wordless(), self.card.marks))


def sheet_of(card: Card) -> CardSheet | None:
    """Take a card apart; None for one on a photo, whose words belong to its pixels."""
    if card.ground is None:
        return None
    below = card.ground.base
    bare = base(card.ground.key.base).indices
    for one in card.ground.placed:
        for mark in marks(one.place, name_hues(below, one)):
            lay_indexed(bare, mark.mask, below.blends[mark.ink], 0)
    return CardSheet(card, bare, palette_levels(lay_art(card, bare.copy(), 0)), below.blends)


def draw_still(card: Card, sheet: CardSheet | None) -> Planes:
    """Draw a card."""
    from PIL import Image

    return sheet.still() if sheet else image_planes(Image.fromarray(full_colour(card)))


def draw_behind(card: Card) -> Planes:
    """Draw what is behind all words of a card, its drawing too."""
    if card.ground is None:
        from PIL import Image

        assert card.pixels is not None
        return image_planes(Image.fromarray(card.pixels))
    indices = base(card.ground.key.base).indices
    return palette_levels(lay_art(card, indices, 0)).planes(indices)
