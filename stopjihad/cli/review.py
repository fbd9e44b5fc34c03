"""``stopjihad review``: who approved which translation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stopjihad.cli import common

if TYPE_CHECKING:
    from stopjihad.model.loaded import Project
    from stopjihad.translate.status import SegmentState

F = TypeVar("F", bound=Callable[..., Any])


@click.group("review")
def command() -> None:
    r"""Approve translations. An approval dies when the source or the translation changes.

    \b
    Example:
      stopjihad review status --language ar
      stopjihad review approve --language ar --by Nour --role teacher most-victims-are-muslims
      stopjihad review withdraw --language ar --by Nour most-victims-are-muslims/fact
    """


def _verdict_options(function: F) -> F:
    for option in reversed(
        (
            click.argument("what", nargs=-1, required=True),
            click.option("--language", "-l", required=True, metavar="TAG", help="Which language."),
            click.option("--by", required=True, metavar="NAME", help="Name or alias, no address."),
            click.option("--role", default="", help="What makes them fit to judge."),
            click.option(
                "--kind",
                type=click.Choice(["native", "legal", "back-translation"]),
                default="native",
                show_default=True,
                help="What was judged; publishing asks for native.",
            ),
            click.option("--campaign", help="Which campaign, when the workspace has several."),
            common.format_option(),
            click.pass_context,
        )
    ):
        function = option(function)
    return function


@command.command("approve")
@_verdict_options
def approve(ctx: click.Context, what: tuple[str, ...], style: str, **chosen: str) -> None:
    r"""Approve translations as they stand now.

    WHAT is a talking point (they-lie), a page (pages/about), one field (they-lie/fact), or "all".
    Stale and missing texts are passed over.

    \b
    Example:
      stopjihad review approve --language fr --by Nour --role "native speaker" all
    """
    _judge(ctx, "approve", what, style, chosen)


@command.command("withdraw")
@_verdict_options
def withdraw(ctx: click.Context, what: tuple[str, ...], style: str, **chosen: str) -> None:
    r"""Take approvals back: the lines that gave them stay, the last word counts.

    \b
    Example:
      stopjihad review withdraw --language fr --by Nour they-lie/fact
    """
    _judge(ctx, "withdraw", what, style, chosen)


@command.command("status")
@click.argument("campaign", nargs=-1)
@common.language_option("-l")
@common.format_option()
@click.pass_context
def status(
    ctx: click.Context, campaign: tuple[str, ...], languages: tuple[str, ...], style: str
) -> None:
    r"""Say what is approved, what waits, and which approvals died because words changed.

    \b
    Example:
      stopjihad review status --format json
    """
    from stopjihad.review.ledger import lost
    from stopjihad.translate.source import target_languages
    from stopjihad.translate.status import segment_states

    root = common.workspace_of(ctx)
    result = []
    for slug in common.campaigns_of(root, campaign):
        project = _project(root, slug, style)
        for language in languages or target_languages(project):
            states = segment_states(project, language)
            current = [item.digest for item in states if item.digest and item.state != "stale"]
            counts = {state: sum(item.state == state for item in states) for state in _STATES}
            dead = lost(project.reviews, language, current)
            result.append((slug, language, counts, dead))
    if style == "json":
        import msgspec

        names = ("campaign", "language", "counts", "lost")
        rows = [dict(zip(names, item, strict=True)) for item in result]
        click.echo(msgspec.json.encode({"reviews": rows}))
        return
    for slug, language, counts, dead in result:
        words = ", ".join(f"{counts[state]} {state}" for state in _STATES if counts[state])
        click.echo(f"{slug} {language}: {words}")
        for review in dead:
            day = review.on.date().isoformat()
            click.echo(f"  lost: {review.context} ({review.kind} by {review.by} on {day})")


_STATES = ("approved", "unreviewed", "stale", "untranslated")


def _judge(
    ctx: click.Context, verdict: Any, what: tuple[str, ...], style: str, chosen: dict[str, str]
) -> None:
    import msgspec

    from stopjihad.build.reviews import append_reviews
    from stopjihad.problem import ProblemsFound
    from stopjihad.review.ledger import Reviewer, judge

    root = common.workspace_of(ctx)
    given = chosen["campaign"]
    slugs = common.campaigns_of(root, [given] if given else [])
    if len(slugs) > 1:
        raise click.UsageError(f"say which campaign: --campaign {' or '.join(slugs)}")
    project = _project(root, slugs[0], style)
    states = _chosen(project, chosen["language"], what)
    kind: Any = chosen["kind"]
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    reviewer = Reviewer(by=chosen["by"], role=chosen["role"], kind=kind, on=now)
    judged = [item for item in states if _judged(item)]
    words = [(item.segment.context, item.digest) for item in judged]
    texts = {item.digest: (item.segment.source, item.translation) for item in judged}
    try:
        lines = judge(words, chosen["language"], verdict, reviewer, project.reviews, texts)
        append_reviews(root, slugs[0], lines)
    except msgspec.ValidationError as error:
        raise click.UsageError(f"--by or --role cannot be used: {error}") from None
    except ProblemsFound as found:
        common.fail(found.problems, style, root)
    passed = len(states) - len(words)
    if style == "json":
        click.echo(msgspec.json.encode({"lines": lines, "passed_over": passed}))
        return
    done = "approved" if verdict == "approve" else "withdrawn"
    rest = f"; {passed} stale or missing passed over" if passed else ""
    click.echo(f"{len(lines)} {done}{rest}")


def _judged(item: SegmentState) -> bool:
    return item.state in {"unreviewed", "approved"}


def _chosen(project: Project, language: str, what: tuple[str, ...]) -> list[SegmentState]:
    """Find the texts that are meant; wrong usage for a language or a name that is not there."""
    from stopjihad.check.finding import nearest
    from stopjihad.translate.source import target_languages
    from stopjihad.translate.status import key_of, segment_states

    known = target_languages(project)
    if language not in known:
        raise click.UsageError(f"'{language}' is not translated into; {nearest(language, known)}")
    states = segment_states(project, language)
    names = {key_of(item.segment.context) for item in states}
    names |= {item.segment.context for item in states}
    for name in what:
        if name not in names and name != "all":
            raise click.UsageError(f"nothing is called '{name}'; {_near(name, names)}")
    return [
        item
        for item in states
        if "all" in what or item.segment.context in what or key_of(item.segment.context) in what
    ]


def _near(name: str, names: set[str]) -> str:
    import difflib

    close = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else "name a talking point, or 'all'"


def _project(root: Path, slug: str, style: str) -> Project:
    from stopjihad.build.translations import read_project
    from stopjihad.problem import ProblemsFound

    try:
        return read_project(root, slug)
    except ProblemsFound as found:
        common.fail(found.problems, style, root)
