"""``stopjihad correct``: say what was wrong with a talking point, or that it is told no more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stopjihad.cli import common, console
from stopjihad.model.correction import CORRECTION_CHARACTERS

if TYPE_CHECKING:
    from stopjihad.model.posting import Posting
    from stopjihad.model.project import Project
    from stopjihad.text.yaml.fields import Edit
    from stopjihad.text.yaml.tree import Value


@click.command("correct")
@click.argument("point")
@click.option("--why", required=True, metavar="TEXT", help="What was wrong, said to readers.")
@click.option("--was", metavar="TEXT", help="The words that were wrong, shown struck out.")
@click.option("--withdraw", is_flag=True, help="The point is told no more: its page says so.")
@common.campaign_option
@click.pass_context
def command(
    ctx: click.Context,
    point: str,
    why: str,
    was: str | None,
    withdraw: bool,  # noqa: FBT001  click passes flags so
    campaign: str | None,
) -> None:
    r"""Write into a talking point what was wrong with it, or that it was withdrawn, and when.

    Change the words themselves as always. Its page, the feed and what machines read then say what
    was wrong; where a withdrawn point stood, its page says that, with the helplines. What people
    posted of it by hand is listed: nobody but them can correct that.

    \b
    Example:
      stopjihad correct letters-home --why "Until 1 December we wrote 40; the study says 27."
      stopjihad correct letters-home --withdraw --why "The source took its report back."
    """
    from stopjihad.model.posting import standing_postings

    if was and withdraw:
        raise click.UsageError(
            "--was goes with a correction: the old words of a point that is "
            "withdrawn are not repeated"
        )
    for option, text in (("--why", why), ("--was", was)):
        if text is not None and not 0 < len(text.strip()) <= CORRECTION_CHARACTERS:
            raise click.UsageError(
                f"{option} has {len(text.strip())} characters; write 1 to {CORRECTION_CHARACTERS}"
            )
    root = common.workspace_of(ctx)
    slug = common.campaign_of(root, campaign)
    project = _readable_project(root, slug)
    _require_point(project, point)
    path = _write(root, f"campaigns/{slug}/points/{point}.md", _said(why, was), withdraw=withdraw)
    click.echo(f"{root / path}: {'withdrawn' if withdraw else 'corrected'}, {common.today()}")
    posted = standing_postings(project.postings) if project else ()
    _list_posted([one for one in posted if one.point == point])
    click.echo(
        "Next: have the words approved, and what was wrong translated (a language without that\n"
        "  shows the day alone), then: stopjihad build, stopjihad publish,\n"
        f"  stopjihad queue list {point} (schedulers), stopjihad kit mail {point} (partners)"
    )


def _readable_project(root: Path, slug: str) -> Project | None:
    """Read the campaign; where another file is broken, taking back does not wait for it."""
    from stopjihad.problem import ProblemsFound
    from stopjihad.translate.po_files import read_project

    try:
        return read_project(root, slug)
    except ProblemsFound:
        return None


def _require_point(project: Project | None, point: str) -> None:
    from stopjihad.text.ids import id_fault
    from stopjihad.text.nearest import close_name

    if project is None:
        if fault := id_fault(point):
            raise click.UsageError(f"'{point}' cannot be an id: {fault}")
        return
    every = (*project.points, *project.draft_points, *project.withdrawn_points)
    known = [one.record.id for one in every]
    if point not in known:
        close = close_name(point, known)
        hint = f"; did you mean '{close}'?" if close else ""
        raise click.UsageError(f"there is no talking point '{point}'{hint}")


def _said(why: str, was: str | None) -> dict[str, Value]:
    """Give what stands in the file: the day, why, and the words that were wrong."""
    said: dict[str, Value] = {"day": common.today().isoformat(), "why": why.strip()}
    return said | ({"was": was.strip()} if was else {})


def _write(root: Path, path: str, said: dict[str, Value], *, withdraw: bool) -> str:
    """Write it into the file of a talking point, and give the file's path."""
    from stopjihad.problem import ProblemsFound
    from stopjihad.studio.saver import Conflict, Saver, WantedEdit
    from stopjihad.text.yaml.fields import Insert, SetField, value_at, values
    from stopjihad.text.yaml.patch import CannotChange
    from stopjihad.text.yaml.tree import NoSuchPlace

    saver = Saver(root)
    try:
        file = saver.load(path)
        before = value_at(values(file.text), ("withdrawn" if withdraw else "corrections",))
        number = len(before) if isinstance(before, list) else 0
        edit: Edit = (
            SetField(("withdrawn",), said) if withdraw else Insert(("corrections",), number, said)
        )
        done = saver.save(path, [WantedEdit(edit, before)], file.digest)
    except ProblemsFound as found:
        console.fail(found.problems, "text", root)
    except (NoSuchPlace, CannotChange) as fault:
        raise click.UsageError(f"{path} cannot be changed ({fault}): stopjihad check") from None
    if isinstance(done, Conflict):
        raise click.UsageError(f"{path} was changed in this moment: once more")
    return path


def _list_posted(posted: list[Posting]) -> None:
    """List what people posted of it."""
    if posted:
        click.echo("Posted by hand; take each down, or correct it there:")
    for one in posted:
        click.echo(f"  {one.day}  {one.platform}/{one.language}  {one.link or '(no link)'}")
