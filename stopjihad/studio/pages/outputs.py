"""List everything that a campaign becomes in one language: pages, cards, drafts."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.languages import autonym, language
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.studio.answers import live_of, missing, show_campaign
from stopjihad.studio.live.snapshot import Snapshot
from stopjihad.view.records import Headline

_HEADLINES = msgspec.json.Decoder(tuple[Headline, ...])


class LanguageOutputs(NamedTuple):
    """Count what is made in one language."""

    tag: str
    name: str
    direction: str
    pages: int
    cards: int
    drafts: int


class Output(NamedTuple):
    """Name one output: its path in the plan, and what to call it."""

    path: str
    name: str


class PointOutputs(NamedTuple):
    """Gather what is made of one talking point; ``page`` and ``kit`` are paths or empty."""

    id: str
    fact: str
    lang: str
    page: str
    kit: str
    cards: tuple[Output, ...]
    drafts: tuple[Output, ...]


class Outputs(NamedTuple):
    """Show what is made in one language.

    Attributes:
        language: the one shown.
        languages: all of the campaign, in its order.
        rows: one for each talking point, in reading order; unlisted ones last.
        pages: the other pages: path and kind of page, such as ``home`` or ``audience about``.
        files: what belongs to no language: chooser, sitemap, style sheet.
    """

    language: LanguageOutputs
    languages: tuple[LanguageOutputs, ...]
    rows: tuple[PointOutputs, ...]
    pages: tuple[Output, ...]
    files: tuple[Output, ...]


def list_outputs(snapshot: Snapshot, wanted: str) -> Outputs:
    """List the outputs of a plan.

    Args:
        snapshot: the plan.
        wanted: language to show; any text: unknown ones give the source language.

    Returns:
        The list.
    """
    assert snapshot.found.project is not None
    campaign = snapshot.found.project.campaign.record
    languages = tuple(_language(snapshot, tag) for tag in campaign.languages)
    lang = wanted if wanted in campaign.languages else campaign.source_language
    found: dict[str, list[Step]] = defaultdict(list)
    pages: list[Output] = []
    for step in snapshot.plan.steps:
        params = dict(step.params)
        if _language_of(step) != lang:
            continue
        if "id" in params:
            found[params["id"]].append(step)
        elif step.kind == "page":
            name = " ".join(filter(None, (params["kind"], params.get("topic", ""))))
            pages.append(Output(step.output, name))
    return Outputs(
        language=next(item for item in languages if item.tag == lang),
        languages=languages,
        rows=tuple(_rows(snapshot, lang, found)),
        pages=tuple(pages),
        files=tuple(
            Output(step.output, step.output.removeprefix("site/"))
            for step in snapshot.plan.steps
            if not _language_of(step)
        ),
    )


def _language_of(step: Step) -> str:
    """Name the language whose folder an output is in, or nothing."""
    lang = dict(step.params).get("lang", "")
    inside = (f"site/{lang}/", f"site/cards/{lang}/", f"posts/{lang}/")
    return lang if step.output.startswith(inside) else ""


def _language(snapshot: Snapshot, tag: str) -> LanguageOutputs:
    own = [step.kind for step in snapshot.plan.steps if _language_of(step) == tag]
    return LanguageOutputs(
        tag,
        autonym(tag),
        language(tag).direction,
        own.count("page"),
        own.count("card"),
        own.count("draft"),
    )


def _rows(snapshot: Snapshot, lang: str, found: dict[str, list[Step]]) -> list[PointOutputs]:
    assert snapshot.found.project is not None
    headlines = snapshot.plan.inputs.get(input_names.headlines(lang))
    listed = _HEADLINES.decode(headlines.data) if headlines else ()
    facts = {item.id: (item.fact.value, item.fact.lang) for item in listed}
    source = snapshot.found.project.campaign.record.source_language
    for document in snapshot.found.project.points:
        facts.setdefault(document.record.id, (document.record.fact, source))
    return [_row(name, facts[name], found.get(name, [])) for name in facts]


def _row(name: str, fact: tuple[str, str], steps: list[Step]) -> PointOutputs:
    kinds = {dict(step.params).get("kind"): step.output for step in steps if step.kind == "page"}
    return PointOutputs(
        name,
        *fact,
        page=kinds.get("point", ""),
        kit=kinds.get("kit-point", ""),
        cards=tuple(_named(steps, "card", "format")),
        drafts=tuple(_named(steps, "draft", "platform")),
    )


def _named(steps: list[Step], kind: str, param: str) -> list[Output]:
    return [Output(step.output, dict(step.params)[param]) for step in steps if step.kind == kind]


def made(request: Request) -> Response:
    """List everything that a campaign becomes."""
    live = live_of(request)
    if live is None:
        return missing(request)
    good = live.state.good
    language = request.query_params.get("language", "")
    return show_campaign(
        request, live, "made.html", made=list_outputs(good, language) if good else None
    )
