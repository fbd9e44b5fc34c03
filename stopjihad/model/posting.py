"""Posts that people put up by hand: which one, on which day, with which link; and taken back.

Nothing is posted by the program. The lines say what stands where, for whoever must correct it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.campaign import Tag
from stopjihad.model.review import DIGITS, UNSEEN, Digest

PostingStep = Literal["post", "take-back"]

MAX_LINK = 2048
"""Most code points of a link, as of the addresses of sources."""

_Name = Annotated[str, Meta(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z")]
_Link = Annotated[str, Meta(max_length=MAX_LINK, pattern=rf"^(https://[^\s<>\"'\\{UNSEEN}]+)?\Z")]


class Posting(Record, frozen=True, kw_only=True):
    """One line of ``postings.jsonl``.

    Attributes:
        platform: id of a platform, such as ``mastodon``.
        language: BCP 47 tag of the words.
        point: id of the talking point, which may be gone since.
        step: what somebody says: it was posted, or that line is wrong.
        by: name or alias; never an e-mail address.
        on: when the line was written, with its offset from UTC; shown, and trusted for nothing.
        day: the day on which it was posted.
        link: where it stands; empty where the platform gives no address.
        words: digest of the draft as it was then (`draft_digest`); None where there was none.
        about: of what is taken back, the digest of its line.
    """

    platform: _Name
    language: Tag
    point: _Name
    step: PostingStep
    by: Annotated[str, Meta(min_length=1, max_length=80, pattern=rf"^[^@{UNSEEN}]*\Z")]
    on: Annotated[dt.datetime, Meta(tz=True)]
    day: dt.date | None = None
    link: _Link = ""
    words: Digest | None = None
    about: Digest | None = None

    @property
    def post(self) -> str:
        """The post as ``schedule.fixed`` names it: ``platform/language/point``."""
        return f"{self.platform}/{self.language}/{self.point}"

    def line_digest(self) -> str:
        """Name this very line, as lines about it do: digits of a SHA-256 over all of it."""
        return hashlib.sha256(encode_posting(self)).hexdigest()[:DIGITS]


def encode_posting(posting: Posting) -> bytes:
    """Write one line, without what it does not say: JSON with its line feed."""
    line = {name: value for name, value in msgspec.to_builtins(posting).items() if value}
    return msgspec.json.encode(line) + b"\n"


def draft_digest(digest: str) -> str:
    """Shorten the SHA-256 of a draft, as ``posts.json`` has it, to what a line holds."""
    return digest[:DIGITS]


def fault_of(posting: Posting) -> str:
    """Say what is wrong with a line of the right form; nothing for one that may stand."""
    if posting.step == "post" and posting.day is None:
        return "'post' says not on which day"
    if posting.language.endswith("\n"):
        return "the language has a line break"
    if posting.step == "take-back" and posting.about is None:
        return "'take-back' says not what it is about"
    return ""


def standing_postings(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """Give what was posted, by day, without what was taken back; a line that came twice is one."""
    known = {one.line_digest(): one for one in postings}
    gone = {one.about for one in known.values() if one.step == "take-back"}
    standing = [
        one
        for digest, one in known.items()
        if one.step == "post" and digest not in gone and one.day
    ]
    return tuple(sorted(standing, key=lambda one: (one.day or dt.date.min, encode_posting(one))))


def posted_days(postings: Iterable[Posting]) -> dict[str, tuple[dt.date, ...]]:
    """Give the days on which each post was posted, by ``platform/language/point``."""
    found: dict[str, tuple[dt.date, ...]] = {}
    for one in standing_postings(postings):
        if one.day is not None:
            found[one.post] = (*found.get(one.post, ()), one.day)
    return found
