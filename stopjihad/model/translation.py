"""Translations of one language, as read from its PO file."""

from __future__ import annotations

import msgspec


class Message(msgspec.Struct, frozen=True, array_like=True):
    """Hold one translated segment.

    Attributes:
        context: names the field (model.contexts).
        source: text in the source language.
        translation: text in the other language.
        stale: whether the source has changed since.
        line: its first line in the PO file; 0 where the place does not matter.
        approved: whether a native speaker's approval of these very words stands.
    """

    context: str
    source: str
    translation: str
    stale: bool = False
    line: int = 0
    approved: bool = False


class Translations(msgspec.Struct, frozen=True, kw_only=True):
    """Hold all messages of one language; at most one message per (context, source)."""

    language: str
    path: str
    messages: tuple[Message, ...]
