"""``stopjihad alert``: an alert in a crisis, in all languages and outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import (
    alert_list,
    alert_reading,
    alert_sending,
    approval,
    common,
    console,
    drill,
    readiness,
    reviewer,
)
from stopjihad.model.review import CAUSES

if TYPE_CHECKING:
    from stopjihad.model.review import AlertStep, Cause


@click.group("alert")
def command() -> None:
    r"""Send an alert in a crisis: from approved words, in all languages and outputs at once.

    Every step is a line of the ledger with its time. Two different people approve the very same
    words before anything goes out.

    \b
    Example:
      stopjihad alert drill attack-under-way --place central-station
      stopjihad alert show lyon
      stopjihad alert approve lyon --by Nour
      stopjihad alert publish lyon --by Nour
      stopjihad alert end lyon --why over --by Nour
    """


command.add_command(alert_reading.show)
command.add_command(alert_list.list_alerts)
command.add_command(readiness.ready)


@command.command("draft")
@click.argument("name", metavar="ID")
@reviewer.option_by
@reviewer.options_place
def draft(ctx: click.Context, name: str, by: str, style: str, **chosen: Any) -> None:
    r"""Say in the ledger that an alert is being written: the clock starts.

    Its slots may be empty yet.

    \b
    Example:
      stopjihad alert draft lyon --by Nour
    """
    from stopjihad.build.alert_workflow import SignedAlert, begin_unfilled

    file = f"alerts/{name}.yaml"
    root, project = reviewer.campaign_of(ctx, chosen["campaign"], style, unfilled=file)
    with reviewer.exit_on_problems(root, style):
        path = begin_unfilled(root, project, name, (reviewer.who(by), common.now()))
    if not path:
        approval.sign(ctx, name, by, style, chosen["campaign"], "draft")
    elif style == "json":
        console.print_json(SignedAlert(id=name, people=(), languages=(), left_out={}))
    else:
        click.echo(f"{name}: the clock runs; fill the slots in {path}")


command.add_command(approval.approve)
command.add_command(alert_sending.publish)
command.add_command(alert_sending.update)
command.add_command(drill.drill)


@command.command("end")
@click.argument("name", metavar="ID")
@reviewer.option_by
@click.option("--if-over", is_flag=True, help="Do nothing while it holds: for a timer.")
@click.option("--withdraw", "withdrawn", is_flag=True, help="It should never have been sent.")
@click.option(
    "--why",
    type=click.Choice([one for causes in CAUSES.values() for one in causes]),
    help="What readers are told, in each of their languages.",
)
@click.option("--reason", default="", help="More about it, for the team's ledger alone.")
@common.output_option
@reviewer.options_place
def end(ctx: click.Context, name: str, style: str, **chosen: Any) -> None:
    r"""Take an alert away: switch to the site that was staged when it was published.

    For 48 hours readers are told what was taken away, when and why.

    \b
    Example:
      stopjihad alert end lyon --why over --by Nour
      stopjihad alert end lyon --withdraw --why false-alarm --by Nour
      stopjihad alert end lyon --by timer --if-over
    """
    from stopjihad.build.alert import cancel
    from stopjihad.build.alert_inputs import read_for_alert
    from stopjihad.build.alert_sending import is_siteless
    from stopjihad.build.alert_workflow import take_away
    from stopjihad.review.alert_status import sent_out
    from stopjihad.review.alert_steps import alert_of, steps_of

    root, inputs = reviewer.read_alert(ctx, chosen["campaign"], style)
    project, who, now = inputs.project, reviewer.who(chosen["by"]), common.now()
    steps = steps_of(project.reviews, name)
    out = sent_out(steps)
    alert = alert_of(out) if out else None
    if alert is None:
        if chosen["if_over"] and steps:
            click.echo(f"{name}: it is gone already")
            return
        raise click.UsageError(f"no alert '{name}' is published")
    if chosen["if_over"] and alert.ends > now:
        click.echo(f"{name}: holds until {reviewer.shown_moment(alert.ends, project)}")
        return
    what: AlertStep = "withdraw" if chosen["withdrawn"] else "end"
    cause = _cause(what, chosen["why"], over=alert.ends <= now)

    def stands() -> str:
        kept = read_for_alert(root.resolve(), project.campaign.record.id).project.reviews
        held = sent_out(steps_of(kept, name))
        return (
            console.UNCHANGED if held else "the ledger has its end: publish TARGET carries it out."
        )

    asked = alert_sending.request_of(root, {"jobs": 0, **chosen})
    with reviewer.exit_on_problems(root, style, stands):
        step = (what, who, chosen["reason"])
        seconds = take_away(root, inputs, name, step, asked, cause)
    if style != "json":
        done = "withdrawn" if what == "withdraw" else "ended"
        click.echo(f"{name}: {done} in {seconds:.2f} s")
    with reviewer.exit_on_problems(root, style):
        cancelled = cancel(root.resolve(), project.campaign.record.id, alert, asked)
    if cancelled and style != "json":
        click.echo("  site/cap.xml tells machines that it is cancelled")
    if style != "json" and is_siteless(inputs, asked):
        click.secho(
            "  no site that you built last is here: publish changes the alert's own files alone,"
            " on what the target holds;"
            f" make it anew: stopjihad build {project.campaign.record.id}",
            fg="yellow",
        )
    if style != "json" and not alert.exercise:
        _say_what_is_next(name, withdrawn=what == "withdraw")
    if style == "json":
        console.print_json({"id": name, "step": what, "seconds": seconds, "cancelled": cancelled})


def _say_what_is_next(name: str, *, withdrawn: bool) -> None:
    """Say what is left to do after an alert was taken away."""
    template = "hoax-denied" if withdrawn else "attack-over, once the authority says so"
    click.echo("  readers see it still: stopjihad publish TARGET (a name of targets.yaml)")
    click.echo(f"  then correct what was posted, with alert/{name}/<language>/*.txt")
    click.echo("  resume the planned posts that you stopped")
    click.echo(f"  say what comes next: stopjihad new alert ID, template: {template}")


def _cause(step: AlertStep, why: str | None, *, over: bool) -> Cause:
    """Ask for the reason that readers are told; an end after its time needs none."""
    known = CAUSES[step]
    if why is None and over and step == "end":
        return "lapsed"
    found = next((one for one in known if one == why), None)
    if found is None:
        raise click.UsageError(f"say what readers are told: --why {'|'.join(known)}")
    return found


@command.command("clock")
@click.argument("name", metavar="ID")
@reviewer.options_place
def clock(ctx: click.Context, name: str, style: str, **chosen: Any) -> None:
    r"""Print the minutes between the steps of an alert, and the mark of 90 minutes.

    \b
    Example:
      stopjihad alert clock lyon
    """
    from stopjihad.build.prepared_alert import prepare
    from stopjihad.review.alert_clock import clock_of
    from stopjihad.review.alert_lines import AlertLine
    from stopjihad.review.alert_state import state_of
    from stopjihad.review.alert_steps import steps_of

    root, project = reviewer.campaign_of(ctx, chosen["campaign"], style, f"alerts/{name}.yaml")
    steps = steps_of(project.reviews, name)
    known = any(one.record.id == name for one in project.alerts)
    lines: Sequence[AlertLine] = ()
    if known:
        with reviewer.exit_on_problems(root, style):
            lines = prepare(project, name).lines
    if not known and not steps:
        raise click.UsageError(f"no alert '{name}': stopjihad new alert {name}")
    now = common.now()
    found = clock_of(name, steps, state_of(steps, lines, now), now)
    if style == "json":
        console.print_json(found)
        return
    click.echo(f"{name}: {found.state}")
    for row in found.steps:
        click.echo(
            f"  {row.on.isoformat()}  {row.minutes:7.1f} min  +{row.since_previous:.1f}"
            f"  {row.step} by {row.by}{', by a file' if row.through else ''}"
        )
    if found.mark is None or found.minutes_left is None:
        click.echo("  the clock starts with: stopjihad alert draft")
    elif found.published_after is not None:
        word = "within" if found.in_time else "later than"
        click.echo(f"  published after {found.published_after:.1f} min, {word} 90 minutes")
    elif found.minutes_left >= 0:
        click.echo(f"  {found.minutes_left:.1f} min left of 90, until {found.mark.isoformat()}")
    else:
        click.echo(f"  the 90 minutes were over {-found.minutes_left:.1f} min ago")
