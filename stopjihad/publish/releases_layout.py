"""Publish a folder beside the others, and lead to it in one operation: readers see old or new.

``releases/<id>/`` holds the files of a publication, ``current`` leads to the one that is read.
Files that did not change are second names of those of the publication before.

Throughout, ``release`` holds the files to publish, ``job`` says who does it and how; ``id_`` is the
name of a publication.
"""

from __future__ import annotations

import time

import msgspec

from stopjihad.catalog.headers import content_type
from stopjihad.model.targets import PublishTarget
from stopjihad.problem import ProblemsFound
from stopjihad.publish import lease
from stopjihad.publish.changes import (
    Changes,
    Outcome,
    compare_published,
    in_groups,
    read_all,
    read_back,
    size_of,
)
from stopjihad.publish.destination import ANY, AlteredFile, Destination
from stopjihad.publish.plain_layout import not_ours
from stopjihad.publish.release import Release, ReleaseFile, check_digest
from stopjihad.publish.schema import RECORD_BYTES, is_id
from stopjihad.publish.site_record import (
    PRIVATE_HEADERS,
    RECORDS,
    STATE,
    UNFINISHED,
    Job,
    SiteRecord,
    close_state,
    decode_published,
    kept_problem,
    new_record,
    recall_release,
    unknown,
)

CURRENT = "current"
FOLDERS = "releases"


