"""Everything that a campaign becomes: listed in one language, shown as it is now or was built."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stopjihad.catalog.languages import autonym, language
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.studio.answers import (
    answer_missing,
    language_choices,
    newest_project,
    show_campaign,
    version_of,
    with_live_campaign,
)
from stopjihad.studio.builder import published_map, read_published
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.snapshot import Snapshot
from stopjihad.studio.reload import PAGE_POLICY, PageOrigin, below, policy_with, with_reload
from stopjihad.studio.templates import media_type
from stopjihad.view.page_address import top_path
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


class ListedOutput(NamedTuple):
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
    cards: tuple[ListedOutput, ...]
    drafts: tuple[ListedOutput, ...]


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
    pages: tuple[ListedOutput, ...]
    files: tuple[ListedOutput, ...]


def list_outputs(snapshot: Snapshot, wanted: str) -> Outputs:
    """List the outputs of a plan.

    Args:
        wanted: language to show; any text: unknown ones give the source language.
    """
    assert snapshot.found.project is not None
    campaign = snapshot.found.project.campaign.record
    languages = tuple(_language(snapshot, tag) for tag in campaign.languages)
    lang = wanted if wanted in campaign.languages else campaign.source_language
    found: dict[str, list[Step]] = defaultdict(list)
    pages: list[ListedOutput] = []
    for step in snapshot.plan.steps:
        params = dict(step.params)
        if _language_of(step) != lang:
            continue
        if "id" in params:
            found[params["id"]].append(step)
        elif step.kind == "page":
            name = " ".join(filter(None, (params["kind"], params.get("topic", ""))))
            pages.append(ListedOutput(step.output, name))
    return Outputs(
        language=next(item for item in languages if item.tag == lang),
        languages=languages,
        rows=tuple(_rows(snapshot, lang, found)),
        pages=tuple(pages),
        files=tuple(
            ListedOutput(step.output, step.output.removeprefix("site/"))
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
        cards=tuple(_named_outputs(steps, "card", "format")),
        drafts=tuple(_named_outputs(steps, "draft", "platform")),
    )


def _named_outputs(steps: list[Step], kind: str, param: str) -> list[ListedOutput]:
    return [
        ListedOutput(step.output, dict(step.params)[param]) for step in steps if step.kind == kind
    ]


@with_live_campaign
def show_outputs(request: Request, live: LiveCampaign) -> Response:
    """List everything that a campaign becomes."""
    good = live.state.good
    language = request.query_params.get("language", "")
    return show_campaign(
        request, live, "made.html", made=list_outputs(good, language) if good else None
    )


@with_live_campaign
def attempt(request: Request, live: LiveCampaign) -> Response:
    """Serve an output of the files as they are, with mistakes that can be planned around."""
    return _serve(request, live, newest=True)


@with_live_campaign
def output(request: Request, live: LiveCampaign) -> Response:
    """Serve an output of the last good plan: looked up in the plan's map, made when asked for."""
    return _serve(request, live, newest=False)


def _serve(request: Request, live: LiveCampaign, *, newest: bool) -> Response:
    wanted = request.path_params["path"]
    good = live.state.good.steps if live.state.good else {}
    steps = live.written_steps if newest else good
    top = f"/{'try' if newest else 'out'}/{live.slug}/"
    if wanted not in steps:
        folder = f"{wanted}/index.html" if wanted and not wanted.endswith("/") else ""
        if folder in steps:
            return RedirectResponse(top + steps[folder].output[:-10], 308)
        wanted = f"{wanted}index.html"
    version = version_of(live)
    served = live.serve(wanted, newest=newest)
    if served is None:
        return answer_missing(request)
    if served.data is None:
        return show_campaign(request, live, "problems.html", 422, problems=served.problems)
    data, headers = served.data, {"content-type": media_type(wanted)}
    if wanted.endswith(".html"):
        if wanted == "site/404.html":
            data = below(data, _top(live), f"{top}site/")
        script = request.app.state.assets["reload.js"].data
        studio = request.app.state.session.countersign
        data = with_reload(data, PageOrigin(live.slug, wanted, version, studio), script)
        problems = f"http://{request.headers['host']}/c/{live.slug}/problems"
        headers["content-security-policy"] = policy_with(script, problems)
    return Response(data, headers=headers)


def _top(live: LiveCampaign) -> str:
    """Give the path of the site on its own host, from slash to slash."""
    project = live.state.good.found.project if live.state.good else None
    return top_path(project.campaign.record.base_url if project else "")


@with_live_campaign
def show_built(request: Request, live: LiveCampaign) -> Response:
    """Show a built file: looked up in the manifest, compared with its digest."""
    wanted = request.path_params["path"]
    known = published_map(live)
    if wanted not in known:
        wanted = f"{wanted}index.html"
    data = read_published(live, wanted, known[wanted]) if wanted in known else None
    if data is None:
        return answer_missing(request)
    headers = {"content-type": media_type(wanted)}
    if wanted.endswith(".html"):
        headers["content-security-policy"] = PAGE_POLICY
    return Response(data, headers=headers)


@with_live_campaign
def site(request: Request, live: LiveCampaign) -> Response:
    """Show the site in a frame, at the width of a device."""
    project = newest_project(live)
    campaign = project.campaign.record if project else None
    return show_campaign(
        request,
        live,
        "site.html",
        languages=language_choices(live),
        source=campaign.source_language if campaign else "",
    )
