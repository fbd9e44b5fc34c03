"""Builders at once: one writes, the others are told; readers always see one whole site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def crowd(folder: Path, builders: int, rounds: int, readers: int) -> dict[str, int]:
    """Let builders and readers loose on one output; give counts of what they saw."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "support.crowd", str(folder),
         str(builders), str(rounds), str(readers)],
        check=False,
        capture_output=True,
        text=True,
        cwd=TESTS,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


def judge(counts: dict[str, int], builders: int, rounds: int) -> None:
    assert counts["mixed"] == counts["missing"] == counts["failed"] == 0
    assert counts["built"] + counts["busy"] == builders * rounds
    assert counts["built"] >= rounds
    assert counts["busy"] > 0
    assert counts["pages"] > 100
    assert counts["sites"] > 10
    assert counts["versions"] > 1


def test_eight_builders_and_four_readers(tmp_path: Path) -> None:
    judge(crowd(tmp_path, 8, 4, 4), 8, 4)


@pytest.mark.long
def test_eight_builders_200_rounds_and_four_readers(tmp_path: Path) -> None:
    judge(crowd(tmp_path, 8, 200, 4), 8, 200)
