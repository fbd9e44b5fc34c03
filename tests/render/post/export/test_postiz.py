from __future__ import annotations

import json
import re

from stopjihad.render.post.export.formats import export

from render.post.export.samples import entries, job

# What Postiz' own description asks for (public-api/openapi.json, 2026-08-20), as far as we use it.
REQUIRED = {"type", "date", "shortLink", "tags"}
SETTINGS = {
    "x": {"who_can_reply_post"},
    "instagram": {"post_type"},
    "tiktok": {
        "privacy_level", "duet", "stitch", "comment", "autoAddMusic", "brand_content_toggle",
        "brand_organic_toggle", "content_posting_method",
    },
}  # fmt: skip


def bodies(**changes):
    return json.loads(export("postiz", job(**changes)).files["stop-jihadism-postiz.json"])


def test_every_body_has_the_form_that_postiz_asks_for():
    made = bodies()
    assert made
    for body in made:
        assert set(body) >= REQUIRED
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z", body["date"])
        assert body["shortLink"] is False
        assert all(set(tag) == {"value", "label"} for tag in body["tags"])
        for post in body["posts"]:
            assert post["integration"]["id"]
            kind = post["settings"]["__type"]
            assert set(post["settings"]) >= SETTINGS.get(kind, set())
            for content in post["value"]:
                assert isinstance(content["content"], str)
                assert all(set(image) == {"id", "path"} for image in content["image"])


def test_everything_is_a_draft():
    assert {body["type"] for body in bodies()} == {"draft"}


def test_texts_equal_the_drafts_and_threads_keep_their_parts():
    texts = {
        (e.platform, e.language): [part.text for part in (*e.parts, e.comment) if part]
        for e in entries()
    }
    for body in bodies(policy="allow"):
        [post] = body["posts"]
        key = (post["settings"]["__type"], body["tags"][1]["value"])
        assert [content["content"] for content in post["value"]] == texts[key]


def test_the_teams_own_accounts_are_named():
    made = bodies(accounts={"x": "abc", "x/fr": "def"})
    ids = {
        body["tags"][1]["value"]: body["posts"][0]["integration"]["id"]
        for body in made
        if body["posts"][0]["settings"]["__type"] == "x"
    }
    assert ids == {"en": "abc", "fr": "def"}


def test_what_needs_a_persons_choice_is_left_out():
    gone = {item.platform for item in export("postiz", job(policy="allow")).left_out}
    assert gone == {
        "youtube",
        "whatsapp",
        "snapchat",
        "pinterest",
        "reddit",
        "discord",
        "sms",
        "email",
    }
