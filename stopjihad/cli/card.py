"""``stopjihad card``: one share image, or a contact sheet of all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.build.cards import CardChoice, CardStudio


@click.command("card")
@click.argument("subject", metavar="[POINT]", required=False)
@common.campaign_option
@common.language_option()
@click.option(
    "--format",
    "formats",
    metavar="NAME",
    multiple=True,
    help="og, wide, square, portrait or story.",
)
@click.option("--design", default="fact", show_default=True, help="A file of templates/cards.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write the picture [default: POINT-LANGUAGE-FORMAT.png here].",
)
@click.option("--debug", is_flag=True, help="Draw boxes, baselines and safe areas on it.")
@click.option(
    "--sheet",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write all cards and a contact sheet into this new folder instead.",
)
@click.option(
    "--slides",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write the slides of POINT, and their words, into this new folder instead.",
)
@click.pass_context
def command(ctx: click.Context, /, subject: str | None, **chosen: Any) -> None:
    r"""Draw one card of a talking point (or of a helpline, with --design help).

    \b
    Example:
      stopjihad card leaving-is-possible --language ar --format story --design claim-and-fact
      stopjihad card letters-home --language ar --slides letters
      stopjihad card --sheet sheet --language en --language ar
    """
    from stopjihad.build.cards import CardChoice, CardStudio, write_slides
    from stopjihad.build.check.survey import as_draft, survey, with_fonts
    from stopjihad.model.options import Options
    from stopjihad.problem import ProblemsFound
    from stopjihad.view.slides import FORMAT

    root = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, chosen["campaign"])
    if chosen["slides"] and (subject is None or chosen["output"] or chosen["debug"]):
        raise click.UsageError("--slides wants a talking point, and goes without -o and --debug")
    if (subject is None) == (chosen["sheet"] is None):
        raise click.UsageError("name a talking point, or give --sheet DIR")
    found = with_fonts(as_draft(survey(root, slug, common.today())), root, Options())
    languages, formats = chosen["languages"], chosen["formats"]
    if subject and (len(languages) > 1 or len(formats) > 1):
        raise click.UsageError("one card has one language and one format; for several: --sheet DIR")
    try:
        studio = CardStudio(found, root)
        if subject is None:
            made = _sheet(studio, _new_folder(chosen["sheet"]), languages, formats)
            console.print_problems(studio.problems, "text", root)
            click.echo("\n".join(map(str, made)))
            wrong = any(problem.severity == "error" for problem in studio.problems)
            raise SystemExit(console.FOUND if wrong else console.OK)
        choice = CardChoice(
            subject=subject,
            language=languages[0] if languages else studio.campaign.source_language,
            format=formats[0] if formats else (FORMAT if chosen["slides"] else "og"),
            design=chosen["design"],
            debug=chosen["debug"],
        )
        if chosen["slides"]:
            jobs = studio.slides(choice)
            click.echo("\n".join(map(str, write_slides(_new_folder(chosen["slides"]), jobs))))
            return
        picture_bytes = studio.picture(choice)
    except ProblemsFound as problems:
        console.fail(problems.problems, "text", root)
    path = _path(chosen["output"], choice, "png" if picture_bytes.startswith(_PNG) else "jpg")
    common.write_file(path, picture_bytes)
    click.echo(path)


def _sheet(
    studio: CardStudio, folder: Path, languages: tuple[str, ...], formats: tuple[str, ...]
) -> list[Path]:
    """Write a contact sheet, and the grid of each language as a profile shows it."""
    from stopjihad.build.cards import write_grid, write_sheet

    tiles = list(studio.tiles(languages, formats))
    made = list(write_sheet(folder, studio.campaign.title, tiles))
    tags = languages or studio.campaign.languages
    return made + [write_grid(folder, tag, studio.grid(tag)) for tag in tags]


_PNG = b"\x89PNG"

_ENDINGS = {"png": (".png",), "jpg": (".jpg", ".jpeg")}


def _path(given: Path | None, choice: CardChoice, ending: str) -> Path:
    """Name the file of a card; refuse a name that says another format than the picture has."""
    path = given or Path(f"{choice.subject}-{choice.language}-{choice.format}.{ending}")
    if path.suffix.lower() not in _ENDINGS[ending]:
        raise click.UsageError(
            f"{path}: this card is a {ending.upper()} picture; end the name with .{ending}"
        )
    return path


def _new_folder(folder: Path) -> Path:
    common.require_empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
