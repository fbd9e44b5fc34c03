"""Choose the designs of a talking point's cards: which suit it, which lead, where the files are."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from stopjihad.catalog.layout import Layout, contents_of, file_ending, has_chart, has_photo
from stopjihad.model.campaign import Cards
from stopjihad.model.point import Point
from stopjihad.view.records import Frame

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
"""Endings of files in ``media/`` that can stand on a card."""

HELPLINES = "helplines"
"""Folder of the cards that are made from a helpline."""


class CardSet(NamedTuple):
    """One design of one subject: its name, its folder below ``cards/<lang>/``, its ending."""

    design: str
    folder: str
    ending: str

    def path(self, lang: str, form: str) -> str:
        """Give a card's path relative to ``site/`` (DESIGN section 4)."""
        return f"cards/{lang}/{self.folder}/{form}.{self.ending}"

    def alt_path(self, lang: str) -> str:
        """Give the path of the words that stand for these cards where they cannot be seen."""
        return f"cards/{lang}/{self.folder}/alt.txt"


def is_picture(name: str) -> bool:
    """Tell by the ending of a file, in whatever letters, whether it can stand on a card."""
    return PurePosixPath(name).suffix.lower() in PICTURES


def photo_of(point: Point) -> str:
    """Name the photo of a talking point's cards: the first picture among its media, or nothing."""
    return next((name for name in point.media if is_picture(name)), "")


def drawing_of(point: Point, drawings: Container[str]) -> str:
    """Name the drawing of a talking point: its own or its pull factor's among ``drawings``."""
    own = point.drawing or point.pull_factor or ""
    return own if own in drawings else ""


def suits(layout: Layout, point: Point) -> bool:
    """Tell whether a design can be made from a talking point.

    Returns:
        False where its mode is another, or what the design shows is missing: a photo, a quotation,
        a question, a figure, something to do, or a claim with its warning.
    """
    if layout.subject != "point" or (layout.modes and point.mode not in layout.modes):
        return False
    if has_photo(layout) and not photo_of(point):
        return False
    if has_chart(layout) and not point.data:
        return False
    shown = contents_of(layout)
    needed = {
        "quote": point.quote is not None,
        "question": bool(point.question),
        "figure.value": bool(point.figures),
        "step.1": bool(point.steps),
    }
    if any(name in shown and not there for name, there in needed.items()):
        return False
    return "claim" not in shown or bool(point.claim and point.warning)


GRID = 3
"""Pictures in a row of a profile: each has a neighbour beside it and one above."""


def card_sets(
    points: Sequence[Point], choice: Cards, designs: Mapping[str, Layout]
) -> dict[str, tuple[CardSet, ...]]:
    """List the cards of all talking points.

    Args:
        points: in the order in which readers meet them: neighbours never lead with one design
            where another suits.

    Returns:
        By id, the design of previews first: its files stand in the talking point's own folder,
        those of others in a folder of the design's name below it.
    """
    shown: list[str] = []
    for point in points:
        shown.append(_choose_leading(point, choice, designs, shown))
    return {
        point.id: _sets(point, main, choice, designs)
        for point, main in zip(points, shown, strict=True)
    }


def _choose_leading(
    point: Point, choice: Cards, designs: Mapping[str, Layout], before: Sequence[str]
) -> str:
    """Choose what previews and drafts show: the talking point's own, its photo, or by turns."""
    own = next((name for name in point.cards if leads(designs.get(name), point)), "")
    if own:
        return own
    if photo_of(point) and choice.photo in designs:
        return choice.photo
    fitting = [name for name in choice.families if leads(designs.get(name), point)]
    near = (*before[-1:], *before[-GRID:][: len(before) >= GRID])
    return min(
        fitting or [choice.main],
        key=lambda name: (name in near, before.count(name), fitting.index(name) if fitting else 0),
    )


def leads(layout: Layout | None, point: Point) -> bool:
    """Tell whether a design may stand for a talking point alone: it suits and shows no claim."""
    return layout is not None and suits(layout, point) and "claim" not in contents_of(layout)


def _sets(
    point: Point, main: str, choice: Cards, designs: Mapping[str, Layout]
) -> tuple[CardSet, ...]:
    names = dict.fromkeys((main, *(n for n in (*point.cards, *choice.more) if n in designs)))
    return tuple(
        CardSet(
            name, point.id if name == main else f"{point.id}/{name}", file_ending(designs[name])
        )
        for name in names
        if name in designs and (name == main or suits(designs[name], point))
    )


def helpline_sets(
    frame: Frame, choice: Cards, designs: Mapping[str, Layout]
) -> tuple[CardSet, ...]:
    """List the cards of helplines, for the designs that are made from one.

    Args:
        frame: of the language; helplines that stand for it and tell their hours in it have cards.

    Returns:
        The cards of each helpline, in the order of the help page.
    """
    names = [
        name for name in choice.more if name in designs and designs[name].subject == "helpline"
    ]
    return tuple(
        CardSet(name, f"{HELPLINES}/{line.id}/{name}", file_ending(designs[name]))
        for line in frame.standing
        if line.hours.lang == frame.lang
        for name in names
    )


def helpline_of(cards: CardSet) -> str:
    """Give the id of the helpline that cards of ``helpline_sets`` are made from."""
    return cards.folder.split("/")[1]


def write_sets(sets: Iterable[CardSet]) -> str:
    """Write card sets as the value of a step's parameter."""
    return ",".join(f"{one.design}={one.folder}.{one.ending}" for one in sets)


def read_sets(text: str) -> tuple[CardSet, ...]:
    """Read what ``write_sets`` wrote.

    Args:
        text: the value of the parameter; empty for no cards.
    """
    found = []
    for part in text.split(",") if text else ():
        design, _, rest = part.partition("=")
        folder, _, end = rest.rpartition(".")
        found.append(CardSet(design, folder, end))
    return tuple(found)


def find_card(paths: Container[str], lang: str, point: str, form: str) -> str:
    """Find the card that link previews show among the paths of an output, whatever its ending."""
    both = (f"site/{CardSet('', point, end).path(lang, form)}" for end in ("png", "jpg"))
    return next((path for path in both if path in paths), "")
