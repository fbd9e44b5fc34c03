"""Publish a release on a target, list what it keeps, return to what was there before."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.build.request import Progress, quiet
from stopjihad.disk.lock import sole_writer
from stopjihad.model.targets import PublishTarget
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish import lease
from stopjihad.publish.changes import Changes, Outcome, vanishing
from stopjihad.publish.channel import Channel
from stopjihad.publish.destination import Altered, Fenced, Unreachable
from stopjihad.publish.release import Job, Published, Release, unknown


class PublishRequest(NamedTuple):
    """Say what is published where, and by whom.

    Attributes:
        root: the workspace.
        campaign: its slug.
        target: where.
        now: Unix time in seconds.
        by: what the publisher calls itself; anybody can read it on an open target.
        force: whether to take the place of another publisher who seems to be at work.
        over: id of a publication of somebody else that this one may follow.
        most_gone: per cent of the files that may go; the target's own when not given.
        progress: called after each upload.
    """

    root: Path
    campaign: str
    target: PublishTarget
    now: int
    by: str = ""
    force: bool = False
    over: str = ""
    most_gone: int | None = None
    progress: Progress = quiet


class TargetMemory(msgspec.Struct, frozen=True):
    """What this workspace remembers of a target.

    Attributes:
        nonces: numbers of publishers that have not come to their end, oldest first. Each may be the
            one of the lease there: a full target takes no newer one.
        seen: ids of publications that were ours, or that we followed on purpose.
    """

    nonces: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


SEEN = 50
"""Publications that a workspace remembers."""


def changes(channel: Channel, release: Release, asked: PublishRequest) -> Changes:
    """Say what publishing would do.

    Args:
        channel: leads to the target.
        release: the files to publish.
        asked: target, publisher and limits.

    Returns:
        The changes.

    Raises:
        ProblemsFound: as for `publish`, but for those that only concern doing it.
    """
    _require_fit(release, asked.target)
    with told(asked.target):
        base = channel.published()
        _require_same_campaign(base, release)
        return channel.changes(release)


def publish(channel: Channel, release: Release, asked: PublishRequest) -> Outcome:
    """Publish a release; nothing is written when the target is as it shall be.

    Args:
        channel: leads to the target.
        release: the files to publish.
        asked: target, publisher and limits.

    Returns:
        What was done.

    Raises:
        ProblemsFound: ``publish-exercise``, ``publish-other-campaign``, ``publish-newer``,
            ``publish-vanishing``, ``publish-not-ours``, ``publish-altered``, ``publish-differs``,
            ``publish-unconditional`` or ``publish-unreachable``.
        Busy: this workspace is publishing there at this moment.
        Leased: another publisher is at work.
    """
    _require_fit(release, asked.target)
    with _alone(asked), told(asked.target):
        base = channel.published()
        _require_same_campaign(base, release)
        _require_known(base, asked)
        todo = channel.changes(release)
        most = asked.target.most_gone if asked.most_gone is None else asked.most_gone
        problem = vanishing(base, todo, most)
        if problem is not None:
            raise ProblemsFound((problem,))
        if base is not None and todo.nothing and base.digest == release.digest:
            return Outcome(base.id, todo, 0)
        return _carry_out(channel, release, asked, base, "")


def roll_back(
    channel: Channel,
    asked: PublishRequest,
    id_: str = "",
    sign: Callable[[Release], Release] = lambda release: release,
) -> Outcome:
    """Return to a publication of before.

    Args:
        channel: leads to the target.
        asked: target, publisher and limits.
        id_: of the publication; empty for the one before the current one.
        sign: signs the release anew: an old signature would be refused as old.

    Returns:
        What was done.

    Raises:
        ProblemsFound: ``publish-unknown``, ``publish-lost``, and as for `publish`.
        Busy: as for `publish`.
        Leased: as for `publish`.
    """
    with _alone(asked), told(asked.target):
        base = channel.published()
        known = channel.history()
        chosen = id_ or (before(base, known) if base else "")
        if not chosen or chosen not in {record.id for record in known}:
            raise ProblemsFound((unknown(id_, known),))
        release = sign(channel.recall(chosen))
        _require_fit(release, asked.target)
        return _carry_out(channel, release, asked, base, chosen)


def before(base: Published, known: list[Published]) -> str:
    """Choose the publication to return to when none is named.

    Args:
        base: the current publication.
        known: earlier publications that are kept.

    Returns:
        Id of the newest one before the current one, or before the one that it repeats; empty for
        none.
    """
    limit = int((base.back_to or base.id).partition("-")[0])
    older = [
        record
        for record in known
        if record.number < limit and not record.back_to and record.digest != base.digest
    ]
    return max(older, key=lambda record: record.number).id if older else ""


def memory_of(asked: PublishRequest) -> TargetMemory:
    """Read what this workspace remembers of a target."""
    data = disk.read(_private(asked, ".json"))
    try:
        return msgspec.json.decode(data or b"{}", type=TargetMemory)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return TargetMemory()


@contextmanager
def told(target: PublishTarget) -> Iterator[None]:
    """Turn what a target says into problems.

    Args:
        target: whose requests the block makes.

    Yields:
        Nothing.

    Raises:
        ProblemsFound: ``publish-unreachable``, ``publish-altered``, ``publish-unconditional``.
    """
    try:
        yield
    except Unreachable as error:
        message = f"the target '{target.id}' refuses: {error}"
        hint = "docs/publishing.md says where credentials come from"
        problem = Problem(code="publish-unreachable", message=message, hint=hint)
    except Altered as error:
        message = f"somebody changed {error} on the target '{target.id}' while we published"
        hint = "look with --plan, then publish again"
        problem = Problem(code="publish-altered", message=message, hint=hint)
    except lease.Unconditional:
        message = f"the store of '{target.id}' writes without looking at conditions"
        hint = "two publishers could mix their sites there: take a store that knows If-Match"
        problem = Problem(code="publish-unconditional", message=message, hint=hint)
    else:
        return
    raise ProblemsFound((problem,)) from None


def _carry_out(
    channel: Channel, release: Release, asked: PublishRequest, base: Published | None, back_to: str
) -> Outcome:
    memory = memory_of(asked)
    nonce = secrets.token_hex(16)
    job = Job(
        nonce=nonce,
        known=memory.nonces,
        now=asked.now,
        expected=base.id if base else "",
        force=asked.force,
        by=asked.by,
        commit=commit_of(asked.root),
        progress=asked.progress,
        back_to=back_to,
    )
    _remember(asked, TargetMemory((*memory.nonces[-SEEN:], nonce), memory.seen))
    try:
        done = channel.return_to(release, job) if back_to else channel.publish(release, job)
    except (lease.Leased, lease.Unconditional):
        _remember(asked, memory)  # the lease is not ours
        raise
    except Fenced:
        _remember(asked, memory)
        raise lease.Leased(lease.NOBODY) from None
    _remember(asked, TargetMemory((), (*memory.seen, done.id)[-SEEN:]))
    return done


def _remember(asked: PublishRequest, memory: TargetMemory) -> None:
    disk.replace(_private(asked, ".json"), msgspec.json.encode(memory))


def _private(asked: PublishRequest, ending: str) -> str:
    folder = asked.root / disk.PRIVATE / "publish"
    return str(folder / f"{asked.campaign}-{asked.target.id}{ending}")


@contextmanager
def _alone(asked: PublishRequest) -> Iterator[None]:
    with sole_writer(Path(_private(asked, ".lock"))):
        yield


def _require_fit(release: Release, target: PublishTarget) -> None:
    if release.exercise and not target.exercise:
        problem = Problem(
            code="publish-exercise",
            message=f"this is a drill, and the target '{target.id}' is what people read",
            hint="publish it on a target with 'exercise: true'",
        )
        raise ProblemsFound((problem,))


def _require_same_campaign(base: Published | None, release: Release) -> None:
    if base is not None and base.campaign != release.campaign:
        problem = Problem(
            code="publish-other-campaign",
            message=f"the target holds the campaign '{base.campaign}', which would be replaced",
            hint="name another folder, prefix or branch in targets.yaml",
        )
        raise ProblemsFound((problem,))


def _require_known(base: Published | None, asked: PublishRequest) -> None:
    """Refuse to replace what somebody else published and we have not seen."""
    memory = memory_of(asked)
    if base is None or base.id in {asked.over, *memory.seen}:
        return
    if base.nonce in memory.nonces:
        return
    if base.commit and descends(asked.root, base.commit):
        return
    by = f" by {base.by}" if base.by else ""
    problem = Problem(
        code="publish-newer",
        message=f"{base.id} was published from elsewhere{by} ({base.when}); our files lack it",
        hint=f"fetch their work first; if yours is to replace it: --over {base.id}",
    )
    raise ProblemsFound((problem,))


def commit_of(root: Path) -> str:
    """Name the commit of the workspace's repository; empty when there is none."""
    try:
        from dulwich.errors import NotGitRepository
        from dulwich.repo import Repo
    except ImportError:
        return ""
    try:
        with Repo.discover(str(root)) as repo:
            head: bytes = repo.head()
            return head.decode()
    except (NotGitRepository, KeyError, OSError, ValueError):
        return ""


def descends(root: Path, commit: str) -> bool:
    """Tell whether the workspace's commit comes after another, or is the same.

    Args:
        root: the workspace.
        commit: hexadecimal.

    Returns:
        False also when there is no repository, or when it does not know the commit.
    """
    try:
        from dulwich.errors import NotGitRepository
        from dulwich.graph import can_fast_forward
        from dulwich.objects import ObjectID
        from dulwich.repo import Repo
    except ImportError:
        return False
    try:
        with Repo.discover(str(root)) as repo:
            found: bool = can_fast_forward(repo, ObjectID(commit.encode()), repo.head())
            return found
    except (NotGitRepository, KeyError, OSError, ValueError):
        return False
