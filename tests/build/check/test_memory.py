"""What an earlier build found is used only while nothing that decides it has changed."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

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
