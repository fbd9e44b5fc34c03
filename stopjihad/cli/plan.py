"""``stopjihad plan``: the steps of a build as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.build.campaign import ExplainedStep, Why


@click.command("plan")
@click.argument("campaign", nargs=-1)
@click.option("--output", "-o", metavar="DIR", help="Compare with this folder [default: dist].")
@click.option("--steps", is_flag=True, help="Name every step, and why it would run.")
@common.format_option()
@click.pass_context
def command(
    ctx: click.Context,
    campaign: tuple[str, ...],
    output: str | None,
    steps: bool,  # noqa: FBT001  click passes flags so
    style: str,
) -> None:
    r"""Print what a build would make, and why: a table, or with --steps every step.

    Two plans differ as text; "what depends on this?" is a search for the input's name.

    \b
    Example:
      stopjihad plan
      stopjihad plan --format json > before.json
    """
    from stopjihad.build.campaign import explain
    from stopjihad.problem import ProblemsFound

    root = common.workspace_of(ctx).resolve()
    out = (root / "dist" if output is None else Path(output)).absolute()
    listed = []
    for slug in common.campaigns_of(root, campaign):
        try:
            listed.append(explain(root, slug, out, common.today()))
        except ProblemsFound as found:
            console.fail(found.problems, style, root)
    if style == "json":
        console.print_json({"plans": listed})
        return
    for plan in listed:
        for row in plan.steps if steps else ():
            click.echo(f"{row.why:<10} {row.step.kind:<13} {row.step.output}")
        if not steps:
            _print_table(plan.steps)
        due = sum(row.why != "unchanged" for row in plan.steps)
        click.secho(f"{plan.campaign}: {due} of {len(plan.steps)} steps would run", bold=True)


def _print_table(rows: Sequence[ExplainedStep]) -> None:
    """Count the steps of each kind by why they would run."""
    whys: tuple[Why, ...] = ("new", "changed", "unchanged")
    counts = Counter((row.step.kind, row.why) for row in rows)
    click.echo(f"{'':<13}" + "".join(f"{why:>11}" for why in whys))
    for kind in sorted({kind for kind, _ in counts}):
        click.echo(f"{kind:<13}" + "".join(f"{counts[kind, why] or '':>11}" for why in whys))
