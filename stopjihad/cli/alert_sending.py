"""``stopjihad alert publish`` and ``update``: an alert goes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import approval, common, console, reviewer

if TYPE_CHECKING:
    from stopjihad.build.alert import AlertReport
    from stopjihad.build.request import Request
    from stopjihad.model.alert import Alert
    from stopjihad.model.project import Document, Project


def _options_sending(function: Callable[..., Any]) -> Callable[..., Any]:
    """Take what both commands ask before an alert goes out."""
    for add in (
        reviewer.options_place,
        common.jobs_option,
        common.output_option,
        click.option("--reason", default="", help="Why one person sends it alone."),
        click.option("--alone", is_flag=True, help="No second person can be reached."),
        reviewer.option_by,
        click.option(
            "--yes", is_flag=True, help="Send it though its moments do not go with the clock."
        ),
        click.argument("name", metavar="ID"),
    ):
        function = add(function)
    return function


@click.command("publish")
@_options_sending
def publish(ctx: click.Context, name: str, style: str, **chosen: Any) -> None:
    r"""Build the site with an alert that two people approved; stage the site after its end.

    Upload the site as always. An exercise goes into a folder of its own. Where no second person
    can be reached, --alone sends it in one name: the page, every check and the board say so, until
    a second person has approved it.

    \b
    Example:
      stopjihad alert publish lyon --by Nour
      stopjihad alert publish lyon --by Nour --alone --reason "Nobody answers, shots are heard."
    """
    _send(ctx, name, style, chosen, again=False)


@click.command("update")
@_options_sending
def update(ctx: click.Context, name: str, style: str, **chosen: Any) -> None:
    r"""Send an alert again with new slots; two people have approved them, too.

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

    root, inputs = reviewer.read_alert(ctx, chosen["campaign"], style, name)
    project = inputs.project
    who, why = reviewer.who(chosen["by"]), chosen["reason"].strip()
    if chosen["alone"] != bool(why):
        raise click.UsageError('one person alone says why: --alone --reason "…"')
    with reviewer.exit_on_problems(root, style):
        prepared = prepare(project, name)
        if why:
            approval.answer_alone(root, project, prepared, who)
            inputs = reviewer.read_alert(ctx, chosen["campaign"], style, name)[1]
            project = inputs.project
    out = last_published(prepared.steps)
    if again and out is None:
        raise click.UsageError(f"'{name}' was not published yet: stopjihad alert publish {name}")
    if not again and out is not None:
        raise click.UsageError(f"'{name}' was published before: stopjihad alert update {name}")
    _confirm(root, project, prepared.document, style, yes=chosen["yes"])
    with reviewer.exit_on_problems(root, style):
        asked = msgspec.structs.replace(request_of(root, chosen), alone=why)
        sent = send(root, inputs, name, who, asked, common.now)
    print_sent(sent, style, project)
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


def request_of(root: Path, chosen: dict[str, Any]) -> Request:
    """Ask for what a command line has ``chosen``: its ``output`` and ``jobs``."""
    from stopjihad.build.request import Request
    from stopjihad.disk.program import code_digest

    return Request(
        out=(chosen["output"] or root.resolve() / "dist").absolute(),
        today=common.today(),
        now=common.now(),
        code=code_digest(),
        jobs=chosen["jobs"],
    )


def print_sent(sent: AlertReport, style: str, project: Project) -> None:
    """Print what came of an alert, or of an exercise, and what to do next."""
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
        words = "there is no site here: publish lays the alert over what the target holds"
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
