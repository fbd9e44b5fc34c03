"""Follow the files: notice each save within milliseconds, show it, then read the campaign again."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from pathlib import Path

import anyio.to_thread
import msgspec

from stopjihad.load.files import is_foreign
from stopjihad.load.workspace import shared_root
from stopjihad.studio.live.background import RuleProcess
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.snapshot import StateChange
from stopjihad.studio.reload import Hub

QUIET = 0.5
"""Seconds without a save after which everything is read again, when the saved page is shown
already: the browser is drawing it meanwhile, and a writer saves again soon."""

QUIET_APART = 1.2
"""The same for campaigns that are judged apart: reading them takes a second of a processor."""

SECOND_LOOK = 0.08
"""Seconds to wait before a broken file is shown as a problem: editors empty a file before they
fill it, and a reader may come in between."""


JUDGING = 4.0
"""Seconds without a save after which a campaign that is judged apart is judged again; the talking
point that is being written is judged at every save."""


class Follower:
    """Keep campaigns up to date and tell the pages that are open."""

    def __init__(
        self,
        root: Path,
        lives: Mapping[str, LiveCampaign],
        hub: Hub,
        keep_versions: Callable[[str, frozenset[Path]], None] = lambda _slug, _paths: None,
    ) -> None:
        """Follow the campaigns of a workspace.

        Args:
            keep_versions: told of each campaign's files that somebody wrote; of none when all may
                be new.
        """
        self._root, self._lives, self._hub = root, lives, hub
        self._keep_versions = keep_versions
        self._due: dict[str, float] = {}
        self._saving: Counter[Path] = Counter()
        self._saved = asyncio.Event()
        self._woken = asyncio.Event()
        self._judge = RuleProcess()
        self._unjudged: dict[str, float] = {}
        self._doubted = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until stopped."""
        tasks = [asyncio.create_task(self._read_when_quiet())]
        tasks.append(asyncio.create_task(self._judge_when_quiet()))
        for live in self._lives.values():
            self._doubt(live)
            tasks.append(asyncio.create_task(self._notice_files(live, frozenset())))
        try:
            async for paths in saves(self._root, stop):
                for live in self._lives.values():
                    if concerns(self._root, live.slug, paths):
                        await self._hear(live, paths)
        finally:
            self._judge.close()
            for task in tasks:
                task.cancel()

    async def _hear(self, live: LiveCampaign, paths: frozenset[Path]) -> None:
        """Show what the watcher names, unless it is a save of the studio's own, shown already."""
        while not self._saving.keys().isdisjoint(paths):  # it is being shown
            self._saved.clear()
            await self._saved.wait()
        if not paths or not await anyio.to_thread.run_sync(live.has_shown, paths):
            await self.show_saved(live, paths)
        await self._notice_files(live, paths)

    async def _notice_files(self, live: LiveCampaign, paths: frozenset[Path]) -> None:
        with contextlib.suppress(Exception):  # what remembers must not end what follows
            await anyio.to_thread.run_sync(self._keep_versions, live.slug, paths)

    @contextlib.contextmanager
    def hold_for_saving(self, live: LiveCampaign, path: Path) -> Iterator[None]:
        """Save a file and show it, before anybody else: all reading stands back.

        What the watcher tells of the file waits until the end: it notices a save before we have
        shown it, and everything was done twice then.

        Args:
            path: absolute.
        """
        self._saving[path] += 1
        try:
            with live.turns.first():
                yield
        finally:
            self._saving[path] -= 1
            self._saving += Counter()  # leaves out what is at nought
            self._saved.set()

    async def read(self, live: LiveCampaign) -> None:
        """Read a campaign again now, after a save that changed more than a talking point."""
        self._due.pop(live.slug, None)
        await self._read(live)
        self._doubt(live)

    async def show_saved(self, live: LiveCampaign, paths: Iterable[Path]) -> None:
        """Show what was saved.

        Args:
            paths: absolute paths; none when anything may have changed.
        """
        listed = frozenset(paths)
        change = None
        with contextlib.suppress(Exception):  # a full reading reports the fault
            change = await anyio.to_thread.run_sync(live.patch, listed) if listed else None
        if change is not None and change.outputs:
            self._hub.tell(live.slug, message(change))
        now = asyncio.get_running_loop().time()
        quiet = QUIET_APART if live.apart else QUIET
        self._due[live.slug] = now + (quiet if change is not None else 0)
        self._woken.set()
        self._doubt(live)

    def _doubt(self, live: LiveCampaign) -> None:
        """Have a campaign that is judged apart judged once it is quiet."""
        if live.apart:
            self._unjudged[live.slug] = asyncio.get_running_loop().time() + JUDGING
            self._doubted.set()

    async def _judge_when_quiet(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            while not self._unjudged:
                self._doubted.clear()
                await self._doubted.wait()
            slug, due = min(self._unjudged.items(), key=lambda item: item[1])
            if due > clock():
                await asyncio.sleep(due - clock())
                continue
            del self._unjudged[slug]
            live = self._lives[slug]
            with contextlib.suppress(Exception):  # the next build reports the fault
                began = live.state.number
                problems = await self._judge.problems(live.root, slug, live.today())
                self._hub.tell(slug, message(live.judge(problems, began)))

    async def _read_when_quiet(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            while not self._due:  # who reads at once takes away what we were woken for
                self._woken.clear()
                await self._woken.wait()
            slug, due = min(self._due.items(), key=lambda item: item[1])
            if due > clock():
                await asyncio.sleep(due - clock())
                continue
            del self._due[slug]
            await self._read(self._lives[slug])

    async def _read(self, live: LiveCampaign) -> None:
        known = live.state.errors
        change = await anyio.to_thread.run_sync(live.refresh)
        if live.state.errors and live.state.errors != known:
            await asyncio.sleep(SECOND_LOOK)
            again = await anyio.to_thread.run_sync(live.refresh)
            change = again._replace(outputs=change.outputs | again.outputs)
        self._hub.tell(live.slug, message(change))


def concerns(root: Path, slug: str, paths: Iterable[Path]) -> bool:
    """Tell whether saves may change a campaign.

    Args:
        paths: absolute paths that were saved; none when folders came or went.

    Returns:
        False only when all of them belong to other campaigns.
    """
    campaigns = root / "campaigns"
    own = campaigns / slug
    listed = tuple(paths)
    return not listed or any(
        path == own or own in path.parents or campaigns not in path.parents for path in listed
    )


MOST = 200
"""Outputs named in a message; when more changed, every page reloads."""


def message(change: StateChange) -> bytes:
    """Write what open pages are told.

    Returns:
        JSON on one line: ``version``, the numbers of ``errors``, ``warnings`` and ``notes``, and
        ``outputs``, which is null for all.
    """
    outputs = sorted(change.outputs) if len(change.outputs) <= MOST else None
    told = {"version": change.number, "errors": change.errors, "warnings": change.warnings}
    return msgspec.json.encode({**told, "notes": change.notes, "outputs": outputs})


STEP = 5
"""Milliseconds without another event after which a save counts as finished; watchfiles' own
default is 50. Looking that often costs 0.6 % of a processor while nothing happens (measured)."""

DEBOUNCE = 40
"""Milliseconds after which events are passed on even while more come; its default is 1,600."""

NEW_FOLDERS = 1500
"""Milliseconds after which folders are looked for again that did not exist before."""

FOLDERS = ("campaigns", "templates", "assets")


async def saves(root: Path, stop: asyncio.Event) -> AsyncIterator[frozenset[Path]]:
    """Watch what authors and designers write.

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
                watch_filter=lambda _, path: not is_foreign(Path(path).name),
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


def _folders(root: Path) -> list[Path]:
    """List the folders to watch: the workspace's own and, in a checkout, the built-in ones."""
    places = [root / name for name in FOLDERS]
    places += [shared_root() / name for name in ("templates", "assets")]
    return sorted({place for place in places if place.is_dir()})
