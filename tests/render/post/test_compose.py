from __future__ import annotations

import re
from urllib.parse import urlsplit

import msgspec
import pytest
from msgspec.structs import replace
from stopjihad.catalog.platforms import measure
from stopjihad.model.helpline import WrittenContact
from stopjihad.problem import ProblemsFound
from stopjihad.render.post.compose import compose
from stopjihad.render.post.parts import action_address
from stopjihad.render.post.steps import left_out
from stopjihad.text.web.addresses import web_links
from stopjihad.view.claim import FLAGGED
from stopjihad.view.records import ActionView, Prose, Text

from render.post.samples import (
    PLATFORMS,
    POINTS,
    TEMPLATES,
    WORDS,
    draft,
    frame,
    point,
    source,
    text_of,
)

LANGUAGES = tuple(POINTS)
NO_CLICK = {"instagram", "tiktok", "snapchat"}


def test_every_platform_has_a_template_and_none_is_left_over():
    assert set(TEMPLATES) == set(PLATFORMS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("platform", PLATFORMS)
class TestEveryPlatformInEveryLanguage:
    def test_the_fact_comes_first(self, platform, lang):
        assert draft(platform, lang).parts[0].text.lstrip("*").startswith(POINTS[lang]["fact"])

    def test_it_fits_by_the_platforms_own_count(self, platform, lang):
        made = draft(platform, lang)
        for part in made.parts:
            found = measure(PLATFORMS[platform], part.text)
            assert found.fits
            assert found.count == part.count <= made.limit

    def test_the_claim_never_stands_without_flag_and_warning(self, platform, lang):
        text = text_of(platform, lang)
        claim, warning = POINTS[lang]["claim"].rstrip("."), POINTS[lang]["warning"]
        flag = WORDS[lang].get(FLAGGED, FLAGGED).replace("%(claimant)s", "Recruiters say")
        before, after = flag.split("%(claim)s")
        assert claim not in text or f"{before}{claim}.{after} {warning}" in text

    def test_who_publishes_it_is_said(self, platform, lang):
        assert "Example Trust" in text_of(platform, lang)

    def test_no_marks_are_doubled_and_no_label_is_orphaned(self, platform, lang):
        text = text_of(platform, lang)
        assert not re.search(r"[.,;:!?؟،]\s*[.,;:!؟،](?!\S*\d)", re.sub(r"https?://\S+", "x", text))
        assert not re.search(r"(?m)[ \t]$|\n{3}|  ", text)
        assert not re.search(r":\s*(\n\n|$)", text)
        assert "%(" not in text
        assert "[^" not in text

    def test_hashtags_stand_at_the_end(self, platform, lang):
        made = draft(platform, lang)
        text = made.parts[0].text  # posts that follow need none
        tags = re.findall(r"#\w+", re.sub(r"https?://\S+", "", text))
        assert list(made.hashtags) == tags
        assert len(tags) <= 3
        if tags:
            assert re.search(r"#[^\n]*\Z", text)

    def test_it_says_where_the_link_is(self, platform, lang):
        made = draft(platform, lang)
        links = [part.text[a:b] for part in made.parts for a, b in web_links(part.text)]
        if platform in NO_CLICK | {"pinterest"}:
            assert links == []
            assert platform == "pinterest" or re.search("[Pp]rofil|صفحتنا", text_of(platform, lang))
        else:
            assert made.link in links


@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_link_carries_parameters(platform):
    """Nobody counts who follows a link: the privacy page says so."""
    made = draft(platform, "fr", page=frame("fr", campaign="stop-jihadism"))
    assert urlsplit(made.link).query == ""
    assert not [part for part in made.parts if re.search(r"utm_|stop-jihadism", part.text)]


def test_an_sms_is_kept_to_two_segments_where_that_can_be_done():
    assert draft("sms", "en").measured[0].segments <= 2
    assert draft("sms", "fr").measured[0].encoding == "GSM-7"


def test_the_richest_version_is_chosen():
    text = text_of("facebook")
    for sentence in ("Whole towns lost their men.", "Local charities need volunteers."):
        assert sentence in text
    assert "Recruiters say: “They defend Muslims.” That is false." in text
    assert "Sources: UN Human Rights Office; Combating Terrorism Center" in text


def test_what_was_dropped_early_comes_back_when_there_is_room():
    # The explanation is too long for a post, the helpline is not: it was dropped first.
    long = Prose((Text("One two three. " * 2 + "Word " * 60 + "end. Last.", "en"),))
    text = text_of("x", body=long, alternative=Prose(), claim=None, warning=None)
    assert "GB · ACT Early (non-profit): 0800 011 3764 · 9-18" in text


def test_prose_ends_where_a_paragraph_ends_or_after_two_sentences():
    body = "One is here. Two is here. Three is here.\n\n" + "Four is here, and it is long. " * 30
    text = text_of("mastodon", body=Prose((Text(body, "en"),)), alternative=Prose())
    assert "Three is here.\n\n" in text or "Two is here.\n\n" in text
    assert "One is here.\n\n" not in text


def test_prose_does_not_end_before_a_sentence_that_turns_the_thought_round():
    body = f"They promise money. They promise a house. But nobody got either {'of it ' * 60}."
    text = text_of("x", body=Prose((Text(body, "en"),)), alternative=Prose())
    assert "They promise" not in text


def test_prose_does_not_end_with_a_question_that_is_answered_later():
    body = f"They called. Who came? Nobody came, {'and that was that, ' * 20}really."
    text = text_of("x", body=Prose((Text(body, "en"),)), alternative=Prose())
    assert "Who came?" not in text


def test_prose_that_repeats_the_claim_stops_before_it():
    body = "This is known. They defend Muslims, they say. Nothing is true of it."
    text = text_of("facebook", body=Prose((Text(body, "en"),)))
    assert text.count("They defend Muslims") == 1
    assert "Nothing is true of it" not in text


def test_lists_are_kept_whole():
    body = "Three signs. All count:\n\n- They flatter.\n- They hide.\n- They hurry."
    text = text_of("facebook", body=Prose((Text(body, "en"),)))
    assert "All count:\n\n• They flatter.\n• They hide.\n• They hurry." in text
    assert "•" not in text_of("x", body=Prose((Text(body + " " + "x" * 200, "en"),)))


def test_markdown_leaves_no_marks():
    body = "A **strong** word, a [link](https://a.org/secret), a note.[^un] And more.\n\n## Heading"
    text = text_of("facebook", body=Prose((Text(body, "en"),)))
    assert "A strong word, a link, a note. And more." in text
    assert "secret" not in text
    assert "Heading" not in text


def test_a_helpline_is_led_by_the_call_to_action_when_that_is_to_call():
    action = ActionView(label=Text("Talk to someone today.", "en"), kind="helpline")
    text = text_of("facebook", action=action)
    line = "GB · ACT Early (non-profit): 0800 011 3764 · 9-18"
    assert f"Talk to someone today:\n{line}\n\nRead more: https://" in text
    assert "Need to talk?" not in text


def test_helplines_stand_in_the_campaigns_order_each_with_its_country_and_who_answers():
    lines = "France · Numéro vert (association) : 0 800 005 696 · 9-18\nBelgique · CAPREV ("
    assert lines in text_of("email", "fr")


def test_a_number_keeps_its_order_in_right_to_left_text():
    line = "Deutschland · Beratungsstelle (منظمة غير ربحية): \u2066+49 911 943 43 43\u2069"
    assert line in text_of("email", "ar")


@pytest.mark.parametrize("platform", ["x", "bluesky"])
def test_a_thread_goes_on_where_the_first_post_ends_and_closes_with_its_sources(platform):
    made = draft(platform)
    first, *more = [part.text for part in made.parts]
    assert "Source: " in first
    assert "they-protect-muslims" in first
    assert len(more) > 1
    assert more[-1].startswith(("Sources: ", "Source: "))
    assert "ACT Early (non-profit): 0800 011 3764" in more[-1]
    sentences = re.split(r"(?<=[.!?]) ", more[-2])
    assert not any(sentence in first for sentence in sentences)


def test_a_thread_never_says_the_claim_without_its_flag_and_warning():
    for platform in ("x", "bluesky"):
        for part in draft(platform).parts:
            if "Recruiters say: “" in part.text:
                assert "” That is false. " in part.text
                assert point().warning.value in part.text


def test_sources_stand_with_their_addresses_where_readers_check_them():
    for one in point().sources:
        assert f"* [{one.known_as}]({one.url})" in text_of("reddit")
        assert f"• {one.known_as}\n{one.url}" in text_of("youtube")


def test_a_line_that_needs_an_interpreter_says_so():
    line = msgspec.structs.replace(frame().standing[0], languages=("de",), interpreters=True)
    with_interpreter = "GB · ACT Early (non-profit, with an interpreter): 0800 011 3764"
    assert with_interpreter in text_of("email", page=frame(standing=(line,)))


def test_the_help_page_stands_where_no_line_does():
    text = text_of("facebook", page=frame(standing=()))
    assert "Get help: https://campaign.example.org/en/help/" in text
    assert not re.search(r"0800|\+49", text)


def test_a_number_is_left_out_where_the_theme_cannot_say_who_answers():
    words = {"Need to talk?": "Besoin d’en parler ?"}
    view, page = point("fr"), frame("fr")
    made = compose(
        view, page, PLATFORMS["facebook"], TEMPLATES["facebook"], words, "https://a.org/"
    )
    assert "0 800" not in made.parts[0].text
    assert "https://campaign.example.org/fr/help/" in made.parts[0].text


def test_latin_hashtags_keep_their_sign_in_right_to_left_text():
    assert text_of("facebook", "ar").endswith("\u200e#FactsFirst \u200e#TalkToSomeone")


def test_a_question_as_call_to_action_takes_no_colon():
    action = ActionView(label=Text("Worried about someone?", "en"), kind="page", page="signs")
    said = "Worried about someone? https://campaign.example.org/en/pages/signs/"
    assert said in text_of("discord", action=action)


@pytest.mark.parametrize(
    ("kind", "more", "leads"),
    [
        ("link", {"url": "https://volunteers.example/"}, "https://volunteers.example/"),
        ("page", {"page": "signs"}, "https://campaign.example.org/en/pages/signs/"),
        ("report", {}, "https://campaign.example.org/en/report/"),
        ("helpline", {}, "https://campaign.example.org/en/help/"),
    ],
)
def test_a_call_to_action_leads_to_what_it_names(kind, more, leads):
    """A label that led to the talking point promised what was not there."""
    action = ActionView(label=Text("Do this", "en"), kind=kind, **more)
    page = frame("en", standing=())
    text = draft("telegram", page=page, action=action).parts[0].text
    assert f"Do this: {leads}\n" in text
    assert "Read more: https://campaign.example.org/en/points/they-protect-muslims/\n" in text


def test_an_action_on_the_post_itself_has_no_address():
    action = ActionView(label=Text("Show this to a friend", "en"), kind="share")
    assert "Show this to a friend.\n" in text_of("whatsapp", action=action)


def test_the_help_page_opens_at_the_country_of_the_first_line():
    action = ActionView(label=Text("Talk to someone", "en"), kind="helpline")
    view = replace(point(), action=action)
    found = action_address(view.action, frame())
    assert found == "https://campaign.example.org/en/help/#country-GB"


def test_the_label_of_a_helpline_stands_above_it():
    action = ActionView(label=Text("Talk to someone", "en"), kind="helpline")
    text = text_of("whatsapp", action=action)
    assert re.search(r"Talk to someone:\n.*ACT Early", text)
    assert "Talk to someone: https" not in text


def test_messengers_get_their_own_form():
    made = draft("telegram")
    first, _, rest = made.parts[0].text.partition("\n")
    assert first == "**Most people ISIS killed were Muslims.**"
    assert "**" not in rest


def test_a_message_for_a_group_is_plain_and_short_with_one_address_and_a_number():
    """Partners sent the text for Telegram: stars, the address of a form and three links."""
    form = WrittenContact(kind="form", to="https://a.org/form")
    page = frame("en", standing=(replace(frame("en").standing[0], writes=(form,)),))
    action = ActionView(label=Text("Find a place", "en"), kind="link", url="https://b.example/")
    text = draft("whatsapp", page=page, action=action).parts[0].text
    assert "*" not in text
    assert re.findall(r"https://\S+", text) == [
        "https://campaign.example.org/en/points/they-protect-muslims/"
    ]
    assert "0800 011 3764" in text
    assert "Find a place.\n" in text
    assert len(text) <= 540


@pytest.mark.parametrize("platform", ["discord", "telegram"])
def test_a_line_that_begins_with_an_accent_is_not_set_bold(platform):
    """The accent would stand on the sign that sets it bold, which then is none."""
    text = draft(platform, fact=Text("\u0301 fact.", "en")).parts[0].text
    assert text.startswith("\u0301 fact.\n")


def test_a_hook_stands_first_and_the_fact_follows_at_once():
    hook = Text("Who are the dead?", "en")
    text = draft("facebook", hook=hook).parts[0].text
    assert text.startswith("Who are the dead?\n\nMost people ISIS killed were Muslims.")
    assert draft("email", hook=hook).title.text == "Who are the dead?"
    assert draft("telegram", hook=hook).parts[0].text.startswith("**Who are the dead?**\n")


def test_what_stays_stands_in_every_post_with_the_fact():
    body = (
        "In Iraq towns lost their men. Whole streets were empty. Others killed, too. [^stay] End."
    )
    for platform in PLATFORMS:
        prose = Prose((Text(body, "en"),))
        assert "Others killed, too." in draft(platform, body=prose).parts[0].text, platform


def test_what_stays_together_is_cut_together():
    body = "Ali left. Sara stayed. [^together] Tom came home after many years. The end is near."
    made = [
        draft("x", body=Prose((Text(body, "en"),)), claim=None, fact=Text("x" * size + ".", "en"))
        for size in range(5, 140, 3)
    ]
    texts = [one.parts[0].text for one in made]
    assert all(("Ali left." in text) == ("Sara stayed." in text) for text in texts)
    assert {"Ali left." in text for text in texts} == {True, False}


def test_the_source_is_the_last_to_be_cut():
    for size in range(20, 141, 10):
        fact = Text("x" * size + ".", "en")
        for platform in ("x", "bluesky", "threads", "mastodon"):
            text = draft(platform, fact=fact, action=POST_ACTION).parts[0].text
            assert "Source" in text, (platform, size)
            assert "ACT Early" in text or "#" not in text, (platform, size)


POST_ACTION = ActionView(label=Text("Talk to someone", "en"), kind="helpline")


def test_no_english_word_stands_in_a_language_whose_words_are_missing():
    view, page = point("fr"), frame("fr")
    made = compose(view, page, PLATFORMS["facebook"], TEMPLATES["facebook"], {}, "https://a.org/")
    text = made.parts[0].text
    for word in ("Read", "Published", "Source", "Need", "claim"):
        assert word not in text
    assert "Example Trust" in text
    assert view.claim.value not in text  # without its label the claim is not said


@pytest.mark.parametrize(
    ("platform", "most"), [("x", 2), ("instagram", 3), ("threads", 1), ("whatsapp", 0)]
)
def test_a_post_has_no_more_hashtags_than_the_platform_advises(platform: str, most: int):
    made = draft(platform, page=frame(hashtags=("one", "two", "three", "four", "five", "six")))
    assert len(made.hashtags) == most
    assert made.parts[0].text.count("#") == most


@pytest.mark.parametrize("platform", ["facebook", "linkedin"])
def test_a_point_without_sources_has_no_comment_that_lists_them(platform: str):
    assert draft(platform).comment is not None
    assert draft(platform, sources=()).comment is None


def test_a_title_is_the_fact_without_its_full_stop():
    assert draft("youtube").title.text == "Most people ISIS killed were Muslims"
    assert draft("x").title is None


def test_a_title_is_the_first_sentence_or_the_start_of_it():
    fact = "It was short. " + "Then it went on and on " * 5 + "until the end."
    made = draft("youtube", fact=Text(fact, "en"))
    assert made.title.text == "It was short"
    long = "One sentence that goes on " * 5
    title = draft("youtube", fact=Text(long, "en")).title
    assert long.startswith(title.text.removesuffix("…"))
    assert title.count <= 100


def test_alternative_text_is_given_where_there_is_a_place_for_it():
    parts = (("fact", "Most people ISIS killed were Muslims."), ("step.1", "Ask who gains."))
    assert draft("x", card=parts).alt == "Most people ISIS killed were Muslims. Ask who gains."
    assert draft("telegram", card=parts).alt == ""
    assert draft("snapchat", card=parts).alt == ""
    assert draft("sms").card == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"complete": False}, "not everything is translated"),
        ({"level": "niche"}, "niche"),
    ],
)
def test_a_point_that_must_not_be_posted_is_withheld(changes, words):
    with pytest.raises(ProblemsFound, match=words):
        draft("x", **changes)


