"""Say a claim so that nobody can take it for the fact: who says it, and that it is false."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stopjihad.text.language.sentences import end_sentence, open_sentence
from stopjihad.text.language.typography import take_quotes_away
from stopjihad.view.records import Frame, PointView

FLAGGED = "%(claimant)s: “%(claim)s” That is false."
"""Message of the theme around every claim that is written out or read aloud."""

SAYS = "%(claimant)s:"
"""Message of the theme before a claim that stands on a line of its own."""

IT_IS_SAID = "It is said"
"""Message of the theme that stands for who makes a claim where the campaign does not say it."""

_PLACE = "%(claim)s"
_WHO = "%(claimant)s"
_STOP_OUTSIDE = re.compile(r"%\(claim\)s[\s\u00a0\u202f]?[»”“’]\.")
"""Spanish and Russian set the full stop after the quotation mark: their message has it there."""


def claimed_by(message: str, view: PointView, frame: Frame, words: Mapping[str, str]) -> str:
    """Say in a message who makes the claim: the talking point's own claimant, or the campaign's.

    Args:
        message: ``FLAGGED`` or ``SAYS`` in the language of the view; empty where it has none.
    """
    if _WHO not in message:
        return message
    named = view.claimant or frame.claimant
    if named is not None and named.lang == view.lang:
        claimant = named.value
    else:
        own = "" if view.lang.partition("-")[0] != "en" else IT_IS_SAID
        claimant = words.get(IT_IS_SAID) or own
    return message.replace(_WHO, claimant) if claimant else ""


def claim_words(claim: str, pattern: str, lang: str) -> str:
    """Prepare a claim for its place in the flag: no marks around it, one full stop in all.

    Args:
        claim: as authored, with or without quotation marks and final stop.
        pattern: ``FLAGGED`` in the language of the post.
        lang: BCP 47 tag of the claim.

    Returns:
        The words that take the place of ``%(claim)s``.
    """
    words = take_quotes_away(claim)
    return open_sentence(words) if _STOP_OUTSIDE.search(pattern) else end_sentence(words, lang)


def flag_claim(claim: str, pattern: str, lang: str) -> str:
    """Say who claims something, what, and that it is false.

    Args:
        lang: BCP 47 tag of the claim.

    Returns:
        Sentences that may stand anywhere, read by an eye or by a voice.
    """
    return pattern.replace(_PLACE, claim_words(claim, pattern, lang))
