"""Tell whether readers are spoken to informally (du, tu): the theme has words of its own for it.

A campaign says it of an audience, a talking point of itself; else that speaks as to its first one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from stopjihad.model.campaign import Campaign
from stopjihad.model.point import Address, Point

if TYPE_CHECKING:
    from stopjihad.view.records import Frame

INFORMAL = "informal\x04"
"""Begins the key of a theme's informal words, as gettext joins a context and a message."""

ELSE = "else"
"""Stands for all languages that are not named."""


def is_informal(address: Address | Mapping[str, Address] | None, lang: str) -> bool:
    """Tell whether readers of a language are spoken to informally.

    Args:
        address: one for all languages, or one by language.
    """
    if isinstance(address, Mapping):
        return address.get(lang, address.get(ELSE)) == "informal"
    return address == "informal"


def informal_audiences(campaign: Campaign, lang: str) -> tuple[str, ...]:
    """List the audiences to whom a language speaks informally."""
    return tuple(one.id for one in campaign.audiences if is_informal(one.address, lang))


def speaks_informally(point: Point, frame: Frame) -> bool:
    """Tell whether a talking point speaks informally in the language of a frame."""
    if point.address is not None:
        return is_informal(point.address, frame.lang)
    return point.audiences[:1] != () and point.audiences[0] in frame.informal


def words_beside(point: Point, frame: Frame, words: Mapping[str, str]) -> Mapping[str, str]:
    """Give the words of a theme as they are said beside a talking point."""
    return informal_words(words) if speaks_informally(point, frame) else words


def informal_words(words: Mapping[str, str]) -> dict[str, str]:
    """Give the words of a theme as they are said informally; what has no such form stays.

    Args:
        words: English words to translated ones; informal ones have ``INFORMAL`` before their key.
    """
    said = {
        key.removeprefix(INFORMAL): word for key, word in words.items() if key.startswith(INFORMAL)
    }
    return {**words, **said}
