"""Judge the names of files and folders: what reads them, and what was meant where nothing does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from stopjihad.problem import Problem
from stopjihad.text.nearest import close_name

FOLDERS = ("points", "pages", "alerts", "locale", "media", "rules", "partners")
"""Folders of a campaign."""

LEDGERS = ("reviews.jsonl", "remarks.jsonl", "postings.jsonl", "exports.jsonl")
"""Files to which lines are only ever added, so that nothing which was taken back counts again."""

FILES = ("campaign.yaml", "helplines.yaml", "responses.yaml", "targets.yaml", *LEDGERS)
"""Files of a campaign beside its folders."""

_OTHER_FOLDERS = {
    "facts": "points",
    "talking-points": "points",
    "talkingpoints": "points",
    "site": "pages",
    "articles": "pages",
    "notices": "alerts",
    "locales": "locale",
    "translations": "locale",
    "languages": "locale",
    "i18n": "locale",
    "images": "media",
    "photos": "media",
    "pictures": "media",
}
"""What people call the folders of a campaign."""

_ODD_ENDING = re.compile(
    r"(?:(?P<md>(?:points|pages)/.+)(?:\.md\.txt|\.md|\.markdown|\.md\.md)"
    r"|(?P<po>locale/.+)(?:\.po\.txt|\.po)"
    r"|(?P<csv>locale/glossary)(?:\.csv\.txt|\.csv|\.xlsx)"
    r"|(?P<yaml>(?:alerts/.+|media/.+|rules/.+|partners/.+|[^/]+))(?:\.yaml\.txt|\.yml|\.yaml|\.yml\.txt))",
    re.IGNORECASE,
)
"""Endings that programs add or write otherwise, and that their windows often do not show."""


def meant_folder(name: str) -> str:
    """Name the folder of a campaign that another one probably is."""
    return close_name(name, FOLDERS, _OTHER_FOLDERS)


def meant_file(path: str) -> str:
    """Give the name under which a file would be read, where its ending or a letter is another.

    Args:
        path: relative to the campaign, not that of a file that is read.
    """
    found = _ODD_ENDING.fullmatch(path)
    meant = f"{found[found.lastgroup]}.{found.lastgroup}" if found and found.lastgroup else path
    meant = meant.lower() if meant.endswith(".csv") else meant  # the glossary
    if "/" not in path:
        meant = close_name(meant, FILES)
    return meant if meant != path else ""


class FolderProblems:
    """Say once of each folder that nothing reads it."""

    def __init__(self, base: str) -> None:
        """Start for a campaign; ``base`` is its folder, with a slash."""
        self._base = base
        self._said: set[str] = set()

    def of(self, path: str) -> Problem | None:
        """Judge the folder that a file lies in.

        Args:
            path: of a file that nothing reads, relative to the workspace.

        Returns:
            The problem ``folder-name``, an error, where the folder of a campaign was meant and
            nothing was said of it yet.
        """
        folder = path[len(self._base) :].partition("/")[0]
        meant = "" if folder in FOLDERS else meant_folder(folder)
        if not meant or folder in self._said:
            return None
        self._said.add(folder)
        return Problem(
            path=f"{self._base}{folder}",
            code="folder-name",
            message=f"nothing reads the folder '{folder}': its files are left out",
            hint=f"rename it to '{meant}'",
        )

    def is_said(self, path: str) -> bool:
        """Tell whether something was said of the folder that a file lies in."""
        return path[len(self._base) :].partition("/")[0] in self._said


def unread_file(path: str, inner: str) -> Problem:
    """Say that nothing reads a file.

    Args:
        path: relative to the workspace.
        inner: relative to the campaign.

    Returns:
        The problem ``unknown-file``, a warning.
    """
    meant, place = meant_file(inner), PurePosixPath(inner)
    if meant:
        hint = f"rename it to {meant}"
    elif place.suffix.lower() in RETURNED and place.parts[0] == "locale":
        hint = f"take it in: stopjihad translate import {path}"
    elif len(place.parts) > 2 and place.parts[0] in {"points", "pages"}:
        hint = f"move it to {place.parts[0]}/: folders in it are not read"
    else:
        hint = "points/*.md, pages/*.md, alerts/*.yaml, locale/*.po, media/* are read"
    return Problem(
        path=path,
        code="unknown-file",
        message="nothing reads this file",
        hint=hint,
        severity="warning",
    )


def explains_nothing(path: str, media: Iterable[str]) -> Problem:
    """Say that a file explains no picture and no voice.

    Args:
        path: of the file, relative to the workspace; its name is that of a picture and ``.yaml``.
        media: paths of all that lies beside it.

    Returns:
        The problem ``unknown-file``, a warning.
    """
    stem = path.removesuffix(".yaml")
    pictures = [one for one in media if not one.endswith(".yaml")]
    alone = next((one for one in pictures if one.rpartition(".")[0] == stem), "")
    meant = alone or close_name(stem, pictures)
    return Problem(
        path=path,
        code="unknown-file",
        message=f"there is no {stem.rpartition('/')[2]} that this file could explain",
        hint=f"rename it to {meant.rpartition('/')[2]}.yaml"
        if meant
        else "add the file, or delete this one",
        severity="warning",
    )


RETURNED = (".xlf", ".xliff", ".xlsx")
"""Endings of what translators send back."""
