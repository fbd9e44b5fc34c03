"""Put the files of two people together, who both began with the same commit."""

from __future__ import annotations

from typing import Any, NamedTuple

from stopjihad.load.file_names import LEDGERS
from stopjihad.publish.team.shared_tree import (
    TEXTS,
    WITH_GIT,
    GitFile,
    GitTree,
    blob_data,
    blob_name,
    cannot_share,
    shared_path,
)
from stopjihad.text.merge import merge_texts, union

THEIRS = "fetched"
"""Name of the colleagues' side behind git's last mark."""


class MergedTree(NamedTuple):
    """What two people's files are together.

    Attributes:
        tree: of all files; of those that clash it has one's own.
        data: blobs that neither had, by name.
        clashes: files in which both versions stand between marks, with their bytes.
        returned: files that one removed and the other changed: they stay.
        beside: pictures that both changed, with the path at which the colleagues' one lies.
    """

    tree: GitTree
    data: dict[bytes, bytes]
    clashes: dict[str, bytes]
    returned: tuple[str, ...]
    beside: dict[str, str]


def merge_trees(store: Any, base: GitTree, mine: GitTree, theirs: GitTree) -> MergedTree:
    """Merge what colleagues changed into one's own files.

    Raises:
        ProblemsFound: ``share-repository``: something that is not shared was changed by both.
    """
    merged = MergedTree(dict(mine), {}, {}, (), {})
    for path in sorted(path for path in {*base, *theirs} if base.get(path) != theirs.get(path)):
        before, own, other = base.get(path), mine.get(path), theirs.get(path)
        if own == other:
            continue
        if own == before:
            _put(merged.tree, path, other)
        elif own is None or other is None:
            _put(merged.tree, path, own or other)
            merged = merged._replace(returned=(*merged.returned, path.decode("utf-8", "replace")))
        else:
            _merge_file(store, merged, path, (before, own, other))
    _refuse_folders_for_files(merged.tree)
    return merged


def _put(tree: GitTree, path: bytes, file: GitFile | None) -> None:
    if file is None:
        tree.pop(path, None)
    else:
        tree[path] = file


def _merge_file(
    store: Any, merged: MergedTree, path: bytes, sides: tuple[GitFile | None, GitFile, GitFile]
) -> None:
    before, own, other = sides
    name = shared_path(path, own) and shared_path(path, other)
    if not name:
        shown = path.decode("utf-8", "replace")
        raise cannot_share(f"'{shown}' was changed here and by colleagues", WITH_GIT)
    if own.blob == other.blob:  # only their modes differ
        return
    texts = [_text(blob_data(store, one)) for one in (before, own, other)]
    if not name.endswith(TEXTS) or None in texts:
        spare = _unused(merged.tree, name)
        merged.tree[spare.encode()] = other
        merged.beside[name] = spare
        return
    data, clashes = merge_data(name, *(one or "" for one in texts))
    if clashes:
        merged.clashes[name] = data
        return
    blob = blob_name(data)
    merged.data[blob] = data
    merged.tree[path] = GitFile(own.mode, blob)


def merge_data(path: str, base: str, mine: str, theirs: str) -> tuple[bytes, int]:
    """Merge a text; lines of files that only ever grow are all kept.

    Returns:
        Its bytes with the line ends of one's own, and the number of clashes.
    """
    plain = [one.replace("\r\n", "\n") for one in (base, mine, theirs)]
    if path.rpartition("/")[2] in LEDGERS:
        text, clashes = union(plain[1], plain[2]), 0
    else:
        text, clashes = merge_texts(plain[0], plain[1], plain[2], THEIRS)
    if "\r\n" in mine:
        text = text.replace("\n", "\r\n")
    return text.encode(), clashes


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _unused(tree: GitTree, path: str) -> str:
    """Name a file beside another one."""
    stem, _, ending = path.rpartition(".")
    number = 2
    while f"{stem}-{number}.{ending}".encode() in tree:
        number += 1
    return f"{stem}-{number}.{ending}"


def _refuse_folders_for_files(tree: GitTree) -> None:
    above = {path[:at] for path in tree for at, sign in enumerate(path) if sign == ord("/")}
    both = next(iter(sorted(above & tree.keys())), None)
    if both is not None:
        shown = both.decode("utf-8", "replace")
        raise cannot_share(f"'{shown}' is a file here and a folder of colleagues", WITH_GIT)
