"""``stopjihad export``: drafts for schedulers, calendars and managers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.build.tree.published import OwnBuild
    from stopjihad.model.project import Project
    from stopjihad.model.queued import QueuedPost
    from stopjihad.render.post.export.formats import Export, ExportJob
    from stopjihad.render.post.files import DraftEntry

FORMATS = (
    "buffer",
    "publer",
    "metricool",
    "hootsuite",
    "sprout",
    "socialbee",
    "ayrshare",
    "postiz",
    "ics",
    "xlsx",
    "csv",
    "json",
)


class _FormatName(click.Choice[str]):
    """Know the formats of installed packages, too: they are looked for when one is named."""

    def __init__(self) -> None:
        super().__init__(FORMATS)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value not in FORMATS:
            from stopjihad.load.announced import found_exporters

            if value in found_exporters():
                return value
        return super().convert(value, param, ctx)


@click.command("export")
@click.argument("name", metavar="FORMAT", type=_FormatName())
@click.argument("campaign", nargs=-1)
@common.dist_option
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for the files [default: dist/<campaign>/exports/FORMAT].",
)
@common.language_option()
@click.option("--platform", "names", metavar="NAME", multiple=True, help="Only this platform.")
@click.option(
    "--account",
    "accounts",
    metavar="PLATFORM=ID",
    multiple=True,
    help="Your scheduler's own id of an account (postiz); PLATFORM/TAG=ID for one language.",
)
@common.format_option()
@click.pass_context
def command(ctx: click.Context, /, name: str, campaign: tuple[str, ...], **chosen: Any) -> None:
    r"""Write the drafts of the last build for FORMAT: drafts to import, nothing is sent.

    Schedulers get only drafts whose translation the campaign's policy accepts; xlsx, csv, json and
    ics are made for reading and hold all of them.

    \b
    Example:
      stopjihad export publer
      stopjihad export xlsx --language ar -o for-the-minister
      stopjihad export postiz --account x=cm4ean69r0003w8w1cdomox9n
    """
    from stopjihad.build.tree.inventory import EXPORTS
    from stopjihad.load.announced import found_exporters
    from stopjihad.problem import ProblemsFound
    from stopjihad.render.post.export.formats import export
    from stopjihad.render.post.export.queue import queued_lines
    from stopjihad.review.ledger import append_exports

    root = common.workspace_of(ctx).resolve()
    dist = (chosen["dist"] or root / "dist").absolute()
    style = chosen["style"]
    report: list[dict[str, Any]] = []
    jobs: dict[str, ExportJob] = {}
    exported: dict[str, tuple[QueuedPost, ...]] = {}
    for slug in common.campaigns_of(root, campaign):
        try:
            jobs[slug], project = export_job(root, dist / slug, slug, chosen)
            exported[slug] = project.exports
        except ProblemsFound as found:
            console.fail(found.problems, style, root)
    for slug, job in jobs.items():
        folder = (chosen["output"] or dist / slug / EXPORTS / name).absolute()
        try:
            made = export(name, job, found_exporters())
            with _hold_output(root, dist / slug):
                _write(folder, dist / slug, made, whole=chosen["output"] is None)
            lines = queued_lines(name, made, exported[slug], common.now())
            append_exports(root, slug, lines)
        except ProblemsFound as found:
            console.fail(found.problems, style, root)
        report.append({"campaign": slug, "folder": str(folder), "made": made})
    _print(report, style)


def export_job(
    root: Path, built: Path, slug: str, chosen: dict[str, Any]
) -> tuple[ExportJob, Project]:
    """Give what an export of a campaign is made from, and the campaign.

    Raises:
        ProblemsFound: the campaign cannot be read, or its drafts are not of this user's own build.
    """
    from stopjihad import disk
    from stopjihad.build.check.survey import survey
    from stopjihad.build.standing_drafts import standing_drafts
    from stopjihad.build.tree.manifest import load
    from stopjihad.build.tree.place import OURS, Target
    from stopjihad.build.tree.published import own_build
    from stopjihad.model.posting import posted_days
    from stopjihad.plan.calendar import windows_of
    from stopjihad.problem import ProblemsFound
    from stopjihad.render.post.export.formats import ExportJob

    found = survey(root, slug, common.today(), thorough=False)
    if found.project is None:
        raise ProblemsFound(found.errors)
    campaign = found.project.campaign.record
    manifest = load(str(built / OURS))
    built_from = manifest.inputs if manifest else {}
    own = own_build(Target(out=built, state=root / disk.PRIVATE))
    _check_known("language", slug, chosen["languages"], campaign.languages)
    _check_known("platform", slug, chosen["names"], campaign.platforms)
    job = ExportJob(
        campaign=slug,
        title=campaign.title,
        entries=_entries(own, slug, chosen),
        policy=campaign.publication.unreviewed,
        timezone=campaign.schedule.timezone,
        updated=campaign.updated,
        picture=own.read,
        accounts=_accounts(chosen["accounts"]),
        films=_films(own, campaign.base_url.rstrip("/")),
        posted=posted_days(found.project.postings),
        standing=standing_drafts(found.project, common.now(), built_from),
        windows=windows_of(document.record for document in found.project.points),
    )
    return job, found.project


def _films(own: OwnBuild, base_url: str) -> dict[str, str]:
    """Give the public address of each film and poster that this user's own build made."""
    return {
        path.removeprefix("site/"): f"{base_url}/{path.removeprefix('site/')}"
        for path in own.digests
        if path.startswith("site/films/") and path.endswith((".mp4", ".png"))
    }


