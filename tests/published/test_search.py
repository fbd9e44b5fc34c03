"""The search of the built sample: a reader finds a talking point by a word, with scripts off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
import yaml

from support.build import CAMPAIGN, REPOSITORY
from support.pages import Page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = REPOSITORY / "campaigns" / CAMPAIGN
LOOKED_AT = ("en", "fr", "ar")
BETWEEN = re.compile(r"[\s\u200c'’.,;:!?«»“”„\"()…،؛؟।۔–-]+")


@cache
def written(lang: str) -> dict[str, dict[str, str]]:
    """Read fact, claim and question of each talking point as its authors wrote them."""
    found: dict[str, dict[str, str]] = {}
    entries = {}
    if lang != "en":
        file = polib.pofile(str(FOLDER / "locale" / f"{lang}.po"))
        entries = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in file}
    for path in (FOLDER / "points").glob("*.md"):
        fields = yaml.safe_load(path.read_text("utf-8").split("\n---\n")[0])
        own = {name: fields.get(name) for name in ("fact", "claim", "question")}
        found[path.stem] = {
            name: text if lang == "en" else entries[f"{path.stem}/{name}", text]
            for name, text in own.items()
            if text
        }
    return found


def words_of(pages: dict[str, Page], lang: str) -> Iterator[tuple[str, str]]:
    """Give each word of the index with each talking point that it leads to."""
    for path, page in pages.items():
        if not path.startswith(f"{lang}/search/words/"):
            continue
        for block in re.findall(r"<dt>(.*?)</dd>", page.html, re.DOTALL):
            word = re.sub(r"<[^>]+>", "", block.split("</dt>")[0]).strip()
            for point in re.findall(r"points/([a-z0-9-]+)/index\.html", block):
                yield word, point


@pytest.mark.parametrize("lang", ["de", "en", "fr", "ar", "ru", "ur"])
def test_on_a_phone_the_head_of_a_page_is_two_rows_and_its_words_start_early(
    browser: Browser, site: Path, lang: str
) -> None:
    """The menu once took three rows and the languages a fourth: words began at 295 to 319 px.

    The strip that says that this is a sample is not counted: a real campaign has none.
    """
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto((site / lang / "points/index.html").as_uri())
    menu = page.locator(".menu").bounding_box()
    main = page.locator("main").bounding_box()
    strips = page.locator(".strip").all()
    alerts = sum(box["height"] for strip in strips if (box := strip.bounding_box()))
    page.close()
    assert menu
    assert main
    assert menu["height"] < 70
    assert main["y"] - alerts < 215


def longest(text: str) -> list[str]:
    """Give the words of a text, the longest first: these are what a reader remembers."""
    words = [word for word in BETWEEN.split(text) if word.isalpha() or not word.isascii()]
    return sorted(filter(None, words), key=lambda word: (-len(word), word))


@pytest.mark.parametrize("field", ["fact", "claim"])
def test_every_point_is_found_by_a_word_of_each_of_its_texts(
    pages: dict[str, Page], languages: tuple[str, ...], field: str
) -> None:
    for lang in languages:
        index = {(word.lower(), point) for word, point in words_of(pages, lang)}
        for point, texts in written(lang).items():
            if field in texts:
                known = [w for w in longest(texts[field])[:4] if (w.lower(), point) in index]
                assert known, f"{lang}: {point} by {field} {texts[field]!r}"


def test_no_claim_is_shown_by_the_search(
    pages: dict[str, Page], languages: tuple[str, ...]
) -> None:
    """A claim stands flagged on its own page, and nowhere else."""
    for lang in languages:
        claims = [texts["claim"] for texts in written(lang).values() if "claim" in texts]
        for path, page in pages.items():
            if path.startswith(f"{lang}/search/"):
                seen = unicodedata.normalize("NFC", re.sub(r"<[^>]+>", "", page.html))
                assert not [claim for claim in claims if claim in seen], path


def test_every_page_leads_to_the_search(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        if "/" in path and not page.framed:
            targets = {
                place[0] for link in page.all("a") if (place := page.target(link.get("href")))
            }
            assert f"{page.lang}/search/index.html" in targets, path


FOUND = [
    pytest.param(field, lang, marks=() if number == place else pytest.mark.long)
    for number, field in enumerate(("fact", "claim", "question"))
    for place, lang in enumerate(LOOKED_AT)
]
"""Each field in a language, each language with a field; the long form has all of both."""


@pytest.mark.parametrize(("field", "lang"), FOUND)
def test_a_reader_without_script_finds_a_point(
    browser: Browser, site: Path, lang: str, field: str
) -> None:
    """Home, search, letter, word, fact: five clicks at most, on a phone, scripts off."""
    point, text = next(
        (name, texts[field]) for name, texts in sorted(written(lang).items()) if field in texts
    )
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((site / lang / "index.html").as_uri())
    page.locator(".menu .rest summary").click()
    page.locator('.rest a[href$="search/index.html"]').click()
    start = page.url
    for word in longest(text):
        bare = re.sub("^(ال|وال|بال|لل)", "", word) if lang == "ar" else word
        initial = unicodedata.normalize("NFD", bare)[0].upper()
        page.goto(start)
        letter = page.locator(".letters a", has_text=re.compile(f"^{initial}$"))
        if not letter.count():
            continue
        letter.first.click()
        entry = page.locator(".index dl > div").filter(
            has=page.locator("dt", has_text=re.compile(f"^{word}$", re.IGNORECASE))
        )
        link = entry.locator(f'a[href$="points/{point}/index.html"]')
        if link.count():
            link.first.click()
            assert page.url.endswith(f"{lang}/points/{point}/index.html")
            context.close()
            return
    context.close()
    pytest.fail(f"{lang}: no word of {text!r} leads to {point}")
