"""Notice saves within a few milliseconds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from stopjihad.load.workspace import shared_root

if TYPE_CHECKING:
    import asyncio

STEP = 8
"""Milliseconds without another event after which a save counts as finished; watchfiles' own
default is 50."""

DEBOUNCE = 40
"""Milliseconds after which events are passed on even while more come; its default is 1,600."""

NEW_FOLDERS = 1500
"""Milliseconds after which folders are looked for again that did not exist before."""

FOLDERS = ("campaigns", "templates", "assets")


async def saves(root: Path, stop: asyncio.Event) -> AsyncIterator[frozenset[Path]]:
    """Watch what authors and designers write.

    Args:
        root: the workspace, absolute.
        stop: ends the watching.

    Yields:
        Absolute paths that were written, removed or renamed, every time some were; none of them
        when anything may have been.
    """
    from watchfiles import awatch
    from watchfiles._rust_notify import WatchfilesRustInternalError

    missed = False
    while not stop.is_set():
        folders = _folders(root)
        try:
            async for changes in awatch(
                *folders,
                watch_filter=lambda _, path: not is_passing(Path(path).name),
                debounce=DEBOUNCE,
                step=STEP,
                stop_event=stop,
                rust_timeout=NEW_FOLDERS,
                yield_on_timeout=True,
            ):
                if missed:  # what was saved between the two watches
                    yield frozenset()
                elif changes:
                    yield frozenset(Path(path) for _, path in changes)
                missed = False
                if _folders(root) != folders:
                    yield frozenset()
                    break
        except* WatchfilesRustInternalError:  # a name that is not UTF-8 ends the watch
            missed = True
        if missed:
            yield frozenset()


def is_passing(name: str) -> bool:
    """Tell whether a name is one that loading passes over: hidden files, editors' backups.

    Args:
        name: last part of a path.

    Returns:
        True for names that never become part of a campaign.
    """
    return name.startswith(".") or name.endswith(("~", ".bak", ".swp", ".tmp"))


def _folders(root: Path) -> list[Path]:
    """List the folders to watch: the workspace's own and, in a checkout, the built-in ones."""
    places = [root / name for name in FOLDERS]
    places += [shared_root() / name for name in ("templates", "assets")]
    return sorted({place for place in places if place.is_dir()})
