"""``stopjihad film``: what is wrong is one line; a long command tells the time left."""

from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.cli.console import ProgressBar, time_left

from support.build import stopjihad


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("letters-home", "-o", "film.mov"), "a film is an MP4 file; end the name with .mp4"),
        (("letters-home", "--format", "og"), "'og' is not one of 'story', 'square', 'wide'"),
        (("letters-home", "--language", "ar,fr"), "one film has one language"),
        (("letters-home", "--language", "xx"), "'xx' is not a language of stop-jihadism"),
    ],
)
def test_wrong_words_are_told_in_one_line(
    words: tuple[str, ...], said: str, small_built: Path
) -> None:
    done = stopjihad("-C", small_built, "film", *words, SOURCE_DATE_EPOCH="1795824000")
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_talking_point_is_a_problem_with_those_there_are(small_built: Path) -> None:
    done = stopjihad("-C", small_built, "film", "letter-home", SOURCE_DATE_EPOCH="1795824000")
    assert done.returncode == 1
    assert "unknown-film" in done.stderr + done.stdout
    assert "letters-home, mothers-speak" in done.stderr + done.stdout


def test_the_time_left_is_told_when_it_can_be_known() -> None:
    assert time_left(4.0, 1, 10) == ""
    assert time_left(10.0, 0, 10) == ""
    assert time_left(10.0, 10, 10) == ""
    assert time_left(10.0, 1, 10) == ", 1:30 left"


def test_other_work_has_its_own_pace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    with ProgressBar(shown=True) as bar:
        bar.update(0, 1000)
        now = 120.0
        bar.update(200, 1000)
        assert "200/1000, 1:20 left" in capsys.readouterr().err
        bar.update(0, 20)
        now = 140.0
        bar.update(10, 20)
        assert "10/20, 0:20 left" in capsys.readouterr().err


def test_no_bar_is_drawn_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBar(shown=True) as bar:
        bar.began -= 60
        bar.update(1, 2)
    assert capsys.readouterr() == ("", "")
