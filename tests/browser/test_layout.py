"""Pages fit a narrow phone in both directions, and a keyboard finds the way out first."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from support.firefox import firefox
from support.pages import (
    RIGHT_TO_LEFT,
    Page,
    by_thoroughness,
    kinds_in_turn,
    seen_in_browsers,
)
from support.serve import served
from support.watch import watched

pytestmark = pytest.mark.browser

TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 1 || box.left < -1);
}).map(element => element.outerHTML.slice(0, 100)).slice(0, 3)"""


@by_thoroughness
def test_no_page_scrolls_sideways_at_320_px(
    browser: Any,
    served_site: str,
    pages: dict[str, Page],
    languages: tuple[str, ...],
    *,
    thorough: bool,
) -> None:
    options = {"viewport": {"width": 320, "height": 640}}
    with watched(browser, **options) as (seen, _):
        wide = {}
        for path in seen_in_browsers(pages, languages, thorough=thorough):
            seen.page.goto(served_site + path)
            if seen.page.evaluate("document.documentElement.scrollWidth") > 320:
                wide[path] = seen.page.evaluate(TOO_WIDE)
        assert wide == {}


BROKEN_WORDS = r"""() => ['.brand span', '.leave', '.tohelp'].flatMap(place => {
    const text = document.querySelector(place).firstChild;
    const range = document.createRange();
    return [...text.data.matchAll(/[^\s]+/g)].filter(word => {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const tops = [...range.getClientRects()].map(box => box.top);
        if (!tops.length) throw new Error('a word cannot be seen');
        return Math.max(...tops) - Math.min(...tops) > 8;
    }).map(word => word[0]);
})"""


@pytest.mark.parametrize("width", [320, pytest.param(360, marks=pytest.mark.long)])
def test_no_word_of_the_header_is_broken_on_a_phone(
    browser: Any, served_site: str, languages: tuple[str, ...], width: int
) -> None:
    """German had "Dschihadism|us", Russian "Получит|ь", without a hyphen."""
    with watched(browser, viewport={"width": width, "height": 640}) as (seen, _):
        broken = {}
        for language in languages:
            seen.page.goto(f"{served_site}{language}/index.html")
            broken[language] = seen.page.evaluate(BROKEN_WORDS)
            assert seen.page.locator(".bar").bounding_box()["height"] < 80, language
        assert broken == {language: [] for language in languages}


@pytest.mark.long
def test_no_word_of_the_header_is_broken_in_firefox(
    site: Path, languages: tuple[str, ...], tmp_path: Path
) -> None:
    """It gave the mark beside the name no width of its own, and broke the German name again.

    Its windows are never as narrow as a phone: a frame is, where no header forbids frames.
    """
    with served(site, "/", with_headers=False) as address, firefox(tmp_path) as seen:
        seen.goto(f"{address}robots.txt")
        for language in languages:
            frame = f"""
                const frame = document.createElement('iframe');
                frame.width = 320;
                frame.src = '{address}{language}/about/index.html';
                document.body.replaceChildren(frame);
                await new Promise(loaded => frame.onload = loaded);
                return ((document) => ({BROKEN_WORDS})())(frame.contentDocument);"""
            assert seen.run(frame) == [], language


@pytest.mark.parametrize(("width", "parted"), [(320, "auto 15 5 4"), (900, "manual auto")])
def test_long_words_of_headings_are_parted_by_their_language_on_phones(
    browser: Any, served_site: str, width: int, parted: str
) -> None:
    """The browser of the tests has no dictionaries: "Welternährungspr|ogramm" stays there."""
    asked = """() => [...document.querySelectorAll('h1, h2, h3')].map(heading => {
        const style = getComputedStyle(heading);
        return `${style.hyphens} ${style.hyphenateLimitChars}`;
    })"""
    with watched(browser, viewport={"width": width, "height": 640}) as (seen, _):
        seen.page.goto(f"{served_site}de/kit/aid-was-raided/index.html")
        found = seen.page.evaluate(asked)
        assert found
        assert set(found) == {parted}
        assert seen.page.locator("h1").evaluate("it => it.closest('[lang]').lang") == "de"


@pytest.mark.parametrize("name", ["Antiradikalisierungskampagnenverband", "x" * 90])
def test_a_name_with_a_longer_word_than_a_phone_has_room_for_stays_on_the_screen(
    browser: Any, served_site: str, name: str
) -> None:
    with watched(browser, viewport={"width": 320, "height": 640}) as (seen, _):
        seen.page.goto(f"{served_site}de/index.html")
        seen.page.evaluate("it => { document.querySelector('.brand span').textContent = it }", name)
        assert seen.page.evaluate("document.documentElement.scrollWidth") == 320
        for place in (".brand", ".leave", ".tohelp"):
            box = seen.page.locator(place).bounding_box()
            assert box["x"] >= 0, place
            assert box["x"] + box["width"] <= 320, place


SIDES = """() => [...document.querySelectorAll('.langs li a')].map(link => {
    const box = link.getBoundingClientRect();
    if (!link.checkVisibility() || !box.width) throw new Error('a link cannot be seen');
    return [box.left, box.right];
})"""


@pytest.mark.parametrize("width", [320, 500, 900])
def test_the_open_list_of_languages_is_on_the_screen(
    browser: Any, served_site: str, languages: tuple[str, ...], width: int
) -> None:
    with watched(browser, viewport={"width": width, "height": 900}) as (seen, _):
        for language in languages:
            seen.page.goto(f"{served_site}{language}/index.html")
            seen.page.locator(".langs summary").click()
            sides = seen.page.evaluate(SIDES)
            assert len(sides) == len(languages), language
            assert min(left for left, _ in sides) >= 0, language
            assert max(right for _, right in sides) <= width, language


