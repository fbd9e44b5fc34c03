"""List the texts of a loaded project, and say for whom its PO files are written."""

from __future__ import annotations

from collections.abc import Mapping

from stopjihad.catalog.platforms import Platform
from stopjihad.model.loaded import Project
from stopjihad.translate.extract import SourceSegment, extract
from stopjihad.translate.notes import Target


def project_segments(project: Project) -> tuple[SourceSegment, ...]:
    """List every text of a project that is translated.

    Args:
        project: the campaign.

    Returns:
        Its segments in the order in which translators should meet them.
    """
    helplines = project.helplines.record.helplines if project.helplines else ()
    return extract(
        project.campaign.record,
        tuple(document.record for document in project.points),
        tuple(document.record for document in project.pages),
        helplines,
        tuple(document.record for document in project.alerts),
    )


def target_languages(project: Project) -> tuple[str, ...]:
    """List the languages that a project is translated into.

    Args:
        project: the campaign.

    Returns:
        BCP 47 tags without the source language, in the campaign's order.
    """
    campaign = project.campaign.record
    return tuple(tag for tag in campaign.languages if tag != campaign.source_language)


def target_of(project: Project, tag: str, platforms: Mapping[str, Platform]) -> Target:
    """Describe one PO file.

    Args:
        project: the campaign.
        tag: BCP 47 tag; empty for the template.
        platforms: rows of the catalogue by id.

    Returns:
        What the notes and the header need to know.
    """
    campaign = project.campaign.record
    return Target(
        language=tag,
        campaign=campaign.id,
        base_url=campaign.base_url.rstrip("/"),
        updated=campaign.updated.isoformat(),
        platforms=platforms,
    )
