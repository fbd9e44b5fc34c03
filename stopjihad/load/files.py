"""Read authored files: regular files only, no links, bounded, UTF-8."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from stopjihad import disk
from stopjihad.problem import UNSEEN, Problem, ProblemsFound

MAX_TEXT_BYTES = 4 * 1024 * 1024
"""Largest authored text file in bytes; a talking point is about 4 KB."""

MAX_PO_BYTES = 64 * 1024 * 1024
"""Largest PO file in bytes; 1,000 talking points with both their languages are about 6 MB."""

MAX_MEDIA_BYTES = 40 * 1024 * 1024
"""Largest photo in bytes; camera files are 5 to 20 MB."""


def limit_of(path: str) -> int:
    """Give the most bytes a file of a campaign may have, by its folder and ending."""
    if "/media/" in path:
        return MAX_MEDIA_BYTES
    return MAX_PO_BYTES if path.endswith(".po") else MAX_TEXT_BYTES


def walk(root: Path, within: str) -> tuple[list[str], list[Problem]]:
    """List the files below a folder in sorted order.

    Args:
        within: folder relative to the workspace.

    Returns:
        Paths relative to the workspace with forward slashes, and problems (``link-refused`` for
        links, ``odd-file`` for pipes and devices, ``odd-name`` for names that are not UTF-8 or
        hold control characters: such a file counts as not there). Names that start with a dot and
        editors' backups are passed over: they are never published.
    """
    found: list[str] = []
    problems: list[Problem] = []
    pending = [within]
    try:
        top = disk.open_root(str(root))
    except OSError as error:
        return [], _explain_unlisted(root, within, error)
    with top, disk.HeldPath(top) as way:
        while pending:
            folder = pending.pop()
            try:
                entries = sorted(way.to(folder).entries())
            except OSError as error:
                problems += _explain_unlisted(root, folder, error)
                continue
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if is_foreign(entry.name):
                    continue
                if is_odd(entry.name):
                    problems.append(_odd(path))
                elif entry.is_folder:
                    pending.append(path)
                elif entry.is_file:
                    found.append(path)
                else:
                    is_link = way.to(folder).is_link(entry.name)
                    problems.append(_link(path) if is_link else _neither(path))
    return sorted(found), problems


_FOREIGN = (".", "~$", "__MACOSX")
"""How names begin that no author gave: hidden files, locks of Office, what macOS adds to a ZIP."""
_BACKUPS = ("~", ".bak", ".swp", ".tmp")


def is_foreign(name: str) -> bool:
    """Tell whether a name is one that programs give: hidden files, locks, editors' backups.

    Returns:
        True for names that never become part of a campaign.
    """
    return name.startswith(_FOREIGN) or name.endswith(_BACKUPS)


def _explain_unlisted(root: Path, folder: str, error: OSError) -> list[Problem]:
    """Say why a folder cannot be listed; one that is not there is empty."""
    if error.errno == errno.ENOENT:
        return []
    if error.errno == errno.ELOOP:
        return [_link(disk.shown_path(error.filename, root))]
    return [unreadable(folder, error)]


def folders(root: Path, within: str) -> list[str]:
    """Name the folders in a folder, sorted; those that are hidden or cannot be shown are left out.

    Args:
        within: folder relative to the workspace.

    Raises:
        ProblemsFound: ``link-refused`` or ``file-unreadable``.
    """
    try:
        with disk.open_root(str(root)) as top, top.into(within) as folder:
            entries = folder.entries()
    except OSError as error:
        problems = _explain_unlisted(root, within, error)
        if problems:
            raise ProblemsFound(tuple(problems)) from None
        return []
    return sorted(
        entry.name
        for entry in entries
        if entry.is_folder and not is_foreign(entry.name) and not is_odd(entry.name)
    )


def linked_folders(root: Path, within: str) -> list[str]:
    """Name the links in a folder that lead to folders, sorted; hidden and odd ones are left out.

    Args:
        within: folder relative to the workspace.
    """
    try:
        with disk.open_root(str(root)) as top, top.into(within) as folder:
            found = [entry.name for entry in folder.entries() if not entry.is_folder]
            links = [name for name in found if folder.is_link(name)]
    except OSError:
        return []
    return sorted(
        name
        for name in links
        if not is_foreign(name) and not is_odd(name) and (root / within / name).is_dir()
    )


def is_odd(name: str) -> bool:
    """Tell whether a name of a file can be neither written as UTF-8 nor shown as it is."""
    return UNSEEN.search(name) is not None


def odd_names(root: Path, folder: str) -> list[Problem]:
    """Find what lies in a folder under a name that cannot be shown.

    Args:
        folder: folder relative to the workspace.

    Returns:
        Problems ``odd-name``.
    """
    try:
        with disk.open_root(str(root)) as top, top.into(folder) as held:
            names = sorted(held.names())
    except OSError:
        return []
    return [_odd(f"{folder}/{name}") for name in names if is_odd(name) and name[0] != "."]


def read(root: Path, path: str, limit: int | None = None) -> bytes | Problem:
    """Read one file; no link is followed, neither in its place nor on the way from the root.

    Args:
        path: file relative to the workspace.
        limit: most bytes accepted; what `limit_of` says when not given.

    Returns:
        The bytes, or a problem: ``link-refused``, ``odd-file``, ``file-too-large``,
        ``file-unreadable``.
    """
    ((_, data),) = read_all(root, [path], limit)
    return data


def read_all(
    root: Path, paths: Sequence[str], limit: int | None = None
) -> Iterator[tuple[str, bytes | Problem]]:
    """Read files as `read` does; of sorted ones each folder is opened once.

    Args:
        paths: files relative to the workspace.

    Yields:
        Each path with its bytes or its problem.
    """
    for path, data in read_unknown(root, paths, limit):
        if not isinstance(data, UnchangedFile):  # none is
            yield path, data


class UnchangedFile(NamedTuple):
    """A file that was read before and holds the same now: SHA-256 in lower-case hexadecimal."""

    sha256: str


def read_unknown(
    root: Path,
    paths: Sequence[str],
    limit: int | None = None,
    digest: Callable[[str, int], str] | None = None,
) -> Iterator[tuple[str, bytes | Problem | UnchangedFile]]:
    """Read files as `read_all` does, but for those of which it is known what they hold.

    Args:
        digest: tells of a path and the descriptor of the open file what it is known to hold; empty
            where it must be read.

    Yields:
        Each path with its bytes, its problem, or its digest.
    """
    if not paths:
        return
    try:
        top = disk.open_root(str(root))
    except OSError as error:
        yield from ((path, unreadable(path, error)) for path in paths)
        return
    with top, disk.HeldPath(top) as way:
        for path in paths:
            yield path, _read(way, path, limit_of(path) if limit is None else limit, digest)


def _read(
    way: disk.HeldPath, path: str, limit: int, digest: Callable[[str, int], str] | None
) -> bytes | Problem | UnchangedFile:
    try:
        folder, name = way.above(path)
        handle = folder.open(name)
    except OSError as error:
        return _link(path) if error.errno == errno.ELOOP else unreadable(path, error)
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            return Problem(path=path, code="odd-file", message="this is not a regular file")
        if state.st_size > limit:
            return Problem(
                path=path,
                code="file-too-large",
                message=f"the file has {_size(state.st_size)}; {_size(limit)} are allowed",
                hint="export it smaller: 4000 px a side are plenty"
                if "/media/" in path
                else "cut it, or make several of it",
            )
        known = digest(path, handle) if digest is not None else ""
        if known:
            return UnchangedFile(known)
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read(limit)
    except OSError as error:
        return unreadable(path, error)
    finally:
        os.close(handle)


def _size(number: int) -> str:
    """Write a number of bytes as people read it."""
    return f"{number / 1e6:.0f} MB" if number >= 10**6 else f"{max(1, number // 1000)} KB"


def decode(data: bytes, path: str) -> str | Problem:
    """Decode UTF-8, unify line ends to LF, and refuse what a merge left behind.

    Args:
        data: the bytes of the file.

    Returns:
        The text, or the problem ``encoding`` with line and column (in bytes) of the first fault, or
        that of `merge_problem`.
    """
    text = decode_lines(data, path)
    if isinstance(text, Problem):
        return text
    return merge_problem(text, path) or text


_MERGE = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


def merge_problem(text: str, path: str) -> Problem | None:
    """Find the marks that git leaves where two people changed the same lines.

    Whatever else is wrong with such a file follows from them.

    Returns:
        The problem ``merge-conflict`` at the first mark, or None.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return None
    lines = [text.count("\n", 0, found.start()) + 1 for found in _MERGE.finditer(text)]
    if not lines:
        return None
    where = f"lines {lines[0]} and {lines[1]}" if lines[1:] else f"line {lines[0]}"
    more = f", {len(lines) - 2} more below" if lines[2:] else ""
    return Problem(
        path=path,
        line=lines[0],
        code="merge-conflict",
        message=f"a merge was not finished: its marks stand in {where}{more}",
        hint="keep what is right of both sides, and delete the lines <<<<<<<, ======= and >>>>>>>",
    )


