"""Publish a release on a target, list what it keeps, return to what was there before."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.disk.lock import sole_writer
from stopjihad.model.targets import PublishTarget
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish import lease, publications
from stopjihad.publish.changes import Changes, Outcome, refuse_vanishing
from stopjihad.publish.channel import Channel
from stopjihad.publish.clock import compare_clocks
from stopjihad.publish.commits import commit_mark, commit_of, descends
from stopjihad.publish.destination import (
    AlteredFile,
    LostConnection,
    ReplacedPublisher,
    Unreachable,
)
from stopjihad.publish.objections import Contents
from stopjihad.publish.publications import Publisher
from stopjihad.publish.publish_request import PublishRequest
from stopjihad.publish.release import Release
from stopjihad.publish.signed_release import remove_signatures, signed_list
from stopjihad.publish.site_record import Job, SiteRecord, kept_problem, unknown
from stopjihad.publish.target_memory import SEEN, TargetMemory, keep_memory, memory_of, private_path


def changes(channel: Channel, release: Release, asked: PublishRequest) -> Changes:
    """Say what publishing would do.

    Raises:
        ProblemsFound: as for `publish`, but for those that only concern doing it.
    """
    _require_fit(release, asked.target)
    with explain_target(asked.target):
        base = channel.read_published()
        _require_own_place(base, release)
        return channel.changes(release)


def publish(channel: Channel, release: Release, asked: PublishRequest) -> Outcome:
    """Publish a release; nothing is written when the target is as it shall be.

    Raises:
        ProblemsFound: ``publish-exercise``, ``publish-other-campaign``, ``publish-newer``,
            ``publish-vanishing``, ``publish-not-ours``, ``publish-altered``, ``publish-differs``,
            ``publish-unconditional``, ``publish-clock`` or ``publish-unreachable``.
        Busy: this workspace is publishing there at this moment.
        Leased: another publisher is at work.
    """
    _require_fit(release, asked.target)
    with _hold_target(asked), explain_target(asked.target):
        base = channel.read_published()
        _require_own_place(base, release)
        _require_known(base, asked)
        todo = channel.changes(release)
        most = asked.target.most_gone if asked.most_gone is None else asked.most_gone
        problem = refuse_vanishing(base, todo, most)
        if problem is not None:
            raise ProblemsFound((problem,))
        if base is not None and todo.is_empty and base.digest == release.digest:
            _remember_release(release, asked)
            return Outcome(base.id, todo, 0)
        _require_clock(channel, release, asked)
        return _carry_out(channel, release, asked, base, "")


class Terms(NamedTuple):
    """Say on which terms a publication of before may be there again.

    Attributes:
        objections: says what it would bring back that may not be said any more, by its contents
            and the moment at which it was published.
        sign: signs the release anew: an old signature would be refused as old.
        public: key that readers check with, if there is one.
        unvouched: whether one may return of which nobody here knows what it holds.
    """

    objections: Callable[[Contents, int], tuple[str, ...]] = lambda _said, _since: ()
    sign: Callable[[Release], Release] = lambda release: release
    public: str | None = None
    unvouched: bool = False


ANYHOW = Terms()
"""Where nothing is said of what may not return, as on a target that nobody reads."""


def roll_back(
    channel: Channel, asked: PublishRequest, id_: str = "", terms: Terms = ANYHOW
) -> Outcome:
    """Return to a publication of before.

    What it was and which bytes its files have is taken from the record at home, else from its list
    of files if the campaign's key signed it; never from what the target says of it.

    Args:
        id_: of the publication; empty for the newest before the current one that may return.

    Returns:
        What was done, with a note of each publication that was passed over.

    Raises:
        ProblemsFound: ``publish-unknown``, ``publish-unvouched``, ``publish-over``,
            ``publish-lost``, and as for `publish`.
        Busy: as for `publish`.
        Leased: as for `publish`.
    """
    with _hold_target(asked), explain_target(asked.target):
        base = channel.read_published()
        known = channel.history()
        ids = [id_] if id_ else (before(base, known) if base else [])
        if not ids or ids[0] not in {record.id for record in known}:
            raise ProblemsFound((unknown(id_, known),))
        refused: list[Problem] = []
        for chosen in ids:
            found = vouched_release(channel.recall(chosen), chosen, asked, terms)
            if isinstance(found, Problem):
                refused.append(found)
                continue
            _require_fit(found, asked.target)
            _require_own_place(base, found)
            done = _carry_out(channel, terms.sign(found), asked, base, chosen)
            notes = [f"passed over: {problem.message}" for problem in refused]
            if not found.vouched:
                notes.append(f"warning: nothing vouches for {chosen}: look at each page of it")
            return done._replace(notes=tuple(notes))
        raise ProblemsFound(tuple(refused))


def forget(channel: Channel, asked: PublishRequest, id_: str) -> tuple[str, ...]:
    """Take away what is kept of a publication of before: on the target, and at home.

    Returns:
        Ids of other publications that are there, or kept, and hold the same files.

    Raises:
        ProblemsFound: ``publish-unknown``, or ``publish-kept``: it is what readers see, or the
            target cannot.
        Busy: as for `publish`.
        Leased: as for `publish`.
    """
    with _hold_target(asked), explain_target(asked.target):
        base, known = channel.read_published(), channel.history()
        if base is not None and base.id == id_:
            raise ProblemsFound(
                (kept_problem(id_, "it is what readers see", "publish what shall be there first"),)
            )
        there = id_ in {record.id for record in known}
        if there:
            channel.forget(id_, _job(asked, base, secrets.token_hex(16)))
        others = [record for record in (*known, base) if record and record.id != id_]
        kept = {record.digest for record in others}
        if not publications.forget(_place(asked), id_, kept) and not there:
            raise ProblemsFound((unknown(id_, known),))
    digits = id_.partition("-")[2]
    return tuple(record.id for record in others if record.digest.startswith(digits))


def vouched_release(
    there: Release, id_: str, asked: PublishRequest, terms: Terms
) -> Release | Problem:
    """Take a publication of before as this user, or the campaign's key, knows it.

    Returns:
        The release, whose files are compared with their digests as they are read; or why it may
        not return (``publish-unvouched``, ``publish-over``).
    """
    own = publications.recall(_place(asked), id_)
    if own is not None:
        release, since = own.release(there.read), own.when
    else:
        listed = signed_list(there, asked.campaign, terms.public)
        if listed is None:
            if not terms.unvouched:
                return _unvouched_problem(id_)
            return msgspec.structs.replace(remove_signatures(there), vouched=False)
        release, since = listed
    against = () if asked.target.exercise else terms.objections(release.said, since)
    return _over(id_, against) if against else remove_signatures(release)


def _unvouched_problem(id_: str) -> Problem:
    return Problem(
        code="publish-unvouched",
        message=f"no record of yours and no list that the campaign signed says what {id_} held",
        hint="build that state from your repository and publish it; --unsigned believes the target",
    )


def _over(id_: str, against: tuple[str, ...]) -> Problem:
    return Problem(
        code="publish-over",
        message=f"{id_} would bring back what may not be said any more: {'; '.join(against)}",
        hint="build that state from your repository with the ledger of today, and publish it",
    )


def before(base: SiteRecord, known: list[SiteRecord]) -> list[str]:
    """List the publications to return to when none is named.

    Returns:
        Ids of those before the current one, or before the one that it repeats, newest first.
    """
    limit = int((base.back_to or base.id).partition("-")[0])
    older = [
        record
        for record in known
        if record.number < limit and not record.back_to and record.digest != base.digest
    ]
    return [one.id for one in sorted(older, key=lambda record: record.number, reverse=True)]


@contextmanager
def explain_target(target: PublishTarget) -> Iterator[None]:
    """Turn what a target says into problems.

    Raises:
        ProblemsFound: ``publish-unreachable``, ``publish-altered``, ``publish-unconditional``.
    """
    try:
        yield
    except Unreachable as error:
        dropped = isinstance(error, LostConnection)
        said = "does not answer" if dropped else "refuses"
        message = f"the target '{target.id}' {said}: {error}"
        hint = "publish again when it answers: it goes on where it stopped"
        if not dropped:
            hint = "docs/publishing.md says what each target needs, and where credentials come from"
        problem = Problem(code="publish-unreachable", message=message, hint=hint)
    except AlteredFile as error:
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
    channel: Channel, release: Release, asked: PublishRequest, base: SiteRecord | None, back_to: str
) -> Outcome:
    _remember_release(release, asked)
    memory = memory_of(asked)
    nonce = secrets.token_hex(16)
    job = _job(asked, base, nonce, back_to)
    begun = msgspec.structs.replace(memory, nonces=(*memory.nonces[-SEEN:], nonce))
    keep_memory(asked, begun)
    try:
        done = channel.return_to(release, job) if back_to else channel.publish(release, job)
    except (lease.TargetBusy, lease.Unconditional):
        keep_memory(asked, memory)  # the lease is not ours
        raise
    except ReplacedPublisher:
        keep_memory(asked, memory)
        raise lease.TargetBusy(lease.NOBODY) from None
    seen, names = (*memory.seen, done.id)[-SEEN:], {**memory.names, done.id: asked.by}
    keep_memory(asked, TargetMemory((), seen, {one: names[one] for one in seen if one in names}))
    return done


def _job(asked: PublishRequest, base: SiteRecord | None, nonce: str, back_to: str = "") -> Job:
    return Job(
        nonce=nonce,
        known=memory_of(asked).nonces,
        now=asked.now,
        expected=base.id if base else "",
        force=asked.force,
        commit=commit_mark(commit_of(asked.root)),
        progress=asked.progress,
        back_to=back_to,
    )


def _place(asked: PublishRequest) -> str:
    return publications.place_of(asked.target, asked.root, asked.campaign)


def _remember_release(release: Release, asked: PublishRequest) -> None:
    """Keep at home what goes up, before it does: readers may see it though we are cut off.

    A record vouches for all that it lists, so nothing is kept of what a target alone speaks for.
    """
    if not release.vouched:
        return
    commit, most = commit_of(asked.root), asked.target.kept_releases + 1
    with contextlib.suppress(OSError):  # without a record there is no way back, but a publication
        publications.remember(release, _place(asked), Publisher(asked.now, asked.by, commit), most)


@contextmanager
def _hold_target(asked: PublishRequest) -> Iterator[None]:
    with sole_writer(Path(private_path(asked, ".lock"))):
        yield


def _require_fit(release: Release, target: PublishTarget) -> None:
    if release.exercise and not target.exercise:
        problem = Problem(
            code="publish-exercise",
            message=f"this is a drill, and the target '{target.id}' is what people read",
            hint="publish it on a target with 'exercise: true'",
        )
        raise ProblemsFound((problem,))


def _require_clock(channel: Channel, release: Release, asked: PublishRequest) -> None:
    """Ask whose clock is right before an alert goes up; its end goes up by any clock."""
    problem = None if asked.sure or not release.alert else compare_clocks(channel, asked)
    if problem is not None:
        raise ProblemsFound((problem,))


def _require_own_place(base: SiteRecord | None, release: Release) -> None:
    """Refuse to replace another campaign, and by a drill a site that is none.

    Two targets may lead to one place by names of which nothing says that they are the same.
    """
    if base is not None and base.campaign != release.campaign:
        problem = Problem(
            code="publish-other-campaign",
            message=f"the target holds the campaign '{base.campaign}', which would be replaced",
            hint="name another folder, prefix or branch in targets.yaml",
        )
        raise ProblemsFound((problem,))
    if base is not None and release.exercise and not base.exercise:
        problem = Problem(
            code="publish-exercise",
            message=f"this is a drill, and what lies there is none ({base.id}): people may read it",
            hint="give exercises a folder, prefix or branch of their own, empty at first",
        )
        raise ProblemsFound((problem,))


def _require_known(base: SiteRecord | None, asked: PublishRequest) -> None:
    """Refuse to replace what somebody else published and we have not seen."""
    memory = memory_of(asked)
    if base is None or base.id in {asked.over, *memory.seen}:
        return
    if base.nonce in memory.nonces:
        return
    if base.commit and descends(asked.root, base.commit):
        return
    problem = Problem(
        code="publish-newer",
        message=f"{base.id} was published from elsewhere ({base.when}); our files lack it",
        hint=f"fetch their work first; if yours is to replace it: --over {base.id}",
    )
    raise ProblemsFound((problem,))
