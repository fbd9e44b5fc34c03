"""Hold words on their way to a card."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """Words in Unicode form NFC, the BCP 47 tag of their language and their direction."""

    text: str
    lang: str
    rtl: bool


Contents = dict[str, Words]
"""The words of a card by the names that layouts use."""
