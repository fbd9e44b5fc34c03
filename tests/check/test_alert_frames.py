"""Each frame of an alert refuses what it names and keeps what looks like it, in twelve languages.

The sentences are made up for these tests; ``bench/alert.py --messages FILE`` measures real first
messages of authorities (docs/crisis.md says which).
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from stopjihad.catalog.frames import alert_frames, alert_words
from stopjihad.catalog.rules import languages_of
from stopjihad.check.rules.alerts import alert_judge

from support.build import REPOSITORY
from support.messages import base, laid_over, problems_of

SET = Path(__file__).parent / "alerts"
ALERT_LANGUAGES = languages_of("alerts")
LEAST = 0.95
"""Least recall and precision of each language, and of each frame over all languages."""


@functools.cache
def labelled(language: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, Any] = yaml.safe_load((SET / f"{language}.yaml").read_text("utf-8"))
    return found


def hits(language: str, text: str) -> set[str]:
    judge = alert_judge(language)
    assert judge is not None
    return {hit.frame for hit in judge.hits(text)}


def measured() -> Iterator[tuple[str, str, str]]:
    """Give language, frame and outcome of each sentence: right, missed or false."""
    for language in ALERT_LANGUAGES:
        for frame, rows in labelled(language).items():
            for text in rows["refuses"]:
                yield language, frame, "right" if frame in hits(language, text) else "missed"
            for text in rows["keeps"]:
                for found in hits(language, text):
                    yield language, found, "false"


LEAST_SENTENCES = dict.fromkeys(("en", "fr", "ar", "de"), 50)


@pytest.mark.parametrize("language", ALERT_LANGUAGES)
def test_a_language_has_enough_sentences_and_every_frame(language: str) -> None:
    rows = labelled(language)
    words = alert_words(language)
    assert words is not None
    assert set(rows) == set(words.frames) == set(alert_frames())
    for kind in ("refuses", "keeps"):
        assert sum(len(one[kind]) for one in rows.values()) >= 12
    count = sum(len(one["refuses"]) + len(one["keeps"]) for one in rows.values())
    assert count >= LEAST_SENTENCES.get(language, 24)


def test_every_language_of_the_sample_is_judged() -> None:
    known = {path.stem for path in (REPOSITORY / "campaigns/stop-jihadism/locale").glob("*.po")}
    assert {"en", *known} == set(ALERT_LANGUAGES)


@pytest.mark.parametrize("place", [0, 1], ids=["language", "frame"])
def test_recall_and_precision_are_at_least_95_percent(place: int) -> None:
    counts: dict[str, Counter[str]] = {}
    for one in measured():
        counts.setdefault(one[place], Counter())[one[2]] += 1
    assert len(counts) == len((ALERT_LANGUAGES, alert_frames())[place])
    for name, count in counts.items():
        right = count["right"]
        assert right / (right + count["missed"]) >= LEAST, name
        assert right / (right + count["false"]) >= LEAST, name


@pytest.mark.parametrize("frame", list(alert_frames().values()), ids=list(alert_frames()))
def test_a_frame_says_what_it_is_why_it_harms_and_what_to_write(frame: Any) -> None:
    assert frame.id in hits("en", frame.bad)
    assert hits("en", frame.good) == set()
    assert len(frame.why) > 40
    assert frame.sources


def test_a_template_that_says_too_much_stops_the_build_with_its_line() -> None:
    project = laid_over({"template": {"unknown": "The attacker is a Syrian refugee."}})
    [found] = [one for one in problems_of(project) if one.code == "CRS02"]
    assert found.path.endswith("alerts/templates/attack.yaml")
    assert "frame 'origin'" in found.message
    assert found.severity == "error"


def test_only_a_template_made_for_it_gives_the_all_clear() -> None:
    words = {"headline": "{place}: the danger is over."}
    refused = laid_over({"template": words})
    assert "CRS02" in {one.code for one in problems_of(refused)}
    allowed = laid_over({"template": {**words, "incident": "attack-over"}})
    assert "CRS02" not in {one.code for one in problems_of(allowed)}


def test_a_body_of_public_safety_counts_in_its_own_name_and_guesses_at_nobody() -> None:
    judge = alert_judge("en")
    assert judge is not None
    own = {hit.frame for hit in judge.hits("Three people were injured.", by_authority=True)}
    assert own == set()
    told = {hit.frame for hit in judge.hits("The attacker is a Syrian refugee.", by_authority=True)}
    assert told == hits("en", "The attacker is a Syrian refugee.") != set()
    said = {"template": {"unknown": "Three people were injured."}}
    for kind, refused in (("other", True), ("authority", False)):
        sponsor = {**base("en")["campaign"]["sponsor"], "kind": kind}
        found = problems_of(laid_over({**said, "campaign": {"sponsor": sponsor}}))
        assert ("CRS02" in {one.code for one in found}) is refused


def test_a_sentence_that_names_the_authority_may_give_a_number() -> None:
    assert hits("en", "Three people were injured.") == {"victims"}
    assert hits("en", "Three people were injured. Confirmed by: {authority}.") == {"victims"}
    assert hits("en", "Three people were injured, {authority}.") == set()
