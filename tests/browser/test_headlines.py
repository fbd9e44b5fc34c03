"""Headlines have letters of their own: one font a page at most, none that moves what is read."""

from __future__ import annotations

from typing import Any

import pytest

from support.pages import Page, by_thoroughness, one_of_each_kind
from support.watch import watched

pytestmark = pytest.mark.browser

FONTS = {"en": ["headlines-latin"], "ar": ["headlines-arabic"], "ur": [], "bn": [], "ru": []}
"""What the pages of a language load: Urdu, Bengali and Russian keep the letters of the system.

In this order the quick form takes turns: what loads a font stands beside what loads one."""

SHIFTS = """() => new Promise(done => {
    let moved = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) moved += entry.value;
    }).observe({type: 'layout-shift', buffered: true});
    requestAnimationFrame(() => setTimeout(() => done(moved), 50));
})"""
"""Sum of the layout shifts of a page (Layout Instability, W3C)."""

PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

HEADED = """async () => {
    await document.fonts.ready;
    const {fontFamily} = getComputedStyle(document.querySelector('h1'));
    return document.fonts.check('800 40px ' + fontFamily);
}"""


@pytest.mark.parametrize("lang", list(FONTS))
@pytest.mark.parametrize(("first", "width"), [(0, 360), (1, 1280)])
@by_thoroughness
def test_a_page_loads_one_font_at_most_and_nothing_on_it_moves(
    browser: Any,
    served_site: str,
    pages: dict[str, Page],
    lang: str,
    first: int,
    width: int,
    *,
    thorough: bool,
) -> None:
    """The quick form sees each kind in each language at one width: at the other in the next one."""
    chosen = [one for one in one_of_each_kind(pages, (lang,)) if one.path.startswith(f"{lang}/")]
    chosen = [one for one in chosen if "/embed/" not in one.path]
    assert len(chosen) > 10
    turn = (first + list(FONTS).index(lang)) % 2
    for page in chosen if thorough else chosen[turn::2]:
        with watched(browser, viewport={"width": width, "height": 740}) as (seen, _):
            seen.visit(served_site + page.path)
            assert seen.page.evaluate(SHIFTS) == 0, page.path
            asked = [url.rpartition("/")[2] for url in seen.requests if ".woff" in url]
            assert [name.partition(".")[0] for name in asked] == FONTS[lang], page.path
            assert seen.page.evaluate(HEADED), page.path


def test_the_sum_notices_what_moves(browser: Any) -> None:
    with watched(browser) as (seen, _):
        seen.page.set_content("<h1>One</h1><p>Two</p>")
        seen.page.evaluate(PAINTED)  # what nobody saw has not moved
        seen.page.evaluate("document.querySelector('h1').style.fontSize = '300px'")
        assert seen.page.evaluate(SHIFTS) > 0
