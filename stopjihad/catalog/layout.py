"""Card layouts as data: what templates/cards/*.yaml may hold.

Boxes are insets ``[start, top, end, bottom]``; start and end follow the reading direction, so a
layout is written once for both directions. ``layout_values`` says what lengths are, and how each
format gets a value of its own.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from stopjihad.catalog.formats import Format, SizeName
from stopjihad.catalog.layout_values import Box, Each, Length, Pair, each

Sizes = tuple[Annotated[float, Meta(ge=8)], Annotated[float, Meta(le=400)]]
Scale = SizeName | tuple[SizeName, SizeName]
Colour = Annotated[
    str,
    Meta(
        pattern=r"^(#[0-9a-f]{6}|[a-z]+|([a-z]+|#[0-9a-f]{6}) [0-9]{1,2}% ([a-z]+|#[0-9a-f]{6}))$"
    ),
]
Tone = Literal["grave", "calm", "hopeful"]
FormatName = Literal["og", "wide", "square", "portrait", "story"]
Align = Literal["start", "middle", "end"]
Valign = Literal["top", "middle", "bottom"]
Content = Literal[
    "fact",
    "line",
    "claim",
    "warning",
    "source",
    "action",
    "speaker",
    "speaker.note",
    "quote",
    "quote.speaker",
    "question",
    "figure.value",
    "figure.unit",
    "figure.label",
    "figure.qualifier",
    "figure.beside",
    "figure.source",
    "chart.title",
    "chart.row",
    "chart.note",
    "chart.source",
    "step.1",
    "step.2",
    "step.3",
    "step.4",
    "number.1",
    "number.2",
    "number.3",
    "number.4",
    "campaign",
    "tagline",
    "sponsor",
    "sample",
    "link",
    "contact",
    "helpline.who",
    "helpline.name",
    "helpline.number",
    "helpline.hours",
    "helpline.times",
    "helpline.languages",
    "helpline.country",
    "helpline.anonymous",
    "word.fact",
    "word.said",
    "word.false",
    "word.talk",
    "word.testimony",
    "word.help",
    "alert.mark",
    "alert.headline",
    "alert.action",
    "alert.source",
    "alert.call",
    "alert.number",
    "alert.update",
    "alert.until",
    "word.todo",
    "slide.count",
    "slide.kicker",
    "slide.title",
    "slide.text",
    "help.address",
    "sources",
]


class _Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Refuse keys that are not known."""


class _Layer(_Data, frozen=True, kw_only=True, tag_field="kind"):
    """Share what every layer may say: the formats that it is for."""

    formats: tuple[FormatName, ...] = ()


class Solid(_Layer, frozen=True, kw_only=True, tag="solid"):
    """Fill a box, or the canvas, with one colour; ``radius`` rounds the corners."""

    colour: Colour
    box: Each[Box] = ("0", "0", "0", "0")
    within: Literal["canvas", "safe"] = "canvas"
    radius: Length = "0"
    percent: Annotated[int, Meta(ge=1, le=100)] = 100


class Gradient(_Layer, frozen=True, kw_only=True, tag="gradient"):
    """Blend the canvas from one colour to another; angle in degrees, 0 is downwards."""

    colours: tuple[Colour, Colour]
    angle: Annotated[int, Meta(ge=0, le=359)] = 0


class Circle(_Layer, frozen=True, kw_only=True, tag="circle"):
    """Draw a disc, or a ring when ``ring`` gives its thickness."""

    at: Each[Pair]
    radius: Each[Length]
    colour: Colour
    ring: Length = "0"
    percent: Annotated[int, Meta(ge=1, le=100)] = 100


class Hill(_Layer, frozen=True, kw_only=True, tag="hill"):
    """Draw a smooth curve through points and fill below it."""

    points: Each[Annotated[tuple[Pair, ...], Meta(min_length=2, max_length=40)]]
    colour: Colour
    percent: Annotated[int, Meta(ge=1, le=100)] = 100


