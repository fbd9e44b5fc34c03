"""Structured data: true to the page, never an address of propaganda, never markup."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from stopjihad.render.page.json_ld import block, opening_hours
from stopjihad.render.page.steps import render_page
from stopjihad.view.records import Text

from support.dom import parse


def data(html: bytes) -> list[dict]:
    page = parse(html.decode())
    return [json.loads("".join(node.children)) for node in page.all("script")]


def point_data(jobs, theme, **changes):
    job = jobs["en"]["point"]
    return data(render_page("point", replace(job, point=replace(job.point, **changes)), theme))


def test_a_talking_point_is_an_article_that_cites_its_sources(jobs, theme):
    article = point_data(jobs, theme)[0]
    assert article["@type"] == "Article"
    assert article["headline"] == "Most people ISIS killed were Muslims."
    assert len(article["headline"]) <= 110
    assert [work["url"] for work in article["citation"]] == [
        source.url for source in jobs["en"]["point"].point.sources
    ]
    assert article["author"]["funder"][0]["name"] == "Sample Foundation"
    assert article["image"].startswith("https://campaign.example.org/cards/en/")
    assert "defend" not in json.dumps(article)


@pytest.mark.parametrize("level", [None, "niche", "crossing"])
def test_a_claim_that_is_not_everywhere_is_not_in_the_data(jobs, theme, level):
    found = point_data(jobs, theme, level=level)
    assert [item["@type"] for item in found] == ["Article"]
    assert "defend" not in json.dumps(found)


def test_a_claim_that_is_everywhere_is_reviewed_as_false_without_its_origin(jobs, theme):
    review = point_data(jobs, theme, level="mainstream")[1]
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == "They defend Muslims."
    assert review["url"] == "https://campaign.example.org/en/points/they-protect-muslims/"
    assert review["reviewRating"]["alternateName"] == "False"
    assert review["reviewRating"]["ratingValue"] == review["reviewRating"]["worstRating"] == 1
    assert "ppearance" not in json.dumps(review)


def test_helplines_are_contact_points_with_opening_hours(jobs, theme):
    graph = data(render_page("help", jobs["fr"]["help"], theme))[0]["@graph"]
    assert [item["contactPoint"]["telephone"] for item in graph] == [
        line.e164 for line in jobs["fr"]["help"].frame.standing
    ]
    assert graph[0]["contactPoint"]["contactType"] == "police advice line"
    assert graph[0]["description"] == "Géré par la police (France)"
    hours = graph[0]["contactPoint"]["hoursAvailable"][0]
    assert hours["opens"] == "09:00"
    assert hours["dayOfWeek"] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mo-Su 00:00-24:00", 7),
        ("Sa,Su 10:00-14:00", 2),
        ("Fr-Mo 10:00-14:00", 4),
        ("Mo-We,Fr 09:00-12:00", 4),
    ],
)
def test_opening_hours_are_read(text, days):
    assert len(opening_hours(text)["dayOfWeek"]) == days


@pytest.mark.parametrize("text", ["", "daily", "Mo-Fr", "Xx 09:00-10:00", "Mo-Fr 9-18", "Mo Tu"])
def test_opening_hours_of_another_form_are_left_out(text):
    assert opening_hours(text) is None


def test_data_cannot_end_its_element(jobs, theme):
    evil = "</script><!--<script>&"
    assert json.loads(block({"name": evil}))["name"] == evil
    assert not set("<>&") & set(block({"name": evil}))
    assert point_data(jobs, theme, fact=Text(evil, "en"))[0]["headline"] == evil
