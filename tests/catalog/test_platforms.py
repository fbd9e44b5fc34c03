from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.platforms import (
    Fact,
    ReportingService,
    catalogue,
    measure,
    platforms,
    services,
    share_link,
    share_patterns,
)

NAMES = (
    "x",
    "facebook",
    "instagram",
    "threads",
    "linkedin",
    "tiktok",
    "youtube",
    "telegram",
    "whatsapp",
    "mastodon",
    "bluesky",
    "snapchat",
    "pinterest",
    "reddit",
    "discord",
    "vk",
    "sms",
    "email",
)


def facts(platform):
    for field in platform.__struct_fields__:
        value = getattr(platform, field)
        if isinstance(value, Fact):
            yield field, value
    yield from platform.more.items()


def test_every_platform_is_there():
    assert tuple(platforms()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_names_a_source_with_the_day_it_was_read(name):
    sources = catalogue().sources
    for field, fact in facts(platforms()[name]):
        assert fact.source in sources, field
        assert dt.date.fromisoformat(sources[fact.source].checked) >= dt.date(2026, 11, 24)
        assert fact.confidence in {"high", "medium", "low", "general"}


def test_every_source_is_used():
    used = {fact.source for platform in platforms().values() for _, fact in facts(platform)}
    assert used == set(catalogue().sources)


@pytest.mark.parametrize("name", NAMES)
def test_cards_are_formats_that_exist(name):
    card = platforms()[name].card
    assert card in FORMATS or (card == "" and name == "sms")


@pytest.mark.parametrize(
    ("name", "text", "unit", "number", "limit"),
    [
        ("x", "https://example.org/" + "a" * 90, "x-weight", 23, 280),
        ("bluesky", "👨‍👩‍👧‍👦", "graphemes", 1, 300),
        ("mastodon", "https://example.org/" + "a" * 90, "mastodon-characters", 23, 500),
        ("telegram", "😀", "utf16-units", 2, 4096),
        ("linkedin", "#a", "linkedin-characters", 3, 3000),
        ("threads", "😀", "threads-characters", 4, 500),
        ("instagram", "é", "utf16-units", 1, 2200),
        ("facebook", "é", "utf16-units", 1, 63206),
        ("sms", "€", "septets", 2, 1600),
        ("youtube", "é", "utf16-units", 1, 5000),
    ],
)
def test_measure(name, text, unit, number, limit):
    found = measure(platforms()[name], text)
    assert (found.unit, found.count, found.limit) == (unit, number, limit)


def test_a_server_may_allow_more():
    mine = platforms({"mastodon": {"limit": 5000, "alt_limit": 3000}})["mastodon"]
    assert mine.rule.limit == 5000
    assert mine.limit.confidence == "workspace"
    assert platforms()["mastodon"].rule.limit == 500


@pytest.mark.parametrize("values", [{"limit": "many"}, {"unit": "stones"}, {"limmit": 1}])
def test_a_wrong_override_is_refused(values):
    with pytest.raises((msgspec.ValidationError, TypeError)):
        platforms({"mastodon": values})


def test_an_unknown_platform_is_refused():
    with pytest.raises(KeyError):
        platforms({"myspace": {"limit": 1}})


WAY_TO_REPORT = {
    "id": "x",
    "kind": "platform",
    "name": "X",
    "url": "https://a.example/",
    "how": "Press.",
    "source": "https://a.example/help",
    "checked": "2026-11-24",
}


def test_ways_to_report_are_whole_unique_and_sourced():
    rows = services()
    assert len({row.id for row in rows}) == len(rows)
    assert {row.kind for row in rows} == {"platform", "portal"}
    for row in rows:
        assert (row.country is None) == (row.kind == "platform"), row.id
        assert dt.date(2026, 1, 1) <= row.checked
        assert row.how.endswith(".")


@pytest.mark.parametrize(
    "change", [{"url": "http://a.example/"}, {"kind": "other"}, {"extra": "1"}, {"id": "A b"}]
)
def test_a_way_to_report_of_another_form_is_refused(change):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(WAY_TO_REPORT | change, ReportingService, strict=False)


def test_a_good_way_to_report_is_taken():
    assert msgspec.convert(WAY_TO_REPORT, ReportingService, strict=False).name == "X"


SHARED_ON = (
    "x",
    "facebook",
    "whatsapp",
    "telegram",
    "mastodon",
    "bluesky",
    "threads",
    "linkedin",
    "reddit",
    "email",
    "sms",
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=60)


def parameters(name, link):
    pattern = share_patterns()[name]
    parts = urlsplit(link)
    text = parts.fragment if pattern.start == "#" else parts.query
    return parse_qsl(text, keep_blank_values=True)


def test_every_pattern_has_a_source_and_a_day():
    assert tuple(share_patterns()) == SHARED_ON
    for pattern in share_patterns().values():
        assert pattern.source.startswith("https://")
        assert dt.date.fromisoformat(pattern.checked)


@pytest.mark.parametrize("name", SHARED_ON)
@settings(max_examples=300)
@given(text=WORDS, url=WORDS, title=WORDS)
def test_values_stay_values(name, text, url, title):
    link = share_link(name, text=text, url=url, title=title)
    assert link.isascii()
    assert link.startswith(share_patterns()[name].address)
    whole = {"text": text, "url": url, "title": title, "text-and-url": f"{text}\n\n{url}"}
    pattern = share_patterns()[name]
    assert parameters(name, link) == [
        (parameter, whole[value]) for parameter, value in pattern.parameters.items()
    ]
    assert not set(link) & set("\"'<>\\ `\n")


@pytest.mark.long
@settings(max_examples=100_000 // len(SHARED_ON))
@given(text=WORDS, url=WORDS, title=WORDS, name=st.sampled_from(SHARED_ON))
def test_values_stay_values_for_a_hundred_thousand_strings(text, url, title, name):
    link = share_link(name, text=text, url=url, title=title)
    assert len(parameters(name, link)) == len(share_patterns()[name].parameters)


def test_broken_text_does_not_break_the_link():
    assert share_link("x", text="\ud800", url="u", title="t").endswith("text=%3F&url=u")
