"""Another site shows a talking point in a frame, as WordPress does from its address alone."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from support.serve import served
from support.watch import watched

pytestmark = pytest.mark.browser

BASE = "https://campaign.example.org/"
ALLOWED = ("src", "width", "height", "title")
"""Attributes of a frame that WordPress leaves in what a site that it does not know sent
(``wp_filter_oembed_result``)."""


def discover(address: str, site: str) -> dict[str, Any]:
    """Find what shows an address, as ``WP_oEmbed`` does: by the head alone."""
    with urlopen(address) as answer:
        head = answer.read(153_600).decode().partition("</head>")[0]
    for link in re.findall(r"(?i)<link([^<>]+)/?>", head):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', link))
        if said.get("type") == "application/json+oembed":
            asked = {"maxwidth": 500, "maxheight": 750, "url": address, "dnt": 1, "format": "json"}
            place = unescape(said["href"]).replace(BASE, site)
            with urlopen(f"{place}?{urlencode(asked)}") as answer:
                found: dict[str, Any] = json.loads(answer.read())
                return found
    raise AssertionError(f"{address}: nothing says how to show it")


def sanitize(html: str) -> str:
    """Leave in a frame what WordPress does, and put it into its sandbox."""
    kept = " ".join(
        f'{name}="{value}"'
        for name, value in re.findall(r'(\w+)="([^"]*)"', html)
        if name in ALLOWED
    )
    return f'<iframe sandbox="allow-scripts" security="restricted" {kept}></iframe>'


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_another_site_shows_a_point_by_its_address_and_no_other_page(
    browser: Any, small: Path, tmp_path: Path, lang: str
) -> None:
    point = min((small / f"site/{lang}/embed").iterdir()).name
    with (
        served(small / "site", "/") as site,
        served(tmp_path, "/") as other,
        watched(browser, java_script_enabled=False) as (seen, context),
    ):
        found = discover(f"{site}{lang}/points/{point}/", site)
        assert (found["version"], found["type"], found["width"]) == ("1.0", "rich", 600)
        frames = [sanitize(found["html"]), found["html"]]
        frames += [
            f'<iframe src="{BASE}{lang}/{path}"></iframe>'
            for path in (f"points/{point}/", "help/", "kit/", "")
        ]
        page = "<!doctype html><style>iframe { display: block }</style>" + "".join(frames)
        (tmp_path / "index.html").write_text(page.replace(BASE, site), "utf-8")
        seen.page.goto(other)
        shown, copied, *refused = seen.page.frames[1:]
        assert found["title"] == copied.inner_text("h1") == shown.inner_text("h1")
        for one in (shown, copied):
            foot, frame = one.locator("footer").bounding_box(), one.frame_element().bounding_box()
            assert foot is not None
            assert frame is not None
            assert foot["y"] + foot["height"] <= frame["y"] + found["height"]
            assert one.locator("main").evaluate("it => getComputedStyle(it).display") == "flex"
        assert {one.url for one in refused} == {"chrome-error://chromewebdata/"}
        assert context.cookies() == []
        assert [url for url in seen.requests if not url.startswith((site, other))] == []
