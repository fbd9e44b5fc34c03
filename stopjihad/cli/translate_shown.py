"""How ``stopjihad translate`` prints what it did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from stopjihad.translate.round_trip import Import
    from stopjihad.translate.status import StatusRow
    from stopjihad.translate.workspace import FileUpdate


def print_import(name: str, result: Import) -> None:
    """Print what became of a file that came back, and every row that was refused.

    Args:
        name: the file.
        result: what became of its rows.
    """
    names = ("changed", "approved", "questions", "unchanged")
    counts = ", ".join(f"{getattr(result, key)} {key}" for key in names if getattr(result, key))
    click.echo(f"{name} ({result.language}): {counts or 'nothing in it'}")
    for row in result.refused:
        words = row.translation.replace("\n", " ")[:60]
        click.secho(f"  refused, {row.place}, {row.context}: {row.reason}: {words}", fg="yellow")


def news(file: FileUpdate) -> str:
    """Say in a few words what an update did to a file.

    Returns:
        For example ``3 new, 1 stale``.
    """
    if not file.written:
        return "nothing changed"
    counts = (file.new, file.stale, file.revived, file.obsolete)
    names = ("new", "stale", "back in use", "out of use")
    listed = [f"{count} {name}" for count, name in zip(counts, names, strict=True) if count]
    return ", ".join(listed) or "notes renewed"


def print_table(found: Sequence[StatusRow]) -> None:
    """Print rows of the status as a table.

    Args:
        found: the rows; those of whole languages have the key ``*``.
    """
    head = ("language", "what", "blocking", "untranslated", "stale", "unreviewed", "approved")
    lines = [
        (
            row.language,
            "all" if row.key == "*" else row.key,
            *(str(getattr(row, name)) for name in head[2:]),
        )
        for row in found
    ]
    widths = [max(len(line[place]) for line in (head, *lines)) for place in range(len(head))]
    for line in (head, *lines):
        cells = (
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        click.echo("  ".join(cells).rstrip())
