"""The ledger of a campaign: who approved which text, read which sentence, excused which words.

Digests bind each signature, and work that translators return, to the very words they are about.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Collection, Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.campaign import Tag
from stopjihad.model.chain import chain_of
from stopjihad.model.chain import standing_lines as standing_in
from stopjihad.text.unicode.lookalikes import fold_lookalikes, with_latin_capitals

DIGITS = 32
"""Hexadecimal digits of a digest: 128 bits, so that nobody can make two texts share one."""


def translation_digest(language: str, context: str, source: str, translation: str) -> str:
    """Bind an approval to source and translation.

    Args:
        language: BCP 47 tag of the translation.

    Returns:
        Hexadecimal digits of a SHA-256 over the four.
    """
    return _digest(language, context, source, translation)


def text_digest(language: str, context: str, text: str) -> str:
    """Bind an approval to a text of the source language, which translates nothing.

    Args:
        language: BCP 47 tag of the source language.

    Returns:
        Hexadecimal digits of a SHA-256 over the three.
    """
    return translation_digest(language, context, "", text)


MARKED = "⟦{}⟧"
"""How a sentence of the reading list is marked in its paragraph."""


def reading_digest(language: str, context: str, paragraph: str) -> str:
    """Bind the signature of a reader to a paragraph, and to which of its sentences were listed.

    Args:
        paragraph: its words, without Markdown; the listed sentences are ``MARKED``.

    Returns:
        Hexadecimal digits of a SHA-256 over the three.
    """
    return _digest("reading", language, context, paragraph)


def sentence_digest(language: str, context: str, sentence: str) -> str:
    """Name a sentence as signatures of version 0.1 did, which outlived what stood before it.

    Returns:
        Hexadecimal digits of a SHA-256 over the three.
    """
    return _digest("sentence", language, context, sentence)


def exception_digest(rule: str, language: str, context: str, words: str) -> str:
    """Bind an exception to the rule, the language, the place and the words that it excuses.

    Args:
        context: field, or subject of what is judged as a whole.
        words: the sentence that the rule found, or what it said where no words are to blame.

    Returns:
        Hexadecimal digits of a SHA-256 over the four.
    """
    return _digest("exception", rule, language, context, words)


def alert_digest(context: str, words: str) -> str:
    """Bind a step of an alert to its slots and to its words in every language.

    Args:
        context: the alert, ``alerts/<id>``.

    Returns:
        Hexadecimal digits of a SHA-256 over the two.
    """
    return _digest("alert", context, words)


def source_digest(context: str, source: str) -> str:
    """Name a text in files that go to translators, so that a changed one is noticed.

    Returns:
        Hexadecimal digits of a SHA-256 over the two.
    """
    return _digest(context, source)


def _digest(*parts: str) -> str:
    # Lengths keep ("ab", "c") and ("a", "bc") apart; unpaired surrogates must not raise.
    whole = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


Kind = Literal["native", "editorial", "legal", "back-translation", "reading", "exception", "alert"]
AlertStep = Literal["draft", "approve", "refuse", "publish", "update", "end", "withdraw"]
Cause = Literal["false-alarm", "corrected", "mistake", "over", "lapsed"]
Verdict = Literal["approve", "withdraw"]

UNSEEN = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
"""Line ends, and what a terminal carries out or turns words round with: names are printed there."""

Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]

ENDS: frozenset[str] = frozenset({"end", "withdraw"})
"""Steps after which an alert no longer holds."""

OF_TEXTS: tuple[Kind, ...] = ("native", "editorial", "legal", "back-translation")
"""Kinds that judge a whole text; the others are about one sentence, or about an alert."""

CAUSES: dict[AlertStep, tuple[Cause, ...]] = {
    "end": ("over", "lapsed"),
    "withdraw": ("false-alarm", "corrected", "mistake"),
}
"""Why an alert can be taken away, by the step: readers are told it in a sentence of the theme."""

PUBLISHING: frozenset[str] = frozenset({"native", "editorial"})
"""Kinds that publishing asks for: of a translation, and of a text in the source language."""


class Review(Record, frozen=True, kw_only=True):
    """One signature or its withdrawal: one line of ``reviews.jsonl``.

    Attributes:
        language: BCP 47 tag of the words.
        context: field that they stand in, or the subject of an exception.
        digest: one of those above: the signature dies when a word of it changes.
        verdict: ``approve`` or ``withdraw``.
        kind: ``native`` approves a translation, ``editorial`` a text of the source language;
            ``legal`` and ``back-translation`` judge a translation otherwise; ``reading`` says that
            the listed sentences of a paragraph were read; ``exception`` excuses words from a rule;
            ``alert`` is a step of an alert in a crisis.
        by: name or alias; never an e-mail address.
        role: what makes them fit to judge.
        on: when, with its offset from UTC.
        source: the source text as it was judged, so that later changes can be shown; may be empty.
        words: the words as they were judged; may be empty.
        rule: id of the rule that an exception is from.
        reason: why the words may stand.
        until: last day of an exception.
        step: of an alert in a crisis, what was done.
        through: ``file`` where somebody who was elsewhere answered a file, and the person at the
            machine took the answer: weaker than an approval at the machine; ``shipping`` where
            ``init`` wrote the program's own words (`is_signed_by_shipping` says which).
        cause: why an alert was taken away, as its readers are told; ``reason`` is for the team.
        answers: digests of the lines of the same alert, or under the same words, that nothing had
            answered when this one was written; None in ledgers from before there were any.
        urgent: whether it counts for two people for a day, where two must sign: the second one
            signs within it, or the words are taken down.
        lapsed: whether that day is over, by the clock that it was read by; never written.
        ahead: whether it is from the future by the clock that it was read by, and counts for
            nothing; never written. What takes back counts always.
    """

    language: Tag
    context: Annotated[str, Meta(min_length=1, max_length=300)]
    digest: Digest
    verdict: Verdict
    kind: Kind
    by: Annotated[str, Meta(min_length=1, max_length=80, pattern=rf"^[^@{UNSEEN}]+\Z")]
    role: Annotated[str, Meta(max_length=120, pattern=rf"^[^@{UNSEEN}]*\Z")] = ""
    on: Annotated[dt.datetime, Meta(tz=True)]
    source: str = ""
    words: str = ""
    rule: Annotated[str, Meta(pattern=r"^([A-Z]{3}[0-9]{2})?$")] = ""
    reason: Annotated[str, Meta(max_length=500, pattern=rf"^[^{UNSEEN}]*\Z")] = ""
    until: dt.date | None = None
    step: AlertStep | None = None
    through: Literal["file", "shipping"] | None = None
    cause: Cause | None = None
    answers: tuple[Digest, ...] | None = None
    urgent: bool = False
    lapsed: bool = False
    ahead: bool = False

    @property
    def takes_back(self) -> bool:
        """Whether it ends or withdraws what it answers."""
        return self.verdict == "withdraw" or self.step in ENDS

    @property
    def lapse(self) -> dt.datetime:
        """The moment from which an urgent signature counts for one person alone."""
        return self.on + URGENT

    def line_digest(self) -> str:
        """Name this very line, as lines that answer it do: digits of a SHA-256 over all of it."""
        return hashlib.sha256(encode(self)).hexdigest()[:DIGITS]

    def is_kept(self) -> bool:
        """Tell whether the words stand in the line, and are those that its digest is bound to."""
        return bool(self.words) and self._bound_text() == self.digest

    def _bound_text(self) -> str:
        if self.kind == "exception":
            return exception_digest(self.rule, self.language, self.context, self.words)
        if self.kind == "alert":
            return alert_digest(self.context, self.words)
        if self.kind == "reading":
            return reading_digest(self.language, self.context, self.words)
        if self.kind == "editorial":
            return text_digest(self.language, self.context, self.words)
        return translation_digest(self.language, self.context, self.source, self.words)


SHIPPER = "stopjihad"
"""Who signs what the program ships."""

_NEVER_SHIPPED = ("alerts/", "helplines/")
"""Words that each team answers for itself: alerts in a crisis, and what is said of helplines."""


def is_signed_by_shipping(context: str, kind: Kind) -> bool:
    """Tell whether words that the program ships need no reader of the team until it touches them.

    Translations do (kind ``native``), and sentences of the reading list.
    """
    return kind == "editorial" and not context.startswith(_NEVER_SHIPPED)


URGENT = dt.timedelta(hours=24)
"""How long one pair of eyes is enough for an urgent correction."""

_NOT_URGENT = ("alerts/", "pages/", "media/", "campaign/", "responses/", "partners/")
"""What stays as it is until two have signed: a site without one of these would be none, and no
reader waits for a partner's own words."""


