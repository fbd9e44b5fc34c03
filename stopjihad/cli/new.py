"""``stopjihad new``: a commented file, ready to fill in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.model.campaign import Campaign

_FOLDERS = {"point": "points", "page": "pages", "alert": "alerts"}
_COPIES = ("template", "theme")
_ENDINGS = {"alert": "yaml"}


@click.command("new")
@click.argument("kind", type=click.Choice([*_FOLDERS, *_COPIES]))
@click.argument("name", metavar="[ID|FILE|TAG]", default="")
@common.campaign_option
@click.pass_context
def command(ctx: click.Context, kind: str, name: str, campaign: str | None) -> None:
    r"""Write a commented file, ready to fill in; or a copy of a built-in one, to be changed.

    For a point, page or alert, ID becomes the file's name and part of its address: small letters,
    digits and hyphens. Name the truth in it, not the claim: addresses are read too.

    'new template FILE' copies a built-in template, style sheet, card layout or drawing into the
    workspace, where it stands before the built-in one; without FILE it lists them. 'new theme TAG'
    makes the file for the words of pages in a language: what you leave empty stays as it is.

    \b
    Example:
      stopjihad new point most-victims-were-muslims
      stopjihad new template site/help.html
      stopjihad new theme it
    """
    root = common.workspace_of(ctx)
    if kind == "template":
        _copy(root, name)
    elif kind == "theme":
        _theme(root, name)
    else:
        _begin(root, kind, name, campaign)


def _begin(root: Path, kind: str, name: str, campaign: str | None) -> None:
    """Write a new talking point, page or alert."""
    from stopjihad.load.workspace import button_words, new_file
    from stopjihad.text.ids import id_fault, proposed_id

    slug = common.campaign_of(root, campaign)
    if not name:
        raise click.UsageError(f"name the {kind}: stopjihad new {kind} the-name-of-a-fact")
    fault = id_fault(name)
    if fault:
        better = proposed_id(name)
        hint = f", perhaps {better}" if better not in {"", name} else ""
        raise click.UsageError(f"'{name}' cannot be an id: {fault}{hint}")
    ending = _ENDINGS.get(kind, "md")
    path = f"campaigns/{slug}/{_FOLDERS[kind]}/{name}.{ending}"
    known = _campaign(root, slug)
    label = button_words(known.source_language if known else "en")
    text = new_file(root, f"{kind}.{ending}", **_moments(known), label=label)
    _write(root, path, text.encode(), "choose another id")
    click.echo(f"{root / path}\nFill it in, then: stopjihad check")


def _write(root: Path, path: str, data: bytes, otherwise: str) -> None:
    """Write a file that is not there yet; ``otherwise`` says what to do if it is."""
    from stopjihad.disk import save
    from stopjihad.problem import ProblemsFound

    try:
        save.write(root, path, data, save.ABSENT)
    except save.ChangedFile:
        raise click.UsageError(f"{root / path} exists; {otherwise}") from None
    except ProblemsFound as found:
        console.fail(found.problems, "text", root)


def _copy(root: Path, name: str) -> None:
    """Copy a built-in file, or list those that there are."""
    from stopjihad.load.copies import copied_file, copied_names
    from stopjihad.load.workspace import shared_root
    from stopjihad.text.nearest import close_name

    known = copied_names()
    if not name:
        click.echo("\n".join(known))
        return
    path = next((one for one in (name, f"templates/{name}", f"assets/{name}") if one in known), "")
    if not path:
        short = {one.partition("/")[2]: one for one in known}
        close = close_name(name, short) or close_name(name, known)
        hint = f"did you mean '{close}'?" if close else "'stopjihad new template' lists them"
        raise click.UsageError(f"there is no built-in file '{name}'; {hint}")
    if root.resolve() == shared_root():
        raise click.UsageError("here are the built-in files themselves: change them in a workspace")
    _write(root, path, copied_file(path), "change it, or delete it first")
    click.echo(f"{root / path}\nIt stands before the built-in file. See: stopjihad preview")


def _theme(root: Path, tag: str) -> None:
    """Make the files in which a workspace says the words of pages in a language."""
    from stopjihad.catalog.languages import is_known, standard_tag, tag_hint
    from stopjihad.load.copies import theme_files
    from stopjihad.load.workspace import shared_root

    if not tag:
        raise click.UsageError("name the language by its tag: stopjihad new theme it")
    if not is_known(tag) or standard_tag(tag) != tag:
        hint = f"write '{standard_tag(tag)}'" if standard_tag(tag) != tag else tag_hint(tag)
        raise click.UsageError(f"no language has the tag '{tag}'; {hint}")
    if root.resolve() == shared_root():
        raise click.UsageError("here are the built-in files themselves: change them in a workspace")
    for path, text in theme_files(tag).items():
        _write(root, path, text.encode(), "write in it")
        click.echo(root / path)
    click.echo("What you write there is shown; what you leave empty stays as it is.")


def _campaign(root: Path, slug: str) -> Campaign | None:
    """Give what ``campaign.yaml`` says; None while it has problems, which ``check`` tells."""
    from stopjihad.load.documents import SourceFile, read_source, yaml_document
    from stopjihad.model.campaign import Campaign

    file = read_source(root, f"campaigns/{slug}/campaign.yaml")
    if not isinstance(file, SourceFile):
        return None
    document, _ = yaml_document(file, Campaign, {"id": slug})
    return document.record if document else None


def _moments(campaign: Campaign | None) -> dict[str, str]:
    """Give the day and the moments that a new file begins with, on the clock of the campaign.

    Whoever fills in an alert types the time that the clock on the wall shows.
    """
    from stopjihad.catalog.timezones import time_zone

    now = common.now()
    if campaign:
        now = now.astimezone(time_zone(campaign.schedule.timezone))
    return {
        "today": common.today().isoformat(),
        "now": now.isoformat(),
        "soon": (now + dt.timedelta(hours=1)).isoformat(),
        "end": (now + dt.timedelta(hours=6)).isoformat(),
    }
