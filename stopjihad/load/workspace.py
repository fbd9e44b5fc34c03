"""Find the workspace, its campaigns, and the templates and assets that apply to it."""

from __future__ import annotations

from pathlib import Path

from stopjihad.load import files
from stopjihad.problem import Problem

MAX_SHARED_BYTES = 1024 * 1024
"""Largest template or asset in bytes; ours are under 40 KB."""


def find_workspace(start: Path) -> Path | None:
    """Find the nearest folder upwards that has ``campaigns/``.

    Args:
        start: folder to start from.

    Returns:
        The workspace, or None.
    """
    for folder in (start, *start.parents):
        if (folder / "campaigns").is_dir():
            return folder
    return None


def campaign_slugs(root: Path) -> list[str]:
    """List the campaigns of a workspace: folders in ``campaigns/``, sorted by name.

    One whose name cannot be shown is a problem of each other one (``odd-name``).

    Raises:
        ProblemsFound: ``campaigns/`` is a link or cannot be read.
    """
    return files.folders(root, "campaigns")


def shared_root() -> Path:
    """Give the folder that holds the built-in ``templates/``, ``assets/`` and ``campaigns/``.

    Returns:
        The folder inside an installed package, or the checkout that the package runs from.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "_share"
    return installed if installed.is_dir() else package.parent


def shared_files(root: Path, folder: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Read built-in files of a folder, each replaced by the workspace's own where it has one.

    Args:
        root: the workspace.
        folder: for example ``templates/site`` or ``assets``.

    Returns:
        Bytes by path relative to ``folder``, sorted, and problems of reading.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    bases = [shared_root()]
    if root.resolve() != bases[0]:
        bases.append(root)
    for base in bases:
        paths, trouble = files.walk(base, folder)
        problems += trouble
        for path, data in files.read_all(base, paths, MAX_SHARED_BYTES):
            if isinstance(data, Problem):
                problems.append(data)
            else:
                found[path[len(folder) + 1 :]] = data
    return dict(sorted(found.items())), problems
