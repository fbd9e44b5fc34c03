"""No text of 12 KB ends the message rules, or keeps them long, whatever words it is made of."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from stopjihad.catalog.frames import frame_languages, frame_words
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.wording import WORDING, check_wording

EXAMPLES = Path(__file__).parents[1] / "check" / "frames"
RULES = [rule for rule in rules().values() if rule.kind in WORDING]
MOST = 12_000
"""Bytes of the longest text that the loader lets through."""

BUDGET = 2.0
"""Seconds of a processor; the slowest of 10,000 took a quarter of it."""

JOINTS = (" ", ", ", ". ", " – ", "\n", " \u060c ", "? ", ": ")


def _pieces(language: str) -> list[str]:
    """Give words of all classes, and whole sentences with a frame."""
    known = frame_words(language)
    assert known is not None
    found = [word for some in known.words.values() for text in some for word in text.split("|")]
    plain = [word.strip("?*").partition(" ")[0] for word in found if "{" not in word]
    raw: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (EXAMPLES / f"{language}.yaml").read_text("utf-8")
    )
    return [*filter(None, plain), *(text for one in raw.values() for text in one["refuses"])]


def _text(language: str, chance: random.Random) -> str:
    """Say a few pieces again and again, until the text is as long as one may be."""
    few = chance.sample(_pieces(language), chance.randint(1, 4))
    joint = chance.choice(JOINTS)
    text = ""
    while len(text.encode()) < MOST - 400:
        text += chance.choice(few) + joint
    return text + chance.choice(_pieces(language))


def _judge(language: str, number: int) -> None:
    chance = random.Random(f"{language} {number}")
    text = _text(language, chance)
    lead: Any = chance.choice(("", "Warning signs", text[:200]))
    passage = Passage("x/body", text, lead, "x.md", 1, 1, markdown=True, item=bool(lead))
    start = time.process_time()
    list(check_wording(RULES, language, [passage], listing=True))
    took = time.process_time() - start
    assert took < BUDGET, (language, number, took)


@pytest.mark.parametrize("language", frame_languages())
def test_a_long_text_is_judged_in_time(language: str) -> None:
    for number in range(5):
        _judge(language, number)


@pytest.mark.long
@pytest.mark.parametrize("language", frame_languages())
def test_ten_thousand_long_texts_are_judged_in_time(language: str) -> None:
    for number in range(10_000 // len(frame_languages()) + 1):
        _judge(language, number)
