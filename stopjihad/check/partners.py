"""Check partners: who may get a kit, and that nobody is shown as what they are not."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from stopjihad.check.finding import at
from stopjihad.model.helpline import Helpline
from stopjihad.model.partner import Partner
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem
from stopjihad.text.nearest import nearest
from stopjihad.view.helplines import answers

_STATE = frozenset({"gov", "gouv", "gob", "gub", "govt", "gv", "mil", "fgov", "police"})
"""Labels that stand last, or before a country's, in hosts that governments alone are given."""

_OWN = frozenset({"bund.de", "polizei.de", "admin.ch", "overheid.nl", "europa.eu"})
"""The same where a government took a name of its own."""


def check_partners(project: Project) -> Iterator[Problem]:
    """Find what stands in the way of a partner's kit."""
    campaign = project.campaign.record
    known = {document.record.id for document in project.points}
    known |= {document.record.id for document in project.draft_points}
    for partner in project.partners:
        one = partner.record
        yield from _who(partner)
        folder = project.campaign.path.rpartition("/")[0]
        if one.logo and f"{folder}/media/{one.logo}" not in project.media:
            message = f"media/{one.logo} does not exist"
            yield at(partner, "logo", "logo-missing", message, "add the file")
        for number, tag in enumerate(one.languages):
            if tag not in campaign.languages:
                message = f"'{tag}' is not a language of the campaign"
                hint = nearest(tag, campaign.languages)
                yield at(partner, f"languages.{number}", "partner-language", message, hint)
            elif not any(answers(line, tag) for line in _lines(project, one.country)):
                told = "; their kit in it says of each number in which language somebody answers"
                none = ": their kit in it has no number to call"
                there = bool(_lines(project, one.country))
                message = (
                    f"no helpline of {one.country} answers in '{tag}'{told if there else none}"
                )
                hint = "add one to helplines.yaml, or look for one that has interpreters"
                yield at(
                    partner, f"languages.{number}", "partner-helpline", message, hint, "warning"
                )
        for tag in one.translations:
            if tag not in one.languages:
                message = f"'{tag}' is not a language of this partner"
                hint = nearest(tag, one.languages)
                yield at(partner, f"translations.{tag}", "partner-language", message, hint)
        for number, name in enumerate(one.points):
            if name not in known and not project.broken:
                message, hint = f"there is no talking point '{name}'", nearest(name, sorted(known))
                yield at(partner, f"points.{number}", "partner-point", message, hint)


def _lines(project: Project, country: str) -> list[Helpline]:
    return [line for line in project.all_helplines if line.country == country]


def _who(partner: Document[Partner]) -> Iterator[Problem]:
    one = partner.record
    if not one.adults:
        message = "a kit is not for minors: who posts against recruiters is seen by them"
        hint = "give it to the adults who work with them, and say so: adults: true"
        yield at(partner, "adults", "partner-minors", message, hint)
    if not one.known_by.strip():
        message = f"nobody of the campaign knows '{one.name}': they get no kit"
        hint = "meet them first; then name who did: known_by: …"
        yield at(partner, "name", "partner-unknown", message, hint)
    if one.kind != "government" and one.address and is_state(one.address):
        message = f"'{one.kind}' with an address of a government: it would be shown as another"
        yield at(partner, "kind", "partner-kind", message, "write kind: government")


def is_state(address: str) -> bool:
    """Tell whether a host has an ending that governments alone are given."""
    labels = (urlsplit(address).hostname or "").split(".")
    return not _STATE.isdisjoint(labels[-2:]) or ".".join(labels[-2:]) in _OWN
