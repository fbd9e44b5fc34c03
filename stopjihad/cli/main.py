"""The command line: a group that imports a command only when it is called."""

from __future__ import annotations

import atexit
import gc
import importlib
import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from stopjihad import __version__
from stopjihad.cli.encoding import write_any_letter

COMMANDS = {
    "init": "a new workspace: a small starter, blank, or the whole sample",
    "new": "a commented file, ready to fill in, or a copy of a built-in one",
    "check": "all problems: schema, message rules, translations, helplines, links",
    "build": "site, cards and drafts into dist/",
    "publish": "the built site on a store, a server, a branch or a folder, and back again",
    "signature": "the key of a campaign; check what it signed",
    "preview": "the last good build on this machine, rebuilt at every save",
    "correct": "what was wrong with a talking point, or that it is told no more",
    "plan": "the steps of a build, and why each would run",
    "card": "one share image of a talking point",
    "film": "a short film of a talking point, with captions",
    "kit": "kits for partners, as one file for each language",
    "count": "length of a text as a platform counts it",
    "translate": "keep PO files in step; exchange with translators",
    "review": "signatures: approve texts, read sentences, except words from a rule",
    "export": "drafts for schedulers and calendars",
    "queue": "what schedulers were given: list, stop and resume it",
    "alert": "an alert in a crisis: exercise, approve, publish, end",
    "sources": "facts with their sources, and how far each was read",
    "schema": "JSON Schema of a file that authors write",
    "rules": "message rules with their sources",
    "helplines": "which line stands where, by language, market and kind",
    "platforms": "what is known of each platform, with sources",
    "doctor": "fonts, codecs, coverage of the campaign's languages; what to install",
}
"""Command to its one-line help; the module ``stopjihad.cli.<command>`` holds ``command``."""


class LazyGroup(click.Group):
    """List commands without importing them: start-up stays under 60 ms (STANDARDS section 1)."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; what it prints may hold any letter."""
        write_any_letter()
        return super().main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order of the docs."""
        return [name for name in COMMANDS if _exists(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Import a command, or fail with the nearest name.

        Raises:
            UsageError: there is no such command.
        """
        if cmd_name in COMMANDS and _exists(cmd_name):
            module = importlib.import_module(f"stopjihad.cli.{cmd_name}")
            command: click.Command = module.command
            return _as_written(command)
        from stopjihad.text.nearest import close_name

        close = close_name(cmd_name, self.list_commands(ctx))
        hint = f" Did you mean '{close}'?" if close else ""
        raise click.UsageError(f"No such command '{cmd_name}'.{hint}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, importing none of them."""
        rows = [(name, COMMANDS[name]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _as_written(command: click.Command) -> click.Command:
    """Let examples stand as they are: raw docstrings hold click's mark for it as two characters."""
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    for inner in getattr(command, "commands", {}).values():
        _as_written(inner)
    return command


def _exists(name: str) -> bool:
    return importlib.util.find_spec(f"stopjihad.cli.{name}") is not None


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="stopjihad")
@click.option(
    "-C",
    "--workspace",
    metavar="DIR",
    default=None,
    help="Folder with campaigns/ (default: the nearest one upwards from here).",
)
@click.pass_context
def main(ctx: click.Context, workspace: str | None) -> None:
    r"""Compile counter-discourse campaigns into a site, share images and post drafts.

    It drafts; people post. Only 'publish' sends anything anywhere, and only the site.

    \b
    Example:
      stopjihad init my-workspace
      stopjihad -C my-workspace build
      stopjihad -C my-workspace preview
    """
    ctx.obj = workspace
    if os.environ.get("NO_COLOR"):  # no-color.org: any value but an empty one
        ctx.color = False
    if ctx.invoked_subcommand != "preview":
        ctx.with_resource(_without_collecting())


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Leave cycles in memory alone while a command runs that reads a campaign once and ends.

    What it reads is needed to the end: looking through it for cycles, again and again and once more
    at the end, took a quarter of the time of a large build and freed nothing (measured; the peak of
    memory is the same).
    """
    collecting = gc.isenabled()
    gc.disable()
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        if collecting:
            gc.enable()


_as_written(main)
