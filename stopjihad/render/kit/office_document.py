"""Write a document that people change: every fact with its picture, sources and helplines."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.render.kit.office_file import fixed_archive, fonts_of, is_turned, set_properties
from stopjihad.render.kit.office_words import BLANK, OfficePoint, OfficeWords, office_words

if TYPE_CHECKING:
    from collections.abc import Iterable

PICTURE = 3_600_000
"""EMU that a picture is wide: 10 cm of an A4 page, so that a talking point fits on it."""


LOGO = 540_000
"""EMU that a partner's logo is high: 15 mm, below the line that names both."""


def render_document(step: Step, decoded: StepInputs) -> bytes:
    """Write what `office_words` finds for a step: every talking point on a page of its own."""
    return write_document(office_words(step, decoded))


def write_document(words: OfficeWords) -> bytes:
    """Write it; the same words give the same bytes."""
    import docx

    paper: Any = docx.Document()
    _set_styles(paper, words)
    section = paper.sections[0]
    section.page_width, section.page_height = 7_560_000, 10_692_000  # A4 in EMU
    section.footer.paragraphs[0].text = words.sponsor
    section.header.paragraphs[0].text = words.title
    _add(paper, words.title, "Title")
    for line in (words.sponsor, words.disclosure):
        paper.add_paragraph(line)
    if words.logo:
        shown = paper.add_picture(io.BytesIO(words.logo), height=LOGO)
        shown._inline.docPr.set("descr", words.sponsor)  # noqa: SLF001
    _list(paper, words.terms_title, words.terms)
    _list(paper, *words.leading)
    for point in words.points:
        _add_point(paper, point, words)
    _list(paper, words.help_title, words.helplines)
    for paragraph in _paragraphs(paper):
        _direct(paragraph, words)
    set_properties(paper.core_properties, words)
    written = io.BytesIO()
    paper.save(written)
    return fixed_archive(written.getvalue())


def _add_point(paper: Any, point: OfficePoint, words: OfficeWords) -> None:
    _add(paper, point.fact, "Heading1").paragraph_format.page_break_before = True
    shown = paper.add_picture(io.BytesIO(point.picture), width=PICTURE)
    shown._inline.docPr.set("descr", point.alt)  # noqa: SLF001 -- it has no other way
    for line in point.rest:
        paper.add_paragraph(line)
    if point.action:
        paper.add_paragraph().add_run(point.action).bold = True
    paper.add_paragraph(point.address)
    _list(paper, words.help_title, point.helplines, 2)
    _list(paper, words.source_title, point.sources, 2)
    _add(paper, words.think, "Heading2").paragraph_format.page_break_before = True
    for line in filter(None, (BLANK, BLANK, point.fact, point.source)):
        paper.add_paragraph(line)
    _list(paper, *point.lesson, 2)
    for line in (words.closing[0], *words.closing[1]):
        paper.add_paragraph(line)
    for title, lines in point.discussions:
        _add(paper, title, "Heading2").paragraph_format.page_break_before = True
        for line in lines:
            paper.add_paragraph(line)


def _list(paper: Any, title: str, lines: Iterable[str], level: int = 1) -> None:
    _add(paper, title, f"Heading{level}")
    for line in lines:
        _add(paper, line, "ListBullet")


def _add(paper: Any, text: str, style: str) -> Any:
    """Add a paragraph; python-docx would look through all styles for each, half of the time."""
    paragraph = paper.add_paragraph(text)
    paragraph._p.style = style  # noqa: SLF001 -- the id, as its own template names it
    return paragraph


def _paragraphs(paper: Any) -> Iterable[Any]:
    section = paper.sections[0]
    yield from section.header.paragraphs
    yield from section.footer.paragraphs
    yield from paper.paragraphs


def _set_styles(paper: Any, words: OfficeWords) -> None:
    """Name fonts and language once, where a word processor looks for them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fonts = fonts_of(words.lang)
    names = {
        "ascii": fonts.latin,
        "hAnsi": fonts.latin,
        "cs": fonts.complex,
        "eastAsia": fonts.latin,
    }
    for style in paper.styles.element.iter(qn("w:rFonts")):
        for key in tuple(style.attrib):
            del style.attrib[key]
        for key, name in names.items():
            style.set(qn(f"w:{key}"), name)
    for said in paper.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), "en-GB" if words.rtl else fonts.locale)  # of its Latin letters
        said.set(qn("w:bidi"), fonts.locale)
    if words.rtl:
        for section in paper.sections:
            section._sectPr.append(OxmlElement("w:bidi"))  # noqa: SLF001 -- not offered


def _direct(paragraph: Any, words: OfficeWords) -> None:
    """Say that a paragraph and its runs read from right to left, where they do."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    if not words.rtl:
        return
    if not is_turned(paragraph.text, words):
        paragraph._p.style, paragraph.alignment = None, WD_ALIGN_PARAGRAPH.RIGHT  # noqa: SLF001
        return
    settings = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-docx knows no direction
    settings.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001


_AFTER_BIDI = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr"),
    "w:pPrChange",
)
"""What the schema wants after ``w:bidi`` in a paragraph's settings (ISO/IEC 29500-1, 17.3.1)."""
