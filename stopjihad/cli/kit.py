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
@click.argument("partner")
@common.campaign_option
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write the zips [default: kits/PARTNER/ here].",
)
@common.quiet_option()
@click.pass_context
def build(
    ctx: click.Context, partner: str, campaign: str | None, output: Path | None, *, quiet: bool
) -> None:
    r"""Make the kit of a partner, whose file is in partners/, as one zip a language.

    Their line stands beside the sponsor's, and the helplines are those of their country.

    \b
    Example:
      stopjihad kit build club -o for-the-club
    """
    from stopjihad.build.kit import make_kits
    from stopjihad.build.request import Request
    from stopjihad.disk.program import code_digest
    from stopjihad.problem import ProblemsFound
    from stopjihad.publish.kit_signature import sign_kits

    root = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, campaign)
    with console.ProgressBar(shown=not quiet) as bar:
        request = Request(
            out=root / "dist", today=common.today(), code=code_digest(), progress=bar.update
        )
        try:
            made = make_kits(root, slug, partner, request)
        except ProblemsFound as found:
            bar.close()
            console.fail(found.problems, "text", root)
    try:
        zips = sign_kits(root, slug, made)
    except ProblemsFound as found:
        console.fail(found.problems, "text", root)
    for name, data in zips.items():
        path = (output or Path("kits", partner)) / name
        common.write_file(path, data)
        if not quiet:
            click.echo(f"{path}  {len(data) / 1e6:.1f} MB")
