"""``stopjihad preview``: the studio on this machine."""

from __future__ import annotations

import click

from stopjihad.cli import common


@click.command("preview")
@click.argument("campaign", required=False)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(min=0, max=65535),
    help="Port to listen on; 0 for any free one [default: 8321, or any].",
)
@click.option("--open", "browse", is_flag=True, help="Open the address in the browser.")
@click.option("--read-only", is_flag=True, help="Show everything, change nothing.")
@click.pass_context
def command(
    ctx: click.Context, campaign: str | None, port: int | None, *, browse: bool, read_only: bool
) -> None:
    r"""See a campaign while you work on it: pages, cards and drafts, renewed at every save.

    Serves on this computer only. The address works once; the terminal shows the next one.

    \b
    Example:
      stopjihad preview --open
    """
    root = common.workspace_of(ctx).resolve()
    slugs = common.campaigns_of(root, [campaign] if campaign else [])
    from stopjihad.preview.app import Setting, make_studio
    from stopjihad.preview.serve import listen, run

    try:
        sockets = listen(port)
    except OSError as error:
        raise click.UsageError(f"port {port} cannot be used: {error.strerror}") from None
    number = sockets[0].getsockname()[1]

    def address(token: str) -> str:
        return f"http://127.0.0.1:{number}/open/{token}"

    def opened(token: str) -> None:
        click.echo(f"Opened. For another browser: {address(token)}")

    setting = Setting(root, tuple(slugs), number, common.today, read_only, opened)
    studio = make_studio(setting)
    first = address(studio.session.token)
    click.secho(f"The studio is open: {first}", bold=True)
    click.echo("It is for this computer only. Stop it with Ctrl+C.")
    if browse:
        click.launch(first)
    run(studio, sockets)
    click.echo("Closed.")
