"""Read a photo with the file that explains it; without that file it may not be used."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from stopjihad.catalog.photos import photo_problems
from stopjihad.load import files
from stopjihad.load.documents import SourceFile, yaml_document
from stopjihad.model.media import Media, Photo
from stopjihad.problem import Problem

Look = Callable[[bytes], Iterable[Problem]]
"""Finds what is wrong with the bytes of a picture."""


def read_photo(
    root: Path, folder: str, name: str, look: Look | None = None
) -> tuple[Photo | None, list[Problem]]:
    """Read a photo of a campaign.

    Args:
        root: the workspace.
        folder: the campaign's ``media`` folder relative to the workspace.
        name: the file's name in it, such as ``kitchen.jpg``; ``kitchen.jpg.yaml`` explains it.
        look: finds what is wrong with its bytes; ``catalog.photos.photo_problems`` when not given.

    Returns:
        The photo, or None and why it cannot be used: problems of reading, of YAML and schema,
        of ``catalog.photos.photo_problems``, and ``media-unexplained``.
    """
    path = f"{folder}/{name}"
    data = files.read(root, path, files.MAX_MEDIA_BYTES)
    if isinstance(data, Problem):
        return None, [data]
    media, problems = _explained(root, path)
    problems += look(data) if look else photo_problems(data, path)
    if media is None or problems:
        return None, problems
    return Photo(data=data, media=media), []


def _explained(root: Path, path: str) -> tuple[Media | None, list[Problem]]:
    """Read what is known of a picture."""
    beside = f"{path}.yaml"
    if not (root / beside).is_file():
        hint = f"write {beside.rpartition('/')[2]} with source, licence, consent and alt"
        message = "nothing says where the picture comes from"
        return None, [Problem(path=path, code="media-unexplained", message=message, hint=hint)]
    data = files.read(root, beside, files.MAX_TEXT_BYTES)
    if isinstance(data, Problem):
        return None, [data]
    text = files.decode(data, beside)
    if isinstance(text, Problem):
        return None, [text]
    digest = hashlib.sha256(data).hexdigest()
    found, problems = yaml_document(SourceFile(beside, text, digest), Media, {})
    return (found.record if found else None), problems
