"""Say for which languages PO files are written, and what their notes need to know."""

from __future__ import annotations

from collections.abc import Mapping

from stopjihad.catalog.platforms import Platform
from stopjihad.model.loaded import Project
from stopjihad.translate.notes import NoteTarget


def target_languages(project: Project) -> tuple[str, ...]:
    """List the languages that a project is translated into.

    Returns:
        BCP 47 tags without the source language, in the campaign's order.
    """
    campaign = project.campaign.record
    return tuple(tag for tag in campaign.languages if tag != campaign.source_language)


def target_of(project: Project, tag: str, platforms: Mapping[str, Platform]) -> NoteTarget:
    """Describe one PO file.

    Args:
        tag: BCP 47 tag; empty for the template.
        platforms: rows of the catalogue by id.

    Returns:
        What the notes and the header need to know.
    """
    campaign = project.campaign.record
    return NoteTarget(
        language=tag,
        campaign=campaign.id,
        base_url=campaign.base_url.rstrip("/"),
        updated=campaign.updated.isoformat(),
        platforms=platforms,
    )
