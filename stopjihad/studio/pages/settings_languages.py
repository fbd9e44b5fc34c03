"""The languages of a campaign: add one, or take one away; its file of translations is made at once.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

import contextlib
from typing import Literal

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.languages import autonym, is_known, language, tags
from stopjihad.problem import ProblemsFound
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.settings import save_fields
from stopjihad.studio.sections import SECTIONS
from stopjihad.studio.words import Choice, mark_translatable
from stopjihad.text.yaml.fields import Edit, Remove, SetField, value_at
from stopjihad.text.yaml.tree import Value
from stopjihad.translate.po_files import read_project, update_files


def addable_languages(live: LiveCampaign) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """List the languages that can be added: those that pages speak already, and all others."""
    project = newest_project(live)
    taken = project.campaign.record.languages if project else ()
    ready = {"en", *live.state.found.shared.words}
    found = [Choice(tag, autonym(tag), language(tag).english) for tag in tags() if tag not in taken]
    return (
        tuple(one for one in found if one.value in ready),
        tuple(one for one in found if one.value not in ready and "-" not in one.value),
    )


@with_live_campaign
def show_languages(request: Request, live: LiveCampaign) -> Response:
    """Show the languages of a campaign."""
    ready, others = addable_languages(live)
    return show_campaign(
        request,
        live,
        "settings-languages.html",
        sections=SECTIONS,
        ready=ready,
        others=others,
        name=autonym,
    )


class SentLanguage(msgspec.Struct, forbid_unknown_fields=True):
    """Which language is added or taken away."""

    language: str
    do: Literal["add", "remove"]


@refuse_in_words
async def change(request: Request, live: LiveCampaign) -> Response:
    """Add a language, or take one away."""
    sent: SentLanguage = await read_json(request, SentLanguage)
    tag = sent.language
    if sent.do == "add":
        if not is_known(tag):
            raise RefusedRequest(mark_translatable("Choose a language."), 422)
        await save_fields(
            request, live, "campaign.yaml", lambda found: with_languages(found, [tag])
        )
        await make_files(request, live, (tag,))
    else:
        await save_fields(request, live, "campaign.yaml", lambda found: _edits_without(found, tag))
    return answer_json({})


def with_languages(found: dict[str, Value], added: list[str]) -> list[Edit]:
    """Give the edits that add languages to the fields of ``campaign.yaml``."""
    known = _language_tags(found)
    fresh = [tag for tag in dict.fromkeys(added) if tag not in known]
    return [SetField(("languages",), [*known, *fresh])] if fresh else []


async def make_files(request: Request, live: LiveCampaign, languages: tuple[str, ...]) -> None:
    """Make the files of translations of languages, and bring those that are there in step.

    One that cannot be made now is made when somebody opens *Translate*.
    """
    with contextlib.suppress(ProblemsFound):
        project = await anyio.to_thread.run_sync(read_project, live.root, live.slug)
        await anyio.to_thread.run_sync(update_files, live.root, project, languages)
    await request.app.state.follower.read(live)


def _language_tags(found: dict[str, Value]) -> list[str]:
    listed = found.get("languages")
    return [str(one) for one in listed] if isinstance(listed, list) else []


def _edits_without(found: dict[str, Value], tag: str) -> list[Edit]:
    """Give the edits that take a language away, with the choice of its helplines and digits."""
    if tag == found.get("source_language"):
        raise RefusedRequest(mark_translatable("The campaign is written in this language."), 409)
    edits: list[Edit] = [
        SetField(("languages",), [one for one in _language_tags(found) if one != tag])
    ]
    listed = found.get("helplines")
    for place, entry in reversed([*enumerate(listed if isinstance(listed, list) else ())]):
        if isinstance(entry, dict) and entry.get("language") == tag:
            edits.append(Remove(("helplines", place)))
    if value_at(found, ("digits", tag)) is not None:
        edits.append(Remove(("digits", tag)))
    return edits
