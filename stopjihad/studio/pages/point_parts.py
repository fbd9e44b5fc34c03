"""Show what becomes of a talking point while it is written: page, cards, drafts, languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from stopjihad.catalog import terms
from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.languages import autonym
from stopjihad.model import input_names
from stopjihad.model.media import Media
from stopjihad.model.project import Project
from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.studio.answers import newest_project
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.words import Say
from stopjihad.view.designs import find_card
from stopjihad.view.draft import Draft
from stopjihad.view.source_segments import Segment, point_segments

_DRAFTS = msgspec.json.Decoder(tuple[Draft, ...])


class PointCard(NamedTuple):
    """A card for display; sizes in px."""

    path: str
    label: str
    alt: str
    width: int
    height: int


class LanguageState(NamedTuple):
    """Say how many texts of a whole a language lacks; None in the source language."""

    tag: str
    name: str
    missing: int | None


class MediaItem(NamedTuple):
    """Show a picture of the campaign.

    ``known``: whether its origin is written down; ``used``: names of what shows it.
    """

    name: str
    alt: str
    known: bool
    used: tuple[str, ...]


def page_address(live: LiveCampaign, place: str, language: str) -> str:
    """Say where a page of the site is shown while it is written.

    Args:
        place: below the folder of the language, such as ``points/letters-home``.

    Returns:
        An address; nothing when there is no page: a field that it needs is missing, or it has
        just been started and was not read yet.
    """
    path = f"site/{language}/{place}/"
    steps = live.written_steps
    return f"/try/{live.slug}/{path}" if f"{path}index.html" in steps else ""


def cards_pane(live: LiveCampaign, point: str, language: str, term: Say) -> dict[str, Any]:
    """List the cards of a talking point."""
    steps = live.written_steps
    found: list[PointCard] = []
    problems: list[Problem] = []
    for path, params in _own_cards(steps, point, language):
        served = live.serve(path, newest=True)
        problems += served.problems if served else ()
        if served and served.data is not None:
            form = FORMATS[params["format"]]
            label = term(terms.FORMATS[form.name].name)
            leads = path.rpartition("/")[0].endswith(f"/{point}")
            label = label if leads else f"{label} · {params['design']}"
            found.append(PointCard(path, label, label, form.width, form.height))
    return {"cards": found, "problems": sorted(set(problems))}


def _own_cards(
    steps: Mapping[str, Step], point: str, language: str
) -> list[tuple[str, dict[str, str]]]:
    """List the cards of a talking point: those of link previews first, each in order of formats."""
    order = list(FORMATS)
    inside = f"site/cards/{language}/{point}/"
    found = [
        (path, dict(step.params))
        for path, step in steps.items()
        if step.kind == "card" and path.startswith(inside)
    ]
    return sorted(
        found, key=lambda one: (one[0].count("/"), one[1]["design"], order.index(one[1]["format"]))
    )


def drafts_pane(live: LiveCampaign, point: str, language: str) -> dict[str, Any]:
    """List the drafts of a talking point.

    Returns:
        ``drafts``, ``problems`` and ``pictures`` (format to path) for the template.
    """
    served = live.part(input_names.drafts(language, point))
    if served is None:
        return {"drafts": (), "problems": (), "pictures": {}}
    drafts = _DRAFTS.decode(served.data) if served.data is not None else ()
    steps = live.written_steps
    pictures = {one.card: find_card(steps, language, point, one.card) for one in drafts if one.card}
    return {"drafts": drafts, "problems": served.problems, "pictures": pictures}


def language_states(
    live: LiveCampaign, segments: Iterable[Segment] = ()
) -> tuple[LanguageState, ...]:
    """Say how far the ``segments`` of one whole are translated, by language of the campaign."""
    project = newest_project(live)
    if project is None:
        return ()
    wanted = tuple(segments)
    anchor = tuple((item.language, item.digest) for item in project.translations)
    current = live.get_or_make("current-texts", lambda: _current(project), anchor)
    source = project.campaign.record.source_language
    return tuple(
        LanguageState(
            tag,
            autonym(tag),
            None if tag == source else sum(one not in current.get(tag, ()) for one in wanted),
        )
        for tag in project.campaign.record.languages
    )


def point_languages(live: LiveCampaign, point: str) -> tuple[LanguageState, ...]:
    """Say how far a talking point is translated; an unknown one has nothing missing."""
    project = newest_project(live)
    points = project.points if project else ()
    own = next((one.record for one in points if one.record.id == point), None)
    return language_states(live, point_segments(own) if own else ())


def _current(project: Project) -> dict[str, frozenset[tuple[str, str]]]:
    """List the texts that are translated as they stand, by language."""
    return {
        item.language: frozenset((m.context, m.source) for m in item.messages if not m.stale)
        for item in project.translations
    }


def media_list(live: LiveCampaign) -> tuple[MediaItem, ...]:
    """List the pictures of a campaign.

    Returns:
        Pictures by name; the files that describe them are not pictures.
    """
    project = newest_project(live)
    if project is None:
        return ()
    folder = f"campaigns/{live.slug}/media/"
    known: dict[str, Media] = {
        note.path.removeprefix(folder).removesuffix(".yaml"): note.record
        for note in project.media_notes
    }
    names = sorted(path.removeprefix(folder) for path in project.media)
    used = _uses(live, project)
    return tuple(
        MediaItem(
            name, known[name].alt if name in known else "", name in known, tuple(used.get(name, ()))
        )
        for name in names
        if not name.endswith(".yaml")
    )


def _uses(live: LiveCampaign, project: Project) -> dict[str, list[str]]:
    """Name what shows each picture: the campaign itself, talking points and pages, drafts too."""
    campaign = project.campaign.record
    found: dict[str, list[str]] = {}
    if campaign.brand.logo:
        found.setdefault(campaign.brand.logo, []).append(campaign.title)
    points = {one.record.id: one.record for one in (*live.draft_points, *project.points)}
    for point in points.values():
        for name in point.media:
            found.setdefault(name, []).append(point.fact)
    for document in project.pages:
        for name in document.record.media:
            found.setdefault(name, []).append(document.record.title)
    return found
