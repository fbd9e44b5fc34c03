"""The board: drafts by what still has to happen to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.model import input_names
from stopjihad.model.campaign import Timing
from stopjihad.model.project import Project
from stopjihad.model.review import PUBLISHING, signatures
from stopjihad.plan.calendar import Post, plan_repeats, plan_times
from stopjihad.plan.editions import is_niche
from stopjihad.studio.answers import (
    facts_in,
    language_choices,
    newest_project,
    platform_choices,
    show_campaign,
    speakers,
    texts_in,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.words import Choice, mark_translatable
from stopjihad.text.unicode.script import direction
from stopjihad.translate.status import SegmentState, key_of
from stopjihad.view.designs import find_card
from stopjihad.view.draft import Draft

COLUMNS = {
    "draft": mark_translatable("Draft"),
    "review": mark_translatable("In review"),
    "approved": mark_translatable("Approved"),
    "withdrawn": mark_translatable("Withdrawn"),
}
"""States of drafts, in the order of work."""

MOST = 12
"""Drafts that a column shows at first; more are counted. Composing one takes some 5 ms."""

ALL = 400
"""Drafts that a column shows for whoever wants more."""

_DRAFTS = msgspec.json.Decoder(tuple[Draft, ...])


class BoardCard(NamedTuple):
    """Show one draft: its talking point in one language for one platform; `length` in its units."""

    point: str
    fact: str
    language: str
    direction: str
    draft: Draft | None
    length: int
    image: str
    when: str
    texts: tuple[tuple[str, str], ...]


class Column(NamedTuple):
    """Show the drafts in one state; ``more`` are not shown."""

    state: str
    cards: tuple[BoardCard, ...]
    more: int


class Board(NamedTuple):
    """The board, and what can be chosen."""

    platform: str
    language: str
    platforms: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    columns: tuple[Column, ...]


def states(live: LiveCampaign) -> dict[tuple[str, str], str]:
    """Say where each talking point stands in each language.

    Returns:
        Language and id of the talking point to a key of ``COLUMNS``; niche ones are missing.
    """
    return live.get_or_make("board-states", lambda: _states(live))


def make_board(live: LiveCampaign, platform: str, language: str, most: int = MOST) -> Board | None:
    """Sort drafts by their state.

    Args:
        platform: id; an unknown one gives the first of the campaign.
        language: BCP 47 tag; an unknown one gives all.
        most: further drafts of a column are counted only.

    Returns:
        The board, or None when there are no drafts.
    """
    project: Project | None = newest_project(live)
    names = platform_choices(live)
    if project is None or not names:
        return None
    campaign = project.campaign.record
    platform = platform if platform in {one.value for one in names} else names[0].value
    chosen = (language,) if language in campaign.languages else campaign.languages
    found: dict[str, list[tuple[str, str]]] = {state: [] for state in COLUMNS}
    for (tag, point), state in states(live).items():
        if tag in chosen:
            found[state].append((tag, point))
    times = moments(live)
    return Board(
        platform=platform,
        language=language if language in campaign.languages else "",
        platforms=names,
        languages=language_choices(live),
        columns=tuple(
            Column(
                state,
                tuple(
                    _card(live, project, platform, tag, point, times) for tag, point in own[:most]
                ),
                max(0, len(own) - most),
            )
            for state, own in found.items()
        ),
    )


def _states(live: LiveCampaign) -> dict[tuple[str, str], str]:
    project: Project = newest_project(live)
    campaign = project.campaign.record
    points = [one.record.id for one in project.points if not is_niche(one.record)]
    withdrawn = _withdrawn(project)
    found: dict[tuple[str, str], str] = {}
    for tag in campaign.languages:
        texts: dict[str, list[SegmentState]] = {}
        for item in texts_in(live, tag):
            texts.setdefault(key_of(item.segment.context), []).append(item)
        for point in points:
            found[tag, point] = _state(texts.get(point, []), withdrawn)
    return found


def _state(texts: list[SegmentState], withdrawn: frozenset[str]) -> str:
    kinds = {item.state for item in texts}
    if kinds & {"untranslated", "stale"}:
        return "draft"
    if any(item.digest in withdrawn for item in texts):
        return "withdrawn"
    return "approved" if kinds <= {"approved"} else "review"


def _withdrawn(project: Project) -> frozenset[str]:
    """Name the texts and translations that somebody took back, and nobody has approved since."""
    own = [one for one in project.reviews if one.kind in PUBLISHING]
    taken = {one.digest for one in own if one.takes_back}
    return frozenset(taken - {digest for digest, _ in signatures(own)})


def _card(
    live: LiveCampaign,
    project: Project,
    platform: str,
    tag: str,
    point: str,
    times: dict[Post, dt.datetime],
) -> BoardCard:
    draft = next((one for one in drafts_of(live, tag, point) if one.platform == platform), None)
    steps = live.newest_steps
    moment = times.get(Post(platform, tag, point))
    facts = live.get_or_make(f"facts {tag}", lambda: facts_in(live, tag))
    longest = max((part.count for part in draft.parts), default=0) if draft else 0
    return BoardCard(
        point=point,
        fact=facts[point],
        language=tag,
        direction=direction(tag),
        draft=draft,
        length=longest,
        image=find_card(steps, tag, point, draft.card) if draft and draft.card else "",
        when=f"{moment:%Y-%m-%d %H:%M}" if moment else "",
        texts=tuple(_texts(live, project, tag, point)),
    )


def drafts_of(live: LiveCampaign, tag: str, point: str) -> tuple[Draft, ...]:
    """Compose the drafts of a talking point in one language."""
    served = live.part(input_names.drafts(tag, point))
    return _DRAFTS.decode(served.data) if served and served.data is not None else ()


def _texts(live: LiveCampaign, project: Project, tag: str, point: str) -> Iterator[tuple[str, str]]:
    """Name the translations that a verdict on a draft is about."""
    if tag != project.campaign.record.source_language:
        for item in texts_in(live, tag):
            if key_of(item.segment.context) == point and item.digest:
                yield item.segment.context, item.digest


def moments(live: LiveCampaign) -> dict[Post, dt.datetime]:
    """Plan the times of all drafts, as ``posts.json`` has them."""
    return live.get_or_make("board-times", lambda: _moments(live, _timing(live)))


def loud_moments(live: LiveCampaign) -> dict[Post, dt.datetime]:
    """Plan the times that drafts would have if there were no quiet days."""

    def make() -> dict[Post, dt.datetime]:
        timing = _timing(live)
        if timing is None or not timing.schedule.quiet:
            return moments(live)
        loud = msgspec.structs.replace(timing.schedule, quiet=())
        return _moments(live, msgspec.structs.replace(timing, schedule=loud))

    return live.get_or_make("loud-times", make)


def repeats(live: LiveCampaign) -> dict[Post, tuple[dt.datetime, ...]]:
    """Plan when drafts come again, as ``posts.json`` has it."""

    def make() -> dict[Post, tuple[dt.datetime, ...]]:
        timing = _timing(live)
        return plan_repeats(moments(live), timing) if timing else {}

    return live.get_or_make("repeat-times", make)


def _timing(live: LiveCampaign) -> Timing | None:
    newest = live.state.newest
    if newest is None or "timing" not in newest.plan.inputs:
        return None
    return msgspec.json.decode(newest.plan.inputs["timing"].data, type=Timing)


def _moments(live: LiveCampaign, timing: Timing | None) -> dict[Post, dt.datetime]:
    newest = live.state.newest
    if newest is None or timing is None:
        return {}
    made = [dict(newest.parts[name].params) for name in sorted(newest.parts) if _is_drafts(name)]
    posts = [
        Post(platform, params["lang"], params["id"])
        for params in made
        for platform in params["platforms"].split(",")
    ]
    return plan_times(posts, timing)


def _is_drafts(name: str) -> bool:
    return input_names.kind_of(name) == "drafts"


@with_live_campaign
def board(request: Request, live: LiveCampaign) -> Response:
    """Show drafts by state."""
    say, _ = speakers(request, live)
    asked = request.query_params
    most = ALL if "all" in asked else MOST
    return show_campaign(
        request,
        live,
        "board.html",
        board=make_board(live, asked.get("platform", ""), asked.get("language", ""), most),
        names={name: say(words) for name, words in COLUMNS.items()},
        platforms=platform_choices(live),
        languages=language_choices(live),
    )
