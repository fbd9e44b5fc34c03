"""Files that programs read: feed, sitemap, robots, header files."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

from msgspec.structs import replace
from stopjihad.render.page.steps import render_page
from stopjihad.view.records import CorrectionView, Text, WithdrawnView

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
BASE = "https://campaign.example.org"


def test_the_feed_lists_translated_points_newest_first(jobs, theme):
    job = jobs["ar"]["feed"]
    late = replace(job.news[2], updated=dt.date(2027, 1, 2))
    missing = replace(job.news[3], complete=False)
    changed = replace(job, news=(*job.news[:2], late, missing))
    feed = ET.fromstring(render_page("feed", changed, theme))
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert feed.findtext(f"{ATOM}updated") == "2027-01-02T00:00:00Z"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert ids == [
        f"{BASE}/ar/points/helping-children/",
        f"{BASE}/ar/points/a-family-at-last/",
        f"{BASE}/ar/points/they-protect-muslims/",
    ]


def test_the_feed_says_what_was_corrected_and_what_is_told_no_more(jobs, theme):
    """A point that was taken off vanished from the feed without a word."""
    job = jobs["fr"]["feed"]
    told = CorrectionView(day=dt.date(2026, 12, 1), why=Text("Ils étaient 27.", "fr"))
    news = (replace(job.news[0], updated=told.day, corrected=told), job.news[1])
    gone = WithdrawnView(
        id="gone",
        day=dt.date(2026, 12, 2),
        question=Text("Combien ?", "fr"),
        why=Text("Faux.", "fr"),
    )
    feed = ET.fromstring(render_page("feed", replace(job, news=news, withdrawn=(gone,)), theme))
    assert feed.findtext(f"{ATOM}updated") == "2026-12-02T00:00:00Z"
    shown = [
        tuple(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "summary"))
        for entry in feed.iter(f"{ATOM}entry")
    ]
    points, said = f"{BASE}/fr/points", "Retirée le 2 décembre 2026. Faux."
    assert shown[0] == (f"{points}/gone/", "Nous avons retiré cette page – Combien ?", said)
    assert shown[1][2] == "Corrigé le 1er décembre 2026. Ils étaient 27."
    assert shown[2][2] is None


def test_an_empty_feed_is_still_a_feed(jobs, theme):
    feed = ET.fromstring(render_page("feed", replace(jobs["en"]["feed"], news=()), theme))
    assert feed.findtext(f"{ATOM}updated") == "2026-11-24T00:00:00Z"


def test_the_sitemap_lists_real_translations_with_all_their_alternates(files):
    root = ET.fromstring(files["sitemap.xml"])
    listed = {
        url.findtext(f"{SITEMAP}loc"): {
            link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")
        }
        for url in root
    }
    assert listed[f"{BASE}/"] == {}
    point = f"{BASE}/fr/points/they-protect-muslims/"
    assert listed[point] == {
        "en": f"{BASE}/en/points/they-protect-muslims/",
        "fr": point,
        "ar": f"{BASE}/ar/points/they-protect-muslims/",
        "x-default": f"{BASE}/en/points/they-protect-muslims/",
    }
    assert f"{BASE}/en/points/mixed/" in listed
    assert f"{BASE}/fr/points/mixed/" not in listed
    assert len(listed) == 1 + 3 + 3 + 1


def test_robots_may_read_everything_and_find_the_sitemap(files):
    assert files["robots.txt"] == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}/sitemap.xml\n"


def test_the_header_file_carries_the_whole_policy(files):
    text = files["_headers"]
    assert "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'" in text
    every, framed = (block.partition("\n") for block in text.split("\n\n")[:2])
    assert every[0] == "/*"
    assert "X-Frame-Options: DENY" in every[2]
    assert framed[0] == "/:lang/embed/*"
    assert framed[2].endswith("; frame-ancestors *")
    assert text.count("frame-ancestors") == 1  # where two policies meet, both hold
    assert "Referrer-Policy" in text
    assert "nosniff" in text
    assert "unsafe" not in text


def test_the_header_file_knows_the_folder_the_site_stands_in(jobs, theme):
    job = jobs[""]["headers"]
    below = replace(job, frame=replace(job.frame, base_url="https://a.example/x/y"))
    lines = render_page("headers", below, theme).decode().splitlines()
    assert lines[0] == "/x/y/*"
    assert "/x/y/assets/*" in lines
