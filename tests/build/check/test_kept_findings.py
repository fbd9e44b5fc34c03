"""What an earlier build found is used only while nothing that decides it has changed."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

from stopjihad.build.check import kept_findings
from stopjihad.build.check.survey import survey
from stopjihad.disk.cache import NoCache

from support.build import SMALL
from support.memory import MemoryCache

DAY = dt.date(2026, 11, 28)
SLUG = "stop-jihadism"


def test_a_paragraph_that_comes_first_now_is_judged_in_every_language(tmp_path: Path) -> None:
    """An edit of the source text alone made a translated sentence follow the fact, unjudged."""
    shutil.copytree(SMALL, tmp_path / "small")
    root = tmp_path / "small"
    french = root / f"campaigns/{SLUG}/locale/fr.po"
    before = "Des chercheurs de Londres ont entendu la même chose"
    text = french.read_text("utf-8")
    assert before in text
    french.write_text(text.replace(before, "Ils ont entendu la même chose, à Londres,"), "utf-8")
    kept = MemoryCache()

    def pointing(cache: MemoryCache | NoCache) -> list[str]:
        found = survey(root, SLUG, DAY, cache, thorough=False).problems
        return [one.path for one in found if one.code == "STR08"]

    assert pointing(kept) == []
    point = root / f"campaigns/{SLUG}/points/letters-home.md"
    head, _, body = point.read_text("utf-8").rpartition("---\n")
    third = body[body.index("Researchers in London") :]
    point.write_text(f"{head}---\n{third}", "utf-8")
    assert pointing(NoCache()) == [f"campaigns/{SLUG}/locale/fr.po"]
    assert pointing(kept) == pointing(NoCache())


def test_code_that_finds_is_code_that_decides() -> None:
    """A newer version of the catalogue or of the reading list once left old findings standing."""
    modules = "check.campaign, check.translation.campaign"
    names = ", ".join(f"stopjihad.{name}" for name in modules.split(", "))
    code = f"import sys, {names}; print(*(n for n in sys.modules if n.startswith('stopjihad.')))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    rooms = {name.split(".")[1] for name in done.stdout.split()}
    # What is wrong, what is signed, and where it is kept: none of them judges.
    assert rooms - set(kept_findings._DECIDING) == {"problem", "review", "disk"}
