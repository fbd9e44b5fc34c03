"""``stopjihad build``: site, cards and drafts, published in one swap."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console
from stopjihad.cli.fleet import Fleet, FleetBuild

if TYPE_CHECKING:
    from stopjihad.build.driver import BuiltCampaign
    from stopjihad.build.report import BuildReport
    from stopjihad.build.request import Request
    from stopjihad.build.work.machines import Machines
    from stopjihad.disk.store import StoreAddress
    from stopjihad.problem import Problem

MOST_HERE = 256
"""Workers that one computer may be asked for: more than that is a slip of the hand."""

PARTS = (
    "site",
    "cards",
    "posts",
    "report",
    "dossiers",
    "films",
    "originals",
    "kits",
    "paper",
)


@click.command("build")
@click.argument("campaign", nargs=-1)
@common.output_option
@click.option("--only", metavar="PARTS", multiple=True, help=f"Make only these: {','.join(PARTS)}.")
@common.language_option()
@click.option("--draft", is_flag=True, help="Build though sentences are unread; pages say so.")
@common.jobs_option
@click.option(
    "--machines",
    type=click.IntRange(1, MOST_HERE),
    metavar="N",
    help="Run the work on N workers that are started here for it.",
)
@click.option(
    "--executor", metavar="URL", help="Run the work on other machines: tls://scheduler:8786."
)
@click.option(
    "--store", metavar="PLACE", help="Keep all that is made where other machines find it."
)
@common.quiet_option()
@common.format_option()
@click.pass_context
def command(ctx: click.Context, /, campaign: tuple[str, ...], **chosen: Any) -> None:
    r"""Build campaigns into dist/<campaign>/: site/, posts/, report/, dossiers/, manifest.json.

    The old site stays whole until the new one is: a build that fails changes nothing. With --only
    or --language, all that is not asked for stays as it was published. Films take minutes and are
    made only with --only films; paper is made with --only paper first, then by each build.

    \b
    Example:
      stopjihad build
      stopjihad build stop-jihadism --only site,cards --language ar
    """
    from stopjihad.build.request import Request
    from stopjihad.disk.program import code_digest
    from stopjihad.model.options import Options

    root = common.workspace_of(ctx).resolve()
    out = (chosen["output"] or root / "dist").absolute()
    options = Options(
        only=_parts(chosen["only"]), languages=chosen["languages"], draft=chosen["draft"]
    )
    style = chosen["style"]
    slugs = common.campaigns_of(root, campaign)
    store = _store(chosen["store"], style, root)
    if chosen["machines"] and chosen["executor"]:
        raise click.UsageError("--machines and --executor are two ways of the same: give one")
    fleet = Fleet(slugs, out)
    with _machines(chosen["machines"], chosen["executor"], style, root) as machines:
        asked = Request(
            out=out,
            today=common.today(),
            now=common.now(),
            code=code_digest(),
            options=options,
            jobs=chosen["jobs"],
            executor=machines,
            store=store,
        )
        _build_all(root, fleet, asked, style, quiet=chosen["quiet"])
    for problem in machines.faults() if machines else ():
        click.secho(str(problem), fg="yellow", err=True)
    if style == "text" and chosen["quiet"]:
        return
    _print(fleet, style)
    if style == "text":
        for one in fleet.built:
            _warn(one.report.warnings)


def _build_all(root: Path, fleet: Fleet, asked: Request, style: str, *, quiet: bool) -> None:
    """Build one campaign after the other; the first that fails ends it."""
    found = _publish_stored(root, fleet.slugs, asked)
    fleet.built += [FleetBuild(*found[slug]) for slug in fleet.slugs if slug in found]
    for slug in fleet.slugs:
        if slug in found:
            continue
        began = time.monotonic()
        fleet.failed = slug
        with console.ProgressBar(shown=style == "text" and not quiet, name=slug) as bar:
            report = _build_next(root, fleet, asked, bar, style)
        fleet.failed = ""
        fleet.built.append(FleetBuild(slug, report, time.monotonic() - began))


def _publish_stored(root: Path, slugs: Sequence[str], asked: Request) -> dict[str, BuiltCampaign]:
    """Publish what a shared store has; nothing is asked for where there is none."""
    if asked.store is None:
        return {}
    from stopjihad.build.driver import find_all_built

    return find_all_built(root, slugs, asked)


def _build_next(
    root: Path, fleet: Fleet, asked: Request, bar: console.ProgressBar, style: str
) -> BuildReport:
    """Build the campaign that is next, or say why not, and what stands, and end."""
    import msgspec

    from stopjihad.build.driver import build_campaign
    from stopjihad.disk.lock import Busy
    from stopjihad.model.options import UnknownLanguage
    from stopjihad.problem import ProblemsFound

    request = msgspec.structs.replace(asked, progress=bar.update)
    try:
        return build_campaign(root, fleet.failed, request)
    except ProblemsFound as found:
        bar.close()
        fleet.end_early(found.problems, style, root)
    except UnknownLanguage as unknown:
        bar.close()
        fleet.print_states()
        raise click.UsageError(str(unknown)) from None
    except Busy:
        bar.close()
        fleet.print_states()
        place = asked.out / fleet.failed
        click.secho(f"another build is writing {place}; try again later", err=True)
        raise SystemExit(console.BUSY) from None
    except KeyboardInterrupt:
        bar.close()
        fleet.print_states()
        raise


def _parts(only: Sequence[str]) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in ",".join(only).split(",") if part.strip())
    if "kits" in parts and "cards" not in parts:
        raise click.UsageError("kits hold cards and drafts: --only cards,posts,originals,kits")
    if set(parts) <= set(PARTS):
        return parts
    from stopjihad.load.announced import announced_names
    from stopjihad.model.output import OUTPUTS

    known = (*PARTS, *announced_names(OUTPUTS))
    for part in parts:
        if part not in known:
            raise click.UsageError(f"--only knows {', '.join(known)}, not '{part}'")
    return parts


def _store(place: str | None, style: str, root: Path) -> StoreAddress | None:
    """Find the shared store; nothing when none is named."""
    if place is None:
        return None
    from stopjihad.disk.store import open_shared, store_address
    from stopjihad.problem import ProblemsFound

    try:
        address = store_address(place)
        open_shared(address).require()
    except ProblemsFound as found:
        console.fail(found.problems, style, root)
    return address


@contextmanager
def _machines(
    count: int | None, url: str | None, style: str, root: Path
) -> Iterator[Machines | None]:
    """Give the machines that do the work; nothing when it is done in this program."""
    if url is None and not count:
        yield None
        return
    from stopjihad.build.work.machines import machines_at, machines_here
    from stopjihad.problem import ProblemsFound

    with ExitStack() as stack:
        try:
            machines = stack.enter_context(machines_at(url) if url else machines_here(count or 1))
        except ProblemsFound as found:
            console.fail(found.problems, style, root)
        yield machines


def _warn(warnings: tuple[Problem, ...]) -> None:
    """Say what needs somebody's eye: lost approvals each, other findings alike in one line."""
    for item in console.fold_problems(warnings):
        others = f"  {item.more}; each: stopjihad check --all" if item.others else ""
        click.secho(f"{item.first}{others}", fg="yellow", err=True)


