"""The letters of headlines: small files of our own making, named by style sheets as published."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from stopjihad.build.campaign import brand_shared
from stopjihad.build.check.survey import survey
from stopjihad.catalog.fonts import PAGE_HEADLINES
from stopjihad.load.page_fonts import page_fonts
from stopjihad.theme.palette import name_fonts

from support import sample_site

TODAY = dt.date(2026, 12, 1)

MOST = 30_000
"""Bytes of the letters of a script."""

FACES = "@font-face{font-family:A;src:url(a.woff2)}@font-face{font-family:B;src:url(b.woff2)}p{}"


@pytest.mark.parametrize("name", sorted(PAGE_HEADLINES))
def test_a_font_is_small_and_of_the_form_that_browsers_read(name: str) -> None:
    data = page_fonts()[name]
    assert data[:4] == b"wOFF"
    assert int.from_bytes(data[8:12], "big") == len(data) <= MOST  # as WOFF 1.0 says in section 3


def test_a_style_sheet_names_fonts_as_they_are_published_and_no_other() -> None:
    assert name_fonts(FACES, {"b.woff2": "b.0123.woff2"}) == (
        "@font-face{font-family:B;src:url(b.0123.woff2)}p{}"
    )


@pytest.mark.parametrize(
    ("fonts", "kept"),
    [(None, True), ({"ur": ("Noto Nastaliq Urdu",)}, True), (("Georgia",), False)],
)
def test_a_campaign_with_fonts_of_its_own_has_no_headlines_of_ours(
    fonts: tuple[str, ...] | None, *, kept: bool
) -> None:
    found = survey(sample_site.ROOT, "stop-jihadism", TODAY, thorough=False, judged=False)
    assert found.project is not None
    campaign = found.project.campaign
    brand = msgspec.structs.replace(campaign.record.brand, fonts=fonts)
    record = msgspec.structs.replace(campaign.record, brand=brand)
    campaign = msgspec.structs.replace(campaign, record=record)
    project = msgspec.structs.replace(found.project, campaign=campaign)
    assets = brand_shared(msgspec.structs.replace(found, project=project)).assets
    assert (set(PAGE_HEADLINES) <= set(assets)) == kept
    assert (b"@font-face" in assets["site.css"]) == kept
    assert b"url(headlines-latin.woff)" not in assets["site.css"]
