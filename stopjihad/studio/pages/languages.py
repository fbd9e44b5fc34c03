"""How far each language is, and what is not translated as a whole.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

from typing import NamedTuple

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.languages import autonym
from stopjihad.model.project import Project
from stopjihad.studio.answers import (
    STATE_WORDS,
    answer_json,
    names_of,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    state_words,
    status_rows,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.text.unicode.script import direction
from stopjihad.translate.po_files import read_project, update_files
from stopjihad.translate.status import StatusRow, summary


@with_live_campaign
def languages(request: Request, live: LiveCampaign) -> Response:
    """Show how far each language is."""
    say, _ = speakers(request, live)
    project = newest_project(live)
    return show_campaign(
        request,
        live,
        "translate.html",
        rows=sorted(language_rows(live), key=_left_to_do) if project else (),
        open_wholes=open_wholes(live) if project else (),
        states=state_words(say),
    )


def _left_to_do(row: LanguageRow) -> int:
    """Put languages first in which something blocks, those with the most of it before others."""
    return -(row.number("stale") + row.number("untranslated"))


@refuse_in_words
async def update(request: Request, live: LiveCampaign) -> Response:
    """Bring the PO files in step with their source."""
    await read_json(request, dict[str, str])
    project = await anyio.to_thread.run_sync(read_project, live.root, live.slug)
    done = await anyio.to_thread.run_sync(update_files, live.root, project)
    written = sum(one.written for one in done)
    if written:
        await request.app.state.follower.read(live)
    return answer_json({"written": written})


class StateShare(NamedTuple):
    """How many texts are in one state, and their share in percent."""

    state: str
    number: int
    percent: float


class LanguageRow(NamedTuple):
    """Show one language: its texts by state, and talking points that are whole in it."""

    tag: str
    name: str
    direction: str
    shares: tuple[StateShare, ...]
    whole: int
    points: int

    def number(self, state: str) -> int:
        """Count the texts in a state."""
        return next(one.number for one in self.shares if one.state == state)


def language_rows(live: LiveCampaign) -> tuple[LanguageRow, ...]:
    """Say how far each language is.

    Returns:
        One row for each language but the source, in the campaign's order.
    """
    project: Project = newest_project(live)
    counts = status_rows(live)
    return tuple(_language(one, counts, project) for one in _in_order(project, counts))


class LaggingLanguage(NamedTuple):
    """Name a language in which a whole is not done, and how many of its texts stop it."""

    tag: str
    name: str
    number: int
    blocks: bool


class Open(NamedTuple):
    """Gather the languages in which a talking point or other whole is not done."""

    key: str
    name: str
    languages: tuple[LaggingLanguage, ...]


def open_wholes(live: LiveCampaign) -> tuple[Open, ...]:
    """List what is not translated as a whole, what blocks most languages first."""
    project: Project = newest_project(live)
    names = names_of(project)
    found: dict[str, list[LaggingLanguage]] = {}
    for row in status_rows(live):
        number = row.untranslated + row.stale
        if number or row.blocking:
            one = LaggingLanguage(
                row.language,
                autonym(row.language),
                number or row.blocking,
                bool(row.blocking),
            )
            found.setdefault(row.key, []).append(one)
    listed = [Open(key, names.get(key, key), tuple(own)) for key, own in found.items()]
    return tuple(sorted(listed, key=_urgency))


def _urgency(one: Open) -> tuple[int, int]:
    return (
        -sum(row.blocks for row in one.languages),
        -sum(row.number for row in one.languages),
    )


def _in_order(project: Project, counts: tuple[StatusRow, ...]) -> list[StatusRow]:
    sums = {row.language: row for row in summary(counts)}
    return [sums[tag] for tag in project.campaign.record.languages if tag in sums]


def _language(total: StatusRow, counts: tuple[StatusRow, ...], project: Project) -> LanguageRow:
    points = {document.record.id for document in project.points}
    whole = sum(
        row.language == total.language and row.key in points and not row.untranslated + row.stale
        for row in counts
    )
    return LanguageRow(
        tag=total.language,
        name=autonym(total.language),
        direction=direction(total.language),
        shares=tuple(
            StateShare(name, getattr(total, name), 100 * getattr(total, name) / (total.total or 1))
            for name in STATE_WORDS
        ),
        whole=whole,
        points=len(points),
    )
