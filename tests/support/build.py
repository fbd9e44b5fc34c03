"""Build campaigns in tests as people do: with the command line, in a process of its own."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from support.started import run_forked

REPOSITORY = Path(__file__).resolve().parents[2]
CAMPAIGN = "stop-jihadism"
SMALL = REPOSITORY / "tests" / "golden" / "small"
"""A workspace of two talking points in three languages (en, fr, ar) with every kind of page."""


def stopjihad(
    *args: str | Path,
    folder: Path | None = None,
    alone: bool = True,
    drawn: Sequence[str] = (),
    packages: Path | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder, warnings as errors; the result is not checked.

    ``alone`` leaves the other processors to other tests, ``drawn`` leaves out pictures, and
    ``packages`` are added to what is installed (``run_forked``).
    """
    if not hasattr(os, "fork") or any(name.startswith("PYTHON") for name in environment):
        return started_anew(*args, folder=folder, **environment)
    words = [str(word) for word in args]
    its = {**os.environ, **environment}
    return run_forked(words, folder, its, alone=alone, drawn=drawn, packages=packages)


def started_anew(
    *args: str | Path, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line in an interpreter that starts now: for tests of what a start costs."""
    code = "from stopjihad.cli.main import main; main(prog_name='stopjihad')"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *map(str, args)],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, **environment},
    )


def day_of_the_campaign() -> str:
    """Give the day of the sample campaign's last change, in seconds since 1970.

    Its helplines were fresh on that day; tests must not fail because a day has passed.
    """
    text = (REPOSITORY / "campaigns" / CAMPAIGN / "campaign.yaml").read_text("utf-8")
    found = re.search(r"^updated: *([0-9-]{10})", text, re.MULTILINE)
    assert found, "campaign.yaml has no line 'updated:'"
    day = dt.datetime.fromisoformat(found[1]).replace(tzinfo=dt.UTC)
    return str(int(day.timestamp()))


def build_copy(source: Path, folder: Path, drawn: Sequence[str] = ()) -> Path:
    """Build a copy of a workspace in ``folder``; give the folder of what was published.

    Args:
        source: the workspace: the repository, or a small one.
        folder: gets ``workspace`` and ``dist``.
        drawn: languages whose cards are drawn; none names all.
    """
    workspace = folder / "workspace"
    shutil.copytree(source / "campaigns" / CAMPAIGN, workspace / "campaigns" / CAMPAIGN)
    done = stopjihad(
        *("-C", workspace, "build", CAMPAIGN, "-o", folder / "dist"),
        SOURCE_DATE_EPOCH=day_of_the_campaign(),
        alone=source == SMALL,
        drawn=drawn,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[:2000]
    return folder / "dist" / CAMPAIGN
