"""Publish into the place that readers see, file by file, in an order in which each page is whole.

What pages show goes up before the pages, new pages before those that lead to them; what goes, goes
last, and what open pages may still ask for stays for ``kept_days``. Contents that are replaced are
kept under their digest, so that they can come back.

Throughout, ``release`` holds the files to publish, ``job`` says who does it and how; ``id_`` is the
name of a publication.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from stopjihad.model.targets import PublishTarget
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish import lease
from stopjihad.publish.changes import (
    Changes,
    Outcome,
    compare,
    in_groups,
    read_all,
    read_back,
    size_of,
)
from stopjihad.publish.destination import (
    ANY,
    AlteredFile,
    Destination,
    ReplacedPublisher,
    TakenFile,
)
from stopjihad.publish.known_target import (
    KnownTarget,
    files_by_records,
    files_in_place,
    uploads_between,
)
from stopjihad.publish.release import Release, ReleaseFile, check_digest
from stopjihad.publish.schema import RECORD_BYTES, is_id, plain
from stopjihad.publish.site_record import (
    KEPT,
    POINTER,
    PRIVATE_HEADERS,
    RECORDS,
    UNFINISHED,
    Job,
    RetiredFile,
    SiteRecord,
    close_state,
    decode_published,
    kept_problem,
    new_record,
    recall_release,
    unknown,
)

DAY = 86_400

_ROOM = re.compile(r"[0-9a-f]{32}\Z|\.gone-")
"""Names of rooms of publishers, and of those that are being taken away."""

_DIGEST = re.compile(r"[0-9a-f]{64}|\.(new|gone)-.*")
"""Names of contents that are kept, and of what was cut off while it was written or removed."""

_LEFT = re.compile(r"\.new-|\.gone-|\.htaccess\Z")
"""Names of what a first publication may leave that is cut off before it has a lease."""


class Plain:
    """Publish into one folder or prefix."""

    def __init__(self, place: Destination, site: str, state: str, target: PublishTarget) -> None:
        """Take a place.

        Args:
            site: folder of the site on it; empty, or with a slash at its end.
        """
        self.place, self.site, self.state, self.target = place, site, state, target

    def read_published(self) -> SiteRecord | None:
        """Read what is published."""
        return self._pointer()[0]

    def clock(self) -> float | None:
        """Read the target's clock."""
        return self.place.clock(self.state)

    def history(self) -> list[SiteRecord]:
        """Read what can be returned to, oldest first."""
        now = self.read_published()
        found = [self._record(id_) for id_ in (now.before if now else ())]
        return [record for record in found if record is not None]

    def changes(self, release: Release) -> Changes:
        """Compare the target with a release, and refuse a place that is not ours.

        Raises:
            ProblemsFound: ``publish-not-ours``.
        """
        base = self.read_published()
        cut = lease.find(self.place, self.state)
        known = self._find_known(base, self._interrupted_record(cut), cut, release)
        if base is None and cut is None:
            strangers = known.strangers or self._strangers_beside()
            if strangers:
                raise ProblemsFound((not_ours(strangers),))
        found = compare(known.files, release, headers=self.place.headed)
        return msgspec.structs.replace(found, unfinished=cut is not None)

    def publish(self, release: Release, job: Job) -> Outcome:
        """Publish.

        Raises:
            Leased: another publisher is at work, or was quicker.
            Altered: a file was changed by somebody else meanwhile.
            ProblemsFound: ``publish-differs``.
        """
        base = self.read_published()
        number = base.number + 1 if base else 1
        record = new_record(release, number, base, job, self.target.kept_releases)
        mine = lease.Lease(nonce=job.nonce, release=record.id, since=job.now, renewed=time.time())
        holding = lease.HeldLease(self.place, self.state, mine)
        cut = holding.take(job.known, force=job.force)
        base, tag = self._pointer()
        if (base.id if base else "") != job.expected:
            holding.let_go()
            raise AlteredFile(POINTER)
        close_state(self.place, self.state)
        known = self._find_known(base, self._interrupted_record(cut), cut, release)
        changes = compare(known.files, release, headers=self.place.headed)
        task = _Task(release, record, base, known, changes)
        return _Run(self, task, holding).go(tag, job, cut)

    def fetch(self, path: str) -> bytes | None:
        """Read a file of the site as it is there now."""
        found = self.place.read(self.site + path)
        return found.data if found else None

    def recall(self, id_: str) -> Release:
        """Take a publication of before, its contents from where they are kept.

        Raises:
            ProblemsFound: ``publish-unknown`` when it is not kept.
        """
        old, now = self._record(id_), self.read_published()
        if old is None or now is None:
            raise ProblemsFound((unknown(id_, self.history()),))
        there = {path: file.sha256 for path, file in files_in_place(now).items()}
        wanted = {file.path: file.sha256 for file in old.files}

        def read(path: str) -> bytes:
            inside = there.get(path) == wanted[path]
            place = f"{self.site}{path}" if inside else f"{self.state}/{KEPT}/{wanted[path]}"
            return check_digest(self.place.read(place), path, wanted[path])

        return recall_release(old, read)

    def forget(self, id_: str, job: Job) -> None:
        """Take away the record of a publication, and the contents that only it had.

        Raises:
            Leased: another publisher is at work.
            ProblemsFound: ``publish-kept``: a publication was cut short.
        """
        base = self.read_published()
        if base is None or lease.find(self.place, self.state) is not None:
            raise ProblemsFound((kept_problem(id_, UNFINISHED, "publish again first"),))
        mine = lease.Lease(nonce=job.nonce, release=base.id, since=job.now, renewed=time.time())
        holding = lease.HeldLease(self.place, self.state, mine)
        holding.take(job.known, force=job.force)
        needed = {file.sha256 for file in base.files}
        for record in self.history():
            needed |= {file.sha256 for file in record.files} if record.id != id_ else set()
        for name in self.kept_names() - needed:
            holding.check()
            self.place.remove(f"{self.state}/{KEPT}/{name}")
        self.place.remove(f"{self.state}/{RECORDS}/{id_}.json")
        holding.let_go()

    def kept_names(self) -> set[str]:
        """List the contents that are kept; what somebody else put beside them is none of ours."""
        return set(filter(_DIGEST.fullmatch, self.place.names(f"{self.state}/{KEPT}")))

    def return_to(self, release: Release, job: Job) -> Outcome:
        """Publish again what was published before; ``release`` is from `recall`, signed anew."""
        read_all(release, self.changes(release).uploads, self.place.parallel)
        return self.publish(release, job)

    def _pointer(self) -> tuple[SiteRecord | None, str]:
        found = self.place.read(f"{self.state}/{POINTER}", RECORD_BYTES)
        return (decode_published(found.data), found.tag) if found else (None, "")

    def _record(self, id_: str) -> SiteRecord | None:
        if not is_id(id_):
            return None
        found = self.place.read(f"{self.state}/{RECORDS}/{id_}.json", RECORD_BYTES)
        return decode_published(found.data, id_) if found else None

    def _interrupted_record(self, cut: lease.Lease | None) -> SiteRecord | None:
        return self._record(cut.release) if cut and cut.release else None

    def _find_known(
        self,
        base: SiteRecord | None,
        half: SiteRecord | None,
        cut: lease.Lease | None,
        release: Release,
    ) -> KnownTarget:
        """Find out what is on the target: from the records, and from the target where it tells."""
        wanted = {file.path: file for file in release.files}
        files, ours = files_by_records(base, half, cut.done if cut else 0, wanted.keys())
        tags = self.place.tags(self.site)
        if tags is None:
            return KnownTarget(files, {}, () if base else self._strangers())
        inside = f"{self.state}/".removeprefix(self.site)
        tags = {path: tag for path, tag in tags.items() if not path.startswith(inside)}
        half_files = {file.path: file for file in half.files} if half else {}
        found: dict[str, ReleaseFile | None] = {}
        for path, tag in tags.items():
            known = files.get(path)
            if known is not None and ours.get(path) in {tag, None}:
                found[path] = known
            elif path in wanted and half_files.get(path) == wanted[path]:
                same = self.place.tag_of(release.content(wanted[path])) == tag
                found[path] = wanted[path] if same else None
            elif path in files or path in wanted:
                found[path] = None
        strangers = tuple(sorted(tags.keys() - files.keys() - half_files.keys()))
        return KnownTarget(found, tags, strangers)

    def _strangers_beside(self) -> tuple[str, ...]:
        """Look for files of others where publishing is to remember things, and to clear up."""
        names = self.place.names(self.state)
        if {POINTER, lease.NAME} & set(names):
            return ()
        rooms = self.place.names(f"{self.state}/{lease.ROOMS}") if lease.ROOMS in names else []
        found = [name for name in names if name != lease.ROOMS]
        found += [f"{lease.ROOMS}/{name}" for name in rooms if not _ROOM.match(name)]
        return tuple(f"{self.state}/{name}" for name in sorted(found) if not _LEFT.match(name))

    def _strangers(self) -> tuple[str, ...]:
        """Look for files of others where the target cannot list all: at the top of the site."""
        ours = self.state.removeprefix(self.site).partition("/")[0]
        names = self.place.names(self.site.rstrip("/"))
        return tuple(sorted(name for name in names if name != ours))


