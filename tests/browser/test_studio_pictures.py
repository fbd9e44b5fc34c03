"""Pictures come in by a drop anywhere, are described first and ticked at once, on both editors."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from support.build import CAMPAIGN
from support.studio import POINT, Running, copy_workspace, running
from support.watch import watched

pytestmark = pytest.mark.browser

DROP = """({text, name, type}) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type }));
  const target = document.getElementById('f-body');
  for (const kind of ['dragover', 'drop']) {
    const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    if (!event.defaultPrevented) throw new Error(`${kind} leaves the page`);
  }
}"""


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    with running(copy_workspace(tmp_path)) as found:
        yield found


def drop(page: Any, name: str, kind: str) -> None:
    stream = io.BytesIO()
    Image.effect_noise((1300, 900), 40).convert("RGB").save(stream, "JPEG")
    text = base64.b64encode(stream.getvalue()).decode()
    page.evaluate(DROP, {"text": text, "name": name, "type": kind})


@pytest.mark.parametrize("place", [f"points/{POINT}", "pages/about"])
def test_9_a_picture_that_is_dropped_on_the_text_is_described_and_ticked(
    studio: Running, browser: Any, place: str
) -> None:
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}/c/{CAMPAIGN}/{place}")
        page.locator("#f-body").wait_for()
        drop(page, "IMG 17.HEIC", "")
        page.get_by_label("What it shows, for people who cannot see it").fill("A market.")
        page.get_by_label("Who made it, where it comes from").fill("The team")
        page.get_by_label("What allows us to use it").fill("CC BY 4.0")
        page.get_by_role("button", name="Add the picture").click()
        page.locator("[data-upload-state]").filter(has_text="arrives as a JPEG").wait_for()
        drop(page, "Market.jpg", "image/jpeg")
        assert page.get_by_label("What it shows, for people who cannot see it").input_value()
        page.get_by_role("button", name="Add the picture").click()
        page.locator("[data-upload-done]").filter(has_text="Added and ticked").wait_for()
        assert page.locator('[data-list=media][value="market.jpg"]').is_checked()
        assert not page.get_by_label("What it shows, for people who cannot see it").is_visible()
        assert "market.jpg" in (studio.campaign / f"{place}.md").read_text("utf-8")
        shown = page.locator(".picture").filter(has_text="market.jpg").filter(has_text="Shown by:")
        for _ in range(100):  # all files are read again a moment after the save
            page.reload()
            if shown.count():
                break
        shown.wait_for()
        if place.startswith("points/"):  # it renews itself
            page.goto(f"{studio.address}/try/{CAMPAIGN}/site/en/{place}/")
            page.locator('figure.photo img[alt="A market."]').wait_for()