def test_unreviewed_translations_are_withheld_where_the_campaign_blocks_them():
    view = point("fr", reviewed=False)
    assert draft("x", "fr", view=view).status == "unreviewed"
    with pytest.raises(ProblemsFound, match="nobody has approved"):
        draft("x", "fr", view=view, page=frame("fr", policy="block"))


def test_a_fact_that_fits_nowhere_is_left_out_with_a_warning():
    made = draft("x", fact=Text("word " * 80 + "end.", "en"))
    assert made.left_out
    problem = left_out(made)
    assert (problem.code, problem.severity) == ("post-too-long", "warning")
    assert problem.path == "campaigns/stop-jihadism/points/they-protect-muslims.md"
    assert "of 280" in problem.message


def test_a_platform_that_a_workspace_made_roomier_gets_a_fuller_post():
    wide = replace(PLATFORMS["mastodon"], limit=replace(PLATFORMS["mastodon"].limit, value=5000))
    view, page = point(), frame()
    small = compose(view, page, PLATFORMS["mastodon"], TEMPLATES["mastodon"], {}, "https://a.org/")
    large = compose(view, page, wide, TEMPLATES["mastodon"], {}, "https://a.org/")
    assert large.parts[0].count > small.parts[0].count
    assert large.limit == 5000


def test_a_heading_stands_above_its_list():
    """A list about recruiters read as if it were about the sentence before it."""
    body = "They flatter.\n\n## How to notice\n\n- They hide.\n- They hurry.\n\n## Last"
    text = text_of("email", body=Prose((Text(body, "en"),)))
    assert "They flatter.\n\nHow to notice\n• They hide.\n• They hurry." in text
    assert "Last" not in text


def test_a_heading_never_leads():
    text = text_of("email", body=Prose((Text("## How to notice\n\nThey hide.", "en"),)))
    assert "They hide." in text
    assert "How to notice" not in text


def test_a_publisher_is_named_once_above_all_addresses():
    """Lists said "UN" three times one below the other."""
    first = source(publisher="UN")
    two = (first, replace(first, id="b", url="https://un.org/b"))
    text = text_of("email", sources=two)
    assert f"• UN\n{two[0].url}\nhttps://un.org/b" in text
    marked = text_of("reddit", sources=two)
    assert f"* UN: [1]({two[0].url}), [2](https://un.org/b)" in marked
