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


@pytest.fixture
def french(root: Path) -> Path:
    campaign = root / "campaigns/demo/campaign.yaml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("languages: [en]", "languages: [en, fr]"), encoding="utf-8")
    _run(root, "translate", "update")
    return root


@pytest.mark.parametrize(
    ("kind", "name"), [("xliff", "demo-fr.xlf"), ("xlsx", "demo-fr.xlsx"), ("html", "demo-fr.html")]
)
def test_export_writes_one_file_a_language(kind: str, name: str, french: Path, tmp_path: Path):
    result = _run(french, "translate", "export", kind, "-o", str(tmp_path / "out"))
    assert result.stdout.strip() == str(tmp_path / "out" / name)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [name]


def test_a_memory_holds_all_languages(french: Path, tmp_path: Path):
    _run(french, "translate", "export", "tmx", "-o", str(tmp_path))
    assert (tmp_path / "demo.tmx").exists()


def test_import_says_what_came_and_what_was_refused(french: Path, tmp_path: Path):
    _run(french, "translate", "export", "xliff", "-o", str(tmp_path))
    path = tmp_path / "demo-fr.xlf"
    data = path.read_text(encoding="utf-8").replace(
        '<target state="new"></target>', '<target state="translated">mots</target>', 2
    )
    path.write_text(data, encoding="utf-8")
    (first,) = _json(french, "translate", "import", str(path))["files"]
    assert first["result"]["changed"] == 2
    campaign = french / "campaigns/demo/campaign.yaml"
    text = campaign.read_text(encoding="utf-8").replace("Facts first", "Facts come first")
    campaign.write_text(text, encoding="utf-8")
    result = _run(french, "translate", "import", str(path))
    assert result.exit_code == 1
    assert "refused, unit 2, campaign/tagline: the source has changed since" in result.stdout


def test_a_file_that_cannot_be_read_is_wrong_usage(french: Path, tmp_path: Path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"no")
    for name in (path, tmp_path / "nowhere.po"):
        result = _run(french, "translate", "import", str(name))
        assert result.exit_code == 2
        assert "Traceback" not in result.output
