"""Say a claim so that nobody can take it for the fact: who says it, and that it is false."""

from __future__ import annotations

import re

from stopjihad.text.language.sentences import ended, opened

FLAGGED = "Recruiters say: “%(claim)s” That is false."
"""Message of the theme around every claim that is written out or read aloud."""

_PLACE = "%(claim)s"
_STOP_OUTSIDE = re.compile(r"%\(claim\)s[\s\u00a0\u202f]?[»”“’]\.")
"""Spanish and Russian set the full stop after the quotation mark: their message has it there."""


_MARKS = '«»“”„"'


def _bare(claim: str) -> str:
    """Take the marks around a claim away, but not those around a word at its start or end."""
    words = claim.strip(_MARKS).strip("\u00a0\u202f ")
    places = [place for place, letter in enumerate(words) if letter in _MARKS]
    if not places:
        return words
    first = places[0]
    opens = words[first] in "«„" or words[first + 1 : first + 2].isalnum()
    free = not words[first - 1 : first].strip()  # a mark that closes stands right after a word
    return words if len(places) % 2 == 0 and opens and free else claim


def claim_words(claim: str, pattern: str, lang: str) -> str:
    """Prepare a claim for its place in the flag: no marks around it, one full stop in all.

    Args:
        claim: as authored, with or without quotation marks and final stop.
        pattern: ``FLAGGED`` in the language of the post.
        lang: BCP 47 tag of the claim.

    Returns:
        The words that take the place of ``%(claim)s``.
    """
    words = _bare(claim.strip())
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
