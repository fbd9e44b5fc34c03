"""Translations of one language, as read from its PO file, in memory or put aside.

At most one language of a campaign is in memory: the messages of the others are encoded, and those
about one thing can be read without the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any, Protocol, overload

import msgspec

from stopjihad.model.step import Held, PutAside


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
    messages: Sequence[Message]
    digest: str = ""


class EncodedRun(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Messages about one thing that stand side by side: where their JSON is, in bytes."""

    key: str
    start: int
    size: int


class EncodedTranslations(msgspec.Struct, frozen=True, kw_only=True):
    """`Translations` whose messages are JSON still; ``runs`` say where those of each thing are."""

    language: str
    path: str
    messages: msgspec.Raw
    digest: str
    runs: tuple[EncodedRun, ...]


def subject_of(context: str) -> str:
    """Name what a text is about by its ``context``: a talking point's id, ``pages``, and so on."""
    return context.partition("/")[0]


def encoded(file: Translations) -> EncodedTranslations:
    """Encode the messages of a ``file``."""
    return encode(file.messages, file.language, file.path, file.digest)


def encode(
    messages: Iterable[Message], language: str, path: str, digest: str
) -> EncodedTranslations:
    """Encode messages as they come.

    Args:
        messages: of one file, in its order.
        language: as in `Translations`.
        path: as in `Translations`.
        digest: as in `Translations`.

    Returns:
        The file.
    """
    data = bytearray(b"[")
    runs: list[EncodedRun] = []
    for key, group in groupby(messages, key=lambda message: subject_of(message.context)):
        part = msgspec.json.encode(tuple(group))[1:-1]
        runs.append(EncodedRun(key, len(data), len(part)))
        data += part
        data += b","
    data[len(data) - bool(runs) :] = b"]"
    return EncodedTranslations(
        language=language,
        path=path,
        messages=msgspec.Raw(data),
        digest=digest,
        runs=tuple(runs),
    )


def decoded(file: EncodedTranslations) -> Translations:
    """Decode the messages of a ``file``."""
    return Translations(
        language=file.language,
        path=file.path,
        messages=_DECODER.decode(file.messages),
        digest=file.digest,
    )


class MessageShelf:
    """Take messages of languages, and hold those of the one that was asked for last."""

    def __init__(
        self,
        put_aside: PutAside,
        borrow: Callable[[int, int, int], Held | None] | None = None,
    ) -> None:
        """Start empty.

        Args:
            put_aside: takes bytes until somebody asks for them.
            borrow: holds bytes that lie in an open file, by handle, offset and size; None where
                they must be put aside instead.
        """
        self.put_aside, self.borrow = put_aside, borrow
        self._last: tuple[object, tuple[Message, ...]] = (None, ())
        self._grouped: tuple[object, GroupedMessages] = (None, GroupedMessages(()))

    def put(self, file: EncodedTranslations, held: Held | None = None) -> Translations:
        """Put the messages of a file aside.

        Args:
            file: translations of one language.
            held: where the messages are already.

        Returns:
            The same; its messages are read when they are looked at.
        """
        aside = held if held is not None else self.put_aside(bytes(file.messages))
        shelved = ShelvedMessages(self, aside, file.runs)
        return Translations(
            language=file.language, path=file.path, messages=shelved, digest=file.digest
        )

    def read(self, held: bytes | Held, runs: Sequence[EncodedRun]) -> tuple[Message, ...]:
        """Give messages that were put aside.

        Args:
            held: where all of them are.
            runs: all of them: their JSON is read in parts.

        Returns:
            The messages, in order.
        """
        known, messages = self._last
        if known is not held:
            self._last = (None, ())  # what was there may go before the next is read
            self._grouped = (None, GroupedMessages(()))
            parts = (self.read_runs(held, (part,)) for part in _joined(runs))
            messages = tuple(chain.from_iterable(parts))
            self._last = (held, messages)
        return messages

    def about(self, held: bytes | Held, subject: str) -> tuple[Message, ...] | None:
        """Give the messages about one thing if all that were put aside there are in memory.

        Args:
            held: where all of them are.
            subject: from ``subject_of``.

        Returns:
            The messages, in order; None where they must be read.
        """
        known, messages = self._last
        if known is not held:
            return None
        grouped, groups = self._grouped
        if grouped is not held:
            groups = GroupedMessages(messages)
            self._grouped = (held, groups)
        return tuple(groups.about(subject))

    def read_runs(self, held: bytes | Held, runs: Sequence[EncodedRun]) -> tuple[Message, ...]:
        """Give some messages of those that were put aside.

        Args:
            held: where all of them are.
            runs: which of them.

        Returns:
            The messages, in order.
        """
        if isinstance(held, bytes):
            parts = [held[run.start : run.start + run.size] for run in runs]
        else:
            parts = [held.part(run.start, run.size) for run in runs]
        return _DECODER.decode(b"[" + b",".join(parts) + b"]")