class _Task(NamedTuple):
    """What is to be done: from ``base``, as far as it is known, to the release."""

    release: Release
    record: SiteRecord
    base: SiteRecord | None
    known: KnownTarget
    changes: Changes


class _Run:
    """Carry out one publication while the lease is held."""

    def __init__(self, plain: Plain, task: _Task, holding: lease.HeldLease) -> None:
        self.plain, self.place, self.holding = plain, plain.place, holding
        self.release, self.record, self.base, known, self.changes = task
        self.known = known
        self.old = files_in_place(self.base)
        self.tags = dict(known.tags)
        self.kept: set[str] = set()
        self._wanted = {file.path for file in self.release.files}

    def go(self, pointer: str, job: Job, cut: lease.Lease | None) -> Outcome:
        """Upload, read back, set the pointer, remove what is gone."""
        place = self.place
        self.kept = self.plain.kept_names()
        self._write(f"{RECORDS}/{self.record.id}.json", self.record.encode(), ANY)
        uploads = self.changes.uploads
        finished = 0

        def put(number: int, file: ReleaseFile) -> None:
            nonlocal finished
            self._put(file)
            self.holding.finish(number)
            finished += 1
            job.progress(finished, len(uploads))

        in_groups(self.changes.groups, put, place.parallel, size_of)
        checked = read_back(place, self.plain.site, self.release.files, uploads)
        gone = self._list_retired(job.now)
        due = [item for item in gone if self._is_due(item, job.now)]
        # What goes at once is named once more: the next publication removes what a cut left.
        named = [
            item
            for item in gone
            if item not in due or (item.since == job.now and not item.file.lingers)
        ]
        for item in due:
            self._keep_old(item.file.path)  # after the pointer nobody knows where it was
        tags = {path: self.tags[path] for path in self.tags if path in self._wanted}
        record = msgspec.structs.replace(self.record, tags=tags, gone=tuple(named))
        self._write(POINTER, record.encode(), pointer)
        self._keep_ahead()
        removed = self._remove(due)
        self._forget(record)
        self.holding.let_go()
        resumed = len(uploads_between(self.base, self.record)) - len(uploads) if cut else 0
        return Outcome(record.id, self.changes, len(uploads), max(0, resumed), removed, checked)

    def _put(self, file: ReleaseFile) -> None:
        self._keep_old(file.path)
        path = self.plain.site + file.path
        data = self.release.content(file)
        self.holding.check()
        try:
            if file.path in self.known.files:
                tag = self.known.tags.get(file.path, ANY)
                self.tags[file.path] = self.place.replace(path, data, file.headers, tag)
            else:
                self.tags[file.path] = self.place.create(path, data, file.headers)
        except ReplacedPublisher:
            raise
        except (TakenFile, AlteredFile):
            self.holding.check()  # says so when it is another publisher's by now
            raise AlteredFile(file.path) from None

    def _keep_old(self, path: str) -> None:
        """Keep the content that was published under a path before it goes."""
        old = self.old.get(path)
        if old is not None:
            self._keep(old)

    def _keep_ahead(self) -> None:
        """Keep what is replaced next, so that neither an alert nor a way back waits for it."""
        likely = [file for file in self.release.files if not file.lingers]
        in_groups([likely], lambda _, file: self._keep(file), self.place.parallel)

    def _keep(self, file: ReleaseFile) -> None:
        if file.sha256 not in self.kept:
            self.holding.check()
            kept = f"{self.plain.state}/{KEPT}/{file.sha256}"
            self.place.copy(self.plain.site + file.path, kept)
            self.kept.add(file.sha256)

    def _write(self, name: str, data: bytes, tag: str) -> None:
        self.holding.check()
        path = f"{self.plain.state}/{name}"
        if tag:
            self.place.replace(path, data, PRIVATE_HEADERS, tag)
        else:
            self.place.create(path, data, PRIVATE_HEADERS)

    def _list_retired(self, now: int) -> list[RetiredFile]:
        """List what is no part of the site any more but may still be there."""
        found = {gone.file.path: gone for gone in self.base.gone} if self.base else {}
        for path in self.changes.gone:
            file = self.old.get(path, ReleaseFile(path, "", 0, ""))
            found.setdefault(path, RetiredFile(file, now))
        return [gone for path, gone in sorted(found.items()) if path not in self._wanted]

    def _is_due(self, gone: RetiredFile, now: int) -> bool:
        """Tell whether a file goes now: what lingers does after ``kept_days``, all else at once."""
        late = now - gone.since >= self.plain.target.kept_days * DAY
        return late or not gone.file.lingers or not gone.file.sha256

    def _remove(self, due: list[RetiredFile]) -> int:
        there = self.known.tags
        files = [gone.file for gone in due if not there or gone.file.path in there]
        site = self.plain.site
        pages = [site + file.path for file in files if file.path.endswith(".html")]
        shown = [site + file.path for file in files if not file.path.endswith(".html")]
        self._drop(pages)  # no page stands without its pictures, whenever the connection breaks
        self._drop(shown)
        return len(files)

    def _drop(self, paths: Iterable[str]) -> None:
        def remove(_: int, path: str) -> None:
            self.holding.check()
            self.place.remove(path)

        in_groups([list(paths)], remove, self.place.parallel)

    def _forget(self, record: SiteRecord) -> None:
        """Forget publications that can no longer be returned to, and contents only they had."""
        state, place = self.plain.state, self.place
        keep = {record.id, *record.before}
        needed = {file.sha256 for file in record.files}
        for id_ in record.before:
            old = self.plain._record(id_)  # noqa: SLF001 (one concept in two classes)
            needed |= {file.sha256 for file in old.files} if old else set()
        ids = {name.removesuffix(".json") for name in place.names(f"{state}/{RECORDS}")}
        self._drop(f"{state}/{RECORDS}/{id_}.json" for id_ in filter(is_id, sorted(ids - keep)))
        self._drop(f"{state}/{KEPT}/{digest}" for digest in sorted(self.kept - needed))


def not_ours(strangers: tuple[str, ...]) -> Problem:
    """Refuse a place that holds what we did not put there.

    Returns:
        The problem ``publish-not-ours``.
    """
    shown = plain(", ".join(strangers[:3])) + (" …" if len(strangers) > 3 else "")
    return Problem(
        code="publish-not-ours",
        message=f"the target holds {len(strangers)} file(s) that we did not put there: {shown}",
        hint="name an empty folder or prefix in targets.yaml, or empty this one",
    )
