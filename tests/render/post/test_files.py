from __future__ import annotations

import hashlib
import json

import pytest
from stopjihad.render.post.files import (
    draft_bytes,
    draft_path,
    entry,
    entry_bytes,
    posts_json,
)
from stopjihad.render.post.words import GROUP, NOTE, PRIVATE
from stopjihad.view.records import Text

from render.post.samples import draft

BASE = "https://campaign.example.org"


def listed(*entries):
    return json.loads(b"".join(posts_json(entry_bytes(item) for item in entries)))


def test_a_text_is_ready_to_paste():
    made = draft("discord")
    assert draft_bytes(made) == (made.parts[0].text + "\n").encode()
    assert draft_path("fr", "x", "a-b") == "posts/fr/x/a-b.txt"


@pytest.mark.parametrize("platform", ["whatsapp", "telegram", "facebook"])
def test_where_people_write_under_their_names_a_post_asks_to_name_nobody(platform):
    made = draft(platform)
    assert PRIVATE in made.parts[0].text
    assert draft_bytes(made).decode().count(f"=== {NOTE} ===\n{GROUP}\n") == 1
    assert GROUP not in made.parts[0].text


def test_parts_and_titles_are_apart():
    made = draft("bluesky", posts={"bluesky": Text("First.\n[break]\nSecond.", "en")})
    assert draft_bytes(made).decode().split("\n---\n")[0] == "First.\n\n1/2"
    titled = draft("youtube")
    assert draft_bytes(titled).decode().startswith(titled.title.text + "\n---\n")


def test_the_list_holds_what_the_contract_names():
    made = draft("x")
    cards = {"cards/en/they-protect-muslims/wide.png": 1234}
    [item] = listed(entry(made, BASE, cards, "2026-12-01T12:30:00+01:00"))
    assert set(item) == {
        "campaign", "point", "language", "platform", "title", "parts", "limit", "unit", "link",
        "hashtags", "images", "scheduled", "status", "digest", "facets", "alone", "form",
        "again", "preheader", "comment", "script", "chapters", "story", "document",
    }  # fmt: skip
    assert item["parts"] == [{"text": part.text, "count": part.count} for part in made.parts]
    assert item["alone"] is True
    assert item["images"] == [
        {
            "path": "site/cards/en/they-protect-muslims/wide.png",
            "url": f"{BASE}/cards/en/they-protect-muslims/wide.png",
            "alt": "Most people ISIS killed were Muslims.",
            "width": 1600,
            "height": 900,
            "bytes": 1234,
        }
    ]
    assert item["scheduled"] == "2026-12-01T12:30:00+01:00"
    assert item["digest"] == hashlib.sha256(draft_bytes(made)).hexdigest()


def test_the_nearest_card_that_was_made_is_taken():
    cards = {f"cards/en/they-protect-muslims/{form}.png": None for form in ("og", "square")}
    [wide, tall] = listed(entry(draft("x"), BASE, cards), entry(draft("instagram"), BASE, cards))
    assert wide["images"][0]["path"].endswith("og.png")
    assert tall["images"][0]["path"].endswith("square.png")


def test_without_cards_there_are_no_images():
    [item] = listed(entry(draft("x"), BASE, {}))
    assert item["images"] == []


def test_an_empty_list_is_json_too():
    assert listed() == []


def test_bluesky_entries_say_which_bytes_are_links_and_tags():
    made = draft("bluesky")
    [item] = listed(entry(made, BASE, {}))
    data = made.parts[0].text.encode()
    [link, *tags] = item["facets"][0]
    assert data[link["start"] : link["end"]].decode() == made.link == link["value"]
    assert [tag["value"] for tag in tags] == [tag[1:] for tag in made.hashtags]