def decode_lines(data: bytes, path: str) -> str | Problem:
    """Decode as `decode` does, a file whose lines are judged one by one."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(
            path=path, line=1, code="encoding", message="this is UTF-16", hint="save as UTF-8"
        )
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        return Problem(
            path=path,
            line=before.count(b"\n") + 1,
            column=error.start - before.rfind(b"\n"),
            code="encoding",
            message=f"byte 0x{data[error.start]:02x} is not UTF-8",
            hint="save the file as UTF-8",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _neither(path: str) -> Problem:
    message = "this is neither a file nor a folder"
    return Problem(path=path, code="odd-file", message=message, hint="remove it")


def _odd(path: str) -> Problem:
    """Describe a name; in it, bytes that are no UTF-8 stand as hexadecimal numbers."""
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    return Problem(
        path=UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), shown),
        code="odd-name",
        message="this name is not UTF-8, or has letters that cannot be seen",
        hint="rename it",
    )


def _link(path: str) -> Problem:
    return Problem(
        path=path,
        code="link-refused",
        message="links are not followed: they could publish files from elsewhere",
        hint="copy the file here",
    )


def unreadable(path: str, error: OSError) -> Problem:
    """Describe an operating system error on a file in one line.

    Args:
        path: file relative to the workspace.

    Returns:
        Problem ``file-unreadable``.
    """
    return Problem(
        path=path,
        code="file-unreadable",
        message=f"cannot be read: {os.strerror(error.errno or 0).lower()}",
        hint="check that it exists and that you may read it",
    )
