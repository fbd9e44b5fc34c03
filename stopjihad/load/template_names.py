"""Judge the names of a workspace's own templates: what nothing asks for is never read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from stopjihad.catalog.platforms import OTHER_NAMES
from stopjihad.load.platforms import OWN
from stopjihad.problem import Problem
from stopjihad.text.nearest import close_name

NAMED = frozenset({"site", "team", "new"})
"""Folders whose files are asked for by the names that the built-in ones have."""

FREE = {
    "cards": (".yaml",),
    "paper": (".yaml",),
    "locale": (".po", ".pot"),
    "team/locale": (".po", ".pot"),
}
"""Folders whose files may have names of their own, with the endings that are read."""


def unread_templates(
    own: Collection[str],
    built_in: Collection[str],
    platforms: Collection[str],
    named: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    """Find templates that nothing reads.

    Args:
        own: paths of the workspace's files, relative to ``templates/``.
        named: names that templates of a folder include, by folder.

    Yields:
        Warnings ``unknown-file``.
    """
    posts = {f"posts/{name}.yaml" for name in platforms}
    read = {*built_in, *posts, OWN, *(f"{at}/{one}" for at, ones in named.items() for one in ones)}
    for path in sorted(own):
        free = PurePosixPath(path).suffix in FREE.get(_folder(path), ())
        if path.startswith("studio/") or not (free or path in read):
            yield Problem(
                path=f"templates/{path}",
                code="unknown-file",
                message="nothing reads this file",
                hint=_remedy(path, read),
                severity="warning",
            )


def _remedy(path: str, read: Collection[str]) -> str:
    """Say what to do with a file that nothing reads."""
    folder, _, name = path.rpartition("/")
    if path.startswith("studio/"):
        return "delete it: the studio's own pages are the program's"
    if folder in FREE:
        return f"files that end in {' or '.join(FREE[folder])} are read here"
    stem = name.partition(".")[0]
    here = {one.rpartition("/")[2].partition(".")[0]: one for one in read if _folder(one) == folder}
    if meant := here.get(close_name(stem, here, OTHER_NAMES if folder == "posts" else {})):
        return f"rename it to {meant.rpartition('/')[2]}"
    if same := min((one for one in read if one.endswith(f"/{name}")), default=""):
        return f"move it to templates/{same}"
    if folder in NAMED:
        return "name it as the built-in file that it stands for, or include it in one"
    return "cards, locale, new, paper, posts, site and team are read, and platforms.yaml"


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
