from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from stopjihad.cli.main import main

from support.build import REPOSITORY

BASE = REPOSITORY / "tests" / "invalid" / "_base"
FACT = "Most people they killed were their neighbours."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a workspace with one fact translated into French."""
    folder = tmp_path / "ws"
    shutil.copytree(BASE, folder)
    campaign = folder / "campaigns/demo/campaign.yaml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("languages: [en]", "languages: [en, fr]"), encoding="utf-8")
    _run(folder, "translate", "update")
    po = folder / "campaigns/demo/locale/fr.po"
    text = po.read_text(encoding="utf-8")
    text = re.sub(rf'(msgid "{re.escape(FACT)}"\nmsgstr) ""', r'\1 "Leurs voisins."', text)
    po.write_text(text, encoding="utf-8")
    return folder


def _run(root: Path, *arguments: str):
    return CliRunner().invoke(main, ["-C", str(root), *arguments])


def _counts(root: Path) -> dict[str, int]:
    result = _run(root, "review", "status", "--format", "json")
    (row,) = json.loads(result.stdout)["reviews"]
    return row["counts"] | {"lost": len(row["lost"])}


def _judge(root: Path, verdict: str, *what: str, by: str = "Nour"):
    return _run(root, "review", verdict, "--language", "fr", "--by", by, *what)


def test_an_approval_stands_until_the_words_change(root: Path):
    assert _judge(root, "approve", "neighbours").stdout.startswith("1 approved;")
    assert _counts(root)["approved"] == 1
    point = root / "campaigns/demo/points/neighbours.md"
    text = point.read_text(encoding="utf-8").replace(FACT, FACT[:-1] + "!")
    point.write_text(text, encoding="utf-8")
    assert _counts(root)["approved"] == 0
    assert _counts(root)["lost"] == 1
    shown = _run(root, "review", "status").stdout
    assert "lost: neighbours/fact (native by Nour on " in shown


def test_approving_twice_adds_nothing_and_withdrawing_takes_back(root: Path):
    _judge(root, "approve", "all")
    assert _judge(root, "approve", "all").stdout.startswith("0 approved")
    assert _judge(root, "withdraw", "neighbours/fact").stdout == "1 withdrawn\n"
    assert _counts(root)["approved"] == 0


@pytest.mark.parametrize(
    ("what", "by", "words"),
    [
        ("nieghbours", "Nour", "did you mean 'neighbours'?"),
        ("neighbours", "nour@example.org", "--by or --role cannot be used"),
    ],
)
def test_wrong_names_are_wrong_usage(root: Path, what: str, by: str, words: str):
    result = _judge(root, "approve", what, by=by)
    assert result.exit_code == 2
    assert words in result.output
    assert not (root / "campaigns/demo/reviews.jsonl").exists()


def test_an_unknown_language_is_wrong_usage(root: Path):
    result = _run(root, "review", "approve", "-l", "de", "--by", "N", "all")
    assert result.exit_code == 2
