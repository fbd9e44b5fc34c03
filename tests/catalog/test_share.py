from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stopjihad.catalog.share import share_link, share_patterns

NAMES = (
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
    assert tuple(share_patterns()) == NAMES
    for pattern in share_patterns().values():
        assert pattern.source.startswith("https://")
        assert dt.date.fromisoformat(pattern.checked)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=300, deadline=None)
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
@settings(max_examples=100_000 // len(NAMES), deadline=None)
@given(text=WORDS, url=WORDS, title=WORDS, name=st.sampled_from(NAMES))
def test_values_stay_values_for_a_hundred_thousand_strings(text, url, title, name):
    link = share_link(name, text=text, url=url, title=title)
    assert len(parameters(name, link)) == len(share_patterns()[name].parameters)


def test_broken_text_does_not_break_the_link():
    assert share_link("x", text="\ud800", url="u", title="t").endswith("text=%3F&url=u")
