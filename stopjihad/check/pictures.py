"""Check the pictures that a talking point or page names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from stopjihad.check.finding import at
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Page, Project
from stopjihad.problem import Problem
from stopjihad.text.nearest import close_name
from stopjihad.view.designs import PICTURES, is_picture


def check_pictures(
    document: Document[Point] | Document[Page], project: Project, shown: Collection[str]
) -> Iterator[Problem]:
    """Check that the pictures are there, and that they are such as can be shown.

    Yields:
        Problems ``media-missing`` and ``media-kind``.
    """
    folder = f"{document.path.rsplit('/', 2)[0]}/media/"
    there = [path.removeprefix(folder) for path in project.media]
    for index, name in enumerate(document.record.media):
        field = f"media.{index}"
        if folder + name in project.broken:
            continue  # what is wrong with the file is told there
        if name not in there:
            close = close_name(name, there)
            hint = f"did you mean '{close}'?" if close else "add the file"
            yield at(document, field, "media-missing", f"media/{name} does not exist", hint)
        elif not is_picture(name):
            ending = PurePosixPath(name).suffix.lower()
            message = f"media/{name} cannot be shown: pictures are {', '.join(PICTURES)}"
            hint = _EXPORTS.get(ending, "export it as JPEG or PNG")
            yield at(document, field, "media-kind", message, hint)
        elif name not in shown:
            message = f"media/{name} is not shown: the first picture is, {' '.join(shown)}"
            hint = "put it first, or into a talking point or page of its own"
            yield at(document, field, "media-kind", message, hint, "warning")


_EXPORTS = {
    ".heic": "phones write HEIC: export it as JPEG",
    ".heif": "phones write HEIC: export it as JPEG",
    ".tif": "export it as JPEG",
    ".tiff": "export it as JPEG",
    ".svg": "export it as PNG, at least 1200 px wide",
    ".mp4": "films are made by the program: see docs/films.md",
    ".mov": "films are made by the program: see docs/films.md",
}
"""Ending of a file that nothing can show to what makes a picture of it."""
