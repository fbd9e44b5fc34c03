"""Publish many campaigns at once, of which nothing needs to be made: a shared store has them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.build.driver import find_built
from stopjihad.build.report import BuildReport
from stopjihad.build.request import Request
from stopjihad.build.work.helper_processes import alongside
from stopjihad.build.work.processes import processors
from stopjihad.build.work.rendering import quiet

FEW = 8
"""Campaigns from which a second process pays: it takes 0.35 s of a processor to start where nothing
may be copied, a campaign of 1,600 files about 0.14 s (measured with those of bench/fleet.py)."""

MOST = 8
"""Most processes: reading, checking and writing of one keep a processor busy, and a disk soon."""

AT_ONCE = 1000
"""Campaigns that are shared out at a time: half of what ``alongside`` takes."""


class BuiltCampaign(NamedTuple):
    """Say what was done for one campaign, and in how many seconds."""

    slug: str
    report: BuildReport
    seconds: float


def find_all_built(root: Path, slugs: Sequence[str], request: Request) -> dict[str, BuiltCampaign]:
    """Publish those of many campaigns that need no work, several at a time.

    Args:
        root: the workspace, absolute.
        slugs: the campaigns.
        request: as for ``build_campaign``; its executor is not asked, and makes nothing.

    Returns:
        What was done for each; whatever is missing must be built, or its build says what is wrong.
    """
    count = min(request.jobs or processors(), MOST)
    if request.store is None or len(slugs) < FEW or count < 2:
        return {}
    alone = msgspec.structs.replace(request, executor=None, progress=quiet)
    found: dict[str, BuiltCampaign] = {}
    rest = iter(slugs)
    while some := tuple(islice(rest, AT_ONCE)):
        with alongside([partial(_published, root, slug, alone) for slug in some], count) as finish:
            found |= {one.slug: one for one in finish() if one is not None}
    return found


def _published(root: Path, slug: str, request: Request) -> BuiltCampaign | None:
    began = time.monotonic()
    with suppress(Exception):  # its build comes to the same error, and explains it
        report = find_built(root, slug, request)
        if report is not None:
            return BuiltCampaign(slug, report, time.monotonic() - began)
    return None
