"""``stopjihad rules``: what messages are judged by, why, and where that is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from stopjihad.catalog.rules import Rule
    from stopjihad.catalog.style_packs import StylePack


@click.command("rules")
@click.argument("names", nargs=-1, metavar="[ID…]")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to print: for people, for programs, or as the page of the docs.",
)
def command(names: tuple[str, ...], style: str) -> None:
    r"""Explain message rules: what each asks for, why, how to mend it, and its source.

    An ID is a rule (STR02) or a style pack (bbc). Without one, all rules are listed.

    \b
    Example:
      stopjihad rules
      stopjihad rules LNG04
      stopjihad rules bbc
    """
    from stopjihad.catalog.rules import rules
    from stopjihad.catalog.style_packs import style_packs
    from stopjihad.cli.rules_text import markdown

    every, packs = rules(), style_packs()
    wanted = [name.upper() if name.upper() in every else name for name in names]
    for name in wanted:
        if name not in every and name not in packs:
            import difflib

            close = difflib.get_close_matches(name.upper(), every, n=1, cutoff=0.4)
            hint = f"did you mean {close[0]}?" if close else f"packs: {', '.join(packs)}"
            raise click.UsageError(f"no rule or style pack '{name}'; {hint}")
    if style == "markdown":
        click.echo(markdown(every.values(), packs.values()), nl=False)
    elif style == "json":
        import msgspec

        shown = [every.get(name) or packs[name] for name in wanted or [*every, *packs]]
        click.echo(msgspec.json.encode(shown))
    elif not wanted:
        _print_all(every.values(), packs.values())
    else:
        for name in wanted:
            if name in every:
                _print_rule(every[name])
            else:
                _print_pack(packs[name])


def _print_all(rules: object, packs: object) -> None:
    for rule in rules:  # type: ignore[attr-defined]
        colour = {"error": "red", "warning": "yellow"}.get(rule.severity, "blue")
        head = click.style(f"{rule.id}  {rule.severity:<8}", fg=colour)
        click.echo(f"{head} {rule.name}")
    click.echo("\nStyle packs:")
    for pack in packs:  # type: ignore[attr-defined]
        click.echo(f"  {pack.id:<26} {pack.name}")
    click.echo("\nOne rule with its reason and source: stopjihad rules STR02")


def _print_rule(rule: Rule) -> None:
    from stopjihad.cli.rules_text import example_yaml

    click.secho(f"{rule.id} {rule.name} ({rule.severity})", bold=True)
    click.echo(f"looks at   {', '.join(rule.scope)}")
    if rule.languages:
        click.echo(f"languages  {', '.join(rule.languages)}")
    for name, text in (("asks", rule.checks), ("why", rule.why), ("mend", rule.mend)):
        click.echo(click.wrap_text(text.strip(), 88, f"{name:<10} ", " " * 11))
    if rule.also:
        click.echo(f"also       {', '.join(rule.also)}")
    people = {1: "one person may sign it", 2: "two people must sign it"}
    click.echo(f"exception  {people[rule.people] if rule.waivable else 'none'}")
    for source in rule.sources:
        click.echo(f"source     {source.title}\n           {source.url} ({source.checked})")
    example = rule.examples[0]
    for name, values in (("bad", example.bad), ("good", example.good)):
        click.echo(f"{name}:")
        click.echo("".join(f"  {line}\n" for line in example_yaml(values).splitlines()), nl=False)


def _print_pack(pack: StylePack) -> None:
    click.secho(f"{pack.id}: {pack.name}", bold=True)
    click.echo(f"source     {pack.source} ({pack.checked})")
    if pack.note:
        click.echo(click.wrap_text(pack.note.strip(), 88, "note       ", " " * 11))
    for entry in pack.entries:
        for language, terms in entry.terms.items():
            instead = entry.alternative.get(language, entry.alternative["en"])
            click.echo(f"  {language}  {', '.join(terms)}  →  {instead}")
        click.echo(f"      {entry.why}")
