"""Collect the inputs of a plan: canonical bytes under a name, with their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from sys import intern
from typing import Any

import msgspec

from stopjihad.model import input_names
from stopjihad.model.step import Input
from stopjihad.model.translation import Message

_ENCODER = msgspec.json.Encoder(order="sorted")
_MESSAGES = msgspec.json.Decoder(tuple[Message, ...])


def go_on() -> None:
    """Let nobody take a turn."""


class Inputs:
    """Collect named inputs; equal values give equal bytes, whatever order they were made in."""

    def __init__(self, between: Callable[[], None] = go_on) -> None:
        """Start empty; ``between`` two inputs others may take a turn."""
        self.found: dict[str, Input] = {}
        self._between = between

    def add(self, name: str, value: Any, digest: str = "") -> str:
        """Keep a record, or bytes as they are, under a name.

        Args:
            name: unique in the plan, such as ``frame/fr``.
            value: a record, a mapping, a list of these, or bytes.
            digest: what stands for the value in keys, when its bytes hold more than decides an
                output (paths of fonts on this machine do not).
        """
        data = value if isinstance(value, bytes) else _ENCODER.encode(value)
        digest = digest or hashlib.sha256(data).hexdigest()
        name = intern(name)  # steps name it again and again
        self.found[name] = Input(name, digest, data)
        self._between()
        return name

    def add_messages(self, lang: str, key: str, messages: tuple[Message, ...]) -> None:
        """Keep the translations of a talking point, without their places in the file.

        A line that moves in the PO file must not make every page of the language anew.
        """
        placeless = [
            Message(m.context, m.source, m.translation, approved=m.approved) for m in messages
        ]
        self.add(input_names.messages(lang, key), placeless)

    def messages(self, lang: str, key: str) -> tuple[Message, ...]:
        """Give the translations of a talking point, as they were added."""
        found = self.found.get(input_names.messages(lang, key))
        return _MESSAGES.decode(found.data) if found is not None else ()
