"""Steps of a build as plain data: what is made, by which kind of renderer, from which inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

import msgspec


class Held(Protocol):
    """Bytes that are kept elsewhere until somebody asks for them."""

    def read(self) -> bytes:
        """Give the bytes."""

    def part(self, start: int, size: int) -> bytes:
        """Give ``size`` bytes from ``start`` on, or those that there are."""


PutAside: TypeAlias = Callable[[bytes], bytes | Held]
"""Puts bytes aside until somebody asks for them."""


class Absent:
    """Bytes that are not at hand: no step that needs them is due."""

    def read(self) -> bytes:
        """Refuse: a build looks first whether the inputs of its steps are at hand.

        Raises:
            LookupError: always.
        """
        raise LookupError("these bytes are not at hand")

    def part(self, start: int, size: int) -> bytes:
        """Refuse as `read` does, whatever ``start`` and ``size`` are."""
        del start, size
        return self.read()


ABSENT = Absent()


class Input(msgspec.Struct, frozen=True, gc=False):
    """The canonical bytes of one thing that outputs are made from.

    ``name`` is unique in a build (``point/<id>``, ``messages/<lang>/<id>``, ``frame/<lang>`` …),
    ``digest`` is the SHA-256 of ``data`` in lower-case hexadecimal, ``held`` are the bytes or where
    they are.
    """

    name: str
    digest: str
    held: bytes | Held

    @property
    def data(self) -> bytes:
        """The bytes."""
        held = self.held
        return held if isinstance(held, bytes) else held.read()

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel with the bytes: another process need not reach the place where they are."""
        return Input, (self.name, self.digest, self.data)


class Step(msgspec.Struct, frozen=True, order=True):
    """Make one output file; everything the renderer may look at is named here."""

    output: str
    kind: str
    inputs: tuple[str, ...] = ()
    params: tuple[tuple[str, str], ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """The sorted steps of one campaign and the inputs they name.

    ``parts`` are made before ``steps``: the output of each becomes the input of that name.
    """

    campaign: str
    steps: tuple[Step, ...]
    inputs: dict[str, Input]
    parts: tuple[Step, ...] = ()
