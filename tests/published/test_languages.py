"""Translations name each other, and only real ones are named."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from support.pages import Page

XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def alternates(page: Page) -> dict[str, str]:
    links = [
        link for link in page.rel("alternate") if link.get("hreflang") and not link.get("type")
    ]
    named = {link.get("hreflang"): link.get("href") for link in links}
    assert len(named) == len(links), f"{page.path} names a language twice"
    return named


def canonical(page: Page) -> str:
    found = [link.get("href") for link in page.rel("canonical")]
    assert len(found) <= 1, page.path
    return found[0] if found else ""


def test_hreflang_is_reciprocal_names_itself_and_a_default(pages: dict[str, Page]) -> None:
    by_address = {canonical(page): page for page in pages.values() if alternates(page)}
    assert len(by_address) > 20
    for page in by_address.values():
        named = alternates(page)
        assert named.get(page.lang) == canonical(page), f"{page.path} does not name itself"
        assert named.get("x-default") in named.values(), page.path
        assert "x-default" in named, page.path
        for tag, address in named.items():
            other = by_address.get(address)
            assert other is not None, f"{page.path}: {address} is no page with alternates"
            assert alternates(other) == named, f"{page.path} and {other.path} disagree"
            if tag != "x-default":
                assert other.lang == tag


def test_a_page_that_fell_back_points_to_its_source_and_names_no_translations(
    pages: dict[str, Page],
) -> None:
    for page in pages.values():
        address = canonical(page)
        if address and not address.endswith(("/" + page.path, "/" + page.path[:-10])):
            assert alternates(page) == {}, page.path


def test_the_sitemap_lists_each_page_of_its_own_once_with_the_same_alternates(
    pages: dict[str, Page], site: Path
) -> None:
    root = ET.parse(site / "sitemap.xml").getroot()
    assert root.tag == f"{SITEMAP}urlset"
    listed: dict[str, dict[str, str]] = {}
    for url in root:
        assert url.tag == f"{SITEMAP}url"
        names = [child.tag for child in url]
        assert names[0] == f"{SITEMAP}loc"
        assert set(names) <= {f"{SITEMAP}loc", f"{SITEMAP}lastmod", f"{XHTML}link"}
        address = url.findtext(f"{SITEMAP}loc", "")
        assert address not in listed
        assert address.startswith("https://")
        assert len(address) < 2048
        listed[address] = {
            link.get("hreflang", ""): link.get("href", "")
            for link in url.iter(f"{XHTML}link")
            if link.get("rel") == "alternate"
        }
    assert len(listed) <= 50_000
    own = {
        canonical(page): alternates(page)
        for page in pages.values()
        if canonical(page).endswith(("/" + page.path, "/" + page.path[:-10]))
        and not page.all("meta", name="robots", content="noindex")
    }
    assert listed == own


def test_robots_names_the_sitemap(pages: dict[str, Page], site: Path) -> None:
    home = canonical(pages["en/index.html"]).removesuffix("index.html").removesuffix("en/")
    lines = (site / "robots.txt").read_text("utf-8").splitlines()
    assert f"Sitemap: {home}sitemap.xml" in lines


def test_nobody_who_is_called_du_or_tu_is_called_formally_below(pages: dict[str, Page]) -> None:
    """Headings said "Was Sie tun können" above steps that said "Such den Namen"."""
    formal = {"de": r"\b(?:Ihnen|Ihren?|tun Sie|Sie tun)\b", "fr": r"(?i)\b(?:vous|votre|vos)\b"}
    for lang, pattern in formal.items():
        page = pages[f"{lang}/points/pictures-that-push/index.html"]
        main = page.html.partition("<main")[2].partition("</main>")[0]
        assert re.search(r"(?i)\b(?:du|tu)\b", main), page.path
        assert not re.findall(pattern, main), page.path
