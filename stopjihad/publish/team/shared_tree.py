"""List the files that colleagues share: those of a commit, and those on the disk.

Shared are plain files with the endings that campaigns have, under names that no program gives. All
else in a commit (programs, hidden files, links, other repositories) is carried along as it is, and
neither written to the disk nor read from there.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from stopjihad import disk
from stopjihad.load import files
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.repository import ask_library
from stopjihad.publish.schema import is_inside
from stopjihad.publish.team.ignored_paths import IgnoredPaths

TEXTS = (".md", ".yaml", ".po", ".csv", ".jsonl", ".html", ".css", ".txt")
ENDINGS = (*TEXTS, ".svg", ".png", ".jpg", ".jpeg", ".webp", ".wav", ".flac")
"""Endings of what is shared: nothing that a double click would run."""

FOLDERS = ("campaigns", "templates", "assets")
"""Folders in which a file that git does not know yet is found."""

MOST_FILES = 100_000
"""Files and folders of a commit that are looked at: the largest campaign has some ten thousand."""

PLAIN = 0o100644
_PLAIN_MODES = (PLAIN, 0o100755)
_CONVERTED = re.compile(rb"^[^#\n]*\s(?:filter|ident|working-tree-encoding)\b", re.MULTILINE)


class GitFile(NamedTuple):
    """What a commit says of a path: its mode, and the name of its blob."""

    mode: int
    blob: bytes


GitTree = dict[bytes, GitFile]
"""All of a commit by path."""


class DiskFile(NamedTuple):
    """A shared file on the disk: the name that its blob has or would have, and its bytes then."""

    blob: bytes
    data: bytes


def read_tree(store: Any, commit: bytes) -> GitTree:
    """Read what a commit holds; nothing where there is none.

    Raises:
        ProblemsFound: ``share-repository``: it holds too much, a path of it leads elsewhere, or git
            converts files in it.
    """
    from dulwich.object_store import iter_tree_contents

    if not commit:
        return {}
    listed = iter_tree_contents(store, store[commit].tree, include_trees=True)
    entries = ask_library(lambda: list(islice(listed, MOST_FILES)))
    if len(entries) == MOST_FILES:
        raise cannot_share("the repository holds more files than a workspace", WITH_GIT)
    found = {
        bytes(one.path): GitFile(one.mode, bytes(one.sha))
        for one in entries
        if not stat.S_ISDIR(one.mode)
    }
    for path, file in found.items():
        if {b".git", b"..", b"."} & set(path.lower().split(b"/")):
            raise cannot_share("the repository has a path that leads out of it", WITH_GIT)
        if path.rpartition(b"/")[2] == b".gitattributes" and _CONVERTED.search(
            blob_data(store, file)
        ):
            raise cannot_share("git converts files of this repository (.gitattributes)", WITH_GIT)
    return found


def shared_path(path: bytes, file: GitFile | None = None) -> str:
    """Give the path of what is shared as text; empty for all else."""
    try:
        found = path.decode()
    except UnicodeDecodeError:
        return ""
    names = found.split("/")
    odd = any(files.is_foreign(one) or files.is_odd(one) for one in names)
    known = found.lower().endswith(ENDINGS) and is_inside(found) and not odd
    return found if known and (file is None or file.mode in _PLAIN_MODES) else ""


def blob_data(store: Any, file: GitFile | None) -> bytes:
    """Read a file of a commit; nothing where there is none, or it is no blob."""
    if file is None:
        return b""
    data = getattr(ask_library(lambda: store[file.blob]), "data", b"")
    return data if isinstance(data, bytes) else b""


def read_disk(root: Path, known: GitTree, store: Any) -> dict[str, DiskFile]:
    """Read all shared files of the disk: those that git knows, and new ones.

    A file whose line ends alone are others than in git is the same.

    Raises:
        ProblemsFound: one cannot be read.
    """
    ours = {path: file for name, file in known.items() if (path := shared_path(name, file))}
    ignored = IgnoredPaths(root)
    fresh = [
        path
        for folder in FOLDERS
        for path in files.walk(root, folder)[0]
        if path not in ours and shared_path(path.encode("utf-8", "surrogateescape"))
        if not ignored.covers(path)
    ]
    there = sorted({*_present(root, ours), *fresh})
    found = {}
    for path, data in files.read_all(root, there):
        if isinstance(data, Problem):
            raise ProblemsFound((data,))
        found[path] = _as_git_keeps_it(data, path, ours.get(path), store)
    return found


def _as_git_keeps_it(data: bytes, path: str, known: GitFile | None, store: Any) -> DiskFile:
    """Give the bytes that git would keep of a file: with the line ends that it keeps now."""
    blob = blob_name(data)
    if known is None or blob == known.blob or b"\r\n" not in data or not path.endswith(TEXTS):
        return DiskFile(blob, data)
    plain = data.replace(b"\r\n", b"\n")
    name = blob_name(plain)
    if name == known.blob or b"\r\n" not in blob_data(store, known):
        return DiskFile(name, plain)
    return DiskFile(blob, data)


def as_the_disk_keeps_it(data: bytes, now: bytes | None) -> bytes:
    """Give the bytes to write of a text in git: with the line ends of the file that it replaces."""
    ends = now is not None and b"\r\n" in now and now.count(b"\r\n") == now.count(b"\n")
    return data.replace(b"\n", b"\r\n") if ends and b"\r\n" not in data else data


def laid_over(known: GitTree, disk: Mapping[str, DiskFile]) -> GitTree:
    """Give a commit's tree with the shared files as they are on the disk."""
    kept = {path: file for path, file in known.items() if not shared_path(path, file)}
    for path, file in disk.items():
        before = known.get(path.encode())
        kept[path.encode()] = GitFile(before.mode if before else PLAIN, file.blob)
    return kept


def blob_name(data: bytes) -> bytes:
    """Name the blob of a file."""
    head = b"blob %d\0" % len(data)
    return hashlib.sha1(head + data, usedforsecurity=False).hexdigest().encode()


def _present(root: Path, paths: Mapping[str, GitFile]) -> Iterator[str]:
    """Give those paths where something lies on the disk, whatever it is."""
    with disk.open_root(str(root)) as top, disk.HeldPath(top) as way:
        for path in sorted(paths):
            try:
                folder, name = way.above(path)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:  # not gone: it cannot be seen
                raise ProblemsFound((disk.explain(error, path),)) from None
            if folder.is_there(name):
                yield path


WITH_GIT = "fetch and send with git itself, or ask who keeps the repository"


def cannot_share(message: str, hint: str) -> ProblemsFound:
    """Say why files cannot be shared from here."""
    return ProblemsFound((Problem(code="share-repository", message=message, hint=hint),))
