from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.platforms import Fact, catalogue, measure, platforms

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
