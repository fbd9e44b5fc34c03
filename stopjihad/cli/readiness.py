"""``stopjihad alert ready``: on a calm day, whether alerts could go out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import alert_sending, common, console, publish, reviewer

if TYPE_CHECKING:
    from stopjihad.build.alert_readiness import AlertReadiness, ReadinessFault
    from stopjihad.build.tree.place import Target


@click.command("ready")
@click.option("--target", metavar="ID", help="Ask this target, too, whether it answers.")
@reviewer.options_place
def ready(ctx: click.Context, style: str, **chosen: Any) -> None:
    r"""Say whether alerts could go out now: for a calm day, and for continuous integration.

    Each template in each language, places and their emergency numbers, platforms without room,
    people, what is still the sample's, where the site goes, and whether one is built that an alert
    can be laid over. Exits 1 while anything is missing, with what to do.

    \b
    Example:
      stopjihad alert ready
      stopjihad alert ready --target live --format json
    """
    from stopjihad.build.alert_readiness import alert_readiness, build_faults
    from stopjihad.build.alert_sheet import shared_words

    root, project = reviewer.campaign_of(ctx, chosen["campaign"], style)
    slug = project.campaign.record.id
    shared = shared_words(root, slug)
    asked = (
        *_targets(root.resolve(), slug, chosen["target"]),
        *build_faults(_site_place(root.resolve(), slug)),
    )
    found = alert_readiness(project, shared, common.now(), asked)
    if style == "json":
        console.print_json(found)
    else:
        _print(found)
    if not found.ready:
        raise SystemExit(console.FOUND)


def _site_place(root: Path, slug: str) -> Target:
    """Give the place of the campaign's site."""
    from stopjihad.build.request import target_of
    from stopjihad.load.workspace import read_workspace

    asked = alert_sending.request_of(root, {"output": None, "jobs": 0})
    return target_of(read_workspace(root, slug), asked)


def _targets(root: Path, slug: str, name: str | None) -> tuple[ReadinessFault, ...]:
    """Say that there is no target that readers look at; ask the one of a ``name``."""
    from stopjihad.build.alert_readiness import ReadinessFault
    from stopjihad.load.targets import load_targets

    if name:
        return _ask_target(root, slug, name)
    found, problems = load_targets(root, slug)
    if problems:
        return tuple(
            ReadinessFault(kind="target", says=one.message, mend=one.hint) for one in problems
        )
    if any(not target.exercise for target in found.values()):
        return ()
    says = "nothing says where the site goes: no alert can be published"
    return (ReadinessFault(kind="target", says=says, mend=publish.first_target(slug)),)


def _ask_target(root: Path, slug: str, name: str) -> tuple[ReadinessFault, ...]:
    """Ask a target what it has; nothing is changed there."""
    from stopjihad.build.alert_readiness import ReadinessFault
    from stopjihad.problem import ProblemsFound
    from stopjihad.publish.channel import open_channel
    from stopjihad.publish.deployment import explain_target

    try:
        target = publish.target_of(root, slug, name)
        with explain_target(target), open_channel(target, root) as channel:
            channel.read_published()
    except ProblemsFound as found:
        return tuple(
            ReadinessFault(kind="target", says=one.message, mend=one.hint) for one in found.problems
        )
    return ()


def _print(found: AlertReadiness) -> None:
    for one in found.templates:
        every = len(one.languages) + len(one.left_out)
        click.echo(f"{one.id}: languages ready: {len(one.languages)} of {every}")
    click.echo(f"places: {found.places}; authorities: {found.authorities}")
    click.echo(f"people known from the ledger: {', '.join(found.people) or 'none'}")
    said: dict[tuple[str, str], list[str]] = {}
    for fault in found.faults:
        said.setdefault((fault.template, fault.says), []).append(fault.language)
    first = {(one.template, one.says): one.mend for one in reversed(found.faults)}
    for key, tags in said.items():
        template, says = key
        where = ", ".join(filter(None, tags))
        name = " ".join(filter(None, (template, f"({where})" if where else "")))
        click.secho(f"  {name + ': ' if name else ''}{says}", fg="red")
        click.echo(f"    {first[key]}")
    for hint in found.hints:
        click.secho(f"  {hint.says}", fg="yellow")
        click.echo(f"    {hint.mend}")
    click.secho("ready" if found.ready else f"not ready: {len(found.faults)} things", bold=True)
