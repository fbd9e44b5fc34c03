"""What commands share: the workspace, the day, printed problems, exit codes, a bar of progress."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Self, TypeVar

import click

from stopjihad.problem import UNSEEN, Problem, ProblemsFound

if TYPE_CHECKING:
    from stopjihad.catalog.platforms import Platform


OK, FOUND, USAGE, BUSY = 0, 1, 2, 75
"""Exit codes: done; problems found; wrong usage; another build is running (EX_TEMPFAIL)."""

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
    """Give the platforms, with the workspace's own values when there is a workspace.

    Args:
        ctx: the running command line.

    Returns:
        Platforms by id.
    """
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
        root: the workspace.
        names: campaigns asked for; empty for all.

    Returns:
        Campaign ids.

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
            import difflib

            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean '{close[0]}'?" if close else f"there are: {', '.join(known)}"
            raise click.UsageError(f"no campaign '{name}' in {root / 'campaigns'}; {hint}")
    if not known:
        raise click.UsageError(
            f"no campaign in {root / 'campaigns'} yet. Copy the starter: "
            "stopjihad init another-folder"
        )
    return list(names) or known


def tags(ctx: click.Context, param: click.Parameter, value: Sequence[str]) -> tuple[str, ...]:
    """Read languages: the option may be given more than once, and with commas.

    Args:
        ctx: the running command line.
        param: the option.
        value: what was given, such as ``("ar,fr", "de")``.

    Returns:
        Tags, each once.

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
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.datetime.now(dt.UTC).date()


def now() -> dt.datetime:
    """Give the moment that counts, to the second: SOURCE_DATE_EPOCH when set, else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


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


dist_option = click.option(
    "-d",
    "--dist",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of the build [default: dist in the workspace].",
)


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


def print_json(value: object) -> None:
    """Print a result as data, on one line of stdout."""
    import msgspec

    click.echo(msgspec.json.encode(value))


def print_problems(
    problems: Iterable[Problem], style: str, root: Path, *, err: bool = True, fold: bool = True
) -> None:
    """Print problems: as text with the offending line, errors first, or as data to stdout.

    Args:
        problems: what to print.
        style: ``text``, ``json``, ``sarif`` or ``github``.
        root: the workspace, for the offending lines.
        err: whether text goes to stderr: for problems that keep a command from its result.
        fold: whether findings that say the same share a line of text.
    """
    listed = sorted(problems)
    if style == "json":
        print_json({"problems": listed})
        return
    if style in {"sarif", "github"}:
        _print_for_services(listed, style)
        return
    for problem, more in _lines(listed, fold=fold):
        colour = {"error": "red", "warning": "yellow"}.get(problem.severity, "blue")
        click.secho(f"{problem}  {more}".rstrip(), fg=colour, err=err)
        excerpt = _excerpt(problem, root)
        if excerpt:
            click.echo(excerpt, err=err)


def _lines(problems: Sequence[Problem], *, fold: bool) -> list[tuple[Problem, str]]:

    if fold:
        return [(item.first, item.more) for item in folded(problems)]
    return [(problem, "") for problem in ordered(problems)]


def _print_for_services(problems: Sequence[Problem], style: str) -> None:
    """Print problems as a SARIF log, or as workflow commands of GitHub."""
    from stopjihad.check.sarif import sarif, workflow_commands

    if style == "github":
        for line in workflow_commands(problems):
            click.echo(line)
        return
    import msgspec

    from stopjihad import __version__
    from stopjihad.catalog.rules import rules

    made = msgspec.json.encode(sarif(problems, rules(), __version__))
    click.echo(msgspec.json.format(made, indent=1))


def fail(problems: Sequence[Problem], style: str, root: Path) -> NoReturn:
    """Print problems and exit 1.

    Args:
        problems: what to print.
        style: as for `print_problems`.
        root: the workspace.
    """
    print_problems(problems, style, root)
    if style == "text":
        errors = sum(problem.severity == "error" for problem in problems)
        click.secho(f"{errors} error(s); nothing was changed.", err=True, bold=True)
    raise SystemExit(FOUND)


def _excerpt(problem: Problem, root: Path) -> str:
    """Show the line of the file with a caret below the column."""
    if not problem.path or not problem.line or not problem.column:
        return ""
    from stopjihad import disk

    outside = Path(problem.path).is_absolute()
    data = disk.read(problem.path) if outside else disk.read_below(str(root), problem.path)
    if data is None:
        return ""
    lines = data.decode("utf-8", errors="replace").splitlines()
    if problem.line > len(lines):
        return ""
    start = max(0, problem.column - 120)
    # One sign for one: the caret keeps its column, and no mark turns the terminal's line around.
    line = "".join(
        "\ufffd" if UNSEEN.match(letter) else letter
        for letter in lines[problem.line - 1][start : start + 160].replace("\t", " ")
    )
    line = f"…{line[1:]}" if start else line
    return f"  {line}\n  {' ' * min(problem.column - 1 - start, len(line))}^"


_RANK = {"error": 0, "warning": 1, "info": 2}

_NAMED = 12
"""Places that a line names; a campaign of twelve languages has eleven files of translations."""

SINGLE = frozenset({"approval-lost"})
"""Codes that are always said one by one: each is a text that is published otherwise now."""

_NAMES = re.compile(r"(?:(?<=')[^']+(?=')|^[^\s:]+(?=: ))")
"""Names in quotation marks, and what stands before a colon at the start: the text that is meant."""

_OWN = re.compile(rf"{_NAMES.pattern}|[0-9]+")
"""What differs between messages that say the same."""


class Fold(NamedTuple):
    """The first of problems that are alike, and where the others are.

    Attributes:
        first: the one that is printed.
        others: short names of the places of all others; languages for files of translations.
    """

    first: Problem
    others: tuple[str, ...]

    @property
    def more(self) -> str:
        """Say in one phrase how many others there are and where; empty for a problem alone."""
        if not self.others:
            return ""
        shown = ", ".join(self.others[:_NAMED]) + (", …" if len(self.others) > _NAMED else "")
        return f"and {len(self.others)} more: {shown}"


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems: errors first, then by place."""
    return sorted(problems, key=lambda item: (_RANK[item.severity], item))


