"""Find the fonts of a build: packages first, then the workspace, then the system.

System fonts are used only for letters that nothing before them has, so that two machines with
different fonts installed give the same pictures.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from stopjihad import disk
from stopjihad.catalog.fonts import HEADLINES, FontBook, FontFile
from stopjihad.load import files
from stopjihad.problem import Problem

if TYPE_CHECKING:
    import uharfbuzz as hb

MAX_FONT_BYTES = 40 * 1024 * 1024
"""Largest font read, in bytes; Noto Sans CJK's collection is about 20 MB."""

SUFFIXES = (".ttf", ".otf", ".ttc")
SYSTEM_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts")
WORKSPACE_FOLDER = "assets/fonts"


class FontChanged(Exception):
    """Say that a font file is no longer the one that the build began with."""


def font_bytes(font: FontFile) -> bytes:
    """Read a font; who shapes with it copies it, so that its bytes need not stay here.

    Args:
        font: the file and the digest that its bytes must have.

    Returns:
        The bytes of the file.

    Raises:
        FontChanged: the bytes have another digest, or the file cannot be read any more.
    """
    data = disk.read(font.path, MAX_FONT_BYTES)
    if data is None or hashlib.sha256(data).hexdigest() != font.digest:
        raise FontChanged(f"the font {font.family} changed while cards were made: run again")
    return data


def load_fonts(
    root: Path,
    chosen: Sequence[str] | Mapping[str, Sequence[str]] | None = None,
    letters: Iterable[str] = (),
    system: tuple[str, ...] = SYSTEM_FOLDERS,
) -> tuple[FontBook, tuple[Problem, ...]]:
    """List the fonts that cards are drawn with.

    Args:
        root: the workspace; ``assets/fonts/`` in it is searched.
        chosen: families to put first, such as the brand's; or these by language, those of
            ``else`` for all others.
        letters: characters that cards will need; where packages and workspace lack one, system
            fonts that have it are added.

    Returns:
        The fonts, best first, with those for headlines where nobody chose for all languages, and
        problems: ``font-format`` for files that are no usable font,
        ``font-missing`` for a preferred family that is not there.
    """
    by_language = chosen if isinstance(chosen, Mapping) else {"else": chosen or ()}
    prefer = tuple(by_language.get("else", ()))
    own = tuple((lang, tuple(names)) for lang, names in by_language.items() if lang != "else")
    wanted = tuple(dict.fromkeys((*prefer, *(name for _, names in own for name in names))))
    found = list(_packaged_families())
    in_workspace, problems = _workspace(root)
    found += in_workspace
    missing = _missing_letters(found, letters)
    if missing or set(wanted) - {font.family for font in found}:
        found += _from_system(system, missing, wanted)
    ranked = sorted(found, key=lambda font: _rank(font, prefer))
    there = {font.family for font in found}
    problems += [_absent(name, prefer, own) for name in wanted if name not in there]
    large = tuple(name for name in HEADLINES if name in there) if not prefer else ()
    return FontBook(tuple(ranked), own, large), tuple(problems)


def _absent(
    name: str, prefer: tuple[str, ...], own: tuple[tuple[str, tuple[str, ...]], ...]
) -> Problem:
    """Say that a family is not there, who wants it, and how to get it."""
    wants = "" if name in prefer else ", ".join(lang for lang, names in own if name in names)
    package = "apt install fonts-noto-core, or " if name.startswith("Noto ") else ""
    return Problem(
        code="font-missing",
        message=f"the font family {name!r} of brand.fonts{wants and f'.{wants}'} is not installed",
        hint=f"{package}put its .ttf or .otf files into {WORKSPACE_FOLDER}/",
    )


def _rank(font: FontFile, prefer: tuple[str, ...]) -> tuple[int, int, int, str, int]:
    wanted = prefer.index(font.family) if font.family in prefer else len(prefer)
    origin = ("package", "workspace", "system").index(font.origin)
    plain = 0 if font.family == "Noto Sans" else 1
    return wanted, origin, plain, font.family, font.weight


def packaged_file(family: str) -> str:
    """Find the file of a family in a package; empty where none is installed."""
    return next((str(path) for name, path, _ in _packaged_files() if name == family), "")


def _packaged_families() -> Iterator[FontFile]:
    for family, path, weight in _packaged_files():
        digest = hashlib.sha256(_installed_bytes(path)).hexdigest()
        yield FontFile(path=str(path), digest=digest, family=family, weight=weight)


def _packaged_files() -> Iterator[tuple[str, Path, int]]:
    """List what packages announce in the entry point group ``fontpkg.family``: upright files.

    Yields:
        Family, file, and weight from 100 to 900, 0 where it is variable.
    """
    for point in sorted(entry_points(group="fontpkg.family"), key=lambda point: point.name):
        folder = Path(str(point.load().ROOT))
        described = json.loads(_installed_bytes(folder / "metadata.json"))
        for file in described["files"]:
            if file["style"] == "normal":
                weight = 0 if file["variable"] else int(file["weight"])
                yield described["family"], (folder / file["path"]).resolve(), weight