def may_be_urgent(context: str, kind: Kind) -> bool:
    """Tell whether words may go out with one signature, and be taken down without a second."""
    return kind in {*PUBLISHING, "reading"} and not context.startswith(_NOT_URGENT)


def are_enough(found: Collection[Review], people: int) -> bool:
    """Tell whether words are signed by as many ``people`` as must, or urgently by one."""
    return len(found) >= people or any(one.urgent and not one.lapsed for one in found)


def urgent_signatures(reviews: Iterable[Review], people: int) -> dict[str, Review]:
    """Find words that are signed urgently and still lack a second person, by their digest.

    Args:
        people: how many different people must sign the very same words.
    """
    reviews = tuple(reviews)
    if people < 2 or not any(one.urgent for one in reviews):
        return {}
    return {
        digest: next(one for one in found if one.urgent)
        for (digest, kind), found in signatures(reviews).items()
        if kind in PUBLISHING and len(found) < people and any(one.urgent for one in found)
    }


def signatures(reviews: Iterable[Review]) -> dict[tuple[str, Kind], tuple[Review, ...]]:
    """Find the signatures that stand.

    Args:
        reviews: lines of the ledger in the order of its file, repeated ones among them: branches
            of a repository are merged by keeping the lines of both.

    Returns:
        By digest and kind the latest signature of each person, the last one at the end. A
        withdrawal takes back every signature that does not answer it, whatever its time.
    """
    lines: dict[tuple[str, Kind], list[Review]] = {}
    for review in reviews:
        lines.setdefault((review.digest, review.kind), []).append(review)
    found: dict[tuple[str, Kind], tuple[Review, ...]] = {}
    for key, own in lines.items():
        people: dict[str, Review] = {}
        for one in standing_in(chain_of(own)):
            people.pop(person(one.line.by), None)
            people[person(one.line.by)] = one.line
        if people:
            found[key] = tuple(people.values())
    return found


