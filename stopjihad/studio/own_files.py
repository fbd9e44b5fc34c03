"""What the studio itself shows: its templates, words, style sheet and scripts, read once."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from stopjihad.load import files
from stopjihad.load.po import read_words
from stopjihad.load.workspace import MAX_SHARED_BYTES, shared_root
from stopjihad.problem import Problem

TYPES = {
    "": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
    ".opus": "audio/ogg",
    ".json": "application/json",
    ".png": "image/png",
    ".srt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""Ending of a file to its media type. Scripts are missing: no output of a campaign is one."""

ACCENT, INK, PAPER = "#0b6b5d", "#14232b", "#fbfaf7"
"""Colours of the studio: those a campaign has that chooses none."""


class Asset(NamedTuple):
    """A file of the studio and its media type."""

    data: bytes
    type: str


class OwnFiles(NamedTuple):
    """The studio's own files.

    Attributes:
        templates: file name to source.
        assets: file name to what is served below ``/studio/``.
        words: language to English words to translated ones.
    """

    templates: dict[str, str]
    assets: dict[str, Asset]
    words: dict[str, dict[str, str]]


def media_type(path: str) -> str:
    """Give the media type of an output by its ending; unknown ones are to be saved, not shown."""
    return TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


def own_files() -> OwnFiles:
    """Read the studio's files; a workspace cannot replace them.

    Returns:
        Templates, assets and words.

    Raises:
        RuntimeError: the installation is damaged.
    """
    texts = {name: data.decode() for name, data in _below("templates/studio").items()}
    words: dict[str, dict[str, str]] = {}
    for name, text in texts.items():
        if name.startswith("locale/") and name.endswith(".po"):
            words[name[7:-3]], problems = read_words(text, f"templates/studio/{name}")
            if problems:
                raise RuntimeError(str(problems[0]))
    assets = {name: _asset(name, data) for name, data in _below("assets/studio").items()}
    assets["mark.svg"] = _asset("mark.svg", _below("assets")["favicon.svg"])
    templates = {name: text for name, text in texts.items() if name.endswith(".html")}
    return OwnFiles(templates, assets, words)


def _below(folder: str) -> dict[str, bytes]:
    paths, problems = files.walk(shared_root(), folder)
    found: dict[str, bytes] = {}
    for path in paths:
        data = files.read(shared_root(), path, MAX_SHARED_BYTES)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            found[path[len(folder) + 1 :]] = data
    if problems:
        raise RuntimeError(str(problems[0]))
    return found


def _asset(name: str, data: bytes) -> Asset:
    from stopjihad.render.page import brand_drawing, brand_stylesheet, make_palette

    if name.endswith(".css"):
        css = brand_stylesheet(data.decode(), accent=ACCENT, ink=INK, paper=PAPER)
        return Asset(css.encode(), TYPES[".css"])
    if name.endswith(".svg"):
        drawing = brand_drawing(data.decode(), make_palette(ACCENT, INK, PAPER))
        return Asset(drawing.encode(), TYPES[".svg"])
    if name.endswith(".js"):
        return Asset(data, "text/javascript; charset=utf-8")
    return Asset(data, media_type(name))
