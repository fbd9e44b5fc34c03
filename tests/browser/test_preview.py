"""The preview in a real browser: pages renew themselves, problems are shown, nothing is blocked."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.accessibility import violations
from support.build import CAMPAIGN
from support.studio import PAGE, POINT, Running, copy_workspace, running
from support.watch import wait_until, watched

pytestmark = pytest.mark.browser


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    with running(copy_workspace(tmp_path)) as found:
        yield found


def save(studio: Running, pattern: str, words: str) -> None:
    path = studio.campaign / f"points/{POINT}.md"
    path.write_text(re.sub(pattern, words, path.read_text("utf-8"), count=1), "utf-8")


def test_a_page_renews_itself_and_shows_what_is_wrong(browser: Any, studio: Running) -> None:
    with watched(browser) as (seen, _):
        studio.let_in(seen.page)
        seen.visit(studio.address + PAGE)
        page = seen.page
        page.evaluate("scrollTo({top: 400, behavior: 'instant'}); window.same = true")
        save(studio, "(?m)^fact: .*$", "fact: The browser shows this.")
        wait_until(page, "() => document.querySelector('h1').textContent.includes('shows this')")
        assert page.evaluate("window.same"), "the page was loaded again"
        assert page.evaluate("scrollY") > 100, "the reader lost the place"

        save(studio, "(?m)^pull_factor: .*$", "pull_factor: belongings")
        frame = page.frame_locator("#stopjihad-problems")
        frame.locator(".problem.error").wait_for()
        text = frame.locator(".problem.error").inner_text()
        assert f"points/{POINT}.md:4:14" in text
        assert "belonging" in text
        assert "shows this" in page.locator("h1").inner_text()

        save(studio, "(?m)^pull_factor: .*$", "pull_factor: belonging")
        page.locator("#stopjihad-problems").wait_for(state="detached")
        assert seen.troubles == []


def test_another_style_sheet_loads_the_page_again(browser: Any, studio: Running) -> None:
    with watched(browser) as (seen, _):
        studio.let_in(seen.page)
        seen.visit(studio.address + PAGE)
        assets = studio.workspace / "assets"
        assets.mkdir()
        (assets / "site.css").write_text("body { background: rgb(1, 2, 3) }", "utf-8")
        wait_until(
            seen.page, "() => getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)'"
        )


def test_pages_work_in_the_preview_as_published(browser: Any, studio: Running) -> None:
    with watched(browser) as (seen, _):
        studio.let_in(seen.page)
        out = f"{studio.address}/out/{CAMPAIGN}/site"
        for path in ("", "/ar/", "/en/kit/", f"/ar/kit/{POINT}/", "/404.html", "/fr/help/"):
            seen.visit(out + path)
        seen.page.locator(".brand").click()
        assert seen.troubles == []
        assert all(request.startswith(studio.address) for request in seen.requests)


def test_without_the_cookie_there_is_nothing_to_see(browser: Any, studio: Running) -> None:
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(studio.address + PAGE)
    assert answer.status == 403
    assert "mothers" not in page.content().lower()
    context.close()


LOOKS = [("en", "light", 360), ("en", "dark", 1280), ("fr", "dark", 360), ("fr", "light", 1280)]
"""Languages, colours and widths in px: each of them with each other one; the long form has all."""
EVERY_LOOK = [
    pytest.param(*look, marks=() if look in LOOKS else pytest.mark.long)
    for look in itertools.product(("en", "fr"), ("light", "dark"), (360, 1280))
]


@pytest.mark.parametrize(("language", "scheme", "width"), EVERY_LOOK)
def test_axe_finds_no_violation(
    browser: Any, studio: Running, language: str, scheme: str, width: int
) -> None:
    save(studio, "(?m)^pull_factor: .*$", "pull_factor: belongings")
    viewport = {"width": width, "height": 800}
    with watched(browser, color_scheme=scheme, viewport=viewport) as (seen, _):
        studio.let_in(seen.page)
        views = (f"/c/{CAMPAIGN}", f"/c/{CAMPAIGN}/problems", f"/c/{CAMPAIGN}/problems?overlay")
        for path in (*views, "/nothing"):
            mark = "&" if "?" in path else "?"
            seen.page.goto(f"{studio.address}{path}{mark}interface={language}")
            assert violations(seen.page) == [], path
            inside = seen.page.evaluate("document.documentElement.scrollWidth")
            assert inside <= width, f"{path} is wider than {width} px"


GADGET = """<!doctype html>
<html lang="en"><head><title>x</title>
<meta http-equiv="Content-Security-Policy" content="{{ csp }}">
<script type="module" src="/studio/overlay.js"></script>
<script src="/studio/reload.js"></script><script>window.ran = true</script>
</head><body data-campaign="{{ frame.campaign }}" onload="window.ran = true">
<h1>Read</h1><p id="said"></p><script type="application/json" id="words">{}</script>
<form data-path="campaigns/{{ frame.campaign }}/campaign.yaml" data-number="1">
<input name="text" value="id: taken"><button>Read on</button><p data-refused></p></form>
<iframe src="/c/{{ frame.campaign }}/export"></iframe>
<iframe srcdoc="<script>top.ran = true</script>"></iframe>
</body></html>
"""


def test_a_template_with_the_scripts_of_the_studio_changes_no_file(
    browser: Any, studio: Running
) -> None:
    """01: markup around the script that mends a line; a click wrote any line of any file."""
    own = studio.workspace / "templates" / "site"
    own.mkdir(parents=True)
    source = studio.campaign / "campaign.yaml"
    was = source.read_bytes().split(b"\n")[0].decode()
    taken = GADGET.replace('value="id: taken"', f'value="{was} # taken" data-was="{was}"')
    (own / "page.html").write_text(taken, "utf-8")
    kept = {path: path.read_bytes() for path in studio.campaign.rglob("*") if path.is_file()}
    with watched(browser) as (seen, _):
        studio.let_in(seen.page)
        seen.page.goto(studio.address + PAGE)
        assert seen.page.locator("button").count() == 0  # what carries scripts is not shown at all
        assert seen.page.evaluate("window.ran") is None
        seen.page.goto(f"{studio.address}/c/{CAMPAIGN}/problems")
        seen.page.get_by_text("the template writes an element").first.wait_for()
    assert {path: path.read_bytes() for path in kept} == kept
