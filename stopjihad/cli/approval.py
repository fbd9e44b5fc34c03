"""``stopjihad alert approve``: at the machine, by a file for a person elsewhere, by its code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console, elsewhere, reviewer

if TYPE_CHECKING:
    from stopjihad.build.prepared_alert import PreparedAlert
    from stopjihad.model.project import Project
    from stopjihad.model.review import AlertStep


@click.command("approve")
@click.argument("name", metavar="ID")
@reviewer.option_by
@elsewhere.options_file
@common.language_option("-l")
@reviewer.options_place
def approve(ctx: click.Context, name: str, by: str, style: str, **chosen: Any) -> None:
    r"""Approve an alert as it stands, slots and words in every language: read it with show first.

    Two different people must do so. One letter changed afterwards, and nothing is sent. A person
    who is elsewhere gets a file with the words and two codes, yes and no, for a phone: it needs no
    program. The code that is read aloud or sent back counts once, for some hours.

    \b
    Example:
      stopjihad alert approve lyon --by Nour
      stopjihad alert approve lyon --send-to Ida --output for-ida.html
      stopjihad alert approve lyon --code 7K3QF-M2XZ9-T4B8C
    """
    to, code, file = chosen["to"], chosen["code"], chosen["file"]
    asked = [by.strip(), to, code]
    if sum(one not in {None, ""} for one in asked) != 1:
        raise click.UsageError("say one of: --by NAME, --send-to NAME with --output, --code CODE")
    if bool(to) != bool(file) or (chosen["languages"] and not to):
        raise click.UsageError("--send-to NAME goes with --output FILE; --language with both")
    if to is not None:
        _ask(ctx, name, to.strip(), style, chosen)
    elif code is not None:
        _take(ctx, name, code, style, chosen["campaign"])
    else:
        sign(ctx, name, by, style, chosen["campaign"], "approve")


def sign(
    ctx: click.Context, name: str, by: str, style: str, campaign: str | None, what: AlertStep
) -> None:
    """Begin an alert, or approve it, at the machine."""
    from stopjihad.build.alert_workflow import sign as sign_alert

    root, inputs = reviewer.read_alert(ctx, campaign, style, name)
    project, who = inputs.project, reviewer.who(by)
    with reviewer.exit_on_problems(root, style):
        signed = sign_alert(root, project, name, (what, who), common.now())
    if style == "json":
        console.print_json(signed)
        return
    times = "twice" if len(signed.people) > 1 else "once"
    said = "drafted" if what == "draft" else f"approved {times}"
    click.echo(f"{name}: {said}, in {len(signed.languages)} languages")
    click.echo(f"  what it says: stopjihad alert show {name}")
    reviewer.say_left_out(signed.left_out)


def answer_alone(root: Path, project: Project, prepared: PreparedAlert, who: str) -> None:
    """Approve an alert in the one name that answers for it, unless it has."""
    from stopjihad.build.alert_workflow import same_person
    from stopjihad.build.alert_workflow import sign as sign_alert
    from stopjihad.review.alert_approval import PEOPLE

    if len(prepared.approval.people) >= PEOPLE:
        raise click.UsageError("two people have approved it: send it without --alone")
    if same_person(prepared, who) is None:
        sign_alert(root, project, prepared.id, ("approve", who), common.now())


def _ask(ctx: click.Context, name: str, to: str, style: str, chosen: dict[str, Any]) -> None:
    from stopjihad.build.alert_sheet import shared_words
    from stopjihad.build.approval_file import issue

    root, inputs = reviewer.read_alert(ctx, chosen["campaign"], style, name)
    project = inputs.project
    wanted: tuple[str, ...] = chosen["languages"]
    for tag in wanted:
        reviewer.check_language(project, tag)
    file: Path = chosen["file"]
    with reviewer.exit_on_problems(root, style):
        shared = shared_words(root, project.campaign.record.id)
        issued = issue(root, project, name, reviewer.who(to), shared, (common.now(), wanted))
    elsewhere.write_private(file, issued.data)
    if style == "json":
        console.print_json({"file": str(file), "to": to, "languages": issued.languages,
                            "expires": issued.expires})  # fmt: skip
        return
    click.echo(f"{file}: for {to} alone, {len(issued.languages)} languages")
    if wanted:
        click.echo("  signed in these alone, the alert goes out in no other language")
    elsewhere.say_how(issued.expires)
    click.echo(f"  the answer: stopjihad alert approve {name} --code CODE")


def _take(ctx: click.Context, name: str, code: str, style: str, campaign: str | None) -> None:
    from stopjihad.build.approval_file import take_code

    root, project = reviewer.campaign_of(ctx, campaign, style, needed=f"alerts/{name}.yaml")
    with reviewer.exit_on_problems(root, style):
        taken = take_code(root, project, name, code, common.now())
    if style == "json":
        console.print_json(taken)
    elif taken.answer == "yes":
        click.echo(f"{name}: approved by {taken.by}, by a file")
        click.echo(f"  approved {'twice' if len(taken.people) > 1 else 'once'}")
    else:
        click.secho(f"{name}: {taken.by} said no, by a file; ask why", fg="yellow")
