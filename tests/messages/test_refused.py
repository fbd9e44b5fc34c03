"""The film of January 2015 and its infographic, put down as input, are refused for what they do."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest
from stopjihad.build.check.survey import survey
from stopjihad.disk.cache import NoCache

WORKSPACE = Path(__file__).parent / "refused"
DAY = dt.date(2026, 11, 24)
PAIRS = (
    "sacrifie-toi-pour-une-juste-cause",
    "viens-fonder-une-famille-avec-un-heros",
    "rejoins-nous-et-viens-aider-les-enfants-syriens",
    "tu-vis-dans-un-monde-impur",
)
"""The four pairs: just cause, family with a hero, helping Syrian children, impure unbelievers."""


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """Give the rules that each file breaks."""
    broken = defaultdict(set)
    for problem in survey(WORKSPACE, "film-2015", DAY, NoCache()).problems:
        broken[problem.path.removeprefix("campaigns/film-2015/")].add(problem.code)
    return broken


@pytest.mark.parametrize("name", PAIRS)
def test_they_tell_you_first_is_refused(name: str, found: dict[str, set[str]]) -> None:
    broken = found[f"points/{name}.md"]
    assert {"STR01", "STR02", "EVD01"} <= broken
    assert {"STR06", "CMP03", "CMP04"} <= broken


@pytest.mark.parametrize("name", [PAIRS[0], PAIRS[1], PAIRS[3]])
def test_fear_without_a_way_out_is_noticed(name: str, found: dict[str, set[str]]) -> None:
    assert "LNG05" in found[f"points/{name}.md"]


def test_the_recruiters_own_pictures_are_refused(found: dict[str, set[str]]) -> None:
    assert found["media/affiche.jpg.yaml"] == {"EVD03"}


def test_a_film_for_everyone_without_a_measure_is_refused(found: dict[str, set[str]]) -> None:
    assert {"CMP01", "CMP02", "CMP05"} <= found["campaign.yaml"]


def test_the_nine_signs_are_refused(found: dict[str, set[str]]) -> None:
    assert {"LNG04", "STR07"} <= found["pages/signes.md"]


def test_each_sign_that_is_lawful_practice_is_named() -> None:
    problems = survey(WORKSPACE, "film-2015", DAY, NoCache()).problems
    lines = {problem.line for problem in problems if problem.code == "LNG04"}
    text = (WORKSPACE / "campaigns/film-2015/pages/signes.md").read_text("utf-8").splitlines()
    named = [text[line - 1] for line in sorted(lines)]
    for word in ("alimentaires", "musique", "cinéma", "sportives", "vestimentaire"):
        assert any(word in line for line in named), word
    assert not any("famille" in line or "radicaux" in line for line in named)
