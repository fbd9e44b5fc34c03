"""Say a claim so that nobody can take it for the fact: who says it, and that it is false."""

from __future__ import annotations

import re

from stopjihad.text.language.sentences import ended, opened
from stopjihad.text.language.typography import unquoted

FLAGGED = "Recruiters say: “%(claim)s” That is false."
"""Message of the theme around every claim that is written out or read aloud."""

_PLACE = "%(claim)s"
_STOP_OUTSIDE = re.compile(r"%\(claim\)s[\s\u00a0\u202f]?[»”“’]\.")
"""Spanish and Russian set the full stop after the quotation mark: their message has it there."""


def claim_words(claim: str, pattern: str, lang: str) -> str:
    """Prepare a claim for its place in the flag: no marks around it, one full stop in all.

    Args:
        claim: as authored, with or without quotation marks and final stop.
        pattern: ``FLAGGED`` in the language of the post.
        lang: BCP 47 tag of the claim.

    Returns:
        The words that take the place of ``%(claim)s``.
    """
    words = unquoted(claim)
    return opened(words) if _STOP_OUTSIDE.search(pattern) else ended(words, lang)


def flagged(claim: str, pattern: str, lang: str) -> str:
    """Say who claims something, what, and that it is false.

    Args:
        claim: as authored.
        pattern: ``FLAGGED`` in the language of the post.
        lang: BCP 47 tag of the claim.

    Returns:
        Sentences that may stand anywhere, read by an eye or by a voice.
    """
    return pattern.replace(_PLACE, claim_words(claim, pattern, lang))
