"""Paper made of a talking point, without a campaign; and what others read in it."""

from __future__ import annotations

import subprocess
import unicodedata
from functools import cache
from typing import Any

import polib
from stopjihad.catalog.paper import PaperLayout
from stopjihad.draw.pdf import TextBlock, write_paper
from stopjihad.load.paper import read_papers
from stopjihad.render.paper.sheet import SheetSet, lay_out
from stopjihad.render.paper.sheet_job import SheetJob
from stopjihad.render.paper.steps import about_paper, sheet_job
from stopjihad.render.paper.subject import PaperSubject

from support.cards import LINK, ROOT, drawings, fonts, frame, point, prose


@cache
def papers() -> dict[str, PaperLayout]:
    """Read the built-in layouts."""
    folder = ROOT / "templates" / "paper"
    found, problems = read_papers({path.name: path.read_text("utf-8") for path in folder.iterdir()})
    assert not problems
    return found


@cache
def theme(lang: str) -> dict[str, str]:
    """Give what the theme says in a language."""
    path = ROOT / "templates" / "locale" / f"{lang}.po"
    if not path.exists():
        return {}
    return {one.msgid: one.msgstr for one in polib.pofile(str(path)) if not one.msgctxt}


def subject(lang: str, layout: str, **changes: Any) -> PaperSubject:
    """Make what paper is about: a talking point with a long text, or a language."""
    view = point(lang)
    long = "\n\n".join(one.value for one in (view.fact, view.warning or view.fact) * 4)
    about_point = papers()[layout].subject == "point"
    view = point(lang, **({"body": prose(long, lang), "technique": "us-vs-them"} | changes))
    return PaperSubject(frame(lang), theme(lang), view if about_point else None, LINK)


def job(lang: str, layout: str, **changes: Any) -> SheetJob:
    """Collect what decides paper."""
    made = subject(lang, layout, **changes)
    return sheet_job(papers()[layout], made, drawings()["adventure"], fonts())


def laid_out(lang: str, layout: str, **changes: Any) -> SheetSet:
    """Lay paper out, and find nothing wrong with it."""
    laid = lay_out(job(lang, layout, **changes))
    assert (laid.full, laid.missing, laid.strange) == ((), (), ())
    return laid


def document(lang: str, layout: str, **changes: Any) -> bytes:
    """Write paper."""
    laid = laid_out(lang, layout, **changes)
    return write_paper(
        laid.sheets, laid.elements, about_paper(subject(lang, layout, **changes), papers()[layout])
    )


def blocks(laid: SheetSet) -> list[TextBlock]:
    """Give all words of the pages of paper."""
    pages = {id(place.page): place.page for sheet in laid.sheets for place in sheet.places}
    return [mark for page in pages.values() for mark in page.marks if isinstance(mark, TextBlock)]


def words(laid: SheetSet) -> list[str]:
    """Give each word as it stands on its line."""
    return [
        word
        for block in blocks(laid)
        for line in block.block.lines
        for word in block.block.shaped.text[line.start : line.end].split()
    ]


def letters(text: str) -> str:
    """Leave letters and numbers of a text, in form NFKC."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")


def poppler(program: str, data: bytes, *options: str) -> str:
    """Have a program of poppler read a document."""
    done = subprocess.run(
        [program, *options, "-", *(["-"] if program == "pdftotext" else [])],
        input=data,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()
