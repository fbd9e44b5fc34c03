"""Publish from the studio by the signed road of ``stopjihad publish``, and back again.

Throughout, ``live`` is the campaign, ``asked`` says which target, and ``now`` the moment that
counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from stopjihad.load.targets import load_targets
from stopjihad.model.targets import PublishTarget
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish import deployment
from stopjihad.publish.changes import Changes, Outcome
from stopjihad.publish.channel import Channel, open_channel
from stopjihad.publish.deployment import explain_target
from stopjihad.publish.exposure import exposed_record
from stopjihad.publish.lease import TargetBusy
from stopjihad.publish.publish_request import PublishRequest
from stopjihad.publish.readiness import ready_release
from stopjihad.publish.upload import ready_upload
from stopjihad.publish.way_back import (
    KeptPublication,
    kept_publications,
    new_words,
    return_terms,
)
from stopjihad.studio.answers import RefusedRequest
from stopjihad.studio.builder import OUT
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.words import mark_translatable

LISTED = 10
"""Publications that a page lists."""


class PlannedChanges(NamedTuple):
    """Say what publishing would do, and to which words (as of `KeptPublication`)."""

    changes: Changes
    words: tuple[str, ...] | None


class PublishingOutcome(NamedTuple):
    """Say what a publication did, and whether readers can see what is kept (``publish-open``)."""

    outcome: Outcome
    exposed: Problem | None = None


def reader_targets(live: LiveCampaign) -> tuple[tuple[PublishTarget, ...], tuple[Problem, ...]]:
    """Give the targets that readers look at, or what is wrong with the files that name them."""
    found, problems = load_targets(live.root, live.slug)
    shown = () if problems else tuple(one for one in found.values() if not one.exercise)
    return shown, tuple(problems)


def find_target(live: LiveCampaign, name: str) -> PublishTarget:
    """Find a target that readers look at, by its id.

    Raises:
        RefusedRequest: there is none.
    """
    for one in reader_targets(live)[0]:
        if one.id == name:
            return one
    raise RefusedRequest(mark_translatable("There is no such target in targets.yaml."), 422)


def publish_build(live: LiveCampaign, asked: PublishRequest, now: dt.datetime) -> PublishingOutcome:
    """Publish what is built.

    Raises:
        ProblemsFound: as for ``deployment.publish``, and ``publish-leased``.
    """
    with (
        _open(live, asked) as channel,
        ready_release(live.root, live.slug, live.root / OUT, now) as found,
    ):
        release = ready_upload(found, channel, asked).release
        outcome = deployment.publish(channel, release, asked)
    return PublishingOutcome(outcome, exposed_record(asked.target, outcome.id))


def preview_changes(live: LiveCampaign, asked: PublishRequest, now: dt.datetime) -> PlannedChanges:
    """Say what publishing what is built would do; as `publish_build`."""
    with (
        _open(live, asked) as channel,
        ready_release(live.root, live.slug, live.root / OUT, now) as found,
    ):
        release = ready_upload(found, channel, asked, planned=True).release
        changes = deployment.changes(channel, release, asked)
        return PlannedChanges(changes, new_words(channel, asked, release))


def return_to(
    live: LiveCampaign, asked: PublishRequest, id_: str, now: dt.datetime
) -> PublishingOutcome:
    """Return to a publication of before.

    Raises:
        ProblemsFound: as for ``deployment.roll_back``, and ``publish-leased``.
    """
    with _open(live, asked) as channel:
        terms = return_terms(channel, asked, now)
        outcome = deployment.roll_back(channel, asked, id_, terms)
    return PublishingOutcome(outcome, exposed_record(asked.target, outcome.id))


def list_kept(
    live: LiveCampaign, asked: PublishRequest, now: dt.datetime
) -> tuple[KeptPublication, ...]:
    """List what a target shows and keeps, newest first.

    Raises:
        ProblemsFound: as for `kept_publications`.
    """
    with _open(live, asked) as channel:
        return kept_publications(channel, asked, return_terms(channel, asked, now), LISTED)


@contextmanager
def _open(live: LiveCampaign, asked: PublishRequest) -> Iterator[Channel]:
    """Open the way to a target; that another publisher is at work there is a problem as others."""
    with explain_target(asked.target), open_channel(asked.target, live.root) as channel:
        try:
            yield channel
        except TargetBusy:
            message = f"another publisher is at work on '{asked.target.id}'"
            hint = "wait for it, look what it shows, then publish again"
            problem = Problem(code="publish-leased", message=message, hint=hint)
            raise ProblemsFound((problem,)) from None
