"""What commands print: results as data, problems as people read them, a bar; and exit codes."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn, Self

import click

from stopjihad.problem import UNSEEN, Problem

OK, FOUND, USAGE, BUSY = 0, 1, 2, 75
"""Exit codes: done; problems found; wrong usage; another build is running (EX_TEMPFAIL)."""


def print_json(value: object) -> None:
    """Print a result as data, on one line of stdout."""
    import msgspec

    click.echo(msgspec.json.encode(value))


def print_problems(
    problems: Iterable[Problem], style: str, root: Path, *, err: bool = True, fold: bool = True
) -> None:
    """Print problems: as text with the offending line, errors first, or as data to stdout.

    Args:
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


def confirm(problems: Iterable[Problem], style: str) -> bool:
    """Ask on a terminal whether to send an alert in spite of problems; a no ends the command."""
    if style == "json" or not sys.stdin.isatty():
        return False
    for problem in problems:
        click.echo(f"{problem.message} ({problem.hint})", err=True)
    return click.confirm("Send it all the same?", abort=True, err=True)


def _lines(problems: Sequence[Problem], *, fold: bool) -> list[tuple[Problem, str]]:
    if fold:
        return [(item.first, item.more) for item in fold_problems(problems)]
    return [(problem, "") for problem in sort_problems(problems)]


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


UNCHANGED = "nothing was changed."


def fail(problems: Sequence[Problem], style: str, root: Path, state: str = UNCHANGED) -> NoReturn:
    """Print problems and exit 1."""
    print_problems(problems, style, root)
    if style == "text":
        errors = sum(problem.severity == "error" for problem in problems)
        click.secho(f"{errors} error(s); {state}", err=True, bold=True)
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

OF_THE_DISK = frozenset({"disk-full", "disk-read-only"})
"""Codes of errors that are mended once, for however many files they say it."""

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
        names = tuple(dict.fromkeys(self.others))
        shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
        return f"and {len(self.others)} more: {shown}"


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems: errors first, then by place."""
    return sorted(problems, key=lambda item: (_RANK[item.severity], item))


def fold_problems(problems: Iterable[Problem]) -> list[Fold]:
    """Sort problems, errors first, and fold those that say the same.

    Errors are folded only where they are the disk's: any other has to be mended where it is.
    """
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for number, item in enumerate(sort_problems(problems)):
        mended_apart = item.severity == "error" and item.code not in OF_THE_DISK
        alone = mended_apart or item.code in SINGLE
        alike.setdefault((str(number),) if alone else _sameness_of(item), []).append(item)
    groups = alike.values()
    return [Fold(first, tuple(_place(item, first) for item in more)) for first, *more in groups]


def _sameness_of(item: Problem) -> tuple[str, ...]:
    """Give what makes two findings the same: code and words, and the file or kind of file."""
    folder, _, name = item.path.rpartition("/")
    if item.code in OF_THE_DISK:
        return (item.code,)
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


EVERY = 15.0
"""Seconds between two lines where there is no terminal: a log of CI shows that work goes on."""


class ProgressBar:
    """Draw a bar on standard error where that is a terminal; elsewhere a line now and then."""

    def __init__(self, *, shown: bool, name: str = "") -> None:
        """Start the clock.

        Args:
            shown: False where nothing is to be drawn.
        """
        self.shown, self.name = shown, name
        self.draws = sys.stderr.isatty()
        self.done = self.total = 0
        self.began = self.said = time.monotonic()
        self.drawn = False

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wipe the bar away."""
        self.close()

    def update(self, done: int, total: int) -> None:
        """Draw that ``done`` of ``total`` outputs are made."""
        now = time.monotonic()
        if total != self.total and self.total:
            self.began = now  # other work has its own pace
        self.done, self.total = done, total
        gone = now - self.began
        if not self.shown or gone < WAIT:
            return
        state = f"{done}/{total}{time_left(gone, done, total)}"
        if not self.draws:
            if now - self.said >= EVERY:
                self.said = now
                click.echo(f"{self.name} {state}".lstrip(), err=True)
            return
        self.drawn = True
        filled = WIDTH * done // max(total, 1)
        bar = "█" * filled + "·" * (WIDTH - filled)
        click.echo(f"\r\033[K{bar} {state}", nl=False, err=True)

    def close(self) -> None:
        """Wipe the bar away."""
        if self.drawn:
            click.echo("\r\033[K", nl=False, err=True)
            self.drawn = False


def time_left(gone: float, done: int, total: int) -> str:
    """Say how long it still takes at the same pace.

    Args:
        gone: seconds since the beginning.

    Returns:
        Such as ``, 2:05 left``; nothing before ``LONG`` seconds, or when nothing is left.
    """
    if gone < LONG or not 0 < done < total:
        return ""
    seconds = round(gone / done * (total - done))
    return f", {seconds // 60}:{seconds % 60:02d} left"
