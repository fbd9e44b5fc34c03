"""Lay out paper: set its panels, and put its pages on sheets."""

from __future__ import annotations

from typing import NamedTuple

from stopjihad.draw.pdf import Outline, PaperPage, PaperPart, PrintSheet, TextBlock
from stopjihad.draw.pdf_font import is_embeddable
from stopjihad.render.paper.imposition import impose
from stopjihad.render.paper.panel import PanelSetter
from stopjihad.render.paper.sheet_job import MM, SheetJob


class SheetSet(NamedTuple):
    """Sheets, what is read on them in its order, and what is wrong with them.

    Attributes:
        sheets: as they go through a printer.
        elements: what their marks belong to.
        full: of panels that do not hold their words even in the smallest letters, the words that
            take most of the room, as layouts name them.
        missing: characters that no font has.
        strange: families of fonts that cannot be embedded.
    """

    sheets: tuple[PrintSheet, ...]
    elements: tuple[PaperPart, ...]
    full: tuple[str, ...]
    missing: tuple[str, ...]
    strange: tuple[str, ...]


def lay_out(job: SheetJob) -> SheetSet:
    """Lay out paper."""
    pages: dict[int, list[Outline | TextBlock]] = {
        number: [] for number in range(1, len(job.layout.pages) + 1)
    }
    elements: list[PaperPart] = []
    full: list[str] = []
    for panel in job.layout.panels:
        setter = PanelSetter(job, panel, elements)
        fitted, holds = setter.fit_items()
        if not holds:
            full.append(max((one.height, one.item.words) for one in fitted if one.item.words)[1])
        pages[panel.page] += setter.draw(fitted)
    drawn = tuple(
        PaperPage(size[0] * MM, size[1] * MM, tuple(pages[number]))
        for number, size in enumerate(job.layout.pages, 1)
    )
    shaped = {
        mark.block.shaped for page in drawn for mark in page.marks if isinstance(mark, TextBlock)
    }
    faces = {run.typeface for one in shaped for run in one.runs}
    return SheetSet(
        tuple(impose(job, drawn)),
        tuple(elements),
        tuple(full),
        tuple(sorted({char for one in shaped for char in one.missing})),
        tuple(sorted({face.file.family for face in faces if not is_embeddable(face)})),
    )
