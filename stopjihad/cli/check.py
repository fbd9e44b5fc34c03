"""``stopjihad check``: every problem of a campaign, in one run."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.build.check.kept_verdict import CheckRequest, FinishedBuild
    from stopjihad.disk.pack import Pack
    from stopjihad.load.workspace import Workspace
    from stopjihad.problem import Problem


@click.command("check")
@click.argument("campaign", nargs=-1)
@click.option(
    "--built",
    metavar="DIR",
    default=None,
    help="Judge the pages and drafts of the last build in DIR, too (mostly dist).",
)
@click.option("--all", "every", is_flag=True, help="Print each finding, also those alike.")
@common.quiet_option()
@common.format_option("sarif", "github")
@click.pass_context
def command(ctx: click.Context, /, campaign: tuple[str, ...], **chosen: Any) -> None:
    r"""Find all problems: schema, message rules, translations, helplines, links.

    Warnings do not fail; errors exit 1, and come first. Findings that say the same share a line.

    \b
    Example:
      stopjihad check
      stopjihad check stop-jihadism --format sarif > problems.sarif
    """
    from stopjihad.build.check.kept_verdict import CheckRequest, verdict

    root = common.workspace_of(ctx)
    built, style = chosen["built"], chosen["style"]
    problems: list[Problem] = []
    for slug in common.campaigns_of(root, campaign):
        finished = Path(built) / slug if built is not None else None
        asked = CheckRequest(root, slug, common.today(), finished)
        problems += verdict(asked, partial(_find_problems, asked))
    errors = sum(problem.severity == "error" for problem in problems)
    quiet = chosen["quiet"] and style == "text"
    shown = [item for item in problems if item.severity == "error"] if quiet else problems
    console.print_problems(shown, style, root, err=False, fold=not chosen["every"])
    if style == "text" and not quiet:
        rest = len(problems) - errors
        click.secho(
            f"{errors} error(s), {rest} other finding(s)",
            bold=True,
            fg="red" if errors else "green",
        )
    raise SystemExit(console.FOUND if errors else console.OK)


def _find_problems(
    asked: CheckRequest, workspace: Workspace, pack: Pack, built: FinishedBuild | None
) -> tuple[Problem, ...]:
    """Read and judge everything, in several processes."""
    from stopjihad.build.check.parallel import reading_ahead
    from stopjihad.build.check.survey import check_authored, read_campaign

    beside = partial(reading_ahead, today=asked.today, kept=pack, built=built)
    authored = read_campaign(workspace, pack, beside)
    found = check_authored(authored, asked.today, pack)
    if asked.built is None or found.project is None:
        return found.problems
    from stopjihad.build.check.artefacts import judge_built

    shown = asked.built.as_posix()
    return (*found.problems, *judge_built(found.project, built, shown, pack))
