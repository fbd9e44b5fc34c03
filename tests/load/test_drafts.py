"""Drafts are checked and stand in nobody's way: what is made, counted and translated stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from stopjihad.disk.cache import NoCache
from stopjihad.load.drafts import says_draft
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_sources
from stopjihad.model.project import Project
from stopjihad.view.source_segments import project_segments

from support.build import REPOSITORY, stopjihad

DEMO = "campaigns/demo"
HALF = "---\ndraft: true\nmode: debunk\nfact: Half a sent\nmedia: [gone.jpg]\n---\n"


def workspace(folder: Path) -> Path:
    shutil.copytree(REPOSITORY / "tests/invalid/_base", folder, dirs_exist_ok=True)
    return folder


def begin(root: Path) -> None:
    """Begin a whole talking point, half of one, and two pages."""
    points, pages = root / DEMO / "points", root / DEMO / "pages"
    whole = (points / "neighbours.md").read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1)
    (points / "another.md").write_text(whole, "utf-8")
    (points / "half.md").write_text(HALF, "utf-8")
    (pages / "later.md").write_text(
        "---\ntitle: Later\ndraft: true\nmenu: true\n---\nWords.\n", "utf-8"
    )
    (pages / "broken.md").write_text("---\ndraft: true\ntitle: [\n---\n", "utf-8")
    campaign = root / DEMO / "campaign.yaml"
    order = "order: [another, half, neighbours]\n"
    campaign.write_text(campaign.read_text("utf-8") + order, "utf-8")


def loaded(root: Path) -> Project:
    project, _ = load_project(read_sources(root, "demo")[0], NoCache())
    assert project is not None
    return project


def made(root: Path) -> dict[str, bytes]:
    parts = ("--only", "site", "--only", "posts", "--only", "dossiers")
    done = stopjihad("-C", root, "build", *parts, SOURCE_DATE_EPOCH="1795478400")
    assert done.returncode == 0, done.stderr
    folder = root / "dist/demo"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and path.name != "manifest.json"  # it holds the digest of all that is read
    }


def test_drafts_change_nothing_that_is_made_counted_or_translated(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    texts, before = project_segments(loaded(root)), made(root)
    begin(root)
    project = loaded(root)
    assert [one.record.id for one in project.points] == ["neighbours"]
    assert [one.record.id for one in project.draft_points] == ["another"]
    assert [one.record.id for one in project.draft_pages] == ["later"]
    assert project_segments(project) == texts
    assert made(root) == before


def test_check_names_drafts_and_is_stopped_by_none(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    begin(root)
    done = stopjihad("-C", root, "check", SOURCE_DATE_EPOCH="1795478400")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert (
        "of which nothing is made: 4 (pages/broken, pages/later, points/another, points/half)"
        in said
    )
    assert f"{DEMO}/points/half.md:2:1: warning[missing-key]" in said
    assert f"{DEMO}/pages/broken.md:4:1: warning[yaml-syntax]" in said


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("---\ndraft: true\n---\n", True),
        ("---\r\ndraft: true # soon\r\n---\r\n", True),
        ("---\nfact: [\ndraft: true\n", True),
        ("---\ndraft: false\n---\n", False),
        ("---\nfact: x\n---\ndraft: true\n", False),
        ("---\nfact: draft: true\n---\n", False),
        ("", False),
    ],
)
def test_the_word_is_found_in_broken_files(text: str, *, draft: bool) -> None:
    assert says_draft(text) is draft
