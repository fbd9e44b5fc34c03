"""``stopjihad alert``: a notice in a crisis, in all languages and outputs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, signing

if TYPE_CHECKING:
    from stopjihad.model.alert import Alert
    from stopjihad.model.loaded import Project


@click.group("alert")
def command() -> None:
    r"""Send a notice in a crisis: from approved words, in all languages and outputs at once.

    \b
    Example:
      stopjihad alert drill attack-under-way --place central-station
    """


@command.command("drill")
@click.argument("template", required=False)
@click.option("--random", "chosen", is_flag=True, help="Let the program choose what happens.")
@click.option("--place", metavar="ID", help="Where it happens: a place of campaign.yaml.")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for the results [default: dist in the workspace].",
)
@click.option("--jobs", metavar="N", type=click.IntRange(min=0), default=0, help="Processes.")
@signing.options_place
def drill(ctx: click.Context, template: str | None, style: str, **chosen: Any) -> None:
    r"""Practise: make a notice of nothing, with "Exercise" first in every language and picture.

    It is built into a folder of its own below drills/, which no command publishes.

    \b
    Example:
      stopjihad alert drill attack-under-way --place central-station --format json
      stopjihad alert drill --random
    """
    import msgspec

    from stopjihad.build.alert import run_drill
    from stopjihad.build.driver import Request
    from stopjihad.disk.code import code_digest
    from stopjihad.problem import ProblemsFound

    root, project = signing.campaign_of(ctx, chosen["campaign"], style)
    alert = _drilled(project, template, chosen["place"], chosen=chosen["chosen"])
    out = (chosen["output"] or root / "dist").absolute()
    request = Request(out=out, today=common.today(), code=code_digest(), jobs=chosen["jobs"])
    try:
        found = run_drill(root.resolve(), project.campaign.record.id, alert, request)
    except ProblemsFound as problems:
        common.fail(problems.problems, style, root)
    if style == "json":
        click.echo(msgspec.json.encode(found))
        return
    click.echo(f"{found.id}: {len(found.languages)} languages, {found.files} files")
    for tag, reason in found.left_out.items():
        click.secho(f"  left out: {tag} ({reason})", fg="yellow")
    click.echo(f"  {found.seconds['all']:.1f} s   look at {found.folder}/site/index.html")


def _drilled(project: Project, template: str | None, place: str | None, *, chosen: bool) -> Alert:
    """Make the notice of an exercise: what and where, an hour until the next word."""
    import random

    from stopjihad.check.finding import nearest
    from stopjihad.model.alert import Alert

    templates = [one.record.id for one in project.alert_templates]
    places = [one.id for one in project.campaign.record.places]
    authorities = [one.id for one in project.campaign.record.authorities]
    for known, what in ((templates, "template"), (places, "place"), (authorities, "authority")):
        if not known:
            raise click.UsageError(f"the campaign names no {what}: see docs/crisis.md")
    draw = random.SystemRandom()
    name = template or (draw.choice(templates) if chosen else "")
    where = place or (draw.choice(places) if chosen else places[0])
    if name not in templates:
        raise click.UsageError(f"no template '{name}'; {nearest(name, templates)}")
    if where not in places:
        raise click.UsageError(f"no place '{where}'; {nearest(where, places)}")
    now = common.now()
    return Alert(
        id=f"drill-{now:%Y%m%d-%H%M%S}",
        template=name,
        status="exercise",
        place=where,
        since=now - dt.timedelta(minutes=10),
        confirmed_by=authorities[0],
        next_update=now + dt.timedelta(hours=1),
        sent=now,
    )
