"""``stopjihad build``: site, cards and drafts, published in one swap."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from stopjihad.build.driver import BuiltCampaign
    from stopjihad.build.report import BuildReport
    from stopjihad.build.request import Request
    from stopjihad.disk.store import StoreAddress
    from stopjihad.problem import Problem

PARTS = ("site", "cards", "posts", "report", "dossiers", "films")


@click.command("build")
@click.argument("campaign", nargs=-1)
@common.output_option
@click.option("--only", metavar="PARTS", help=f"Make only these: {','.join(PARTS)}.")
@common.language_option()
@click.option("--draft", is_flag=True, help="Build though sentences are unread; pages say so.")
@common.jobs_option
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
    made only with --only films.

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
    results = []
    with _machines(chosen["executor"], style, root) as machines:
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
        found = _found(root, slugs, asked)
        for slug in slugs:
            if slug in found:
                results.append((slug, found[slug].report, found[slug].seconds))
                continue
            began = time.monotonic()
            with console.ProgressBar(shown=style == "text" and not chosen["quiet"]) as bar:
                report = _built(root, slug, asked, bar, style)
            results.append((slug, report, time.monotonic() - began))
    if style == "text" and chosen["quiet"]:
        return
    _print(results, out, style)
    if style == "text":
        for _, report, _ in results:
            _warn(report.warnings)


def _found(root: Path, slugs: Sequence[str], asked: Request) -> dict[str, BuiltCampaign]:
    """Publish what a shared store has; nothing is asked for where there is none."""
    if asked.store is None:
        return {}
    from stopjihad.build.driver import find_all_built

    return find_all_built(root, slugs, asked)


def _built(
    root: Path, slug: str, asked: Request, bar: console.ProgressBar, style: str
) -> BuildReport:
    """Build one campaign, or say why not and end."""
    import msgspec

    from stopjihad.build.driver import build_campaign
    from stopjihad.disk.lock import Busy
    from stopjihad.model.options import UnknownLanguage
    from stopjihad.problem import ProblemsFound

    request = msgspec.structs.replace(asked, progress=bar.update)
    try:
        return build_campaign(root, slug, request)
    except ProblemsFound as found:
        bar.close()
        console.fail(found.problems, style, root)
    except UnknownLanguage as unknown:
        bar.close()
        raise click.UsageError(str(unknown)) from None
    except Busy:
        bar.close()
        click.secho(f"another build is writing {asked.out / slug}; try again later", err=True)
        raise SystemExit(console.BUSY) from None


def _parts(only: str | None) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in (only or "").split(",") if part.strip())
    for part in parts:
        if part not in PARTS:
            raise click.UsageError(f"--only knows {', '.join(PARTS)}, not '{part}'")
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
def _machines(url: str | None, style: str, root: Path) -> Iterator[Executor | None]:
    """Connect to the machines that do the work; nothing when it is done here."""
    if url is None:
        yield None
        return
    from stopjihad.build.work.machines import machines_at
    from stopjihad.problem import ProblemsFound

    with ExitStack() as stack:
        try:
            machines = stack.enter_context(machines_at(url))
        except ProblemsFound as found:
            console.fail(found.problems, style, root)
        yield machines


def _warn(warnings: tuple[Problem, ...]) -> None:
    """Say what needs somebody's eye: lost approvals each, other findings alike in one line."""
    for item in console.folded(warnings):
        others = f"  {item.more}; each: stopjihad check --all" if item.others else ""
        click.secho(f"{item.first}{others}", fg="yellow", err=True)


def _print(results: list[tuple[str, Any, float]], out: Path, style: str) -> None:
    from stopjihad.render.kinds import KINDS

    if style == "json":
        rows = [
            {"campaign": slug, "folder": str(out / slug), "seconds": seconds, "report": report}
            for slug, report, seconds in results
        ]
        console.print_json({"builds": rows})
        return
    for slug, report, seconds in results:
        click.secho(f"{slug}", bold=True, nl=False)
        if not report.made and not report.removed:
            click.echo(f"  nothing changed  ({seconds:.2f} s)")
            continue
        click.echo(f"  {out / slug}")
        click.echo(f"  {'':<8}{'made':>8}{'reused':>8}")
        for kind, row in KINDS.items():
            made, reused = report.kinds.get(kind, (0, 0))
            if row.label and (made or reused):
                click.echo(f"  {row.label:<8}{made:>8}{reused:>8}")
        for label in ("kept", "removed"):
            if getattr(report, label):
                click.echo(f"  {label:<8}{getattr(report, label):>8}")
        click.echo(f"  {seconds:.2f} s{_opened(out / slug)}")


def _opened(folder: Path) -> str:
    """Name the first page to look at, of those that are there."""
    pages = (folder / "site" / "index.html", folder / "report" / "index.html")
    return next((f"   open {page}" for page in pages if page.is_file()), "")
