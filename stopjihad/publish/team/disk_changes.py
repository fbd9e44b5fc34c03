"""Compare the shared files of the disk with a commit, and write what a merge made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from stopjihad.disk import save
from stopjihad.load import files
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.team.shared_tree import (
    TEXTS,
    DiskFile,
    GitTree,
    as_the_disk_keeps_it,
    blob_data,
    shared_path,
)
from stopjihad.publish.team.tree_merge import merge_data


class FileDelta(NamedTuple):
    """A shared file of two commits, or of a commit and the disk; None where there is none."""

    path: str
    by: str
    old: bytes | None
    new: bytes | None


def file_deltas(store: Any, before: GitTree, now: dict[str, DiskFile]) -> tuple[FileDelta, ...]:
    """List shared files that are others on the disk than in a commit."""
    old = {path: file for name, file in before.items() if (path := shared_path(name, file))}
    found = []
    for path in sorted({*old, *now}):
        was, is_ = old.get(path), now.get(path)
        if (was.blob if was else b"") != (is_.blob if is_ else b""):
            data = blob_data(store, was) if was else None
            found.append(FileDelta(path, "", data, is_.data if is_ else None))
    return tuple(found)


def has_marks(path: str, file: DiskFile) -> bool:
    """Tell whether two versions stand in a text."""
    text = files.decode_lines(file.data, path) if path.endswith(TEXTS) else ""
    return isinstance(text, str) and files.merge_problem(text, path) is not None


def refuse_marks(now: dict[str, DiskFile]) -> None:
    """Refuse files in which two versions wait for somebody to choose.

    Raises:
        ProblemsFound: ``share-unsettled``.
    """
    waiting = [path for path, file in now.items() if has_marks(path, file)]
    if waiting:
        problem = Problem(
            path=waiting[0],
            code="share-unsettled",
            message=f"two versions wait for a choice, files: {len(waiting)}",
            hint="choose in each of them, then fetch or send again",
        )
        raise ProblemsFound((problem,))


def write_file(
    root: Path, path: str, before: bytes | None, wanted: bytes | None, *, force: bool = False
) -> None:
    """Let a file be what a merge made of it; what somebody typed meanwhile is merged into it.

    Args:
        before: as it was committed; None where there was none.
        wanted: None where there is to be none.
        force: whether it is written whatever it is by now.

    Raises:
        ProblemsFound: ``file-busy``, or what the disk refuses.
    """
    for _ in range(save.TRIES):
        now = save.current(root, path)
        plain = _plain(now, path, before)
        if plain == wanted:
            return
        data = wanted
        if plain != before and not force and plain is not None:
            if wanted is None or not path.endswith(TEXTS):
                return  # somebody wrote it meanwhile: it stays
            data = merge_data(path, *(_text(one) for one in (before, plain, wanted)))[0]
        known = save.ABSENT if now is None else save.digest(now)
        try:
            if data is not None:
                save.write(root, path, as_the_disk_keeps_it(data, now), known)
            elif now is not None:
                save.remove(root, path, known)
        except save.ChangedFile:
            continue
        return
    raise ProblemsFound((save.busy(path),))


def _plain(now: bytes | None, path: str, before: bytes | None) -> bytes | None:
    """Give a file of the disk with the line ends of git."""
    crlf = before is not None and b"\r\n" in before
    return now if now is None or crlf or not path.endswith(TEXTS) else now.replace(b"\r\n", b"\n")


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")
