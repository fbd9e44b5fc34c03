"""Find the view of the studio in which a problem is mended."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from stopjihad.problem import Problem
from stopjihad.studio.sections import section_of
from stopjihad.studio.words import Say, mark_translatable

_TRANSLATE = mark_translatable("Translate")
_REVIEW = mark_translatable("Review")
_COMPARE = mark_translatable("Compare the two versions")
_OPEN = mark_translatable("Open the fields")
_BUILD = mark_translatable("Build the site")
_VIEWS = {
    "publish-not-built": (_BUILD, "/publish#build"),
    "publish-not-yours": (_BUILD, "/publish#build"),
    "publish-stale": (_BUILD, "/publish#build"),
    "sentences-unread": (_REVIEW, "/review"),
}
"""Code of a problem to the view that mends it, whatever file it names."""


class Remedy(NamedTuple):
    """Lead to the view in which a problem is mended."""

    words: str
    address: str


def remedy_of(problem: Problem, base: str, say: Say) -> Remedy | None:
    """Find the view in which a problem is mended.

    Args:
        base: address of the campaign, such as ``/c/a-campaign``.

    Returns:
        Where it leads; None when the file itself is the place.
    """
    view = _VIEWS.get(problem.code)
    if problem.code in {"merge-conflict", "share-unsettled"}:
        view = (_COMPARE, view_of_versions(problem.path))
    if view is not None:
        return Remedy(say(view[0]), f"{base}{view[1]}")
    section = section_of(problem)
    if section is not None:
        return Remedy(say(section.name), f"{base}/campaign/{section.id}")
    folder, _, name = problem.path.rpartition("/")
    kind = folder.rpartition("/")[2]
    if kind in {"points", "pages"} and name.endswith(".md"):
        return Remedy(say(_OPEN), f"{base}/{kind}/{quote(name[:-3])}")
    if folder.endswith("/alerts/templates") and name.endswith(".yaml"):
        return Remedy(say(_OPEN), f"{base}/campaign/alerts/{quote(name.removesuffix('.yaml'))}")
    return (
        _translation_remedy(problem, base, say)
        if kind == "locale" and name.endswith(".po")
        else None
    )


def view_of_versions(path: str) -> str:
    """Name the view in which two versions of a file are compared."""
    folder, _, name = path.rpartition("/")
    kind = folder.rpartition("/")[2]
    if kind in {"points", "pages"}:
        return f"/{kind}/{quote(name.removesuffix('.md'))}"
    if kind == "locale" and name.endswith(".po"):
        return f"/translate/{quote(name.removesuffix('.po'))}"
    return f"/file?path={quote(path)}"


def _translation_remedy(problem: Problem, base: str, say: Say) -> Remedy | None:
    """Find where a text of a file of translations is mended; None for the file as a whole."""
    tag = quote(problem.path.rpartition("/")[2][:-3])
    key = problem.message.partition(": ")[0].rpartition("/")[0]
    if problem.code == "approval-lost":
        return Remedy(say(_REVIEW), f"{base}/review?language={tag}")
    if not problem.code.startswith("translation-") and (not key or " " in key):
        return None
    of = f"?of={quote(key)}" if key and " " not in key else ""
    return Remedy(say(_TRANSLATE), f"{base}/translate/{tag}{of}")
