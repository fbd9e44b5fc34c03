"""What the editor of a talking point shows beside its values: lengths, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from stopjihad.catalog import terms
from stopjihad.catalog.platforms import Platform, measure
from stopjihad.model.point import CLAIM_CHARACTERS, FACT_GRAPHEMES, LINE_GRAPHEMES, Point
from stopjihad.model.project import Project
from stopjihad.studio.pages.field_state import FieldLength
from stopjihad.studio.words import Choice, Say, mark_translatable
from stopjihad.text.unicode.graphemes import count
from stopjihad.text.yaml.tree import Value

ORDER = tuple(
    field.encode_name
    for field in msgspec.structs.fields(Point)
    if field.encode_name not in {"id", "body"}
)
"""Keys of a talking point in the order of the schema."""

MEANT = {
    "claim-missing": "claim",
    "warning-missing": "warning",
    "technique-missing": "technique",
    "prevalence-missing": "prevalence.level",
    "STR05": "technique",
    "STR06": "alternative",
}
"""Code of a problem that stands elsewhere in the file to the field that is to be written."""


def counts(fields: dict[str, Value], platforms: Mapping[str, Platform]) -> dict[str, FieldLength]:
    """Measure the fields that have a limit.

    Returns:
        Graphemes of fact and line, characters of the claim, and each post as its platform counts
        it.
    """
    fact, line, claim = (str(fields.get(name, "")).strip() for name in ("fact", "line", "claim"))
    return {
        "fact": FieldLength(count(fact), FACT_GRAPHEMES),
        "line": FieldLength(count(line), LINE_GRAPHEMES),
        "claim": FieldLength(len(claim), CLAIM_CHARACTERS),
        **dict(_posts(fields.get("posts"), platforms)),
    }


def _posts(
    posts: Value | None, platforms: Mapping[str, Platform]
) -> Iterator[tuple[str, FieldLength]]:
    own = posts if isinstance(posts, dict) else {}
    for name, row in platforms.items():
        text = own.get(name, "")
        found = measure(row, text.strip() if isinstance(text, str) else "")
        if found.limit is not None:
            yield f"posts.{name}", FieldLength(found.count, found.limit)


MODES = {
    "debunk": mark_translatable("Answers a claim that many people have met."),
    "prebunk": mark_translatable("Warns of a trick before people meet it."),
    "alternative": mark_translatable("Offers something better and repeats no claim."),
    "testimony": mark_translatable("Someone tells what they lived through."),
}

LEVELS = {
    "niche": (
        mark_translatable("Niche"),
        mark_translatable("Few people know it. It is never broadcast."),
    ),
    "crossing": (
        mark_translatable("Crossing over"),
        mark_translatable("It begins to reach people outside of its circle."),
    ),
    "mainstream": (
        mark_translatable("Widely known"),
        mark_translatable("Many people have met it."),
    ),
}

ACTIONS = {
    "helpline": mark_translatable("The helplines"),
    "report": mark_translatable("Where to report content"),
    "page": mark_translatable("A page of the campaign"),
    "link": mark_translatable("Another site"),
    "share": mark_translatable("Sharing this page"),
}

READ = {
    "whole": mark_translatable("All of it"),
    "part": mark_translatable("A part"),
    "opening": mark_translatable("The opening"),
    "report": mark_translatable("Only reports of it"),
}


def choices(project: Project | None, say: Say, term: Say) -> dict[str, tuple[Choice, ...]]:
    """List what can be chosen for each field.

    Args:
        project: the campaign, for its audiences, messengers and pages; None when it is broken.
    """
    campaign = project.campaign.record if project else None
    pages = project.pages if project else ()
    return {
        "mode": tuple(Choice(key, term(terms.MODES[key].name), say(MODES[key])) for key in MODES),
        "technique": _terms(terms.TECHNIQUES, term),
        "pull_factor": _terms(terms.PULL_FACTORS, term),
        "need": tuple(Choice(key, term(one.name)) for key, one in terms.NEEDS.items()),
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