def folded(problems: Iterable[Problem]) -> list[Fold]:
    """Sort problems, errors first, and fold those that say the same.

    Errors are never folded: each has to be mended where it is.

    Args:
        problems: in any order.

    Returns:
        One fold for each line to print.
    """
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for number, item in enumerate(ordered(problems)):
        alone = item.severity == "error" or item.code in SINGLE
        alike.setdefault((str(number),) if alone else _said(item), []).append(item)
    groups = alike.values()
    return [Fold(first, tuple(_place(item, first) for item in more)) for first, *more in groups]


def _said(item: Problem) -> tuple[str, ...]:
    """Give what makes two findings the same: code and words, and the file or kind of file."""
    folder, _, name = item.path.rpartition("/")
    if name.endswith(".po") and not item.line:
        return item.code, folder
    path = folder if name.endswith(".po") else item.path
    return item.code, path, _OWN.sub("", item.message)


def _place(item: Problem, first: Problem) -> str:
    name = item.path.rpartition("/")[2].removesuffix(".po")
    if item.path == first.path:
        own = set(_NAMES.findall(item.message)) - set(_NAMES.findall(first.message))
        return ", ".join(sorted(own)) or f"line {item.line}"
    return f"{name}:{item.line}" if item.line else name


WAIT = 0.5
"""Seconds before anything is shown: what is done by then needs no bar."""

LONG = 5.0
"""Seconds from which the time left is told: before, it is guessed from too little."""

WIDTH = 32
"""Columns of the bar."""


class ProgressBar:
    """Draw a bar on standard error where that is a terminal."""

    def __init__(self, *, shown: bool) -> None:
        """Start the clock; ``shown`` is False where nothing is to be drawn."""
        self.shown = shown and sys.stderr.isatty()
        self.began = time.monotonic()
        self.drawn = False

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wipe the bar away."""
        self.close()

    def update(self, done: int, total: int) -> None:
        """Draw that ``done`` of ``total`` outputs are made."""
        gone = time.monotonic() - self.began
        if not self.shown or gone < WAIT:
            return
        self.drawn = True
        filled = WIDTH * done // max(total, 1)
        bar = "█" * filled + "·" * (WIDTH - filled)
        click.echo(
            f"\r\033[K{bar} {done}/{total}{time_left(gone, done, total)}", nl=False, err=True
        )

    def close(self) -> None:
        """Wipe the bar away."""
        if self.drawn:
            click.echo("\r\033[K", nl=False, err=True)
            self.drawn = False


def time_left(gone: float, done: int, total: int) -> str:
    """Say how long it still takes at the same pace.

    Args:
        gone: seconds since the beginning.
        done: outputs made.
        total: outputs to make.

    Returns:
        Such as ``, 2:05 left``; nothing before ``LONG`` seconds, or when nothing is left.
    """
    if gone < LONG or not 0 < done < total:
        return ""
    seconds = round(gone / done * (total - done))
    return f", {seconds // 60}:{seconds % 60:02d} left"
