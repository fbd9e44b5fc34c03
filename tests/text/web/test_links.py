from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.web.links import bare_names, find_facets, hashtag, hashtags

from support.oracles import ask, folder_of, recorded
from support.texts import texts


def plain(text):
    return [[item.start, item.end, item.kind, item.value] for item in find_facets(text)]


def test_facets_equal_those_of_the_official_client():
    wrong = [text for text, (_, _, facets) in recorded("bluesky") if sorted(facets) != plain(text)]
    assert wrong == []


@pytest.mark.judge
@pytest.mark.skipif(folder_of("bluesky") is None, reason="node with @atproto/api is missing")
def test_facets_equal_those_of_the_client_asked_now():
    asked = texts(5000, seed=11)
    answers = ask("bluesky", asked, folder_of("bluesky"))
    for text, (_, _, facets) in zip(asked, answers, strict=True):
        assert sorted(facets) == plain(text), text


def test_places_are_bytes_and_give_the_text_again():
    text = "Ünïcode 👩🏽‍⚕️ https://example.org/a, #LivesNotLies"
    link, tag = find_facets(text)
    data = text.encode()
    assert data[link.start : link.end].decode() == "https://example.org/a"
    assert data[tag.start : tag.end].decode() == "#LivesNotLies"


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("stop jihadism", "#StopJihadism"),
        ("#StopJihadism", "#StopJihadism"),
        ("lives-not-lies", "#LivesNotLies"),
        ("toujours le choix", "#ToujoursLeChoix"),
        ("ISIS lies", "#ISISLies"),
        ("لا للتطرف", "#لا_للتطرف"),
        ("été 2026", "#Été2026"),
        ("स्वतंत्रता", "#स्वतंत्रता"),
        ("2026", ""),
        ("#", ""),
        ("a&b <c>", "#ABC"),
    ],
)
def test_hashtag(words, tag):
    assert hashtag(words) == tag


@given(st.text(max_size=30))
def test_what_is_made_is_one_tag_on_bluesky(words):
    tag = hashtag(words)
    if tag and len(tag.encode("utf-16-le")) // 2 <= 65 and "\u200c" not in tag:
        assert [facet.value for facet in find_facets(tag)] == [tag[1:]]


def test_tags_are_different_and_not_more_than_asked_for():
    assert hashtags(("#Stop", "stop", "peace", "life"), 2) == ("#Stop", "#Peace")
    assert hashtags(("one", "two"), None) == ("#One", "#Two")


def test_many_names_run_together_are_looked_at_once():
    start = time.process_time()
    assert bare_names("1.http://a.org/b a.org") == ["a.org"]
    assert len(bare_names("a.org" * 60_000)) == 1
    assert time.process_time() - start < 2  # from each letter on it was half a minute
