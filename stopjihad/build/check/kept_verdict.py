"""Find the problems of a campaign, or say known ones again while nothing has changed since.

Problems are kept whole under a digest of everything that decides them, so that a campaign that was
checked before is not even parsed. People may change pages after they were made: the state of the
finished build is part of that digest. This module imports little, for the same reason.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.disk.pack import Pack, pack_of_parsed
from stopjihad.disk.program import code_digest
from stopjihad.load.workspace import Workspace, read_workspace
from stopjihad.problem import Problem


class Finished(NamedTuple):
    """A finished build.

    Attributes:
        folder: ``dist/<campaign>``.
        digest: SHA-256 in lower-case hexadecimal; another one when a page or draft may be another.
        pages: paths of its pages relative to the folder, sorted.
        lists: those of its lists of drafts.
    """

    folder: Path
    digest: str
    pages: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


def finished(folder: Path) -> Finished | None:
    """Look at the build in a folder.

    Args:
        folder: ``dist/<campaign>``.

    Returns:
        The build, or None when the folder has no manifest.
    """
    data = disk.read(str(folder / "manifest.json"))
    if data is None:
        return None
    states = dict(_states(str(folder)))
    pages = sorted(path for path in states if path.endswith(_PAGE))
    lists = sorted(path for path in states if not path.endswith(_PAGE))
    return Finished(folder, _digest(data, states.values()), tuple(pages), tuple(lists))


def is_unchanged(built: Finished) -> bool:
    """Tell whether all that was judged of a build is as it was: new pages make another digest."""
    data = disk.read(str(built.folder / "manifest.json"))
    try:
        with disk.hold(str(built.folder)) as top:
            states = [_state(path, top.stat(path)) for path in (*built.pages, *built.lists)]
    except OSError:
        return False
    return data is not None and _digest(data, states) == built.digest


def _digest(manifest: bytes, states: Iterable[str]) -> str:
    digest = hashlib.sha256(manifest)
    digest.update("".join(sorted(states)).encode(errors="surrogateescape"))
    return digest.hexdigest()


_PAGE = ".html"


def _states(folder: str) -> Iterator[tuple[str, str]]:
    """Give path and state of every page, and of the list of drafts."""
    for within, ending in (("site", _PAGE), ("posts", "posts.json")):
        for path, held, entry in disk.below(folder, within):
            if not path.endswith(ending):
                continue
            with contextlib.suppress(OSError):
                yield path, _state(path, held.stat(entry.name))


def _state(path: str, found: os.stat_result) -> str:
    return f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0"


Find = Callable[[Workspace, Pack, Finished | None], tuple[Problem, ...]]
"""Finds the problems of a campaign, and of the finished build where there is one; may keep in the
pack whatever it learns on the way."""


class CheckRequest(NamedTuple):
    """Say what is to be judged.

    Attributes:
        root: the workspace.
        slug: the campaign.
        today: day on which it is judged.
        built: ``dist/<campaign>`` when pages and drafts are judged, too, as the user wrote it.
    """

    root: Path
    slug: str
    today: dt.date
    built: Path | None


def verdict(asked: CheckRequest, find: Find) -> tuple[Problem, ...]:
    """Give the problems of a campaign.

    Args:
        asked: what is judged.
        find: finds them when they are not kept, in the files as they were read once.

    Returns:
        The problems, in the order of ``find``.
    """
    workspace = read_workspace(asked.root, asked.slug)
    built = finished(asked.built) if asked.built else None
    name = _fingerprint(asked, workspace, built)
    with pack_of_parsed(asked.root, asked.slug) as pack:
        kept = pack.get(name)
        if kept is not None:
            try:
                return msgspec.json.decode(kept, type=tuple[Problem, ...])
            except msgspec.MsgspecError:
                pass
        found = find(workspace, pack, built)
        if any(one.code == "review-ahead" for one in found):
            return found  # true only until the moment of that line
        # Pages are read while they are judged: were they changed, it is unknown which were meant.
        if is_unchanged(built) if built else not asked.built or finished(asked.built) is None:
            pack.put(name, msgspec.json.encode(found))
    return found


def _fingerprint(asked: CheckRequest, workspace: Workspace, built: Finished | None) -> str:
    """Digest everything that decides what is found."""
    digest = hashlib.sha256(f"verdict\0{code_digest()}\0{_libraries()}\0".encode())
    digest.update(workspace.digest.encode() + msgspec.json.encode(workspace.problems))
    digest.update(f"{asked.today.isoformat()}\0{asked.built or ''}\0".encode())
    digest.update(built.digest.encode() if built else b"")
    return digest.hexdigest()


def _libraries() -> str:
    """Tell one set of installed libraries from another: each install changes their folder."""
    found = find_spec("msgspec")
    folder = Path(found.origin).parent.parent if found and found.origin else Path()
    return f"{os.stat(folder).st_mtime_ns}"
