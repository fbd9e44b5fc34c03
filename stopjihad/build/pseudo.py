"""Write the pseudo-locales of a campaign and of the theme into a workspace."""

from __future__ import annotations

from pathlib import Path

from stopjihad.build.exchange import make_bundle
from stopjihad.build.translations import po_path, read_known, write_text
from stopjihad.catalog.platforms import platforms
from stopjihad.load.workspace import shared_files
from stopjihad.model.loaded import Project
from stopjihad.text import po
from stopjihad.text.po_write import write_entry
from stopjihad.text.pseudo import PseudoTag, pseudo
from stopjihad.translate.exchange import Returned
from stopjihad.translate.returned import merge
from stopjihad.translate.source import target_of
from stopjihad.translate.update import update_po
from stopjihad.view.extract import project_segments

TEMPLATE = "theme.pot"
"""The theme's words, in ``templates/locale/``."""


def write_pseudo(root: Path, project: Project, tag: PseudoTag) -> tuple[str, ...]:
    """Write the PO files of a pseudo-locale.

    Args:
        root: the workspace.
        project: a campaign written in English.
        tag: which pseudo-locale.

    Returns:
        Paths of the files that were written, relative to the workspace: the campaign's texts, and
        the theme's words in ``templates/locale/``.

    Raises:
        ProblemsFound: the disk refuses.
    """
    path = po_path(project, tag)
    segments = project_segments(project)
    rows = [
        Returned(key=row.key, context=row.context, translation=pseudo(row.source, tag, row.limit))
        for row in make_bundle(project, tag).rows
    ]
    known = read_known(root, path)
    fresh = update_po(known.text, segments, target_of(project, tag, platforms()))
    write_text(root, path, merge(fresh.text, segments, rows, {}, tag).text, known.digest)
    theme = f"templates/locale/{tag}.po"
    write_text(root, theme, _theme(root, tag), read_known(root, theme).digest)
    return path, theme


def _theme(root: Path, tag: PseudoTag) -> str:
    """Make the theme's words of a pseudo-locale from its template."""
    found, _ = shared_files(root, "templates/locale")
    template = found.get(TEMPLATE, b"").decode("utf-8", "replace")
    header = f"Language: {tag.replace('-', '_')}\nContent-Type: text/plain; charset=UTF-8\n"
    parts = [write_entry("", None, "", header)]
    parts += [
        write_entry("", entry.context, entry.source, pseudo(entry.source, tag))
        for entry in po.scan(template).entries
        if entry.source
    ]
    return "\n".join(parts)
