"""A draft that fits its platform in no form is left out and reported; all else is built."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.build import REPOSITORY, stopjihad

LONG = (
    "Most people ISIS killed "
    + "in towns and villages of many countries " * 2
    + "in those years were Muslims."
)
POINT = "neighbours"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "tests" / "invalid" / "_base", tmp_path, dirs_exist_ok=True)
    campaign = tmp_path / "campaigns/demo/campaign.yaml"
    text = campaign.read_text("utf-8").replace("Demo team", "Demo team of the whole wide region")
    campaign.write_text(f"{text}platforms: [facebook, snapchat]\n", "utf-8")
    point = tmp_path / f"campaigns/demo/points/{POINT}.md"
    lines = point.read_text("utf-8").splitlines(keepends=True)
    kept = [f"fact: {LONG}\n" if line.startswith("fact:") else line for line in lines]
    assert kept != lines
    point.write_text("".join(kept), "utf-8")
    return tmp_path


def test_the_build_goes_on_without_it(workspace: Path) -> None:
    for _ in range(2):  # the second finds nothing changed, and says the same
        done = stopjihad(
            "-C", workspace, "build", "--only", "posts", SOURCE_DATE_EPOCH="1795478400"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "the Snapchat post in en is too long" in done.stdout + done.stderr
    posts = workspace / "dist/demo/posts"
    assert (posts / f"en/facebook/{POINT}.txt").exists()
    assert not (posts / f"en/snapchat/{POINT}.txt").exists()
    listed = {entry["platform"] for entry in json.loads((posts / "posts.json").read_text("utf-8"))}
    assert listed == {"facebook"}