PART = 1 << 18
"""Bytes from which the JSON of messages is decoded for itself."""


def _joined(runs: Iterable[EncodedRun]) -> Iterator[EncodedRun]:
    """Join runs that stand side by side to parts that are worth to be read; all runs do."""
    start = end = 0
    for run in runs:
        start = start or run.start
        end = run.start + run.size
        if end - start >= PART:
            yield EncodedRun("", start, end - start)
            start = 0
    if start:
        yield EncodedRun("", start, end - start)


class ShelvedMessages(Sequence[Message]):
    """The messages of one language in the order of the file, read when they are looked at."""

    def __init__(
        self, shelf: MessageShelf, held: bytes | Held, runs: tuple[EncodedRun, ...]
    ) -> None:
        """Say where they are."""
        self._shelf, self._held, self._runs = shelf, held, runs
        self._places: dict[str, list[EncodedRun]] | None = None

    def about(self, subject: str) -> tuple[Message, ...]:
        """Give the messages about one thing, without reading the others.

        Args:
            subject: from ``subject_of``.

        Returns:
            Its messages, in the order of the file.
        """
        known = self._shelf.about(self._held, subject)
        if known is not None:
            return known
        return self._shelf.read_runs(self._held, self._by_subject().get(subject, ()))

    def subjects(self) -> Iterator[str]:
        """Name what messages are about, in the order of the file."""
        return iter(self._by_subject())

    def _by_subject(self) -> dict[str, list[EncodedRun]]:
        if self._places is None:
            self._places = {}
            for run in self._runs:
                self._places.setdefault(run.key, []).append(run)
        return self._places

    def __len__(self) -> int:
        """Count them."""
        return len(self._shelf.read(self._held, self._runs))

    def __iter__(self) -> Iterator[Message]:
        """Give them in order."""
        return iter(self._shelf.read(self._held, self._runs))

    @overload
    def __getitem__(self, index: int) -> Message: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Message]: ...

    def __getitem__(self, index: int | slice) -> Message | Sequence[Message]:
        """Give one or some."""
        return self._shelf.read(self._held, self._runs)[index]

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as what they are: another process need not reach the place where they are."""
        return tuple, (tuple(self),)


TRAY = 256
"""Messages from which what waits on a tray is put aside."""


class MessageTray:
    """Take messages bit by bit and put them aside; all are read when it is looked through."""

    def __init__(self, put_aside: PutAside) -> None:
        """Start empty."""
        self._put_aside = put_aside
        self._held: list[bytes | Held] = []
        self._waiting: list[Message] = []

    def add(self, messages: Iterable[Message]) -> None:
        """Take some ``messages``."""
        self._waiting += messages
        if len(self._waiting) >= TRAY:
            self._held.append(self._put_aside(msgspec.json.encode(self._waiting)))
            self._waiting = []

    def __iter__(self) -> Iterator[Message]:
        """Give them in order."""
        for held in self._held:
            yield from _DECODER.decode(held if isinstance(held, bytes) else held.read())
        yield from self._waiting


def messages_about(messages: Sequence[Message], subject: str) -> Sequence[Message]:
    """Give the messages about one thing.

    Args:
        messages: of one language.
        subject: from ``subject_of``.

    Returns:
        Those of them, in order.
    """
    if isinstance(messages, ShelvedMessages):
        return messages.about(subject)
    return [message for message in messages if subject_of(message.context) == subject]


class Subjects(Protocol):
    """Messages of one language by what they are about."""

    def about(self, subject: str) -> Sequence[Message]:
        """Give the messages about one thing, in the order of the file; ``subject`` names it."""

    def subjects(self) -> Iterator[str]:
        """Name what messages are about."""


class GroupedMessages:
    """Messages of one language that are in memory, by what they are about."""

    def __init__(self, messages: Iterable[Message]) -> None:
        """Group them."""
        self._groups: dict[str, list[Message]] = {}
        for message in messages:
            self._groups.setdefault(subject_of(message.context), []).append(message)

    def about(self, subject: str) -> Sequence[Message]:
        """Give the messages about one thing, in order; ``subject`` is from ``subject_of``."""
        return self._groups.get(subject, ())

    def subjects(self) -> Iterator[str]:
        """Name what messages are about, in order."""
        return iter(self._groups)


def by_subject(messages: Sequence[Message]) -> Subjects:
    """Group the messages of one language by what they are about, whatever the file's order.

    Args:
        messages: of one language.

    Returns:
        The messages; of those on a shelf no others are in memory than are asked for.
    """
    return messages if isinstance(messages, ShelvedMessages) else GroupedMessages(messages)


_DECODER = msgspec.json.Decoder(tuple[Message, ...])


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
