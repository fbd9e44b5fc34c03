"""``stopjihad alert list``: the alerts that hold now, in the order in which readers see them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from stopjihad.cli import common, console, reviewer

if TYPE_CHECKING:
    from stopjihad.model.alert import LiveAlert
    from stopjihad.model.project import Project


@click.command("list")
@reviewer.options_place
def list_alerts(ctx: click.Context, style: str, **chosen: Any) -> None:
    r"""List the alerts that hold now, in the order in which readers see them.

    First what readers must act on, then what is being checked, what is over, what was false, and
    what is no danger; of two alike the one that was sent last.

    \b
    Example:
      stopjihad alert list
    """
    from stopjihad.review.alert_status import live_alerts
    from stopjihad.view.alert import alerts_in_order

    _, inputs = reviewer.read_alert(ctx, chosen["campaign"], style)
    project = inputs.project
    held = tuple(live for _, live in live_alerts(project.reviews, common.now()))
    rows = tuple(_row(project, live) for live in alerts_in_order(project, held))
    if style == "json":
        console.print_json([row._asdict() for row in rows])
        return
    if not rows:
        click.echo("no alert holds")
    for number, row in enumerate(rows, 1):
        click.echo(f"{number}. {row.id}: {row.incident}, {row.place}")
        until = reviewer.shown_moment(row.ends, project)
        click.echo(f"   message {row.message}, in {', '.join(row.languages)}, holds until {until}")


class HeldAlert(NamedTuple):
    """An alert that holds: ``message`` says which one of it was sent last, from 1."""

    id: str
    incident: str
    place: str
    message: int
    sent: dt.datetime
    ends: dt.datetime
    languages: tuple[str, ...]


def _row(project: Project, live: LiveAlert) -> HeldAlert:
    from stopjihad.view.alert import template_of

    alert, template = live.alert, template_of(project, live.alert.template)
    incident = template.incident if template else ""
    return HeldAlert(
        alert.id, incident, alert.place, live.number, alert.sent, alert.ends, live.languages
    )
