"""What is known of a published tree: its index, whether it is still as that says, and whose it is.

It imports nothing that makes or publishes: most builds find that nothing changed, and end here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.build.tree.index import SPARE_INDEX, FileMark, Index, load_index, seal
from stopjihad.build.tree.inventory import take_inventory
from stopjihad.build.tree.place import Target
from stopjihad.disk import user_key
from stopjihad.disk.newest import is_newest, taking_place
from stopjihad.disk.stamp import NEVER
from stopjihad.problem import Problem, ProblemsFound

_INDEX = ".index"

MANY_REFRESHED = 200
"""Stamps in doubt from which `is_current` asks for a build, which takes them anew: hashing 200
files costs about 10 ms (measured)."""


def is_current(target: Target) -> bool:
    """Tell whether exactly the tree of this fingerprint is published; reads and locks nothing else.

    Returns:
        False also when too much is in doubt to be answered quickly.
    """
    out = str(target.out)
    index = own_index(target.work, out)
    if index is None or index.fingerprint != target.fingerprint or not is_newest(out, index.build):
        return False
    found = take_inventory(out, index, 0)
    return found.whole and found.refreshed <= MANY_REFRESHED


def remembered_files(target: Target) -> dict[str, FileMark]:
    """Give what is remembered of the published tree, without looking at it.

    Returns:
        Path to key, digest, size and stamp of each file; nothing when nothing is remembered.
    """
    index = find_index(target.work, str(target.out))
    return {mark.path: mark for mark in index.files} if index else {}


def index_name(state: os.stat_result) -> str:
    """Name the index of a tree: it is found by the inode of the tree's folder.

    So the exchange of two folders exchanges their indexes too, in the same operation.

    Returns:
        Name of a file in the private folder of the output, which may not exist.
    """
    return f"{state.st_ino}{_INDEX}"


def own_index(work: str, tree: str) -> Index | None:
    """Find what is remembered of exactly this tree.

    Returns:
        The index that was written for this device, inode and owner.
    """
    try:
        state = os.lstat(tree)
        with disk.hold(work) as held:
            found = load_index(held, index_name(state))
    except OSError:
        return None
    return found if found is not None and found.origin.is_of(state) else None


def find_index(work: str, tree: str) -> Index | None:
    """Find what is remembered of a tree.

    Returns:
        The index; the only one there is when none was written for this tree (a copied or restored
        one: every stamp is in doubt and its content decides); None when nothing is known.
    """
    own = own_index(work, tree)
    if own is not None:
        return own
    try:
        os.lstat(tree)
        with disk.hold(work) as held:
            names = [name for name in held.names() if name.endswith(_INDEX) and name != SPARE_INDEX]
            found = load_index(held, names[0]) if len(names) == 1 else None
    except OSError:
        return None
    return None if found is None else _without_stamps(found)


def is_other_tree(one: Index | None, other: Index | None) -> bool:
    """Tell whether two indexes are of trees that took a place one after the other."""
    return (one and one.origin) != (other and other.origin)


def newest_index(work: str, tree: str) -> Index | None:
    """Find what is remembered of a tree, if it is the one that was put there last.

    An older one of this user's own, put back with its record, has words that were corrected since.

    Returns:
        As for ``find_index``; None also where the user's own folder has no record of it.
    """
    found = find_index(work, tree)
    return found if found is not None and is_newest(tree, found.build) else None


def _without_stamps(index: Index) -> Index:
    """Give an index of which no stamp is believed."""
    return msgspec.structs.replace(
        index,
        files=tuple(msgspec.structs.replace(mark, changed=NEVER) for mark in index.files),
        folders=tuple(msgspec.structs.replace(mark, changed=NEVER) for mark in index.folders),
    )


def keep_index(work: str, tree: str, index: Index) -> None:
    """Write the index of a tree and remove those of trees that are no more.

    Raises:
        OSError: the disk refuses.
    """
    name = index_name(os.lstat(tree))
    with disk.hold(work) as held, taking_place(tree, index.build):
        disk.replace_in(held, name, seal(index))
        forget_indexes(held, name)


def forget_indexes(held: disk.Folder, keep: str) -> None:
    """Remove the indexes of trees that are no more."""
    for name in held.names():
        if name.endswith(_INDEX) and name not in {keep, SPARE_INDEX}:
            held.remove(name)


class OwnBuild(NamedTuple):
    """Hold what of a finished build this user's program wrote, by its own signed record.

    Attributes:
        folder: ``dist/<campaign>``.
        digests: SHA-256 of each file, by path.
        shown: how problems name the folder.
    """

    folder: Path
    digests: Mapping[str, str]
    shown: str

    def read(self, path: str) -> bytes | None:
        """Read a file as it was written.

        Args:
            path: relative to the folder, with forward slashes.

        Returns:
            Its bytes; None when there is no such file.

        Raises:
            ProblemsFound: ``export-not-yours`` for a file that is not recorded, or is another now.
        """
        data = disk.read_below(str(self.folder), path)
        if data is None or hashlib.sha256(data).hexdigest() == self.digests.get(path):
            return data
        hint = f"make it from the sources: stopjihad build {self.folder.name}"
        if not user_key.is_kept():
            hint = f"let XDG_STATE_HOME name a folder that stays; {hint}"
        problem = Problem(
            path=f"{self.shown}/{path}",
            code="export-not-yours",
            message="you did not build this file, or it was changed since: it is not taken over",
            hint=hint,
        )
        raise ProblemsFound((problem,))


def own_build(target: Target) -> OwnBuild:
    """Find what of a finished build is this user's own; nothing without a signed record."""
    index = find_index(target.work, str(target.out))
    digests = {mark.path: mark.sha256 for mark in index.files} if index else {}
    return OwnBuild(target.out, digests, disk.shown_path(str(target.out), target.workspace))