def person(name: str) -> str:
    """Give what two spellings of one name or alias have in common.

    Args:
        name: as it was typed: "Nour", " N O U R" and "noür." are one person, and so is "Nоur" with
            a Cyrillic о: nobody signs twice with letters that look alike.

    Returns:
        Its letters and digits without case, accents and what only looks different; the name where
        it has none.
    """
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name)))
    return fold_lookalikes(with_latin_capitals(letters).casefold()) or name


def standing_signatures(reviews: Iterable[Review]) -> dict[tuple[str, Kind], Review]:
    """Find the latest signature of each that stands, by digest and kind."""
    return {key: found[-1] for key, found in signatures(reviews).items()}


def approved_digests(reviews: Iterable[Review], people: int = 1) -> frozenset[str]:
    """Find the texts and translations that are approved for publishing.

    Args:
        people: how many different people must have approved the very same words.
    """
    return frozenset(
        digest
        for (digest, kind), found in signatures(reviews).items()
        if kind in PUBLISHING and are_enough(found, people)
    )


_LEFT_OUT = ("source", "words", "rule", "reason", "until", "step", "through", "cause", "urgent")
"""Fields of a line that are written where they say something."""


def encode(review: Review) -> bytes:
    """Write one line of the ledger, without what it does not say: JSON with its line feed."""
    line = msgspec.to_builtins(review)
    for name in _LEFT_OUT:
        if not line[name]:
            del line[name]
    if line["answers"] is None:
        del line["answers"]
    del line["ahead"], line["lapsed"]
    return msgspec.json.encode(line) + b"\n"


Rank = Literal[0, 1, 2]
"""0: it has the words of a frame; 1: a word of harm stands in it; 2: neither."""


class ListedSentence(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A sentence of the reading list; records sort as they should be read.

    Attributes:
        rank: how soon it should be read.
        context: name of its text for translators: ``<point id>/<field>``, ``pages/<id>/<field>`` ….
        text: the sentence as it is shown, without marks.
        language: BCP 47 tag.
        reasons: why it is listed, each a few words of English with the words found, in order.
        paragraph: the words around it, with all their listed sentences ``MARKED``.
    """

    rank: Rank
    context: str
    text: str
    language: str
    reasons: tuple[str, ...]
    paragraph: str
