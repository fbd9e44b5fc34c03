"""A communications officer does the whole job in Chromium; no step needs a terminal."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.build import CAMPAIGN
from support.studio import Running, copy_workspace, running
from support.watch import Watched, watched

pytestmark = pytest.mark.browser

POINT = "most-left-within-months"
BODY = "Most people who joined left again. [^report]\n\nThey had been promised something else."
FRENCH = {"fact": "La plupart sont repartis."}


@pytest.fixture
def studio(tmp_path: Path, small_built: Path) -> Iterator[Running]:
    with running(copy_workspace(tmp_path, small_built)) as found:
        yield found


def saved(page: Any) -> None:
    """Wait until everything that was typed is in the file."""
    page.wait_for_function("() => document.querySelector('[data-state]').textContent === 'Saved'")


def write_the_point(seen: Watched, base: str) -> None:
    page = seen.page
    page.goto(f"{base}/points")
    page.get_by_role("button", name="New talking point").click()
    page.get_by_label("Fact", exact=True).fill(
        "Most people who joined wanted to leave again within months."
    )
    page.get_by_label("Name in addresses", exact=True).fill(POINT)
    page.get_by_label("What it does", exact=True).select_option("alternative")
    page.get_by_label("Pull factor", exact=True).select_option("belonging")
    page.get_by_label("Messenger", exact=True).select_option("researchers")
    page.get_by_label("Audience", exact=True).select_option("relatives")
    page.get_by_role("button", name="Start writing").click()
    page.wait_for_url(f"**/points/{POINT}")
    # The page is there from the first word on, whatever is still missing.
    frame = page.frame_locator("[data-frame]")
    frame.get_by_role("heading", level=1).filter(has_text="within months").wait_for()
    # It does not begin with errors: what is missing says "To write".
    page.locator(".field-problem.todo").filter(has_text="To write").first.wait_for()
    assert page.locator(".field-problem.error").count() == 0

    page.get_by_label("Text", exact=True).fill(BODY)
    page.get_by_label("Instead", exact=True).fill("Talk to someone before you decide.")
    page.get_by_role("button", name="Add a source").click()
    page.get_by_label("Title", exact=True).fill("A report on returning")
    page.get_by_label("Publisher", exact=True).fill("An institute")
    # Leaving the publisher proposes a name; like a person, be in the field before choosing another.
    page.get_by_label("Short name", exact=True).click()
    page.get_by_label("Short name", exact=True).fill("report")
    page.get_by_label("Address", exact=True).last.fill("https://example.org/report")
    saved(page)
    page.wait_for_function("() => !document.querySelector('.field-problem:is(.error, .todo)')")
    page.get_by_role("button", name="Ready").click()
    page.locator("[data-draft]").wait_for(state="hidden")
    saved(page)


def look_at_everything(page: Any) -> None:
    page.get_by_role("button", name="Cards", exact=True).click()
    page.locator("[data-pane-of=cards] figure").nth(4).wait_for()
    assert page.locator("[data-pane-of=cards] figure").count() == 5
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-pane-of=cards] img')]"
        ".every(image => image.complete && image.naturalWidth > 500)"
    )
    page.get_by_role("button", name="Drafts", exact=True).click()
    page.locator(".post").nth(5).wait_for()
    texts = page.locator(".post .words").all_inner_texts()
    assert all("wanted to leave again" in text for text in texts[:1])


def translate(page: Any, base: str, language: str, words: str) -> None:
    page.goto(f"{base}/translate/{language}?of={POINT}")
    areas = page.locator("[data-words]")
    for place in range(areas.count()):
        area = areas.nth(place)
        source = area.locator("xpath=ancestor::li[1]").locator("[data-source]").inner_text()
        marks = "".join(re.findall(r" ?\[\^\w+\]", source))
        area.fill(f"{words}{marks}")
        area.press("Control+Enter")
        page.wait_for_function(
            "place => document.querySelectorAll('.text')[place].classList.contains('unreviewed')",
            arg=place,
        )


def approve(page: Any, base: str, language: str) -> None:
    page.goto(f"{base}/review?language={language}&single")
    page.get_by_label("Your name or alias", exact=True).fill("Nour")
    page.get_by_label("What makes you fit to judge", exact=True).fill("native speaker")
    group = page.locator(f".group-of[data-key='{POINT}']").first
    group.locator("summary").click()
    group.get_by_role("button", name=re.compile("Approve all")).click()
    page.locator(f".group-of[data-key='{POINT}']").filter(has_text="Withdraw all").wait_for(
        state="attached"
    )


def take(page: Any, base: str, name: str) -> tuple[str, bytes]:
    page.goto(f"{base}/export?format={name}&language=fr&language=ar")
    assert "drafts in" in page.locator("[data-offer]").inner_text()
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Download").click()
    return downloaded.value.suggested_filename, Path(downloaded.value.path()).read_bytes()


def test_the_whole_story(browser: Any, studio: Running) -> None:
    with watched(browser, viewport={"width": 1400, "height": 1000}) as (seen, _):
        page = seen.page
        page.set_default_timeout(240_000)  # an export draws every card of the campaign first
        studio.let_in(page)
        base = f"{studio.address}/c/{CAMPAIGN}"
        write_the_point(seen, base)
        look_at_everything(page)
        translate(page, base, "fr", "La plupart sont repartis au bout de quelques mois")
        translate(page, base, "ar", "معظم الذين انضموا أرادوا العودة بعد أشهر")
        for language in ("fr", "ar"):
            approve(page, base, language)

        name, data = take(page, base, "buffer")
        assert name.endswith(".zip")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            assert any("-fr.csv" in one for one in names)
            rows = list(csv.reader(io.StringIO(archive.read(names[0]).decode("utf-8-sig"))))
        assert len(rows) > 1
        name, data = take(page, base, "xlsx")
        assert name.endswith((".xlsx", ".zip"))
        assert data.startswith(b"PK")

        page.goto(f"{base}/publish")
        page.get_by_role("button", name="Build the site").click()
        page.get_by_text("made,").wait_for()
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Open what was built").click()
        opened.value.wait_for_load_state()
        built = studio.workspace / "dist" / CAMPAIGN / "site"
        for language in ("en", "fr", "ar"):
            assert (built / language / "points" / POINT / "index.html").is_file()
            cards = built / "cards" / language / POINT
            assert len(list(cards.glob("*.png"))) == 5
        seen.page.goto(f"{studio.address}/built/{CAMPAIGN}/site/ar/points/{POINT}/")
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert "معظم" in page.locator("h1").inner_text()
        troubles = [one for one in seen.troubles if "ERR_ABORTED" not in one]
        assert troubles == []
