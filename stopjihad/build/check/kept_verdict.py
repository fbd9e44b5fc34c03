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
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.disk.pack import Pack, pack_of_parsed
from stopjihad.disk.program import code_digest
from stopjihad.load.workspace import Workspace, read_workspace
from stopjihad.model.options import POSTS_INDEX
from stopjihad.problem import Problem


class FinishedBuild(NamedTuple):
    """A finished build.

    Attributes:
        folder: ``dist/<campaign>``.
        digest: SHA-256 in lower-case hexadecimal; another one when a page or draft may be another.
        pages: paths of its pages relative to the folder, sorted.
    """

    folder: Path
    digest: str
    pages: tuple[str, ...] = ()


def find_finished_build(folder: Path) -> FinishedBuild | None:
    """Look at the build in a folder.

    Args:
        folder: ``dist/<campaign>``.

    Returns:
        The build, or None when the folder has no manifest.
    """
    found = disk.below(str(folder), "site")
    pages = tuple(sorted(path for path, _, _ in found if path.endswith(".html")))
    digest = _digest(folder, pages)
    return FinishedBuild(folder, digest, pages) if digest else None


def _is_unchanged(built: FinishedBuild) -> bool:
    """Tell whether all that was judged of a build is as it was: new pages make another digest."""
    return _digest(built.folder, built.pages) == built.digest


def _digest(folder: Path, pages: Iterable[str]) -> str:
    """Digest manifest and state of every page, and of the list of drafts; empty for no build."""
    manifest = disk.read(str(folder / "manifest.json"))
    if manifest is None:
        return ""
    digest = hashlib.sha256(manifest)
    with contextlib.suppress(OSError), disk.hold(str(folder)) as top:
        before, handle = top.beneath()
        for path in (*pages, POSTS_INDEX):
            with contextlib.suppress(OSError):
                found = os.stat(before + path, dir_fd=handle, follow_symlinks=False)
                state = f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0"
                digest.update(state.encode(errors="surrogateescape"))
    return digest.hexdigest()


Find = Callable[[Workspace, Pack, FinishedBuild | None], tuple[Problem, ...]]
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
        find: finds them when they are not kept, in the files as they were read once.
    """
    workspace = read_workspace(asked.root, asked.slug)
    built = _finished_build(asked)
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
        if _is_unchanged(built) if built else _finished_build(asked) is None:
            pack.put(name, msgspec.json.encode(found))
    return found


def _finished_build(asked: CheckRequest) -> FinishedBuild | None:
    return find_finished_build(asked.built) if asked.built else None


def _fingerprint(asked: CheckRequest, workspace: Workspace, built: FinishedBuild | None) -> str:
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
