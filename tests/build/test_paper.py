"""Paper is made when it is asked for; then each build keeps it as new as the rest."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from stopjihad.build.driver import build_campaign
from stopjihad.build.report import BuildReport
from stopjihad.build.request import Request
from stopjihad.model.options import Options
from stopjihad.problem import ProblemsFound

from support.build import CAMPAIGN, SMALL

TODAY = dt.date(2026, 11, 24)
SITE = ("site", "cards", "posts", "kits")


def build(root: Path, *only: str, today: dt.date = TODAY) -> BuildReport:
    options = Options(only=only, languages=("en",), formats=("og",))
    request = Request(out=root / "dist", today=today, code="the same", options=options, jobs=1)
    return build_campaign(root, CAMPAIGN, request)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.judge
def test_paper_is_asked_for_offered_put_into_kits_and_renewed(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(SMALL, root)
    site = root / "dist" / CAMPAIGN / "site"
    build(root, *SITE)
    assert not (site / "paper").exists()
    build(root, "paper")
    assert len(list((site / "paper" / "en").rglob("*.pdf"))) == 14
    point = site / "en" / "kit" / "letters-home" / "index.html"
    leaflet = site / "paper" / "en" / "letters-home" / "leaflet.pdf"
    assert "../../../paper/en/letters-home/leaflet.pdf" in point.read_text("utf-8")
    assert "paper/en/wallet.pdf" in (site / "en" / "kit" / "index.html").read_text("utf-8")
    kept = leaflet.read_bytes()
    build(root, *SITE)
    with zipfile.ZipFile(site / "kits" / "en" / "points" / "letters-home-en.zip") as kit:
        assert kit.read("paper/letters-home-en-leaflet.pdf") == kept
        assert b"paper/letters-home-en-leaflet.pdf" in kit.read("README.html")
    campaign = root / "campaigns" / CAMPAIGN / "campaign.yaml"
    change(campaign, "Sample Campaign Team", "Another Team")
    build(root, *SITE, "paper")
    told = subprocess.run(
        ["pdftotext", str(leaflet), "-"], capture_output=True, check=True, text=True
    )
    assert "Another Team" in told.stdout


def test_paper_with_a_number_that_must_be_checked_soon_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(SMALL, root)
    change(root / "campaigns" / CAMPAIGN / "campaign.yaml", "sample: true", "sample: false")
    with pytest.raises(ProblemsFound) as told:
        build(root, "paper", today=dt.date(2027, 1, 10))
    assert "paper-line-due" in {one.code for one in told.value.problems}
