"""People who are elsewhere: a file asks them, and the code that comes back is their answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stopjihad.cli import common, console, reviewer

if TYPE_CHECKING:
    from stopjihad.build.text_approval import AskedWhole
    from stopjihad.model.project import Project

F = TypeVar("F", bound=Callable[..., Any])


def options_file(function: F) -> F:
    """Ask for whom a file is made and where, or for the code that came back from one."""
    for option in (
        click.option("--code", help="Take the code that came back from such a file."),
        click.option(
            "--output",
            "-o",
            "file",
            metavar="FILE",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Where that file is written (.html).",
        ),
        click.option(
            "--send-to", "to", metavar="NAME", help="Make a file that asks NAME, elsewhere."
        ),
    ):
        function = option(function)
    return function


def is_asked(chosen: dict[str, Any]) -> bool:
    """Tell whether a file is meant, or its code; wrong usage where they do not go together."""
    to, code = chosen["to"], chosen["code"]
    if bool(to) != bool(chosen["file"]):
        raise click.UsageError("--send-to NAME goes with --output FILE")
    asked = [chosen["by"].strip(), to, code]
    if (to or code) and sum(1 for one in asked if one) != 1:
        raise click.UsageError("say one of: --by NAME, --send-to NAME with --output, --code CODE")
    return bool(to or code)


def approve(ctx: click.Context, what: tuple[str, ...], style: str, chosen: dict[str, Any]) -> None:
    """Make a file about one talking point or page, or take the code that came back from it."""
    from stopjihad.build.alert_sheet import shared_words
    from stopjihad.build.text_approval import issue, take_answer

    root, project = reviewer.campaign_of(ctx, chosen["campaign"], style)
    project = project.as_written
    of = _whole(project, chosen["language"], what)
    with reviewer.exit_on_problems(root, style):
        shared = shared_words(root, project.campaign.record.id)
        if chosen["code"]:
            taken = take_answer(root, project, of, chosen["code"], shared, common.now())
        else:
            to = reviewer.who(chosen["to"])
            issued = issue(root, project, of, to, shared, common.now())
    if not chosen["code"]:
        write_private(chosen["file"], issued.data)
    if style == "json":
        made = {"file": str(chosen["file"]), "to": chosen["to"]}
        console.print_json(taken if chosen["code"] else {**made, "expires": issued.expires})
    elif not chosen["code"]:
        click.echo(f"{chosen['file']}: for {to} alone, {of.key} in {of.language}")
        say_how(issued.expires)
        name = f"--language {of.language} {of.key}"
        click.echo(f"  the answer: stopjihad review approve {name} --code CODE")
    elif taken.answer == "yes":
        click.echo(f"{taken.lines} approved by {taken.by}, by a file")
    else:
        click.secho(f"{of.key}: {taken.by} said no, by a file; ask why", fg="yellow")


def say_how(expires: dt.datetime) -> None:
    """Say how a file is sent, and until when its codes count."""
    click.echo(f"  its codes count once, until {expires.isoformat()}; anybody who has the")
    click.echo("  file can answer: send it by a way that only this person reads, then delete it")


def write_private(file: Path, data: bytes) -> None:
    """Write a file that only this user reads."""
    import os

    from stopjihad import disk

    try:
        disk.put(str(file), data)
        file.chmod(0o600)
    except OSError as error:
        console.fail((disk.explain(error, os.fspath(file)),), "text", file.parent)


def _whole(project: Project, language: str, what: tuple[str, ...]) -> AskedWhole:
    """Find the one whole that is meant; wrong usage for a name that is not there, or several."""
    from stopjihad.build.text_approval import AskedWhole
    from stopjihad.text.nearest import close_name
    from stopjihad.translate.status import key_of, signable_states

    reviewer.check_language(project, language)
    keys = {key_of(one.segment.context) for one in signable_states(project, language)}
    name = what[0]
    if len(what) > 1 or name not in keys:
        close = close_name(name, keys)
        hint = f"did you mean '{close}'?" if close else "name one talking point or page"
        if len(what) > 1 or name == "all":
            raise click.UsageError("a file asks about one talking point or page; name one")
        raise click.UsageError(f"nothing is called '{name}' in {language}; {hint}")
    return AskedWhole(name, language)
