"""What can be chosen in the editor, in the words of whoever looks."""

from __future__ import annotations

from collections.abc import Iterable

from stopjihad.catalog import terms
from stopjihad.model.loaded import Project
from stopjihad.studio.interface import Choice, Say, marked

MODES = {
    "debunk": marked("Answers a claim that many people have met."),
    "prebunk": marked("Warns of a trick before people meet it."),
    "alternative": marked("Offers something better and repeats no claim."),
    "testimony": marked("Someone tells what they lived through."),
}

LEVELS = {
    "niche": (marked("Niche"), marked("Few people know it. It is never broadcast.")),
    "crossing": (
        marked("Crossing over"),
        marked("It begins to reach people outside of its circle."),
    ),
    "mainstream": (marked("Widely known"), marked("Many people have met it.")),
}

ACTIONS = {
    "helpline": marked("The helplines"),
    "report": marked("Where to report content"),
    "page": marked("A page of the campaign"),
    "link": marked("Another site"),
    "share": marked("Sharing this page"),
}

READ = {
    "whole": marked("All of it"),
    "part": marked("A part"),
    "opening": marked("The opening"),
    "report": marked("Only reports of it"),
}


def choices(project: Project | None, say: Say, term: Say) -> dict[str, tuple[Choice, ...]]:
    """List what can be chosen for each field.

    Args:
        project: the campaign, for its audiences, messengers and pages; None when it is broken.
        say: translates the studio's words.
        term: translates the theme's words.

    Returns:
        Name of a field to its choices.
    """
    campaign = project.campaign.record if project else None
    pages = project.pages if project else ()
    return {
        "mode": tuple(Choice(key, term(terms.MODES[key].name), say(MODES[key])) for key in MODES),
        "technique": _terms(terms.TECHNIQUES, term),
        "pull_factor": _terms(terms.PULL_FACTORS, term),
        "level": tuple(Choice(key, say(name), say(text)) for key, (name, text) in LEVELS.items()),
        "read": tuple(Choice(key, say(name)) for key, name in READ.items()),
        "action": tuple(Choice(key, say(name)) for key, name in ACTIONS.items()),
        "audiences": _people((one.id, one.name) for one in campaign.audiences) if campaign else (),
        "messenger": _people((one.id, one.name) for one in campaign.messengers) if campaign else (),
        "pages": _people((one.record.id, one.record.title) for one in pages),
    }


def _terms(table: dict[str, terms.CatalogTerm], term: Say) -> tuple[Choice, ...]:
    return tuple(
        Choice(key, term(one.name), term(one.text) if one.text else "")
        for key, one in table.items()
    )


def _people(named: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(key, name) for key, name in named)
