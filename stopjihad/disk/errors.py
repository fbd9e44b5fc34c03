"""Say in one line what the disk refused: path, bytes, reason, and what mends it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from stopjihad.problem import Problem

_INSIDE = "choose a folder inside it"
_EXPLAINED = {
    errno.ENOSPC: ("disk-full", "no space is left on the disk", "free some space"),
    errno.EDQUOT: ("disk-full", "your quota of the disk is used up", "free some space"),
    errno.EROFS: ("disk-read-only", "the disk is read-only", "choose another output folder"),
    errno.EACCES: ("disk-forbidden", "you may not do this here", "check owner and permissions"),
    errno.EPERM: ("disk-forbidden", "you may not do this here", "check owner and permissions"),
    errno.EMFILE: ("disk-busy", "too many files are open", "raise the limit (ulimit -n)"),
    errno.ENFILE: ("disk-busy", "too many files are open", "close other programs"),
    errno.EXDEV: ("disk-error", "this folder is a disk of its own", _INSIDE),
    errno.EBUSY: ("disk-error", "this folder is a disk of its own, or in use", _INSIDE),
    errno.ENAMETOOLONG: ("output-name", "the path is too long", "choose a shorter folder"),
    errno.ELOOP: ("link-refused", "a link stands here, and links are not followed", "remove it"),
    errno.ENOTDIR: ("disk-error", "a file stands where a folder belongs", "move it away"),
    errno.EISDIR: ("disk-error", "a folder stands where a file belongs", "move it away"),
}


class WriteError(OSError):
    """Fail to write a file: `filename` is its path, `size` the bytes that should be there."""

    def __init__(self, code: int, path: str, size: int) -> None:
        """Keep error number, path and size in bytes."""
        super().__init__(code, os.strerror(code), path)
        self.size = size


def explain(error: OSError, shown: str) -> Problem:
    """Turn an error of the operating system into one line.

    Returns:
        Problem ``disk-full``, ``disk-read-only``, ``disk-forbidden``, ``disk-busy``,
        ``output-name``, ``link-refused`` or ``disk-error``. The words do not depend on the locale.
    """
    name = errno.errorcode.get(error.errno or 0, "unknown")
    code, reason, hint = _EXPLAINED.get(
        error.errno or 0, ("disk-error", f"the system says {name}", "check the disk")
    )
    doing = f"cannot write {error.size:,} bytes" if isinstance(error, WriteError) else "failed"
    return Problem(path=shown, code=code, message=f"{doing}: {reason}", hint=hint)


def shown_path(path: str, base: Path) -> str:
    """Give a path the way a problem names it: relative to a folder where it is inside.

    Args:
        path: absolute or relative path of the system.
    """
    try:
        return Path(path).relative_to(base).as_posix()
    except ValueError:
        return Path(path).as_posix()
