"""``stopjihad alert``: a notice in a crisis, in all languages and outputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import (
    approval,
    common,
    console,
    notice_list,
    notice_words,
    readiness,
    rehearsal,
    reviewer,
)
from stopjihad.model.review import CAUSES

if TYPE_CHECKING:
    from stopjihad.build.alert import Sent
    from stopjihad.build.request import Request
    from stopjihad.model.alert import Alert
    from stopjihad.model.project import Document, Project
    from stopjihad.model.review import AlertStep, Cause


@click.group("alert")
def command() -> None:
    r"""Send a notice in a crisis: from approved words, in all languages and outputs at once.

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


command.add_command(notice_words.show)
command.add_command(notice_list.list_notices)
command.add_command(readiness.ready)


@command.command("draft")
@click.argument("name", metavar="ID")
@reviewer.option_by
@reviewer.options_place
def draft(ctx: click.Context, name: str, by: str, style: str, **chosen: Any) -> None:
    r"""Say in the ledger that a notice is being written: the clock starts.

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


def _options_alone(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let one person answer for a notice when no second one can be reached."""
    alone = click.option("--alone", is_flag=True, help="No second person can be reached.")
    return alone(
        click.option("--reason", default="", help="Why one person sends it alone.")(function)
    )


@command.command("publish")
@click.argument("name", metavar="ID")
@click.option("--yes", is_flag=True, help="Send it though its moments do not go with the clock.")
@reviewer.option_by
@_options_alone
@common.output_option
@common.jobs_option
@reviewer.options_place
def publish(ctx: click.Context, name: str, style: str, **chosen: Any) -> None:
    r"""Build the site with a notice that two people approved; stage the site after its end.

    Upload the site as always. An exercise goes into a folder of its own. Where no second person
    can be reached, --alone sends it in one name: the page, every check and the board say so, until
    a second person has approved it.

    \b
    Example:
      stopjihad alert publish lyon --by Nour
      stopjihad alert publish lyon --by Nour --alone --reason "Nobody answers, shots are heard."
    """
    _send(ctx, name, style, chosen, again=False)


@command.command("update")
@click.argument("name", metavar="ID")
@click.option("--yes", is_flag=True, help="Send it though its moments do not go with the clock.")
@reviewer.option_by
@_options_alone
@common.output_option
@common.jobs_option
@reviewer.options_place
def update(ctx: click.Context, name: str, style: str, **chosen: Any) -> None:
    r"""Send a notice again with new slots; two people have approved them, too.

    \b
    Example:
      stopjihad alert update lyon --by Nour
    """
    _send(ctx, name, style, chosen, again=True)


def _send(
    ctx: click.Context, name: str, style: str, chosen: dict[str, Any], *, again: bool
) -> None:
    import msgspec

    from stopjihad.build.alert_workflow import send
    from stopjihad.build.prepared_alert import prepare
    from stopjihad.review.alert_steps import last_published

    root, inputs = reviewer.notice_of(ctx, chosen["campaign"], style, name)
    project = inputs.project
    who, why = reviewer.who(chosen["by"]), chosen["reason"].strip()
    if chosen["alone"] != bool(why):
        raise click.UsageError('one person alone says why: --alone --reason "…"')
    with reviewer.exit_on_problems(root, style):
        prepared = prepare(project, name)
        if why:
            approval.answer_alone(root, project, prepared, who)
            inputs = reviewer.notice_of(ctx, chosen["campaign"], style, name)[1]
            project = inputs.project
    out = last_published(prepared.steps)
    if again and out is None:
        raise click.UsageError(f"'{name}' was not published yet: stopjihad alert publish {name}")
    if not again and out is not None:
        raise click.UsageError(f"'{name}' was published before: stopjihad alert update {name}")
    _confirm(root, project, prepared.document, style, yes=chosen["yes"])
    with reviewer.exit_on_problems(root, style):
        asked = msgspec.structs.replace(_request(root, chosen), alone=why)
        sent = send(root, inputs, name, who, asked, common.now)
    _print_sent(sent, style, project)
    for person in prepared.approval.refused if style != "json" else ():
        click.secho(f"  {person} said no to these very words", fg="yellow")
    if inputs.said and style == "text":
        click.secho(f"  campaign.yaml: {inputs.said}", fg="yellow", err=True)
    if why and style != "json":
        click.secho(f"  {who} ALONE answers for it: {why}", fg="red", bold=True)
        click.secho(
            f"  a second person, as soon as possible: stopjihad alert approve {name}", fg="red"
        )