class Polygon(_Layer, frozen=True, kw_only=True, tag="polygon"):
    """Fill a shape with straight edges; lengths from ``at`` in units when it is given."""

    points: Each[Annotated[tuple[Pair, ...], Meta(min_length=3, max_length=60)]]
    at: Each[Pair] | None = None
    colour: Colour
    percent: Annotated[int, Meta(ge=1, le=100)] = 100


class Stroke(_Layer, frozen=True, kw_only=True, tag="stroke"):
    """Draw a line with round ends through points; smooth lines curve through them."""

    points: Each[Annotated[tuple[Pair, ...], Meta(min_length=2, max_length=60)]]
    at: Each[Pair] | None = None
    colour: Colour
    width: Length
    smooth: bool = False
    percent: Annotated[int, Meta(ge=1, le=100)] = 100


class Photo(_Layer, frozen=True, kw_only=True, tag="photo"):
    """Cover a box with the point's photo, cropped around its focal point.

    ``scrim`` is laid over ``shade``, the area where words stand, as strong as words of the
    colour ``words`` need it (4.5:1 at least), and fades out over ``feather``.
    """

    box: Each[Box] = ("0", "0", "0", "0")
    shade: Each[Box] | None = None
    feather: Length = "120"
    scrim: Colour = "ink"
    words: Colour = "white"


class Logo(_Layer, frozen=True, kw_only=True, tag="logo"):
    """Put the brand's logo into a box, as large as it fits."""

    box: Each[Box]
    within: Literal["canvas", "safe"] = "safe"
    align: Each[Align] = "start"


class Code(_Layer, frozen=True, kw_only=True, tag="code"):
    """Draw a QR code of the card's link on a light ground, for paper and screens at a distance."""

    box: Each[Box]
    within: Literal["canvas", "safe"] = "safe"
    colour: Colour = "ink"
    ground: Colour = "#ffffff"


class Art(_Layer, frozen=True, kw_only=True, tag="art"):
    """Put the subject's drawing where the words leave room in a box.

    It is drawn as high as it fits, ``most`` at most, and left out where less than ``least`` is
    free (units, or a percentage of the shorter side).
    """

    box: Each[Box]
    within: Literal["canvas", "safe"] = "canvas"
    align: Each[Align] = "end"
    valign: Each[Valign] = "bottom"
    least: Each[Length] = "90"
    most: Each[Length] = "100%"


class Plot(_Layer, frozen=True, kw_only=True, tag="chart"):
    """Draw the chart of the subject's first table in a box; ``size`` is that of its letters.

    ``colour`` is for what counts, ``second`` for a second line, ``quiet`` for what only guides
    the eye, ``words`` for labels and numbers.
    """

    box: Each[Box]
    within: Literal["canvas", "safe"] = "safe"
    size: Each[Sizes]
    valign: Each[Valign] = "top"
    colour: Colour = "mark"
    second: Colour = "words"
    quiet: Colour = "glow"
    words: Colour = "words"


class Pill(_Data, frozen=True, kw_only=True):
    """Lay a rounded field under a text; padding in units: across, down.

    With a ``tail`` it is a speech bubble: it hangs so many units before the end of the field, 40
    units below it.
    """

    colour: Colour
    pad: Pair = ("14", "8")
    radius: Length = "10"
    tail: Length | None = None


