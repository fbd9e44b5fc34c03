"""A campaign goes out from the studio and comes back: no step needs a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.accessibility import violations
from support.build import stopjihad
from support.publications import NOON
from support.studio import Running, running
from support.targets import files_below, real_workspace
from support.watch import watched

pytestmark = pytest.mark.browser

BASE = "/c/demo"
POINT = "campaigns/demo/points/neighbours.md"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    """Give a small campaign that is no sample, and has no target."""
    root = real_workspace(tmp_path / "workspace", "")
    (root / "campaigns/demo/targets.yaml").unlink()
    with running(root, now=lambda: NOON) as found:
        yield found


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def rewrite(studio: Running, old: str, new: str) -> None:
    path = studio.workspace / POINT
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_out_and_back(browser: Any, studio: Running) -> None:
    with watched(browser, viewport={"width": 390, "height": 844}, locale="fr") as (seen, _):
        page = seen.page
        page.set_default_timeout(30_000)
        studio.let_in(page)
        page.goto(f"{studio.address}{BASE}/publish")
        page.get_by_text("Il n’y a encore aucun lieu où publier.").wait_for()
        press(page, "Indiquer un dossier")
        page.get_by_label("Nom du dossier").fill("web")
        assert violations(page) == []
        press(page, "Ajouter")
        page.wait_for_url("**/publish?target=live")
        page.get_by_text("Rien n’y est encore publié.").wait_for()
        page.get_by_label("Votre nom ou pseudonyme").fill("Nour")
        press(page, "Qu’est-ce qui changerait ?")
        page.locator("[data-planned]").wait_for()
        web = studio.workspace.parent / "web"
        assert not web.exists()
        press(page, "Construire et publier")
        page.locator("[data-done]").wait_for()
        first = files_below(web)
        assert b"guard us" in first["en/points/neighbours/index.html"]
        assert b'"words"' not in first["manifest.json"]  # what changed is written down at home
        rows = page.locator("[data-publication]")
        assert rows.count() == 1
        assert "Nour" in rows.inner_text()

        rewrite(studio, "guard us", "guard us all")
        press(page, "Construire et publier")
        page.locator("[data-publication]").nth(1).wait_for()
        assert "guard us all" in files_below(web)["en/points/neighbours/index.html"].decode()
        assert "arguments aux mots modifiés : 1" in rows.first.inner_text()
        rows.first.locator("summary").first.click()
        assert violations(page) == []
        rows.first.locator("summary").first.click()
        rows.nth(1).locator("summary").first.click()
        press(page, "Revenir à celle-ci")
        rows.nth(2).wait_for()
        page.locator("[data-done]").filter(has_text="0003-").wait_for()
        assert files_below(web) == first
        assert "retour à 0001-" in rows.first.inner_text()
        assert "Nour" in rows.first.inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert seen.troubles == []


def test_what_may_not_return_says_why(studio: Running, browser: Any) -> None:
    """The studio gives the command's own answers: words whose approval was withdrawn stay away."""
    root = studio.workspace
    targets = "targets:\n  - {id: live, folder: {path: ../web}}\n"
    (root / "campaigns/demo/targets.yaml").write_text(targets, "utf-8")
    day = {"SOURCE_DATE_EPOCH": str(int(NOON.timestamp()))}

    def run(*words: str, **more: str) -> None:
        done = stopjihad("-C", root, *words, **(day | more))
        assert done.returncode == 0, done.stdout + done.stderr

    about = ("--language", "en", "--by", "Nour", "neighbours/body")
    run("review", "approve", "--role", "reader", *about)
    run("publish", "live", "--build")
    rewrite(studio, "guard us", "guard us all")
    run("publish", "live", "--build")
    later = {"SOURCE_DATE_EPOCH": str(int((NOON + dt.timedelta(minutes=5)).timestamp()))}
    run("review", "withdraw", *about, **later)
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}{BASE}/publish")
        row = page.locator("[data-publication]").nth(1)
        assert "may not return" in row.inner_text()
        row.locator("summary").first.click()
        assert "the approval of words in it was withdrawn" in row.inner_text()
        assert row.get_by_role("button").count() == 0
