"""Remember every save of a campaign's files: what they were, when, and by whom.

A save adds one record to the end of a log, some hundred bytes: what differs from the version
before. So it costs little, a program that is killed loses at most the record that it was writing,
and nothing of what people wrote is ever changed for it. The team's own repository is not touched,
and none of our own is made beside it: git writes four files a save, and needs to pack them to stay
small. Logs are in ``.stopjihad/history/<campaign>/``; when all of a campaign are larger than
`MOST`, the oldest goes, but for the last version of each file in it.

Only this program writes there, one process at a time (``save.write`` holds the lock). What cannot
be read is no version: nothing in a log is believed to be anything but text of that file, which
people look at before they take it back.

Throughout, ``path`` is that of a file relative to the workspace, and ``known`` a version.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from functools import lru_cache
from typing import NamedTuple

import msgspec

from stopjihad.disk.anchor import hold
from stopjihad.disk.files import create_in, read_in, replace_in, write_all
from stopjihad.disk.folder import APPEND, PRIVATE, Folder, is_plain

FOLDER = "history"

ENDINGS = (".md", ".yaml", ".po", ".csv", ".jsonl")
"""What is remembered: words. Pictures are not: they are only ever added, and large."""

LARGEST = 4 * 1024 * 1024
"""Bytes of the largest file that is remembered: the sample's translations have 0.3 MB each."""

SEGMENT = 4 * 1024 * 1024
"""Bytes of a log after which another one begins: reading it whole takes some ten milliseconds."""

MOST = 32 * 1024 * 1024
"""Bytes of all logs of a campaign: at 300 bytes a save, about 100,000 saves; reading all of them,
as the first save of a command does, takes a quarter of a second then."""

_BASE = "base.log"
_RULES = ".gitignore"
"""Whatever the workspace's own says: nobody commits all that was ever written, and by whom."""

_END = ".log"
_NAME = re.compile(r"(\d{6}|base)\.log")
_HEAD = 4 + 16
"""Bytes before a record: its length, and its digest."""

AUTHOR: ContextVar[str] = ContextVar("author", default="")
"""What the person calls itself for whom a request saves; empty for commands, and for saves by
other programs. Each request has a value of its own."""


class HistoryRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One version as it lies in a log.

    Attributes:
        path: of the file.
        when: Unix time in seconds.
        by: who saved it.
        digest: SHA-256 of the whole file; empty where it was removed.
        base: whether it differs from the version before in the same log; else it is whole.
        head: bytes at the start that are as in that one.
        tail: bytes at the end that are as in that one.
        middle: what lies between, compressed.
    """

    path: str
    when: int
    by: str
    digest: bytes
    base: bool
    head: int
    tail: int
    middle: bytes


class FileVersion(NamedTuple):
    """Name a version: ``log`` and ``place`` say where it is kept, ``number`` its order in all.

    ``digest`` is the SHA-256 of the file in hexadecimal; empty where it was removed.
    """

    number: int
    log: str
    place: int
    path: str
    when: int
    by: str
    digest: str

    @property
    def id(self) -> str:
        """Name it in an address, such as ``000003-81920``."""
        return f"{self.log.removesuffix(_END)}-{self.place}"


class LastLog(NamedTuple):
    """The log that is written: where it ends, and the last digest of each file in it."""

    name: str
    end: int
    digests: dict[str, bytes]


class CampaignHistory:
    """The versions of a campaign's files; many threads may ask."""

    def __init__(self, root: str, campaign: str) -> None:
        """Begin with what is kept; nothing is written before the first save."""
        self._folder = os.path.join(root, PRIVATE, FOLDER, campaign)
        self._own = f"campaigns/{campaign}/"
        self._lock = threading.RLock()
        self._last: LastLog | None = None
        self._newest: dict[str, bytes] = {}
        self.trouble = ""

    def record(self, path: str, old: bytes | None, new: bytes | None) -> None:
        """Remember a save; a disk that refuses stops nobody, and is said in ``trouble``.

        Args:
            old: what the file was; None where there was none. It is remembered, too, where it is
                not the last version: then somebody else wrote it.
            new: what it is now; None where it is removed.
        """
        if not path.endswith(ENDINGS) or max(map(len, (old or b"", new or b""))) > LARGEST:
            return
        with self._lock:
            try:
                self._follow()
                if old is not None and self._newest.get(path) != _digest(old):
                    self._append(path, None, old, "")
                if self._newest.get(path, b"") != _digest(new):
                    self._append(path, old, new, AUTHOR.get())
                self.trouble = ""
            except (OSError, ValueError) as error:  # such as a name that is no text
                self._last = None
                self.trouble = str(error)

    def versions(self, path: str = "") -> list[FileVersion]:
        """List versions, oldest first; of all files where no path is given."""
        found: list[FileVersion] = []
        based: set[tuple[str, int, bytes]] = set()
        for name in self._names():
            for place, one in read_log(self._data(name)).records:
                mark = (one.path, one.when, one.digest)
                if name == _BASE:
                    based.add(mark)
                elif mark in based:  # we were killed before its log was taken away
                    continue
                if path in {"", one.path} and self._is_own(one.path):
                    version = (name, place, one.path, one.when, one.by, one.digest.hex())
                    found.append(FileVersion(len(found), *version))
        return found

    def contents(self, wanted: Iterable[FileVersion]) -> dict[str, bytes | None]:
        """Give the bytes of versions by their ids; None where a file was removed, or is damaged."""
        known = {(one.log, one.place): one for one in wanted}
        found: dict[str, bytes | None] = dict.fromkeys(one.id for one in known.values())
        for name in {log for log, _ in known}:
            now: dict[str, bytes] = {}
            for place, one in read_log(self._data(name)).records:
                data = _apply_step(one, now.get(one.path, b""))
                if data is None or _digest(data) != one.digest:
                    now.pop(one.path, None)
                    continue
                now[one.path] = data
                if (name, place) in known:
                    found[known[name, place].id] = data
        return found

    @property
    def sound(self) -> bool:
        """Whether all that is kept can be read."""
        return all(read_log(self._data(name)).sound for name in self._names())

    def forget(self) -> None:
        """Remove all of it.

        Raises:
            OSError: the disk refuses.
        """
        above, name = os.path.split(self._folder)
        with self._lock:
            self._last = None
            with contextlib.suppress(FileNotFoundError), hold(above) as held:
                held.remove(name)

    def _is_own(self, path: str) -> bool:
        """Tell whether a file is one of the campaign's: a log may come from anybody."""
        parts = path.removeprefix(self._own).split("/")
        own = path.startswith(self._own) and path.endswith(ENDINGS)
        return own and not any(part.startswith(".") for part in parts)

    def _follow(self) -> None:
        """Read what is kept once, and again when another process wrote it."""
        names = self._names()
        newest = names[-1] if names else ""
        if self._last and (self._last.name, self._last.end) == (newest, self._size(newest)):
            return
        self._newest, self._last = {}, None
        for name in names:
            log = read_log(self._data(name))
            digests = {one.path: one.digest for _, one in log.records}
            self._newest |= digests
            whole = log.sound and log.end == self._size(name)
            self._last = LastLog(name, log.end if whole else SEGMENT, digests)

    def _append(self, path: str, before: bytes | None, data: bytes | None, by: str) -> None:
        with hold(self._folder, make=True) as held:
            last = self._last
            full = last is None or last.name == _BASE or last.end >= SEGMENT
            # A pipe would make us wait; a file of two names may be somebody else's.
            if last is None or full or not is_plain(held.stat(last.name)):
                number = int(last.name.removesuffix(_END)) if last and last.name != _BASE else 0
                last = LastLog(f"{number + 1:06}{_END}", 0, {})
                create_in(held, last.name, mode=0o600)
                if not held.is_there(_RULES):
                    create_in(held, _RULES, b"*\n")
                self._make_room(held)
            based = before is not None and last.digests.get(path) == _digest(before)
            record = _record(path, before if based else None, data, by)
            sealed = _add_seal(msgspec.msgpack.encode(record))
            handle = held.open(last.name, APPEND)
            try:
                if not is_plain(os.fstat(handle)):
                    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), last.name)
                _add_whole(handle, sealed, last.end)
            finally:
                os.close(handle)
        last.digests[path] = self._newest[path] = record.digest
        self._last = last._replace(end=last.end + len(sealed))

    def _make_room(self, held: Folder) -> None:
        """Take the oldest logs away where all are too large; the last version of a file stays."""
        names = self._names()
        while len(names) > 2 and sum(map(self._size, names)) > MOST:
            oldest = names[: 2 if names[0] == _BASE else 1]
            kept: dict[str, bytes] = {}
            for name in oldest:
                now: dict[str, bytes] = {}
                for _, one in read_log(self._data(name)).records:
                    data = _apply_step(one, now.get(one.path, b""))
                    kept.pop(one.path, None)
                    if data is not None and _digest(data) == one.digest:
                        now[one.path] = data
                        whole = _record(one.path, None, data, one.by, one.when)
                        kept[one.path] = _add_seal(msgspec.msgpack.encode(whole))
            replace_in(held, _BASE, *kept.values(), sync=True)
            held.forget(oldest[-1])
            names = self._names()

    def _names(self) -> list[str]:
        with contextlib.suppress(OSError), hold(self._folder) as held:
            names = [one for one in held.names() if _NAME.fullmatch(one)]
            return sorted(names, key=lambda one: (one != _BASE, one))
        return []

    def _size(self, name: str) -> int:
        with contextlib.suppress(OSError), hold(self._folder) as held:
            return held.stat(name).st_size
        return -1

    def _data(self, name: str) -> bytes:
        with contextlib.suppress(OSError), hold(self._folder) as held:
            return read_in(held, name, MOST) or b""
        return b""


