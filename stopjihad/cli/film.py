"""``stopjihad film``: a short film of one talking point, with what belongs to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from stopjihad.cli import common, console

FORMATS = ("story", "square", "wide")


@click.command("film")
@click.argument("point")
@common.campaign_option
@common.language_option()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="story",
    show_default=True,
    help="Upright, square or wide.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write the film [default: POINT-LANGUAGE-FORMAT.mp4 here].",
)
@common.quiet_option()
@click.pass_context
def command(ctx: click.Context, /, point: str, **chosen: Any) -> None:
    r"""Make a film of 8 to 30 seconds of a talking point, with captions, transcript and poster.

    Beside FILE.mp4 stand FILE.png (the poster), FILE.srt, FILE.vtt, FILE.txt, and FILE.opus where
    the campaign has a recorded voice. It needs the extra 'film': pip install 'stopjihad[film]'.

    \b
    Example:
      stopjihad film leaving-is-possible --language ar --format story -o film.mp4
    """
    from stopjihad.build.film import FilmChoice, make_film
    from stopjihad.model.options import UnknownLanguage
    from stopjihad.problem import ProblemsFound

    root = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, chosen["campaign"])
    if len(chosen["languages"]) > 1:
        raise click.UsageError("one film has one language; for several: build --only films")
    lang = next(iter(chosen["languages"]), "")
    choice = FilmChoice(point=point, language=lang, format=chosen["form"])
    given = chosen["output"]
    if given is not None and given.suffix != ".mp4":
        raise click.UsageError(f"{given}: a film is an MP4 file; end the name with .mp4")
    with console.ProgressBar(shown=not chosen["quiet"]) as bar:
        try:
            made = make_film(root, slug, choice, common.today(), bar.update)
        except ProblemsFound as found:
            bar.close()
            console.fail(found.problems, "text", root)
        except UnknownLanguage as unknown:
            bar.close()
            raise click.UsageError(str(unknown)) from None
    path = given or Path("-".join(filter(None, (point, lang, chosen["form"]))) + ".mp4")
    for name, data in made.items():
        common.write_file(path.with_suffix(Path(name).suffix), data)
    if not chosen["quiet"]:
        click.echo(path)
