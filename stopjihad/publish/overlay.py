"""Lay an alert over what a target holds: a site that was never built here stays as it is there.

Only what this user built goes up. Of all other files the target's list is kept, as far as a record
of ours, or the campaign's key, vouches for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from stopjihad.build.alert_layers import is_alert_file
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.deployment import Terms, vouched_release
from stopjihad.publish.release import PUBLIC_MANIFEST, SITE, Release, with_list
from stopjihad.publish.site_record import recall_release

if TYPE_CHECKING:
    from stopjihad.publish.channel import Channel
    from stopjihad.publish.publish_request import PublishRequest


def over_published(
    release: Release, channel: Channel, asked: PublishRequest, terms: Terms
) -> Release:
    """Lay a release over what a target holds, if it is an alert without a site below it.

    Args:
        terms: key of the campaign, and whether a target may be believed that nobody vouches for.

    Returns:
        The release with all other files of the target, which are read there where they must be
        signed; the same where it is a whole site, or nothing is published.

    Raises:
        ProblemsFound: ``publish-unvouched``.
    """
    base = channel.read_published() if release.over_target else None
    if base is None:
        return release

    def fetch(path: str) -> bytes:
        data = channel.fetch(path)
        if data is None:
            raise KeyError(path)
        return data

    # Nothing of it goes up: where no key signs lists, what the target says of it is enough.
    trusting = terms._replace(unvouched=terms.unvouched or terms.public is None)
    there = vouched_release(recall_release(base, fetch), base.id, asked, trusting)
    if isinstance(there, Problem):
        raise ProblemsFound((there,))
    old = {file.path: file for file in there.files if file.path != PUBLIC_MANIFEST}
    new = {file.path: file for file in release.files if file.path != PUBLIC_MANIFEST}
    stays = {path: file for path, file in old.items() if not is_alert_file(SITE + path)}
    helplines = {**release.said.helplines, **there.said.helplines}
    lines = {**release.said.lines, **there.said.lines}

    def read(path: str) -> bytes:
        return there.read(path) if path in stays else release.read(path)

    return with_list(
        msgspec.structs.replace(
            release,
            files=tuple({**new, **stays}.values()),
            read=read,
            pieces=None,
            said=msgspec.structs.replace(release.said, helplines=helplines, lines=lines),
            vouched=there.vouched,
        )
    )
