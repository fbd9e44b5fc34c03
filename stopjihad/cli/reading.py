"""``stopjihad review read``: the reading list, sentence by sentence."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import signing

if TYPE_CHECKING:
    from stopjihad.model.sentence import ListedSentence


@click.command("read")
@click.argument("which", nargs=-1)
@signing.option_language
@signing.options_signer
@signing.options_place
def read(ctx: click.Context, which: tuple[str, ...], style: str, **chosen: Any) -> None:
    r"""Read the sentences that name a faith or a people, and sign each.

    Without --by the open sentences are listed. With --by they are shown one after the other on a
    terminal, each to be signed or left. In a script, WHICH names sentences by the signs before
    them. Words that should not stand are changed in their file, not here.

    \b
    Example:
      stopjihad review read --language en
      stopjihad review read --language en --by Nour
      stopjihad review read --language en --by Nour 3f0c91ab 77d2e0c4
    """
    from stopjihad.check.reading import open_sentences, subject_of
    from stopjihad.review.ledger import judge

    root, project = signing.campaign_of(ctx, chosen["campaign"], style)
    language = chosen["language"]
    signing.check_language(project, language)
    listed = open_sentences(project, language)
    if not chosen["by"] and not which:
        _list(listed, language, style)
        return
    who = signing.signer(chosen["by"], chosen["role"], "reading")
    if which:
        digests = [subject_of(one).digest for one in listed]
        named = set(signing.by_short_name(which, digests))
        signed = [one for one in listed if subject_of(one).digest in named]
    elif not listed:
        signed = []
    elif sys.stdin.isatty():
        signed = _ask(listed)
    else:
        raise click.UsageError("name the sentences that were read, or sign on a terminal")
    subjects = [subject_of(one) for one in signed]
    lines = signing.write_lines(
        root, project, lambda: judge(subjects, language, "approve", who, project.reviews), style
    )
    if style == "json":
        import msgspec

        click.echo(msgspec.json.encode({"lines": lines}))
        return
    click.echo(f"{len(lines)} read, {len(listed) - len(signed)} left")


def _list(listed: tuple[ListedSentence, ...], language: str, style: str) -> None:
    from stopjihad.check.reading import subject_of

    if style == "json":
        import msgspec

        rows = [{"digest": subject_of(one).digest, **msgspec.structs.asdict(one)} for one in listed]
        click.echo(msgspec.json.encode({"unread": rows}))
        return
    for one in listed:
        click.echo(f"{subject_of(one).digest[: signing.SHORT]}  {one.context}  {_why(one)}")
        click.echo(f"          {one.text}")
    click.echo(f"{len(listed)} sentence(s) to read")
    if listed:
        click.echo(f"Sign what is fair: stopjihad review read --language {language} --by NAME")


def _ask(listed: tuple[ListedSentence, ...]) -> list[ListedSentence]:
    """Show each sentence and ask; what was answered is signed even when the rest is left."""
    signed: list[ListedSentence] = []
    for number, one in enumerate(listed, 1):
        click.echo(f"\n{number}/{len(listed)}  {one.context}  {_why(one)}")
        click.secho(f"  {one.text}", bold=True)
        answer = click.prompt(
            "  fair as it stands?",
            type=click.Choice(["y", "n", "q"]),
            default="n",
            show_default=True,
        )
        if answer == "q":
            break
        if answer == "y":
            signed.append(one)
    return signed


def _why(sentence: ListedSentence) -> str:
    return f"({', '.join(sentence.reasons)})" if sentence.reasons else ""
