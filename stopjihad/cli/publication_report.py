"""Print what a publication would do or did, and what a target can return to: words, or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import console
from stopjihad.problem import UNSEEN

if TYPE_CHECKING:
    from stopjihad.publish.changes import Changes, Outcome
    from stopjihad.publish.channel import Channel
    from stopjihad.publish.publish_request import PublishRequest
    from stopjihad.publish.site_record import SiteRecord

SHOWN = 12
"""Paths of each sort that a plan prints; JSON holds all."""

_COUNTS = ("uploads", "resumed", "removed", "checked")


def print_plan(changes: Changes, asked: PublishRequest, style: str) -> None:
    """Print what a publication would do."""
    if style == "json":
        plan = {"campaign": asked.campaign, "target": asked.target.id, **_list_changes(changes)}
        console.print_json({"plan": plan})
        return
    click.secho(f"{asked.campaign} on {asked.target.id}", bold=True)
    for name, paths in _list_changes(changes).items():
        if isinstance(paths, list):
            click.echo(f"  {name:<8}{len(paths):>7}")
            for path in paths[:SHOWN]:
                click.echo(f"      {path}")
            if len(paths) > SHOWN:
                click.echo(f"      … and {len(paths) - SHOWN} more (--format json names all)")
    click.echo(f"  {'same':<8}{changes.same:>7}")
    click.echo(f"  {changes.bytes:,} bytes would go up; nothing was changed.")


def _list_changes(changes: Changes) -> dict[str, Any]:
    return {
        "new": [file.path for file in changes.new],
        "changed": [file.path for file in changes.changed],
        "gone": list(changes.gone),
        "same": changes.same,
        "bytes": changes.bytes,
    }


def print_done(done: Outcome, asked: PublishRequest, chosen: dict[str, Any]) -> None:
    """Print what a publication did; ``chosen`` are the options of the command."""
    for note in done.notes:
        click.secho(note, fg="yellow", err=True)
    if chosen["style"] == "json":
        row = {"campaign": asked.campaign, "target": asked.target.id, "id": done.id}
        numbers = {name: getattr(done, name) for name in _COUNTS}
        console.print_json({"published": {**row, **numbers, **_list_changes(done.changes)}})
        return
    if chosen["quiet"]:
        return
    click.secho(f"{asked.campaign} on {asked.target.id}: {done.id}", bold=True)
    if not (done.uploads or done.removed or done.checked):
        click.echo("  nothing changed")
        return
    click.echo(f"  uploaded {done.uploads} file(s), {done.changes.bytes:,} bytes")
    if done.resumed:
        click.echo(f"  {done.resumed} were there from a publication that was cut short")
    if done.removed:
        click.echo(f"  removed {done.removed}")
    click.echo(f"  read back {done.checked}: as published")


def print_list(channel: Channel, asked: PublishRequest, style: str) -> None:
    """Print what a target can return to."""
    target = asked.target
    now = channel.read_published()
    rows = [*([now] if now else []), *reversed(channel.history())]
    if style == "json":
        listed = [_row(record, now, asked) for record in rows]
        console.print_json({"target": target.id, "releases": listed})
        return
    if not rows:
        click.echo(f"{target.id}: nothing was published yet")
    for record in rows:
        row = _row(record, now, asked)
        marks = [word for word in ("current", "alert", "exercise") if row[word]]
        marks += [f"repeats {record.back_to}"] if record.back_to else []
        more = "  ".join([*marks, *(item for item in (row["by"], row["commit"][:12]) if item)])
        line = f"{record.id}  {record.when}  {len(record.files):>6} files  {more}".rstrip()
        click.echo(UNSEEN.sub(" ", line))  # it comes from the target: others may have written it


def _row(record: SiteRecord, now: SiteRecord | None, asked: PublishRequest) -> dict[str, Any]:
    from stopjihad.publish import publications

    place = publications.place_of(asked.target, asked.root, asked.campaign)
    own = publications.recall(place, record.id)
    return {
        "id": record.id,
        "when": record.when,
        "by": own.by if own else "",
        "commit": own.commit if own else "",
        "files": len(record.files),
        "current": now is not None and record.id == now.id,
        "alert": record.alert,
        "exercise": record.exercise,
        "repeats": record.back_to,
    }
