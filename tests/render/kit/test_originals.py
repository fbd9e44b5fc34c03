"""Slides and documents to edit: whole, the same bytes anywhere, from right to left where it is."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from stopjihad.draw.background import draw_background
from stopjihad.render.kit.office_document import write_document
from stopjihad.render.kit.office_slides import write_slides
from stopjihad.render.kit.office_words import (
    OfficePoint,
    OfficeWords,
    lines_on_slide,
    lines_to_call,
)
from stopjihad.view.contrast import TEXT, contrast
from stopjihad.view.look import HUES, Look, colours_of
from stopjihad.view.records import Text

from support.build import REPOSITORY
from support.cards import frame, helpline

DRAWING = (REPOSITORY / "assets/drawings/letter.svg").read_text("utf-8")
LOOK = Look(("#0b6b5d", "#10201d", "#ffffff"), "belonging", "grave")
SAID = {
    "fr": ("Des mères ont dit qu’elles n’avaient rien vu venir.", "France · Numéro vert"),
    "ar": ("قالت أمهات إنهن لم يتوقعن ذلك.", "فرنسا · الرقم الأخضر"),
}


def words(lang: str) -> OfficeWords:
    fact, line = SAID[lang]
    rtl = lang == "ar"
    picture = draw_background(DRAWING, LOOK, mirrored=rtl)
    ink = colours_of(LOOK)["words"]
    address = "https://campaign.example.org/x/"
    sources = ("A report. UN. https://example.org/",)
    helplines = (f"{line} · \u200e0 800 005 696\u200e",)
    lesson = ("Parlez-en", ("Que pensez-vous ?", "Qui peut aider ?"))
    point = OfficePoint(
        fact,
        "Source : UN, 2025",
        (fact,),
        fact,
        address,
        sources,
        (),
        lesson,
        helplines,
        picture,
        "Liens",
        ink,
    )
    return OfficeWords(
        lang=lang,
        rtl=rtl,
        title="Kit" * 100,
        day="2026-11-28",
        sponsor=f"{line} · Sample Foundation",
        disclosure="x" * 300,
        help_title="Aide",
        helplines=helplines,
        source_title="Sources",
        terms_title="Termes",
        terms=("Un", "Deux"),
        points=(point,),
        think="Qu’en pensez-vous ?",
        closing=("Personne n’est obligé", helplines),
        leading=("Pour qui anime", ("Dites d’abord",)),
    )


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


@pytest.mark.parametrize("lang", sorted(SAID))
def test_slides_carry_sponsor_and_helpline_and_can_be_changed(lang: str) -> None:
    asked = words(lang)
    deck = pptx.Presentation(io.BytesIO(write_slides(asked)))
    first = deck.slides[2]
    assert first.shapes.title.text_frame.text == asked.points[0].fact
    assert asked.sponsor in texts(first)
    assert asked.helplines[0] in texts(first)
    picture = first.shapes[0]
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Liens"  # below all words
    assert deck.core_properties.language == lang
    settings = first.shapes.title.text_frame.paragraphs[0]._p.pPr
    assert (settings.get("rtl"), settings.get("algn")) == (("1", "r") if asked.rtl else ("0", "l"))
    first.shapes.title.text_frame.text = "Autre"
    saved = io.BytesIO()
    deck.save(saved)
    assert pptx.Presentation(saved).slides[2].shapes.title.text_frame.text == "Autre"


@pytest.mark.parametrize("lang", sorted(SAID))
def test_a_document_reads_in_its_direction_and_can_be_changed(lang: str) -> None:
    asked = words(lang)
    paper = docx.Document(io.BytesIO(write_document(asked)))
    told = {one.text: one for one in paper.paragraphs}
    turned = {text: bool(one._p.findall(f".//{qn('w:bidi')}")) for text, one in told.items()}
    assert turned[asked.points[0].fact] is asked.rtl
    assert not turned["https://campaign.example.org/x/"]
    (picture,) = paper.inline_shapes
    assert picture._inline.docPr.get("descr") == "Liens"
    assert paper.sections[0].footer.paragraphs[0].text == asked.sponsor
    assert paper.core_properties.language == lang
    paper.paragraphs[0].text = "Autre"
    saved = io.BytesIO()
    paper.save(saved)
    assert docx.Document(saved).paragraphs[0].text == "Autre"


def test_a_class_gets_questions_and_a_last_slide_and_whoever_leads_two_of_their_own() -> None:
    """Slides asked minors to share, had no question and no end; the document had no lesson."""
    asked = words("fr")
    asked = asked._replace(points=(asked.points[0]._replace(action=""),))
    deck = pptx.Presentation(io.BytesIO(write_slides(asked)))
    hidden = [slide._element.get("show") == "0" for slide in deck.slides]
    assert hidden == [True, True, False, False, False]
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [
        "Termes",
        "Pour qui anime",
        SAID["fr"][0],
        SAID["fr"][0],
        "Personne n’est obligé",
    ]
    assert "Source : UN, 2025" in texts(deck.slides[2])
    assert "Parlez-en\nQue pensez-vous ?\nQui peut aider ?" in texts(deck.slides[3])
    told = [one.text for one in docx.Document(io.BytesIO(write_document(asked))).paragraphs]
    for said in (
        "Qu’en pensez-vous ?",
        "Qui peut aider ?",
        "Personne n’est obligé",
        "Dites d’abord",
    ):
        assert said in told


def test_the_same_words_give_the_same_bytes_at_any_moment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = words("ar")
    before = write_slides(asked), write_document(asked)
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    monkeypatch.setenv("USER", "other")
    monkeypatch.chdir(tmp_path)
    moment = time.time() + 90_000
    monkeypatch.setattr(time, "time", lambda: moment)
    monkeypatch.setattr(os, "getpid", lambda: 7)
    assert (write_slides(asked), write_document(asked)) == before


@pytest.mark.parametrize("tone", ["grave", "calm", "hopeful"])
def test_words_can_be_read_on_every_field(tone: Any) -> None:
    for theme in HUES:
        colours = colours_of(Look(LOOK.brand, theme, tone))
        assert contrast(colours["words"], colours["field"]) >= TEXT


def test_a_number_of_the_police_says_what_becomes_of_a_call_to_it() -> None:
    """The last slide gave a class the number of the police, and not that a report is passed on."""
    police = helpline("en", operator="police", passed_on=Text("It may go to the police.", "en"))
    (said,) = lines_to_call(frame("en", standing=(police,)), {}, "worried")
    assert said.endswith("0800 005 696\u200e · It may go to the police.")


def test_a_slide_names_a_line_for_the_young_before_the_police() -> None:
    """A class that asks about faith was shown the number of the police alone."""
    police = helpline("en", id="police", operator="police", needs=("worried",))
    young = helpline("en", id="young", printed="119", operator="ngo", needs=("young",))
    shown = lines_on_slide(frame("en", standing=(police, young)), {}, None)
    assert [("119" in one) for one in shown] == [True, *[False] * (len(shown) - 1)]
    assert any("(police)" in one for one in shown[1:])


def convert(path: Path, to: str) -> Path:
    """Open a file in LibreOffice and save it in another form."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is among the Debian packages that make test installs"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [office, profile, "--headless", "--convert-to", to, "--outdir", str(path.parent)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    return path.with_suffix(f".{to}")


@pytest.mark.judge
@pytest.mark.parametrize("lang", sorted(SAID))
@pytest.mark.parametrize(
    ("ending", "own", "write"), [("pptx", "fodp", write_slides), ("docx", "fodt", write_document)]
)
def test_libreoffice_opens_it_its_words_are_changed_and_it_saves_the_rest(
    tmp_path: Path, ending: str, own: str, write: Callable[[OfficeWords], bytes], lang: str
) -> None:
    asked = words(lang)
    fact, number = asked.points[0].fact, "0 800 005 696"
    path = tmp_path / f"kit.{ending}"
    path.write_bytes(write(asked))
    opened = convert(path, own)
    told = opened.read_text("utf-8")
    assert fact in told
    assert number in told
    opened.write_text(told.replace(fact, "Autre"), "utf-8")
    path.unlink()
    saved = convert(opened, ending)
    if ending == "pptx":
        slides = pptx.Presentation(str(saved)).slides
        shown = "\n".join(text for slide in slides for text in texts(slide))
        assert len(slides) == len(pptx.Presentation(io.BytesIO(write(asked))).slides)
    else:
        shown = "\n".join(one.text for one in docx.Document(str(saved)).paragraphs)
    assert "Autre" in shown
    assert fact not in shown
    assert number in shown
