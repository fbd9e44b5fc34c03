"""What a campaign needs in memory grows little with its talking points."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support.build import REPOSITORY

FEW, MANY = 20, 60

MOST = {"read": 80, "while read": 83, "while planned": 178}
"""KB for each more talking point in six languages, as Python counts what it allocates: 72, 75 and
161 on 1 December 2026 (Python 3.11). Words that waited on the disk made it 13, 29 and 31, and cost
a thousand lines; 1,000 talking points need a third of Hugo's memory without them."""

_HELD = """
import sys, tracemalloc
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from corpus import write_workspace
from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import CheckedCampaign
from stopjihad.disk.cache import NoCache
from stopjihad.load.project import load_project
from stopjihad.load.templates import load_shared
from stopjihad.load.workspace import read_workspace
from stopjihad.model.options import Options

root = Path(sys.argv[2])
write_workspace(root, int(sys.argv[3]))
workspace = read_workspace(root, "bench")
shared, _ = load_shared(workspace, NoCache())
tracemalloc.start()
project, _ = load_project(workspace.campaign, NoCache())
print(*tracemalloc.get_traced_memory())
tracemalloc.reset_peak()
found = CheckedCampaign(project=project, shared=shared, problems=())
make_campaign_plan(found, Options(only=("site",)))
print(tracemalloc.get_traced_memory()[1])
"""


def held(root: Path, count: int) -> list[int]:
    done = subprocess.run(
        [sys.executable, "-c", _HELD, REPOSITORY / "bench", root, str(count)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(number) for number in done.stdout.split()]


@pytest.mark.long
def test_a_talking_point_more_needs_little_memory(tmp_path: Path) -> None:
    """1,000 talking points in six languages needed 1.8 times the memory of 100."""
    few, many = held(tmp_path / "few", FEW), held(tmp_path / "many", MANY)
    grown = {
        name: (more - less) / (MANY - FEW) / 1000
        for name, less, more in zip(MOST, few, many, strict=True)
    }
    assert all(0 < grown[name] < most for name, most in MOST.items()), grown
