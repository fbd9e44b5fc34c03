"""Plan what a notice would become if it went out now, so that people see it before they approve."""

from __future__ import annotations

import datetime as dt

import msgspec

from stopjihad.build.alert.notice import Prepared
from stopjihad.build.campaign_plan import branded
from stopjihad.build.check.survey import Surveyed
from stopjihad.model import input_names
from stopjihad.model.alert import LiveAlert
from stopjihad.model.request import Options
from stopjihad.plan.make import make_plan
from stopjihad.review import alert as ledger
from stopjihad.review.live_alert import as_live
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.snapshot import Snapshot, Uses
from stopjihad.view.records import Frame

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
