"""Copy built-in files into a workspace: each says what it came from, and of which version."""

from __future__ import annotations

from pathlib import PurePosixPath

from stopjihad import __version__
from stopjihad.load import files
from stopjihad.load.workspace import shared_files, shared_root
from stopjihad.text import po
from stopjihad.text.yaml.fields import parts_of

THEME = (("templates/locale", "theme.pot"), ("templates/team/locale", "team.pot"))
"""Folders of the theme's words with their templates: what readers see, and the team."""

FOLDERS = ("templates", "assets")
_NOT_REPLACED = tuple(
    f"{folder}/" for folder in ("templates/studio", "assets/studio", *(one for one, _ in THEME))
)
"""Files that a workspace cannot replace, or of which it says single strings in words of its own."""

_MARKS = {
    ".html": ("{# ", " #}\n"),
    ".xml": ("{# ", " #}\n"),
    ".yaml": ("# ", "\n"),
    ".css": ("/* ", " */\n"),
}
"""Ending of a file to how a comment begins and ends in it."""


def copied_names() -> tuple[str, ...]:
    """Name the built-in files that a workspace may have a copy of, sorted."""
    found = [path for folder in FOLDERS for path in files.walk(shared_root(), folder)[0]]
    return tuple(sorted(path for path in found if not path.startswith(_NOT_REPLACED)))


def copied_file(path: str) -> bytes:
    """Give a built-in file with a comment on where it is from.

    Returns:
        Its bytes; those of a picture and of a drawing, which hold no comment, as they are.
    """
    data = files.read(shared_root(), path)
    assert isinstance(data, bytes)
    place = PurePosixPath(path)
    said = f"Copied from {path} of stopjihad {__version__}; it stands before the built-in file."
    if place.suffix == ".md":
        parts = parts_of(data.decode())
        assert parts is not None
        return f"{parts.before}# {said}\n{data.decode()[len(parts.before) :]}".encode()
    if place.parent.name == "art" or place.suffix not in _MARKS:
        return data
    before, after = _MARKS[place.suffix]
    return f"{before}{said}{after}".encode() + data


def theme_files(tag: str) -> dict[str, str]:
    """Give the files in which a workspace says the theme's words of a language itself.

    Returns:
        Path to a PO file of which no string is written; what the program says already stands above
        each as a note, and is shown until something is written.
    """
    made = {}
    for folder, template in THEME:
        found = shared_files(shared_root(), folder).files
        entries = po.scan(found[template].decode()).entries
        known = {
            entry.source: entry.translation
            for entry in po.scan(found.get(f"{tag}.po", b"").decode()).entries
            if entry.context is None
        }
        language = tag.replace("-", "_")
        header = f"Language: {language}\nContent-Type: text/plain; charset=UTF-8\n"
        note = (
            f"# Words of {folder}/{template} of stopjihad {__version__}. "
            "What is left empty is said by the program.\n"
        )
        parts = [po.write_entry(note, None, "", header)]
        for entry in entries:
            if entry.source:
                said = known.get(entry.source, "").replace("\n", " ")
                notes = entry.notes.lstrip("\n") + (
                    f"#. The program says: {said}\n" if said else ""
                )
                parts.append(po.write_entry(notes, None, entry.source, ""))
        made[f"{folder}/{tag}.po"] = "\n".join(parts)
    return made
