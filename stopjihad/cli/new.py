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
_ENDINGS = {"alert": "yaml"}


@click.command("new")
@click.argument("kind", type=click.Choice(list(_FOLDERS)))
@click.argument("name", metavar="ID")
@common.campaign_option
@click.pass_context
def command(ctx: click.Context, kind: str, name: str, campaign: str | None) -> None:
    r"""Write a commented file, ready to fill in.

    ID becomes the file's name and part of its address: small letters, digits and hyphens. Name the
    truth in it, not the claim: addresses are read too.

    \b
    Example:
      stopjihad new point most-victims-were-muslims
    """
    from stopjihad.disk import save
    from stopjihad.load.workspace import button_words, new_file
    from stopjihad.problem import ProblemsFound
    from stopjihad.text.ids import id_fault, proposed_id

    root = common.workspace_of(ctx)
    slug = common.campaign_of(root, campaign)
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
    try:
        save.write(root, path, text.encode(), save.ABSENT)
    except save.Changed:
        raise click.UsageError(f"{root / path} exists; choose another id") from None
    except ProblemsFound as found:
        console.fail(found.problems, "text", root)
    click.echo(f"{root / path}\nFill it in, then: stopjihad check")


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

    Whoever fills in a notice types the time that the clock on the wall shows.
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
