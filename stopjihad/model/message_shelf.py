"""Keep the words of languages aside: at most one language of a campaign is in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import msgspec

from stopjihad.model.step import Held
from stopjihad.model.translation import Message, Translations


class EncodedTranslations(msgspec.Struct, frozen=True, kw_only=True):
    """`Translations` whose messages are JSON still; both are the same when they are kept."""

    language: str
    path: str
    messages: msgspec.Raw
    digest: str = ""


def encoded(file: Translations) -> EncodedTranslations:
    """Encode the messages of a ``file``."""
    return EncodedTranslations(
        language=file.language,
        path=file.path,
        messages=msgspec.Raw(msgspec.json.encode(file.messages)),
        digest=file.digest,
    )


class MessageShelf:
    """Take messages of languages, and hold those of the one that was asked for last."""

    def __init__(self, put_aside: Callable[[bytes], bytes | Held]) -> None:
        """Start empty; ``put_aside`` takes bytes until somebody asks for them."""
        self._put_aside = put_aside
        self._last: tuple[object, tuple[Message, ...]] = (None, ())

    def put(self, file: EncodedTranslations) -> Translations:
        """Put the messages of a file aside.

        Args:
            file: translations of one language.

        Returns:
            The same; its messages are read when they are looked at.
        """
        shelved = ShelvedMessages(self, self._put_aside(bytes(file.messages)))
        return Translations(
            language=file.language, path=file.path, messages=shelved, digest=file.digest
        )

    def read(self, held: bytes | Held) -> tuple[Message, ...]:
        """Give messages that were put aside; ``held`` says where."""
        known, messages = self._last
        if known is not held:
            self._last = (None, ())  # what was there may go before the next is read
            messages = _DECODER.decode(held if isinstance(held, bytes) else held.read())
            self._last = (held, messages)
        return messages


class ShelvedMessages(Sequence[Message]):
    """The messages of one language in the order of the file, read when they are looked at."""

    def __init__(self, shelf: MessageShelf, held: bytes | Held) -> None:
        """Say where they are."""
        self._shelf, self._held = shelf, held

    def __len__(self) -> int:
        """Count them."""
        return len(self._shelf.read(self._held))

    def __iter__(self) -> Iterator[Message]:
        """Give them in order."""
        return iter(self._shelf.read(self._held))

    @overload
    def __getitem__(self, index: int) -> Message: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Message]: ...

    def __getitem__(self, index: int | slice) -> Message | Sequence[Message]:
        """Give one or some."""
        return self._shelf.read(self._held)[index]

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as what they are: another process need not reach the place where they are."""
        return tuple, (tuple(self),)


_DECODER = msgspec.json.Decoder(tuple[Message, ...])
