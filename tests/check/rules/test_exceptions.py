"""An exception excuses the very words that people signed, in their place and language."""

from __future__ import annotations

import datetime as dt

import pytest
from stopjihad.catalog.rules import rules
from stopjihad.check.finding import Finding
from stopjihad.check.rules.exceptions import subject_of, without_excused
from stopjihad.review.ledger import Reviewer, judge

TODAY = dt.date(2026, 11, 24)
EVERY = rules()


def _finding(sentence: str = "Many say so.", **fields) -> Finding:
    values = {
        "rule": "STR03",
        "subject": "points/bus",
        "path": "points/bus.md",
        "line": 3,
        "column": 1,
        "message": "a word",
        "language": "en",
        "context": "bus/body",
        "sentence": sentence,
    }
    return Finding(**(values | fields))


def _signed(finding: Finding, *people: str, until: dt.date | None = None, verdict="approve"):
    lines = ()
    for hour, by in enumerate(people):
        on = dt.datetime(2026, 11, 20, hour, tzinfo=dt.UTC)
        who = Reviewer(by=by, kind="exception", on=on, reason="Quoted.", until=until)
        lines += judge([subject_of(finding)], finding.language, verdict, who, lines)
    return lines


def test_the_signed_words_are_excused_and_no_others():
    one = _finding()
    lines = _signed(one, "Nour")
    assert without_excused([one], lines, EVERY, TODAY) == []
    for other in (
        _finding("Many say so!"),
        _finding(language="fr"),
        _finding(context="bus/alternative"),
        _finding(rule="LNG05"),
    ):
        assert without_excused([other], lines, EVERY, TODAY) == [other]


def test_a_safety_rule_needs_a_second_person():
    one = _finding(rule="LNG02")
    (left,) = without_excused([one], _signed(one, "Nour"), EVERY, TODAY)
    assert left.mend == "Nour signed an exception: a second person must confirm it"
    for other in (" NOUR ", "Nóur", "No\u0301ur"):
        (left,) = without_excused([one], _signed(one, "Nour", other), EVERY, TODAY)
    assert "second person" in left.mend
    assert without_excused([one], _signed(one, "Nour", "Sami"), EVERY, TODAY) == []


def test_an_exception_ends_with_its_last_day():
    one = _finding()
    lines = _signed(one, "Nour", until=TODAY)
    assert without_excused([one], lines, EVERY, TODAY) == []
    (left,) = without_excused([one], lines, EVERY, TODAY + dt.timedelta(days=1))
    assert left.mend.startswith("the exception of Nour ended on 2026-11-24")


def test_some_rules_have_no_exceptions():
    one = _finding(rule="SAF02")
    (left,) = without_excused([one], _signed(one, "Nour", "Sami"), EVERY, TODAY)
    assert left.mend.startswith("SAF02 has no exceptions")


def test_where_no_words_are_to_blame_the_message_is_signed():
    one = _finding(sentence="", context="")
    lines = _signed(one, "Nour")
    assert without_excused([one], lines, EVERY, TODAY) == []
    changed = _finding(sentence="", context="", message="another")
    assert without_excused([changed], lines, EVERY, TODAY) == [changed]


@pytest.mark.parametrize("name", ["LNG02", "LNG04", "STR04", "AMP01", "SAF03", "EVD04"])
def test_rules_that_keep_readers_from_harm_ask_for_two(name: str):
    assert EVERY[name].people == 2
