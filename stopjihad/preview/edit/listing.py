"""List the talking points of a campaign with where each stands."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from stopjihad.catalog import terms
from stopjihad.catalog.languages import autonym
from stopjihad.plan.site import is_niche
from stopjihad.preview.edit.choices import Say, marked
from stopjihad.preview.live import Live
from stopjihad.translate.status import Row as Counts
from stopjihad.translate.status import rows
from stopjihad.view.designs import find_card

COMPLETE, STALE, MISSING = (
    marked("translated and approved"),
    marked("translated, not approved"),
    marked("not translated as a whole"),
)


class TongueState(NamedTuple):
    """Say where a talking point stands in one language."""

    tag: str
    name: str
    kind: str
    words: str


class PointRow(NamedTuple):
    """Show one talking point in the list; ``card`` is the path of its first card, or empty."""

    id: str
    fact: str
    mode: str
    pull_factor: str
    niche: bool
    card: str
    errors: int
    languages: tuple[TongueState, ...]


def point_rows(live: Live, say: Say, term: Say) -> tuple[PointRow, ...]:
    """List the talking points.

    Args:
        live: the campaign.
        say: translates the studio's words.
        term: translates the theme's words.

    Returns:
        One row for each that can be read, in the order of their files.
    """
    project = live.state.newest.found.project if live.state.newest else live.state.found.project
    if project is None:
        return ()
    source = project.campaign.record.source_language
    wrong = Counter(one.path for one in live.problems() if one.severity == "error")
    counted = live.remember("translation-rows", lambda: rows(project))
    states = {(row.key, row.language): row for row in counted}
    steps = live.state.newest.steps if live.state.newest else {}
    found = []
    for document in project.points:
        point = document.record
        card = find_card(steps, source, point.id, "og")
        found.append(
            PointRow(
                id=point.id,
                fact=point.fact,
                mode=term(terms.MODES[point.mode].name),
                pull_factor=term(terms.PULL_FACTORS[point.pull_factor].name),
                niche=is_niche(point.prevalence),
                card=card,
                errors=wrong[document.path],
                languages=tuple(
                    _tongue(tag, states.get((point.id, tag)), say)
                    for tag in project.campaign.record.languages
                    if tag != source
                ),
            )
        )
    return tuple(found)


def _tongue(tag: str, counts: Counts | None, say: Say) -> TongueState:
    if counts is None or counts.untranslated or counts.stale:
        kind, words = "missing", MISSING
    elif counts.unreviewed:
        kind, words = "stale", STALE
    else:
        kind, words = "complete", COMPLETE
    return TongueState(tag, autonym(tag), kind, say(words))
