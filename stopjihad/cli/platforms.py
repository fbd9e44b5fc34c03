"""``stopjihad platforms``: what is known of each platform, with sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.catalog.platforms import Fact, Platform


@click.command("platforms")
@click.argument("names", nargs=-1, metavar="[PLATFORM…]")
@common.format_option()
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], style: str) -> None:
    r"""Print limits and habits of platforms, each with its source and how sure it is.

    A workspace's own values (templates/platforms.yaml) stand in place of ours.

    \b
    Example:
      stopjihad platforms
      stopjihad platforms mastodon --format json
    """
    from stopjihad.catalog.platforms import catalogue

    known = common.platforms_here(ctx)
    for name in names:
        if name not in known:
            raise click.UsageError(f"no platform '{name}'; there are: {', '.join(known)}")
    chosen = [known[name] for name in names or known]
    if style == "json":
        sources = catalogue().sources
        console.print_json({"platforms": chosen, "sources": sources})
    elif names:
        for platform in chosen:
            _print_all(platform)
    else:
        _print_table(chosen)


def _print_table(chosen: list[Platform]) -> None:
    click.echo(f"{'platform':<11}{'limit':>7}  {'counted in':<22}{'tags':>5}{'alt':>6}  links")
    for platform in chosen:
        limit = "?" if platform.limit is None else str(platform.limit.value)
        tags = platform.hashtags.value if platform.hashtags else "–"
        alt = platform.alt_limit.value if platform.alt_limit else "?"
        links = "click" if platform.links_click.value else "do not click"
        unit = platform.unit
        click.echo(f"{platform.id:<11}{limit:>7}  {unit:<22}{tags!s:>5}{alt!s:>6}  {links}")
    click.echo("\nOne platform with all its sources: stopjihad platforms NAME")


def _print_all(platform: Platform) -> None:
    from stopjihad.catalog.platforms import catalogue

    sources = catalogue().sources
    click.secho(f"{platform.name} ({platform.id})", bold=True)
    click.echo(f"  counted in {platform.unit}; too long a text: {platform.long_text}")
    for name, fact in facts(platform):
        note = f"  {fact.note}" if fact.note else ""
        click.echo(
            f"  {name.replace('_', ' ')}: {_show_value(fact.value)} [{fact.confidence}]{note}"
        )
        source = sources.get(fact.source)
        if source is not None:
            dated = f", dated {source.dated}" if source.dated else ""
            click.echo(f"      {source.url} (checked {source.checked}{dated})")
    click.echo()


def facts(platform: Platform) -> Iterator[tuple[str, Fact[Any]]]:
    """Give every fact of a platform with its name, the extra ones last."""
    from stopjihad.catalog.platforms import Fact

    for field in platform.__struct_fields__:
        value = getattr(platform, field)
        if isinstance(value, Fact):
            yield field, value
    yield from platform.more.items()


def _show_value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