def _print(fleet: Fleet, style: str) -> None:
    from stopjihad.render.kinds import describe_kind, order_of_kind

    if style == "json":
        console.print_json({"builds": fleet.rows()})
        return
    out = fleet.out
    for slug, report, seconds in fleet.in_order():
        click.secho(f"{slug}", bold=True, nl=False)
        if not report.made and not report.removed:
            click.echo(f"  nothing changed  ({seconds:.2f} s)")
            continue
        click.echo(f"  {out / slug}")
        click.echo(f"  {'':<8}{'made':>8}{'reused':>8}")
        for kind in sorted(report.kinds, key=order_of_kind):
            made, reused = report.kinds[kind]
            label = describe_kind(kind).label
            if label:
                click.echo(f"  {label:<8}{made:>8}{reused:>8}")
        for label in ("kept", "removed"):
            if getattr(report, label):
                click.echo(f"  {label:<8}{getattr(report, label):>8}")
        click.echo(f"  {seconds:.2f} s{_first_page(out / slug)}")
    if len(fleet.slugs) > 1:
        for line in fleet.lines():
            click.echo(line)


def _first_page(folder: Path) -> str:
    """Name the first page to look at, of those that are there."""
    pages = (folder / "site" / "index.html", folder / "report" / "index.html")
    return next((f"   open {page}" for page in pages if page.is_file()), "")
