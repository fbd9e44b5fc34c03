"""How steps are rendered: what a build decides before it knows whether any is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from stopjihad.disk.shared_store import StoreAddress

if TYPE_CHECKING:
    from concurrent.futures import Executor


def quiet(done: int, total: int) -> None:
    """Report nothing, whatever ``done`` and ``total`` are."""


Progress = Callable[[int, int], None]
"""Called with outputs done and outputs to make."""


class Rendering(msgspec.Struct, frozen=True, kw_only=True):
    """Say how steps are rendered.

    Attributes:
        render: dotted name of a `worker.Renderer`, ``package.module:function``.
        versions: for each kind, a text that changes whenever its outputs may change.
        costly: kinds whose outputs are kept in the store.
        jobs: processes; 0 for one on each processor.
        executor: runs the batches instead of processes of our own.
        store: a shared store that keeps all outputs; without one, ours keeps the costly ones.
        again: whether everything is taken from the shared store, and nothing made.
        progress: called with the number of outputs made and to be made.
    """

    render: str
    versions: Mapping[str, str]
    costly: frozenset[str] = frozenset()
    jobs: int = 0
    executor: Executor | None = None
    store: StoreAddress | None = None
    again: bool = False
    progress: Progress = quiet
