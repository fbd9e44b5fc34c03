"""``stopjihad doctor``: what this machine has, what it lacks, what to install."""

from __future__ import annotations

from pathlib import Path

import click

from stopjihad.cli import common


@click.command("doctor")
@common.format_option()
@click.pass_context
def command(ctx: click.Context, style: str) -> None:
    r"""Examine fonts, picture codecs and the letters of the campaign's languages.

    Exits 1 when something that a build needs is missing.

    \b
    Example:
      stopjihad doctor
    """
    from stopjihad.build.doctor import examine
    from stopjihad.load.workspace import find_workspace

    root = common.workspace_of(ctx) if ctx.obj else find_workspace(Path.cwd())
    findings = examine(root)
    if style == "json":
        import msgspec

        click.echo(msgspec.json.encode({"findings": findings}))
    else:
        signs = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}
        width = max(len(item.subject) for item in findings)
        for item in findings:
            sign, colour = signs[item.state]
            mend = f"  → {item.mend}" if item.mend else ""
            click.secho(f"{sign} ", fg=colour, nl=False)
            click.echo(f"{item.subject:<{width}}  {item.message}{mend}")
    failed = any(item.state == "error" for item in findings)
    raise SystemExit(common.FOUND if failed else common.OK)
