"""``stopjihad preview``: the studio on this machine."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path

import click

from stopjihad.cli import common

HANDED_OVER = 3.0
"""Seconds for which the page that leads a browser on stays: it reads it within one."""


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
@click.option(
    "--numeric",
    is_flag=True,
    help="Use the address 127.0.0.1; then other web servers on this computer can get in.",
)
@click.pass_context
def command(
    ctx: click.Context,
    campaign: str | None,
    port: int | None,
    *,
    browse: bool,
    read_only: bool,
    numeric: bool,
) -> None:
    r"""See a campaign while you work on it: pages, cards and drafts, renewed at every save.

    Serves on this computer only. The address works once; the terminal shows the next one. Where the
    studio of this workspace runs already, another browser is let in to that.

    \b
    Example:
      stopjihad preview --open
    """
    root = common.workspace_of(ctx).resolve()
    slugs = common.campaigns_of(root, [campaign] if campaign else [])
    from stopjihad.studio.app import StudioSetting, make_studio
    from stopjihad.studio.running import Studios
    from stopjihad.studio.serve import listen, run

    studios = Studios(root, tuple(slugs), read_only=read_only)
    running = studios.opening_address() if port is None and not numeric else ""
    if running:
        click.secho(f"The studio runs already: {running}", bold=True)
        if browse:
            with _open_browser(running):
                time.sleep(HANDED_OVER)
        return
    try:
        sockets = listen(port)
    except OSError as error:
        raise click.UsageError(f"port {port} cannot be used: {error.strerror}") from None
    number = sockets[0].getsockname()[1]

    def tell_address(address: str) -> None:
        keep(address)
        click.echo(f"Opened. For another browser: {address}")

    setting = StudioSetting(
        root, tuple(slugs), number, common.today, read_only, tell_address, numeric, common.now
    )
    studio = make_studio(setting)
    with studios.announce() as keep:
        keep(studio.session.opening_address)
        click.secho(f"The studio is open: {studio.session.opening_address}", bold=True)
        click.echo("It is for this computer only. Stop it with Ctrl+C, or close this window.")
        with _open_browser(studio.session.opening_address) if browse else contextlib.nullcontext():
            run(studio, sockets)
    click.echo("Closed.")


@contextlib.contextmanager
def _open_browser(address: str) -> Iterator[None]:
    """Show an address in the browser: every user of the machine can read command lines.

    So the browser is given the name of a file that only this user can read.
    """
    with tempfile.TemporaryDirectory(prefix="stopjihad-", ignore_cleanup_errors=True) as folder:
        page = Path(folder, "open.html")
        file = os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(file, "w", encoding="utf-8") as handle:  # noqa: PTH123 - made above, mode 600
            handle.write(doorway(address))
        click.launch(page.as_uri())
        yield


def doorway(address: str) -> str:
    """Write a page that leads to an address at once."""
    to = escape(address)
    return (
        '<!doctype html><meta charset="utf-8"><title>stopjihad</title>'
        f'<meta http-equiv="refresh" content="0;url={to}"><a href="{to}">{to}</a>\n'
    )
