"""Find the fonts of a build: packages first, then the workspace, then the system.

System fonts are used only for letters that nothing before them has, so that two machines with
different fonts installed give the same pictures.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from pathlib import Path

from stopjihad.catalog.fonts import FontBook, FontFile
from stopjihad.load import files
from stopjihad.problem import Problem

MAX_FONT_BYTES = 40 * 1024 * 1024
"""Largest font read, in bytes; Noto Sans CJK's collection is about 20 MB."""

SUFFIXES = (".ttf", ".otf", ".ttc")
SYSTEM_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts")
WORKSPACE_FOLDER = "assets/fonts"


def load_fonts(
    root: Path,
    prefer: tuple[str, ...] = (),
    letters: Iterable[str] = (),
    system: tuple[str, ...] = SYSTEM_FOLDERS,
) -> tuple[FontBook, tuple[Problem, ...]]:
    """List the fonts that cards are drawn with.

    Args:
        root: the workspace; ``assets/fonts/`` in it is searched.
        prefer: families to put first, such as the brand's.
        letters: characters that cards will need; where packages and workspace lack one, system
            fonts that have it are added.
        system: folders of system fonts.

    Returns:
        The fonts, best first, and problems: ``font-format`` for files that are no usable font,
        ``font-missing`` for a preferred family that is not there.
    """
    found = list(_packaged())
    own, problems = _workspace(root)
    found += own
    missing = _missing(found, letters)
    if missing or set(prefer) - {font.family for font in found}:
        found += _from_system(system, missing, prefer)
    ranked = sorted(found, key=lambda font: _rank(font, prefer))
    absent = [name for name in prefer if name not in {font.family for font in found}]
    problems += [
        Problem(
            code="font-missing",
            message=f"the font family {name!r} is not installed",
            hint=f"put its .ttf or .otf files into {WORKSPACE_FOLDER}/",
        )
        for name in absent
    ]
    return FontBook(tuple(ranked)), tuple(problems)


def _rank(font: FontFile, prefer: tuple[str, ...]) -> tuple[int, int, int, str, int]:
    wanted = prefer.index(font.family) if font.family in prefer else len(prefer)
    origin = ("package", "workspace", "system").index(font.origin)
    plain = 0 if font.family == "Noto Sans" else 1
    return wanted, origin, plain, font.family, font.weight


def _packaged() -> Iterator[FontFile]:
    """Read the families that packages announce in the entry point group ``fontpkg.family``."""
    for point in sorted(entry_points(group="fontpkg.family"), key=lambda point: point.name):
        folder = Path(str(point.load().ROOT))
        described = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        for file in described["files"]:
            if file["style"] != "normal":
                continue
            path = folder / file["path"]
            yield FontFile(
                path=str(path),
                digest=hashlib.sha256(path.read_bytes()).hexdigest(),
                family=described["family"],
                weight=0 if file["variable"] else int(file["weight"]),
            )


def _workspace(root: Path) -> tuple[list[FontFile], list[Problem]]:
    folder = root / WORKSPACE_FOLDER
    fonts: list[FontFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if files.is_odd(path.name):
            continue  # told where all files of the workspace are looked at
        inside = f"{WORKSPACE_FOLDER}/{path.name}"
        if path.suffix.lower() in {".woff", ".woff2"}:
            problems.append(_unusable(inside, "web fonts cannot be drawn", "use the .ttf or .otf"))
        elif path.suffix.lower() in SUFFIXES and path.is_file() and not path.is_symlink():
            faces = list(_faces(path, "workspace"))
            fonts += faces
            if not faces and not _italic(path):
                problems.append(_unusable(inside, "this is no usable font", "replace the file"))
    return fonts, problems


def _unusable(path: str, message: str, hint: str) -> Problem:
    return Problem(path=path, code="font-format", message=message, hint=hint)


def _from_system(
    folders: tuple[str, ...], missing: set[str], prefer: tuple[str, ...]
) -> list[FontFile]:
    """Pick system fonts for letters that are missing: Noto first, then by path."""
    paths = [
        Path(folder) / name
        for top in folders
        for folder, _, names in os.walk(top)
        for name in names
        if name.lower().endswith(SUFFIXES)
    ]
    chosen: list[FontFile] = []
    kept: set[str] = set()
    for path in sorted(paths, key=_noto_first):
        for font in _faces(path, "system"):
            useful = missing & _coverage(font)
            if useful or font.family in kept or font.family in prefer:
                chosen.append(font)
                kept.add(font.family)
                missing = missing - useful if font.weight in {0, 700} else missing
    return chosen


def _noto_first(path: Path) -> tuple[bool, bool, str]:
    return not path.name.startswith("NotoSans"), "Noto" not in path.name, str(path)


def missing_letters(book: FontBook, letters: Iterable[str]) -> set[str]:
    """Find characters that no font of a book has.

    Args:
        book: the fonts.
        letters: characters to look for; white space and invisible ones do not count.

    Returns:
        Those that would be missing on a card.
    """
    return _missing(list(book.files), letters)


def _missing(fonts: list[FontFile], letters: Iterable[str]) -> set[str]:
    missing = {letter for letter in letters if letter.isprintable() and not letter.isspace()}
    for font in fonts:
        if not missing:
            break
        missing -= _coverage(font)
    return missing


def _coverage(font: FontFile) -> set[str]:
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(font.path), font.index)
    return {chr(code) for code in face.unicodes if not 0xD800 <= code < 0xE000}


def _faces(path: Path, origin: str) -> Iterator[FontFile]:
    """Read the upright faces of a file; nothing for italics and for what is no font."""
    import uharfbuzz as hb

    if path.stat().st_size > MAX_FONT_BYTES:
        return
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    blob = hb.Blob(data)
    for index in range(_count(data)):
        face = hb.Face(blob, index)
        tables = set(face.table_tags) if face.glyph_count else set()
        if not {"cmap", "OS/2"} <= tables or not tables & {"glyf", "CFF ", "CFF2"}:
            continue
        style = bytes(face.reference_table("OS/2").data)
        if len(style) < 64 or style[63] & 1:
            continue
        axes = {axis.tag for axis in face.axis_infos}
        yield FontFile(
            path=str(path),
            digest=digest,
            family=_family(face) or path.stem,
            weight=0 if "wght" in axes else int.from_bytes(style[4:6], "big"),
            index=index,
            origin=origin,
        )


def _count(data: bytes) -> int:
    """Count the faces of a file: a collection says so at its start (OpenType, TTC header)."""
    return min(int.from_bytes(data[8:12], "big"), 64) if data[:4] == b"ttcf" else 1


def _family(face: object) -> str:
    """Prefer the typographic family (name 16) over the legacy one (name 1)."""
    import uharfbuzz as hb

    assert isinstance(face, hb.Face)
    return face.get_name(16, "en") or face.get_name(1, "en") or ""


def _italic(path: Path) -> bool:
    import uharfbuzz as hb

    face = hb.Face(hb.Blob(path.read_bytes()))
    style = bytes(face.reference_table("OS/2").data) if face.glyph_count else b""
    return len(style) >= 64 and bool(style[63] & 1)
