from __future__ import annotations

import os
from pathlib import Path

import pytest
from stopjihad.build.check.kept_verdict import find_finished_build

FILES = ("manifest.json", "site/index.html", "site/en/points/x/index.html", "posts/posts.json")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("as it was made", "utf-8")
    return tmp_path


def digest(folder: Path) -> str:
    found = find_finished_build(folder)
    assert found is not None
    return found.digest


def test_a_build_that_nobody_touches_is_the_same(built: Path) -> None:
    assert digest(built) == digest(built)


@pytest.mark.parametrize("name", FILES)
def test_whatever_is_written_again_by_hand_is_another_build(built: Path, name: str) -> None:
    before = digest(built)
    path = built / name
    path.write_text("as it was MADE", "utf-8")  # as many bytes
    os.utime(path, ns=(1, 1))
    assert digest(built) != before


def test_a_page_that_someone_adds_is_another_build(built: Path) -> None:
    before = digest(built)
    (built / "site/en/more.html").write_text("more", "utf-8")
    assert digest(built) != before


def test_a_folder_without_manifest_is_no_build(built: Path) -> None:
    (built / "manifest.json").unlink()
    assert find_finished_build(built) is None
    assert find_finished_build(built / "nowhere") is None
