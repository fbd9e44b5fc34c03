"""The page of a talking point: fact first, the claim flagged, one call to action."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec.structs import replace
from stopjihad.render.page.point import _first_sentences
from stopjihad.render.page.steps import render_page
from stopjihad.theme import Theme
from stopjihad.theme.job import PagePicture
from stopjihad.view.markdown import cleaner
from stopjihad.view.records import ActionView, QuoteView, Text

from support import sample_site
from support.dom import parse

PATH = "{}/points/they-protect-muslims/index.html"


def render(job, theme, **changes):
    """Render a talking point with some of its fields changed."""
    changed = replace(job, point=replace(job.point, **changes))
    return parse(render_page("point", changed, theme).decode())


@pytest.mark.parametrize("lang", sample_site.TAGS)
def test_the_fact_leads_title_heading_and_preview(pages, lang):
    page = pages[PATH.format(lang)]
    fact = sample_site.SAID["fact"][lang]
    assert page.one("h1").text == fact
    assert page.one("title").text.startswith(fact)
    assert page.one("meta", property="og:title").get("content") == fact


def test_a_question_is_the_heading_and_the_fact_answers_it(jobs, theme):
    """A number was the title of the page that tells a child what grooming looks like."""
    asked = replace(sample_site.said("fact", "en"), value="Can people leave?")
    page = render(jobs["en"]["point"], theme, question=asked)
    fact = sample_site.SAID["fact"]["en"]
    assert page.one("h1").text == "Can people leave?"
    assert page.one("p", class_="answer").text == fact
    assert page.one("title").text.startswith("Can people leave?")
    assert page.one("meta", name="description").get("content") == fact


@pytest.mark.parametrize("lang", sample_site.TAGS)
def test_the_claim_stands_once_struck_and_flagged_before_its_warning(files, pages, lang):
    page = pages[PATH.format(lang)]
    claim, warning = (sample_site.SAID[key][lang] for key in ("claim", "warning"))
    block = page.one("section", class_="claim")
    assert block.one("s").text == claim
    assert block.text.index(claim) < block.text.index(warning)
    assert page.text.count(claim) == 1
    assert page.text.index(sample_site.SAID["fact"][lang]) < page.text.index(claim)
    attributes = [value for node in page.walk() for value in node.attributes.values()]
    assert not [value for value in attributes if claim in value]


def test_the_technique_is_named_beside_the_claim(pages):
    block = pages[PATH.format("en")].one("section", class_="claim")
    assert "The trick: Us against them." in block.text
    assert "walking away looks like betrayal" in block.text


def test_a_prebunk_without_a_claim_still_names_the_technique(jobs, theme):
    page = render(jobs["en"]["point"], theme, mode="prebunk", claim=None, warning=None)
    assert not page.all("s")
    assert page.one("h2", id="claim-title").text == "The trick: Us against them"


def test_a_point_without_claim_and_technique_has_no_block_for_them(jobs, theme):
    page = render(jobs["en"]["point"], theme, claim=None, warning=None, technique=None)
    assert not page.all("section", class_="claim")


@pytest.mark.parametrize("lang", sample_site.TAGS)
def test_the_byline_says_that_the_text_draws_on_accounts(pages, lang):
    """ "Survivors and witnesses" once stood over a text that a team had written."""
    meta = pages[PATH.format(lang)].one("p", class_="meta").text
    voice = sample_site.SAID["survivors"][lang]
    said = {
        "en": "Based on accounts: ",
        "fr": "D’après des récits\u00a0: ",
        "ar": "استنادًا إلى روايات: ",
    }
    assert f"{said[lang]}{voice}" in meta


def test_only_a_quote_is_set_as_a_quotation(jobs, pages, theme):
    assert not pages[PATH.format("en")].all("figure")
    quote = QuoteView(
        text=Text("I was afraid.", "en"), speaker=Text("Amina", "en"), source="un2014"
    )
    page = render(jobs["en"]["point"], theme, mode="testimony", quote=quote)
    (figure,) = page.all("figure", class_="quote")
    assert figure.one("blockquote").text == "I was afraid."
    assert "Amina" in figure.one("figcaption").text
    assert figure.one("a").get("href") == "#source-un2014"


def test_sources_are_numbered_and_lead_back_to_the_text(pages):
    page = pages[PATH.format("en")]
    items = page.one("section", class_="sources").all("li")
    assert [item.get("id") for item in items] == [
        "source-un2014",
        "source-amnesty2016",
        "source-letter2014",
    ]
    ids = {node.get("id") for node in page.walk()}
    for item in items:
        backs = item.all("a", class_="back")
        assert backs
        assert all(back.get("href")[1:] in ids for back in backs)
    assert items[1].all("a", href="https://web.archive.org/web/2016/https://www.amnesty.org/")


def test_a_reference_never_starts_a_line(files):
    assert " <sup>" not in files[PATH.format("en")]
    assert "<sup>" in files[PATH.format("en")]


@pytest.mark.parametrize(
    ("action", "href"),
    [
        ({"kind": "helpline"}, "../../../en/help/index.html"),
        ({"kind": "report"}, "../../../en/report/index.html"),
        ({"kind": "page", "page": "for-parents"}, "../../../en/pages/for-parents/index.html"),
        ({"kind": "page", "page": "about"}, "../../../en/about/index.html"),
        ({"kind": "link", "url": "https://a.example/b"}, "https://a.example/b"),
        ({"kind": "share"}, "#share"),
    ],
)
def test_there_is_one_call_to_action_and_it_leads_there(jobs, theme, action, href):
    label = Text("Do this", "en")
    page = render(jobs["en"]["point"], theme, action=ActionView(label=label, **action))
    button = page.one("a", class_="button")
    assert button.text == "Do this"
    assert button.get("href") == href


def test_share_links_carry_fact_and_address_but_not_the_claim(pages):
    links = pages[PATH.format("en")].one("ul", class_="share").all("a")
    assert len(links) == 8
    for link in links:
        href = link.get("href")
        assert "campaign.example.org%2Fen%2Fpoints%2Fthey-protect-muslims%2F" in href
        assert "defend" not in href
        assert "Sample" not in href, "the name of the campaign tells others what one reads about"
    whole = [link.get("href") for link in links]
    assert sum("Most%20people%20ISIS%20killed%20were%20Muslims." in href for href in whole) >= 6


def test_share_links_equal_those_of_the_catalogue(pages):
    from stopjihad.catalog.platforms import share_link

    page = pages[PATH.format("ar")]
    hrefs = {link.get("href") for link in page.one("ul", class_="share").all("a")}
    for name in ("whatsapp", "x", "email", "sms", "bluesky"):
        assert (
            share_link(
                name,
                text=sample_site.SAID["fact"]["ar"],
                url="https://campaign.example.org/ar/points/they-protect-muslims/",
                title=sample_site.SAID["fact"]["ar"],
            )
            in hrefs
        )


def test_a_template_of_ones_own_lists_share_links_itself(jobs, theme):
    """Words with marks of HTML and of addresses: both lists are the same."""
    job = jobs["en"]["point"]
    words = Text("\"Tom & <b>Jerry</b>\" '50% + 1' \ue000 \ue001 \u0645", "en")
    job = replace(job, point=replace(job.point, fact=words))
    own = '|{{ shares }}|<ul class="share">\n{% for one in shares %}\n<li><a href="{{ one.href }}"'
    own += ' rel="noopener noreferrer">{{ one.name }}</a></li>\n{% endfor %}\n</ul>|'
    changed = Theme(
        tuple((name, own if name == "point.html" else text) for name, text in theme.templates)
    )
    ours, theirs = render_page("point", job, changed).decode().split("|")[-3:-1]
    assert ours == theirs
    assert ours.count("<li>") == 8
    assert "%3Cb%3EJerry" in ours


@given(st.text("<>&;!-/ab \n\xa0é\"'amp"))
def test_a_description_has_no_tags_as_markupsafe_takes_them_away(words):
    html = cleaner().clean(f"<div><p>{words}</p></div>")
    plain = html.partition("<p>")[2].partition("</p>")[0]
    assert _first_sentences(html) == str(Markup(plain).striptags())


def test_images_can_be_downloaded_per_format(pages):
    links = pages[PATH.format("fr")].one("ul", class_="files").all("a")
    assert [link.get("href").rsplit("/", 1)[1] for link in links] == [
        "og.png",
        "square.png",
        "story.png",
    ]
    assert all("download" in link.attributes for link in links)


def test_the_alert_follows_policy_and_review(jobs, theme):
    text = "n’a pas encore été relue"
    job = jobs["fr"]["point"]
    assert text in render(job, theme).text
    assert text not in render(job, theme, reviewed=True).text
    allowed = replace(job, frame=replace(job.frame, policy="allow"))
    assert text not in render(allowed, theme).text
    assert text not in render(jobs["en"]["point"], theme, reviewed=False).text


def test_a_page_that_fell_back_says_so_and_marks_each_block(pages):
    page = pages["ar/points/mixed/index.html"]
    assert "لم تُترجم بعض أجزاء هذه الصفحة بعد" in page.text
    heading = page.one("h1").one("span")
    assert heading.attributes == {"lang": "en", "dir": "ltr"}
    assert page.one("s").one("span").get("lang") == "en"
    assert page.one("a", class_="button").one("span").get("dir") == "ltr"
    assert page.one("div", class_="prose").all("div", lang="en", dir="ltr")


def test_what_a_reader_should_be_spared_is_said_first(jobs, theme):
    from stopjihad.model.point import Sensitivity

    page = render(jobs["en"]["point"], theme, sensitivity=Sensitivity(graphic=True, minimum_age=12))
    alerts = [node.text for node in page.all("p", class_="notice")]
    assert alerts == [
        "This page describes violence in words. It shows no pictures of it.",
        "Suitable from age 12.",
    ]


def test_last_reviewed_stands_only_where_somebody_approved_the_text(jobs, theme):
    page = render(jobs["en"]["point"], theme)
    assert "Last reviewed: 22 November 2026" in page.one("p", class_="meta").text
    page = render(jobs["en"]["point"], theme, approved_on=None)
    assert "Last reviewed" not in page.text


def test_what_to_read_next_names_each_page_once(pages):
    links = pages[PATH.format("en")].one("nav", class_="onward").all("a")
    assert len(links) == 3
    assert len({link.get("href") for link in links}) == 3


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("whole", "Read on 20 November"),
        ("part", "Read in part on 20 November"),
        ("opening", "Only the opening was read, on 20 November"),
        ("report", "Known from reports about it, read on 20 November"),
        (None, "Opened on 20 November"),
    ],
)
def test_readers_learn_how_far_a_source_was_read(jobs, theme, read, said):
    job = jobs["en"]["point"]
    (first, *rest) = job.point.sources
    page = render(job, theme, sources=(replace(first, read=read), *rest))
    assert said in page.one("li", id="source-un2014").text


def test_9_the_page_shows_the_photo_with_what_it_shows_and_whose_it_is(jobs, theme):
    """It stood on the cards only."""
    photo = PagePicture(
        format="photo",
        path="assets/photos/0123456789ab.jpg",
        width=1280,
        height=800,
        mime="image/jpeg",
        alt=Text("A market in the morning", "en"),
        credit="The team, CC BY 4.0",
    )
    job = replace(jobs["en"]["point"], photos=(photo,))
    page = parse(render_page("point", job, theme).decode())
    shown = page.one("figure", class_="photo").one("img")
    assert shown.get("alt") == "A market in the morning"
    assert "The team, CC BY 4.0" in page.one("figure", class_="photo").text
