"""A notice as the studio knows it: its file, where it stands, and what it would become now."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import msgspec

from stopjihad.build.alert.notice import Prepared, examine
from stopjihad.build.campaign import branded
from stopjihad.build.check.survey import Surveyed
from stopjihad.model import input_names
from stopjihad.model.alert import Alert, AlertTemplate, LiveAlert
from stopjihad.model.options import Options
from stopjihad.model.project import Document, Project
from stopjihad.model.review import Review, alert_digest
from stopjihad.plan.campaign import make_plan
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.review import alert as ledger
from stopjihad.review.alert_status import as_live
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.snapshot import Snapshot, Uses
from stopjihad.view.alert import template_of
from stopjihad.view.records import Frame


class Notice(NamedTuple):
    """A notice, from its first line in the ledger on; its file comes with the first slots.

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
    prepared: Prepared | None
    steps: tuple[Review, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def exercise(self) -> bool:
        """Whether nothing has happened."""
        return self.status == "exercise"

    @property
    def lines(self) -> tuple[ledger.NoticeLine, ...]:
        """The words that are approved; none while its slots are not filled."""
        return self.prepared.lines if self.prepared else ()

    @property
    def seen(self) -> str:
        """The digest of those words: who approves says which ones were on the page."""
        return alert_digest(ledger.subject(self.id), ledger.write(self.lines))

    def state(self, now: dt.datetime) -> ledger.State:
        """Say where it stands at a moment."""
        return ledger.state_of(self.steps, self.lines, now)


def ids_of(project: Project) -> tuple[str, ...]:
    """Name the notices of a campaign: those with a file, and those that were only begun."""
    begun = (one.context.partition("/")[2] for one in project.reviews if one.kind == "alert")
    return tuple(dict.fromkeys((*(one.record.id for one in project.alerts), *begun)))


def read_notice(project: Project, alert_id: str) -> Notice | None:
    """Find a notice.

    Args:
        alert_id: its name; any text.

    Returns:
        The notice; None when there is none of this name.
    """
    steps = ledger.steps_of(project.reviews, alert_id)
    document = next((one for one in project.alerts if one.record.id == alert_id), None)
    if document is None and not steps:
        return None
    prepared: Prepared | None = None
    problems: tuple[Problem, ...] = ()
    if document is not None:
        known = {"template": document.record.template, "status": document.record.status}
        known["place"] = document.record.place
        try:
            prepared = examine(project, document)
        except ProblemsFound as found:
            problems = found.problems
    else:
        words = ledger.read(steps[0].words)
        known = {field: text for (language, field), text in words.items() if not language}
    return Notice(
        id=alert_id,
        template=template_of(project, known.get("template", "")),
        status=known.get("status", "exercise"),
        place=known.get("place", ""),
        document=document,
        prepared=prepared,
        steps=steps,
        problems=problems,
    )


_FRAMES = msgspec.json.Decoder(Frame)


def preview(live: LiveCampaign, prepared: Prepared, now: dt.datetime) -> Snapshot | None:
    """Plan the site with a notice, and everything else that is made of it.

    Args:
        live: what is known of the campaign; its newest state is planned.
        prepared: the notice; its languages are those in which it may be sent.
        now: the moment; it tells a first message from an update.

    Returns:
        The plan; None where the campaign cannot be planned, or no language has the words.
    """
    newest = live.state.newest
    if newest is None or newest.found.project is None or not prepared.sendable.languages:
        return None
    alert = prepared.document.record
    line = ledger.step(
        newest.found.project, alert.id, prepared.lines, ("publish", "preview", ""), now
    )
    out = ledger.last_published(prepared.steps)
    if out is not None and out.words == line.words:  # nothing was changed since
        shown = as_live(prepared.steps, out, alert)
    else:
        shown = as_live((*prepared.steps, line), line, alert)
    name = f"alert {alert.id} {line.digest} {shown.number}"
    return live.get_or_make(name, lambda: _plan(newest.found, shown))


def _plan(found: Surveyed, shown: LiveAlert) -> Snapshot:
    assert found.project is not None
    options = Options(only=("site", "alert"), draft=shown.alert.exercise, alert=shown, alerted=True)
    plan = make_plan(found.project, branded(found), options)
    return Snapshot(0, found, plan, {one.output: one for one in plan.steps}, {}, Uses(plan))


def frame_in(plan: Snapshot, language: str) -> Frame:
    """Give what the pages of a ``language`` are made from, the notice among it."""
    return _FRAMES.decode(plan.plan.inputs[input_names.frame(language)].data)
