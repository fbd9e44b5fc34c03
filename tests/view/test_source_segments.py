from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from stopjihad.model.alert import AlertTemplate
from stopjihad.model.helpline import Helpline, Phone, Verification
from stopjihad.model.media import Media
from stopjihad.model.project import Document
from stopjihad.view.source_segments import (
    Limit,
    extract,
    page_segments,
    point_segments,
    project_segments,
)

from support.campaign import GENERATED, SOURCE, generated_project, page, point

DAY = dt.date(2026, 11, 24)
LINE = Helpline(
    id="fr-line",
    country="FR",
    name="Help",
    phone=Phone(e164="+33800005696", printed="0800"),
    hours="Always",
    languages=("fr",),
    operator="ngo",
    operator_note="A club",
    emergency="112",
    url="https://a.org",
    source="https://a.org",
    verified=Verification(on=DAY, how="read"),
    review_by=DAY,
)
ALERT = AlertTemplate(
    id="attack",
    incident="attack-under-way",
    headline="{place}: take care.",
    empathy="We think of you.",
    confirmed="{place}, {since}: {authority} confirms it.",
    sentences={"closed": "The area is closed."},
    unknown="Nobody knows why.",
    actions=("Go in.", "Stay in."),
    update="Next update: {next_update}.",
    look="News: {official}",
)
FULL = point("bus", claim="A claim.", warning="False.", posts={"x": "Post.", "mastodon": "Toot."})


def test_every_text_has_its_context():
    found = extract(
        GENERATED, (FULL,), (page("about"),), (LINE,), (ALERT,), media=(("a.jpg", "A"),)
    )
    assert [item.context for item in found] == [
        *("campaign/title", "campaign/tagline", "campaign/audiences.all.name"),
        *("campaign/messengers.team.name", "campaign/sponsor.name", "campaign/sponsor.disclosure"),
        *("campaign/corrections.policy", "bus/fact", "bus/claim", "bus/warning"),
        *("bus/action.label", "bus/alternative", "bus/body", "bus/body", "bus/body"),
        *("bus/posts.mastodon", "bus/posts.x", "pages/about/title", "pages/about/body"),
        *("pages/about/body", "helplines/fr-line/name", "helplines/fr-line/hours"),
        *("helplines/fr-line/operator_note", "alerts/attack/headline", "alerts/attack/empathy"),
        *("alerts/attack/confirmed", "alerts/attack/sentences.closed", "alerts/attack/unknown"),
        *("alerts/attack/actions", "alerts/attack/actions", "alerts/attack/update"),
        *("alerts/attack/look", "media/a.jpg/alt"),
    ]
    assert all(item.comment and item.source for item in found)


def test_limits_and_marks_are_known():
    found = {item.context: item for item in extract(GENERATED, (FULL,))}
    assert found["bus/fact"].limits == (Limit("graphemes", 140),)
    assert found["bus/claim"].limits == (Limit("graphemes", 75),)
    assert found["bus/posts.x"].limits == (Limit("x"),)
    assert found["bus/body"].markdown
    assert not found["bus/fact"].markdown


def test_a_text_that_stands_twice_in_a_field_is_translated_once():
    found = extract(GENERATED, (point("bus", body="Same.\n\nSame.\n\nOther."),))
    assert [item.source for item in found if item.context == "bus/body"] == ["Same.", "Other."]


def test_what_makes_a_point_whole_is_what_is_translated_of_it():
    listed = {(item.context, item.source) for item in extract(GENERATED, (FULL,), (page("about"),))}
    assert set(point_segments(FULL)) < listed
    assert set(page_segments(page("about"), {})) < listed


def test_only_pictures_in_use_are_described():
    project = generated_project(1)
    media = Media(source="us", licence="ours", alt="A kitchen")
    notes = tuple(
        Document(path=f"campaigns/generated/media/{name}.yaml", record=media, digest="")
        for name in ("a.jpg", "b.jpg")
    )
    first = project.points[0]
    used = replace(first, record=replace(first.record, media=("a.jpg",), sources=(SOURCE,)))
    found = project_segments(replace(project, points=(used,), media_notes=notes))
    assert [item.context for item in found if item.context.startswith("media/")] == [
        "media/a.jpg/alt"
    ]


def test_hashtags_and_what_to_dial_are_texts_where_they_are_words():
    campaign = replace(GENERATED, hashtags=("FactsFirst", "TalkToSomeone"))
    line = replace(LINE, emergency="17 or 112")
    found = {(item.context, item.source) for item in extract(campaign, helplines=(line,))}
    assert ("campaign/hashtags", "FactsFirst") in found
    assert ("campaign/hashtags", "TalkToSomeone") in found
    assert ("helplines/fr-line/emergency", "17 or 112") in found
    assert "helplines/fr-line/emergency" not in {
        item.context for item in extract(GENERATED, helplines=(LINE,))
    }
