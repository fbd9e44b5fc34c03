"""A copy of the small campaign that can send notices: the sample's templates and their words."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib

from support.build import REPOSITORY, SMALL

SAMPLE = REPOSITORY / "campaigns/stop-jihadism"
OWN = ("alerts/", "campaign/places.", "campaign/authorities.")
PLACES = """
places:
  - {id: central-station, name: Central station}
  - {id: market-square, name: Market square}
  - {id: city-centre, name: City centre}
authorities:
  - {id: police, name: The police, url: "https://police.example.org/news"}
"""


def campaign_of(workspace: Path) -> Path:
    """Give the folder of the one campaign."""
    [found] = (workspace / "campaigns").iterdir()
    return found


def crisis_workspace(workspace: Path) -> Path:
    """Make the copy.

    Args:
        workspace: folder, which is made.

    Returns:
        The same folder.
    """
    shutil.copytree(SMALL, workspace, ignore=shutil.ignore_patterns(".stopjihad", "dist"))
    campaign = campaign_of(workspace)
    shutil.copytree(SAMPLE / "alerts" / "templates", campaign / "alerts" / "templates")
    file = campaign / "campaign.yaml"
    file.write_text(file.read_text("utf-8") + PLACES, "utf-8")
    for path in sorted((campaign / "locale").glob("*.po")):
        words = polib.pofile(str(SAMPLE / "locale" / path.name))
        added = [entry for entry in words if (entry.msgctxt or "").startswith(OWN)]
        with path.open("a", encoding="utf-8") as opened:
            for entry in added:
                opened.write(f"\n{entry.__unicode__(wrapwidth=0)}")
    return workspace


def marks() -> dict[str, str]:
    """Give the word for an exercise by language, from the theme."""
    found = {"en": "Exercise"}
    for path in (REPOSITORY / "templates/locale").glob("*.po"):
        words = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
        found[path.stem] = words["Exercise"]
    return found
