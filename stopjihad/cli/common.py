"""What commands share: the workspace, its campaigns, the day, options, a file that was named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stopjihad.cli.console import fail
from stopjihad.problem import ProblemsFound

if TYPE_CHECKING:
    from stopjihad.catalog.platforms import Platform
    from stopjihad.model.project import Project

F = TypeVar("F", bound=Callable[..., Any])


def workspace_of(ctx: click.Context) -> Path:
    """Find the workspace of ``-C`` or upwards from here; wrong usage when there is none."""
    from stopjihad.load.workspace import find_workspace

    given = ctx.obj
    start = Path(given) if given else Path.cwd()
    if given and not (start / "campaigns").is_dir():
        raise click.UsageError(
            f"{given} has no folder campaigns/. Make a workspace: stopjihad init {given}"
        )
    root = find_workspace(start.resolve())
    if root is None:
        raise click.UsageError(
            "no folder campaigns/ here or above. Make a workspace: stopjihad init my-workspace"
        )
    return root


def platforms_here(ctx: click.Context) -> dict[str, Platform]:
    """Give the platforms, with the workspace's own values when there is a workspace."""
    from stopjihad.load.platforms import load_platforms
    from stopjihad.load.workspace import find_workspace

    start = Path(ctx.obj) if ctx.obj else Path.cwd()
    root = find_workspace(start.resolve()) or start
    known, problems = load_platforms(root)
    if problems:
        fail(problems, "text", root)
    return known


def campaigns_of(root: Path, names: Sequence[str]) -> list[str]:
    """Choose campaigns by name, all when none is named; wrong usage for unknown ones.

    Args:
        names: campaigns asked for; empty for all.

    Raises:
        UsageError: there is no such campaign, or none at all.
    """
    from stopjihad.load.workspace import campaign_slugs, linked_campaigns

    try:
        known = campaign_slugs(root)
    except ProblemsFound as found:
        fail(found.problems, "text", root)
    links = linked_campaigns(root) if not known or set(names) - set(known) else []
    for problem in links:
        if not known or problem.path.rpartition("/")[2] in names:
            raise click.UsageError(f"{problem.path}: {problem.message}; {problem.hint}")
    for name in names:
        if name not in known:
            where = root / "campaigns"
            raise click.UsageError(f"no campaign '{name}' in {where}; {nearest_hint(name, known)}")
    if not known:
        raise click.UsageError(
            f"no campaign in {root / 'campaigns'} yet. Copy the starter: "
            "stopjihad init another-folder"
        )
    return list(names) or known


def nearest_hint(name: str, known: Iterable[str]) -> str:
    """Hint at the one of the ``known`` names that ``name`` probably means, else at all of them."""
    from stopjihad.text.nearest import close_name

    close = close_name(name, known)
    return f"did you mean '{close}'?" if close else f"there are: {', '.join(known)}"


campaign_option = click.option("--campaign", help="Which campaign, when the workspace has several.")


def campaign_of(root: Path, name: str | None, option: str = "--campaign ") -> str:
    """Choose the one campaign that is meant; wrong usage when there are several.

    Args:
        option: what stands before a name that is typed; empty for an argument.
    """
    slugs = campaigns_of(root, [name] if name else [])
    if len(slugs) > 1:
        raise click.UsageError(f"say which campaign: {option}{' or '.join(slugs)}")
    return slugs[0]


def project_of(root: Path, slug: str, style: str, unfilled: str = "", needed: str = "") -> Project:
    """Read a campaign, or print why it cannot be read and exit 1.

    Args:
        unfilled: path of a file that may have values missing.
        needed: path of an alert that must not.
    """
    from stopjihad.translate.po_files import read_project

    try:
        return read_project(root, slug, unfilled, needed)
    except ProblemsFound as found:
        fail(found.problems, style, root)


def tags(ctx: click.Context, param: click.Parameter, value: Sequence[str]) -> tuple[str, ...]:
    """Read languages: the option may be given more than once, and with commas.

    Args:
        value: what was given, such as ``("ar,fr", "de")``.

    Raises:
        BadParameter: there is nothing between two commas.
    """
    found = [tag.strip() for item in value for tag in item.split(",")]
    if "" in found:
        raise click.BadParameter("a language is missing: write ar,fr", ctx, param)
    return tuple(dict.fromkeys(found))


def language_option(*names: str) -> Callable[[F], F]:
    """Add ``--language TAG``, which takes one language, several with commas, or is repeated."""
    return click.option(
        "--language",
        *names,
        "languages",
        metavar="TAG",
        multiple=True,
        callback=tags,
        help="Only this language; several with commas: ar,fr.",
    )


def today() -> dt.date:
    """Give the day that counts: SOURCE_DATE_EPOCH (seconds, UTC) when set, else the clock's."""
    return now().date()


def now() -> dt.datetime:
    """Give the moment that counts, to the second: SOURCE_DATE_EPOCH when set, else the clock's."""
    from stopjihad.load.clock import read_clock

    return read_clock()


def quiet_option() -> Callable[[F], F]:
    """Add ``-q``: nothing but errors is printed as text."""
    return click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")


def format_option(*extra: str) -> Callable[[F], F]:
    """Add ``--format text|json`` (and more) to a command."""
    return click.option(
        "--format",
        "style",
        type=click.Choice(["text", "json", *extra]),
        default="text",
        show_default=True,
        help="How to print the result.",
    )


output_option = click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for the results [default: dist in the workspace].",
)
jobs_option = click.option(
    "--jobs", metavar="N", type=click.IntRange(min=0), default=0, help="Processes."
)
dist_option = click.option(
    "-d",
    "--dist",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of the build [default: dist in the workspace].",
)


def require_empty(folder: Path) -> None:
    """Refuse a folder in which something stands already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} exists and is not empty; choose a new folder")


def write_file(path: Path, data: bytes) -> None:
    """Write a file that the user named, and the folders above it.

    Args:
        path: where to; an old file is replaced as a whole.
        data: its bytes.

    Raises:
        click.ClickException: it cannot be written.
    """
    from stopjihad import disk

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.put(str(path), data)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from None
