"""Write slides that people change: text over pictures, in PowerPoint's form."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.render.kit.office_file import (
    fixed_archive,
    fonts_of,
    is_turned,
    set_properties,
    set_theme_fonts,
)
from stopjihad.render.kit.office_words import HELPLINES, OfficePoint, OfficeWords, office_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stopjihad.view.contrast import RGB

WIDTH, HEIGHT = 12_192_000, 6_858_000
"""EMU: 16 to 9, as screens are."""

EDGE = 457_200
"""EMU between words and the edge of a slide: half an inch."""

WORDS = 7_200_000
"""EMU that words are wide, beside the drawing."""

LARGE = 24
"""Points of the letters of what a class reads together."""

TITLE_ONLY = 5
"""Place of the layout in python-pptx's own template: a title, so that slides are listed by it."""


def render_slides(step: Step, decoded: StepInputs) -> bytes:
    """Write what `office_words` finds for a step: a talking point, then what to ask about it."""
    return write_slides(office_words(step, decoded))


def write_slides(words: OfficeWords) -> bytes:
    """Write them; the same words give the same bytes."""
    from pptx import Presentation

    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    if words.rtl:
        deck.element.set("rtl", "1")
    set_theme_fonts(deck.part.package, words.lang)
    for title, lines in ((words.terms_title, words.terms), words.leading):
        _add_list(deck, title, lines, words).element.set("show", "0")  # for whoever leads alone
    for point in words.points:
        _add_point(deck, point, words)
        title, asked = point.lesson
        _add_list(deck, point.fact, (title, *asked), words, LARGE)
    title, lines = words.closing
    _add_list(deck, title, lines, words, LARGE)
    set_properties(deck.core_properties, words)
    written = io.BytesIO()
    deck.save(written)
    return fixed_archive(written.getvalue())


def _add_point(deck: Any, point: OfficePoint, words: OfficeWords) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    picture = slide.shapes.add_picture(io.BytesIO(point.picture), 0, 0, WIDTH, HEIGHT)
    picture.name = point.alt
    picture._element.nvPicPr.cNvPr.set("descr", point.alt)  # noqa: SLF001 -- it has no other way
    slide.shapes._spTree.insert(2, picture._element)  # noqa: SLF001 -- below the words
    left = WIDTH - EDGE - WORDS if words.rtl else EDGE
    _title(slide, point.fact, (left, 420_000, WORDS, 2_000_000), words)
    _box(slide, (point.source,), (left, 2_420_000, WORDS, 340_000), words, 12)
    _box(slide, point.rest, (left, 2_800_000, WORDS, 1_900_000), words, 16)
    _box(
        slide,
        tuple(filter(None, (point.action, point.address))),
        (left, 4_750_000, WORDS, 700_000),
        words,
        14,
    )
    _box(slide, point.helplines[:HELPLINES], (left, 5_450_000, WORDS, 800_000), words, 12)
    _box(slide, (words.sponsor,), (EDGE, 6_350_000, WIDTH - 2 * EDGE, 400_000), words, 10)
    _colour(slide, point.ink)
    slide.notes_slide.notes_text_frame.text = "\n".join((words.source_title, *point.sources))
    _direct(slide.notes_slide.notes_text_frame, words)


def _add_list(
    deck: Any, title: str, lines: Sequence[str], words: OfficeWords, size: int = 18
) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    wide = WIDTH - 2 * EDGE
    _title(slide, title, (EDGE, 420_000, wide, 900_000), words)
    _box(slide, lines, (EDGE, 1_500_000, wide, 4_600_000), words, size)
    _box(slide, (words.sponsor,), (EDGE, 6_350_000, wide, 400_000), words, 10)
    return slide


Place = tuple[int, int, int, int]
"""Left, top, width and height in EMU."""


def _title(slide: Any, text: str, place: Place, words: OfficeWords) -> None:
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = place
    _fill(shape.text_frame, (text,), words, 28, bold=True)


def _box(slide: Any, lines: Sequence[str], place: Place, words: OfficeWords, size: int) -> None:
    _fill(slide.shapes.add_textbox(*place).text_frame, lines, words, size)


def _fill(
    frame: Any, lines: Sequence[str], words: OfficeWords, size: int, *, bold: bool = False
) -> None:
    """Put paragraphs into a frame; letters shrink where somebody writes more than fits."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
    from pptx.util import Pt

    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold = Pt(size), bold
    _direct(frame, words)


def _colour(slide: Any, ink: RGB) -> None:
    """Let all words of a slide be read on its picture."""
    from pptx.dml.color import RGBColor

    colour: Any = RGBColor
    for shape in slide.shapes:
        for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
            for run in paragraph.runs:
                run.font.color.rgb = colour(*ink)


def _direct(frame: Any, words: OfficeWords) -> None:
    """Say direction and language of all that stands in a frame."""
    for paragraph in frame.paragraphs:
        settings = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-pptx knows no direction
        settings.set("algn", "r" if words.rtl else "l")
        settings.set("rtl", "1" if is_turned(paragraph.text, words) else "0")
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", fonts_of(words.lang).locale)  # noqa: SLF001
