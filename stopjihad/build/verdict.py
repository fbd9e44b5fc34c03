"""Find what is wrong with a campaign, or say it again while nothing has changed since.

Problems are kept whole under a digest of everything that decides them, so that a campaign that was
checked before is not even parsed. This module imports little for the same reason.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.build.finished import Finished, finished
from stopjihad.disk.code import code_digest
from stopjihad.disk.pack import Pack, pack_of_parsed
from stopjihad.load.sources import read_sources
from stopjihad.load.workspace import shared_files
from stopjihad.problem import Problem

Find = Callable[[Pack, Finished | None], tuple[Problem, ...]]
"""Finds the problems of a campaign, and of the finished build where there is one; may keep in the
pack whatever it learns on the way."""


class Asked(NamedTuple):
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


def verdict(asked: Asked, find: Find) -> tuple[Problem, ...]:
    """Give the problems of a campaign.

    Args:
        asked: what is judged.
        find: finds them when they are not kept.

    Returns:
        The problems, in the order of ``find``.
    """
    program = f"{code_digest()}\0{_libraries()}"
    built = finished(asked.built) if asked.built else None
    before = _fingerprint(asked, program, built)
    with pack_of_parsed(asked.root, asked.slug) as pack:
        kept = pack.get(before)
        if kept is not None:
            try:
                return msgspec.json.decode(kept, type=tuple[Problem, ...])
            except msgspec.MsgspecError:
                pass
        found = find(pack, built)
        # Someone may have saved while we were reading: then it is unknown which text this is about.
        again = finished(asked.built) if asked.built else None
        if _fingerprint(asked, program, again) == before:
            pack.put(before, msgspec.json.encode(found))
    return found


def _fingerprint(asked: Asked, program: str, built: Finished | None) -> str:
    """Digest everything that decides what is found."""
    sources, trouble = read_sources(asked.root, asked.slug)
    digest = hashlib.sha256(f"verdict\0{program}\0".encode())
    for folder in ("templates", "assets"):
        shared, more = shared_files(asked.root, folder)
        trouble = [*trouble, *more]
        for path, data in shared.items():
            digest.update(f"{path}\0".encode() + hashlib.sha256(data).digest())
    digest.update(sources.digest.encode() + msgspec.json.encode(trouble))
    digest.update(f"{asked.today.isoformat()}\0{asked.built or ''}\0".encode())
    digest.update(built.digest.encode() if built else b"")
    return digest.hexdigest()


def _libraries() -> str:
    """Tell one set of installed libraries from another: each install changes their folder."""
    found = find_spec("msgspec")
    folder = Path(found.origin).parent.parent if found and found.origin else Path()
    return f"{os.stat(folder).st_mtime_ns}"
