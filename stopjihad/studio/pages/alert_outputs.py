"""Show what an alert becomes: its words in every language, pictures, drafts, the team's sheets."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stopjihad.build.alert_sheet import SentencePair, pair_sentences, sentences_with_parts
from stopjihad.catalog.formats import FORMATS, Format
from stopjihad.catalog.languages import autonym
from stopjihad.model import input_names
from stopjihad.model.options import CARD_FORMATS, words_for
from stopjihad.plan.inputs import Inputs
from stopjihad.render.alert.draft import CELL_BROADCAST, AlertDraft
from stopjihad.render.alert.plan import CAP, call_sheet, folder_of, picture
from stopjihad.studio.answers import answer_missing, with_live_campaign
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.snapshot import Snapshot
from stopjihad.studio.pages.alerts import ready_languages
from stopjihad.studio.pages.studio_alert import (
    AlertViewer,
    StudioAlert,
    alert_project,
    frame_in,
    left_out_words,
    preview,
    read_alert,
)
from stopjihad.studio.reload import PAGE_POLICY
from stopjihad.studio.templates import media_type
from stopjihad.studio.words import Say
from stopjihad.text.count import sms
from stopjihad.text.unicode.script import direction

_DRAFTS = msgspec.json.Decoder(tuple[AlertDraft, ...])

FIRST = ("whatsapp", "telegram", "sms", CELL_BROADCAST)
"""Drafts that stand first: rumours travel in messengers."""


class AlertLanguage(NamedTuple):
    """Show an alert in one language; without words it is left out, and ``reason`` says why.

    ``mend`` is the view in which that is mended: ``translate``, ``review``, or nothing.
    """

    tag: str
    name: str
    direction: str
    headline: str
    words: tuple[SentencePair, ...]
    reason: str = ""
    mend: str = ""


class ShownDraft(NamedTuple):
    """Show a draft with the name of its platform; ``segments`` of a text message, else 0."""

    draft: AlertDraft
    name: str
    segments: int


class AlertOutputs(NamedTuple):
    """Show what an alert becomes in one language, and what the team gets.

    Attributes:
        language: the one shown.
        pictures: the formats that they are drawn in.
        drafts: messengers first.
        paused: planned posts to stop: when, platform, language, talking point.
        calls: the call sheet.
        cap: whether there is a file for machines.
        trouble: what cannot be made.
    """

    language: str
    pictures: tuple[Format, ...]
    drafts: tuple[ShownDraft, ...]
    paused: tuple[tuple[str, ...], ...]
    calls: str
    cap: bool
    trouble: tuple[str, ...]


def languages_of(
    live: LiveCampaign, viewer: AlertViewer, alert: StudioAlert, plan: Snapshot | None, say: Say
) -> tuple[AlertLanguage, ...]:
    """Show an alert in every language of the campaign, those that are left out with the reason.

    The language of the viewer comes first, then the source language.
    """
    project, first = viewer.project, (viewer.edition.lang, viewer.home)
    campaign = project.campaign.record
    sendable = alert.prepared.sendable if alert.prepared else None
    if sendable is None and alert.template:
        sendable = ready_languages(live, project, alert.template, exercise=alert.exercise)
    may = sendable.languages if sendable else ()
    spoken = {tag: _spoken_words(plan, tag, alert.id) for tag in may} if plan else {}
    source = spoken.get(campaign.source_language, ())
    found = []
    for tag in sorted(campaign.languages, key=lambda one: (*first, one).index(one)):
        reason = sendable.left_out.get(tag, "") if sendable else ""
        if tag not in spoken and not reason:
            continue
        words, mend = left_out_words(reason, say) if reason else ("", "")
        said = spoken.get(tag, ())
        headline = said[0][1] if said else ""
        found.append(
            AlertLanguage(
                tag,
                autonym(tag),
                direction(tag),
                headline,
                pair_sentences(source, said),
                words,
                mend,
            )
        )
    return tuple(found)


def _spoken_words(plan: Snapshot, tag: str, alert_id: str) -> tuple[tuple[str, str], ...]:
    return sentences_with_parts(
        frame_in(plan, tag, alert_id), words_for(tag, plan.found.shared.words)
    )


def for_team(plan: Snapshot, alert_id: str, language: str) -> Snapshot:
    """Write the call sheet in the language of the viewer, as the page around it is.

    Args:
        plan: from ``preview``; there the sheet is in the language that the campaign is written in.
        language: of the interface; English where the team's catalogue has none.
    """
    sheet = call_sheet(alert_id)
    step = plan.steps.get(sheet)
    if step is None:
        return plan
    own = Inputs()
    name = own.add(input_names.team_words(language), plan.found.shared.team_words.get(language, {}))
    own_step = msgspec.structs.replace(
        step,
        inputs=tuple(sorted({*step.inputs, name})),
        params=tuple(sorted({**dict(step.params), "team": language}.items())),
    )
    steps = {**plan.steps, sheet: own_step}
    return plan._replace(steps=steps, saved={**plan.saved, **own.found})


def outputs_of(live: LiveCampaign, plan: Snapshot, alert_id: str, wanted: str) -> AlertOutputs:
    """Show everything that an alert becomes.

    Args:
        wanted: language; one in which it is not sent gives the first one.
    """
    trouble: list[str] = []

    def made(path: str) -> bytes:
        served = live.render(plan, path)
        if served is not None:
            trouble.extend(map(str, served.problems))
        return served.data or b"" if served else b""

    data = made(f"{folder_of(alert_id)}/drafts.json")
    drafts = _DRAFTS.decode(data) if data else ()
    tags = list(dict.fromkeys(one.language for one in drafts))
    tag = wanted if wanted in tags else (tags or [wanted])[0]
    platforms = plan.found.shared.platforms
    own = sorted(
        (one for one in drafts if one.language == tag),
        key=lambda one: FIRST.index(one.platform) if one.platform in FIRST else len(FIRST),
    )
    paused = list(csv.reader(io.StringIO(made(f"{folder_of(alert_id)}/pause.csv").decode())))[2:]
    return AlertOutputs(
        language=tag,
        pictures=tuple(
            FORMATS[one] for one in CARD_FORMATS if picture(alert_id, tag, one) in plan.steps
        ),
        drafts=tuple(
            ShownDraft(
                one,
                platforms[one.platform].name if one.platform in platforms else "",
                (sms.measure(one.text).segments or 0) if one.platform == "sms" else 0,
            )
            for one in own
        ),
        paused=tuple(tuple(row[:4]) for row in paused),
        calls=made(call_sheet(alert_id)).decode(),
        cap=CAP in plan.steps,
        trouble=tuple(trouble),
    )


@with_live_campaign
def output(request: Request, live: LiveCampaign) -> Response:
    """Serve an output of an alert as it would be: looked up in its plan, made when asked for."""
    project = alert_project(live)
    if project is None:
        return answer_missing(request)
    found = read_alert(project, request.path_params["id"])
    plan = (
        preview(live, found.prepared, request.app.state.now()) if found and found.prepared else None
    )
    if plan is None or found is None:
        return answer_missing(request)
    plan = for_team(plan, found.id, request.app.state.templates.language_of(request))
    wanted = request.path_params["path"]
    if wanted not in plan.steps:
        folder = f"{wanted}/index.html" if wanted and not wanted.endswith("/") else ""
        if folder in plan.steps:
            return RedirectResponse(f"/alert/{live.slug}/{found.id}/{folder[:-10]}", 308)
        wanted = f"{wanted}index.html"
    served = live.render(plan, wanted)
    if served is None or served.data is None:
        return answer_missing(request)
    headers = {"content-type": media_type(wanted)}
    if wanted.endswith(".html"):
        headers["content-security-policy"] = PAGE_POLICY
    return Response(served.data, headers=headers)
