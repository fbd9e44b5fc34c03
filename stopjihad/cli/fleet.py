"""What became of each campaign of one build, also when it ends early."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from stopjihad.cli import console

if TYPE_CHECKING:
    from pathlib import Path

    from stopjihad.build.report import BuildReport
    from stopjihad.problem import Problem

PUBLISHED, UNCHANGED, FAILED, NOT_REACHED = "published", "unchanged", "failed", "not reached"
STATES = (PUBLISHED, UNCHANGED, FAILED, NOT_REACHED)


class FleetBuild(NamedTuple):
    """One campaign that was built: what was done, and in how many seconds."""

    slug: str
    report: BuildReport
    seconds: float

    @property
    def state(self) -> str:
        """Say whether anything of it is other than before."""
        return PUBLISHED if self.report.made or self.report.removed else UNCHANGED


class Fleet:
    """Remember what became of campaigns that are built one after the other."""

    def __init__(self, slugs: Sequence[str], out: Path) -> None:
        """Know all that were asked for, and the folder of their results."""
        self.slugs, self.out = slugs, out
        self.built: list[FleetBuild] = []
        self.failed = ""

    def in_order(self) -> list[FleetBuild]:
        """Give what was built, in the order that was asked for."""
        return sorted(self.built, key=lambda one: self.slugs.index(one.slug))

    def state_of(self, slug: str) -> str:
        """Give one of ``STATES``."""
        known = {one.slug: one.state for one in self.built}
        return known.get(slug) or (FAILED if slug == self.failed else NOT_REACHED)

    def rows(self) -> list[dict[str, Any]]:
        """Give a row for each campaign, as ``--format json`` prints it."""
        known = {one.slug: one for one in self.built}
        rows: list[dict[str, Any]] = []
        for slug in self.slugs:
            row: dict[str, Any] = {"campaign": slug, "state": self.state_of(slug)}
            if slug in known:
                row["folder"] = str(self.out / slug)
                row["seconds"] = known[slug].seconds
                row["report"] = known[slug].report
            rows.append(row)
        return rows

    def lines(self) -> list[str]:
        """Say what became of the campaigns, a line for each state that there is."""
        states = {slug: self.state_of(slug) for slug in self.slugs}
        found = {state: [slug for slug, own in states.items() if own == state] for state in STATES}
        return [
            f"{state:<12}{len(slugs):>4}  {', '.join(slugs)}"
            for state, slugs in found.items()
            if slugs
        ]

    def summary(self) -> str:
        """Say in one line what stands now; that nothing was changed only where it is true."""
        published = sum(one.state == PUBLISHED for one in self.built)
        if not published:
            return console.UNCHANGED
        return f"{published} of {len(self.slugs)} campaigns were published, the others stay."

    def end_early(self, problems: Sequence[Problem], style: str, root: Path) -> NoReturn:
        """Print what went wrong and what stands, and exit 1."""
        if style == "json":
            console.print_json({"problems": sorted(problems), "builds": self.rows()})
            raise SystemExit(console.FOUND)
        self.print_states()
        console.fail(problems, style, root, self.summary())

    def print_states(self) -> None:
        """Print a line for each state on standard error; nothing for a single campaign."""
        if len(self.slugs) > 1:
            for line in self.lines():
                click.echo(line, err=True)
