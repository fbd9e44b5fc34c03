"""Pages of questions lead with their fact, say who can read them, and are in kits."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from stopjihad.text.language.sentences import sentences

from support.build import CAMPAIGN, REPOSITORY
from support.pages import Page

FOLDER = REPOSITORY / "campaigns" / CAMPAIGN / "pages"
NAMES = sorted(
    path.stem for path in FOLDER.glob("*.md") if "\ndiscussion:" in path.read_text("utf-8")
)
LEVEL = {"en": "Can be read from about", "fr": "Se lit à partir de", "ar": "تُقرأ ابتداءً من"}
WORDS = 20
"""Most words of a sentence that readers of 13 follow without going back."""


@pytest.mark.parametrize("lang", sorted(LEVEL))
def test_pages_of_questions_lead_with_the_fact_and_say_who_can_read_them(
    pages: dict[str, Page], site: Path, lang: str
) -> None:
    assert len(NAMES) == 14
    for name in NAMES:
        text = (site / lang / "pages" / name / "index.html").read_text("utf-8")
        main = text[text.index("<main") :]
        fact = main.index('<p><strong><a href="../../../')
        assert main.index(LEVEL[lang]) < fact < main.index("<h2>")
        assert pages[f"{lang}/pages/{name}/index.html"].lang == lang


def test_a_language_without_them_has_no_page_in_another_language(site: Path) -> None:
    assert not any((site / "de" / "pages" / name).exists() for name in NAMES)


def test_sentences_are_short() -> None:
    for name in NAMES:
        text = (FOLDER / f"{name}.md").read_text("utf-8").split("---\n", 2)[2]
        for line in text.split("\n"):
            for one in sentences(line.lstrip("-# "), ""):
                assert len(one.split()) <= WORDS, one


def test_they_are_in_the_kit_of_their_fact(site: Path) -> None:
    kit = site / "kits/fr/points/mothers-speak-fr.zip"
    with zipfile.ZipFile(kit) as archive:
        assert "Écouter avant qu’il soit tard" in archive.read("README.html").decode()
