"""Readers may be watched: a page loads nothing from elsewhere and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.pages import NOT_FOUND, Page, by_thoroughness, kinds_in_turn, seen_in_browsers
from support.watch import watched

pytestmark = pytest.mark.browser


@pytest.fixture(params=["the root of a host", "a sub-folder", "a disk"])
def place(request: pytest.FixtureRequest, site: Path, served_site: str, served_below: str) -> str:
    """Give the address of the site in each kind of place where it may stand."""
    places = {
        "the root of a host": served_site,
        "a sub-folder": served_below,
        "a disk": f"{site.as_uri()}/",
    }
    return places[request.param]


@by_thoroughness
def test_every_page_loads_only_itself_without_complaint_and_keeps_nothing(
    browser: Any,
    place: str,
    served_site: str,
    pages: dict[str, Page],
    languages: tuple[str, ...],
    *,
    thorough: bool,
) -> None:
    chosen = seen_in_browsers(pages, languages, thorough=thorough)
    if not thorough and place != served_site:
        chosen = [page.path for page in kinds_in_turn(pages, thorough=False)]
    with watched(browser) as (seen, context):
        for path in chosen:
            if path == NOT_FOUND:
                continue
            seen.visit(place + path)
            assert seen.kept() == {}, path
        assert seen.troubles == []
        assert [url for url in seen.requests if not url.startswith(place)] == []
        assert context.cookies() == []


def test_an_address_that_leads_nowhere_shows_a_whole_page_with_ways_on(
    browser: Any, served_site: str, pages: dict[str, Page]
) -> None:
    assert [path for path in pages if path.endswith(NOT_FOUND)] == [NOT_FOUND]
    with watched(browser) as (seen, _):
        seen.page.goto(f"{served_site}no/such/page.html")
        assert seen.page.evaluate("document.styleSheets[0].cssRules.length") > 10
        ways = seen.page.eval_on_selector_all("main a", "links => links.map(a => a.href)")
        assert ways
        for address in ways:
            assert address.removeprefix(served_site) in pages


def test_the_watch_notices_requests_errors_and_storage(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<!doctype html><meta http-equiv="Content-Security-Policy" content="style-src \'none\'">'
        '<script>localStorage.a = 1</script><p style="color: red">x<img src="missing.png">'
    )
    with watched(browser) as (seen, _):
        seen.visit((tmp_path / "index.html").as_uri())
        assert seen.kept() == {"local": 1}
        found = " ".join(seen.troubles)
        assert "missing.png" in found
        assert "CSP violation" in found
