from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from stopjihad.cli.main import main

from support.build import REPOSITORY

BASE = REPOSITORY / "tests" / "invalid" / "_base"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "ws")
    return tmp_path / "ws"


def _run(root: Path, *arguments: str):
    return CliRunner().invoke(main, ["-C", str(root), *arguments])


def _json(root: Path, *arguments: str):
    result = _run(root, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_update_writes_files_and_then_has_nothing_to_do(root: Path):
    first = _json(root, "translate", "update")["files"]
    assert [file["language"] for file in first][-1] == ""
    assert all(file["written"] for file in first)
    again = _json(root, "translate", "update")["files"]
    assert not any(file["written"] for file in again)
    assert "nothing changed" in _run(root, "translate", "update").stdout


def test_status_counts_and_lists_what_blocks(root: Path):
    _run(root, "translate", "update")
    (found,) = _json(root, "translate", "status", "--texts")["status"]
    totals = {row["language"]: row for row in found["languages"]}
    assert sum(row["blocking"] for row in totals.values()) == len(found["texts"])
    shown = _run(root, "translate", "status", "--texts").stdout
    assert "untranslated" in shown


def test_an_unknown_language_is_wrong_usage(root: Path):
    result = _run(root, "translate", "update", "--language", "tlh")
    assert result.exit_code == 2
    assert "'tlh' is not translated into" in result.output


def test_a_broken_campaign_is_explained_and_nothing_written(root: Path):
    (root / "campaigns/demo/campaign.yaml").write_text("title: [", encoding="utf-8")
    before = sorted(path for path in root.rglob("*"))
    result = _run(root, "translate", "update")
    assert result.exit_code == 1
    assert "campaign.yaml:2:1: error[yaml-syntax]" in result.stderr
    assert [path for path in before if not path.exists()] == []
    assert not (root / "campaigns/demo/locale/campaign.pot").exists()
