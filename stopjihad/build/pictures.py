"""Read the pictures that cards show: photos of talking points, and the brand's logo."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec

from stopjihad.catalog.photos import photo_problems
from stopjihad.disk.cache import Cache, get_or_make
from stopjihad.load import files
from stopjihad.load.photos import read_photo
from stopjihad.model.loaded import Project
from stopjihad.model.media import Photo
from stopjihad.model.request import Shared
from stopjihad.problem import Problem
from stopjihad.view.designs import photo_of


class Pictures(msgspec.Struct, frozen=True, kw_only=True):
    """Hold photos by file name, the logo's bytes (empty without one), and what is wrong."""

    photos: dict[str, Photo] = {}
    logo: bytes = b""
    problems: tuple[Problem, ...] = ()

    def within(self, shared: Shared) -> Shared:
        """Give the shared files with these pictures among them."""
        return msgspec.structs.replace(shared, pictures=self.photos, logo=self.logo)


class Sound(msgspec.Struct, frozen=True):
    """Say that a picture was decoded once without trouble."""


def read_pictures(root: Path, project: Project, cache: Cache) -> Pictures:
    """Read the pictures that the cards of a campaign show.

    Args:
        root: the workspace.
        project: the campaign; files that it names and lacks are left out.
        cache: remembers which versions of pictures are sound.

    Returns:
        The pictures that can be used, and the problems of the others: those of ``read_photo``.
    """
    folder = f"campaigns/{project.campaign.record.id}/media"
    used = dict.fromkeys(photo_of(document.record) for document in project.points)
    photos: dict[str, Photo] = {}
    problems: list[Problem] = []
    for name in used:
        path = f"{folder}/{name}"
        if not name or path not in project.media:
            continue
        photo, trouble = read_photo(root, folder, name, partial(_sound, path, project, cache))
        problems += trouble
        if photo is not None:
            photos[name] = photo
    logo, trouble = _logo(root, project, cache)
    return Pictures(photos=photos, logo=logo, problems=tuple(problems + trouble))


def _logo(root: Path, project: Project, cache: Cache) -> tuple[bytes, list[Problem]]:
    name = project.campaign.record.brand.logo
    path = f"campaigns/{project.campaign.record.id}/media/{name}"
    if not name or path not in project.media:
        return b"", []
    data = files.read(root, path, files.MAX_MEDIA_BYTES)
    if isinstance(data, Problem):
        return b"", [data]
    problems = _sound(path, project, cache, data)
    return (b"" if problems else data), list(problems)


def _sound(path: str, project: Project, cache: Cache, data: bytes) -> tuple[Problem, ...]:
    """Find what is wrong with a picture; each version of it is decoded once."""

    def look() -> tuple[Sound, list[Problem]]:
        return Sound(), list(photo_problems(data, path))

    names = ("picture", path, project.media[path])
    return tuple(get_or_make(cache, names, Sound, look)[1])
