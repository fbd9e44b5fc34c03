"""Say how a problem is mended in the studio: where, and without a terminal."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from stopjihad.problem import Problem
from stopjihad.studio.words import Say, marked

HINTS = {
    "approval-lost": marked("Read it again under Review, and approve it there."),
    "no-points": marked("Write one under Talking points."),
    "review-line": marked("Take the line out: approvals are written under Review."),
    "translation-incomplete": marked("Translate what is missing, or have it approved."),
    "translation-missing": marked("Bring the files in step with the source under Translate."),
    "translation-outdated": marked("Bring the files in step with the source under Translate."),
    "translation-stale": marked("Compare the source then and now under Translate, correct, save."),
}
"""Code of a problem whose own hint names a command, to what people do here."""

_TRANSLATE = marked("Translate")
_REVIEW = marked("Review")
_FIELDS = marked("Open the fields")


class Remedy(NamedTuple):
    """Lead to the view in which a problem is mended."""

    words: str
    address: str


def hint_of(problem: Problem, say: Say) -> str:
    """Give a problem's hint in the words of the studio.

    Args:
        problem: any problem.
        say: translates the studio's words.

    Returns:
        One sentence, or nothing. Hints about commands that we have no words for are left out.
    """
    if "stopjihad " in problem.hint or "'fuzzy'" in problem.hint:
        return say(HINTS[problem.code]) if problem.code in HINTS else ""
    return problem.hint


def remedy_of(problem: Problem, base: str, say: Say) -> Remedy | None:
    """Find the view in which a problem is mended.

    Args:
        problem: any problem.
        base: address of the campaign, such as ``/c/a-campaign``.
        say: translates the studio's words.

    Returns:
        Where it leads; None when the file itself is the place.
    """
    folder, _, name = problem.path.rpartition("/")
    kind = folder.rpartition("/")[2]
    if kind == "points" and name.endswith(".md"):
        return Remedy(say(_FIELDS), f"{base}/points/{quote(name[:-3])}")
    if kind == "locale" and name.endswith(".po"):
        tag = quote(name[:-3])
        key = problem.message.partition(": ")[0].rpartition("/")[0]
        if problem.code == "approval-lost":
            return Remedy(say(_REVIEW), f"{base}/review?language={tag}")
        if not problem.code.startswith("translation-") and (not key or " " in key):
            return None  # the file as a whole, not a text of it
        of = f"?of={quote(key)}" if key and " " not in key else ""
        return Remedy(say(_TRANSLATE), f"{base}/translate/{tag}{of}")
    return None
