"""``stopjihad publish``: the built site on a target, and back again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console
from stopjihad.cli.publication_report import print_done, print_list, print_plan
from stopjihad.problem import ProblemsFound

if TYPE_CHECKING:
    from stopjihad.model.targets import PublishTarget
    from stopjihad.publish.changes import Outcome
    from stopjihad.publish.channel import Channel
    from stopjihad.publish.publish_request import PublishRequest
    from stopjihad.publish.release import Release
    from stopjihad.publish.upload import ReadyUpload

BEFORE = "the one before"


@click.command("publish")
@click.argument("target", metavar="TARGET")
@click.argument("campaign", required=False)
@click.option("--build", "built", is_flag=True, help="Build everything first, as build does.")
@click.option("--plan", "planned", is_flag=True, help="Only say what would be done.")
@click.option("--list", "listed", is_flag=True, help="List what the target can return to.")
@click.option(
    "--rollback",
    metavar="[ID]",
    is_flag=False,
    flag_value=BEFORE,
    help="Return to what was published before, or to ID of --list.",
)
@click.option("--forget", metavar="ID", help="Take away what is kept of ID: record and contents.")
@common.dist_option
@click.option("--by", default="", metavar="NAME", help="A role for your list, such as night desk.")
@click.option(
    "--most-gone",
    metavar="PERCENT",
    type=click.IntRange(0, 100),
    help="Share of the files that may go at once [default: the target's].",
)
@click.option("--over", default="", metavar="ID", help="Replace ID though it came from elsewhere.")
@click.option(
    "--at",
    metavar="WHEN",
    help="Let it wait for a day and time by the campaign's clock, while the studio runs.",
)
@click.option("--unsigned", is_flag=True, help="Publish without signatures, in an emergency.")
@click.option("--yes", is_flag=True, help="Publish an alert though the target's clock disagrees.")
@click.option("--force", is_flag=True, help="Take the place of a publisher that is no more.")
@common.quiet_option()
@common.format_option()
@click.pass_context
def command(ctx: click.Context, /, target: str, campaign: str | None, **chosen: Any) -> None:
    r"""Publish the site of the last build on TARGET, which targets.yaml describes.

    What pages show goes up first, then pages, then feeds; what is gone goes last. Credentials come
    from the environment, the agent or git's helper, never from a file of the workspace.

    \b
    Example:
      stopjihad publish live --plan
      stopjihad publish live
      stopjihad publish live --rollback
    """
    from stopjihad.disk.lock import Busy
    from stopjihad.publish.lease import TargetBusy

    for way in ("rollback", "forget"):
        if chosen[way] == "":  # as of a variable of a script that was never set
            raise click.UsageError(f"--{way} names no publication: --list lists them")
    ways = [chosen["planned"], chosen["listed"], chosen["rollback"], chosen["forget"]]
    if sum(way not in {False, None} for way in ways) > 1:
        raise click.UsageError("--plan, --list, --rollback and --forget exclude each other")
    if chosen["built"] and any(way not in {False, None} for way in ways[1:]):
        raise click.UsageError("--build is for publishing, not for --list, --rollback, --forget")
    if chosen["at"] is not None and any(way not in {False, None} for way in (*ways[:2], ways[3])):
        raise click.UsageError("--at is for publishing and --rollback")
    root = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, campaign, "")
    style = chosen["style"]
    try:
        if chosen["at"] is not None:
            _let_wait(root, slug, target, chosen)
            return
        _run_publish(root, slug, target, chosen)
    except ProblemsFound as found:
        console.fail(found.problems, style, root, _state(chosen))
    except Busy:
        click.secho(
            f"this workspace is building, or publishing on '{target}'; try again later", err=True
        )
        raise SystemExit(console.BUSY) from None
    except TargetBusy as other:
        click.secho(_lease_message(target, other, _state(chosen)), err=True)
        raise SystemExit(console.BUSY) from None


def _let_wait(root: Path, slug: str, name: str, chosen: dict[str, Any]) -> None:
    """Plan what the studio carries out at its time."""
    from stopjihad.publish.readiness import project_of
    from stopjihad.studio.planned_acts import PlannedAct, plan_act, planned_moment

    target = target_of(root, slug, name)
    zone = project_of(root, slug).campaign.record.schedule.timezone
    moment = planned_moment(chosen["at"], zone, common.now())
    if moment is None:
        raise click.UsageError("--at wants a moment to come, such as 2027-01-31T08:00")
    back = chosen["rollback"]
    act = PlannedAct(
        id="",
        at=int(moment.timestamp()),
        step="publish" if back is None else "back",
        target=target.id,
        by=chosen["by"],
        publication="" if back in {None, BEFORE} else back,
    )
    if not plan_act(root, slug, act):
        raise click.UsageError("no more can wait: no home folder, or too many wait already")
    if not chosen["quiet"]:
        click.echo(f"{slug} on {target.id} waits for {moment:%Y-%m-%d %H:%M} ({zone})")
        click.echo("it is done while the studio runs: stopjihad preview; cancel it there", err=True)


def _run_publish(root: Path, slug: str, name: str, chosen: dict[str, Any]) -> None:
    from stopjihad.publish import deployment
    from stopjihad.publish.channel import open_channel
    from stopjihad.publish.publish_request import PublishRequest

    target = target_of(root, slug, name)
    if chosen["built"]:
        _build(root, slug, chosen)
    with deployment.explain_target(target), open_channel(target, root) as channel:
        asked = PublishRequest(
            root=root,
            campaign=slug,
            target=target,
            now=int(common.now().timestamp()),
            by=chosen["by"],
            force=chosen["force"],
            over=chosen["over"],
            most_gone=chosen["most_gone"],
            sure=chosen["yes"],
        )
        if chosen["listed"]:
            print_list(channel, asked, chosen["style"])
        elif chosen["forget"]:
            same = deployment.forget(channel, asked, chosen["forget"])
            if not chosen["quiet"] and chosen["style"] == "text":
                more = f"; the same files are in {', '.join(same)}" if same else ""
                click.echo(f"{slug} on {target.id}: {chosen['forget']} is forgotten{more}")
        elif chosen["rollback"] is not None:
            _roll_back(channel, asked, chosen)
        else:
            _publish(channel, asked, chosen)


def _publish(channel: Channel, asked: PublishRequest, chosen: dict[str, Any]) -> None:
    from stopjihad.publish import deployment
    from stopjihad.publish.readiness import ready_release
    from stopjihad.publish.upload import ready_upload

    with ready_release(
        asked.root, asked.campaign, _dist(asked.root, chosen), common.now()
    ) as found:
        planned, bare = chosen["planned"], chosen["unsigned"]
        made = ready_upload(found, channel, asked, bare=bare, planned=planned)
        if made.over and not chosen["quiet"] and chosen["style"] == "text":
            click.secho(_OVER, fg="yellow", err=True)
        release = _told_of(made, asked)
        if chosen["planned"]:
            print_plan(deployment.changes(channel, release, asked), asked, chosen["style"])
            return
        try:
            done = _upload(channel, release, asked, chosen)
        except ProblemsFound as found:
            doubted = {one.code for one in found.problems} == {"publish-clock"}
            if not (doubted and console.confirm(found.problems, chosen["style"])):
                raise
            done = _upload(channel, release, asked._replace(sure=True), chosen)
    print_done(done, asked, chosen)
    _look(asked, done.id)


def _upload(
    channel: Channel, release: Release, asked: PublishRequest, chosen: dict[str, Any]
) -> Outcome:
    from stopjihad.publish import deployment

    with _progress_bar(chosen) as bar:
        return deployment.publish(channel, release, asked._replace(progress=bar.update))


_OVER = (
    "the alert alone is laid over what the target holds: its other pages stay as they are, with "
    "or without a banner, until the whole site is built and published"
)


def _roll_back(channel: Channel, asked: PublishRequest, chosen: dict[str, Any]) -> None:
    from stopjihad.publish import deployment
    from stopjihad.publish.way_back import return_terms

    terms = return_terms(
        channel,
        asked,
        common.now(),
        bare=chosen["unsigned"],
        hear=lambda made: _told_of(made, asked),
    )
    id_ = "" if chosen["rollback"] == BEFORE else chosen["rollback"]
    with _progress_bar(chosen) as bar:
        done = deployment.roll_back(channel, asked._replace(progress=bar.update), id_, terms)
    print_done(done, asked, chosen)
    _look(asked, done.id)


def _progress_bar(chosen: dict[str, Any]) -> console.ProgressBar:
    chosen["bar"] = console.ProgressBar(shown=chosen["style"] == "text" and not chosen["quiet"])
    bar: console.ProgressBar = chosen["bar"]
    return bar


def _state(chosen: dict[str, Any]) -> str:
    """Say what stands now when a publication failed: nothing was changed only where it is true."""
    done = chosen["bar"].done if "bar" in chosen else 0
    if not done:
        return console.UNCHANGED
    return f"{done} file(s) were in place by then; publish again: it goes on where it stopped."


def first_target(slug: str, name: str = "live") -> str:
    """Say how the first target ``name`` of the campaign ``slug`` is written."""
    from stopjihad.load.targets import FILE

    line = f"targets: [{{id: {name}, folder: {{path: /srv/www/site}}}}]"
    return f"write campaigns/{slug}/{FILE}, for example: {line} (docs/publishing.md)"


def target_of(root: Path, slug: str, name: str) -> PublishTarget:
    """Find the target ``name`` of the campaign ``slug``; wrong usage where there is none."""
    from stopjihad.load.targets import load_targets, people_read
    from stopjihad.text.nearest import nearest

    found, problems = load_targets(root, slug)
    if problems:
        raise ProblemsFound(tuple(problems))
    if name not in found:
        hint = nearest(name, tuple(found)) if found else first_target(slug, name)
        raise click.UsageError(f"no target '{name}'; {hint}")
    problem = people_read(root, found, name)
    if problem is not None:
        raise ProblemsFound((problem,))
    return found[name]


def _dist(root: Path, chosen: dict[str, Any]) -> Path:
    dist: Path = (chosen["dist"] or root / "dist").absolute()
    return dist


def _build(root: Path, slug: str, chosen: dict[str, Any]) -> None:
    """Build everything, so that this very process vouches for what goes up."""
    from stopjihad.build.driver import build_campaign
    from stopjihad.build.request import Request
    from stopjihad.disk.program import code_digest

    dist = _dist(root, chosen)
    with _progress_bar(chosen) as bar:
        build_campaign(
            root,
            slug,
            Request(
                out=dist,
                today=common.today(),
                now=common.now(),
                code=code_digest(),
                progress=bar.update,
            ),
        )


def _told_of(made: ReadyUpload, asked: PublishRequest) -> Release:
    """Warn of signatures from the future, and give what goes up."""
    if made.ahead:
        click.secho(_ahead(asked, made.ahead), fg="yellow", err=True)
    return made.release


def _ahead(asked: PublishRequest, moment: int) -> str:
    """Warn of a signature from the future: it is replaced, and one of two clocks is wrong."""
    when = dt.datetime.fromtimestamp(moment, dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    return (
        f"warning: signatures on '{asked.target.id}' say {when}, which is to come: they are made "
        "anew; the clock of this computer is wrong, or that of the publisher before"
    )


def _lease_message(target: str, other: Any, state: str) -> str:
    lease = other.lease
    since = dt.datetime.fromtimestamp(lease.since, dt.UTC).strftime("%H:%M:%S UTC")
    release = lease.release or "another publication"
    return (
        f"another publisher is at work on '{target}' ({release}, since {since}); {state} "
        "Wait for it; if you know that it is no more: --force"
    )


def _look(asked: PublishRequest, id_: str) -> None:
    """Look whether anybody can read what publishing keeps, where the target has an address."""
    from stopjihad.publish.exposure import exposed_record

    problem = exposed_record(asked.target, id_)
    if problem is not None:
        console.print_problems([problem], "text", asked.root)
        raise SystemExit(console.FOUND)