def _confirm(
    root: Path, project: Project, document: Document[Alert], style: str, *, yes: bool
) -> None:
    """Say which moments do not go with the clock; one confirmation sends it all the same."""
    from stopjihad.render.alert.check import doubtful_moments

    found = tuple(doubtful_moments(document, project, common.now()))
    if found and not yes and not console.confirm(found, style):
        click.echo("a confirmation is needed: --yes sends it all the same", err=True)
        console.fail(found, style, root)


def _request(root: Path, chosen: dict[str, Any]) -> Request:
    from stopjihad.build.request import Request
    from stopjihad.disk.program import code_digest

    return Request(
        out=(chosen["output"] or root.resolve() / "dist").absolute(),
        today=common.today(),
        now=common.now(),
        code=code_digest(),
        jobs=chosen["jobs"],
    )


def _print_sent(sent: Sent, style: str, project: Project) -> None:
    if style == "json":
        console.print_json(sent)
        return
    what = "exercise, " if sent.exercise else ""
    click.echo(f"{sent.id}: {what}{len(sent.languages)} languages, {sent.files} files")
    reviewer.say_left_out(sent.left_out)
    click.echo(f"  holds until {reviewer.shown_moment(sent.ends, project)}")
    page = f"{sent.languages[0]}/alert/index.html" if sent.siteless else "index.html"
    click.echo(f"  {sent.seconds['all']:.1f} s   look at {sent.folder}/site/{page}")
    if sent.siteless:
        words = "there is no site here: publish lays the notice over what the target holds"
        click.secho(f"  {words}", fg="yellow")
    if not sent.exercise:
        click.echo("  readers do not see it yet: stopjihad publish TARGET (a name of targets.yaml)")
        own = f"alert/{sent.id}"
        click.echo(f"  posts to stop first: {own}/pause.csv; whom to call: {own}/call-sheet.txt")
        click.echo(f"  when it is over: stopjihad alert end {sent.id} --why over --by NAME")
    if sent.debts:
        click.secho(f"  {len(sent.debts)} fault(s) elsewhere stopped nothing of it:", fg="yellow")
        for problem in sent.debts:
            click.echo(f"  {problem}")


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
    r"""Take a notice away: switch to the site that was staged when it was published.

    For 48 hours readers are told what was taken away, when and why.

    \b
    Example:
      stopjihad alert end lyon --why over --by Nour
      stopjihad alert end lyon --withdraw --why false-alarm --by Nour
      stopjihad alert end lyon --by timer --if-over
    """
    from stopjihad.build.alert import cancel
    from stopjihad.build.alert_workflow import take_away
    from stopjihad.build.notice_inputs import read_for_notice
    from stopjihad.review.alert_status import sent_out
    from stopjihad.review.alert_steps import alert_of, steps_of

    root, inputs = reviewer.notice_of(ctx, chosen["campaign"], style)
    project, who, now = inputs.project, reviewer.who(chosen["by"]), common.now()
    steps = steps_of(project.reviews, name)
    out = sent_out(steps)
    alert = alert_of(out) if out else None
    if alert is None:
        if chosen["if_over"] and steps:
            click.echo(f"{name}: it is gone already")
            return
        raise click.UsageError(f"no notice '{name}' is published")
    if chosen["if_over"] and alert.ends > now:
        click.echo(f"{name}: holds until {reviewer.shown_moment(alert.ends, project)}")
        return
    what: AlertStep = "withdraw" if chosen["withdrawn"] else "end"
    cause = _cause(what, chosen["why"], over=alert.ends <= now)

    def stands() -> str:
        kept = read_for_notice(root.resolve(), project.campaign.record.id).project.reviews
        held = sent_out(steps_of(kept, name))
        return (
            console.UNCHANGED if held else "the ledger has its end: publish TARGET carries it out."
        )

    with reviewer.exit_on_problems(root, style, stands):
        step = (what, who, chosen["reason"])
        asked = _request(root, {"jobs": 0, **chosen})
        seconds = take_away(root, inputs, name, step, asked, cause)
    if style != "json":
        done = "withdrawn" if what == "withdraw" else "ended"
        click.echo(f"{name}: {done} in {seconds:.2f} s")
    with reviewer.exit_on_problems(root, style):
        cancelled = cancel(
            root.resolve(), project.campaign.record.id, alert, _request(root, {"jobs": 0, **chosen})
        )
    if cancelled and style != "json":
        click.echo("  site/cap.xml tells machines that it is cancelled")
    if style != "json" and not alert.exercise:
        click.echo("  readers see it still: stopjihad publish TARGET (a name of targets.yaml)")
    if style == "json":
        console.print_json({"id": name, "step": what, "seconds": seconds, "cancelled": cancelled})


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
    r"""Print the minutes between the steps of a notice, and the mark of 90 minutes.

    \b
    Example:
      stopjihad alert clock lyon
    """
    from stopjihad.build.prepared_alert import prepare
    from stopjihad.review.alert_clock import clock_of
    from stopjihad.review.alert_lines import NoticeLine
    from stopjihad.review.alert_state import state_of
    from stopjihad.review.alert_steps import steps_of

    root, project = reviewer.campaign_of(ctx, chosen["campaign"], style, f"alerts/{name}.yaml")
    steps = steps_of(project.reviews, name)
    known = any(one.record.id == name for one in project.alerts)
    lines: Sequence[NoticeLine] = ()
    if known:
        with reviewer.exit_on_problems(root, style):
            lines = prepare(project, name).lines
    if not known and not steps:
        raise click.UsageError(f"no notice '{name}': stopjihad new alert {name}")
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


