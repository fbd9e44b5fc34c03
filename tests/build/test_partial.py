"""A language in which one paragraph is missing: what its readers, search engines and feeds get."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.build import REPOSITORY, stopjihad
from support.pages import Page

INVALID = REPOSITORY / "tests" / "invalid"
POINT = "points/neighbours/index.html"
BASE = "https://demo.example.org"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a campaign whose French lacks the explanation of its only talking point."""
    folder = tmp_path_factory.mktemp("partial")
    for name in ("_base", "translation-unreviewed"):
        shutil.copytree(INVALID / name, folder, dirs_exist_ok=True)
    campaign = folder / "campaigns/demo/campaign.yaml"
    text = campaign.read_text("utf-8").replace("unreviewed: block", "unreviewed: allow")
    campaign.write_text(f"{text}platforms: [x]\n", encoding="utf-8")
    file = folder / "campaigns/demo/locale/fr.po"
    text = file.read_text("utf-8")
    assert "Quelques mots d’explication. [^un]" in text
    file.write_text(text.replace("Quelques mots d’explication. [^un]", ""), encoding="utf-8")
    done = stopjihad("-C", folder, "build", "--jobs", "1", SOURCE_DATE_EPOCH="1795478400")
    assert done.returncode == 0, done.stderr
    return folder / "dist" / "demo"


@pytest.fixture(scope="module")
def page(built: Path) -> Page:
    return Page(built / "site", f"fr/{POINT}")


def test_the_missing_paragraph_is_shown_in_its_own_language_and_direction(page: Page):
    (part,) = [item for item in page.all("div") if item.get("lang")]
    assert (part.get("lang"), part.get("dir")) == ("en", "ltr")
    start = page.html.index('<div dir="ltr" lang="en">')
    assert "Words of explanation." in page.html[start : start + 200]
    assert "La plupart de leurs victimes étaient leurs voisins." in page.html


def test_an_alert_says_so_in_the_language_of_the_page(page: Page):
    assert "Certaines parties de cette page ne sont pas encore traduites" in page.html


def test_search_engines_are_sent_to_the_source_page(built: Path, page: Page):
    assert [link.get("href") for link in page.rel("canonical")] == [
        f"{BASE}/en/{POINT.removesuffix('index.html')}"
    ]
    assert [link for link in page.rel("alternate") if link.get("hreflang")] == []
    english = Page(built / "site", f"en/{POINT}")
    named = {link.get("hreflang") for link in english.rel("alternate")} - {""}
    assert named == {"en", "x-default"}
    sitemap = (built / "site/sitemap.xml").read_text("utf-8")
    assert f"{BASE}/en/points/neighbours/" in sitemap
    assert f"{BASE}/fr/points/neighbours/" not in sitemap
    assert f"{BASE}/fr/about/" in sitemap


def test_no_card_and_no_post_is_made(built: Path):
    assert (built / "site/cards/en/neighbours/og.png").is_file()
    assert (built / "posts/en/x/neighbours.txt").is_file()
    assert not (built / "site/cards/fr/neighbours").exists()
    assert not (built / "posts/fr").exists()
    assert '"fr"' not in (built / "posts/posts.json").read_text("utf-8")
