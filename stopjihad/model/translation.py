"""Translations of one language, as read from its PO file."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Message(msgspec.Struct, frozen=True, array_like=True):
    """One translated segment.

    Attributes:
        context: names the field (model.contexts).
        source: text in the source language.
        translation: text in the other language.
        stale: whether the source has changed since.
        line: its first line in the PO file; 0 where the place does not matter.
        approved: whether a native speaker's approval of these very words stands.
        previous: of a stale message, the text that the translation was made for; may be empty.
    """

    context: str
    source: str
    translation: str
    stale: bool = False
    line: int = 0
    approved: bool = False
    previous: str = ""


class Translations(msgspec.Struct, frozen=True, kw_only=True):
    """All messages of one language; at most one message per (context, source).

    ``digest`` is the SHA-256 of the file's bytes, lower-case hexadecimal; empty when unknown.
    """

    language: str
    path: str
    messages: tuple[Message, ...]
    digest: str = ""


def subject_of(context: str) -> str:
    """Name what a text is about by its ``context``: a talking point's id, ``pages``, and so on."""
    return context.partition("/")[0]


def by_subject(messages: Iterable[Message]) -> dict[str, list[Message]]:
    """Group messages of one language by what they are about (``subject_of``), in their order."""
    groups: dict[str, list[Message]] = {}
    for message in messages:
        groups.setdefault(subject_of(message.context), []).append(message)
    return groups


class OwnWords(msgspec.Struct, frozen=True):
    """What a workspace says in words of its own.

    Attributes:
        catalogues: a file each; messages are those of the file, the marked ones ``stale``.
        known: folder to every message that the theme has.
        templates: the workspace's own templates in one text: they may say something else.
    """

    catalogues: tuple[Translations, ...] = ()
    known: dict[str, frozenset[str]] = {}
    templates: str = ""
