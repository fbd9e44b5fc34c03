"""``stopjihad alert drill``: an exercise of the program alone, on a target for exercises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import alert_sending, common, publish, reviewer

if TYPE_CHECKING:
    from stopjihad.build.alert import AlertReport
    from stopjihad.model.alert import Alert
    from stopjihad.model.project import Project


@click.command("drill")
@click.argument("template", required=False)
@click.option("--random", "chosen", is_flag=True, help="Let the program choose what happens.")
@click.option("--place", metavar="ID", help="Where it happens: a place of campaign.yaml.")
@click.option("--target", metavar="ID", help="Upload it there: a target for exercises.")
@common.output_option
@common.jobs_option
@reviewer.options_place
def drill(ctx: click.Context, template: str | None, style: str, **chosen: Any) -> None:
    r"""Practise: make an alert of nothing, with "Exercise" first in every language and picture.

    It takes the road of an alert in earnest, over the last good site, into a folder of its own
    below drills/; then it is taken back. Only a target for exercises takes it.

    \b
    Example:
      stopjihad alert drill attack-under-way --place central-station --format json
      stopjihad alert drill --random --target rehearsal
    """
    from stopjihad.build.drill import Practice, practise

    root, inputs = reviewer.read_alert(ctx, chosen["campaign"], style)
    project, name = inputs.project, chosen["target"]
    alert = _make_exercise(project, template, chosen["place"], chosen=chosen["chosen"])
    with reviewer.exit_on_problems(root, style):
        upload = _uploader(root.resolve(), project.campaign.record.id, name)
        practice = Practice(common.now, upload if name else None)
        found = practise(inputs, alert, alert_sending.request_of(root, chosen), practice)
    alert_sending.print_sent(found, style, project)
    if style != "json":
        _print_practice(found, name)


def _print_practice(found: AlertReport, target: str | None) -> None:
    """Say where an exercise was uploaded, when a reader could have seen it, where its end is."""
    from stopjihad.build.drill import TAKEN_BACK

    if target:
        click.echo(f"  uploaded to '{target}', and after it what takes it back")
    if "reader" in found.seconds:
        click.echo(f"  a reader could see it after {found.seconds['reader']:.1f} s")
    above, _, slug = found.folder.rpartition("/")
    click.echo(f"  taken back in {found.seconds['taken back']:.1f} s: {above}/{TAKEN_BACK}/{slug}")


def _make_exercise(
    project: Project, template: str | None, place: str | None, *, chosen: bool
) -> Alert:
    """Make the alert of an exercise, of what and where it was asked for."""
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


def _uploader(root: Path, slug: str, name: str) -> Callable[[Path], None]:
    """Find a target for exercises.

    Args:
        name: of the target; empty for none.

    Returns:
        Uploads what lies in a folder for results, and raises `ProblemsFound` where it cannot.
    """
    target = publish.target_of(root, slug, name) if name else None
    if target is not None and not target.exercise:
        raise click.UsageError(f"'{name}' is what people read: name one with 'exercise: true'")

    def upload(dist: Path) -> None:
        from stopjihad.publish import deployment
        from stopjihad.publish.channel import open_channel
        from stopjihad.publish.lease import TargetBusy
        from stopjihad.publish.publish_request import PublishRequest
        from stopjihad.publish.readiness import ready_release
        from stopjihad.publish.upload import ready_upload

        assert target is not None
        now = common.now()
        asked = PublishRequest(
            root=root, campaign=slug, target=target, now=int(now.timestamp()), most_gone=100
        )
        with (
            deployment.explain_target(target),
            open_channel(target, root) as channel,
            ready_release(root, slug, dist, now) as found,
        ):
            made = ready_upload(found, channel, asked)
            try:
                deployment.publish(channel, made.release, asked)
            except TargetBusy:
                raise click.ClickException(f"somebody is publishing on '{name}'") from None

    return upload
