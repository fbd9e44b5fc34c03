"""``stopjihad queue``: what schedulers were given, to be corrected or stopped there by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.model.project import Project
    from stopjihad.render.post.export.formats import ExportJob


@click.group("queue")
def command() -> None:
    r"""List, stop and resume what schedulers were given; nothing is done there by itself.

    \b
    Example:
      stopjihad queue list
      stopjihad queue pause
    """


_DIST = common.dist_option
_OUTPUT = click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files [default: queue/ here].",
)


@command.command("list")
@click.argument("point", required=False)
@common.campaign_option
@_DIST
@click.pass_context
def list_queue(
    ctx: click.Context, point: str | None, campaign: str | None, dist: Path | None
) -> None:
    r"""List what was exported or posted and says something else than its draft of today.

    Each with what it says, and what it should say. What somebody corrected or deleted there goes
    from the list with 'queue done'.

    \b
    Example:
      stopjihad queue list letters-home
    """
    from stopjihad.build.tree.inventory import EXPORTS
    from stopjihad.model.queued import standing_queue
    from stopjihad.render.post.export.queue import draft_texts, judge_item

    job, project, slug = _read(ctx, campaign, dist)
    texts = draft_texts(job)
    wrong = [one for one in standing_queue(project.exports) if judge_item(one, job) != "current"]
    shown = [one for one in wrong if point is None or one.post.endswith(f"/{point}")]
    for one in shown:
        when = one.at.isoformat(" ", "minutes") if one.at else "no time"
        click.secho(f"{one.scheduler}  {when}  {one.post}  [{one.line[:8]}]", bold=True)
        click.echo(f"  it says: {one.begins}")
        _print_right(texts.get(one.post) if judge_item(one, job) == "changed" else None)
    kept = (dist or common.workspace_of(ctx).resolve() / "dist") / slug / EXPORTS
    for name in sorted({one.scheduler for one in shown if (kept / one.scheduler).is_dir()}):
        click.echo(f"{kept / name} is of before, too: stopjihad export {name}")
    posted = _print_posted(project, job, texts, point)
    if not shown and not posted:
        click.echo("nothing that was exported or posted says anything else than its draft of today")
        return
    raise SystemExit(console.FOUND)


def _print_right(text: str | None) -> None:
    if text is None:
        click.echo("  delete it: it is not told any more, or not to be sent out now")
        return
    click.echo("  it should say:")
    for line in text.splitlines():
        click.echo(f"    {line}")


def _print_posted(
    project: Project, job: ExportJob, texts: Mapping[str, str], point: str | None
) -> int:
    """List what people posted by hand that says something else now; give how many those are."""
    from stopjihad.model.posting import draft_digest, standing_postings

    now = {one.post: draft_digest(one.digest) for one in job.entries}
    count = 0
    for one in standing_postings(project.postings):
        if (point is not None and one.point != point) or now.get(one.post) == one.words:
            continue
        count += 1
        click.secho(f"posted  {one.day}  {one.post}  {one.link or '(no link)'}", bold=True)
        _print_right(texts.get(one.post))
    return count


@command.command("pause")
@common.campaign_option
@_DIST
@_OUTPUT
@click.option("--hours", type=click.IntRange(1, 24 * 60), help="Instead of until the alert ends.")
@click.pass_context
def pause(
    ctx: click.Context,
    campaign: str | None,
    dist: Path | None,
    output: Path | None,
    hours: int | None,
) -> None:
    r"""Say for each scheduler what is queued while an alert holds, and how it is stopped there.

    The next six hours come first. For each scheduler there is a list, and a file of what goes out
    later, to be imported in the place of what was deleted.

    \b
    Example:
      stopjihad queue pause
    """
    from stopjihad.model.queued import standing_queue
    from stopjihad.render.post.export.queue import (
        HOURS,
        list_stopped,
        pause_until,
        stopped_posts,
    )

    job, project, _ = _read(ctx, campaign, dist)
    now = common.now()
    until = now + dt.timedelta(hours=hours) if hours else pause_until(project.reviews, now)
    halted = _with_halt(job, now, until)
    every = stopped_posts(standing_queue(project.exports), now, until)
    folder = output or Path("queue")
    soon = now + dt.timedelta(hours=HOURS)
    for name, items in every.items():
        first = [one for one in items if one.at and one.at < soon]
        click.secho(f"{name}: {len(items)} post(s) until {_wall(until, job)}", bold=True)
        for one in first:
            assert one.at is not None
            click.echo(f"  {_wall(one.at, job)}  {one.post}  {one.begins[:60]}")
        _print_steps(name)
        common.write_file(folder / name / "stop.csv", list_stopped(items))
        click.echo(f"  all of them: {folder / name / 'stop.csv'}")
        _write_export(folder / name / "instead", name, halted)
    if not every:
        click.echo(f"nothing that was exported is due until {_wall(until, job)}")
        return
    click.echo(f"Afterwards: stopjihad queue resume --since {now.isoformat(timespec='minutes')}")


@command.command("resume")
@common.campaign_option
@_DIST
@_OUTPUT
@click.option(
    "--since", required=True, metavar="MOMENT", help="When posts were stopped (ISO 8601)."
)
@click.option("--until", metavar="MOMENT", help="Until when they were stopped [default: now].")
@click.pass_context
def resume(
    ctx: click.Context,
    campaign: str | None,
    dist: Path | None,
    output: Path | None,
    since: str,
    until: str | None,
) -> None:
    r"""Let what was stopped go on: with the words of today, each on its next free day.

    What is told no more, out of date or over is named and left out. Build again first.

    \b
    Example:
      stopjihad queue resume --since 2026-12-01T12:00+01:00
    """
    import msgspec

    from stopjihad.model.queued import standing_queue
    from stopjihad.render.post.export.formats import export
    from stopjihad.render.post.export.queue import queued_lines, resume_posts, stopped_posts
    from stopjihad.review.ledger import append_exports

    job, project, slug = _read(ctx, campaign, dist)
    now = common.now()
    begin, end = _moment(since), _moment(until) if until else now
    schedule = project.campaign.record.schedule
    folder = output or Path("queue")
    for name, items in stopped_posts(standing_queue(project.exports), begin, end).items():
        found = resume_posts(
            items, job, now, lambda day, lang: bool(schedule.quiet_reason(day, lang))
        )
        made = export(name, msgspec.structs.replace(job, entries=found.entries))
        for file, data in made.files.items():
            common.write_file(folder / name / "resume" / file, data)
        root = common.workspace_of(ctx).resolve()
        append_exports(root, slug, queued_lines(name, made, project.exports, now))
        click.secho(f"{name}: {len(made.entries)} post(s) in {folder / name / 'resume'}", bold=True)
        for item, verdict in found.dropped:
            why = {"gone": "is not to be sent out any more", "changed": "finds no free day"}
            click.echo(f"  left out: {item.post} {why.get(verdict, 'finds no free day')}")


@command.command("done")
@click.argument("lines", nargs=-1, required=True, metavar="NAME...")
@common.campaign_option
@click.pass_context
def done(ctx: click.Context, lines: tuple[str, ...], campaign: str | None) -> None:
    r"""Note that posts were corrected or deleted in their scheduler: 'queue list' names them.

    \b
    Example:
      stopjihad queue done 3fa94c1b
    """
    from stopjihad.build.check.survey import survey
    from stopjihad.model.queued import note_taken_out, standing_queue
    from stopjihad.review.ledger import append_exports

    root = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, campaign)
    found = survey(root, slug, common.today(), thorough=False)
    if found.project is None:
        console.fail(found.errors, "text", root)
    known = {one.line: one for one in standing_queue(found.project.exports)}
    made = []
    for given in lines:
        fits = [name for name in known if len(given) >= 8 and name.startswith(given)]
        if len(fits) != 1:
            raise click.UsageError(f"'{given}' names no exported post: stopjihad queue list")
        made.append(note_taken_out(known[fits[0]], common.now()))
    append_exports(root, slug, made)
    click.echo(f"{len(made)} noted")


def _read(
    ctx: click.Context, campaign: str | None, dist: Path | None
) -> tuple[ExportJob, Project, str]:
    from stopjihad.cli.export import export_job
    from stopjihad.problem import ProblemsFound

    root = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, campaign)
    chosen: dict[str, Any] = {"languages": (), "names": (), "accounts": ()}
    try:
        job, project = export_job(root, (dist or root / "dist").absolute() / slug, slug, chosen)
    except ProblemsFound as found:
        console.fail(found.problems, "text", root)
    return job, project, slug


def _with_halt(job: ExportJob, begin: dt.datetime, end: dt.datetime) -> ExportJob:
    import msgspec

    return msgspec.structs.replace(job, halt=(begin, end))


def _wall(moment: dt.datetime, job: ExportJob) -> str:
    from stopjihad.catalog.timezones import time_zone

    return moment.astimezone(time_zone(job.timezone)).isoformat(" ", "minutes")


def _moment(text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise click.UsageError(f"'{text}' is no moment with an offset: 2026-12-01T12:00+01:00")
    return found


def _print_steps(name: str) -> None:
    from stopjihad.catalog.schedulers import stop_steps

    found = stop_steps(name)
    for number, step in enumerate(found.steps, 1):
        click.echo(f"  {number}. {step}")
    if found.source:
        click.echo(f"     ({found.source})")


def _write_export(folder: Path, name: str, job: ExportJob) -> None:
    from stopjihad.load.announced import found_exporters
    from stopjihad.render.post.export.formats import export

    for file, data in export(name, job, found_exporters()).files.items():
        common.write_file(folder / file, data)
