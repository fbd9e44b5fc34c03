"""Collect the inputs of a plan: canonical bytes under a name, with their digest."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from stopjihad.model.step import Input

_ENCODER = msgspec.json.Encoder(order="sorted")


class Inputs:
    """Collect named inputs; equal values give equal bytes, whatever order they were made in."""

    def __init__(self) -> None:
        """Start empty."""
        self.found: dict[str, Input] = {}

    def add(self, name: str, value: Any, digest: str = "") -> str:
        """Keep a record, or bytes as they are, under a name.

        Args:
            name: unique in the plan, such as ``frame/fr``.
            value: a record, a mapping, a list of these, or bytes.
            digest: what stands for the value in keys, when its bytes hold more than decides an
                output (paths of fonts on this machine do not).

        Returns:
            The name, for a step's ``inputs``.
        """
        data = value if isinstance(value, bytes) else _ENCODER.encode(value)
        self.found[name] = Input(name, digest or hashlib.sha256(data).hexdigest(), data)
        return name
