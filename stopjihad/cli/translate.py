"""``stopjihad translate``: keep PO files in step with their source; exchange with translators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.model.project import Project
    from stopjihad.translate.po_files import FileUpdate
    from stopjihad.translate.round_trip import Import
    from stopjihad.translate.status import SegmentState, StatusRow


ALONE = "the campaign has one language: add others to 'languages' in campaign.yaml"


@click.group("translate")
def command() -> None:
    r"""Keep translations in step with their source, and exchange them with translators.

    \b
    Example:
      stopjihad translate update
      stopjihad translate status
      stopjihad translate export xlsx --language ur
      stopjihad translate import sheet.xlsx
    """


@command.command("update")
@click.argument("campaign", nargs=-1)
@common.language_option("-l")
@common.format_option()
@click.pass_context
def update(
    ctx: click.Context, campaign: tuple[str, ...], languages: tuple[str, ...], style: str
) -> None:
    r"""Bring locale/*.po in step with the talking points and pages.

    Changed texts keep their old translation, marked fuzzy, with the old source beside it. Nothing
    is guessed from other texts. Files in which nothing changed are not touched.

    \b
    Example:
      stopjihad translate update --language ar
    """
    from stopjihad.problem import ProblemsFound
    from stopjihad.translate.po_files import update_files

    root = common.workspace_of(ctx)
    done: list[FileUpdate] = []
    for slug in common.campaigns_of(root, campaign):
        project = common.project_of(root, slug, style)
        _require_known(project, languages)
        try:
            done += update_files(root, project, languages)
        except ProblemsFound as found:
            console.fail(found.problems, style, root)
    if style == "json":
        console.print_json({"files": done})
        return
    for file in done:
        click.echo(f"{file.path}: {news(file)}")


@command.command("status")
@click.argument("campaign", nargs=-1)
@common.language_option("-l")
@click.option("--texts", is_flag=True, help="List every text that blocks publishing.")
@common.format_option()
@click.pass_context
def status(
    ctx: click.Context,
    campaign: tuple[str, ...],
    languages: tuple[str, ...],
    texts: bool,  # noqa: FBT001  click passes flags so
    style: str,
) -> None:
    r"""Say what is translated, stale, unreviewed, approved; what blocks publishing comes first.

    \b
    Example:
      stopjihad translate status --language ar --texts
    """
    from stopjihad.translate.status import rows, summary

    root = common.workspace_of(ctx)
    result = []
    for slug in common.campaigns_of(root, campaign):
        project = common.project_of(root, slug, style)
        _require_known(project, languages)
        found = rows(project, languages)
        blocking = _blocking_texts(project, languages) if texts else []
        result.append((slug, summary(found), found, blocking))
    if style == "json":
        names = ("campaign", "languages", "rows", "texts")
        console.print_json({"status": [dict(zip(names, item, strict=True)) for item in result]})
        return
    for slug, totals, found, blocking in result:
        click.secho(slug, bold=True)
        print_table((*totals, *(row for row in found if row.blocking)))
        for item in blocking:
            place = f"{item.path}:{item.line}: " if item.line else ""
            words = item.segment.source.replace("\n", " ")
            click.echo(f"{place}{item.state} {item.segment.context}: {words[:70]}")


@command.command("export")
@click.argument("kind", metavar="FORMAT", type=click.Choice(["xliff", "xlsx", "html", "tmx"]))
@common.language_option("-l")
@common.campaign_option
@click.option(
    "--output", "-o", metavar="DIR", default=".", show_default=True, help="Where to write files."
)
@click.pass_context
def export(
    ctx: click.Context, kind: Any, languages: tuple[str, ...], campaign: str | None, output: str
) -> None:
    r"""Write texts for translators: xliff, xlsx, html (a review sheet), tmx (a memory).

    One file for each language; a TMX file holds all of them. Everything but TMX can come back.

    \b
    Example:
      stopjihad translate export xlsx --language ur -o for-translators
    """
    from stopjihad import disk
    from stopjihad.build.sheet_previews import make_previews
    from stopjihad.translate import round_trip
    from stopjihad.translate.notes import target_languages

    root = common.workspace_of(ctx)
    slug = common.campaign_of(root, campaign)
    project = common.project_of(root, slug, "text")
    _require_known(project, languages)
    tags = ("",) if kind == "tmx" else languages or target_languages(project)
    if not tags:
        raise click.UsageError(ALONE)
    for tag in tags:
        site = root / "dist" / slug / "site"
        previews = make_previews(project, tag, site) if kind == "html" else None
        data = round_trip.export(project, tag, kind, previews)
        name = f"{slug}-{tag}" if tag else slug
        path = Path(output) / f"{name}.{round_trip.ENDINGS[kind]}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            disk.put(str(path), data)
        except OSError as error:
            raise click.UsageError(f"{path} cannot be written: {error.strerror}") from None
        click.echo(str(path))


@command.command("import")
@click.argument("file", nargs=-1, required=True, metavar="FILE…")
@common.campaign_option
@common.format_option()
@click.pass_context
def import_(ctx: click.Context, file: tuple[str, ...], campaign: str | None, style: str) -> None:
    r"""Take work back: .po, .xlf, .xlsx, and the .json that a review sheet saves.

    Empty means "no change". Rows whose source has changed meanwhile are refused and listed; exits 1
    when there are any.

    \b
    Example:
      stopjihad translate import for-translators/stop-jihadism-ur.xlsx
    """
    from stopjihad.problem import ProblemsFound
    from stopjihad.translate.exchange import RefusedFile
    from stopjihad.translate.round_trip import import_file

    root = common.workspace_of(ctx)
    slug = common.campaign_of(root, campaign)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    done = []
    for name in file:
        try:
            data = _read(name)
            done.append(
                (name, import_file(root, common.project_of(root, slug, style), name, data, now))
            )
        except OSError as error:
            raise click.UsageError(f"{name} cannot be read: {error.strerror}") from None
        except RefusedFile as error:
            raise click.UsageError(f"{name}: {error}") from None
        except ProblemsFound as found:
            console.fail(found.problems, style, root)
    if style == "json":
        console.print_json({"files": [{"file": name, "result": result} for name, result in done]})
    else:
        for name, result in done:
            print_import(name, result)
    raise SystemExit(console.FOUND if any(result.refused for _, result in done) else console.OK)


def _read(name: str) -> bytes:
    """Read a file that comes back, if it is no larger than a file of a campaign may be."""
    from stopjihad.load.files import MAX_PO_BYTES

    if Path(name).stat().st_size > MAX_PO_BYTES:
        raise click.UsageError(f"{name}: the file has more than {MAX_PO_BYTES} bytes")
    return Path(name).read_bytes()


@command.command("pseudo")
@common.campaign_option
@click.pass_context
def pseudo(ctx: click.Context, campaign: str | None) -> None:
    r"""Write the pseudo-locales en-XA (accents, 40 % longer) and ar-XB (right to left).

    For people who work on the design: list them under 'languages', build, and look. Delete the
    files before you publish.

    \b
    Example:
      stopjihad translate pseudo
    """
    from stopjihad.problem import ProblemsFound
    from stopjihad.text.language.pseudo import TAGS
    from stopjihad.translate.round_trip import write_pseudo

    root = common.workspace_of(ctx)
    project = common.project_of(root, common.campaign_of(root, campaign), "text")
    try:
        written = [path for tag in TAGS for path in write_pseudo(root, project, tag)]
    except ProblemsFound as found:
        console.fail(found.problems, "text", root)
    for path in written:
        click.echo(path)
    missing = [tag for tag in TAGS if tag not in project.campaign.record.languages]
    if missing:
        click.echo(f"To build them add {', '.join(missing)} to 'languages' in campaign.yaml.")


def _blocking_texts(project: Project, languages: tuple[str, ...]) -> list[SegmentState]:
    from stopjihad.translate.notes import target_languages
    from stopjihad.translate.status import blocks, segment_states

    policy = project.campaign.record.publication.unreviewed
    return [
        item
        for language in languages or target_languages(project)
        for item in segment_states(project, language)
        if blocks(item, policy)
    ]


def _require_known(project: Project, languages: tuple[str, ...]) -> None:
    """Refuse languages that the campaign does not list, and the one it is written in."""
    from stopjihad.text.nearest import nearest
    from stopjihad.translate.notes import target_languages

    known = target_languages(project)
    for tag in languages:
        if tag not in known:
            hint = nearest(tag, known) if known else ALONE
            raise click.UsageError(f"'{tag}' is not translated into; {hint}")


def print_import(name: str, result: Import) -> None:
    """Print what became of a file that came back, and every row that was refused."""
    names = ("changed", "approved", "questions", "unchanged")
    counts = ", ".join(f"{getattr(result, key)} {key}" for key in names if getattr(result, key))
    click.echo(f"{name} ({result.language}): {counts or 'nothing in it'}")
    for row in result.refused:
        words = row.translation.replace("\n", " ")[:60]
        click.secho(f"  refused, {row.place}, {row.context}: {row.reason}: {words}", fg="yellow")


def news(file: FileUpdate) -> str:
    """Say in a few words what an update did to a file.

    Returns:
        For example ``3 new, 1 stale``.
    """
    if not file.written:
        return "nothing changed"
    counts = (file.new, file.stale, file.revived, file.obsolete)
    names = ("new", "stale", "back in use", "out of use")
    listed = [f"{count} {name}" for count, name in zip(counts, names, strict=True) if count]
    return ", ".join(listed) or "notes renewed"


def print_table(found: Sequence[StatusRow]) -> None:
    """Print rows of the status as a table.

    Args:
        found: the rows; those of whole languages have the key ``*``.
    """
    head = ("language", "what", "blocking", "untranslated", "stale", "unreviewed", "approved")
    lines = [
        (
            row.language,
            "all" if row.key == "*" else row.key,
            *(str(getattr(row, name)) for name in head[2:]),
        )
        for row in found
    ]
    widths = [max(len(line[place]) for line in (head, *lines)) for place in range(len(head))]
    for line in (head, *lines):
        cells = (
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        click.echo("  ".join(cells).rstrip())
