"""A killed build never leaves a broken site: at every moment the old or the new one is whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def killer(*args: object) -> dict[str, object]:
    """Run the killer in an interpreter of its own: it forks, and this one has threads."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "support.killer", *map(str, args)],
        check=False,
        capture_output=True,
        text=True,
        cwd=TESTS,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    return result


SCENARIOS = {"first": 100, "second": 100, "spare": 100, "processes": 50, "two-renames": 100}
"""What stood before, and the least number of operations of the build that is killed."""


def kill_before_operations(scenario: str, step: int) -> None:
    result = killer("every", scenario, step)
    assert result["wrong"] == {}
    assert int(str(result["moments"])) >= SCENARIOS[scenario], "operations escaped the count"


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_killed_before_every_eighth_operation_the_site_is_whole_and_the_next_build_recovers(
    scenario: str,
) -> None:
    kill_before_operations(scenario, 8)


@pytest.mark.long
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_killed_before_every_operation(scenario: str) -> None:
    kill_before_operations(scenario, 1)


def test_killed_at_random_moments_the_site_is_whole_and_no_process_stays() -> None:
    assert killer("random", 10, 7) == {"moments": 10, "wrong": {}}


@pytest.mark.long
def test_killed_at_500_random_moments() -> None:
    assert killer("random", 500, 8) == {"moments": 500, "wrong": {}}
