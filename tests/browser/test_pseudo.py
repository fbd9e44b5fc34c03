"""Pages hold words of any length and direction: the sample campaign in both pseudo-locales."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from stopjihad.text.language.pseudo import TAGS

from support.build import CAMPAIGN, REPOSITORY, day_of_the_campaign, stopjihad
from support.pages import by_thoroughness, one_of_each_kind, read_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pseudo")]

OUTSIDE = """() => [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && box.bottom > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).map(element => element.outerHTML.slice(0, 100))"""
BROKEN = """() => {
    const broken = (part) => {
        const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        const found = [];
        for (let text = walk.nextNode(); text; text = walk.nextNode()) {
            if (!text.parentElement.checkVisibility()) continue;
            for (const word of text.data.matchAll(/\\S+/g)) {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const boxes = [...range.getClientRects()];
                const tops = new Set(boxes.map(box => Math.round(box.top / 8)));
                if (tops.size > 1) found.push(word[0]);
            }
        }
        return found;
    };
    const found = [...document.querySelectorAll('.bar, .strip, .menu, .button')].flatMap(broken);
    for (const menu of document.querySelectorAll('.menu details')) {  // one menu at a time
        menu.open = true;
        found.push(...broken(menu));
        menu.open = false;
    }
    return found;
}"""
PAGES = ("index.html", "points/most-victims-are-muslims/index.html", "help/index.html")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of the sample campaign in English and both pseudo-locales."""
    folder = tmp_path_factory.mktemp("pseudo")
    campaign = folder / "campaigns" / CAMPAIGN
    shutil.copytree(REPOSITORY / "campaigns" / CAMPAIGN, campaign)
    shutil.rmtree(campaign / "locale")
    lines = (campaign / "campaign.yaml").read_text(encoding="utf-8").split("\n")
    listed = f"languages: [en, {', '.join(TAGS)}]"
    lines = [listed if line.startswith("languages:") else line for line in lines]
    lines = [line for line in lines if not line.startswith("digits:")]
    # Lines that stand for other languages would be for nobody here.
    start = lines.index("helplines:")
    end = next(n for n in range(start + 1, len(lines)) if not lines[n].startswith(" "))
    lines[start:end] = ["helplines:", "  - {language: en, market: GB, lines: [gb-act-early]}"]
    (campaign / "campaign.yaml").write_text("\n".join(lines), encoding="utf-8")
    for command in (["translate", "pseudo"], ["build", "--only", "site", "-o", folder / "dist"]):
        done = stopjihad("-C", folder, *command, SOURCE_DATE_EPOCH=day_of_the_campaign())
        assert done.returncode == 0, (done.stdout + done.stderr)[:2000]
    return folder / "dist" / CAMPAIGN / "site"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    yield page
    page.close()


@by_thoroughness
@pytest.mark.parametrize("tag", TAGS)
def test_nothing_overflows_a_small_screen(built: Path, page: Page, tag: str, *, thorough: bool):
    files = sorted((built / tag).rglob("index.html"))
    assert len(files) > 30
    if not thorough:
        chosen = one_of_each_kind(read_site(built), (tag,))
        files = [built / one.path for one in chosen if one.lang == tag]
        assert len(files) > 8
    for path in files:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate(OUTSIDE) == [], path


@pytest.mark.parametrize("tag", TAGS)
def test_no_word_of_the_top_or_of_a_button_is_broken(built: Path, page: Page, tag: str):
    for name in PAGES:
        page.goto((built / tag / name).as_uri())
        assert page.evaluate(BROKEN) == [], name


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(built: Path, page: Page, tag: str, name: str):
    page.goto((built / tag / name).as_uri())
    assert [item["id"] for item in Axe().run(page).response["violations"]] == []


def test_english_words_that_nobody_can_translate_are_seen(built: Path, page: Page):
    page.goto((built / "en-XA" / PAGES[1]).as_uri())
    plain = page.evaluate(
        """[...document.querySelectorAll('h1, h2, h3, nav a, button, label, p')]
            .filter((item) => !item.closest('[lang]:not(html)') && !item.querySelector('cite'))
            .map((item) => item.textContent.trim())
            .filter((text) => /^[A-Za-z ]{6,}$/.test(text))"""
    )
    # Names of countries come from CLDR, which has no pseudo-locales.
    assert set(plain) <= {"United Kingdom"}


def test_right_to_left_pages_mirror(built: Path, page: Page):
    page.set_viewport_size({"width": 1000, "height": 800})
    places = {}
    for tag in ("en", "ar-XB"):
        page.goto((built / tag / PAGES[1]).as_uri())
        places[tag] = page.locator("h1").evaluate(
            "item => { const r = document.createRange(); r.selectNodeContents(item);"
            " const b = r.getBoundingClientRect(); return [b.left, innerWidth - b.right]; }"
        )
    assert places["ar-XB"][1] == pytest.approx(places["en"][0], abs=2)
