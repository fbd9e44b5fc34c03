"""A talking point arrives in one round trip: HTML and CSS are at most 14 KB compressed."""

from __future__ import annotations

import gzip
from pathlib import Path

from support.pages import Page

ONE_ROUND_TRIP = 14 * 1024
"""Bytes of an initial congestion window of ten segments, less headers: RFC 6928."""


def weight(page: Page, site: Path) -> int:
    """Give bytes of a page and its style sheets, each compressed as hosts do (gzip, level 6).

    The sheet for paper is not counted: browsers show a page without waiting for it.
    """
    links = [link for link in page.rel("stylesheet") if link.get("media") != "print"]
    sheets = [page.target(link.get("href")) for link in links]
    assert sheets
    paths = [page.path, *(sheet[0] for sheet in sheets if sheet)]
    return sum(len(gzip.compress((site / path).read_bytes(), 6)) for path in paths)


def test_every_talking_point_arrives_in_one_round_trip(pages: dict[str, Page], site: Path) -> None:
    points = [page for page in pages.values() if page.kind == "points/*"]
    assert points
    heavy = {page.path: weight(page, site) for page in points}
    assert {path: size for path, size in heavy.items() if size > ONE_ROUND_TRIP} == {}


def test_pictures_have_a_size_and_an_alternative(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for picture in page.all("img"):
            assert picture.get("width").isdigit(), page.path
            assert picture.get("height").isdigit(), page.path
            assert "alt" in picture.attributes, page.path
