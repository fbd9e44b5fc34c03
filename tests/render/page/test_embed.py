"""What other sites show of a talking point: a page in a frame, how it is found, words to copy."""

from __future__ import annotations

import gzip
import json

import pytest
from msgspec.structs import replace
from stopjihad.render.page.steps import render_page
from stopjihad.view.records import CorrectionView

from support import sample_site
from support.dom import parse

POINT = "embed/they-protect-muslims"


@pytest.mark.parametrize("lang", sample_site.TAGS)
def test_it_fits_in_a_first_round_trip_with_all_that_it_loads(files, lang):
    page = files[f"{lang}/{POINT}/index.html"]
    loaded = {link.get("href") for link in parse(page).all("link", rel="stylesheet")}
    sheets = [
        text for name, text in sample_site.make_assets().values() if f"../../../{name}" in loaded
    ]
    assert len(sheets) == len(loaded) == 2
    assert sum(len(gzip.compress(text.encode())) for text in (page, *sheets)) <= 14_000


def test_it_says_who_speaks_who_pays_since_when_and_where_its_sources_are(files, jobs):
    job = jobs["fr"]["embed"]
    page = parse(files[f"fr/{POINT}/index.html"])
    text = page.one("main").text
    assert job.point.fact.value in text
    assert job.frame.sponsor.value in text
    assert all(funder in text for funder in job.frame.funders)
    assert page.one("time").get("datetime") == (job.point.updated or job.frame.updated).isoformat()
    away = [link for link in page.all("a") if not link.get("href").startswith("tel:")]
    assert {link.get("target") for link in away} == {"_blank"}
    assert {link.get("rel") for link in away} == {"noopener noreferrer"}
    assert job.point.sources[0].url in {link.get("href") for link in away}


def test_a_point_that_was_taken_back_says_so_and_gives_the_helpline(files, jobs):
    for lang in sample_site.TAGS:
        page = parse(files[f"{lang}/embed/a-family-at-last/index.html"])
        said = "This answer is not shown any more"
        assert page.one("h1").text == jobs[lang]["embed"].words.get(said, said)
        assert page.all("a", href=f"tel:{jobs[lang]['embed'].frame.helplines[0].e164}")
        answer = json.loads(files[f"{lang}/embed/a-family-at-last/oembed.json"])
        assert answer["title"] == page.one("h1").text
        assert f"/{lang}/embed/a-family-at-last/" in answer["html"]


def test_a_point_that_was_withdrawn_says_when_and_why(files, jobs):
    for lang in sample_site.TAGS:
        (told,) = jobs[lang]["embed:told"].withdrawn
        page = parse(files[f"{lang}/embed/gone/index.html"])
        assert told.why.value in page.one("main").text
        assert page.all("time", datetime=told.day.isoformat())


def test_a_corrected_point_says_so_in_its_frame(jobs, theme):
    job = jobs["en"]["embed"]
    wrong = CorrectionView(day=sample_site.DAY, why=job.point.fact)
    corrected = replace(job, point=replace(job.point, corrections=(wrong,)))
    page = parse(render_page("embed", corrected, theme).decode())
    assert page.all("strong")[0].text.startswith("Corrected on")


def test_what_is_copied_from_the_page_is_what_is_found_by_itself(files):
    """The frame to copy is that of oEmbed; the words beside it load nothing when they are shown."""
    page = parse(files["ar/kit/they-protect-muslims/index.html"])
    frame, words = (one.text for one in page.one("section", id="embed").all("code"))
    assert frame == json.loads(files[f"ar/{POINT}/oembed.json"])["html"]
    copied = parse(words)
    loading = {"img", "iframe", "script", "link", "style", "object", "video", "audio"}
    assert not [node for node in copied.walk() if node.tag in loading or node.get("src")]
    assert copied.one("blockquote").get("dir") == "rtl"


def test_a_page_that_nobody_may_show_names_no_frame(jobs, theme):
    job = replace(jobs["en"]["point"], has_embed=False)
    page = render_page("point", job, theme).decode()
    assert "oembed" not in page
