"""A small campaign that is published by commands, and what readers of its targets see."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

from support.build import stopjihad
from support.targets import files_below

NOON = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
DAY = {"SOURCE_DATE_EPOCH": str(int(NOON.timestamp()))}
TARGETS = """
targets:
  - {id: live, folder: {path: ../web}}
  - {id: stick, folder: {path: ../stick, layout: plain}}
"""
PAGE = "site/en/points/neighbours/index.html"
EVIL = b"<script src=//evil.test></script>"


def run(root: Path, *words: str, code: int = 0, **more: str) -> subprocess.CompletedProcess[str]:
    done = stopjihad("-C", root, *words, **(DAY | more))
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, done.stdout + done.stderr
    return done


def rewrite(path: Path, data: bytes) -> None:
    path.unlink()
    path.write_bytes(data)


def published_twice(workspace: Path, target: str, **state: str) -> Path:
    """Publish, change a word, publish again; give the folder of the target."""
    run(workspace, "publish", target, **state)
    point = workspace / "campaigns/demo/points/neighbours.md"
    point.write_text(point.read_text("utf-8").replace("guard us", "guard us all"), "utf-8")
    run(workspace, "build", **state)
    run(workspace, "publish", target, **state)
    return workspace.parent / {"live": "web", "stick": "stick"}[target]


def seen(target: Path) -> dict[str, bytes]:
    return files_below(target / "current" if (target / "current").exists() else target)
