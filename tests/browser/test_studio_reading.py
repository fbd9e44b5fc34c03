"""A colleague reads a French talking point, sends it back, and approves what the writer changed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from support.accessibility import violations
from support.build import CAMPAIGN
from support.studio import POINT, copy_workspace, running
from support.watch import watched

pytestmark = pytest.mark.browser

SHEET = f"/c/{CAMPAIGN}/review/sheet?of={POINT}&language="
WHY = "« Rien vu venir » blesse <b>les mères</b>."


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def name(page: Any, who: str) -> None:
    """Say once a browser who sits there."""
    page.evaluate("by => localStorage.setItem('stopjihad-reviewer', JSON.stringify({by}))", who)


def send_back(page: Any, why: str) -> None:
    button = page.locator("[data-remark=send-back]").first
    button.wait_for()
    page.wait_for_load_state("load")  # its script has come: a click before it does nothing
    button.click()
    page.get_by_label("In your words").fill(why)
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".remark.returned").wait_for()


def test_a_point_is_sent_back_changed_and_approved(browser: Any, tmp_path: Path) -> None:
    looks = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
    with (
        running(copy_workspace(tmp_path)) as studio,
        watched(browser, color_scheme="dark", viewport=looks[0]) as (reading, _),
        watched(browser, viewport=looks[1]) as (writing, _),
    ):
        reader, writer = reading.page, writing.page
        for page, who in ((reader, "Nour"), (writer, "Sami")):
            studio.let_in(page)
            name(page, who)
        writer.goto(f"{studio.address}/c/{CAMPAIGN}/translate/fr?of={POINT}")
        reader.goto(f"{studio.address}/c/{CAMPAIGN}/review?language=fr&interface=en")
        reader.locator(f".sheets a[href$='of={POINT}']").click()
        send_back(reader, WHY)
        assert violations(reader) == []

        told = writer.locator(".text").first.locator(".remark.returned")  # without loading anew
        told.wait_for()
        assert WHY in told.inner_text()
        area = writer.locator("[data-words]").first
        area.fill("Des mères de jeunes partis en Syrie ont dit avoir tout appris trop tard.")
        area.press("Control+Enter")
        writer.locator(".remark:not(.returned)").wait_for()
        assert violations(writer) == []

        reader.reload()
        assert "changed since" in reader.locator(".remark").inner_text()
        assert "tout appris" in reader.locator(".remark ins").all_inner_texts()[-1]
        reader.get_by_role("button", name="Approve", exact=True).click()
        reader.wait_for_url(lambda address: POINT not in address)  # the next one that waits
        reader.goto(f"{studio.address}{SHEET}fr")
        reader.get_by_text("All of it is signed", exact=True).wait_for()
        reader.locator(".remark.resolved details:not([open])").wait_for()
        assert {line["by"] for line in lines(studio.campaign / "reviews.jsonl")} == {"Nour"}
        steps = [line["step"] for line in lines(studio.campaign / "remarks.jsonl")]
        assert steps == ["send-back", "resolve"]

        # In the source language the writer sees it at the field of the editor.
        reader.goto(f"{studio.address}{SHEET}en")
        send_back(reader, "Who said so?")
        writer.goto(f"{studio.address}/c/{CAMPAIGN}/points/{POINT}")
        at = writer.locator("[data-field=fact] .remark.returned")
        at.get_by_role("button", name=re.compile("Answer")).click()
        writer.get_by_label("In your words").fill("It stands in the second source.")
        writer.get_by_role("button", name="Send", exact=True).click()
        at.locator(".answer").wait_for()
        at.get_by_role("button", name=re.compile("Resolve")).click()
        writer.locator("[data-field=fact] .remark.resolved").wait_for()
        assert [*reading.troubles, *writing.troubles] == []
