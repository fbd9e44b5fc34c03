"""Translations of one language, as read from its PO file."""

from __future__ import annotations

import msgspec


class Message(msgspec.Struct, frozen=True, array_like=True):
    """Hold one translated segment; ``line`` is its first line in the PO file."""

    context: str
    source: str
    translation: str
    stale: bool = False
    line: int = 0


class Translations(msgspec.Struct, frozen=True, kw_only=True):
    """Hold all messages of one language; at most one message per (context, source)."""

    language: str
    path: str
    messages: tuple[Message, ...]
