"""Practise an alert: draw one, send it and take it back on the road of earnest, keep the result.

Throughout, ``root`` is the workspace, ``project`` what was read of its campaign.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stopjihad.build.alert import AlertReport, drill_folder, rehearse
from stopjihad.build.alert_judgement import refused_words
from stopjihad.build.alert_sending import rehearse_end
from stopjihad.build.live_alert import document_of, moment_of
from stopjihad.build.prepared_alert import prepare_document
from stopjihad.disk import save
from stopjihad.draw.drill_chart import draw_drill_chart
from stopjihad.load.drills import CHART, HEADS, TABLE, read_table
from stopjihad.model.alert import Alert, DrillRow, LiveAlert, PastAlert
from stopjihad.model.options import Options
from stopjihad.model.project import Project
from stopjihad.model.review import AlertStep, Cause, Review
from stopjihad.problem import ProblemsFound
from stopjihad.review.alert_approval import PEOPLE
from stopjihad.review.alert_lines import words_of

if TYPE_CHECKING:
    from stopjihad.build.alert_inputs import AlertInputs
    from stopjihad.build.request import Request

TAKEN_BACK = "taken-back"
"""Folder of an exercise with the site as it is when the alert was withdrawn."""


class DrawnDrill(NamedTuple):
    """What an exercise is about: ids of a template and of a place."""

    template: str
    place: str


def draw_drill(project: Project) -> DrawnDrill:
    """Draw what an exercise is about; the ``project`` has templates and places."""
    draw = random.SystemRandom()
    template = draw.choice(project.alert_templates).record
    return DrawnDrill(template.id, draw.choice(project.campaign.record.places).id)


def make_drill(project: Project, template: str, place: str, now: dt.datetime) -> Alert:
    """Make the alert of an exercise: what and where, an hour until the next word.

    Args:
        place: id of a place of the campaign, which has an authority, too.

    Returns:
        The alert; it began ten minutes ago.
    """
    return Alert(
        id=f"drill-{now:%Y%m%d-%H%M%S}",
        template=template,
        status="exercise",
        place=place,
        since=now - dt.timedelta(minutes=10),
        confirmed_by=project.campaign.record.authorities[0].id,
        next_update=now + dt.timedelta(hours=1),
        sent=now,
    )


class Practice(NamedTuple):
    """How an exercise of the program alone is done.

    Attributes:
        clock: gives the moment.
        upload: puts a folder for results on a target for exercises; nothing without one.
    """

    clock: Callable[[], dt.datetime]
    upload: Callable[[Path], None] | None = None


def practise(
    inputs: AlertInputs, alert: Alert, request: Request, practice: Practice
) -> AlertReport:
    """Run an exercise of the program alone: send it, take it back; keep its result, or why not.

    Args:
        request: what to make it with; ``out`` is the folder for results.
        practice: its clock, and where it is uploaded.

    Returns:
        What was made; its seconds say when a reader of the target could see it (``reader``), and
        how long taking it back took (``taken back``), which lies in a folder beside it.

    Raises:
        ProblemsFound: what it says breaks a message rule, its pages cannot be made, the target or
            the disk refuses.
        Busy: as for ``send_alert``.
    """
    root, project = inputs.workspace.root, inputs.project
    try:
        sent = _practise_alert(inputs, alert, request, practice.upload)
    except ProblemsFound as found:
        codes = " ".join(sorted({one.code for one in found.problems}))
        keep_result(root, project, alert, (None, codes, ()), practice.clock())
        raise
    keep_result(root, project, alert, (sent, "", ()), practice.clock())
    return sent


def _practise_alert(
    inputs: AlertInputs, alert: Alert, request: Request, upload: Callable[[Path], None] | None
) -> AlertReport:
    began = time.monotonic()
    prepared = prepare_document(inputs.project, document_of(inputs.project, alert))
    languages = prepared.sendable.languages
    lines = tuple(one for one in prepared.lines if one.language in {"", *languages})
    refused = refused_words(inputs.project, prepared.document, lines, request.today)
    if refused:
        raise ProblemsFound(refused)
    words = words_of((one.language, one.field, one.text) for one in lines)
    live = LiveAlert(alert=alert, languages=languages, words=words)
    sent = rehearse(inputs, prepared, live, request)
    seconds, folder = dict(sent.seconds), drill_folder(request, alert)
    if upload is not None:
        upload(folder)
        seconds["reader"] = time.monotonic() - began
    again = time.monotonic()
    take_back(inputs, live, ("withdraw", "false-alarm"), request, folder / TAKEN_BACK)
    if upload is not None:
        upload(folder / TAKEN_BACK)
    return msgspec.structs.replace(
        sent, seconds={**seconds, "taken back": time.monotonic() - again}
    )


def take_back(
    inputs: AlertInputs,
    live: LiveAlert,
    how: tuple[AlertStep, Cause],
    request: Request,
    folder: Path | None = None,
) -> None:
    """Say over an exercise that it is over or was taken back, as pages of an alert say it.

    Args:
        how: ``end`` or ``withdraw``, and what readers would be told.
        request: ``out`` is the folder for results, ``now`` the moment.
        folder: where it is said; in the exercise's own folder when not given.

    Raises:
        ProblemsFound: as for ``lay``.
        Busy: as for ``lay``.
    """
    step, cause = how
    gone = PastAlert(
        live=live,
        sent=live.own,
        on=moment_of(request),
        withdrawn=step == "withdraw",
        cause=cause,
        told=True,
    )
    own = msgspec.structs.replace(
        request,
        out=folder or drill_folder(request, live.alert),
        options=Options(alerted=True, past=(gone,)),
    )
    rehearse_end(inputs, own, request.out)


def keep_result(
    root: Path,
    project: Project,
    alert: Alert,
    result: tuple[AlertReport | None, str, Iterable[Review]],
    now: dt.datetime,
) -> None:
    """Add an exercise to the team's table.

    Args:
        result: what was made, what failed, and the steps of people.

    Raises:
        ProblemsFound: the disk refuses.
    """
    sent, failed, steps = result
    row = DrillRow(
        on=now.isoformat(),
        id=alert.id,
        template=alert.template,
        minutes=minutes_of(tuple(steps)),
        seconds=sent.seconds.get("reader", sent.seconds["all"]) if sent else 0.0,
        failed=failed,
    )
    languages = sent.languages if sent else ()
    left_out = tuple(sent.left_out) if sent else ()
    record(root, project.campaign.record.id, row, languages, left_out)


def minutes_of(steps: Sequence[Review]) -> tuple[float, ...]:
    """Give the minutes from the first step to each approval and to publication.

    Returns:
        Minutes; empty where the alert was never published.
    """
    approved = [one.on for one in steps if one.step == "approve"][:PEOPLE]
    out = next((one.on for one in steps if one.step == "publish"), None)
    if out is None or len(approved) < PEOPLE:
        return ()
    first = steps[0].on
    return tuple(round((when - first).total_seconds() / 60, 1) for when in (*approved, out))


def record(
    root: Path, slug: str, row: DrillRow, languages: Sequence[str], left_out: Sequence[str]
) -> None:
    """Add an exercise to the table, and draw the chart anew.

    Args:
        languages: tags in which the alert was made.

    Raises:
        ProblemsFound: the disk refuses, or others keep saving the file.
    """
    folder = f"campaigns/{slug}"
    known = save.current(root, f"{folder}/{TABLE}")
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    if known is None:
        writer.writerow(HEADS)
    minutes = row.minutes or ("", "", "")
    writer.writerow(
        [
            row.on,
            row.id,
            row.template,
            *minutes,
            f"{row.seconds:.1f}",
            " ".join(languages),
            " ".join(left_out),
            row.failed,
        ]
    )
    save.append(root, f"{folder}/{TABLE}", line.getvalue().encode())
    table = save.current(root, f"{folder}/{TABLE}") or b""
    chart = draw_drill_chart(read_table(table.decode("utf-8", "replace")))
    before = save.current(root, f"{folder}/{CHART}")
    digest = save.ABSENT if before is None else save.digest(before)
    save.write(root, f"{folder}/{CHART}", chart, digest)
