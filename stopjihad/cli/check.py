"""``stopjihad check``: every problem of a campaign, in one run."""

from __future__ import annotations

import click

from stopjihad.cli import common


@click.command("check")
@click.argument("campaign", nargs=-1)
@common.format_option("sarif", "github")
@click.pass_context
def command(ctx: click.Context, campaign: tuple[str, ...], style: str) -> None:
    r"""Find all problems: schema, message rules, translations, helplines, links.

    Warnings do not fail; errors exit 1.

    \b
    Example:
      stopjihad check
      stopjihad check stop-jihadism --format sarif > problems.sarif
    """
    from stopjihad.build.driver import survey

    root = common.workspace_of(ctx)
    problems = [
        problem
        for slug in common.campaigns_of(root, campaign)
        for problem in survey(root, slug, common.today()).problems
    ]
    common.print_problems(problems, style, root)
    errors = sum(problem.severity == "error" for problem in problems)
    if style == "text":
        rest = len(problems) - errors
        click.secho(
            f"{errors} error(s), {rest} other finding(s)",
            bold=True,
            fg="red" if errors else "green",
        )
    raise SystemExit(common.FOUND if errors else common.OK)
