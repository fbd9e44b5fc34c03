"""Text of any length and pattern costs little: what is too long is not read, the rest is linear."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
import time
from pathlib import Path

import pytest
from stopjihad.build.check.survey import survey
from stopjihad.load.po import TRANSLATION_BYTES
from stopjihad.text.markdown.checks import TEXT_BYTES

TESTS = Path(__file__).parents[1]
DEMO = "campaigns/demo"
DAY = dt.date(2026, 11, 24)
MOST = 2.0
"""Seconds of a processor for the whole check of a small campaign."""

LONG = 300_000

PATTERNS = (
    *("a", "a ", "é", "ع", "1", "1 ", "1,", ".", "a.", "@a ", "*", "_a_ ", "[", "[a](b", "[^"),
    *("<a ", "https://a.b/", "\u2066", "1\u2066 ", "a\n\n", "- a\n", "\\", "They ", "». A"),
)

PLACES = {
    "tagline": ("campaign.yaml", "tagline: Facts first", 'tagline: "{}"'),
    "persona": ("campaign.yaml", "persona: A worried father.", 'persona: "{}"'),
    "key": ("campaign.yaml", "tagline: Facts", '"{}": x\ntagline: Facts'),
    "fact": ("points/neighbours.md", "fact: Most", 'fact: "{}" #'),
    "choice": ("points/neighbours.md", "mode: debunk", 'mode: "{}"'),
    "alternative": ("points/neighbours.md", "alternative: Ask", 'alternative: "{}" #'),
    "source": ("points/neighbours.md", "title: A report", 'title: "{}"'),
    "body": ("points/neighbours.md", "Courts heard", "{}\n\nCourts heard"),
    "page": ("pages/about.md", "Words.", "{}"),
    "helpline": ("helplines.yaml", "name: Helpline", 'name: "{}"'),
    "reply": ("responses.yaml", "netiquette: Be kind.", 'netiquette: "{}" #'),
    "po fact": ("locale/fr.po", "La plupart", "{} La plupart"),
    "po body": ("locale/fr.po", "Selon [un", "{} [un"),
    "po source": ("locale/fr.po", "Courts heard", "{}"),
    "glossary": ("locale/glossary.csv", "aide", "{}"),
}


def workspace(folder: Path) -> Path:
    shutil.copytree(TESTS / "invalid" / "_base", folder)
    shutil.copytree(TESTS / "invalid" / "translation-link", folder, dirs_exist_ok=True)
    (folder / DEMO / "locale/glossary.csv").write_text("term,fr\nhelp,aide\n", "utf-8")
    return folder


def escaped(file: str, pattern: str) -> str:
    """Write a text as its file wants it."""
    if file.endswith(".po"):
        pattern = pattern.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    elif file.endswith(".yaml"):
        pattern = pattern.replace("\\", "\\\\").replace("\n", "\\n")
    return pattern


def seconds(root: Path, place: str, text: str) -> float:
    """Check a campaign that holds a text; give what it cost, and leave the campaign as it was."""
    file, old, new = PLACES[place]
    path = root / DEMO / file
    before = path.read_text("utf-8")
    assert old in before
    if place in {"fact", "choice", "alternative", "source"}:
        text = text.replace("\\", "\\\\").replace("\n", "\\n")
    path.write_text(before.replace(old, new.replace("{}", escaped(file, text)), 1), "utf-8")
    began = time.process_time()
    survey(root, "demo", DAY)
    spent = time.process_time() - began
    path.write_text(before, "utf-8")
    return spent


def slowest(root: Path, pairs, size) -> tuple[float, str, str]:
    survey(root, "demo", DAY)  # what is read once a process is not the text's cost
    found = []
    for place, pattern in pairs:
        room = size(place)
        text = pattern * (room // len(pattern.encode() if room < LONG else pattern))
        found.append((seconds(root, place, text), place, pattern))
    return max(found)


def at_the_limit(place: str) -> int:
    """Give the most bytes that are still read."""
    return (TRANSLATION_BYTES if place.startswith("po ") else TEXT_BYTES) - 200


def judge(root: Path, pairs, size) -> None:
    spent, place, pattern = slowest(root, pairs, size)
    print(f"slowest: {spent:.2f} s for {pattern!r} in {place}")  # noqa: T201 - docs quote it
    assert spent < MOST, (place, pattern)


def some(step: int) -> list[tuple[str, str]]:
    """Give each place and each pattern at least once."""
    places = list(PLACES)
    return [(places[(index * step) % len(places)], one) for index, one in enumerate(PATTERNS)]


def test_long_text_costs_nothing(tmp_path: Path) -> None:
    judge(workspace(tmp_path / "w"), some(1), lambda _: LONG)


def test_text_at_the_limit_costs_little(tmp_path: Path) -> None:
    judge(workspace(tmp_path / "w"), some(7), at_the_limit)


@pytest.mark.long
def test_every_field_with_every_pattern_of_300000_characters(tmp_path: Path) -> None:
    pairs = list(itertools.product(PLACES, PATTERNS))
    assert len(PATTERNS) == 24
    judge(workspace(tmp_path / "w"), pairs, lambda _: LONG)


@pytest.mark.long
def test_every_field_with_every_pattern_at_the_limit(tmp_path: Path) -> None:
    judge(workspace(tmp_path / "w"), list(itertools.product(PLACES, PATTERNS)), at_the_limit)
