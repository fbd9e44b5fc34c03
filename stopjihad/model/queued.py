"""Posts that an export gave to a scheduler: they may be queued there, whatever is corrected here.

The program asks no scheduler. The lines say what may stand where, for whoever must stop or correct
it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.campaign import Tag
from stopjihad.model.review import DIGITS, UNSEEN, Digest

MOST_TIMES = 600
"""Most times of one line: a post that comes again each week for ten years has 520."""

BEGINNING = 120
"""Code points of what a post says that are kept, so that somebody finds it."""

_Name = Annotated[str, Meta(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z")]
_Moment = Annotated[dt.datetime, Meta(tz=True)]


class QueuedPost(Record, frozen=True, kw_only=True):
    """One line of ``exports.jsonl``.

    Attributes:
        scheduler: name of the export.
        platform: id of a platform.
        language: BCP 47 tag of the words.
        point: id of the talking point, which may be gone since.
        step: what was done: it was exported, or somebody took it out of the scheduler.
        on: when the line was written; shown, and trusted for nothing.
        times: when it goes out, as far as a time is set.
        words: digest of the draft as it was then (`posting.draft_digest`).
        begins: its first words.
        about: of what is taken out, the digest of its line.
    """

    scheduler: _Name
    platform: _Name
    language: Tag
    point: _Name
    step: Literal["export", "take-out"]
    on: _Moment
    times: Annotated[tuple[_Moment, ...], Meta(max_length=MOST_TIMES)] = ()
    words: Digest | None = None
    begins: Annotated[str, Meta(max_length=BEGINNING, pattern=rf"^[^{UNSEEN}]*\Z")] = ""
    about: Digest | None = None

    @property
    def post(self) -> str:
        """The post as ``schedule.fixed`` names it: ``platform/language/point``."""
        return f"{self.platform}/{self.language}/{self.point}"

    def line_digest(self) -> str:
        """Name this very line, as lines about it do: digits of a SHA-256 over all of it."""
        return hashlib.sha256(encode_queued(self)).hexdigest()[:DIGITS]


class QueueItem(NamedTuple):
    """A post that may be queued in a scheduler; ``line`` names where it is written, ``at`` when."""

    line: str
    scheduler: str
    post: str
    at: dt.datetime | None
    words: str
    begins: str


def note_taken_out(item: QueueItem, now: dt.datetime) -> QueuedPost:
    """Make the line that a post was corrected or deleted in its scheduler."""
    platform, language, point = item.post.split("/")
    return QueuedPost(
        scheduler=item.scheduler,
        platform=platform,
        language=language,
        point=point,
        step="take-out",
        on=now,
        about=item.line,
    )


def encode_queued(queued: QueuedPost) -> bytes:
    """Write one line, without what it does not say: JSON with its line feed."""
    line = {name: value for name, value in msgspec.to_builtins(queued).items() if value}
    return msgspec.json.encode(line) + b"\n"


def fault_of(queued: QueuedPost) -> str:
    """Say what is wrong with a line of the right form; nothing for one that may stand."""
    if queued.step == "export" and queued.words is None:
        return "'export' says not which words"
    if queued.step == "take-out" and queued.about is None:
        return "'take-out' says not what it is about"
    return "the language has a line break" if queued.language.endswith("\n") else ""


def standing_queue(lines: Iterable[QueuedPost]) -> tuple[QueueItem, ...]:
    """Give what may be queued, first what goes out first; what has no time comes last.

    A post that was exported twice with the same words for the same time is one.
    """
    known = {one.line_digest(): one for one in lines}
    out = {one.about for one in known.values() if one.step == "take-out"}
    found: dict[tuple[str, str, dt.datetime | None, str], QueueItem] = {}
    for digest, one in known.items():
        if one.step != "export" or digest in out:
            continue
        for at in one.times or (None,):
            key = (one.scheduler, one.post, at, one.words or "")
            item = QueueItem(digest, one.scheduler, one.post, at, one.words or "", one.begins)
            found.setdefault(key, item)
    return tuple(sorted(found.values(), key=_place))


def _place(item: QueueItem) -> tuple[dt.datetime, str, str, str]:
    return item.at or _NEVER, item.scheduler, item.post, item.words


_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
