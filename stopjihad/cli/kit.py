"""``stopjihad kit``: kits for partners."""

from __future__ import annotations

from pathlib import Path

import click

from stopjihad.cli import common, console


@click.group("kit")
def command() -> None:
    r"""Make kits for partners; what anybody may take is on the site, made by 'build'.

    \b
    Example:
      stopjihad kit build club
    """


@command.command("build")
@click.argument("partner", required=False)
@common.campaign_option
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that gets a folder a partner [default: kits/ here].",
)
@common.quiet_option()
@click.pass_context
def build(
    ctx: click.Context,
    partner: str | None,
    campaign: str | None,
    output: Path | None,
    *,
    quiet: bool,
) -> None:
    r"""Make the kit of a partner, whose file is in partners/, or of all: one zip a language.

    Their line stands beside the sponsor's, and the helplines are those of their country.

    \b
    Example:
      stopjihad kit build club -o for-partners
    """
    from stopjihad.build.kit import make_kits, partner_ids
    from stopjihad.build.request import Request
    from stopjihad.disk.program import code_digest
    from stopjihad.problem import ProblemsFound
    from stopjihad.publish.kit_signature import sign_kits

    root = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, campaign)
    wanted = (partner,) if partner else partner_ids(root, slug)
    if not wanted:
        raise click.UsageError(f"{slug} has no partners: write a file first, docs/partners.md")
    for one in wanted:
        with console.ProgressBar(shown=not quiet) as bar:
            request = Request(
                out=root / "dist", today=common.today(), code=code_digest(), progress=bar.update
            )
            try:
                zips = sign_kits(root, slug, make_kits(root, slug, one, request))
            except ProblemsFound as found:
                bar.close()
                console.fail(found.problems, "text", root)
        for name, data in zips.items():
            path = (output or Path("kits")) / one / name
            common.write_file(path, data)
            if not quiet:
                click.echo(f"{path}  {len(data) / 1e6:.1f} MB")
