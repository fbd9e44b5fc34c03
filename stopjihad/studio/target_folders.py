"""Folders that a campaign may be published into from the studio: offered, never typed as a path."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.load.targets import FILE
from stopjihad.model.targets import PublishTarget
from stopjihad.studio.answers import RefusedRequest
from stopjihad.studio.words import mark_translatable
from stopjihad.text.ids import is_id
from stopjihad.text.yaml import write
from stopjihad.text.yaml.tree import Value

MOUNTS = ("/media/{user}", "/run/media/{user}", "/mnt", "/Volumes")
"""Folders below which systems show sticks and shared disks."""

KEPT = "10"
"""Publications of before that a target keeps which is made here: as many as a page lists."""


class TargetPlace(NamedTuple):
    """Offer a folder in which a target may be made: as ``targets.yaml`` writes it, and whole."""

    value: str
    path: str


def target_places(root: Path) -> tuple[TargetPlace, ...]:
    """List folders in which this user may make a target.

    Returns:
        The folder that the workspace is in, the user's own, and disks that are mounted.
    """
    places = [TargetPlace("..", str(root.parent)), TargetPlace("~", str(_home(root)))]
    places += [TargetPlace(path, path) for path in _mounted_folders()]
    seen: dict[str, TargetPlace] = {}
    for one in places:
        if os.access(one.path, os.W_OK | os.X_OK):
            seen.setdefault(os.path.realpath(one.path), one)
    return tuple(seen.values())


def _home(root: Path) -> Path:
    """Give the user's own folder; where there is none, that of the workspace."""
    with contextlib.suppress(RuntimeError):
        return Path.home()
    return root.parent


def _mounted_folders() -> Iterator[str]:
    user = os.environ.get("USER", "")
    for pattern in MOUNTS:
        above = pattern.format(user=user)
        with contextlib.suppress(OSError), disk.open_root(above) as here:
            yield from (f"{above}/{name}" for name in sorted(here.names()) if name[:1] != ".")


class WantedTarget(msgspec.Struct, forbid_unknown_fields=True):
    """A target for a folder, as a form sends it; ``place`` is one of `target_places`."""

    id: str
    place: str
    name: str
    layout: str = "plain"
    address: str = ""


def folder_target(root: Path, wanted: WantedTarget) -> dict[str, Value]:
    """Make a target of what a form sends, as ``targets.yaml`` writes it.

    Raises:
        RefusedRequest: a name is none, the folder is not offered, or holds something already.
    """
    if not (is_id(wanted.id) and is_id(wanted.name)):
        words = mark_translatable("The name needs small letters, digits and single hyphens.")
        raise RefusedRequest(words, 422)
    place = next((one for one in target_places(root) if one.value == wanted.place), None)
    if place is None:
        words = mark_translatable("This folder is not offered. Choose another one.")
        raise RefusedRequest(words, 422)
    folder: dict[str, Value] = {"path": f"{place.value}/{wanted.name}", "layout": wanted.layout}
    names = [wanted.name]
    if wanted.layout == "plain":
        names.append(f"{wanted.name}-memory")
        folder["state"] = f"../{names[1]}"
    if not all(_is_free(f"{place.path}/{name}") for name in names):
        words = mark_translatable("There is something in this folder. Choose another name.")
        raise RefusedRequest(words, 409)
    made: dict[str, Value] = {"id": wanted.id, "folder": folder}
    if wanted.address:
        made["address"] = wanted.address
    made["kept_releases"] = KEPT
    try:
        msgspec.convert({**made, "kept_releases": int(KEPT)}, PublishTarget)
    except msgspec.ValidationError:
        words = mark_translatable("The address begins with https:// and has no name or password.")
        raise RefusedRequest(words, 422) from None
    return made


def _is_free(path: str) -> bool:
    """Tell whether a folder is missing, or empty."""
    if not os.path.lexists(path):
        return True
    with contextlib.suppress(OSError), disk.open_root(path) as here:
        return not here.names()
    return False


def first_targets(target: Value) -> str:
    """Write the file of a campaign that has no targets yet."""
    lines = write.block({"targets": [target]}, 0)
    return "\n".join((f"# {FILE}: docs/publishing.md", *lines)) + "\n"