class TextLayer(_Data, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """Set words of the card.

    ``scale`` names the one of the four sizes of its format that they have, or the least and the
    largest, of which the largest that fits is taken. ``size`` is for numbers, which are as large as
    they fit: units. ``given`` and ``unless`` name a content with which, or without which, they
    stand. The face ``headline`` is for what is read first. ``lines`` is the most lines allowed;
    ``width`` the most that it takes of the canvas; ``grow`` takes all height that its neighbours
    leave; ``gap`` is the space above in units;
    ``beside`` puts it in the row of the one before, ``apart`` at the other edge of that row;
    ``struck`` strikes the words through.
    """

    content: Content
    scale: Each[Scale] | None = None
    size: Each[Sizes] | None = None
    given: Content | None = None
    unless: Content | None = None
    face: Literal["text", "headline"] = "text"
    colour: Colour
    weight: Annotated[int, Meta(ge=100, le=900)] = 400
    lines: Each[Annotated[int, Meta(ge=1, le=20)]] = 1
    leading: float = 1.0
    width: Each[Length] = "100%"
    gap: Each[Length] = "0"
    grow: bool = False
    beside: bool = False
    apart: bool = False
    pill: Pill | None = None
    struck: Colour | None = None
    formats: tuple[FormatName, ...] = ()

    def stands_among(self, contents: Container[str]) -> bool:
        """Tell whether it has words, and those beside which alone it stands, or not, allow it."""
        given = self.given is None or self.given in contents
        barred = self.unless is not None and self.unless in contents
        return self.content in contents and given and not barred


class Bar(_Data, frozen=True, kw_only=True, tag_field="kind", tag="bar"):
    """Draw a short bar; size in units: across, down."""

    size: Pair
    colour: Colour
    gap: Each[Length] = "0"
    formats: tuple[FormatName, ...] = ()


class Stack(_Layer, frozen=True, kw_only=True, tag="stack"):
    """Set texts and bars one below the other in a box."""

    box: Each[Box]
    within: Literal["canvas", "safe"] = "safe"
    align: Each[Align] = "start"
    valign: Each[Valign] = "top"
    items: Annotated[tuple[TextLayer | Bar, ...], Meta(min_length=1, max_length=12)]


Layer = (
    Solid | Gradient | Circle | Hill | Polygon | Stroke | Photo | Logo | Code | Art | Plot | Stack
)


LOOK = frozenset(
    {
        "accent", "ink", "paper", "white",
        "theme", "field", "glow", "words", "panel", "panelwords", "mark", "deep",
    }
)  # fmt: skip
"""Colours that every layout knows: the brand's, white, and those of theme and tone."""


class Layout(_Data, frozen=True, kw_only=True):
    """One design.

    Attributes:
        name: as in ``--design``.
        summary: what it is for, one sentence.
        subject: what it is made from.
        modes: talking points it suits; empty for all.
        palette: names for colours; ``accent``, ``ink`` and ``paper`` come from the brand.
        layers: from back to front.
    """

    name: Annotated[str, Meta(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=40)]
    summary: str
    subject: Literal["point", "slide", "helpline", "alert"] = "point"
    modes: tuple[Literal["debunk", "prebunk", "alternative", "testimony"], ...] = ()
    palette: dict[str, Colour] = {}
    layers: Annotated[tuple[Layer, ...], Meta(min_length=1, max_length=60)]


def sizes_of(item: TextLayer, form: Format) -> tuple[float, ...]:
    """Give the sizes that an item may have in a format, px per em, the smallest first.

    Returns:
        Sizes of the format's scale, of which one is taken; or the two ends of ``size``.
    """
    if item.scale is not None:
        scale: Scale = each(item.scale, form.name)
        if isinstance(scale, str):
            return form.type_sizes(scale, scale)
        return form.type_sizes(*scale)
    assert item.size is not None
    least, most = each(item.size, form.name)
    return least * form.unit, most * form.unit


def texts_of(layout: Layout, form: str = "") -> Iterator[TextLayer]:
    """Give the texts that a layout sets: in one format, or in any."""
    for layer in layout.layers:
        if not isinstance(layer, Stack) or (form and layer.formats and form not in layer.formats):
            continue
        for item in layer.items:
            if isinstance(item, TextLayer) and not (
                form and item.formats and form not in item.formats
            ):
                yield item


def contents_of(layout: Layout, form: str = "") -> frozenset[str]:
    """Name the contents that a layout sets: in one format, or in any."""
    return frozenset(item.content for item in texts_of(layout, form))


def has_chart(layout: Layout) -> bool:
    """Tell whether a layout draws a chart."""
    return any(isinstance(layer, Plot) for layer in layout.layers)


def has_photo(layout: Layout) -> bool:
    """Tell whether a layout shows the talking point's photo."""
    return any(isinstance(layer, Photo) for layer in layout.layers)


def file_ending(layout: Layout) -> str:
    """Give the ending of a layout's files: ``jpg`` where it shows a photo, else ``png``."""
    return "jpg" if has_photo(layout) else "png"
