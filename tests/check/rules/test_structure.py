"""A talking point is whole, and no answer to a niche claim is spread (STR, EVD, AMP, LNG05)."""

from __future__ import annotations

from typing import Any

import pytest
from stopjihad.check.rules.run import rule_findings

from support.messages import TODAY, laid_over, messages_of

NICHE = {"level": "niche", "evidence": "One channel.", "assessed": "2026-11-01"}
OWN = "https://demo.example.org/en/points/pay-was-halved/"
LINKED = "the claim is niche, but this text links to its answer 'pay-was-halved'"
REPLY = {"says": "Good pay is waiting.", "answer": f"We say why that is false: {OWN}"}
LEADS: dict[str, tuple[str, dict[str, Any]]] = {
    "a link inside": (
        "pages/about",
        {"page": {"body": "We answer [a claim](../points/pay-was-halved.md)."}},
    ),
    "its public address": ("pages/about", {"page": {"body": f"We answer [a claim]({OWN})."}}),
    "its file": ("pages/about", {"page": {"summary": f"Read {OWN}index.html."}}),
    "capitals": ("pages/about", {"page": {"summary": OWN.replace("demo.exam", "Demo.Exam")}}),
    "the campaign itself": ("campaign", {"campaign": {"tagline": f"Read {OWN}"}}),
    "a reply": ("responses", {"responses": {"netiquette": "Be kind.", "replies": [REPLY]}}),
}


@pytest.mark.parametrize(("subject", "values"), LEADS.values(), ids=LEADS)
def test_nothing_leads_to_the_answer_of_a_niche_claim(subject: str, values: dict[str, Any]) -> None:
    assert messages_of("AMP01", **values) == []
    niche = laid_over({**values, "point": {"prevalence": NICHE}})
    found = [one for one in rule_findings(niche, TODAY) if one.rule == "AMP01"]
    assert [(one.subject, one.message) for one in found] == [(subject, LINKED)]


@pytest.mark.parametrize(
    "link",
    [
        "../pages/privacy.md",
        "help",
        "https://example.org/en/points/pay-was-halved/",
        f"{OWN[:-2]}/",
    ],
)
def test_other_links_stand_beside_a_niche_claim(link: str) -> None:
    page = {"body": f"We answer [a claim]({link})."}
    assert messages_of("AMP01", point={"prevalence": NICHE}, page=page) == []


def test_a_page_may_be_called_like_a_niche_claim() -> None:
    page = {"body": "Read [what we store](../pages/privacy.md)."}
    assert messages_of("AMP01", id="privacy", point={"prevalence": NICHE}, page=page) == []


def test_only_a_claim_has_a_technique() -> None:
    none = {"claim": None, "warning": None, "prevalence": None, "technique": None}
    assert len(messages_of("STR05", point={**none, "mode": "prebunk"})) == 1
    assert messages_of("STR05", point={**none, "mode": "alternative"}) == []


def test_a_language_without_words_of_its_own_is_judged_by_the_other_rules() -> None:
    texts = {"point/claim": "Czeka https://example.org.", "point/action.label": "Zadzwoń. Teraz."}
    values = {"translation": {"language": "pl", "texts": texts}, "template": {}}
    assert messages_of("MRK01", **values) == ["the claim has an address in it"]
    assert len(messages_of("CMP04", **values)) == 1


def test_the_answer_to_a_niche_claim_asks_nobody_to_share_it() -> None:
    action = {"label": "Read the report", "kind": "link", "url": OWN}
    point = {"prevalence": NICHE, "action": action, "posts": {"x": "The pay was halved."}}
    posted = "the claim is niche, but there is a hand-written post for x"
    assert sorted(messages_of("AMP01", point=point)) == [posted, LINKED]
    shared = {"prevalence": NICHE, "action": {"label": "Share this fact", "kind": "share"}}
    assert messages_of("AMP01", point=shared) == [
        "the claim is niche, but readers are asked to share it"
    ]


SIGNS = "Signs to look out for. [^un]\n\n- They talk of war.\n- They break off."
RECRUITS = "The group recruits online."
ALONE = "One sign alone does not mean anything."


@pytest.mark.parametrize(
    ("body", "apart"),
    [
        (f"{SIGNS}\n\n{RECRUITS}\n\n{ALONE}", True),
        (f"{SIGNS}\n\n{RECRUITS}\n\n> {ALONE}", True),
        (f"{SIGNS}\n\n{RECRUITS}\n\n- They pay.\n- {ALONE}", True),
        (f"{SIGNS}\n\n{RECRUITS}\n\nIt pays.\n\n{ALONE}", True),
        (f"{SIGNS}\n\n{ALONE}", False),
        (f"{RECRUITS} [^un]\n\n- They pay.\n\nNobody came back.\n\n{ALONE}", False),
        (f"- They pay. [^un]\n\n{RECRUITS}\n\n{ALONE}", False),
    ],
)
def test_a_caveat_stands_with_the_signs_that_it_is_about(body: str, *, apart: bool) -> None:
    assert bool(messages_of("STR07", point={"body": body})) is apart


FEAR = "There is only terror. The dead lie in the streets. You will die alone."
TOLD = "A leaked order tells of it. [^un]"


@pytest.mark.parametrize(
    ("point", "count"),
    [
        ({"body": f"{FEAR} [^un]", "alternative": ""}, 3),
        ({"body": TOLD, "alternative": FEAR}, 3),
        ({"body": TOLD, "alternative": "", "fact": FEAR}, 3),
        ({"body": "There is terror. The dead lie in the streets. [^un]", "alternative": ""}, 0),
        ({"body": f"{FEAR} [^un]", "alternative": "You can call somebody."}, 0),
        ({"body": f"{FEAR} [^un]", "alternative": "", "fact": "The Red Cross can help."}, 0),
        # One a sentence was counted, whatever it had.
        ({"body": "Terror is here, death, murder and bombs, too. [^un]", "alternative": ""}, 4),
        # What "we" can do is nothing that a reader can do.
        ({"body": f"{FEAR} We can win. [^un]", "alternative": ""}, 3),
        # A way out does not undo a threat to readers themselves.
        ({"body": "A bomb can hit you at any time. [^un]", "alternative": "Ask for help."}, 1),
        ({"body": "A bomb hit the bridge. You can call at any time. [^un]"}, 0),
    ],
)
def test_a_text_that_only_frightens_is_told(point: dict[str, Any], count: int) -> None:
    found = messages_of("LNG05", point=point)
    assert [one.split()[0] for one in found] == ([f"{count}"] if count else [])


@pytest.mark.parametrize("day", ["2025-11-23", "2025-11-24"])
def test_a_source_is_opened_once_a_year(day: str) -> None:
    source = {"id": "un", "title": "A report", "publisher": "UN", "url": "https://example.org/un"}
    found = messages_of("EVD05", point={"sources": [{**source, "accessed": day}]})
    assert found == (
        ["the source 'un' was last opened 366 days ago"] if day == "2025-11-23" else []
    )


def test_a_citation_in_the_alternative_counts() -> None:
    uncited = "A leaked order cut every wage by half."
    assert messages_of("EVD01", point={"body": uncited, "alternative": "Ask. [^un]"}) == []
    assert len(messages_of("EVD01", point={"body": f"{uncited} [^nu]"})) == 1
