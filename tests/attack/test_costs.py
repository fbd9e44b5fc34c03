"""Text of any length and pattern costs little: what is too long is not read, the rest is linear."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import shutil
import time
from pathlib import Path

import pytest
from stopjihad.build.check.survey import survey
from stopjihad.catalog.drawing import DrawingBroken, read_drawing
from stopjihad.load.assets import asset_problems
from stopjihad.load.po import TRANSLATION_BYTES
from stopjihad.load.workspace import MAX_SHARED_BYTES
from stopjihad.text.markdown.checks import TEXT_BYTES
from stopjihad.theme import brand_stylesheet

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


STYLES = (
    *("url(", "url( ", "url('", "image-set(", "image-set('", 'image-set("a" ', "src(", "@import "),
    *("/*", "*/", "\\", "\\61 ", "a:", "url(a", "var(--", "{ ", " ; ", "<!--", "'"),
)
"""What is repeated to the size that an asset may have; each alone, and before spaces."""

WRAPS = {
    "style.css": "a { b: %s }",
    "picture.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path style="%s"/></svg>',
    "drawings/own.svg": '<svg viewBox="0 0 1 1"><path class="a" d="%s"/></svg>',
    "logo.svg": '<?xml version="1.0"?>%s<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"/>',
}


def costly(name: str, pattern: str) -> float:
    """Judge an asset as large as one may be; give what it cost."""
    room = MAX_SHARED_BYTES - 200
    quoted = pattern.replace("<", "&lt;").replace('"', "&quot;") if "svg" in name else pattern
    inner = quoted * (room // len(quoted))
    data = (WRAPS[name] % inner).encode()
    began = time.process_time()
    if name.startswith("drawings/"):
        with contextlib.suppress(DrawingBroken):
            read_drawing(data.decode())
    else:
        list(asset_problems({name: data}))
    if name.endswith(".css"):
        brand_stylesheet(data.decode(), accent="#000000", ink="#000000", paper="#ffffff")
    return time.process_time() - began


def judge_assets(step: int) -> None:
    spaces = [f"{one}{' ' * 1000}" for one in STYLES[:8]]
    pairs = list(itertools.product(WRAPS, (*STYLES, *spaces, " ", "a", "-")))[::step]
    spent = max((costly(*pair), *pair) for pair in pairs)
    print(f"slowest: {spent[0]:.2f} s for {spent[2][:12]!r} in {spent[1]}")  # noqa: T201 - docs
    assert spent[0] < MOST, spent


def test_08_a_style_or_a_picture_of_any_pattern_costs_little() -> None:
    """60 KB of ``url(`` and spaces held `check` for over 120 s."""
    judge_assets(3)


@pytest.mark.long
def test_08_every_asset_with_every_pattern_of_a_megabyte() -> None:
    judge_assets(1)
