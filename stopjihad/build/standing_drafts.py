"""Say of the drafts of an earlier build whether they may still go out, by the files of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from stopjihad.model import input_names
from stopjihad.model.point import Point
from stopjihad.model.project import Project
from stopjihad.plan.editions import Edition, make_editions
from stopjihad.plan.inputs import Inputs

OUTDATED = "its words are no longer whole in this language"
EXPIRED = "its time is over"
CHANGED = "its words have changed since the build: build again"
"""Why a draft may not go out any more."""


def standing_drafts(
    project: Project, now: dt.datetime, built: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Judge the drafts of every talking point in every language.

    Args:
        built: what the drafts were made from: digests of inputs by name, as a manifest has them;
            None where they are made of the very files.

    Returns:
        ``<language>/<talking point>`` to the reason against it, empty for none. What is told no
        more is not there.
    """
    editions = make_editions(project, project.campaign.record.languages)
    return {
        f"{edition.lang}/{document.record.id}": _reason(document.record, edition, now, built)
        for edition in editions
        for document in project.points
    }


def _reason(
    point: Point, edition: Edition, now: dt.datetime, built: Mapping[str, str] | None
) -> str:
    if not edition.spreads(point):
        return OUTDATED
    if point.expires is not None and point.expires <= now:
        return EXPIRED
    return CHANGED if built is not None and not _is_of(built, point, edition) else ""


def _is_of(built: Mapping[str, str], point: Point, edition: Edition) -> bool:
    """Tell whether drafts were made from the words of today."""
    made = Inputs()
    made.add(input_names.point(point.id), point)
    if point.id in edition.messages:
        made.add_messages(edition.lang, point.id, edition.messages[point.id])
    return all(built.get(name) == one.digest for name, one in made.found.items())
