"""Sign what a new campaign has from the program: it waits for nobody until somebody touches it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

SHIPPED_LANGUAGE = "en"
"""Language in which the program's own texts are written; others are translations of it."""


def sign_shipped(root: Path, slug: str) -> None:
    """Sign the texts of a campaign that was made just now, each bound to its words.

    The day of the signatures is that of the sample's texts, so that no page says that words were
    read on the day on which somebody copied them.
    """
    from stopjihad import __version__, disk
    from stopjihad.disk.cache import NoCache
    from stopjihad.load.clock import read_clock
    from stopjihad.load.project import load_project
    from stopjihad.load.workspace import read_sources
    from stopjihad.model.review import SHIPPER, encode, is_signed_by_shipping
    from stopjihad.review.ledger import LEDGER, MERGE, Reviewer, judge
    from stopjihad.translate.status import segment_states, subject_of

    project, _ = load_project(read_sources(root, slug)[0], NoCache())
    if project is None or project.campaign.record.source_language != SHIPPED_LANGUAGE:
        return
    shipped = dt.datetime.combine(project.campaign.record.updated, dt.time(), dt.UTC)
    who = Reviewer(
        by=SHIPPER,
        role=f"shipped with {__version__}",
        kind="editorial",
        on=min(shipped, read_clock()),
    )
    subjects = [
        subject_of(one, authored=True)
        for one in segment_states(project, SHIPPED_LANGUAGE)
        if is_signed_by_shipping(one.segment.context, "editorial")
    ]
    lines = judge(subjects, SHIPPED_LANGUAGE, "approve", who)
    data = b"".join(encode(msgspec.structs.replace(one, through="shipping")) for one in lines)
    for name, found in ((".gitattributes", MERGE.encode()), (LEDGER, data)):
        disk.create_below(str(root), f"campaigns/{slug}/{name}", found)
