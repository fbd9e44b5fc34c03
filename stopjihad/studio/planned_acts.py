"""Publications and ways back that wait for their time, carried out while the studio runs.

They lie beside the user's key, not in the workspace: nobody brings along one that would publish.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from stopjihad import disk
from stopjihad.disk.lock import sole_writer
from stopjihad.disk.user_key import key_folder

FOLDER = "planned"

MOST = 20
"""Acts that a campaign may have waiting."""

LATE = 300
"""Seconds after its moment in which an act is still carried out: later, it was missed, and a person
decides."""

_LARGEST = 64 * 1024


class PlannedAct(msgspec.Struct, frozen=True, kw_only=True):
    """One act that waits.

    Attributes:
        id: by which it is cancelled.
        at: Unix time in seconds.
        step: to publish what the files say then, or to return to ``publication``.
        target: id of the target.
        by: what the person calls itself who planned it.
        publication: id of the one to return to.
    """

    id: str
    at: int
    step: Literal["publish", "back"]
    target: str
    by: str = ""
    publication: str = ""

    def is_missed(self, now: int) -> bool:
        """Tell whether its moment went by while no studio ran."""
        return self.at + LATE < now


def planned_moment(text: str, zone: str, now: dt.datetime) -> dt.datetime | None:
    """Read a day and time by a clock of a zone; None for what is none, or is over."""
    try:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    return moment if moment > now else None


def planned_acts(root: Path, slug: str) -> tuple[PlannedAct, ...]:
    """List what waits, the next first."""
    data = disk.read(_path(root, slug), _LARGEST) if key_folder() else None
    try:
        return tuple(msgspec.json.decode(data or b"[]", type=list[PlannedAct]))
    except msgspec.MsgspecError:
        return ()


def plan_act(root: Path, slug: str, act: PlannedAct) -> bool:
    """Let an act wait; tell whether it can: not without a home folder, or beside `MOST` others."""
    if not key_folder():
        return False
    with _change_acts(root, slug) as acts:
        if len(acts) >= MOST:
            return False
        acts.append(msgspec.structs.replace(act, id=secrets.token_hex(8)))
        return True


def cancel_act(root: Path, slug: str, id_: str) -> bool:
    """Let an act wait no longer; tell whether it did."""
    with _change_acts(root, slug) as acts:
        left = [one for one in acts if one.id != id_]
        found = len(left) < len(acts)
        acts[:] = left
        return found


def due_act(root: Path, slug: str, now: int) -> PlannedAct | None:
    """Give the next act whose moment has come; what was missed stays and is shown."""
    for one in planned_acts(root, slug):
        if one.at <= now and not one.is_missed(now):
            return one
    return None


@contextlib.contextmanager
def _change_acts(root: Path, slug: str) -> Iterator[list[PlannedAct]]:
    path = _path(root, slug)
    with sole_writer(Path(f"{path}.lock"), 2):
        acts = list(planned_acts(root, slug))
        yield acts
        disk.replace(path, msgspec.json.encode(sorted(acts, key=lambda one: one.at)))


def _path(root: Path, slug: str) -> str:
    place = hashlib.sha256(os.fsencode(f"{os.path.realpath(root)}\0{slug}")).hexdigest()[:32]
    return f"{key_folder()}/{FOLDER}/{place}"
