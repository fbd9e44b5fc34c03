"""One step of each kind is made before processes are copied, so that they have what it imports."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from stopjihad.build.work import execute
from stopjihad.build.work.batch import Rendered
from stopjihad.build.work.execute import Due, make
from stopjihad.build.work.keys import plan_keys
from stopjihad.model.step import Input, Plan, Step

from support.toy import VERSIONS, make_plan, texts, toy_rendering


def render_by(steps: Sequence[Step], _: Mapping[str, Input]) -> list[Rendered]:
    """Say which process made a step."""
    return [f"{step.output} {os.getpid()}".encode() for step in steps]


def made(plan: Plan, method: str, costly: str) -> dict[str, bool]:
    """Make a plan in two processes; tell of each output whether this process made it."""
    execute.start_method = lambda: method
    how = toy_rendering(
        jobs=2, render="build.work.test_before_copies:render_by", costly=frozenset({costly})
    )
    due = Due(plan.steps, plan_keys(plan, VERSIONS), plan.inputs, "", "toy")
    found = {one.output: (one.data or b"").decode() for one in make(due, how, "")}
    assert len(found) == len(plan.steps)
    return {output: said == f"{output} {os.getpid()}" for output, said in found.items()}


def make_all(method: str, costly: str, here: str) -> None:
    found = made(make_plan(texts(200)), method, costly)
    own = sorted(output for output, by_us in found.items() if by_us)
    kinds = ["site/ar/points/p0/index.html", "site/cards/ar/p0/og.png"]
    assert own == (kinds if here == "some" else []), own


def in_a_process(body: str, *args: str) -> None:
    """Run a function of this file where no other thread runs."""
    done = subprocess.run(
        [sys.executable, __file__, body, *args],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert not done.returncode, done.stderr[-2000:]


@pytest.mark.parametrize(
    ("method", "costly", "here"),
    [("fork", "film", "some"), ("fork", "card", "none"), ("spawn", "film", "none")],
)
def test_one_of_each_kind_is_made_here(method: str, costly: str, here: str) -> None:
    """Not where pictures are drawn, or where processes begin with nothing."""
    in_a_process("make_all", method, costly, here)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
