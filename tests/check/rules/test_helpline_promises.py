"""Words above a number of the police promise nothing that the police do not give (SAF06)."""

from __future__ import annotations

from stopjihad.check.campaign import check_project

from support.messages import TODAY, laid_over

POLICE = {"operator": "police", "passed_on": "Partners are told.", "for": ["worried"]}
ASK = {"action": {"label": "Ask for advice", "kind": "helpline", "need": "worried"}}


def found(**values: object) -> list[str]:
    """Give the words that the rule finds."""
    problems = check_project(laid_over(dict(values)), TODAY, ("x",))
    return [one.message.split("'")[1] for one in problems if one.code == "SAF06"]


def reply(short: str, need: str | None) -> dict[str, object]:
    said = {"says": "My son", "answer": "Call.", "short": short}
    return {"netiquette": "Be kind.", "replies": [said | ({"need": need} if need else {})]}


def test_a_draft_above_the_police_promises_no_secret() -> None:
    secret = {"posts": {"x": "Call now: nobody will ever know."}}
    (hit,) = found(helpline=POLICE, point=ASK | secret)
    assert hit == "nobody will ever know"
    assert found(helpline={"for": ["worried"]}, point=ASK | secret) == []


def test_a_reply_above_the_police_promises_no_secret() -> None:
    said = "Call them. It stays between us."
    (hit,) = found(helpline=POLICE, responses=reply(said, "worried"))
    assert hit == "between us"
    assert found(helpline=POLICE, responses=reply(said, None)) == []
    assert found(helpline=POLICE, responses=reply("Ask first what is passed on.", "worried")) == []


def test_a_label_is_told_once_whatever_it_breaks() -> None:
    label = {"label": "Talk to us: strictly confidential", "kind": "helpline", "need": "worried"}
    assert len(found(helpline=POLICE, point={"action": label})) == 1
