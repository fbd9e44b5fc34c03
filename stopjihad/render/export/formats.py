"""Name the exports and make them."""

from __future__ import annotations

from collections.abc import Callable

from stopjihad.render.export.job import Export, ExportJob
from stopjihad.render.export.lists import ics, json_list, table
from stopjihad.render.export.postiz import postiz
from stopjihad.render.export.schedulers import (
    ayrshare,
    buffer,
    hootsuite,
    metricool,
    publer,
    socialbee,
    sprout,
)
from stopjihad.render.export.xlsx import xlsx

EXPORTS: dict[str, Callable[[ExportJob], Export]] = {
    "buffer": buffer,
    "publer": publer,
    "metricool": metricool,
    "hootsuite": hootsuite,
    "sprout": sprout,
    "socialbee": socialbee,
    "ayrshare": ayrshare,
    "postiz": postiz,
    "ics": ics,
    "xlsx": xlsx,
    "csv": table,
    "json": json_list,
}
"""Every format of ``stopjihad export``; docs/exports.md describes them."""


def export(name: str, job: ExportJob) -> Export:
    """Make one export.

    Args:
        name: a key of ``EXPORTS``.
        job: the drafts and what goes with them.

    Returns:
        Files by name, and the drafts that they do not hold, with reasons.

    Raises:
        KeyError: there is no such format.
    """
    return EXPORTS[name](job)
