"""Outputs that are kept: of our own store what is costly, of a shared store all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.disk.store import SharedStore, Store, StoreAddress, open_shared
from stopjihad.model.step import Step


class KeptOutputs(NamedTuple):
    """Find outputs of the steps of a batch again, and keep them.

    A costly output is a thing of its own. What is quicker to make than to ask for is kept only
    where other machines want it, then all of a batch as one thing.

    Attributes:
        store: where.
        costly: kinds of steps that are things of their own.
    """

    store: Store | SharedStore
    costly: frozenset[str]

    def find(self, steps: Sequence[Step], keys: Mapping[str, str]) -> dict[str, bytes]:
        """Find outputs.

        Returns:
            Output to bytes, of those that are kept.
        """
        alone = [step.output for step in steps if step.kind in self.costly]
        wanted = [keys[output] for output in alone]
        store = self.store
        if isinstance(store, Store):
            found = [store.get(key) for key in wanted]
        else:
            found = store.get_all(wanted)
        known = dict(zip(alone, found, strict=True))
        given = {output: data for output, data in known.items() if data is not None}
        return given | self._find_rest(self._rest(steps), keys)

    def keep(
        self, steps: Sequence[Step], keys: Mapping[str, str], made: Mapping[str, bytes]
    ) -> frozenset[str]:
        """Keep outputs.

        Args:
            made: output to bytes, of those that could be made.
        """
        held = set()
        for step in steps:
            if step.kind in self.costly and step.output in made:
                if isinstance(self.store, Store):
                    self.store.put(keys[step.output], made[step.output])
                elif self.store.keep(keys[step.output], made[step.output]):
                    held.add(step.output)
        rest = self._rest(steps)
        if rest and all(output in made for output in rest) and isinstance(self.store, SharedStore):
            data = msgspec.msgpack.encode([made[output] for output in rest])
            if self.store.keep(_key_of(rest, keys), data):
                held |= set(rest)
        return frozenset(held)

    def _rest(self, steps: Sequence[Step]) -> list[str]:
        return [step.output for step in steps if step.kind not in self.costly]

    def _find_rest(self, rest: Sequence[str], keys: Mapping[str, str]) -> dict[str, bytes]:
        if not rest or isinstance(self.store, Store):
            return {}
        kept = self.store.get(_key_of(rest, keys))
        if kept is None:
            return {}
        found = msgspec.msgpack.decode(kept, type=list[bytes])
        return dict(zip(rest, found, strict=True))


def _key_of(outputs: Sequence[str], keys: Mapping[str, str]) -> str:
    return hashlib.sha256("\n".join(keys[output] for output in outputs).encode()).hexdigest()


def kept_outputs(store: str | StoreAddress, costly: frozenset[str]) -> KeptOutputs | None:
    """Open the store of a batch.

    Args:
        store: a folder of ours, the address of a shared store, or empty for none.
        costly: kinds of steps whose outputs are kept each.

    Returns:
        What is kept there; None when there is no store.

    Raises:
        ProblemsFound: a shared store cannot be used.
    """
    if isinstance(store, StoreAddress):
        return KeptOutputs(open_shared(store), costly)
    return KeptOutputs(Store(Path(store)), costly) if store else None
