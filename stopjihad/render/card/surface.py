"""Paint the shapes of a layout: in full colour below a photo, by name everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from stopjihad.render.card.colour import RGB, parse
from stopjihad.render.card.pixels import Mark, lay, lay_picture
from stopjihad.render.card.shapes import Mask
from stopjihad.render.card.tints import FULL, GRADES, Tints
from stopjihad.render.card.tints import lay as lay_tint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOGO_COLOURS = 24
"""Colours that a logo keeps in a palette."""


class Surface(Protocol):
    """Take shapes, blends and pictures; colours are texts of the layout."""

    def lay(self, mask: Mask, colour: str, percent: int = 100) -> None:
        """Lay ``percent`` of a ``colour`` where a shape is."""

    def blend(self, share: NDArray[np.float64], colours: tuple[str, str]) -> None:
        """Fill everything: ``share`` of the second of two ``colours`` over the first, 0 to 1."""

    def picture(self, picture: NDArray[np.uint8], x: int, y: int) -> None:
        """Put a picture, shape (rows, columns, 4), with its upper left corner at ``x``, ``y``."""


class Pixels:
    """Paint in full colour."""

    def __init__(self, pixels: NDArray[np.uint8], names: dict[str, RGB]) -> None:
        """Paint onto pixels, shape (height, width, 3), in place."""
        self.pixels = pixels
        self.names = names

    def lay(self, mask: Mask, colour: str, percent: int = 100) -> None:
        """Lay ``percent`` of a ``colour`` where a shape is."""
        lay(self.pixels, Mark(mask, parse(colour, self.names), percent))

    def blend(self, share: NDArray[np.float64], colours: tuple[str, str]) -> None:
        """Fill everything with a blend of two ``colours``."""
        import numpy as np

        first, last = (np.array(parse(text, self.names), dtype=np.float64) for text in colours)
        self.pixels[:] = np.rint(first + (last - first) * share[:, :, None]).astype(np.uint8)

    def picture(self, picture: NDArray[np.uint8], x: int, y: int) -> None:
        """Put a picture at ``x``, ``y``."""
        lay_picture(self.pixels, picture, x, y)


class Tinted:
    """Paint by name: the picture holds indices of tints."""

    def __init__(self, size: tuple[int, int], tints: Tints) -> None:
        """Start with the paper; size is width and height in px."""
        import numpy as np

        self.tints = tints
        self.indices = np.full((size[1], size[0]), tints.cover("paper"), dtype=np.uint8)

    def lay(self, mask: Mask, colour: str, percent: int = 100) -> None:
        """Lay ``percent`` of a ``colour`` where a shape is."""
        lay_tint(self.indices, mask, self.tints, colour, percent)

    def blend(self, share: NDArray[np.float64], colours: tuple[str, str]) -> None:
        """Fill everything with a blend of two ``colours``, in ``GRADES`` steps."""
        import numpy as np

        first = self.tints.cover(colours[0])
        steps = [
            self.tints.lay(colours[1], first, round(step * FULL / GRADES))
            for step in range(GRADES + 1)
        ]
        table = np.array(steps, dtype=np.uint8)
        self.indices[:] = table[np.rint(share * GRADES).astype(np.intp)]

    def picture(self, picture: NDArray[np.uint8], x: int, y: int) -> None:
        """Put a picture at ``x``, ``y`` in few colours of its own."""
        import numpy as np
        from PIL import Image

        few = Image.fromarray(picture[:, :, :3]).quantize(LOGO_COLOURS)
        shades = np.array(few.getpalette() or [], dtype=np.uint8).reshape(-1, 3)
        places = np.asarray(few)
        for place in np.unique(places):
            red, green, blue = (int(part) for part in shades[place])
            cover = np.where(places == place, picture[:, :, 3], 0).astype(np.uint8)
            self.lay(Mask(x, y, cover), f"#{red:02x}{green:02x}{blue:02x}")
