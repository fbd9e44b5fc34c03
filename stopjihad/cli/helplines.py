"""``stopjihad helplines``: which line stands where: by language, market and kind of output."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.build.check.survey import Surveyed
    from stopjihad.catalog.post_template import PostTemplate
    from stopjihad.view.helplines import Stated
    from stopjihad.view.records import Frame


@click.command("helplines")
@click.argument("campaign", nargs=-1)
@common.format_option()
@click.pass_context
def command(ctx: click.Context, campaign: tuple[str, ...], style: str) -> None:
    r"""Print which helpline stands where: by language, market and kind of what is made.

    campaign.yaml chooses them (helplines:). Where no line stands, the help page's address does.

    \b
    Example:
      stopjihad helplines
      stopjihad helplines --format json
    """
    from stopjihad.build.check.survey import survey

    root = common.workspace_of(ctx).resolve()
    rows = {}
    for slug in common.campaigns_of(root, campaign):
        found = survey(root, slug, common.today())
        if found.project is None:
            console.fail(found.errors, style, root)
        rows[slug] = placements(found)
    if style == "json":
        console.print_json({"campaigns": rows})
        return
    for slug, listed in rows.items():
        click.secho(slug, bold=True)
        _print_table(listed)


def _print_table(rows: tuple[Placement, ...]) -> None:
    """Print the rows; kinds of one language that carry the same stand together."""
    grouped: dict[tuple[str, str, tuple[str, ...], str], list[str]] = {}
    for row in rows:
        key = (row.language, row.market or "–", row.texts, row.address)
        grouped.setdefault(key, []).append(row.kind)
    for (language, market, texts, address), kinds in grouped.items():
        click.echo(f"{language:<8}{market:<4}{', '.join(kinds)}")
        for text in texts or (address or "no number and no address",):
            click.echo(f"{'':<12}{text}")


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """Say what readers of one language meet on one kind of artefact.

    Attributes:
        language: BCP 47 tag.
        market: country its readers are taken to live in (ISO 3166-1 alpha-2); empty when unsaid.
        kind: ``pages``, ``help page``, ``structured data``, ``cards``, ``help cards``, ``kit``,
            ``dossiers``, ``feeds``, or ``posts/<platform>``.
        lines: ids of the helplines that may stand there, best first.
        texts: the same as readers read them.
        address: what stands there when no line does; empty where neither ever stands.
    """

    language: str
    market: str
    kind: str
    lines: tuple[str, ...]
    texts: tuple[str, ...]
    address: str


def placements(found: Surveyed) -> tuple[Placement, ...]:
    """List what stands where.

    Args:
        found: a surveyed campaign; what is wrong with its texts does not matter here.

    Returns:
        For each language of the campaign, in its order, one row a kind.
    """
    from stopjihad.model.options import words_for
    from stopjihad.plan.editions import make_editions
    from stopjihad.view.designs import helpline_sets
    from stopjihad.view.helplines import stated
    from stopjihad.view.localization import make_frame

    if found.project is None:
        return ()
    project, shared = found.project, found.shared
    campaign = project.campaign.record
    rows: list[Placement] = []
    for edition in make_editions(project, campaign.languages):
        frame = make_frame(project, edition.resolver)
        said = stated(frame, words_for(edition.lang, shared.words))
        cards = {cards.folder for cards in helpline_sets(frame, campaign.cards, shared.designs)}
        posts = {
            name: _most(shared.post_templates[name])
            for name in campaign.platforms
            if name in shared.post_templates
        }
        rows += _rows(frame, said, len(cards), posts)
    return tuple(rows)


def _rows(
    frame: Frame, said: tuple[Stated, ...], cards: int, posts: dict[str, int]
) -> Iterator[Placement]:
    from stopjihad.render.page.site import BAND_LINES
    from stopjihad.view.helplines import help_address, speaks

    everywhere = len(said)
    most = max([1, *posts.values()])
    kinds = {
        "pages": BAND_LINES,
        "help page": everywhere,
        "structured data": everywhere,
        "cards": 1,
        "help cards": cards,
        "kit": max(most, cards),
        "dossiers": most,
    }
    for kind, count in (kinds | {f"posts/{name}": count for name, count in posts.items()}).items():
        lines = said[:count]
        if kind == "structured data":
            lines = tuple(one for one in lines if speaks(one.line, frame.lang))
        yield Placement(
            language=frame.lang,
            market=frame.market,
            kind=kind,
            lines=tuple(one.line.id for one in lines),
            texts=tuple(one.text for one in lines),
            address="" if lines else help_address(frame),
        )
    yield Placement(
        language=frame.lang, market=frame.market, kind="feeds", lines=(), texts=(), address=""
    )


def _most(template: PostTemplate) -> int:
    """Give the most helplines that a draft of a platform has room for."""
    return max((part.most for part in template.parts if part.part == "helpline"), default=0)
