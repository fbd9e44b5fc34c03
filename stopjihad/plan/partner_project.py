"""Narrow a campaign to a partner: their talking points, and the helplines of their country."""

from __future__ import annotations

import msgspec

from stopjihad.model.campaign import Campaign, HelplineChoice
from stopjihad.model.partner import Partner
from stopjihad.model.project import Project


def for_partner(project: Project, partner: Partner) -> Project:
    """Leave a partner's talking points, and let the helplines of their country stand on them.

    Where the country has no line that answers in a language, none stands in it: a number of
    another country would be dialled in vain.
    """
    campaign = project.campaign.record
    lines = _lines(project, campaign, partner.country)
    choices = tuple(
        HelplineChoice(language=tag, market=partner.country, lines=lines)
        for tag in partner.languages
    )
    record = msgspec.structs.replace(campaign, helplines=choices)
    return msgspec.structs.replace(
        project,
        campaign=msgspec.structs.replace(project.campaign, record=record),
        points=tuple(
            point
            for point in project.points
            if not partner.points or point.record.id in partner.points
        ),
    )


def _lines(project: Project, campaign: Campaign, country: str) -> tuple[str, ...]:
    """Name the helplines of a country, first those that the campaign names, in its order."""
    there = [line.id for line in project.all_helplines if line.country == country]
    named = [name for entry in campaign.helplines for name in entry.lines if name in there]
    return tuple(dict.fromkeys((*named, *there)))
