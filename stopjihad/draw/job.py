"""Say what a card is made from; plain data that can be sent to any worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from stopjihad.catalog.fonts import FontBook
from stopjihad.catalog.layout import Layout, Tone
from stopjihad.catalog.terms import NEEDS, OPERATORS
from stopjihad.draw.chart import WORDS as CHART_WORDS
from stopjihad.view import helplines
from stopjihad.view.alert_phrases import WORDS as ALERT_WORDS
from stopjihad.view.claim import FLAGGED, IT_IS_SAID, SAYS, claimed_by
from stopjihad.view.credit_words import SOURCE, SOURCES, SPONSOR
from stopjihad.view.records import AlertView, Frame, HelplineView, PastView, PointView
from stopjihad.view.slides import Slide


class Words(NamedTuple):
    """Words in Unicode form NFC, the BCP 47 tag of their language and their direction."""

    text: str
    lang: str
    rtl: bool


Contents = dict[str, Words]
"""The words of a card by the names that layouts use."""


WORDS: dict[str, str] = (
    {
        "fact": "Fact",
        "false": "False",
        "said": SAYS,
        "it-is-said": IT_IS_SAID,
        "talk": "Talk to someone",
        "testimony": "In their own words",
        "source": SOURCE,
        "sources": SOURCES,
        "sponsor": SPONSOR,
        "todo": "What you can do",
        "help": "You can talk to someone",
        "anonymous": "You need not give your name",
        "languages": "They speak {languages}",
        "sample": "Sample campaign",
        "alt-claim": FLAGGED,
        "alt-quote": "{speaker}: “{quote}”",
        "alt-helpline": "Helpline: {helpline}",
        "who": helplines.WHO,
        "who-interpreter": helplines.WITH_INTERPRETER,
        "line": helplines.LINE,
        "may-tell": helplines.MAY_TELL,
        "must-tell": helplines.MUST_TELL,
        "answered-in": helplines.ANSWERED_IN,
        "answered-at-some-hours": helplines.ANSWERED_AT_SOME_HOURS,
    }
    | CHART_WORDS
    | {f"operator-{kind}": term.text for kind, term in OPERATORS.items()}
    | {term.text: term.text for term in NEEDS.values() if term.text}
    | {helplines.FIND_HELP: helplines.FIND_HELP}
    | {english: english for english in ALERT_WORDS}
)
"""Every word that cards add to the campaign's own, in English; themes translate them."""


def words_in(theme: Mapping[str, str]) -> dict[str, str]:
    """Say ``WORDS`` as a ``theme`` translates them, in English where it does not."""
    return {name: theme.get(english) or english for name, english in WORDS.items()}


class CardJob(msgspec.Struct, frozen=True, kw_only=True):
    """All that decides the pixels of one card.

    Attributes:
        layout: the design.
        format: name of a format in ``catalog.formats.FORMATS``.
        subject: the talking point, the helpline of a help card, an alert in a crisis, or one that
            was taken away.
        frame: what the language's cards share: title, sponsor, colours, helplines.
        words: ``WORDS`` in the language of the card.
        fonts: best first.
        link: https address that a QR code leads to, where the design has one; its host is shown.
        photo: bytes of the point's photo, as authored; empty without one.
        focus: point of the photo that stays visible, shares of its width and height (0 to 1).
        logo: bytes of the brand's logo; empty without one.
        drawing: text of the SVG that shows the subject; empty for none.
        theme: pull factor, or ``#rrggbb``; empty for the brand's accent.
        tone: what the subject asks for.
        slide: the part of the talking point that a slide shows; None for a card of its own.
    """

    layout: Layout
    format: str
    subject: PointView | HelplineView | AlertView | PastView
    frame: Frame
    words: dict[str, str]
    fonts: FontBook
    link: str = ""
    photo: bytes = b""
    focus: tuple[float, float] = (0.5, 0.5)
    logo: bytes = b""
    drawing: str = ""
    theme: str = ""
    tone: Tone = "calm"
    slide: Slide | None = None


def says(job: CardJob, name: str) -> str:
    """Say on a card who makes the claim.

    Args:
        job: names the subject; a card without a claim shows none of it.

    Returns:
        The words, with a place for the claim in those of ``alt-claim``.
    """
    if not isinstance(job.subject, PointView):
        return ""
    own = {IT_IS_SAID: job.words["it-is-said"]}
    return claimed_by(job.words[name], job.subject, job.frame, own)
