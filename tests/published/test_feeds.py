"""Feeds are Atom as RFC 4287 demands it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from support.pages import Page

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
IN_ENTRY = {
    "id",
    "title",
    "updated",
    "published",
    "author",
    "link",
    "summary",
    "content",
    "category",
    "rights",
    "source",
    "contributor",
}
IN_FEED = IN_ENTRY - {"summary", "content", "published"} | {
    "subtitle",
    "entry",
    "generator",
    "icon",
    "logo",
}


def faults(feed: ET.Element) -> list[str]:
    """List what RFC 4287 forbids, with its section."""
    found = [] if feed.tag == f"{ATOM}feed" else ["4.1.1 the root is no feed"]
    found += _element(feed, IN_FEED, "4.1.1")
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        found += _element(entry, IN_ENTRY, "4.1.2")
        if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
            found.append("4.1.1 neither feed nor entry has an author")
        alternate = [
            link
            for link in entry.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        ]
        if not alternate and entry.find(f"{ATOM}content") is None:
            found.append("4.1.2 an entry without content needs an alternate link")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(set(ids)) < len(ids):
        found.append("4.1.1 two entries share an id")
    return found


def _element(parent: ET.Element, allowed: set[str], section: str) -> list[str]:
    found = [
        f"{section} {child.tag} is not allowed"
        for child in parent
        if child.tag.removeprefix(ATOM) not in allowed
    ]
    for name in ("id", "title", "updated"):
        if len(parent.findall(f"{ATOM}{name}")) != 1:
            found.append(f"{section} needs exactly one {name}")
    if not (parent.findtext(f"{ATOM}id") or "").startswith(("https://", "urn:", "tag:")):
        found.append("4.2.6 an id is an absolute IRI")
    for name in ("updated", "published"):
        for date in parent.findall(f"{ATOM}{name}"):
            try:
                moment = dt.datetime.fromisoformat(date.text or "")
            except ValueError:
                moment = None
            if moment is None or moment.tzinfo is None or "T" not in (date.text or ""):
                found.append(f"3.3 {date.text} is no date of RFC 3339")
    seen = set()
    for link in parent.findall(f"{ATOM}link"):
        if not link.get("href"):
            found.append("4.2.7 a link needs an href")
        key = (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
        if key in seen:
            found.append(f"4.1 two links of {key}")
        seen.add(key)
    for author in parent.findall(f"{ATOM}author"):
        if len(author.findall(f"{ATOM}name")) != 1:
            found.append("3.2.1 a person needs exactly one name")
    return found


def test_every_language_has_a_valid_feed_of_its_talking_points(
    site: Path, languages: tuple[str, ...], pages: dict[str, Page]
) -> None:
    for language in languages:
        feed = ET.parse(site / language / "feed.xml").getroot()
        assert faults(feed) == []
        assert feed.get(LANG) == language
        own = [
            link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"
        ]
        assert len(own) == 1
        assert own[0].endswith(f"/{language}/feed.xml")
        for entry in feed.findall(f"{ATOM}entry"):
            assert entry.findtext(f"{ATOM}summary") != entry.findtext(f"{ATOM}title")
            address = entry.find(f"{ATOM}link").get("href")
            path = address[address.index(f"/{language}/") + 1 :]
            assert (path if path.endswith(".html") else f"{path}index.html") in pages


def test_every_page_of_a_language_offers_its_feed(pages: dict[str, Page]) -> None:
    for page in pages.values():
        if "/" in page.path and not page.framed:
            feeds = [
                link for link in page.rel("alternate") if link.get("type") == "application/atom+xml"
            ]
            assert [page.target(link.get("href")) for link in feeds] == [
                (f"{page.lang}/feed.xml", "")
            ], page.path


@pytest.mark.parametrize(
    ("good", "bad", "section"),
    [
        ("<id>urn:x</id>", "", "needs exactly one id"),
        ("<updated>2026-11-24T00:00:00Z</updated>", "<updated>2026-11-24</updated>", "3.3"),
        ("<author><name>x</name></author>", "", "author"),
        ('<link href="https://x.example/"/>', "", "alternate link"),
        ("<id>urn:e</id>", "<id>e</id>", "4.2.6"),
    ],
)
def test_the_check_notices_what_the_standard_forbids(good: str, bad: str, section: str) -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>x</title>'
        "<updated>2026-11-24T00:00:00Z</updated><author><name>x</name></author><entry>"
        "<id>urn:e</id><title>e</title><updated>2026-11-24T00:00:00+01:00</updated>"
        '<link href="https://x.example/"/></entry></feed>'
    )
    assert faults(ET.fromstring(text)) == []
    assert good in text
    assert any(section in fault for fault in faults(ET.fromstring(text.replace(good, bad, 1))))