@by_thoroughness
def test_text_enlarged_to_twice_its_size_still_fits(
    browser: Any, served_site: str, pages: dict[str, Page], *, thorough: bool
) -> None:
    """WCAG 1.4.10: 1280 px at 400 % zoom is 320 px; 1.4.4: text at 200 % without loss."""
    with watched(browser, viewport={"width": 640, "height": 900}) as (seen, _):
        wide = {}
        for page in kinds_in_turn(pages, thorough=thorough):
            seen.page.goto(served_site + page.path)
            seen.page.evaluate("document.documentElement.style.fontSize = '200%'")
            if seen.page.evaluate("document.documentElement.scrollWidth") > 640:
                wide[page.path] = seen.page.evaluate(TOO_WIDE)
        assert wide == {}


def test_direction_follows_the_language(pages: dict[str, Page]) -> None:
    for page in pages.values():
        expected = "rtl" if page.lang.split("-")[0] in RIGHT_TO_LEFT else "ltr"
        assert page.root.get("dir") == expected, page.path
        if "/" in page.path:
            assert page.lang == page.path.split("/")[0]


def test_a_right_to_left_page_starts_at_the_right(browser: Any, served_site: str) -> None:
    with watched(browser, viewport={"width": 1280, "height": 900}) as (seen, _):
        sides = {}
        for lang in ("en", "ar"):
            seen.page.goto(f"{served_site}{lang}/index.html")
            box = seen.page.locator("header .brand").bounding_box()
            sides[lang] = box["x"] + box["width"] / 2 < 640
        assert sides == {"en": True, "ar": False}


FOOTNOTES = """() => [...document.querySelectorAll('sup')].map(note => {
    const before = note.previousSibling;
    const digit = /\\d[.،؛]?\\s*$/.exec(before?.textContent ?? '');
    if (!digit) return '';
    const range = document.createRange();
    range.setStart(before, digit.index);
    range.setEnd(before, digit.index + 1);
    const [number, mark] = [range.getBoundingClientRect(), note.getBoundingClientRect()];
    const apart = Math.abs(number.bottom - mark.bottom) > number.height;
    return apart || mark.right <= number.left + 1 ? 'after' : 'before';
})"""


def test_a_footnote_after_a_number_stands_behind_it_from_right_to_left(
    browser: Any, served_site: str, pages: dict[str, Page]
) -> None:
    """After "20." the mark 1 stood before the number, which read as part of it."""
    found: list[str] = []
    with watched(browser, viewport={"width": 360, "height": 640}) as (seen, _):
        for path in pages:
            if path.startswith("ar/points/") and path.count("/") == 3:
                seen.page.goto(served_site + path)
                told = seen.page.evaluate(FOOTNOTES)
                assert "before" not in told, path
                found += told
    assert "after" in found


@by_thoroughness
def test_the_way_out_is_among_the_first_three_stops_of_the_keyboard(
    browser: Any, served_site: str, pages: dict[str, Page], *, thorough: bool
) -> None:
    with watched(browser) as (seen, _):
        for page in kinds_in_turn(pages, thorough=thorough):
            if "/" not in page.path or page.framed:
                continue
            seen.page.goto(served_site + page.path)
            stops = []
            for _press in range(3):
                seen.page.keyboard.press("Tab")
                stops.append(seen.page.evaluate("document.activeElement.className"))
            assert "leave" in stops, page.path


def printed_sheets(page: Any) -> int:
    """Count the sheets of A4 that a page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_help_page_is_printed_on_two_sheets(browser: Any, served_site: str, lang: str) -> None:
    """Ten sheets had one line each, and below it the name of the next country."""
    with watched(browser) as (seen, _):
        seen.page.goto(f"{served_site}{lang}/pages/for-parents/")
        advice = printed_sheets(seen.page)  # the name of the sponsor stood alone on a third
        seen.page.goto(f"{served_site}{lang}/help/")
        sheets = printed_sheets(seen.page)
        seen.page.emulate_media(media="print")
        kept = seen.page.locator(".country h2").evaluate_all(
            "all => all.map(one => getComputedStyle(one).breakAfter)"
        )
    assert advice <= 2
    assert sheets <= 2
    assert len(kept) > 6
    assert set(kept) == {"avoid"}


HOLES = """() => [...document.querySelectorAll('.wrap:not(.groups) > .stories')].flatMap(list => {
    const rows = {};
    const gap = parseFloat(getComputedStyle(list).columnGap);
    for (const item of list.children) {
        const box = item.getBoundingClientRect();
        rows[Math.round(box.top)] = (rows[Math.round(box.top)] ?? -gap) + gap + box.width;
    }
    const whole = list.getBoundingClientRect().width;
    return Object.values(rows).filter(wide => wide < whole - 2);
})"""


@pytest.mark.parametrize("width", [820, 1280])
def test_no_row_of_pictured_stories_has_an_empty_place(
    browser: Any, served_site: str, pages: dict[str, Page], width: int
) -> None:
    """Four stories stood in three columns, and the last place gaped."""
    lists = [
        path
        for path, page in pages.items()
        if path.startswith(("en/", "ar/"))
        and page.kind in {"home", "audiences/*", "pull-factors/*"}
    ]
    assert len(lists) > 10
    looked = 0
    with watched(browser, viewport={"width": width, "height": 800}) as (seen, _):
        for path in lists:
            seen.page.goto(served_site + path)
            looked += seen.page.locator("main .wrap:not(.groups) > .stories").count()
            assert seen.page.evaluate(HOLES) == [], path
    assert looked > 8
