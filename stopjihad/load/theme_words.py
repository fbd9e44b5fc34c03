"""Read what the theme says in each language, the workspace's own words before the built-in ones.

String by string: a workspace that writes two words anew keeps all others, those of later versions
of the program, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from stopjihad.load import files
from stopjihad.load.po import read_words
from stopjihad.load.workspace import Workspace
from stopjihad.model.translation import Message, OwnWords, Translations
from stopjihad.problem import Problem
from stopjihad.text import po
from stopjihad.view.forms_of_address import INFORMAL

FOLDERS = ("locale", "team/locale")
"""Folders of ``templates/`` with a PO file a language: of what readers see, and of the team."""


def catalogues_of(
    texts: Mapping[str, str], behind: Mapping[str, str], folder: str
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """Turn PO files into one mapping a language.

    Args:
        texts: name in the folder to text; a workspace's file stands for the built-in one.
        behind: the built-in files that those stand before.
        folder: relative to the workspace, for problems.

    Returns:
        Language to English words to translated ones, and problems of the files.
    """
    words: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for name, text in texts.items():
        if name.endswith(".po"):
            built_in, _ = read_words(behind.get(name, ""), name)
            own, trouble = read_words(text, f"{folder}/{name}")
            # A sentence that the workspace says anew has no other form but its own.
            others = [key for key in built_in if key.removeprefix(INFORMAL) not in own]
            words[name[:-3]] = {key: built_in[key] for key in others} | own
            problems += trouble
    return words, problems


def own_words(workspace: Workspace) -> OwnWords:
    """Give what a workspace says in words of its own, with the lines of its files.

    Args:
        workspace: its files; those that are no text are passed over, as they are told elsewhere.
    """
    texts = dict(_texts(workspace, workspace.own_templates))
    catalogues = tuple(
        Translations(
            language=PurePosixPath(name).stem,
            path=f"templates/{name}",
            messages=tuple(_messages(text)),
        )
        for name, text in texts.items()
        if name.endswith(".po") and str(PurePosixPath(name).parent) in FOLDERS
    )
    if not catalogues:
        return OwnWords()
    return OwnWords(
        catalogues,
        {folder: frozenset(_known_messages(workspace, folder)) for folder in FOLDERS},
        "\n".join(text for name, text in texts.items() if not name.endswith(".po")),
    )


def _texts(workspace: Workspace, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(names):
        text = files.decode(workspace.templates[name], name)
        if isinstance(text, str):
            yield name, text


def _messages(text: str) -> Iterator[Message]:
    entries, _ = po.scan(text)
    for entry in entries:
        if entry.source and entry.translation:
            yield Message("theme", entry.source, entry.translation, entry.stale, entry.line)


def _known_messages(workspace: Workspace, folder: str) -> Iterator[str]:
    """List the messages of a folder's template, and of all its languages: none is newer."""
    for name, data in (*workspace.templates.items(), *workspace.templates_behind.items()):
        if not name.startswith(f"{folder}/") or name.count("/") != folder.count("/") + 1:
            continue
        if name in workspace.own_templates and name not in workspace.templates_behind:
            continue
        text = files.decode(data, name)
        if name.endswith(".pot") and isinstance(text, str):
            yield from (entry.source for entry in po.scan(text).entries if entry.source)
