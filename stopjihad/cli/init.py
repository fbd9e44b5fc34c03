"""``stopjihad init``: a workspace with a starter campaign that builds at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

STARTER = "stop-jihadism"
"""Campaign that a new workspace starts from."""


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    r"""Make a workspace: a folder with a starter campaign that builds at once.

    The starter is the sample campaign, real and sourced. Its pages say that it is a sample until
    you have made it yours: set 'sample: false' and verify every helpline first.

    \b
    Example:
      stopjihad init my-workspace
    """
    from stopjihad.load.workspace import shared_root

    target = folder / "campaigns" / STARTER
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} exists and is not empty; choose a new folder")
    try:
        target.parent.mkdir(parents=True)
        shutil.copytree(shared_root() / "campaigns" / STARTER, target)
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}") from None
    (folder / ".gitignore").write_text("dist/\n.stopjihad/\n", encoding="utf-8")
    click.echo(
        f"{folder} is ready.\n\n"
        f"  stopjihad -C {folder} build      makes {folder}/dist/{STARTER}/site\n"
        f"  stopjihad -C {folder} preview    shows it on this computer while you write\n\n"
        f"Write in {target}: campaign.yaml first, then points/."
    )
