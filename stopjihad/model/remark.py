"""Remarks on words: sent back, asked, said, answered, resolved, and whose turn it is.

They are words of the team for the team: nothing that is published depends on them. No clock puts
them in order: an answer names the remark that it is about.
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

RemarkStep = Literal["send-back", "ask", "remark", "answer", "resolve", "assign"]

MAX_TEXT = 1000
"""Most code points of a remark: it says what is wrong, not what stands there instead."""

MAX_QUOTE = 4000
"""Most code points of the words that a remark is about."""

_Name = Annotated[str, Meta(max_length=80, pattern=rf"^[^@{UNSEEN}]*\Z")]


class Remark(Record, frozen=True, kw_only=True):
    """One line of ``remarks.jsonl``.

    Attributes:
        language: BCP 47 tag of the words.
        context: the field that they stand in, or the key of the talking point, page ….
        step: what somebody did.
        by: name or alias; never an e-mail address.
        on: when, with its offset from UTC; shown, and trusted for nothing.
        text: why, or the answer; empty of ``resolve`` and ``assign``.
        words: digest of the words as they stood, as a signature would be bound to them; of a whole
            the digest of all of them. So it shows whether they changed since.
        quote: those words themselves, so that later changes can be shown.
        about: of an answer, a resolution or an assignment, the digest of the line before it.
        to: whose turn it is.
        due: the day by which it is wanted.
    """

    language: Tag
    context: Annotated[str, Meta(min_length=1, max_length=300, pattern=rf"^[^{UNSEEN}]+\Z")]
    step: RemarkStep
    by: Annotated[_Name, Meta(min_length=1)]
    on: Annotated[dt.datetime, Meta(tz=True)]
    text: Annotated[str, Meta(max_length=MAX_TEXT, pattern=rf"^[^{UNSEEN}]*\Z")] = ""
    words: Digest | None = None
    quote: Annotated[str, Meta(max_length=MAX_QUOTE, pattern=rf"^[^{UNSEEN}]*\Z")] = ""
    about: Digest | None = None
    to: _Name = ""
    due: dt.date | None = None

    def line_digest(self) -> str:
        """Name this very line, as lines about it do: digits of a SHA-256 over all of it."""
        return hashlib.sha256(encode_remark(self)).hexdigest()[:DIGITS]


def encode_remark(remark: Remark) -> bytes:
    """Write one line, without what it does not say: JSON with its line feed."""
    line = {name: value for name, value in msgspec.to_builtins(remark).items() if value}
    return msgspec.json.encode(line) + b"\n"


def whole_digest(digests: Iterable[str]) -> str:
    """Digest a whole by the digests of its texts."""
    return hashlib.sha256(" ".join(digests).encode()).hexdigest()[:DIGITS]


def fault_of(remark: Remark) -> str:
    """Say what is wrong with a line of the right form; nothing for one that may stand."""
    follows = remark.step in {"answer", "resolve"}
    if follows and remark.about is None:
        return f"'{remark.step}' says not what it is about"
    if not remark.text.strip() and remark.step not in {"resolve", "assign"}:
        return f"'{remark.step}' has no words"
    return ""


class RemarkThread(NamedTuple):
    """A remark and what was answered; ``resolved`` is by whom it was closed, or empty."""

    root: Remark
    digest: str
    answers: tuple[Remark, ...]
    resolved: str


def remark_threads(remarks: Iterable[Remark]) -> tuple[RemarkThread, ...]:
    """Put answers to what they are about; what is about nothing that is there is left out."""
    known = {one.line_digest(): one for one in remarks}
    answers: dict[str, list[Remark]] = {}
    closed: dict[str, str] = {}
    for one in known.values():
        if one.step == "answer" and one.about:
            answers.setdefault(one.about, []).append(one)
        elif one.step == "resolve" and one.about:
            closed.setdefault(one.about, one.by)
    return tuple(
        RemarkThread(one, digest, tuple(answers.get(digest, ())), closed.get(digest, ""))
        for digest, one in known.items()
        if one.step in {"send-back", "ask", "remark"}
    )


def assignments(remarks: Iterable[Remark]) -> dict[tuple[str, str], Remark]:
    """Find whose turn it is, and until when: the last assignment by language and context.

    Of two that did not know of each other the later line of the file counts.
    """
    lines = {one.line_digest(): one for one in remarks if one.step == "assign"}
    replaced = {one.about for one in lines.values()}
    return {
        (one.language, one.context): one for digest, one in lines.items() if digest not in replaced
    }
