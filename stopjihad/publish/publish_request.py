"""Say what is published where, and by whom."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from stopjihad.build.request import Progress, quiet
from stopjihad.model.targets import PublishTarget


class PublishRequest(NamedTuple):
    """Say what is published where, and by whom.

    Attributes:
        root: the workspace.
        campaign: its slug.
        target: where.
        now: Unix time in seconds.
        by: what the publisher calls itself, for the list at home.
        force: whether to take the place of another publisher who seems to be at work.
        over: id of a publication of somebody else that this one may follow.
        most_gone: per cent of the files that may go; the target's own when not given.
        sure: whether an alert goes up though the target's clock says another time than ours.
        progress: called after each upload.
    """

    root: Path
    campaign: str
    target: PublishTarget
    now: int
    by: str = ""
    force: bool = False
    over: str = ""
    most_gone: int | None = None
    sure: bool = False
    progress: Progress = quiet
