"""List the talking points of a campaign with where each stands."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog import terms
from stopjihad.catalog.languages import autonym
from stopjihad.load import files as loading
from stopjihad.load.drafts import begin_draft
from stopjihad.load.workspace import button_words, new_file
from stopjihad.plan.editions import is_niche
from stopjihad.studio.answers import (
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    status_rows,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.document import create_file, require_id
from stopjihad.studio.pages.point_state import ORDER, choices
from stopjihad.studio.words import Say, mark_translatable
from stopjihad.text.yaml.fields import Remove, SetField, apply, value_at, values
from stopjihad.text.yaml.tree import Value
from stopjihad.translate.status import StatusRow
from stopjihad.view.designs import find_card

COMPLETE, UNREVIEWED, MISSING = (
    mark_translatable("translated and approved"),
    mark_translatable("translated, not approved"),
    mark_translatable("not translated as a whole"),
)


class PointLanguage(NamedTuple):
    """Say where a talking point stands in one language."""

    tag: str
    name: str
    kind: str
    words: str


class ListedPoint(NamedTuple):
    """Show one talking point in the list; ``card`` is the path of its first card, or empty."""

    id: str
    fact: str
    mode: str
    pull_factor: str
    niche: bool
    draft: bool
    withdrawn: bool
    card: str
    errors: int
    languages: tuple[PointLanguage, ...]


def point_rows(live: LiveCampaign, say: Say, term: Say) -> tuple[ListedPoint, ...]:
    """List the talking points.

    Returns:
        One row for each that can be read, drafts first, else in the order of their files.
    """
    project = newest_project(live)
    if project is None:
        return ()
    source = project.campaign.record.source_language
    wrong = Counter(one.path for one in live.problems() if one.severity == "error")
    counted = status_rows(live)
    states = {(row.key, row.language): row for row in counted}
    steps = live.written_steps
    found = []
    for document in (*live.draft_points, *project.points, *project.withdrawn_points):
        point = document.record
        card = find_card(steps, source, point.id, "og")
        found.append(
            ListedPoint(
                id=point.id,
                fact=point.fact,
                mode=term(terms.MODES[point.mode].name),
                pull_factor=term(terms.PULL_FACTORS[point.pull_factor].name)
                if point.pull_factor
                else "",
                niche=is_niche(point),
                draft=point.draft,
                withdrawn=point.withdrawn is not None,
                card=card,
                errors=wrong[document.path],
                languages=tuple(
                    _language(tag, states.get((point.id, tag)), say)
                    for tag in project.campaign.record.languages
                    if tag != source and not (point.draft or point.withdrawn)
                ),
            )
        )
    return tuple(found)


def _language(tag: str, counts: StatusRow | None, say: Say) -> PointLanguage:
    if counts is None or counts.untranslated or counts.stale:
        kind, words = "missing", MISSING
    elif counts.unreviewed:
        kind, words = "stale", UNREVIEWED
    else:
        kind, words = "complete", COMPLETE
    return PointLanguage(tag, autonym(tag), kind, say(words))


@with_live_campaign
def points(request: Request, live: LiveCampaign) -> Response:
    """List the talking points."""
    project = newest_project(live)
    say, term = speakers(request, live)
    paths, _ = loading.walk(live.root, f"campaigns/{live.slug}/points")
    every = (*project.points, *project.withdrawn_points) if project else ()
    read = {one.path for one in (*live.draft_points, *every)}
    return show_campaign(
        request,
        live,
        "points.html",
        rows=point_rows(live, say, term),
        broken=[path for path in paths if path not in read],
        choices=choices(project, say, term),
        lang=project.campaign.record.source_language if project else "",
    )


class NewPoint(msgspec.Struct, forbid_unknown_fields=True):
    """What a new talking point starts with."""

    id: str
    fact: str
    mode: str
    pull_factor: str
    messenger: str = ""
    audience: str = ""


@refuse_in_words
async def create(request: Request, live: LiveCampaign) -> Response:
    """Start a talking point; it is a draft until its writer says that it is ready."""
    sent: NewPoint = await read_json(request, NewPoint)
    require_id(sent.id)
    place, text = f"points/{sent.id}", _new_text(live, sent)
    return await create_file(request, live, f"{place}.md", text, place)


def _new_text(live: LiveCampaign, sent: NewPoint) -> str:
    project, today = newest_project(live), live.today().isoformat()
    language = project.campaign.record.source_language if project else ""
    theme = live.state.found.shared.words.get(language, {})
    label = button_words(language) or theme.get("Talk to someone", "")
    fresh = new_file(live.root, "point.md", today=today, label=label)
    source: dict[str, Value] = {
        "id": "source-1",
        "title": "",
        "publisher": "",
        "url": "",
        "accessed": today,
    }
    text = begin_draft(fresh)
    edits: list[SetField | Remove] = [
        SetField(("mode",), sent.mode),
        SetField(("fact",), sent.fact),
        SetField(("pull_factor",), sent.pull_factor),
        SetField(("messenger",), sent.messenger),
        SetField(("audiences",), [sent.audience] if sent.audience else []),
    ]
    if sent.mode in {"alternative", "testimony"}:
        edits += [Remove((name,)) for name in ("claim", "warning", "technique", "prevalence")]
    edits += [Remove(("alternative",)), SetField(("sources",), [source])]
    for edit in edits:
        if value_at(values(text), edit.path) is not None or isinstance(edit, SetField):
            text = apply(text, edit, ORDER)
    return text
