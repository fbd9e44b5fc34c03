"""``stopjihad count``: the length of a text as a platform counts it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.catalog.platforms import Platform

MAX_BYTES = 1024 * 1024
"""Longest text that is read from standard input, in bytes; no post comes near it."""


@click.command("count")
@click.argument("platform")
@click.argument("text", required=False)
@common.format_option()
@click.pass_context
def command(ctx: click.Context, platform: str, text: str | None, style: str) -> None:
    r"""Count TEXT, or standard input, as PLATFORM does, and say whether it fits.

    X weighs characters, Bluesky counts what readers see and bytes, Telegram UTF-16 units, an SMS
    septets. The line end that a pipe adds behind the text is not counted. Exits 1 when the text is
    too long.

    \b
    Example:
      stopjihad count x "Most people they killed were Muslims."
      stopjihad count sms --format json < message.txt
    """
    from stopjihad.catalog.platforms import measure

    row = _platform(ctx, platform)
    found = measure(row, _given_text(text))
    if style == "json":
        import msgspec

        optional = {
            name: value
            for name in ("bytes", "byte_limit", "encoding", "segments")
            if (value := getattr(found, name)) is not None
        }
        click.echo(
            msgspec.json.encode(
                {
                    "platform": platform,
                    "unit": found.unit,
                    "count": found.count,
                    "limit": found.limit,
                    "fits": found.fits,
                    **optional,
                }
            )
        )
    else:
        of = f" of {found.limit}" if found.limit is not None else ""
        click.echo(f"{row.name}: {found.count}{of} {found.unit}", nl=False)
        if found.bytes is not None:
            click.echo(f", {found.bytes} of {found.byte_limit} bytes", nl=False)
        if found.segments is not None:
            click.echo(f", {found.encoding}, segments: {found.segments}", nl=False)
        click.echo("" if found.fits else " (too long)")
    raise SystemExit(console.OK if found.fits else console.FOUND)


def _given_text(text: str | None) -> str:
    if text is not None:
        return text
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise click.UsageError(f"the text is longer than {MAX_BYTES} bytes")
    try:
        return data.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"the text is not UTF-8 (byte {error.start})") from None


def _platform(ctx: click.Context, name: str) -> Platform:
    known = common.platforms_here(ctx)
    if name not in known:
        raise click.UsageError(f"no platform '{name}'; {common.nearest_hint(name, known)}")
    return known[name]