def _check_known(what: str, slug: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
    """Refuse what the campaign has not: the files that stand there would be emptied."""
    from stopjihad.text.nearest import nearest

    for name in given:
        if name not in known:
            hint = nearest(name, known)
            raise click.UsageError(f"'{name}' is not a {what} of {slug}; {hint}")


def _entries(own: OwnBuild, slug: str, chosen: dict[str, Any]) -> tuple[DraftEntry, ...]:
    import msgspec

    from stopjihad.problem import Problem, ProblemsFound
    from stopjihad.render.post.files import DraftEntry

    path = "posts/posts.json"
    data = own.read(path)
    try:
        if data is None:
            raise FileNotFoundError("there is no such file")
        entries = msgspec.json.decode(data, type=tuple[DraftEntry, ...])
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        problem = Problem(
            path=str(own.folder / path),
            code="export-not-built",
            message=f"the drafts of {slug} cannot be read: {error}",
            hint=f"make them first: stopjihad build {slug}",
        )
        raise ProblemsFound((problem,)) from None
    return tuple(
        entry
        for entry in entries
        if (not chosen["languages"] or entry.language in chosen["languages"])
        and (not chosen["names"] or entry.platform in chosen["names"])
    )


_MEND = {"nobody has approved the text": " (sign it: stopjihad review approve)"}
"""What to do about a reason that does not say so itself."""


def _accounts(given: tuple[str, ...]) -> dict[str, str]:
    accounts = {}
    for item in given:
        name, equals, number = item.partition("=")
        if not (name and equals and number):
            raise click.UsageError(f"--account wants PLATFORM=ID, not '{item}'")
        accounts[name] = number
    return accounts


@contextmanager
def _hold_output(root: Path, out: Path) -> Iterator[None]:
    """Keep builds of this output away while files are put into it; exit 75 when one is running.

    Raises ProblemsFound when a link leads elsewhere, or the disk refuses.
    """
    from stopjihad import disk
    from stopjihad.build.tree.place import Target, output_problems
    from stopjihad.disk.lock import Busy, sole_writer
    from stopjihad.problem import ProblemsFound

    target = Target(out=out, state=root / disk.PRIVATE)
    try:
        problems = output_problems(out, root, (), ours=True)
        if problems:
            raise ProblemsFound(tuple(problems))
        with sole_writer(Path(target.work) / "lock"):
            yield
    except OSError as error:
        shown = disk.shown_path(str(error.filename or out), root)
        raise ProblemsFound((disk.explain(error, shown),)) from error
    except Busy:
        click.secho(f"a build is writing {out}; try again later", err=True)
        raise SystemExit(console.BUSY) from None


def _write(folder: Path, out: Path, made: Export, *, whole: bool) -> None:
    """Put the files in place; when the folder is ours, older ones do not stay beside them."""
    from stopjihad import disk

    if whole:
        with disk.hold(str(out)) as tree, tree.into(folder.parent.name, disk.PUBLIC_MODE) as above:
            disk.put_folder(above, folder.name, made.files, whole=True)
        return
    folder = folder.resolve()  # a link that the user names is meant
    folder.parent.mkdir(parents=True, exist_ok=True)
    with disk.open_root(str(folder.parent)) as above:
        disk.put_folder(above, folder.name, made.files, whole=False)


def _print(report: list[dict[str, Any]], style: str) -> None:
    if style == "json":
        listed = [
            {
                "campaign": item["campaign"],
                "folder": item["folder"],
                "files": {name: len(data) for name, data in item["made"].files.items()},
                "left_out": item["made"].left_out,
            }
            for item in report
        ]
        console.print_json({"exports": listed})
        return
    for item in report:
        made = item["made"]
        click.secho(f"{item['campaign']}: {len(made.files)} file(s) in {item['folder']}", bold=True)
        reasons: dict[str, int] = {}
        for gone in made.left_out:
            reasons[gone.reason] = reasons.get(gone.reason, 0) + 1
        for reason, number in sorted(reasons.items()):
            click.echo(f"  left out {number}: {reason}{_MEND.get(reason, '')}")
