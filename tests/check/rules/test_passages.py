"""Rules read all that is published: a text that nobody looks at is where harm gets through."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec import structs
from stopjihad.build.check.survey import survey
from stopjihad.check.rules.passages import campaign_passages, document_passages
from stopjihad.disk.cache import NoCache
from stopjihad.view.source_segments import project_segments

from support.build import CAMPAIGN, REPOSITORY
from support.messages import TODAY, codes, laid_over

HARMFUL = {
    "LNG02": "All Muslims are terrorists.",
    "EVD02": "Films are at bad.example.net/x.",
    "SAF04": "Call 0 800 005 696.",
}
"""A text that each of these rules refuses wherever it stands."""

NAMES = re.compile(r"(sponsor|(places|authorities)\.[a-z-]+)\.name|hashtags|.*/(name|emergency)")
"""What is translated, and no sentence: names, and what is dialled in an emergency."""


def _figure(**changed: str) -> dict[str, Any]:
    return {"point": {"figures": [{"value": 12, "label": "people", "source": "un", **changed}]}}


def _table(**changed: Any) -> dict[str, Any]:
    table = {
        "id": "t",
        "title": "Calls by year",
        "kind": "bar",
        "head": "Year",
        "columns": [{"label": "Calls"}],
        "rows": [{"label": "2016", "values": [1]}, {"label": "2017", "values": [2]}],
        "source": "un",
    }
    return {"point": {"data": [table | changed]}}


def _corrected(**changed: str) -> dict[str, Any]:
    return {"point": {"corrections": [{"day": "2026-11-20", "why": "It was 40.", **changed}]}}


def _reply(**changed: str) -> dict[str, Any]:
    reply = {"says": "Lies.", "answer": "Each fact names its source."}
    return {"responses": {"netiquette": "Be kind.", "replies": [reply | changed]}}


def places(text: str) -> dict[str, dict[str, Any]]:
    """Put a text in each place that readers see, beside fact, explanation and posts."""
    quote = {"speaker": "A mother", "source": "un", "consent": "In a court.", "text": "I wait."}
    rows = [{"label": text, "values": [1]}, {"label": "2017", "values": [2]}]
    sponsor = {"name": "S", "funders": ["F"], "disclosure": text}
    return {
        "question": {"point": {"question": text}},
        "hook": {"point": {"hook": text}},
        "steps": {"point": {"steps": [text, "Ask somebody."]}},
        "slides": {"point": {"slides": [text]}},
        "quote.text": {"point": {"quote": quote | {"text": text}}},
        "quote.speaker": {"point": {"quote": quote | {"speaker": text}}},
        "figures.label": _figure(label=text),
        "figures.unit": _figure(unit=text),
        "figures.beside": _figure(beside=text),
        "data.title": _table(title=text),
        "data.note": _table(note=text),
        "data.columns": _table(columns=[{"label": text}]),
        "data.unit": _table(columns=[{"label": "Calls", "unit": text}]),
        "data.rows": _table(rows=rows),
        "corrections.why": _corrected(why=text),
        "corrections.was": _corrected(was=text),
        "tagline": {"campaign": {"tagline": text}},
        "disclosure": {"campaign": {"sponsor": sponsor}},
        "policy": {"campaign": {"corrections": {"contact": "a@example.org", "policy": text}}},
        "messengers": {"campaign": {"messengers": [{"id": "team", "name": text, "kind": "ngo"}]}},
        "page.body": {"page": {"body": text}},
        "alt": {"media": {"alt": text}},
        "netiquette": {"responses": {**_reply()["responses"], "netiquette": text}},
        "replies.answer": _reply(answer=text),
        "alert": {"alert": {}, "template": {"empathy": text}},
    }


SHORT = {"figures.unit", "data.unit"}
"""Places with room for one of these texts, not for all."""


@pytest.mark.parametrize("place", places(""))
def test_a_harmful_text_is_refused_wherever_readers_see_it(place: str) -> None:
    texts = [{rule: text} for rule, text in HARMFUL.items()] if place in SHORT else [HARMFUL]
    for some in texts:
        values = places(" ".join(some.values()))[place]
        denied = {"deny_links": ["bad.example.net"], **values.get("campaign", {})}
        assert set(some) <= codes(laid_over({**values, "campaign": denied}))


def test_why_a_talking_point_was_withdrawn_is_judged_as_what_it_said() -> None:
    """ "Islamic terrorism is the fault of Muslims." passed there: nobody looked at it."""
    gone = {"withdrawn": {"day": "2026-11-20", "why": " ".join(HARMFUL.values())}}
    project = laid_over({"point": gone, "campaign": {"deny_links": ["bad.example.net"]}})
    points = project.points
    assert set(HARMFUL) <= codes(structs.replace(project, points=(), withdrawn_points=points))


@pytest.mark.parametrize(
    "values",
    [
        {"campaign": {"goal": {"statement": "Fewer click on bad.example.net."}}},
        {"point": {"prevalence": {"level": "mainstream", "evidence": "On bad.example.net.",
                                  "assessed": "2026-11-01"}}},
        _reply(says="Look at bad.example.net."),
    ],
)  # fmt: skip
def test_what_the_team_alone_reads_may_name_an_address(values: dict[str, Any]) -> None:
    denied = {"deny_links": ["bad.example.net"], **values.get("campaign", {})}
    assert "EVD02" not in codes(laid_over({**values, "campaign": denied}))


@pytest.mark.parametrize("address", ["https://bad.example.net/a", "https://a.bad.example.net/"])
def test_an_address_in_a_field_is_refused(address: str) -> None:
    source = {"id": "un", "title": "A", "publisher": "UN", "accessed": "2026-11-20"}
    action = {"label": "Read on", "kind": "link"}
    for values in (
        {"point": {"sources": [{**source, "url": address, "primary": True}]}},
        {"point": {"sources": [{**source, "url": "https://example.org/", "archived_url": address,
                                "primary": True}]}},
        {"point": {"action": {**action, "url": address}}},
        {"helpline": {"url": address}},
        {"helpline": {"source": address}},
        {"campaign": {"leave_url": address}},
    ):  # fmt: skip
        denied = {"deny_links": ["bad.example.net"], **values.get("campaign", {})}
        assert "EVD02" in codes(laid_over({**values, "campaign": denied})), values


def test_rules_read_all_that_is_translated_but_names() -> None:
    """A text that is added to the campaign's model is judged, or this list says why not."""
    sample = survey(REPOSITORY, CAMPAIGN, TODAY, NoCache()).project
    assert sample is not None
    read = {one.context for one in campaign_passages(sample)}
    for point in sample.points:
        read |= {one.context for one in document_passages(point, point.record.id)}
    for page in sample.pages:
        read |= {one.context for one in document_passages(page, f"pages/{page.record.id}")}
    unread = {one.context for one in project_segments(sample)} - read
    assert {one for one in unread if not NAMES.fullmatch(one.partition("/")[2])} == set()


@pytest.mark.parametrize("field", ["slides", "steps"])
def test_the_claim_is_not_said_again_on_slides(field: str) -> None:
    claim = {"claim": "A safe house and good pay are waiting.", "warning": "Pay was cut."}
    texts = ["Some were told that good pay and a safe house were waiting.", "Ask somebody."]
    told = {"point": {**claim, "technique": "false-promise", field: texts}}
    assert "STR03" in codes(laid_over(told))
    assert "STR03" not in codes(laid_over({"point": {**told["point"], field: texts[1:] * 2}}))
