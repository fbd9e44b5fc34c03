"""``stopjihad init``: a workspace with a campaign that builds at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stopjihad.cli import common

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stopjihad.model.project import Project

SAMPLE = "stop-jihadism"
"""The sample campaign; the starter is cut out of it."""

STARTER = "my-campaign"
"""Folder of the starter; it can be renamed at any time."""


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--language",
    metavar="TAG",
    help="Language in which you write; asked for on a terminal [default: en].",
)
@click.option(
    "--timezone",
    metavar="NAME",
    help="Whose clocks it goes by, such as Europe/London [default: of the language's country].",
)
@click.option("--blank", is_flag=True, help="Begin without talking points.")
@click.option("--sample", is_flag=True, help="Copy the whole sample campaign, all its languages.")
@click.option(
    "--launcher",
    is_flag=True,
    help="Write into a workspace that is there what opens its studio by a double click; no more.",
)
def command(
    folder: Path,
    language: str | None,
    timezone: str | None,
    *,
    blank: bool,
    sample: bool,
    launcher: bool,
) -> None:
    r"""Make a workspace: a folder with a campaign that builds at once.

    The campaign has three talking points in one language, real and sourced, to be replaced by
    yours. Its pages say that it is a sample until you have made it yours: set 'sample: false' and
    verify every helpline first.

    \b
    Example:
      stopjihad init my-workspace --language fr
    """
    from stopjihad import disk
    from stopjihad.catalog.timezones import is_time_zone, zone_hint
    from stopjihad.cli.launcher import NAMES
    from stopjihad.cli.shipped_texts import sign_shipped

    if launcher:
        if sample or blank or language or timezone:
            raise click.UsageError("--launcher changes no campaign; leave out the others")
        _launch_only(folder)
        return
    if sample and (blank or language or timezone):
        others = "--blank, --language and --timezone"
        raise click.UsageError(f"--sample copies everything; leave out {others}")
    if timezone and not is_time_zone(timezone):
        raise click.UsageError(f"'{timezone}' is no time zone; {zone_hint(timezone)}")
    common.require_empty(folder)
    name = SAMPLE if sample else STARTER
    zone, files = ("", _sample()) if sample else _starter(language, timezone, blank=blank)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        root = str(folder.resolve())
        for path, data in files.items():
            disk.create_below(root, f"campaigns/{name}/{path}", data)
        sign_shipped(folder.resolve(), name)
        ignored = ("dist/", ".stopjihad/", *(f"/{one}" for one in NAMES))
        disk.create_below(root, ".gitignore", "\n".join((*ignored, "")).encode())
        studio = _write_launcher(folder.resolve())
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}") from None
    click.echo(
        f"{folder} is ready. Double-click '{studio}' in it to look, and to write; or type\n\n"
        f"  stopjihad -C {folder} preview    opens it in the browser: look, and write\n"
        f"  stopjihad -C {folder} build      makes {folder}/dist/{name}/site\n\n"
        f"Your texts are in {folder / 'campaigns' / name}: campaign.yaml first, then points/."
    )
    if zone:
        click.echo(f"Its times are those of {zone}: schedule.timezone in campaign.yaml.")
    if sample:
        click.echo("All twelve languages take two to five minutes to build, and 265 MB.")
    if blank:
        click.echo(f"Begin with: stopjihad -C {folder} new point the-name-of-a-fact")


def _launch_only(folder: Path) -> None:
    if not (folder / "campaigns").is_dir():
        raise click.UsageError(f"{folder} has no folder campaigns/: it is no workspace yet")
    try:
        name = _write_launcher(folder.resolve())
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}") from None
    click.echo(f"Double-click '{name}' in {folder}.")


def _write_launcher(root: Path) -> str:
    """Write the launcher of this computer in place of an older one; give its name."""
    from stopjihad import disk
    from stopjihad.cli.launcher import make_launcher

    made = make_launcher(sys.platform, sys.executable)
    with disk.hold(str(root)) as here:
        here.forget(made.name)
        disk.create_in(here, made.name, made.data, mode=made.mode)
    return made.name


def _sample() -> Mapping[str, bytes]:
    from stopjihad.load.workspace import read_sources, shared_root

    sources, _ = read_sources(shared_root(), SAMPLE)
    base = f"campaigns/{SAMPLE}/"
    return {path.removeprefix(base): data for path, data in sources.files.items()}


def _starter(
    language: str | None, timezone: str | None, *, blank: bool
) -> tuple[str, Mapping[str, bytes]]:
    """Cut the starter out of the sample; say its time zone, too."""
    from stopjihad.cli.starter import POINTS, Chosen, NotWhole, starter_files, zone_for
    from stopjihad.disk.cache import NoCache
    from stopjihad.load.project import load_project
    from stopjihad.load.workspace import read_sources, shared_root

    sources, _ = read_sources(shared_root(), SAMPLE)
    project, problems = load_project(sources, NoCache())
    if project is None:
        raise click.ClickException(f"the sample campaign is damaged: {problems[0]}")
    tag = _language(language, project)
    zone = timezone or zone_for(project, tag)
    chosen = Chosen(tag, () if blank else POINTS, zone)
    texts = {path: data.decode() for path, data in _sample().items()}
    try:
        made = starter_files(texts, project, chosen)
    except NotWhole as error:
        raise click.ClickException(f"no starter in '{chosen.language}' yet: {error}") from None
    return zone, {path: text.encode() for path, text in made.items()}


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _language(given: str | None, project: Project) -> str:
    """Take the language that was given, or ask for it where somebody can answer."""
    from stopjihad.catalog.languages import autonym

    known = project.campaign.record.languages
    if given is None and _is_terminal():
        listed = ", ".join(f"{tag} {autonym(tag)}" for tag in known)
        click.echo(f"Which language do you write in? {listed}")
        given = click.prompt("Language", default="en", type=click.Choice(known), show_choices=False)
    tag = (given or "en").strip().lower()
    if tag not in known:
        from stopjihad.text.nearest import nearest

        hint = f"{nearest(tag, known)}; for any other: begin with one of these and --blank"
        raise click.UsageError(f"there is no starter in '{tag}'; {hint}")
    return tag
