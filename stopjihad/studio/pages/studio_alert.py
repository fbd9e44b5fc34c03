"""An alert as the studio knows it: its file, where it stands, what it would become now, its words.

Alerts, their templates and the steps that wait are said in the words of whoever looks.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import NamedTuple

import msgspec
from starlette.requests import Request

from stopjihad.build.alert_inputs import read_for_alert
from stopjihad.build.campaign import brand_shared
from stopjihad.build.check.survey import CheckedCampaign
from stopjihad.build.prepared_alert import PreparedAlert, examine
from stopjihad.model import contexts, input_names
from stopjihad.model.alert import SLOTS, Alert, AlertTemplate, LiveAlert
from stopjihad.model.options import Options
from stopjihad.model.project import Document, Project
from stopjihad.model.review import Review, alert_digest
from stopjihad.plan.editions import Edition, make_editions
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.plan import make_plan
from stopjihad.review.alert_lines import AlertLine, read_lines, write_lines
from stopjihad.review.alert_state import State, state_of
from stopjihad.review.alert_status import as_live, live_alerts
from stopjihad.review.alert_steps import last_published, make_step, steps_of, subject
from stopjihad.studio.answers import newest_project
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.snapshot import Snapshot, Uses
from stopjihad.studio.words import Say, mark_translatable
from stopjihad.view.alert import fill, template_of
from stopjihad.view.alert_phrases import frame_about
from stopjihad.view.records import Frame, Text


class StudioAlert(NamedTuple):
    """An alert, from its first line in the ledger on; its file comes with the first slots.

    Attributes:
        id: its name.
        template: its words; None when there is no such template any more.
        status: ``exercise``, ``actual`` or ``cancelled``.
        place: id of a place; empty while none is chosen.
        document: its file.
        prepared: the same with approvals and languages; None while its slots are not filled.
        steps: what was done with it.
        problems: why it cannot be judged.
    """

    id: str
    template: AlertTemplate | None
    status: str
    place: str
    document: Document[Alert] | None
    prepared: PreparedAlert | None
    steps: tuple[Review, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def exercise(self) -> bool:
        """Whether nothing has happened."""
        return self.status == "exercise"

    @property
    def lines(self) -> tuple[AlertLine, ...]:
        """The words that are approved; none while its slots are not filled."""
        return self.prepared.lines if self.prepared else ()

    @property
    def seen(self) -> str:
        """The digest of those words: an approval names the ones that were on the page."""
        return alert_digest(subject(self.id), write_lines(self.lines))

    def state(self, now: dt.datetime) -> State:
        """Say where it stands at a moment."""
        return state_of(self.steps, self.lines, now)


def ids_of(project: Project) -> tuple[str, ...]:
    """Name the alerts of a campaign: those with a file, and those that were only begun."""
    begun = (one.context.partition("/")[2] for one in project.reviews if one.kind == "alert")
    return tuple(dict.fromkeys((*(one.record.id for one in project.alerts), *begun)))


def read_alert(project: Project, alert_id: str) -> StudioAlert | None:
    """Find an alert.

    Returns:
        The alert; None when there is none of this name.
    """
    steps = steps_of(project.reviews, alert_id)
    document = next((one for one in project.alerts if one.record.id == alert_id), None)
    if document is None and not steps:
        return None
    prepared: PreparedAlert | None = None
    problems: tuple[Problem, ...] = ()
    if document is not None:
        known = {"template": document.record.template, "status": document.record.status}
        known["place"] = document.record.place
        try:
            prepared = examine(project, document)
        except ProblemsFound as found:
            problems = found.problems
    else:
        words = read_lines(steps[0].words)
        known = {field: text for (language, field), text in words.items() if not language}
    return StudioAlert(
        id=alert_id,
        template=template_of(project, known.get("template", "")),
        status=known.get("status", "exercise"),
        place=known.get("place", ""),
        document=document,
        prepared=prepared,
        steps=steps,
        problems=problems,
    )


def alert_project(live: LiveCampaign) -> Project | None:
    """Give the campaign as an alert is made of it: the last reading where its file is broken now.

    Returns:
        None where nothing of it can be read, and no reading of it was kept.
    """
    newest: Project | None = newest_project(live)
    if newest is not None:
        return newest

    def read() -> Project | None:
        with suppress(ProblemsFound):
            return read_for_alert(live.root, live.slug).project
        return None

    return live.get_or_make("notice-project", read)


_FRAMES = msgspec.json.Decoder(Frame)


def preview(live: LiveCampaign, prepared: PreparedAlert, now: dt.datetime) -> Snapshot | None:
    """Plan the site with an alert, and everything else that is made of it.

    Args:
        live: what is known of the campaign; its newest state is planned.
        prepared: the alert; its languages are those in which it may be sent.
        now: the moment; it tells a first message from an update.

    Returns:
        The plan; None where the campaign cannot be planned, or no language has the words.
    """
    newest = live.state.newest
    found, project = newest.found if newest else live.state.found, alert_project(live)
    if project is None or not prepared.sendable.languages:
        return None
    found = msgspec.structs.replace(found, project=project)
    alert = prepared.document.record
    line = make_step(project, alert.id, prepared.lines, ("publish", "preview", ""), now)
    out = last_published(prepared.steps)
    if out is not None and out.words == line.words:  # nothing was changed since
        shown = as_live(prepared.steps, out, alert)
    else:
        shown = as_live((*prepared.steps, line), line, alert)
    held = () if alert.exercise else live_alerts(project.reviews, now)
    others = tuple(one for _, one in held if one.alert.id != alert.id)
    beside = " ".join(one.reference.identifier for one in others)
    name = f"alert {alert.id} {line.digest} {shown.number} {beside}"
    return live.get_or_make(name, lambda: _plan(found, (shown, *others)))


def _plan(found: CheckedCampaign, alerts: tuple[LiveAlert, ...]) -> Snapshot:
    assert found.project is not None
    draft = alerts[0].alert.exercise
    options = Options(only=("site", "alert"), draft=draft, alerts=alerts, alerted=True)
    plan = make_plan(found.project, brand_shared(found), options)
    return Snapshot(0, found, plan, {one.output: one for one in plan.steps}, {}, Uses(plan))


def frame_in(plan: Snapshot, language: str, alert_id: str) -> Frame:
    """Give what ``alert_id`` is made from in a ``language``, of the plan that shows it."""
    frame = _FRAMES.decode(plan.plan.inputs[input_names.frame(language)].data)
    own = next((one for one in frame.alerts if one.id == alert_id), None)
    return frame_about(frame, own) if own else frame


INCIDENTS = {
    "attack-under-way": mark_translatable("An authority has confirmed that an attack is going on."),
    "attack-over": mark_translatable(
        "The authority has said that the danger is over. Nobody else may."
    ),
    "threat-or-rumour": mark_translatable("Something is going round and is being checked."),
    "hoax-denied": mark_translatable("The authority has checked it, and it was false."),
    "anniversary-or-trial": mark_translatable(
        "No danger: a day on which pictures and words of an attack come back."
    ),
}
"""Incident to when its template is used."""

STATES = {
    "new": mark_translatable("not started"),
    "drafted": mark_translatable("being written"),
    "approved once": mark_translatable("approved once"),
    "approved twice": mark_translatable("approved twice"),
    "undecided": mark_translatable("sent twice at once, so not shown"),
    "published": mark_translatable("published"),
    "updated": mark_translatable("updated"),
    "ended": mark_translatable("ended"),
    "expired": mark_translatable("expired"),
    "withdrawn": mark_translatable("withdrawn"),
}
"""Where an alert stands."""

PARTS = {
    "headline": mark_translatable("Headline"),
    "exercise": mark_translatable("Exercise"),
    "empathy": mark_translatable("Empathy"),
    "confirmed": mark_translatable("Confirmed"),
    "unknown": mark_translatable("Not known yet"),
    "action": mark_translatable("Do now"),
    "update": mark_translatable("Next update"),
    "call": mark_translatable("Whom to call"),
    "look": mark_translatable("Checked news"),
    "until": mark_translatable("Holds until"),
}
"""Parts of an alert, in its order."""

_LEFT_OUT = (
    (
        re.compile(r"(?P<count>\d+) texts of the template are stale or not translated"),
        mark_translatable("%(count)s texts of the template are out of date or not translated"),
        "translate",
    ),
    (
        re.compile("nobody has approved the template"),
        mark_translatable("nobody has approved the template in this language"),
        "review",
    ),
    (
        re.compile("sentences of the template wait for a reader"),
        mark_translatable("sentences of the template wait for a reader"),
        "review",
    ),
    (
        re.compile("campaign/.* is stale or not translated"),
        mark_translatable("names of places or authorities are out of date or not translated"),
        "translate",
    ),
    (
        re.compile("not everybody has approved it in this language"),
        mark_translatable("not everybody has approved it in this language"),
        "",
    ),
)
"""Reasons of ``render.alert.plan.sendable`` to ours, and the view in which they are mended."""


def left_out_words(reason: str, say: Say) -> tuple[str, str]:
    """Say why a language is left out.

    Returns:
        A sentence, and the view in which it is mended: ``translate``, ``review``, or nothing.
    """
    for pattern, words, view in _LEFT_OUT:
        found = pattern.fullmatch(reason)
        if found:
            return say(words) % found.groupdict(), view
    return reason, ""


REFUSALS = {
    "alert-unapproved": mark_translatable("Two different people must approve it first."),
    "alert-changed": mark_translatable(
        "It was changed after it was approved: undo that, or have two people approve it again."
    ),
    "alert-language": mark_translatable(
        "No language may be sent: the template must be translated and approved beforehand."
    ),
    "alert-over": mark_translatable("It would be over already. Fill in the slots again."),
    "alert-live": mark_translatable(
        "Another alert about this place holds already. Update that one, or end it first."
    ),
    "alert-overtaken": mark_translatable(
        "Somebody ended it, or sent an alert, while this one was built."
    ),
    "alert-unchanged": mark_translatable(
        "It is out as it stands. Change the slots to send an update."
    ),
    "alert-cancelled": mark_translatable("The alert is marked as cancelled."),
    "alert-same-person": mark_translatable(
        "This person has approved these words already. Another person must do it, too."
    ),
    "alert-code": mark_translatable(
        "This code does not count: it is misspelt, used, too old, or for other words."
    ),
    "alert-stage": mark_translatable(
        "The site after the end is not there. Build the site under Export: it makes the same."
    ),
    "alert-unknown": mark_translatable(
        "A slot names something that the campaign does not have any more."
    ),
    "alert-time": mark_translatable(
        "The moments cannot be in this order. Fill in the slots again."
    ),
}
"""Code of a problem to what people read here, in place of a message about files."""


def refusal_words(problem: Problem, say: Say) -> str:
    """Say a ``problem`` of an alert in the words of the studio, its own where there are none."""
    return say(REFUSALS[problem.code]) if problem.code in REFUSALS else str(problem)


class ShownText(NamedTuple):
    """Show a text; ``source`` stands beside it where that says more, else it is empty."""

    value: str
    lang: str
    source: str = ""


class AlertViewer(NamedTuple):
    """Read the alerts of a campaign in the language of the viewer.

    Attributes:
        project: the campaign.
        edition: its texts in the language of the interface, as far as they are translated.
    """

    project: Project
    edition: Edition

    @property
    def home(self) -> str:
        """Language in which the campaign is written."""
        return self.project.campaign.record.source_language

    def headline(self, template: AlertTemplate, place: str = "") -> ShownText:
        """Say the headline of a template; ``place`` is the id of what fills its slot, if known."""
        own = self._text(template, "headline", template.headline)
        names = self.names("places")
        name = names.get(place, ShownText("…", self.home))

        def fill_place(text: str, place_name: str) -> str:
            return fill(text, {**dict.fromkeys(SLOTS, "…"), "place": place_name})

        at_home = fill_place(template.headline, name.source or name.value)
        if own.lang == self.home:
            return ShownText(at_home, self.home)
        return ShownText(
            fill_place(own.value, name.value), own.lang, self._doubt(template, at_home)
        )

    def sentences(self, template: AlertTemplate) -> dict[str, ShownText]:
        """Say the sentences of a template that an authority may confirm, by their names."""
        found = {}
        for name, source in template.sentences.items():
            own = self._text(template, f"sentences.{name}", source)
            beside = "" if own.lang == self.home else self._doubt(template, source)
            found[name] = ShownText(own.value, own.lang, beside)
        return found

    def names(self, kind: str) -> dict[str, ShownText]:
        """Name ``places`` or ``authorities`` by id, beside the name in the source language.

        A wrong name is the worst mistake of an alert, and colleagues may know only the other one.
        """
        campaign = self.project.campaign.record
        found = {}
        for one in campaign.places if kind == "places" else campaign.authorities:
            context = contexts.campaign(f"{kind}.{one.id}.name")
            own = self.edition.resolver.text(context, one.name)
            found[one.id] = ShownText(
                own.value, own.lang, one.name if own.value != one.name else ""
            )
        return found

    def _text(self, template: AlertTemplate, field: str, source: str) -> Text:
        return self.edition.resolver.text(contexts.alert(template.id, field), source)

    def _doubt(self, template: AlertTemplate, source: str) -> str:
        """Give the source of a translation that nobody has approved; else nothing."""
        return "" if f"alerts/{template.id}" in self.edition.reviewed else source


def viewer_of(request: Request, live: LiveCampaign, project: Project) -> AlertViewer:
    """Give the one who looks, by the language of the interface; found out once for a campaign."""
    lang = request.app.state.templates.language_of(request)
    return live.get_or_make(
        f"alert-viewer {lang}", lambda: AlertViewer(project, *make_editions(project, (lang,)))
    )