def _installed_bytes(path: Path) -> bytes:
    """Read a file of a package, which some installers put there as a link."""
    data = disk.read(str(path.resolve()))
    if data is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return data


def _workspace(root: Path) -> tuple[list[FontFile], list[Problem]]:
    fonts: list[FontFile] = []
    problems: list[Problem] = []
    found, _ = files.walk(root, WORKSPACE_FOLDER)  # its problems: `shared_files` has them, too
    for inside in found:
        if inside.rpartition("/")[0] != WORKSPACE_FOLDER:
            continue
        ending = PurePosixPath(inside).suffix.lower()
        if ending in {".woff", ".woff2"}:
            problems.append(_unusable(inside, "web fonts cannot be drawn", "use the .ttf or .otf"))
        elif ending in SUFFIXES:
            data = files.read(root, inside, MAX_FONT_BYTES)
            if isinstance(data, Problem):
                problems.append(data)
                continue
            faces = list(_faces(str(root / inside), data, "workspace"))
            fonts += faces
            if not faces and not _italic(data):
                problems.append(_unusable(inside, "this is no usable font", "replace the file"))
    return fonts, problems


def _unusable(path: str, message: str, hint: str) -> Problem:
    return Problem(path=path, code="font-format", message=message, hint=hint)


def _from_system(
    folders: tuple[str, ...], missing: set[str], prefer: tuple[str, ...]
) -> list[FontFile]:
    """Pick system fonts for letters that are missing: Noto first, then by path."""
    paths = [
        f"{top}/{path}"  # a link to a file is the system's own
        for top in folders
        for path, _, entry in disk.below(top)
        if not entry.is_folder and path.lower().endswith(SUFFIXES)
    ]
    chosen: list[FontFile] = []
    kept: set[str] = set()
    for path in sorted(paths, key=_noto_first):
        data = disk.read(os.path.realpath(path), MAX_FONT_BYTES + 1) or b""
        for font in _faces(os.path.realpath(path), data, "system"):
            useful = missing & _coverage(font)
            if useful or font.family in kept or font.family in prefer:
                chosen.append(font)
                kept.add(font.family)
                missing = missing - useful if font.weight in {0, 700} else missing
    return chosen


def _noto_first(path: str) -> tuple[bool, bool, str]:
    name = path.rpartition("/")[2]
    return not name.startswith("NotoSans"), "Noto" not in name, path


def missing_letters(book: FontBook, letters: Iterable[str]) -> set[str]:
    """Find characters that no font of a book has.

    Args:
        letters: characters to look for; white space and invisible ones do not count.
    """
    return _missing_letters(list(book.files), letters)


def _missing_letters(fonts: list[FontFile], letters: Iterable[str]) -> set[str]:
    missing = {letter for letter in letters if letter.isprintable() and not letter.isspace()}
    for font in fonts:
        if not missing:
            break
        missing -= _coverage(font)
    return missing


def _coverage(font: FontFile) -> set[str]:
    import uharfbuzz as hb

    face = hb.Face(hb.Blob(disk.read(font.path, MAX_FONT_BYTES) or b""), font.index)
    return {chr(code) for code in face.unicodes if not 0xD800 <= code < 0xE000}


def _faces(path: str, data: bytes, origin: str) -> Iterator[FontFile]:
    """Read the upright faces of a file; nothing for italics and for what is no font."""
    import uharfbuzz as hb

    if len(data) > MAX_FONT_BYTES:
        return
    digest = hashlib.sha256(data).hexdigest()
    blob = hb.Blob(data)
    for index in range(_count(data)):
        face = hb.Face(blob, index)
        try:
            style = _upright_style(face)
            axes = {axis.tag for axis in face.axis_infos}
            family = _family(face)
        except UnicodeDecodeError:  # names of tables or axes that are no letters
            continue
        if style:
            yield FontFile(
                path=path,
                digest=digest,
                family=family or PurePosixPath(path).stem,
                weight=0 if "wght" in axes else int.from_bytes(style[4:6], "big"),
                index=index,
                origin=origin,
            )


def _upright_style(face: hb.Face) -> bytes:
    """Give the table OS/2 of a face that can be drawn and is upright; empty for any other."""
    tables = set(face.table_tags) if face.glyph_count else set()
    if not {"cmap", "OS/2"} <= tables or not tables & {"glyf", "CFF ", "CFF2"}:
        return b""
    style = bytes(face.reference_table("OS/2").data)
    return b"" if len(style) < 64 or style[63] & 1 else style


def _count(data: bytes) -> int:
    """Count the faces of a file: a collection says so at its start (OpenType, TTC header)."""
    return min(int.from_bytes(data[8:12], "big"), 64) if data[:4] == b"ttcf" else 1


def _family(face: hb.Face) -> str:
    """Prefer the typographic family (name 16) over the legacy one (name 1)."""
    return face.get_name(16, "en") or face.get_name(1, "en") or ""


def _italic(data: bytes) -> bool:
    import uharfbuzz as hb

    face = hb.Face(hb.Blob(data))
    style = bytes(face.reference_table("OS/2").data) if face.glyph_count else b""
    return len(style) >= 64 and bool(style[63] & 1)
