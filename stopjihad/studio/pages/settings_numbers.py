"""Whose number stands where: the country of the readers of each language, and its helplines.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.countries import COUNTRIES
from stopjihad.catalog.languages import autonym, country_name
from stopjihad.model.helpline import Helpline
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    with_live_campaign,
)
from stopjihad.studio.known_lines import KnownLine, known_lines
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.settings import (
    Fields,
    country_choices,
    interface_of,
    save_fields,
)
from stopjihad.studio.sections import SECTIONS
from stopjihad.studio.words import mark_translatable
from stopjihad.text.yaml.fields import Edit, Insert, Remove, SetField
from stopjihad.text.yaml.tree import Value


class SpokenLanguage(NamedTuple):
    """Show for one language where its readers live, and whose numbers stand on its pages."""

    tag: str
    name: str
    market: str
    lines: tuple[str, ...]


@with_live_campaign
def numbers(request: Request, live: LiveCampaign) -> Response:
    """Show whose number stands where, and which helplines can be taken over."""
    interface = interface_of(request)
    project = newest_project(live)
    campaign = project.campaign.record if project else None
    own = project.all_helplines if project else ()
    taken = {one.id for one in own}
    offered = known_lines(campaign.source_language) if campaign else ()
    return show_campaign(
        request,
        live,
        "settings-numbers.html",
        sections=SECTIONS,
        rows=tuple(_row(live, tag) for tag in campaign.languages) if campaign else (),
        own=own,
        offered=[one for one in offered if one.id not in taken],
        countries=country_choices(interface),
        country=lambda code: country_name(code, interface),
        name=autonym,
    )


def _row(live: LiveCampaign, tag: str) -> SpokenLanguage:
    entries = newest_project(live).campaign.record.helplines
    entry = next((one for one in entries if one.language == tag), None)
    market, lines = (entry.market or "", entry.lines) if entry else ("", ())
    return SpokenLanguage(tag, autonym(tag), market, lines)


class SentNumbers(msgspec.Struct, forbid_unknown_fields=True):
    """What is chosen: helplines of a language, or one of the program's own to be taken over."""

    do: Literal["choose", "take"]
    language: str = ""
    market: str = ""
    lines: list[str] | str = []
    line: str = ""


@refuse_in_words
async def change(request: Request, live: LiveCampaign) -> Response:
    """Choose the helplines of a language, or take one over."""
    sent: SentNumbers = await read_json(request, SentNumbers)
    if sent.do == "take":
        source = newest_project(live).campaign.record.source_language
        known = next((one for one in known_lines(source) if one.id == sent.line), None)
        if known is None:
            raise RefusedRequest(mark_translatable("Choose a helpline."), 422)
        await save_fields(request, live, "helplines.yaml", lambda found: with_lines(found, [known]))
    else:
        if sent.market and sent.market not in COUNTRIES:
            raise RefusedRequest(mark_translatable("Choose a country."), 422)
        lines = sent.lines if isinstance(sent.lines, list) else [sent.lines]
        own = {one.id for one in newest_project(live).all_helplines}
        chosen = [one for one in lines if one in own]
        await save_fields(
            request,
            live,
            "campaign.yaml",
            lambda found: with_choice(found, sent.language, sent.market, chosen),
        )
    await request.app.state.follower.read(live)
    return answer_json({})


def with_choice(found: Fields, language: str, market: str, lines: list[str]) -> list[Edit]:
    """Give the edits of ``campaign.yaml`` that say whose numbers stand for a language.

    Lines that stood there already keep their order: the best stands first.
    """
    listed = found.get("helplines")
    entries = listed if isinstance(listed, list) else []
    place = next(
        (
            at
            for at, one in enumerate(entries)
            if isinstance(one, dict) and one.get("language") == language
        ),
        None,
    )
    if place is None:
        fresh: Value = {"language": language, "lines": [*lines]}
        if market:
            fresh = {"language": language, "market": market, "lines": [*lines]}
        return [Insert(("helplines",), len(entries), fresh)]
    entry = entries[place]
    assert isinstance(entry, dict)
    before = entry.get("lines")
    stayed = [one for one in (before if isinstance(before, list) else ()) if one in lines]
    edits: list[Edit] = [
        SetField(
            ("helplines", place, "lines"), [*stayed, *(one for one in lines if one not in stayed)]
        )
    ]
    if market:
        edits.append(SetField(("helplines", place, "market"), market))
    elif "market" in entry:
        edits.append(Remove(("helplines", place, "market")))
    return edits


def with_lines(found: Fields, known: list[KnownLine]) -> list[Edit]:
    """Give the edits of ``helplines.yaml`` that add helplines that it has not."""
    listed = found.get("helplines")
    lines = listed if isinstance(listed, list) else []
    taken = {one.get("id") for one in lines if isinstance(one, dict)}
    fresh = [one for one in known if one.id not in taken]
    return [Insert(("helplines",), len(lines) + at, one.fields) for at, one in enumerate(fresh)]


def answers_in(line: Helpline | KnownLine, tag: str) -> bool:
    """Tell whether whoever answers at a helpline speaks a language."""
    primary = tag.partition("-")[0]
    return any(one.partition("-")[0] == primary for one in line.languages)
