"""Pictures of alerts, read by tesseract: the mark of an exercise first, and what must be said."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from lxml import html
from PIL import Image
from stopjihad.model.options import CARD_FORMATS
from stopjihad.text.unicode.script import likely_script

from support.build import REPOSITORY
from support.crisis import Team, crisis_workspace, marks
from support.reading import READERS, differing, plain, read_scattered, read_twice

pytestmark = pytest.mark.judge

SIZE = 44
"""Size of the mark in px per em (templates/cards/alert.yaml)."""

DRILL = ("alert", "drill", "attack-under-way", "--place", "market-square", "--format", "json")


FRAME = 24
"""Most px of the white frame on each side (templates/cards/alert.yaml, the largest format)."""


def inner(path: Path) -> np.ndarray:
    """Give the pixels inside of the white frame."""
    whole = np.asarray(Image.open(path).convert("L"))
    return whole[FRAME:-FRAME, FRAME:-FRAME]


def first_line(path: Path) -> np.ndarray:
    """Cut out the first line of words."""
    pixels = inner(path).astype(int)
    ink = np.abs(pixels - np.median(pixels)) > 40
    rows = np.flatnonzero(ink.any(axis=1))
    last = next(at for at, gap in enumerate(np.diff(rows), 1) if gap > 5)
    top, bottom = rows[0], rows[last - 1] + 1
    columns = np.flatnonzero(ink[top:bottom].any(axis=0))
    cut = pixels[top - 5 : bottom + 5, max(0, columns[0] - 20) : columns[-1] + 20]
    return np.pad(cut, 20, constant_values=int(np.median(pixels))).astype(np.uint8)


def picture(folder: Path, language: str, form: str) -> Path:
    """Find the picture of the one alert of a build."""
    [found] = (folder / f"site/{language}/alert").glob(f"*/{form}.png")
    return found


def unread(folder: Path, shown: Iterable[tuple[str, str]]) -> list[str]:
    """Name the pictures, by language and format, in whose first line the mark is not read."""
    word, found = marks(), []
    for language, form in shown:
        line = first_line(picture(folder, language, form))
        seen = read_twice(word[language], line, language, SIZE)
        letters = "".join(filter(str.isalpha, plain(seen)))  # specks are read as marks
        # A lone Arabic word is sometimes taken for one that runs from left to right.
        if min(differing(word[language], one) for one in (seen, letters, letters[::-1])) > 1:
            found.append(f"{language}/{form}: {seen.strip()!r}")
    return found


def unsaid(folder: Path, shown: Iterable[tuple[str, str]]) -> list[str]:
    """Name the pictures, by language and format, that do not say what they must.

    Headline, time and emergency number are read.
    The headline is judged by its letters in scripts that tesseract reads well.
    """
    found = []
    for language, form in shown:
        page = html.fromstring((folder / f"site/{language}/alert/index.html").read_bytes())
        [headline], [number], [source] = (
            [one.text_content() for one in page.xpath(path)]
            for path in ("//main//h1", "//p[@class='number']/strong", "//p[@class='source']")
        )
        time = re.search(r"\d+:\d+", source)
        assert time
        pixels = inner(picture(folder, language, form))
        seen = read_scattered(pixels, READERS[language]) + read_scattered(pixels, "eng")
        where = f"{language}/{form}: {seen!r}"
        found += [f"{one}: {where}" for one in re.findall(r"\d+", number) if one not in seen]
        if language != "ps":  # tesseract's Pashto does not know Pashto's digits
            found += [f"{time[0]}: {where}"] if time[0] not in seen else []
        if likely_script(language) in {"Latn", "Cyrl"}:
            wrong = differing(headline, seen, within=True)
            found += [f"{wrong} wrong: {where}"] if wrong > 0.05 * len(plain(headline)) else []
    return found


def test_pictures_of_an_exercise_have_the_mark_in_their_first_line(tmp_path: Path) -> None:
    team = Team(crisis_workspace(tmp_path / "workspace"))
    team.cut_down()
    found = json.loads(team.done(*DRILL))
    every = list(itertools.product(found["languages"], CARD_FORMATS))
    assert unread(Path(found["folder"]), every[::2]) == []  # formats in turn: an odd number
    said = zip(found["languages"], ("story", "og", "story"), strict=True)
    assert unsaid(Path(found["folder"]), said) == []


@pytest.mark.long
def test_every_picture_of_an_exercise_of_the_sample_says_what_must_be_said(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "campaigns", tmp_path / "campaigns")
    team = Team(tmp_path)
    team.later(30 * 24 * 60)  # lines of the sample were checked after the day of other tests
    found = json.loads(team.done(*DRILL))
    assert set(found["languages"]) == READERS.keys() - {"th"}
    every = list(itertools.product(found["languages"], CARD_FORMATS))
    assert unread(Path(found["folder"]), every) == []
    assert unsaid(Path(found["folder"]), every) == []
