"""Read one saved talking point, without reading the rest of its campaign."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from stopjihad.check.project import check_one_point
from stopjihad.load import files
from stopjihad.load.cached import Cache, remember
from stopjihad.load.documents import SourceFile, markdown_document
from stopjihad.model.loaded import Document, Project
from stopjihad.model.point import Point
from stopjihad.preview.lenient import lenient_document
from stopjihad.problem import Problem


def read_point(root: Path, slug: str, path: Path, cache: Cache) -> Document[Point] | None:
    """Read a talking point that was saved.

    Args:
        root: the workspace, absolute.
        slug: the campaign.
        path: absolute path that was saved; any path.
        cache: where parsed files are kept, under the same keys as ``load_project`` keeps them.

    Returns:
        The talking point; None when the path is none of the campaign, or its file is broken.
    """
    file = _file(root, slug, path)
    if file is None:
        return None
    found, _ = remember(
        cache,
        ("points", file.path, file.digest),
        Document[Point],
        lambda: markdown_document(file, Point, path.stem),
    )
    return found


def read_unfinished(
    root: Path, slug: str, path: Path, project: Project | None
) -> Document[Point] | None:
    """Read a talking point that the schema refuses, as far as it goes.

    Args:
        root: the workspace, absolute.
        slug: the campaign.
        path: absolute path that was saved; any path.
        project: the campaign.

    Returns:
        The talking point; None when the path is none of the campaign, or its file is no YAML.
    """
    file = _file(root, slug, path)
    if file is None or project is None:
        return None
    return lenient_document(file.path, file.text, project)


def point_problems(
    root: Path, slug: str, path: Path, project: Project, today: dt.date
) -> tuple[str, tuple[Problem, ...]] | None:
    """Judge a talking point that was saved, as its editor does.

    Args:
        root: the workspace, absolute.
        slug: the campaign.
        path: absolute path that was saved; any path.
        project: the campaign.
        today: day on which it is judged.

    Returns:
        Its path relative to the workspace and what is wrong with it; None when the path is none of
        the campaign, or cannot be read.
    """
    file = _file(root, slug, path)
    if file is None:
        return None
    document, problems = markdown_document(file, Point, path.stem)
    if document is not None:
        problems = list(check_one_point(document, project, today))
    return file.path, tuple(problems)


def _file(root: Path, slug: str, path: Path) -> SourceFile | None:
    folder = root / "campaigns" / slug / "points"
    if path.parent != folder or path.suffix != ".md":
        return None
    shown = f"campaigns/{slug}/points/{path.name}"
    data = files.read(root, shown, files.MAX_TEXT_BYTES)
    text = data if isinstance(data, Problem) else files.decode(data, shown)
    if isinstance(data, Problem) or isinstance(text, Problem):
        return None
    return SourceFile(shown, text, hashlib.sha256(data).hexdigest())
