"""Remember how new the signatures were that this user has made or seen: no older one counts."""

from __future__ import annotations

import os

import msgspec

from stopjihad import disk
from stopjihad.disk.user_key import key_folder
from stopjihad.publish.signing_key import short_name

MADE_HERE = ""
"""Stands for a path where the newest version is kept that was signed here."""

Ages = dict[str, tuple[int, int]]
"""Version and Unix time of signatures by path."""


def seen_before(public: str) -> Ages:
    """Read the ages of the newest signatures that this user has seen."""
    data = disk.read(_seen_file(public)) if key_folder() else None
    try:
        return msgspec.json.decode(data or b"{}", type=Ages)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def remember_seen(public: str, ages: Ages) -> None:
    """Keep the ages of the newest signatures seen."""
    if key_folder():
        before, none = seen_before(public), (0, 0)
        newest = {path: max(before.get(path, none), ages.get(path, none)) for path in before | ages}
        disk.replace(_seen_file(public), msgspec.json.encode(newest, order="sorted"))


def newest_version(public: str) -> int:
    """Give the highest version that this user has signed or seen; 0 for none."""
    return max((version for version, _ in seen_before(public).values()), default=0)


def _seen_file(public: str) -> str:
    return os.path.join(key_folder(), f"seen-{short_name(public)}.json")  # noqa: PTH118 (as its folder)