def _add_whole(handle: int, data: bytes, end: int) -> None:
    """Write at the end of an open file, which stays as long as it was where that fails."""
    try:
        write_all(handle, data)
    except OSError:
        os.ftruncate(handle, end)
        raise


class Log(NamedTuple):
    """A log as it was read: its records with their places, where the good ones end.

    It is not ``sound`` where it is damaged; a record that was never finished damages nothing.
    """

    records: list[tuple[int, HistoryRecord]]
    end: int
    sound: bool


def read_log(data: bytes) -> Log:
    """Read a log; a record that is damaged is passed over."""
    records: list[tuple[int, HistoryRecord]] = []
    place, sound = 0, True
    while len(data) - place >= _HEAD:
        size = int.from_bytes(data[place : place + 4], "big")
        body = data[place + _HEAD : place + _HEAD + size]
        if len(body) < size:
            return Log(records, place, sound and size <= 2 * LARGEST)
        try:
            if _seal(body) != data[place + 4 : place + _HEAD]:
                raise msgspec.DecodeError
            records.append((place, msgspec.msgpack.decode(body, type=HistoryRecord)))
        except msgspec.MsgspecError:
            sound = False
        place += _HEAD + size
    return Log(records, place, sound)


@contextlib.contextmanager
def saving_as(name: str) -> Iterator[None]:
    """Remember saves as those of a person while a block runs."""
    token = AUTHOR.set(name)
    try:
        yield
    finally:
        AUTHOR.reset(token)


@lru_cache(maxsize=16)
def history_of(root: str, campaign: str) -> CampaignHistory:
    """Give the history of a campaign: one for all threads of this process."""
    return CampaignHistory(root, campaign)


def remember(root: str, path: str, old: bytes | None, new: bytes | None) -> None:
    """Remember a save of a file of a campaign, as `CampaignHistory.record`; of others nothing."""
    folder, _, rest = path.partition("/")
    campaign, _, inner = rest.partition("/")
    if folder == "campaigns" and inner:
        history_of(root, campaign).record(path, old, new)


def _record(
    path: str, before: bytes | None, data: bytes | None, by: str, when: int = 0
) -> HistoryRecord:
    """Write down a version; ``before`` is the one that lies before it in its log, if any."""
    when = when or int(time.time())
    if data is None:
        return HistoryRecord(path, when, by, b"", base=False, head=0, tail=0, middle=b"")
    head, tail = 0, 0
    if before is not None:
        head = _common(before, data, 1)
        tail = min(min(len(before), len(data)) - head, _common(before, data, -1))
    middle = data[head : len(data) - tail]
    packed = zlib.compress(middle, 1 if len(middle) > 65_536 else 6)
    return HistoryRecord(path, when, by, _digest(data), before is not None, head, tail, packed)


def _apply_step(one: HistoryRecord, before: bytes) -> bytes | None:
    """Make a version of the one before it; None where the file was removed, or it is damaged."""
    if not one.digest:
        return None
    try:
        middle = zlib.decompressobj().decompress(one.middle, LARGEST)
    except zlib.error:
        return None
    if not one.base:
        return middle
    return before[: one.head] + middle + before[len(before) - one.tail :]


def _common(one: bytes, other: bytes, way: int) -> int:
    """Count equal bytes from the start (``way`` 1) or from the end (-1)."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if way > 0:
            same = one[:middle] == other[:middle]
        else:
            same = one[len(one) - middle :] == other[len(other) - middle :]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _digest(data: bytes | None) -> bytes:
    return b"" if data is None else hashlib.sha256(data).digest()


def _seal(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()


def _add_seal(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + _seal(body) + body
