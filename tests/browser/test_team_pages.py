"""The team's own pages: no violation, no overflow, nothing loaded, and paper holds all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.accessibility import violations
from support.watch import watched

pytestmark = pytest.mark.browser

PAGES = ("report/index.html", "dossiers/en/letters-home.html", "dossiers/ar/letters-home.html")


LOOKS = [("light", 320), ("dark", 1280), ("dark", 320), ("light", 1280)]
"""Colours and widths in px: a page is seen in the first two or in the others; the long form has
all."""
SEEN = [
    pytest.param(path, *look, marks=() if number % 2 == place // 2 else pytest.mark.long)
    for number, path in enumerate(PAGES)
    for place, look in enumerate(LOOKS)
]


@pytest.mark.parametrize(("path", "scheme", "width"), SEEN)
def test_axe_finds_no_violation(
    browser: Any, small: Path, path: str, *, scheme: str, width: int
) -> None:
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    with watched(browser, **options) as (seen, _):
        seen.page.goto((small / path).as_uri())
        assert violations(seen.page) == []
        wide = "document.documentElement.scrollWidth > window.innerWidth"
        assert not seen.page.evaluate(wide)


@pytest.mark.parametrize("path", PAGES)
def test_the_page_needs_no_other_file(browser: Any, small: Path, path: str) -> None:
    asked: list[str] = []
    with watched(browser) as (seen, _):
        seen.page.on("request", lambda request: asked.append(request.url))
        seen.page.goto((small / path).as_uri())
        background = "getComputedStyle(document.querySelector('.private, dl')).display"
        assert seen.page.evaluate(background)
        assert seen.page.evaluate("document.styleSheets.length") == 1
    assert len(asked) == 1


def test_a_dossier_prints_the_addresses_of_its_sources(browser: Any, small: Path) -> None:
    with watched(browser) as (seen, _):
        seen.page.goto((small / PAGES[1]).as_uri())
        seen.page.emulate_media(media="print")
        shown = seen.page.evaluate(
            "getComputedStyle(document.querySelector('ol a'), '::after').content"
        )
        assert "http" in shown
