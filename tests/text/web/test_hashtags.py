from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.web.hashtags import hashtag, hashtags
from stopjihad.text.web.links import find_facets


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
