"""Each frame refuses what it names, and keeps fair sentences that look like it, in every language.

The sentences are made up for these tests. What counts for the rules as a whole are sentences that
nobody of this project wrote: see bench/foreign.py and docs/rules.md.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from stopjihad.catalog.frames import frame_languages, frame_words, frames
from stopjihad.catalog.rules import rules
from stopjihad.check.finding import Finding
from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.wording import check_wording

EXAMPLES = Path(__file__).parent / "frames"
RULES = [rule for rule in rules().values() if rule.kind == "frames"]
LEAST, MOST = 8, 15
"""Frames of a language: enough to name what harms, few enough to be right."""


@functools.cache
def examples(language: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, Any] = yaml.safe_load((EXAMPLES / f"{language}.yaml").read_text("utf-8"))
    return found


def found(text: str, language: str) -> list[Finding]:
    """Judge a text; a line before "- " is the heading of a list."""
    lead, _, item = text.partition("\n- ")
    passage = Passage(
        "x/body", item or text, lead if item else "", "x.md", 1, 1, markdown=True, item=bool(item)
    )
    return list(check_wording(RULES, language, [passage]))


def rows(kind: str) -> Iterator[Any]:
    for language in frame_languages():
        for frame, known in examples(language).items():
            for number, text in enumerate(known[kind], start=1):
                yield pytest.param(language, frame, text, id=f"{language}-{frame}-{number}")


@pytest.mark.parametrize(("language", "frame", "text"), list(rows("refuses")))
def test_it_refuses(language: str, frame: str, text: str) -> None:
    assert any(f"frame '{frame}'" in one.message for one in found(text, language))


@pytest.mark.parametrize(("language", "frame", "text"), list(rows("keeps")))
def test_it_keeps(language: str, frame: str, text: str) -> None:
    assert found(text, language) == []


@pytest.mark.parametrize("language", frame_languages())
def test_a_frame_is_found_behind_other_sentences_and_among_marks(language: str) -> None:
    some = examples(language)
    refused = [text for known in some.values() for text in known["refuses"] if "\n" not in text]
    fair = [text for known in some.values() for text in known["keeps"] if "\n" not in text]
    before = " ".join(fair[:2])
    missed = [
        text
        for text in refused
        if not found(f"{before} [^un]\n**{before}** {text} [^un2014]", language)
    ]
    assert missed == []


@pytest.mark.parametrize("language", frame_languages())
def test_every_frame_of_a_language_has_three_sentences_of_each_kind(language: str) -> None:
    words = frame_words(language)
    assert words is not None
    known = {*words.frames, *(["listed"] if words.practices else [])}
    assert LEAST <= len(known) <= MOST
    assert known <= set(frames())
    assert set(examples(language)) == known
    for frame, some in examples(language).items():
        assert [len(some[kind]) >= 3 for kind in ("refuses", "keeps")] == [True, True], frame


@pytest.mark.parametrize("frame", list(frames().values()), ids=list(frames()))
def test_a_frame_says_what_it_is_why_it_harms_and_what_to_write(frame: Any) -> None:
    assert frame.rule in {rule.id for rule in RULES}
    assert len(frame.says) > 20
    assert len(frame.why) > 40
    assert len(frame.mend) > 40
    assert frame.sources
    named = f"frame '{frame.id}'"
    assert any(named in one.message for one in found(_listed(frame.bad), "en"))
    assert found(_listed(frame.good), "en") == []


def _listed(text: str) -> str:
    return text.replace(": ", ":\n- ")


def test_a_finding_names_the_frame_the_words_the_harm_and_a_rewrite() -> None:
    passage = Passage(
        "home/body", "It rains. All Moroccans are criminals.", "", "points/home.md", 3, 1,
        markdown=True, lines=("It rains. All Moroccans are criminals.",),
    )  # fmt: skip
    [finding] = check_wording(RULES, "en", [passage])
    assert finding.rule == "LNG02"
    assert (finding.line, finding.column) == (3, 11)
    assert "frame 'crime': 'All Moroccans are criminals' says of a people" in finding.message
    assert frames()["crime"].why in finding.message
    assert finding.mend == frames()["crime"].mend
    assert finding.sentence == "All Moroccans are criminals."
    assert (finding.language, finding.context) == ("en", "home/body")


@pytest.mark.parametrize(
    "text",
    [
        "Muslims are violent. That is a lie.",
        "Recruiters say it every day: Muslims are violent.",
        "Why do they write that Muslims are violent?",
        'Someone had sprayed "Muslims are violent" on the wall.',
        "If Muslims are violent, why are most victims Muslims?",
        "Some Muslims are violent, as some of everybody are.",
        "So all Muslims are violent, and all bakers, too.",
        "By that logic all Christians are terrorists.",
    ],
)
def test_denials_reports_questions_quotations_and_some_take_it_back(text: str) -> None:
    assert found(text, "en") == []


def test_what_is_said_of_those_who_harm_them_is_no_finding() -> None:
    assert found("People who attack Muslims are criminals.", "en") == []
    assert found("Hatred of the Muslims is a danger.", "en") == []
    assert found("Those that lie about refugees are liars.", "en") == []
