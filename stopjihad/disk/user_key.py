"""Sign what is kept to save time, so that only what this user's program wrote is believed.

A digest says that bytes are whole, not who wrote them: anybody can make one. The key is made once
for each user, in a folder that no workspace brings along. Where it cannot be kept (no home folder,
a read-only one) each process has a key of its own: then nothing kept earlier is believed, and all
is made again. No output depends on the key.

Throughout, ``purpose`` says what is signed, ``digest`` is the SHA-256 of what is to be believed,
``signature`` what `sign` gave for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import stat
import sys
from functools import cache
from typing import Literal

from stopjihad.disk.files import create_in
from stopjihad.disk.folder import READ, Folder, open_root, unused_name

Purpose = Literal[
    "branch",
    "campaign",
    "countersign",
    "index",
    "newest",
    "pack",
    "published",
    "reading",
    "shared",
    "stamps",
    "store",
    "studio",
]
"""What is signed: a signature for one purpose is none for another."""

SIGNATURE_BYTES = 32

_KEY_BYTES = 32
_FILE = "key"


def sign(purpose: Purpose, digest: bytes) -> bytes:
    """Sign a digest with the key of this user.

    Args:
        digest: SHA-256 of all that is to be believed.

    Returns:
        32 bytes: keyed BLAKE2b.
    """
    person = f"sj-{purpose}".encode()
    return hashlib.blake2b(digest, digest_size=SIGNATURE_BYTES, key=_key(), person=person).digest()


def is_signed(purpose: Purpose, digest: bytes, signature: bytes) -> bool:
    """Tell whether this user's program signed a digest for this purpose."""
    return hmac.compare_digest(sign(purpose, digest), signature)


def key_folder() -> str:
    """Give the folder that keeps the key.

    Returns:
        ``$XDG_STATE_HOME/stopjihad``, by default ``~/.local/state/stopjihad``; on Windows
        ``%LOCALAPPDATA%/stopjihad``; on macOS as on Linux. Empty when this user has no home
        folder of his own (``sudo`` leaves that of another).
    """
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
        return os.path.join(base, "stopjihad") if base else ""
    base = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(base):
        home = os.path.expanduser("~")
        if not _is_own(home):
            return ""
        base = os.path.join(home, ".local", "state")
    return os.path.join(base, "stopjihad")


def cache_folder() -> str:
    """Give the folder for what this user's program can fetch or make again.

    Returns:
        ``$XDG_CACHE_HOME/stopjihad``, by default ``~/.cache/stopjihad``; on Windows a folder beside
        the key. Empty where the key has no folder.
    """
    state = key_folder()
    if sys.platform == "win32" or not state:
        return os.path.join(state, "cache") if state else ""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        home = os.path.expanduser("~")
        base = os.path.join(home, ".cache") if _is_own(home) else ""
    return os.path.join(base, "stopjihad") if base else ""


def kept_secret(name: str, size: int, *, make: bool = False) -> bytes | None:
    """Give a secret of this user: random bytes that lie beside the key.

    Args:
        size: its length in bytes.
        make: whether it is made when there is none; one that is there is never replaced.

    Returns:
        The secret; None when there is none, or none that only this user can know.

    Raises:
        OSError: it cannot be kept.
    """
    folder = key_folder()
    if not folder:
        return None
    try:
        if make:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        with open_root(folder) as here:
            found = _read(here, name, size)
            if found is None and make and not here.is_there(name):
                return _make_key(here, name, size)
            return found
    except FileNotFoundError:
        return None


def is_kept() -> bool:
    """Tell whether the key outlives this process: what it signs now is believed later."""
    return _kept_key() is not None


@cache
def _key() -> bytes:
    return _kept_key() or os.urandom(_KEY_BYTES)


@cache
def _kept_key() -> bytes | None:
    folder = key_folder()
    with contextlib.suppress(OSError):
        if folder:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            with open_root(folder) as here:
                return _read(here, _FILE, _KEY_BYTES) or _make_key(here, _FILE, _KEY_BYTES)
    return None


def _make_key(folder: Folder, name: str, size: int) -> bytes:
    """Write a key; when another process was quicker, theirs counts."""
    fresh = unused_name("new-")
    key = os.urandom(size)
    create_in(folder, fresh, key, sync=True, mode=0o600)
    try:
        folder.link(fresh, folder, name)
    except FileExistsError:
        theirs = _read(folder, name, size)
        if theirs is not None:
            return theirs
        folder.rename(fresh, folder, name)  # what is there cannot be believed
    except OSError:
        folder.rename(fresh, folder, name)  # a file system without links
    finally:
        folder.forget(fresh)
    return key


def _read(folder: Folder, name: str, size: int) -> bytes | None:
    """Read a key, if it is one that nobody else can know or have put there."""
    try:
        handle = folder.open(name, READ)
    except OSError:
        return None
    try:
        state = os.fstat(handle)
        key = os.read(handle, size + 1)
    finally:
        os.close(handle)
    open_to_others = sys.platform != "win32" and state.st_mode & 0o077
    good = stat.S_ISREG(state.st_mode) and not open_to_others and _is_ours(state)
    return key if good and len(key) == size else None


def _is_ours(state: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or state.st_uid == os.geteuid()


def _is_own(folder: str) -> bool:
    try:
        return _is_ours(os.stat(folder))
    except OSError:
        return False
