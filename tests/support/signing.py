"""A small workspace whose texts are signed, and what the command line says of it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from click.testing import CliRunner, Result
from stopjihad.cli.main import main

from support.build import REPOSITORY

BASE = REPOSITORY / "tests" / "invalid" / "_base"
FACT = "Most people they killed were their neighbours."


def workspace_to_sign(folder: Path) -> Path:
    """Make a workspace with one fact translated into French."""
    shutil.copytree(BASE, folder)
    write(folder, "campaign.yaml", "languages: [en]", "languages: [en, fr]")
    run(folder, "translate", "update")
    po = folder / "campaigns/demo/locale/fr.po"
    text = po.read_text(encoding="utf-8")
    text = re.sub(rf'(msgid "{re.escape(FACT)}"\nmsgstr) ""', r'\1 "Leurs voisins."', text)
    po.write_text(text, encoding="utf-8")
    return folder


def run(root: Path, *arguments: str) -> Result:
    """Run the command line on a workspace."""
    return CliRunner().invoke(main, ["-C", str(root), *arguments])


def write(root: Path, name: str, old: str, new: str) -> None:
    """Change words of a file of the campaign."""
    path = root / "campaigns/demo" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems(root: Path) -> list[str]:
    """Name the codes of all that is wrong."""
    result = run(root, "check", "--format", "json")
    return [one["code"] for one in json.loads(result.stdout)["problems"]]
