"""A build says what falls back and names each approval that was lost, and no other text."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stopjihad.cli.main import main

from support.build import REPOSITORY

INVALID = REPOSITORY / "tests" / "invalid"
FACT = "Most people they killed were their neighbours."
FRENCH = "La plupart de leurs victimes étaient leurs voisins."
LOST = re.compile(r"warning\[approval-lost\] (\S+): (.+?) has changed since Nour approved it")


def _run(root: Path, *arguments: str) -> Result:
    day = {"SOURCE_DATE_EPOCH": "1795478400"}  # 24 November 2026: the helplines are fresh
    return CliRunner().invoke(main, ["-C", str(root), *arguments], env=day)


def _build(root: Path) -> Result:
    done = _run(root, "build", "--only", "site,posts", "--jobs", "1")
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a workspace whose French translation is complete and approved, under ``block``."""
    folder = tmp_path / "ws"
    for name in ("_base", "translation-unreviewed"):
        shutil.copytree(INVALID / name, folder, dirs_exist_ok=True)
    with (folder / "campaigns/demo/campaign.yaml").open("a", encoding="utf-8") as file:
        file.write("platforms: [x]\n")
    _run(folder, "review", "approve", "--language", "fr", "--by", "Nour", "all")
    return folder


def _change(root: Path, old: str, new: str) -> None:
    point = root / "campaigns/demo/points/neighbours.md"
    text = point.read_text("utf-8")
    assert text.count(old) == 1
    point.write_text(text.replace(old, new), encoding="utf-8")


def _page(root: Path) -> str:
    return (root / "dist/demo/site/fr/points/neighbours/index.html").read_text("utf-8")


def test_an_approved_translation_is_published_without_a_warning(root: Path):
    assert "warning" not in _build(root).stderr
    assert FRENCH in _page(root)
    assert (root / "dist/demo/posts/fr/x/neighbours.txt").exists()


@pytest.mark.parametrize("updated", [False, True])
def test_one_character_of_the_source_names_exactly_what_lost_its_approval(
    root: Path,
    updated: bool,  # noqa: FBT001
):
    _build(root)
    _change(root, FACT, FACT.replace("neighbours.", "neighbours!"))
    if updated:
        _run(root, "translate", "update")
    said = _build(root).stderr
    assert LOST.findall(said) == [("neighbours/fact", "the source")]
    assert set(re.findall(r"neighbours/[\w.]+", said)) == {"neighbours/fact"}
    words = "falls back, without cards" if updated else "no cards and posts for neighbours (1 of 1)"
    assert words in said
    assert FRENCH not in _page(root)
    assert not (root / "dist/demo/posts/fr/x/neighbours.txt").exists()


def test_a_changed_translation_is_named_too_and_not_published(root: Path):
    file = root / "campaigns/demo/locale/fr.po"
    text = file.read_text("utf-8").replace(FRENCH, FRENCH.replace("La plupart", "Presque toutes"))
    file.write_text(text, encoding="utf-8")
    said = _build(root).stderr
    assert LOST.findall(said) == [("neighbours/fact", "the translation")]
    assert re.search(r"translation-unreviewed\] .* fall back: 1 of \d+", said)
    assert "Presque" not in _page(root)


def test_a_build_that_changes_nothing_says_it_again(root: Path):
    _change(root, FACT, FACT.replace("neighbours.", "neighbours!"))
    first, again = _build(root), _build(root)
    assert "nothing changed" in again.stdout
    assert again.stderr == first.stderr != ""


def test_json_lists_the_warnings(root: Path):
    _change(root, FACT, FACT.replace("neighbours.", "neighbours!"))
    done = _run(root, "build", "--only", "site", "--format", "json")
    (built,) = json.loads(done.stdout)["builds"]
    lost = [item for item in built["report"]["warnings"] if item["code"] == "approval-lost"]
    assert [item["message"].partition(":")[0] for item in lost] == ["neighbours/fact"]
    assert lost[0]["line"] > 0


def test_many_alike_are_said_in_one_line(root: Path):
    (root / "campaigns/demo/reviews.jsonl").unlink()
    file = root / "campaigns/demo/locale/fr.po"
    text = file.read_text("utf-8").replace('msgctxt "pages', '#, fuzzy\nmsgctxt "pages')
    file.write_text(text, encoding="utf-8")
    lines = [line for line in _build(root).stderr.splitlines() if "translation-stale" in line]
    assert len(lines) == 1
    assert re.search(
        r"  and 5 more: pages/about/body, .*pages/privacy/body; each: stopjihad check --all$",
        lines[0],
    )
