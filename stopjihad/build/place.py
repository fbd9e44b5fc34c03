"""Decide whether a folder may be written as output."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from stopjihad.build import manifest
from stopjihad.disk import PRIVATE
from stopjihad.problem import Problem, ProblemsFound

_REPOSITORIES = (".git", ".hg", ".svn", ".jj", "_darcs", ".bzr")


def output_problems(
    out: Path, workspace: Path, sources: Iterable[Path], *, ours: bool = False
) -> list[Problem]:
    """Check the place of an output folder before anything is written.

    Args:
        out: output folder of one campaign, absolute.
        workspace: links are refused on the way from here to ``out``.
        sources: folders that people write; output may be neither inside nor above any.
        ours: whether an index tells that we wrote the folder, so that it needs no manifest.

    Returns:
        Problems ``output-in-source``, ``output-link``, ``output-not-ours``.
    """
    shown = _shown(out, workspace)
    clash = _clash(out, sources)
    if clash:
        return [_problem("output-in-source", shown, f"this is inside or above {clash.name}/")]
    link = _link(out, workspace)
    if link:
        message = f"{_shown(link, workspace)} is a link"
        hint = "give the folder it leads to"
        return [Problem(path=shown, code="output-link", message=message, hint=hint)]
    if not os.path.lexists(out):
        return []
    if not out.is_dir():
        return [_problem("output-not-ours", shown, "this is not a folder")]
    if not ours and os.listdir(out) and not manifest.is_manifest(str(out / "manifest.json")):
        return [_problem("output-not-ours", shown, "the folder holds files we did not make")]
    return []


def repository_problems(out: Path, names: Iterable[str], shown: str) -> list[Problem]:
    """Refuse to replace a tree in which somebody keeps a version history.

    Args:
        out: output folder.
        names: paths in it to look at, relative to it.
        shown: path to name.

    Returns:
        At most one problem ``output-not-ours``.
    """
    for name in names:
        if name.rpartition("/")[2] in _REPOSITORIES and os.path.lexists(out / name):
            message = f"{name} in it is a repository, which the next build would remove"
            return [_problem("output-not-ours", shown, message)]
    return []


def require_same_workspace(out: Path, workspace: Path, other: str) -> None:
    """Refuse an output folder outside of the workspace that another workspace was built into.

    A workspace that is no more, or that was moved here, is no other one.

    Args:
        out: output folder of one campaign, absolute.
        workspace: the workspace.
        other: path of the workspace that the folder was made from.

    Raises:
        ProblemsFound: ``output-of-another``.
    """
    if out.is_relative_to(workspace) or not (Path(other) / "campaigns" / out.name).is_dir():
        return
    if os.path.realpath(workspace) != other and not os.path.samefile(workspace, other):
        message = f"this is the site of the workspace {other}, which it would replace"
        raise ProblemsFound((_problem("output-of-another", _shown(out, workspace), message),))


def all_names(out: Path) -> list[str]:
    """List everything in a folder of which nothing is remembered.

    Args:
        out: output folder, which may not exist.

    Returns:
        Paths relative to it.
    """
    return [
        os.path.relpath(os.path.join(folder, name), out)
        for folder, folders, files in os.walk(out)
        for name in folders + files
    ]


def _problem(code: str, shown: str, message: str) -> Problem:
    hint = "choose another output folder"
    return Problem(path=shown, code=code, message=message, hint=hint)


def _clash(out: Path, sources: Iterable[Path]) -> Path | None:
    real = Path(os.path.realpath(out))
    for source in sources:
        other = Path(os.path.realpath(source))
        if real.is_relative_to(other) or other.is_relative_to(real):
            return source
        if _holds(other, real) or _holds(real, other):
            return source
    return None


def _holds(folder: Path, path: Path) -> bool:
    """Tell whether a folder is the path or above it, by inode: spelling may differ in case."""
    try:
        state = os.stat(folder)
    except OSError:
        return False
    for above in (path, *path.parents):
        try:
            if os.path.samestat(os.stat(above), state):
                return True
        except OSError:
            continue
    return False


def _link(out: Path, workspace: Path) -> Path | None:
    inside = out.is_relative_to(workspace)
    private = out.parent / PRIVATE
    parts = [private / out.name, private, out, *(out.parents if inside else (out.parent,))]
    for part in parts:
        if inside and part == workspace:
            return None
        if part.is_symlink():
            return part
    return None


def _shown(path: Path, workspace: Path) -> str:
    return (path.relative_to(workspace) if path.is_relative_to(workspace) else path).as_posix()
