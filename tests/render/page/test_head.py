"""The head of a page: languages that name each other, a canonical address, a preview."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from stopjihad.render.page.head import json_ld, opening_hours
from stopjihad.render.page.steps import render_page
from stopjihad.view.records import Text

from support.dom import Node, parse

BASE = "https://campaign.example.org"


def alternates(page: Node) -> dict[str, str]:
    return {
        link.get("hreflang"): link.get("href")
        for link in page.all("link", rel="alternate")
        if not link.get("type")
    }


def canonical(page: Node) -> str:
    return page.one("link", rel="canonical").get("href")


def test_translations_name_each_other_themselves_and_a_default(pages):
    rest = "points/they-protect-muslims/"
    expected = {tag: f"{BASE}/{tag}/{rest}" for tag in ("en", "fr", "ar")}
    expected["x-default"] = f"{BASE}/en/{rest}"
    for tag in ("en", "fr", "ar"):
        page = pages[f"{tag}/{rest}index.html"]
        assert alternates(page) == expected
        assert canonical(page) == expected[tag]


def test_a_page_that_fell_back_names_its_source_and_no_translations(pages):
    page = pages["fr/points/mixed/index.html"]
    assert alternates(page) == {}
    assert canonical(page) == f"{BASE}/en/points/mixed/"
    assert alternates(pages["en/points/mixed/index.html"]) == {
        "en": f"{BASE}/en/points/mixed/",
        "x-default": f"{BASE}/en/points/mixed/",
    }


def test_the_chooser_has_an_address_but_is_no_translation(pages):
    assert canonical(pages["index.html"]) == f"{BASE}/"
    assert alternates(pages["index.html"]) == {}


def test_a_404_page_asks_not_to_be_found(pages):
    assert pages["404.html"].one("meta", name="robots").get("content") == "noindex"
    assert not pages["404.html"].all("link", rel="canonical")


@pytest.mark.parametrize(("level", "hidden"), [("niche", 1), ("crossing", 0), ("mainstream", 0)])
def test_an_answer_to_a_claim_hardly_anyone_knows_asks_not_to_be_found(jobs, theme, level, hidden):
    job = jobs["en"]["point"]
    page = parse(
        render_page("point", replace(job, point=replace(job.point, level=level)), theme).decode()
    )
    assert len(page.all("meta", name="robots", content="noindex")) == hidden


def test_the_preview_image_has_an_absolute_address_a_size_and_words(pages):
    page = pages["fr/points/they-protect-muslims/index.html"]
    found = {
        meta.get("property"): meta.get("content")
        for meta in page.all("meta")
        if meta.get("property").startswith("og:image")
    }
    assert found == {
        "og:image": f"{BASE}/cards/fr/they-protect-muslims/og.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": page.one("h1").text,
    }
    assert page.one("meta", name="twitter:card").get("content") == "summary_large_image"


def test_a_page_without_a_card_promises_no_image(pages):
    page = pages["fr/help/index.html"]
    assert not page.all("meta", property="og:image")
    assert page.one("meta", name="twitter:card").get("content") == "summary"


def test_the_description_is_plain_text_cut_at_a_word(pages):
    for path in ("en/points/they-protect-muslims/index.html", "ar/index.html"):
        text = pages[path].one("meta", name="description").get("content")
        assert 20 < len(text) <= 201
        assert not set("<>[]") & set(text)
    text = pages["en/points/they-protect-muslims/index.html"].one("meta", name="description")
    assert text.get("content").startswith("The group called itself a shield.")
    assert text.get("content").endswith("families.")


def test_policy_and_referrer_stand_in_every_page(pages):
    for page in pages.values():
        policy = page.one("meta", http_equiv="Content-Security-Policy").get("content")
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert "frame-ancestors" not in policy  # browsers ignore it in a meta element
        assert page.one("meta", name="referrer").get("content") == "no-referrer"


def test_every_page_of_a_language_offers_its_feed(pages):
    for path, page in pages.items():
        if "/embed/" in path:
            continue  # it stands in a frame
        feeds = [link.get("href") for link in page.all("link", type="application/atom+xml")]
        depth = path.count("/")
        lang = path.split("/")[0]
        assert feeds == ([f"{'../' * depth}{lang}/feed.xml"] if depth else []), path


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
    assert article["citation"] == [source.url for source in jobs["en"]["point"].point.sources]
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
    assert json.loads(json_ld({"name": evil}))["name"] == evil
    assert not set("<>&") & set(json_ld({"name": evil}))
    assert point_data(jobs, theme, fact=Text(evil, "en"))[0]["headline"] == evil
