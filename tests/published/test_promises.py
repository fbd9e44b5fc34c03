"""What every published page promises its readers, looked up in the real campaign."""

from __future__ import annotations

import json
import os
import re
import socket
from html import unescape
from pathlib import Path

from support.pages import Page, by_thoroughness

NUMBERED = {"ar", "de", "en", "fr", "nl", "ru", "tr"}
"""Languages of the sample that a helpline stands for; others lead to the help page."""


def of_a_language(pages: dict[str, Page]) -> list[Page]:
    return [page for page in pages.values() if "/" in page.path]


def test_every_page_offers_a_way_out_a_helpline_and_its_sponsor(pages: dict[str, Page]) -> None:
    sponsor = re.search(
        r'id="sponsor-title".*?<strong[^>]*>(.+?)</strong>', pages["en/index.html"].html, re.DOTALL
    )
    assert sponsor
    for page in of_a_language(pages):
        if page.framed:
            continue  # what it must say: tests/render/page/test_embed.py
        assert [link.get("href")[:8] for link in page.all("a", class_="leave")] == ["https://"], (
            page.path
        )
        links = [link.get("href") for link in page.all("a")]
        listing = page.path.endswith("/help/index.html")
        lang, _, rest = page.path.partition("/")
        # What only some are there for, such as a way out, has no number where nobody serves it.
        asked = rest.startswith(("points/", "kit/", "audiences/", "pages/class-", "pages/talk-"))
        own = bool(page.all("a", class_="phone"))
        assert own == (lang in NUMBERED or listing) or (asked and not own), page.path
        assert any(link.endswith("help/index.html") for link in links) or listing, page.path
        assert re.search(r'<aside class="danger".*?href="tel:\d', page.html, re.DOTALL), page.path
        assert 'id="sponsor-title"' in page.html, page.path


def test_before_a_language_is_chosen_no_country_is_guessed(pages: dict[str, Page]) -> None:
    """The list of languages told readers of all twelve to dial the British number."""
    for path in ("index.html", "404.html"):
        told = re.findall(r'href="tel:(\d+)"', danger_of(pages[path].html))
        assert told == ["112"], path
    assert "tel:999" in danger_of(pages["en/index.html"].html)


def danger_of(html: str) -> str:
    """Give the line that says what to dial in an emergency."""
    return html.partition('<aside class="danger"')[2].partition("</aside>")[0]


def words(html: str) -> str:
    """Give the words that readers see."""
    seen = re.sub(r"<head>.*?</head>|<[^>]+>", "", html, flags=re.DOTALL)
    return " ".join(seen.split())


def visible(html: str) -> str:
    """Give the words that readers see with their spaces, each element for itself.

    Numbers of helplines are left out: a style holds them together.
    """
    seen = re.sub(r"<head>.*?</head>|<(sup|bdi)\b.*?</\1>|<[^>]+>", "\n", html, flags=re.DOTALL)
    return unescape(seen)


def test_the_fact_leads_and_the_claim_follows_once_flagged_before_its_warning(
    pages: dict[str, Page],
) -> None:
    claims = 0
    for page in pages.values():
        if page.kind != "points/*":
            continue
        title = re.search(r"<h1[^>]*>(.+?)</h1>", page.html)
        said = re.search(r'<p class="said">.*?<s[^>]*>(.+?)</s>', page.html)
        assert title, page.path
        if not said:
            continue
        claims += 1
        claim = words(said[1])
        assert words(page.html).count(claim) == 1, f"{page.path} names the claim twice"
        warning = page.html.index('<p class="warning"')
        assert page.html.index(title[0]) < said.start() < warning, page.path
        assert claim not in page.html[: page.html.index("</title>")], page.path
    assert claims > 5


def test_pages_have_the_marks_of_their_language_as_drafts_do(
    pages: dict[str, Page], published: Path
) -> None:
    """Authors type straight marks: drafts and cards had curly ones, pages had not."""
    told = words(pages["en/points/letters-home/index.html"].html)
    assert "“I’m fed up. They make me do the washing up,” one of them wrote." in told
    draft = (published / "posts/en/bluesky/letters-home.txt").read_text("utf-8")
    assert "“I’m fed up." in draft
    for path, said in {
        "en/about/index.html": "a recruiter’s promises",
        "en/points/aid-was-raided/index.html": "with the group’s labels on them",
        "en/points/justice-in-court/index.html": "Syria’s secret service",
    }.items():
        assert said in words(pages[path].html), path
        assert said.replace("’", "'") not in pages[path].html, path


def test_no_line_of_a_page_begins_with_a_mark_or_cuts_a_number(pages: dict[str, Page]) -> None:
    """“près de 2 | 200 personnes” is read as two: cards had held numbers together, pages not."""
    loose = re.compile(r"\d \d{3}(?!\d)|\d [%€]")
    french = re.compile(r"\S [;:!?»](?!\S)|« ")
    found = {
        page.path: hit[0]
        for page in of_a_language(pages)
        if "/kit/" not in page.path  # drafts are as platforms get them
        if (hit := loose.search(seen := visible(page.html)))
        or (page.path.startswith("fr/") and (hit := french.search(seen)))
    }
    assert found == {}
    assert "2\u202f200 personnes" in visible(
        pages["fr/points/promises-in-the-sahel/index.html"].html
    )


def test_structured_data_is_json_of_schema_org_and_never_names_where_a_claim_appeared(
    pages: dict[str, Page],
) -> None:
    kinds = set()
    for page in pages.values():
        for block in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', page.html, re.DOTALL
        ):
            data = json.loads(block)
            assert data["@context"] == "https://schema.org"
            assert "appearance" not in block
            kinds |= set(re.findall(r'"@type": ?"(\w+)"', block))
    assert {"Article", "ContactPoint"} <= kinds


@by_thoroughness
def test_nothing_published_tells_where_or_by_whom_it_was_built(
    published: Path, *, thorough: bool
) -> None:
    """S27 of the threat model: no path, host or user of this machine in any byte.

    For the long form every card of the sample is drawn (``tests/conftest.py``).
    """
    secrets = [str(published.parents[1]), str(Path.home()), socket.gethostname()]
    secrets += [os.environ[name] for name in ("USER", "LOGNAME") if name in os.environ]
    canaries = [secret.encode() for secret in secrets if len(secret) > 5]
    found = [
        path.relative_to(published).as_posix()
        for path in published.rglob("*")
        if path.is_file() and any(canary in path.read_bytes() for canary in canaries)
    ]
    assert found == []


def test_only_the_plan_is_published(published: Path) -> None:
    listed = {
        item["path"] for item in json.loads((published / "manifest.json").read_bytes())["files"]
    }
    there = {
        path.relative_to(published).as_posix() for path in published.rglob("*") if path.is_file()
    }
    assert there - {"manifest.json"} == listed - {"manifest.json"}
    assert [name for name in there if "/." in f"/{name}"] == []
