"""``stopjihad helplines``: which line stands where: by need, language and market."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from stopjihad.cli import common, console
from stopjihad.problem import UNSEEN

if TYPE_CHECKING:
    from stopjihad.build.check.survey import CheckedCampaign


@click.command("helplines")
@click.argument("campaign", nargs=-1)
@common.format_option()
@click.pass_context
def command(ctx: click.Context, campaign: tuple[str, ...], style: str) -> None:
    r"""Print which helpline stands where: by need, language and market.

    campaign.yaml chooses them (helplines:), each says what it is there for (for:), and calls to
    action, pages and audiences say what their readers need (need:). Where no line serves it, the
    help page's address stands.

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
    """Print the rows; needs of one language that have the same lines stand together."""
    grouped: dict[tuple[str, str, tuple[str, ...], str], list[str]] = {}
    for row in rows:
        key = (row.language, row.market or "–", row.texts, row.address)
        asked = f" (asked for: {len(row.wanted)})" if row.wanted and not row.lines else ""
        grouped.setdefault(key, []).append(f"{row.need}{asked}")
    for (language, market, texts, address), needs in grouped.items():
        click.echo(f"{language:<8}{market:<4}{', '.join(needs)}")
        for text in texts or (address,):
            click.echo(f"{'':<12}{UNSEEN.sub(' ', text)}")


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """Say what readers of one language meet beside what asks for one need.

    Attributes:
        language: BCP 47 tag.
        market: country its readers are taken to live in (ISO 3166-1 alpha-2); empty when unsaid.
        need: as in ``need:``; ``grief`` is also meant where nothing is said.
        lines: ids of the helplines that may stand there, best first: cards show the first, pages
            the first two, long posts more.
        texts: the same as readers read them.
        nights: what is said of each when it is closed; empty where nothing is.
        address: what stands there when no line does.
        wanted: talking points, pages and audiences that ask for it.
    """

    language: str
    market: str
    need: str
    lines: tuple[str, ...]
    texts: tuple[str, ...]
    nights: tuple[str, ...]
    address: str
    wanted: tuple[str, ...]


def placements(found: CheckedCampaign) -> tuple[Placement, ...]:
    """List what stands where.

    Args:
        found: a surveyed campaign; what is wrong with its texts does not matter here.

    Returns:
        For each language of the campaign, in its order, one row a need.
    """
    from typing import get_args

    from stopjihad.model.options import words_for
    from stopjihad.model.point import Need
    from stopjihad.plan.editions import make_editions
    from stopjihad.view.helplines import help_address, state_helplines, wanted_needs
    from stopjihad.view.localization import make_frame

    if found.project is None:
        return ()
    project, shared = found.project, found.shared
    wanted = wanted_needs(project)
    rows: list[Placement] = []
    for edition in make_editions(project, project.campaign.record.languages):
        frame = make_frame(project, edition.resolver)
        words = words_for(edition.lang, shared.words)
        for need in get_args(Need):
            said = state_helplines(frame, words, need)
            rows.append(
                Placement(
                    language=frame.lang,
                    market=frame.market,
                    need=need,
                    lines=tuple(one.line.id for one in said),
                    texts=tuple(one.timed for one in said),
                    nights=tuple(one.line.night.value if one.line.night else "" for one in said),
                    address="" if said else help_address(frame),
                    wanted=wanted.get(need, ()),
                )
            )
    return tuple(rows)
