from __future__ import annotations

import pytest
from stopjihad.text.web.links import find_facets

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
