"""Upload an exercise to a target for exercises, which no reader looks at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from stopjihad.cli import common, publish


def uploader(root: Path, slug: str, name: str) -> Callable[[Path], None]:
    """Find a target for exercises.

    Args:
        root: the workspace, absolute.
        slug: the campaign.
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
        from stopjihad.publish.lease import Leased
        from stopjihad.publish.readiness import ready_release
        from stopjihad.publish.upload import ready_upload

        assert target is not None
        now = common.now()
        asked = deployment.PublishRequest(
            root=root, campaign=slug, target=target, now=int(now.timestamp()), most_gone=100
        )
        with (
            deployment.told(target),
            open_channel(target, root) as channel,
            ready_release(root, slug, dist, now) as found,
        ):
            made = ready_upload(found, channel, asked)
            try:
                deployment.publish(channel, made.release, asked)
            except Leased:
                raise click.ClickException(f"somebody is publishing on '{name}'") from None

    return upload
