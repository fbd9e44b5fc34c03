"""Problems as code scanning services read them."""

from __future__ import annotations

import json
import warnings

import pytest
from stopjihad.catalog.rules import rules
from stopjihad.check.sarif import sarif, workflow_commands
from stopjihad.problem import Problem

from support.build import stopjihad
from support.messages import MESSAGES

PLACED = Problem(
    path="campaigns/a b/points/é.md",
    line=3,
    column=7,
    code="STR02",
    message="100 % wrong: a, b",
    hint="mend it",
)
WHOLE = Problem(path="campaigns/x/campaign.yaml", code="CMP05", message="no", severity="warning")
NOWHERE = Problem(code="disk-full", message="no room", severity="info")


def judge(log: dict) -> None:
    """Let the models that were generated from the official schema read a log; they forbid more."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log
    Log.model_validate(log)


@pytest.mark.parametrize(
    "problems", [(), (PLACED,), (PLACED, WHOLE, NOWHERE)], ids=["none", "one", "three"]
)
def test_a_log_is_valid(problems: tuple[Problem, ...]) -> None:
    log = sarif(problems, rules(), "1.0")
    judge(log)
    assert len(log["runs"][0]["results"]) == len(problems)


def test_the_judge_refuses_what_is_no_log() -> None:
    log = sarif((PLACED,), rules(), "1.0")
    log["runs"][0]["results"][0]["severity"] = "high"
    with pytest.raises(ValueError, match="severity"):
        judge(log)


def test_a_result_names_place_rule_and_level() -> None:
    (run,) = sarif((PLACED, WHOLE, NOWHERE), rules(), "1.0")["runs"]
    nowhere, placed, whole = run["results"]
    place = placed["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "campaigns/a%20b/points/%C3%A9.md"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert placed["level"] == "error"
    assert run["tool"]["driver"]["rules"][placed["ruleIndex"]]["id"] == "STR02"
    assert "region" not in whole["locations"][0]["physicalLocation"]
    assert nowhere["level"] == "note"
    assert "locations" not in nowhere


def test_the_same_problem_keeps_its_mark_when_it_moves() -> None:
    moved = Problem(path=PLACED.path, line=90, code=PLACED.code, message=PLACED.message)
    one, other = (
        sarif((problem,), rules(), "1.0")["runs"][0]["results"][0]["partialFingerprints"]
        for problem in (PLACED, moved)
    )
    assert one == other


def test_every_rule_can_be_described() -> None:
    every = [Problem(code=name, message="x") for name in rules()]
    judge(sarif(every, rules(), "1.0"))


def test_notes_hide_nothing_and_break_no_line() -> None:
    multi = Problem(path="a,b:c.md", line=2, code="LNG04", message="50 %\nmore", hint="")
    assert list(workflow_commands([multi, WHOLE])) == [
        "::error file=a%2Cb%3Ac.md,line=2,title=LNG04::50 %25%0Amore",
        "::warning file=campaigns/x/campaign.yaml,title=CMP05::no",
    ]


def test_the_command_prints_both() -> None:
    run = ("-C", MESSAGES / "refused", "check", "--format")
    log = stopjihad(*run, "sarif", SOURCE_DATE_EPOCH="1795478400")
    assert log.returncode == 1
    found = json.loads(log.stdout)
    judge(found)
    notes = stopjihad(*run, "github", SOURCE_DATE_EPOCH="1795478400")
    assert notes.returncode == 1
    assert len(notes.stdout.splitlines()) == len(found["runs"][0]["results"])