class SwitchedLayout:
    """Publish below one folder."""

    def __init__(self, place: Destination, target: PublishTarget) -> None:
        """Take a place that can lead from a name to a folder."""
        self.place, self.target = place, target

    def read_published(self) -> SiteRecord | None:
        """Read what is published: that to which ``current`` leads."""
        folder, _, id_ = self.place.leads_to(CURRENT).rpartition("/")
        return self._record(id_) if folder == FOLDERS else None

    def clock(self) -> float | None:
        """Read the target's clock."""
        return self.place.clock(STATE)

    def history(self) -> list[SiteRecord]:
        """Read what can be returned to, oldest first."""
        now = self.read_published()
        found = [self._record(id_) for id_ in self._ids() if now is None or id_ != now.id]
        return [record for record in found if record is not None]

    def changes(self, release: Release) -> Changes:
        """Compare the target with a release, and refuse a place that is not ours.

        Raises:
            ProblemsFound: ``publish-not-ours``.
        """
        base = self.read_published()
        to = self.place.leads_to(CURRENT)
        if to and base is None:
            raise ProblemsFound((not_ours((f"{CURRENT} -> {to}",)),))
        found = compare_published(base, release)
        unfinished = lease.find(self.place, STATE) is not None
        return msgspec.structs.replace(found, unfinished=unfinished)

    def publish(self, release: Release, job: Job) -> Outcome:
        """Publish.

        Raises:
            Leased: another publisher is at work, or was quicker.
            Altered: somebody else published meanwhile.
            ProblemsFound: ``publish-differs``.
        """
        base = self.read_published()
        number = 1 + self._newest()
        record = new_record(release, number, base, job)
        holding, cut = self._lease(record.id, job)
        if cut is not None and cut.release != record.id:
            self._clear(cut.release)
        folder = f"{FOLDERS}/{record.id}/"
        source = f"{FOLDERS}/{base.id}/" if base else ""
        changes = compare_published(base, release)
        uploads = {file.path for file in changes.uploads}
        done = cut.done if cut is not None and cut.release == record.id else 0
        finished = 0

        def put(number: int, file: ReleaseFile) -> None:
            nonlocal finished
            if number >= done:
                holding.check()
                if file.path in uploads:
                    headers = {"Content-Type": content_type(file.path)}
                    self.place.replace(folder + file.path, release.content(file), headers, ANY)
                else:
                    self.place.copy(source + file.path, folder + file.path)
            holding.finish(number)
            finished += 1
            job.progress(finished, len(release.files))

        ordered = sorted(release.files, key=lambda file: (file.path not in uploads, file))
        in_groups(
            [ordered],
            put,
            self.place.parallel,
            lambda file: size_of(file) if file.path in uploads else 0,
        )
        count = read_back(self.place, folder, release.files, changes.uploads)
        holding.check()
        path = f"{STATE}/{RECORDS}/{record.id}.json"
        self.place.replace(path, record.encode(), PRIVATE_HEADERS, ANY)
        self.place.lead(CURRENT, f"{FOLDERS}/{record.id}")
        self._forget(record.id)
        holding.let_go()
        sent = [file for file in ordered[done:] if file.path in uploads]
        resumed = len(uploads) - len(sent)
        return Outcome(record.id, changes, len(sent), resumed, len(changes.gone), count)

    def fetch(self, path: str) -> bytes | None:
        """Read a file of the site as it is there now."""
        folder = self.place.leads_to(CURRENT)
        found = self.place.read(f"{folder}/{path}") if folder else None
        return found.data if found else None

    def recall(self, id_: str) -> Release:
        """Take a publication of before, its contents from its folder.

        Raises:
            ProblemsFound: ``publish-unknown`` when it is not kept.
        """
        old = self._record(id_)
        if old is None:
            raise ProblemsFound((unknown(id_, self.history()),))
        wanted = {file.path: file.sha256 for file in old.files}

        def read(path: str) -> bytes:
            return check_digest(self.place.read(f"{FOLDERS}/{id_}/{path}"), path, wanted[path])

        return recall_release(old, read)

    def forget(self, id_: str, job: Job) -> None:
        """Take away the folder of a publication and its record.

        Raises:
            Leased: another publisher is at work.
            ProblemsFound: ``publish-kept``: a publication was cut short.
        """
        if lease.find(self.place, STATE) is not None:
            raise ProblemsFound((kept_problem(id_, UNFINISHED, "publish again first"),))
        holding, _ = self._lease(job.expected, job)
        self._clear(id_)
        holding.let_go()

    def return_to(self, release: Release, job: Job) -> Outcome:
        """Lead to a publication of before once each file was compared with its digest.

        Only its signatures are written anew.

        Raises:
            Leased: another publisher is at work, or was quicker.
            Altered: somebody else published meanwhile.
        """
        old = self._record(job.back_to)
        assert old is not None, "it was recalled"
        todo = self.changes(release)
        holding, cut = self._lease(old.id, job)
        if cut is not None and cut.release != old.id:
            self._clear(cut.release)
        folder = f"{FOLDERS}/{old.id}/"
        signatures = compare_published(old, release)
        fresh = signatures.uploads
        self._verify(folder, release, {file.path for file in fresh})
        for file in fresh:
            headers = {"Content-Type": content_type(file.path)}
            self.place.replace(folder + file.path, release.read(file.path), headers, ANY)
        for gone in signatures.gone:
            self.place.remove(folder + gone)
        count = read_back(self.place, folder, release.files, fresh)
        record = msgspec.structs.replace(old, files=release.files, nonce=job.nonce)
        path = f"{STATE}/{RECORDS}/{old.id}.json"
        self.place.replace(path, record.encode(), PRIVATE_HEADERS, ANY)
        holding.check()
        self.place.lead(CURRENT, f"{FOLDERS}/{old.id}")
        holding.let_go()
        return Outcome(old.id, todo, len(fresh), 0, len(todo.gone), count)

    def _verify(self, folder: str, release: Release, fresh: set[str]) -> None:
        """Read all that stays as it is and compare it; take away what is no part of the release."""
        stays = (file for file in release.files if file.path not in fresh)
        read_all(release, stays, self.place.parallel)
        known = {file.path for file in release.files}
        for path in sorted((self.place.tags(folder) or {}).keys() - known):
            self.place.remove(folder + path)

    def _lease(self, id_: str, job: Job) -> tuple[lease.HeldLease, lease.Lease | None]:
        mine = lease.Lease(nonce=job.nonce, release=id_, since=job.now, renewed=time.time())
        holding = lease.HeldLease(self.place, STATE, mine)
        cut = holding.take(job.known, force=job.force)
        base = self.read_published()
        if (base.id if base else "") != job.expected:
            holding.let_go()
            raise AlteredFile(CURRENT)
        close_state(self.place, STATE)
        return holding, cut

    def _record(self, id_: str) -> SiteRecord | None:
        if not is_id(id_):
            return None
        found = self.place.read(f"{STATE}/{RECORDS}/{id_}.json", RECORD_BYTES)
        return decode_published(found.data, id_) if found else None

    def _ids(self) -> list[str]:
        names = self.place.names(f"{STATE}/{RECORDS}")
        ids = (name.removesuffix(".json") for name in names if name.endswith(".json"))
        return sorted(filter(is_id, ids))  # macOS leaves files such as ._0001-… on sticks

    def _newest(self) -> int:
        """Give the highest number of a publication that came to its end."""
        cut, now = lease.find(self.place, STATE), self.place.leads_to(CURRENT)
        half = cut.release if cut and now != f"{FOLDERS}/{cut.release}" else ""
        numbers = (int(id_.partition("-")[0]) for id_ in self._ids() if id_ != half)
        return max(numbers, default=0)

    def _clear(self, id_: str) -> None:
        """Remove what a publication that was cut short left, unless readers see it."""
        if is_id(id_) and self.place.leads_to(CURRENT) != f"{FOLDERS}/{id_}":
            self.place.prune(f"{FOLDERS}/{id_}")
            self.place.remove(f"{STATE}/{RECORDS}/{id_}.json")

    def _forget(self, now: str) -> None:
        others = [id_ for id_ in self._ids() if id_ != now]
        for id_ in others[: max(0, len(others) - self.target.kept_releases)]:
            self._clear(id_)
