"""What the commands that sign share: who signs, what is meant, and writing it down.

Throughout, ``root`` is the workspace, ``slug`` or ``name`` the campaign, ``project`` what is read
of it, ``ctx`` the running command line, ``style`` how to print, ``language`` a BCP 47 tag; ``by``,
``role`` and ``kind`` say who signs as what, ``make`` makes the lines; ``names`` are what was typed
for some ``digests``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.build.alert_inputs import AlertInputs
    from stopjihad.model.project import Project
    from stopjihad.model.review import Kind, Review
    from stopjihad.review.ledger import Reviewer

F = TypeVar("F", bound=Callable[..., Any])

SHORT = 8
"""Hexadecimal digits that name a sentence or a finding on the command line: 32 bits, a thousand
of them share one with a chance of one in ten thousand; a shared one is refused, never guessed."""

CHALLENGE = 4
"""Signs behind those: 20 bits, which nobody guesses for a whole list."""

UNFIT = (
    "--by, --role or --reason cannot be used: one line each, of at most 80, 120 and 500 "
    "characters; no @ in name and role, the ledger is public"
)
"""Why a signature is refused that no ledger may hold."""


def option_language(function: F) -> F:
    """Ask for the language whose words are meant."""
    return click.option("--language", "-l", required=True, metavar="TAG", help="Which language.")(
        function
    )


option_by = click.option("--by", metavar="NAME", default="", help="Name or alias, no address.")


def options_signer(function: F) -> F:
    """Ask who signs, and in what role."""
    role = click.option("--role", default="", help="What makes them fit to judge.")
    return option_by(role(function))


def options_place(function: Callable[..., Any]) -> Callable[..., Any]:
    """Ask for the campaign and the form of the answer; hand the running command line over."""
    return common.campaign_option(common.format_option()(click.pass_context(function)))


def campaign_of(
    ctx: click.Context, name: str | None, style: str, unfilled: str = "", needed: str = ""
) -> tuple[Path, Project]:
    """Read the one campaign that is meant; wrong usage when there are several.

    ``unfilled`` is a file below its folder that may have values missing, ``needed`` that of an
    alert that must not.
    """
    root = common.workspace_of(ctx)
    slug = common.campaign_of(root, name)
    base = f"campaigns/{slug}"
    return root, common.project_of(root, slug, style, f"{base}/{unfilled}", f"{base}/{needed}")


def read_alert(
    ctx: click.Context, name: str | None, style: str, alert: str = ""
) -> tuple[Path, AlertInputs]:
    """Read of the campaign what an alert is made of; only its own files can refuse ``alert``."""
    from stopjihad.build.alert_inputs import own_faults, read_for_alert
    from stopjihad.problem import ProblemsFound

    root = common.workspace_of(ctx)
    try:
        found = read_for_alert(root.resolve(), common.campaign_of(root, name))
    except ProblemsFound as wrong:
        console.fail(wrong.problems, style, root)
    faults = own_faults(found, alert) if alert else ()
    if faults:
        console.fail(faults, style, root)
    return root, found


def check_language(project: Project, language: str) -> None:
    """Refuse a language that the campaign does not have, with the nearest one."""
    from stopjihad.text.nearest import nearest

    known = project.campaign.record.languages
    if language not in known:
        raise click.UsageError(
            f"the campaign has no language '{language}'; {nearest(language, known)}"
        )


def signer(by: str, role: str, kind: Kind, **more: Any) -> Reviewer:
    """Say who signs, now; wrong usage when nobody does."""
    from stopjihad.review.ledger import Reviewer

    if not by.strip():
        raise click.UsageError("say who signs: --by NAME")
    return Reviewer(by=by.strip(), role=role.strip(), kind=kind, on=common.now(), **more)


def write_lines(
    root: Path, project: Project, make: Callable[[], Sequence[Review]], style: str
) -> tuple[Review, ...]:
    """Make lines of the ledger and add them; names that no ledger may hold are wrong usage."""
    import msgspec

    from stopjihad.problem import ProblemsFound
    from stopjihad.review.ledger import append_reviews

    try:
        lines = tuple(make())
        append_reviews(root, project.campaign.record.id, lines)
    except msgspec.ValidationError:
        raise click.UsageError(UNFIT) from None
    except ProblemsFound as found:
        console.fail(found.problems, style, root)
    return lines


def by_short_name(names: Iterable[str], digests: Sequence[str]) -> list[str]:
    """Find digests by their first digits; wrong usage for one that fits none, or several."""
    found: list[str] = []
    for name in names:
        fits = [digest for digest in digests if digest.startswith(name.lower())]
        if len(fits) != 1:
            why = "fits several" if fits else "is not on the list (any more)"
            raise click.UsageError(f"'{name}' {why}: take the {SHORT} signs before the words")
        found += fits
    return found


def shown_name(digest: str) -> str:
    """Name a paragraph as reading shows it: the start of its digest, and four signs more.

    Those are made with this user's key: nothing but `review read` shows them, so that no command
    can sign what it was never shown for.
    """
    import base64

    from stopjihad.disk.user_key import sign

    made = base64.b32encode(sign("reading", bytes.fromhex(digest)))
    return f"{digest[:SHORT]}-{made[:CHALLENGE].decode().lower()}"


def by_shown_name(names: Iterable[str], digests: Sequence[str]) -> list[str]:
    """Find digests by the names that reading shows; wrong usage for any other."""
    given = list(names)
    found = by_short_name([name.partition("-")[0] for name in given], digests)
    for name, digest in zip(given, found, strict=True):
        if name.lower() != shown_name(digest):
            raise click.UsageError(
                f"'{name}' was not shown: take the whole name before the paragraph,"
                f" {digest[:SHORT]}-…, as 'stopjihad review read' prints it for you"
            )
    return found


@contextmanager
def exit_on_problems(
    root: Path, style: str, state: Callable[[], str] = lambda: console.UNCHANGED
) -> Iterator[None]:
    """Print what is found inside, and exit: 1 for problems, 2 for a name, 75 during a build.

    Args:
        state: says in one line what stands when something went wrong.
    """
    import msgspec

    from stopjihad.disk.lock import Busy
    from stopjihad.problem import ProblemsFound

    try:
        yield
    except ProblemsFound as found:
        console.fail(found.problems, style, root, state())
    except msgspec.ValidationError:
        raise click.UsageError(UNFIT) from None
    except Busy:
        now = state()
        again = "try again at once" if now == console.UNCHANGED else now
        click.secho(f"a build is running; {again}", err=True)
        raise SystemExit(console.BUSY) from None


def who(by: str) -> str:
    """Take the name of the person who acts; wrong usage when there is none."""
    if not by.strip():
        raise click.UsageError("say who you are: --by NAME")
    return by.strip()


def say_left_out(left_out: Mapping[str, str]) -> None:
    """Say which languages are left out, and why."""
    for tag, reason in left_out.items():
        click.secho(f"  left out: {tag} ({reason})", fg="yellow")


def shown_moment(when: dt.datetime, project: Project) -> str:
    """Write a moment on the clock of the campaign, whose place is named with it."""
    from stopjihad.catalog.timezones import time_zone

    zone = project.campaign.record.schedule.timezone
    return f"{when.astimezone(time_zone(zone)):%Y-%m-%d %H:%M} ({zone})"
