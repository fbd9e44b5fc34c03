"""Hold what the kinds of check look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TypeAlias

import msgspec

from stopjihad.catalog.rules import Rule
from stopjihad.check.rules.finding import Finding
from stopjihad.check.rules.tongues import Tongue
from stopjihad.model.loaded import Project


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Hold a campaign on a day.

    Attributes:
        project: the campaign.
        today: day on which it is judged.
        tongues: its languages, the source language first.
    """

    project: Project
    today: dt.date
    tongues: tuple[Tongue, ...]


Kind: TypeAlias = Callable[[Rule, Case], Iterator[Finding]]
"""A kind of check: given a rule and a campaign, it gives what breaks the rule."""
