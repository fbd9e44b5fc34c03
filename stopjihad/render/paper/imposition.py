"""Put the pages of paper on the sheets that go through a printer, with lines to cut and fold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stopjihad.catalog.paper import PagePlace, PaperSheet
from stopjihad.draw.pdf import Outline, PaperPage, PlacedPage, PrintSheet
from stopjihad.render.paper.sheet_job import MM, SheetJob
from stopjihad.view.contrast import RGB

FINE, FOLD = 0.5, 0.4
"""Thickness of lines to cut and to fold, points."""

GREY: RGB = (120, 120, 120)
"""Colour of lines to cut and to fold."""


def impose(job: SheetJob, pages: Sequence[PaperPage]) -> Iterator[PrintSheet]:
    """Put the pages on sheets as the layout says; each on its own where it says nothing."""
    for sheet in job.layout.sheets:
        width = sheet.size[0] * MM
        places = tuple(
            one for place in sheet.places for one in _places(place, pages, width, mirrored=job.rtl)
        )
        marks = tuple(_lines(sheet, mirrored=job.rtl))
        yield PrintSheet(width, sheet.size[1] * MM, places, sheet.bleed * MM, marks)
    if not job.layout.sheets:
        for page in pages:
            yield PrintSheet(page.width, page.height, (PlacedPage(page),))


def _places(
    place: PagePlace, pages: Sequence[PaperPage], width: float, *, mirrored: bool
) -> Iterator[PlacedPage]:
    page = pages[place.page - 1]
    seen = None
    if place.seen:
        left, top, across, down = (one * MM for one in place.seen)
        left = width - left - across if mirrored else left
        seen = (left, top, left + across, top + down)
    for row in range(place.rows):
        for column in range(place.columns):
            left = place.at[0] * MM + column * page.width * place.scale
            if mirrored:
                left = width - left - page.width * place.scale
            top = place.at[1] * MM + row * page.height * place.scale
            yield PlacedPage(page, left, top, place.scale, seen)


def _lines(sheet: PaperSheet, *, mirrored: bool) -> Iterator[Outline]:
    for lines, thick, dashed in ((sheet.cuts, FINE, False), (sheet.folds, FOLD, True)):
        for line in lines:
            x, y, to_x, to_y = line[:4]
            if mirrored:
                x, to_x = sheet.size[0] - x, sheet.size[0] - to_x
            yield Outline((((x * MM, y * MM), (to_x * MM, to_y * MM)),), GREY, thick, dashed)
