"""``stopjihad plan``: the steps of a build as data."""

from __future__ import annotations

from pathlib import Path

import click

from stopjihad.cli import common


@click.command("plan")
@click.argument("campaign", nargs=-1)
@click.option("--output", "-o", metavar="DIR", help="Compare with this folder [default: dist].")
@common.format_option()
@click.pass_context
def command(ctx: click.Context, campaign: tuple[str, ...], output: str | None, style: str) -> None:
    r"""Print the steps of a build, and why each would run.

    Two plans differ as text; "what depends on this?" is a search for the input's name.

    \b
    Example:
      stopjihad plan --format json > before.json
    """
    from stopjihad.build.explain import explain
    from stopjihad.problem import ProblemsFound

    root = common.workspace_of(ctx).resolve()
    out = (root / "dist" if output is None else Path(output)).absolute()
    listed = []
    for slug in common.campaigns_of(root, campaign):
        try:
            listed.append(explain(root, slug, out, common.today()))
        except ProblemsFound as found:
            common.fail(found.problems, style, root)
    if style == "json":
        import msgspec

        click.echo(msgspec.json.encode({"plans": listed}))
        return
    for plan in listed:
        for row in plan.steps:
            click.echo(f"{row.why:<10} {row.step.kind:<13} {row.step.output}")
        due = sum(row.why != "unchanged" for row in plan.steps)
        click.secho(f"{plan.campaign}: {due} of {len(plan.steps)} steps would run", bold=True)
