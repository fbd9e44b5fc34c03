"""Every picture of an exercise says so: tesseract reads the mark in its first line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from stopjihad.model.options import CARD_FORMATS

from support.build import REPOSITORY
from support.crisis import Team, crisis_workspace, marks
from support.reading import READERS, differing, plain, read_twice

pytestmark = pytest.mark.judge

SIZE = 44
"""Size of the mark in px per em (templates/cards/alert.yaml)."""

DRILL = ("alert", "drill", "attack-under-way", "--place", "central-station", "--format", "json")


def first_line(path: Path) -> np.ndarray:
    """Cut out the first line of words below the bar at the top."""
    pixels = np.asarray(Image.open(path).convert("L")).astype(int)
    ink = np.abs(pixels - np.median(pixels)) > 40
    below = int(np.flatnonzero(ink.mean(axis=1) > 0.9).max()) + 1
    rows = np.flatnonzero(ink[below:].any(axis=1)) + below
    last = next(at for at, gap in enumerate(np.diff(rows), 1) if gap > 5)
    top, bottom = rows[0], rows[last - 1] + 1
    columns = np.flatnonzero(ink[top:bottom].any(axis=0))
    cut = pixels[top - 5 : bottom + 5, max(0, columns[0] - 20) : columns[-1] + 20]
    return np.pad(cut, 20, constant_values=int(np.median(pixels))).astype(np.uint8)


def unread(folder: Path, languages: list[str]) -> list[str]:
    """Name the pictures in whose first line the mark is not read."""
    word, found = marks(), []
    for language in languages:
        for form in CARD_FORMATS:
            line = first_line(folder / f"site/{language}/alert/{form}.png")
            seen = read_twice(word[language], line, language, SIZE)
            # A lone Arabic word is sometimes taken for one that runs from left to right.
            if min(differing(word[language], one) for one in (seen, plain(seen)[::-1])) > 1:
                found.append(f"{language}/{form}: {seen.strip()!r}")
    return found


def test_every_picture_of_an_exercise_has_the_mark_in_its_first_line(tmp_path: Path) -> None:
    team = Team(crisis_workspace(tmp_path / "workspace"))
    team.cut_down()
    found = json.loads(team.done(*DRILL))
    assert unread(Path(found["folder"]), found["languages"]) == []


@pytest.mark.long
def test_every_picture_of_an_exercise_of_the_sample_has_the_mark(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "campaigns", tmp_path / "campaigns")
    found = json.loads(Team(tmp_path).done(*DRILL))
    assert set(found["languages"]) == READERS.keys() - {"th"}
    assert unread(Path(found["folder"]), found["languages"]) == []