@command.command("drill")
@click.argument("template", required=False)
@click.option("--random", "chosen", is_flag=True, help="Let the program choose what happens.")
@click.option("--place", metavar="ID", help="Where it happens: a place of campaign.yaml.")
@click.option("--target", metavar="ID", help="Upload it there: a target for exercises.")
@common.output_option
@common.jobs_option
@reviewer.options_place
def drill(ctx: click.Context, template: str | None, style: str, **chosen: Any) -> None:
    r"""Practise: make a notice of nothing, with "Exercise" first in every language and picture.

    It takes the road of a notice in earnest, over the last good site, into a folder of its own
    below drills/; then it is taken back. Only a target for exercises takes it.

    \b
    Example:
      stopjihad alert drill attack-under-way --place central-station --format json
      stopjihad alert drill --random --target rehearsal
    """
    from stopjihad.build.drill import Practice, practise

    root, inputs = reviewer.notice_of(ctx, chosen["campaign"], style)
    project, name = inputs.project, chosen["target"]
    alert = _drilled(project, template, chosen["place"], chosen=chosen["chosen"])
    with reviewer.exit_on_problems(root, style):
        upload = rehearsal.uploader(root.resolve(), project.campaign.record.id, name)
        practice = Practice(common.now, upload if name else None)
        found = practise(inputs, alert, _request(root, chosen), practice)
    _print_sent(found, style, project)
    if style != "json":
        _print_practice(found)


def _print_practice(found: Sent) -> None:
    """Say when a reader could have seen an exercise, and where it is taken back."""
    from stopjihad.build.drill import TAKEN_BACK

    if "reader" in found.seconds:
        click.echo(f"  a reader could see it after {found.seconds['reader']:.1f} s")
    above, _, slug = found.folder.rpartition("/")
    click.echo(f"  taken back in {found.seconds['taken back']:.1f} s: {above}/{TAKEN_BACK}/{slug}")


def _drilled(project: Project, template: str | None, place: str | None, *, chosen: bool) -> Alert:
    """Make the notice of an exercise, of what and where it was asked for."""
    from stopjihad.build.drill import draw_drill, make_drill
    from stopjihad.text.nearest import nearest

    templates = [one.record.id for one in project.alert_templates]
    places = [one.id for one in project.campaign.record.places]
    authorities = [one.id for one in project.campaign.record.authorities]
    for known, what in ((templates, "template"), (places, "place"), (authorities, "authority")):
        if not known:
            raise click.UsageError(f"the campaign names no {what}: see docs/crisis.md")
    drawn = draw_drill(project)
    name = template or (drawn.template if chosen else "")
    where = place or (drawn.place if chosen else places[0])
    if name not in templates:
        raise click.UsageError(f"no template '{name}'; {nearest(name, templates)}")
    if where not in places:
        raise click.UsageError(f"no place '{where}'; {nearest(where, places)}")
    return make_drill(project, name, where, common.now())
