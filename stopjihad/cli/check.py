"""``stopjihad check``: every problem of a campaign, in one run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stopjihad.cli import common

if TYPE_CHECKING:
    from stopjihad.load.cached import Cache
    from stopjihad.model.loaded import Project
    from stopjihad.problem import Problem


@click.command("check")
@click.argument("campaign", nargs=-1)
@click.option(
    "--built",
    metavar="DIR",
    default=None,
    help="Judge the pages and drafts of the last build in DIR, too (mostly dist).",
)
@common.format_option("sarif", "github")
@click.pass_context
def command(ctx: click.Context, campaign: tuple[str, ...], built: str | None, style: str) -> None:
    r"""Find all problems: schema, message rules, translations, helplines, links.

    Warnings do not fail; errors exit 1.

    \b
    Example:
      stopjihad check
      stopjihad check stop-jihadism --format sarif > problems.sarif
    """
    from stopjihad.build.ahead import read_ahead
    from stopjihad.build.driver import check_authored, read_campaign
    from stopjihad.build.pack import pack_of_parsed

    root = common.workspace_of(ctx)
    problems: list[Problem] = []
    today = common.today()
    for slug in common.campaigns_of(root, campaign):
        with pack_of_parsed(root, slug) as pack:
            authored = read_campaign(root, slug, pack)
            if authored.project is not None:
                finished = Path(built) / slug if built is not None else None
                read_ahead(authored.project, today, pack, finished)
            found = check_authored(authored, today, pack)
            problems += found.problems
            if built is not None and found.project is not None:
                problems += _judged(found.project, Path(built), slug, pack)
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


def _judged(project: Project, out: Path, slug: str, kept: Cache) -> tuple[Problem, ...]:
    from stopjihad.build.judged import judge_built

    return judge_built(project, out / slug, (out / slug).as_posix(), kept)
