"""From a fresh workspace to a site of one's own: no terminal, no file, no line of YAML."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from stopjihad.cli.main import main

from support.studio import Running, running
from support.watch import watched

pytestmark = pytest.mark.browser

SLUG = "my-campaign"


def logo() -> dict[str, str | bytes]:
    """Give a logo as a browser takes it: one colour that stands nowhere else."""
    stream = io.BytesIO()
    Image.new("RGB", (80, 80), (200, 30, 90)).save(stream, "PNG")
    return {"name": "Our Logo.PNG", "mimeType": "image/png", "buffer": stream.getvalue()}


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    made = CliRunner().invoke(main, ["init", str(tmp_path / "ours"), "--language", "en"])
    assert made.exit_code == 0, made.output
    with running(tmp_path / "ours") as found:
        yield found


def test_a_fresh_workspace_becomes_a_site_of_ones_own(studio: Running, browser: object) -> None:
    base = f"{studio.address}/c/{SLUG}"
    folder = studio.workspace / "campaigns" / SLUG
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.get_by_role("link", name="Begin ours").click()
        page.wait_for_url("**/begin*")
        page.wait_for_load_state()  # its scripts have run
        page.get_by_role("button", name="Begin, and build the site").click()
        page.locator("[data-error-of=title]").filter(
            has_text="Give the campaign a name."
        ).wait_for()
        page.get_by_label("Name of the campaign").fill("Facts for Lyon")
        page.get_by_label("Who stands behind this campaign").fill("Ville de Lyon")
        page.get_by_label("Who pays for it").fill("Ville de Lyon")
        page.get_by_label("Where mistakes are reported").fill("fautes@lyon.fr")
        page.get_by_label("Colour of links and buttons").fill("#7a1f5c")
        page.get_by_label("Logo").set_input_files(logo())
        page.locator("[data-logo-state]").filter(has_text="The logo is kept.").wait_for()
        page.get_by_role("checkbox", name="français").check()
        page.get_by_label("Most readers live in").select_option("FR")
        assert page.get_by_label("Numéro vert of the CNAPR").is_checked()
        page.get_by_role("button", name="Begin, and build the site").click()
        page.get_by_role("link", name="Look at the site").wait_for(timeout=120_000)
        site = studio.workspace / "dist" / SLUG / "site"
        home = (site / "en" / "index.html").read_text("utf-8")
        assert "Facts for Lyon" in home
        assert "brand-icon" in home
        assert "brand." in home
        css = next(site.glob("assets/site*.css")).read_text("utf-8")
        assert "#7a1f5c" in css
        assert "0 800 005 696" in (site / "en" / "help" / "index.html").read_text("utf-8")
        assert (site / "fr").is_dir()
        lines = (folder / "helplines.yaml").read_text("utf-8")
        assert "fr-cnapr" in lines
        assert "gb-act-early" not in lines, "a number of the sample that nobody chose"
        assert "# Read in the sources" in lines
        assert (folder / "locale" / "fr.po").is_file()
        assert "# Whose number stands" in (folder / "campaign.yaml").read_text("utf-8")
        page.get_by_role("link", name="See what is next").click()
        page.get_by_text("Say at which address readers will find the site.").wait_for()
        assert page.get_by_role("link", name="Begin ours").count() == 0
        assert "campaign.yaml:" not in page.locator("main").inner_text()
        assert page.goto(f"{base}/campaign").ok
        assert [one for one in seen.troubles if "422" not in one] == []
