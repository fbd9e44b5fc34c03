"""``stopjihad helplines``: which line stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from stopjihad.cli import common

if TYPE_CHECKING:
    from stopjihad.build.helplines import Placement


@click.command("helplines")
@click.argument("campaign", nargs=-1)
@common.format_option()
@click.pass_context
def command(ctx: click.Context, campaign: tuple[str, ...], style: str) -> None:
    r"""Print which helpline stands where: by language, market and kind of what is made.

    campaign.yaml chooses them (helplines:). Where no line stands, the help page's address does.

    \b
    Example:
      stopjihad helplines
      stopjihad helplines --format json
    """
    from stopjihad.build.check.survey import survey
    from stopjihad.build.helplines import placements

    root = common.workspace_of(ctx).resolve()
    rows = {}
    for slug in common.campaigns_of(root, campaign):
        found = survey(root, slug, common.today())
        if found.project is None:
            common.fail(found.errors, style, root)
        rows[slug] = placements(found)
    if style == "json":
        import msgspec

        click.echo(msgspec.json.encode({"campaigns": rows}))
        return
    for slug, listed in rows.items():
        click.secho(slug, bold=True)
        _print_table(listed)


def _print_table(rows: tuple[Placement, ...]) -> None:
    """Print the rows; kinds of one language that carry the same stand together."""
    grouped: dict[tuple[str, str, tuple[str, ...], str], list[str]] = {}
    for row in rows:
        key = (row.language, row.market or "–", row.texts, row.address)
        grouped.setdefault(key, []).append(row.kind)
    for (language, market, texts, address), kinds in grouped.items():
        click.echo(f"{language:<8}{market:<4}{', '.join(kinds)}")
        for text in texts or (address or "no number and no address",):
            click.echo(f"{'':<12}{text}")
