"""``stopjihad sources``: every fact with its sources, and how far each of them was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import click

from stopjihad.cli import common, console
from stopjihad.problem import UNSEEN

if TYPE_CHECKING:
    from stopjihad.model.point import Point, Source
    from stopjihad.model.project import Project


HEAD = """# Sources

Every fact, the sources it rests on, how far each was read, and on which day. **Primary** is the
document of those who found, decided or saw it themselves; **report** means that only reports of it
were read. *Where* says at which place of it, with the figures there, and what could not be read.

`stopjihad sources --format markdown` makes this page.
"""
READ = {"whole": "whole", "part": "in part", "opening": "opening", "report": "report", None: "?"}


@click.command("sources")
@click.argument("campaign", required=False)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to print: for people, for programs, or as a page.",
)
@click.pass_context
def command(ctx: click.Context, campaign: str | None, style: str) -> None:
    r"""List facts with their sources, how far each was read, and on which day.

    For whoever checks the facts, and whoever answers for them.

    \b
    Example:
      stopjihad sources
      stopjihad sources stop-jihadism --format markdown > sources.md
    """
    root = common.workspace_of(ctx)
    slugs = common.campaigns_of(root, [campaign] if campaign else [])
    projects = [common.project_of(root, slug, style) for slug in slugs]
    points = [one.record for project in projects for one in project.points]
    if style == "markdown":
        click.echo("".join(page(projects)), nl=False)
    elif style == "json":
        console.print_json({"points": [_plain(point) for point in points]})
    else:
        for line in _lines(points):
            click.echo(UNSEEN.sub(" ", line))


def page(projects: Iterable[Project]) -> Iterator[str]:
    """Write the page of all facts and sources."""
    yield HEAD
    for project in projects:
        for document in project.points:
            point = document.record
            yield f"\n## {point.id}\n\n"
            if point.no_primary:
                yield f"No primary source: {point.no_primary}\n\n"
            yield "| source | primary | read | on |\n|---|---|---|---|\n"
            for one in point.sources:
                where = f"[{_cell(one.title)}]({one.url}), {_cell(one.publisher)}"
                where += f". *Where:* {_cell(one.passage)}" if one.passage else ""
                first = "yes" if one.primary else ""
                yield f"| `{one.id}` {where} | {first} | {READ[one.read]} | {one.accessed} |\n"
            yield "\n| says | source |\n|---|---|\n"
            for said in statements(point):
                names = ", ".join(f"`{one.id}`" for one in said.sources)
                yield f"| {_cell(said.words)} | {names} |\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _plain(point: Point) -> dict[str, object]:
    said = [
        {"words": one.words, "sources": [source.id for source in one.sources]}
        for one in statements(point)
    ]
    return {
        "id": point.id,
        "no_primary": point.no_primary,
        "sources": point.sources,
        "says": said,
    }


def _lines(points: list[Point]) -> Iterator[str]:
    for point in points:
        yield click.style(f"{point.id}: {point.fact}", bold=True)
        if point.no_primary:
            yield f"  no primary source: {point.no_primary}"
        for one in point.sources:
            yield f"  {_state(one)}  {one.title}, {one.publisher}"
            if one.passage:
                yield f"      {one.passage}"
    missing = sum(not one.no_primary and not _primary(one) for one in points)
    yield f"{len(points)} talking point(s), without a primary source or a reason: {missing}"


def _state(source: Source) -> str:
    first = "primary" if source.primary else ""
    return f"{source.accessed}  {READ[source.read]:<8} {first:<8}"


def _primary(point: Point) -> bool:
    return any(source.primary for source in point.sources)


_CITED = re.compile(r"(?P<said>.*?)(?P<names>(?:\s*\[\^[^\]\s]{1,60}\])+)", re.DOTALL)
_NAME = re.compile(r"\[\^([^\]\s]+)\]")
_MARKS = re.compile(r"^\s*(?:[-*>]|\d+\.|#+)\s+|\*+", re.MULTILINE)


class Statement(NamedTuple):
    """Pair plain words of a talking point with the sources cited behind them."""

    words: str
    sources: tuple[Source, ...]


def statements(point: Point) -> Iterator[Statement]:
    """Take the cited passages out of a talking point.

    Yields:
        Its passages in reading order: first the fact with all sources, then what stands before each
        reference in the explanation and in what a reader can do instead.
    """
    known = {source.id: source for source in point.sources}
    yield Statement(point.fact, point.sources)
    for text in (point.body, point.alternative):
        for passage in re.split(r"\n\s*\n", text):
            for match in _CITED.finditer(passage):
                names = [name for name in _NAME.findall(match["names"]) if name in known]
                said = " ".join(_MARKS.sub("", match["said"]).split())
                if said and names:
                    yield Statement(said, tuple(known[name] for name in names))
