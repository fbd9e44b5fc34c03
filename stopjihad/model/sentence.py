"""A sentence that a person must read before it is published."""

from __future__ import annotations

from typing import Literal

import msgspec

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
    """

    rank: Rank
    context: str
    text: str
    language: str
    reasons: tuple[str, ...]
