"""Tell in which languages a notice may be sent, and why not in the others."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from stopjihad.model import contexts
from stopjihad.model.alert import AlertTemplate
from stopjihad.model.loaded import Project
from stopjihad.plan.editions import Edition, make_editions


class Sendable(msgspec.Struct, frozen=True, kw_only=True):
    """The languages of a notice.

    Attributes:
        languages: tags in which it may be sent, in the campaign's order.
        left_out: tag to the reason, of all others.
    """

    languages: tuple[str, ...]
    left_out: dict[str, str]


def sendable(
    project: Project, template: AlertTemplate, unread: Collection[str] = (), *, exercise: bool
) -> Sendable:
    """Judge each language of a campaign for a template.

    Args:
        template: of the notice.
        unread: tags of languages in which a sentence of the template waits for a reader.
        exercise: whether nothing has happened: then nobody need have approved the words.

    Returns:
        The languages, and the reasons.
    """
    languages: list[str] = []
    left_out: dict[str, str] = {}
    for edition in make_editions(project, project.campaign.record.languages):
        reason = _reason(project, template, edition, exercise=exercise)
        if not reason and edition.lang in unread and not exercise:
            reason = "sentences of the template wait for a reader"
        if reason:
            left_out[edition.lang] = reason
        else:
            languages.append(edition.lang)
    return Sendable(languages=tuple(languages), left_out=left_out)


def _reason(project: Project, template: AlertTemplate, edition: Edition, *, exercise: bool) -> str:
    key = f"alerts/{template.id}"
    lacking = edition.missing.get(key, 0)
    if lacking:
        return f"{lacking} texts of the template are stale or not translated"
    if not exercise and key not in edition.reviewed:
        return "nobody has approved the template"
    campaign = project.campaign.record
    names = [(f"places.{one.id}.name", one.name) for one in campaign.places]
    names += [(f"authorities.{one.id}.name", one.name) for one in campaign.authorities]
    for field, name in names:
        if edition.resolver.text(contexts.campaign(field), name).lang != edition.lang:
            return f"campaign/{field} is stale or not translated"
    return ""
