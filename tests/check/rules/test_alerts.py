"""What an alert in a crisis may say, and what machines are told of a claim (CRS, MRK01)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from stopjihad.check.campaign import check_project
from stopjihad.model.translation import Message, Translations

from support.messages import TODAY, laid_over, messages_of

SENT = "2026-11-24T12:00:00+01:00"


@pytest.mark.parametrize(
    ("expires", "told"),
    [
        ("2026-11-24T11:59:00+01:00", "ends before it was sent"),
        ("2026-11-24T12:00:00+01:00", "ends before it was sent"),
        ("2026-11-24T12:01:00+01:00", ""),
        ("2026-11-25T10:30:00+01:00", ""),
        ("2026-11-25T10:31:00+01:00", "lasts longer than 22 hours 30 minutes"),
    ],
)
def test_an_alert_ends_the_same_day(expires: str, told: str) -> None:
    found = messages_of("CRS01", alert={"sent": SENT, "expires": expires})
    assert [told in one for one in found] == ([True] if told else [])


MARKED: dict[str, dict[str, Any]] = {
    "what is known": {"template": {"confirmed": "<b>{place}</b>. By: {authority}."}},
    "the headline": {"template": {"headline": "{place}: take care &amp; wait."}},
    "what to do": {"template": {"actions": ["Stay away.", "Go <i>home</i>."]}},
    "a place": {"campaign": {"places": [{"id": "station", "name": "<b>Station</b>"}]}},
    "an authority": {
        "campaign": {
            "authorities": [
                {"id": "police", "name": "Police &amp; all", "url": "https://example.org/police"}
            ]
        }
    },
    "the sponsor": {
        "campaign": {
            "sponsor": {"name": "Demo &amp; team", "funders": ["Fund"], "disclosure": "Fund."}
        }
    },
}


@pytest.mark.parametrize("values", MARKED.values(), ids=MARKED)
def test_phones_get_words_without_markup(values: dict[str, Any]) -> None:
    assert messages_of("CRS03", template={}) == []
    assert len(messages_of("CRS03", **{"template": {}, **values})) == 1


def test_a_campaign_without_alerts_may_have_an_ampersand_in_its_name() -> None:
    assert messages_of("CRS03", **MARKED["the sponsor"]) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ISIS is behind the attack.", 1),
        ("Is ISIS behind the attack? Nobody knows.", 0),
        ("The police say that ISIS is behind the attack.", 0),
        ("The police say: watch the video of the attack.", 1),
    ],
)
def test_an_alert_may_ask_and_quote_but_never_shows(said: str, told: int) -> None:
    assert len(messages_of("CRS02", template={"unknown": said})) == told


@pytest.mark.parametrize(
    ("incident", "told"), [("attack-under-way", 1), ("attack-over", 0), ("hoax-denied", 0)]
)
def test_who_may_give_the_all_clear_may_blame_nobody(incident: str, told: int) -> None:
    over = {"incident": incident, "unknown": "The danger is over."}
    assert len(messages_of("CRS02", template=over)) == told
    blames = {"incident": incident, "unknown": "It is late. ISIS is behind the attack."}
    (found,) = messages_of("CRS02", template=blames)
    assert "'ISIS is behind' says who did it" in found


TRANSLATED = {
    "alerts/attack/headline": ("{place}: take care.", "{place} : <b>prudence</b>."),
    "alerts/attack/sentences.dead": ("{count} dead.", "Le suspect est un réfugié syrien."),
    "campaign/sponsor.name": ("Demo team", "L’équipe &amp; Demo"),
}


def test_a_translated_alert_is_judged_at_its_line() -> None:
    messages = tuple(
        Message(context, *texts, line=number)
        for number, (context, texts) in enumerate(TRANSLATED.items(), 1)
    )
    made = laid_over({"template": {"sentences": {"dead": "{count} dead."}}})
    campaign = msgspec.structs.replace(made.campaign.record, languages=("en", "fr"))
    file = Translations(language="fr", path="fr.po", messages=messages)
    project = msgspec.structs.replace(
        made,
        campaign=msgspec.structs.replace(made.campaign, record=campaign),
        translations=(file,),
    )
    found = check_project(project, TODAY, ("x",))
    codes = [(one.code, one.line) for one in found if one.path == "fr.po"]
    assert sorted(codes) == [("CRS02", 2), ("CRS03", 1), ("CRS03", 3)]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("A safe house is waiting.", []),
        ("It is a false promise of a safe house.", ["false"]),
        ("Read https://example.org: pay is waiting.", ["an address"]),
    ],
)
def test_machines_get_the_claim_alone(claim: str, told: list[str]) -> None:
    found = messages_of("MRK01", point={"claim": claim})
    assert [word in one for word, one in zip(told, found, strict=True)] == [True] * len(told)
