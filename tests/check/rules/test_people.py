"""Whom a campaign is for, who speaks, who pays and who answers (CMP, EVD04, TRN)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from stopjihad.check.campaign import check_project

from support.messages import TODAY, laid_over, messages_of

METRIC = {"name": "Calls a month", "baseline": "0", "target": "40", "date": "2027-06-30"}
AUDIENCES = [
    {"id": name.lower(), "name": name, "persona": "Sami, who is 19.", "stage": stage}
    for name, stage in (("Parents", "relatives"), ("Pupils", "at-risk"), ("Teachers", "public"))
]


@pytest.mark.parametrize("field", ["name", "baseline", "target"])
def test_a_metric_says_what_is_counted_and_from_where(field: str) -> None:
    goal = {"statement": "More people know whom to call.", "metrics": [METRIC | {field: " "}]}
    told = f"the plan is incomplete: a metric has no {field}"
    assert messages_of("CMP01", campaign={"goal": goal}) == [told]


@pytest.mark.parametrize(
    ("count", "named", "told"),
    [
        (3, ["parents", "pupils", "teachers"], ["the talking point is for all 3 audiences"]),
        (3, ["parents", "parents", "pupils"], []),
        (2, ["parents", "pupils"], []),
        (3, [], ["the talking point names no audience"]),
    ],
)
def test_a_talking_point_is_for_some(count: int, named: list[str], told: list[str]) -> None:
    campaign = {"audiences": AUDIENCES[:count]}
    assert messages_of("CMP02", campaign=campaign, point={"audiences": named}) == told


@pytest.mark.parametrize(("name", "everyone"), [("The public", True), ("Public libraries", False)])
def test_an_audience_is_not_everyone(name: str, *, everyone: bool) -> None:
    found = messages_of("CMP02", campaign={"audiences": [AUDIENCES[0] | {"name": name}]})
    assert found.count(f"the audience '{name}' is everyone") == everyone


@pytest.mark.parametrize(
    ("kind", "named", "told"),
    [
        ("government", ["parents", "pupils"], 1),
        ("government", ["parents", "teachers"], 0),
        ("former", ["pupils"], 0),
    ],
)
def test_a_ministry_does_not_speak_to_those_at_risk(kind: str, named: list[str], told: int) -> None:
    messengers = [{"id": "team", "name": "Team", "kind": kind, "consent": "In writing."}]
    campaign = {"audiences": AUDIENCES, "messengers": messengers}
    found = messages_of("CMP03", campaign=campaign, point={"audiences": named})
    assert len(found) == told
    assert all("Pupils" in one for one in found)


TEAM = {"id": "team", "name": "The team", "kind": "ngo"}


@pytest.mark.parametrize("consent", ["", " "])
@pytest.mark.parametrize(
    ("kind", "asked"),
    [("former", True), ("survivor", True), ("family", True), ("expert", False), ("peer", False)],
)
def test_who_lived_through_it_has_agreed_to_speak(kind: str, consent: str, *, asked: bool) -> None:
    told = f"nothing says how 'Nadia' ({kind}) agreed to speak"
    nadia = {"name": "Nadia", "kind": kind, "consent": consent}
    speaking = {"messengers": [nadia | {"id": "team"}]}
    assert messages_of("EVD04", campaign=speaking) == ([told] if asked else [])
    silent = {"messengers": [TEAM, nadia | {"id": "nadia"}]}
    assert messages_of("EVD04", campaign=silent) == []


@pytest.mark.parametrize("field", ["source", "licence"])
def test_a_picture_says_whose_it_is(field: str) -> None:
    assert messages_of("EVD04", media={field: " "}) == [f"the picture has no {field}"]


def test_three_replies_are_ready() -> None:
    reply = {"says": "This is a lie.", "answer": "Each fact names its source."}

    def told(count: int) -> list[str]:
        return messages_of(
            "CMP05", responses={"netiquette": "Be kind.", "replies": [reply] * count}
        )

    assert told(3) == []
    assert len(told(2)) == 1


def test_replies_that_cannot_be_read_are_not_missing() -> None:
    project = laid_over({"responses": None})
    path = "campaigns/demo/responses.yaml"
    for broken, told in (((), 1), ((path,), 0)):
        found = check_project(msgspec.structs.replace(project, broken=broken), TODAY, ("x",))
        assert sum(one.code == "CMP05" for one in found) == told


@pytest.mark.parametrize(
    ("sponsor", "field"),
    [
        ({"name": "Various partners"}, "sponsor.name"),
        ({"funders": ["Demo fund", "Anonymous donors"]}, "sponsor.funders.1"),
        ({"funders": ["Demo fund", "12"]}, "sponsor.funders.1"),
        ({"disclosure": "—"}, "sponsor.disclosure"),
        ({"disclosure": "Partners."}, ""),
        ({"name": "Partners of the town of Demo"}, ""),
        ({"funders": ["Friends of Demo", "Private Bank", "Unknown Soldier Fund"]}, ""),
    ],
)
def test_who_pays_has_a_name(sponsor: dict[str, Any], field: str) -> None:
    named = {"name": "Demo team", "funders": ["Demo fund"], "disclosure": "Paid for by the fund."}
    found = messages_of("TRN01", campaign={"sponsor": named | sponsor})
    assert [one.split()[0] for one in found] == ([field] if field else [])


NAMELESS = {
    "en": ("Anonymous donors", "An unnamed donor", "Several anonymous friends"),
    "fr": ("Donateurs anonymes",),
    "de": ("Anonyme Spender", "Ein ungenannter Spender"),
    "ar": ("متبرع مجهول", "جهة مانحة مجهولة"),
    "es": ("Donantes anónimos", "Un donante desconocido"),
    "tr": ("Anonim bağışçılar",),
    "ru": ("Анонимные спонсоры",),
    "ur": ("گمنام ڈونر",),
    "nl": ("Anonieme donoren", "Onbekende sponsors"),
    "bn": ("অজ্ঞাত দাতা",),
    "so": ("deeq bixiye qarsoon",),
    "ps": ("نامعلوم مرستندوی",),
}


@pytest.mark.parametrize(
    ("language", "name"), [(tag, name) for tag, names in NAMELESS.items() for name in names]
)
def test_a_donor_without_a_name_is_none(language: str, name: str) -> None:
    sponsor = {"name": "Demo", "funders": [name], "disclosure": "Demo."}
    assert len(messages_of("TRN01", language, campaign={"sponsor": sponsor})) == 1


@pytest.mark.parametrize(
    ("contact", "reached"),
    [
        ("team@example.org", True),
        (" https://example.org/mistakes ", True),
        ("+33 1 23 45 67 89", True),
        ("team@example", False),
        ("Write to team@example.org", False),
        ("112", False),
    ],
)
def test_mistakes_can_be_reported(contact: str, *, reached: bool) -> None:
    policy = "We correct mistakes at once."
    found = messages_of("TRN02", campaign={"corrections": {"contact": contact, "policy": policy}})
    assert (found == []) is reached


@pytest.mark.parametrize(
    ("policy", "told"), [("We correct mistakes.", 1), ("We correct all mistakes.", 0)]
)
def test_a_policy_says_what_is_done(policy: str, told: int) -> None:
    corrections = {"contact": "team@example.org", "policy": policy}
    assert len(messages_of("TRN02", campaign={"corrections": corrections})) == told
