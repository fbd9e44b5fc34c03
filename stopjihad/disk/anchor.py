"""Hold a folder by its path: links are allowed above its anchor alone.

The anchor is the folder that the last ``.stopjihad`` on the way lies in; without one, the folder
above. ``names`` are those of the folders below it, ``owners`` the users whose private folders count
as ours.
"""

from __future__ import annotations

import errno
import os

from stopjihad.disk.folder import PRIVATE, PRIVATE_MODE, PUBLIC_MODE, Folder, open_root


def hold(path: str, *, make: bool = False) -> Folder:
    """Open a folder by its absolute path.

    Below the anchor no link is followed. A private folder belongs to us, or to whom the anchor
    belongs (a workspace that is mounted into a container); one that is a link, no folder or
    another's does not count as there, and with ``make`` it is removed and made anew.

    Args:
        path: absolute.

    Raises:
        OSError: it is missing, not ours, or cannot be made.
    """
    anchor, names, private = _anchor(path)
    if make:
        os.makedirs(anchor, exist_ok=True)
    here = open_root(anchor)
    try:
        owners = _owners(here) if private else frozenset()
        for name in names:
            above, here = here, _ours(here, name, owners, make=make, private=private)
            above.close()
    except OSError:
        here.close()
        raise
    return here


def _anchor(path: str) -> tuple[str, list[str], bool]:
    """Give the anchor, the names below it, and whether those are private."""
    parts = path.replace(os.sep, "/").rstrip("/").split("/")
    private = PRIVATE in parts
    place = len(parts) - 1
    if private:
        place -= parts[::-1].index(PRIVATE)
    above = os.sep.join(parts[:place]) or (os.sep if os.path.isabs(path) else os.curdir)
    return above, parts[place:], private


def _owners(anchor: Folder) -> frozenset[int]:
    """Give the users whose private folders count as ours; none where users are not told apart."""
    if anchor.handle < 0 or not hasattr(os, "geteuid"):
        return frozenset()
    return frozenset({os.geteuid(), os.fstat(anchor.handle).st_uid})


def _ours(above: Folder, name: str, owners: frozenset[int], *, make: bool, private: bool) -> Folder:
    if not make:
        return _own_folder(above.step(name), owners)
    if not private:
        return above.make_step(name, PUBLIC_MODE)
    try:
        return _own_folder(above.make_step(name, PRIVATE_MODE), owners)
    except OSError as error:
        if error.errno not in {errno.ELOOP, errno.ENOTDIR, errno.EPERM}:
            raise
    above.remove(name)
    return above.make_step(name, PRIVATE_MODE)


def _own_folder(folder: Folder, owners: frozenset[int]) -> Folder:
    if owners and os.fstat(folder.handle).st_uid not in owners:
        folder.close()
        raise PermissionError(errno.EPERM, "another user's", folder.path)
    return folder
