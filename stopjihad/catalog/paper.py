"""Layouts of paper as data: what templates/paper/*.yaml may hold.

Lengths are mm, sizes of letters points. Places are those of a language that is read from left to
right; for any other the whole is mirrored, folds included.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Box = Annotated[tuple[float, ...], Meta(min_length=4)]
"""Left, top, width and height."""

Pair = Annotated[tuple[float, ...], Meta(min_length=2)]
Role = Literal["H1", "H2", "P"]
Colour = Literal["ink", "mark"]
"""Of letters: as text, or as what is pointed at; both can be read on their ground, in grey, too."""

Ground = Literal["white", "field", "panel"]
"""White takes no ink; the others are those of the talking point's cards (``view.look``)."""

Align = Literal["start", "middle"]

WORDS = (
    "campaign",
    "tagline",
    "question",
    "lead",
    "answer",
    "fact",
    "beside",
    "source",
    "claim",
    "warning",
    "trick",
    "trick.why",
    "body",
    "alternative",
    "steps",
    "action",
    "sources",
    "partner",
    "sponsor",
    "funders",
    "sample",
    "checked",
    "address",
    "danger",
    "despair",
    "helpline.need",
    "helpline.who",
    "helpline.number",
    "helpline.address",
    "helpline.hours",
    "helpline.languages",
    "helpline.anonymous",
    "helplines",
    "helplines.unnamed",
    "helpline.timed",
    "helpline.night",
    "helpline.worry",
    "worry.need",
    "worry.number",
    "worry.who",
    "worry.hours",
    "worry.passed",
    "worry.warning",
    "helpline.passed",
    "helpline.warning",
    "questions",
    "talk.age",
    "talk.before",
    "talk.answers",
    "talk.after",
    "film",
    "school",
)
"""What items may show of a talking point and its campaign (``render.paper.words``)."""

NAMELESS = frozenset({"danger", "helplines.unnamed", "checked", "sample", ""})
"""What paper may show that names nobody."""


class _PaperData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Refuse keys that are not known."""


class PaperItem(_PaperData, frozen=True, kw_only=True):
    """One thing in a panel, below the one before.

    Attributes:
        words: what is said, one of `WORDS`; nothing stands here where there is none.
        say: a message of the theme instead, in English.
        needs: words that must be there, too; for a heading what it stands above.
        unless: words beside which it is not shown.
        role: what it is for those who hear it.
        size: least and largest size; one for both.
        weight: of the letters.
        colour: of the letters.
        gap: space before it.
        align: where lines begin.
        count: whether its paragraphs are numbered.
        cut: whether paragraphs may be left out from its end; those that must stay do.
        code: side of a QR code that leads to the address, its quiet space included.
        beside: what stands beside the code.
        art: height of the drawing of the talking point.
        rule: thickness of a line across the panel.
        grow: whether it takes what is left of the panel's height, with others that do.
    """

    words: str = ""
    say: str = ""
    needs: str = ""
    unless: str = ""
    role: Role = "P"
    size: Annotated[tuple[float, ...], Meta(min_length=1)] = (11.0,)
    weight: Annotated[int, Meta(ge=100, le=900)] = 400
    colour: Colour = "ink"
    gap: float = 0.0
    align: Align = "start"
    count: bool = False
    cut: bool = False
    code: float = 0.0
    beside: tuple[PaperItem, ...] = ()
    art: float = 0.0
    rule: float = 0.0
    grow: bool = False


class Panel(_PaperData, frozen=True, kw_only=True):
    """A box of a page with items from its top down; ``pad`` is the space inside of its edges.

    Panels are read in the order of the file. ``page`` counts from 1.
    """

    page: Annotated[int, Meta(ge=1, le=9)] = 1
    box: Box
    pad: Annotated[tuple[float, ...], Meta(min_length=1)] = (0.0,)
    ground: Ground = "white"
    items: tuple[PaperItem, ...] = ()


class PagePlace(_PaperData, frozen=True, kw_only=True):
    """Show a page on a sheet, ``columns`` by ``rows`` times from the corner ``at``.

    ``seen`` is the box of the sheet in which it is seen.
    """

    page: Annotated[int, Meta(ge=1, le=9)] = 1
    at: Pair = (0.0, 0.0)
    scale: float = 1.0
    columns: Annotated[int, Meta(ge=1, le=9)] = 1
    rows: Annotated[int, Meta(ge=1, le=9)] = 1
    seen: tuple[float, ...] = ()


def said_in(items: tuple[PaperItem, ...]) -> tuple[str, ...]:
    """Give the messages of the theme that items say, in their order."""
    found: list[str] = []
    for item in items:
        found += [item.say] if item.say else []
        found += said_in(item.beside)
    return tuple(found)


class PaperSheet(_PaperData, frozen=True, kw_only=True):
    """A sheet: its size, what it shows, and lines from point to point to cut and to fold."""

    size: Pair
    bleed: float = 0.0
    places: Annotated[tuple[PagePlace, ...], Meta(min_length=1)]
    cuts: tuple[Box, ...] = ()
    folds: tuple[Box, ...] = ()


class PaperLayout(_PaperData, frozen=True, kw_only=True):
    """A layout: one file.

    Attributes:
        name: as the file is called.
        title: what people call it, a message of the theme in English.
        summary: what it is for.
        subject: whether it is made of each talking point, or once of each language.
        kit: whether kits of the site hold it, of all facts and of one; a partner gets all paper.
        unnamed: whether it names nobody, since whoever carries it may be found with it.
        like: another layout whose pages and panels these are.
        pages: width and height of each.
        panels: what stands on them.
        sheets: what goes through the printer; each page on its own when none is named.
    """

    name: Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: str
    summary: str
    subject: Literal["point", "language"] = "point"
    kit: bool = False
    unnamed: bool = False
    like: str = ""
    pages: tuple[Pair, ...] = ()
    panels: tuple[Panel, ...] = ()
    sheets: tuple[PaperSheet, ...] = ()
