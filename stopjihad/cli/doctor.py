"""``stopjihad doctor``: what this machine has, what it lacks for campaigns, what to install.

Looked at are fonts, codecs, the letters of campaigns, and a browser for tests.
"""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
import msgspec

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.model.project import Project


@click.command("doctor")
@common.format_option()
@click.pass_context
def command(ctx: click.Context, style: str) -> None:
    r"""Examine fonts, picture codecs and the letters of the campaign's languages.

    Exits 1 when something that a build needs is missing.

    \b
    Example:
      stopjihad doctor
    """
    from stopjihad.load.workspace import find_workspace

    root = common.workspace_of(ctx) if ctx.obj else find_workspace(Path.cwd())
    findings = examine(root)
    if style == "json":
        console.print_json({"findings": findings})
    else:
        signs = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}
        width = max(len(item.subject) for item in findings)
        for item in findings:
            sign, colour = signs[item.state]
            mend = f"  → {item.mend}" if item.mend else ""
            click.secho(f"{sign} ", fg=colour, nl=False)
            click.echo(f"{item.subject:<{width}}  {item.message}{mend}")
    failed = any(item.state == "error" for item in findings)
    raise SystemExit(console.FOUND if failed else console.OK)


State = Literal["ok", "warning", "error"]

FREE_BYTES = 512 * 1024 * 1024
"""Free disk space in bytes below which builds may fail: a large campaign's tree and store need
about 400 MB (6,000 pages and 2,500 cards)."""

_LIBRARIES = ("jinja2", "markdown", "nh3", "msgspec", "pillow", "uharfbuzz", "babel", "starlette")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class DoctorFinding(msgspec.Struct, frozen=True, kw_only=True):
    """Say how one thing is; ``mend`` is empty when nothing is to be done."""

    subject: str
    state: State
    message: str
    mend: str = ""


def examine(root: Path | None) -> tuple[DoctorFinding, ...]:
    """Examine the machine, and the campaigns of a workspace when there is one.

    Returns:
        Findings: what is there, what is missing, and what to install.
    """
    return (*_python(), *_codecs(), *_films(), *_browser(), *_disk(root), *_fonts(root))


def _python() -> Iterator[DoctorFinding]:
    from importlib import metadata

    version = platform.python_version()
    good = sys.version_info >= (3, 11)
    yield DoctorFinding(
        subject="Python",
        state="ok" if good else "error",
        message=version,
        mend="" if good else "install Python 3.11 or newer",
    )
    for name in _LIBRARIES:
        try:
            yield DoctorFinding(subject=name, state="ok", message=metadata.version(name))
        except metadata.PackageNotFoundError:
            yield DoctorFinding(
                subject=name, state="error", message="not installed", mend=f"pip install {name}"
            )


def _codecs() -> Iterator[DoctorFinding]:
    from PIL import features

    for name, label in (("jpg", "JPEG"), ("zlib", "PNG"), ("webp", "WebP")):
        present = bool(features.check(name))
        yield DoctorFinding(
            subject=f"{label} pictures",
            state="ok" if present else "error",
            message="can be read and written" if present else "Pillow lacks this codec",
            mend="" if present else "pip install --force-reinstall pillow",
        )


def _films() -> Iterator[DoctorFinding]:
    from importlib import metadata

    present = importlib.util.find_spec("av") is not None
    message = f"PyAV {metadata.version('av')}" if present else "no films: PyAV is not installed"
    yield DoctorFinding(
        subject="Films",
        state="ok" if present else "warning",
        message=message,
        mend="" if present else "pip install 'stopjihad[film]'",
    )


def _browser() -> Iterator[DoctorFinding]:
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    yield DoctorFinding(
        subject="Chromium",
        state="ok" if found else "warning",
        message=Path(found).name if found else "not found; only the tests of this program need it",
        mend="" if found else "apt install chromium",
    )


def _disk(root: Path | None) -> Iterator[DoctorFinding]:
    free = shutil.disk_usage(root or Path.cwd()).free
    enough = free >= FREE_BYTES
    yield DoctorFinding(
        subject="Disk",
        state="ok" if enough else "warning",
        message=f"{free // (1024 * 1024)} MB free",
        mend="" if enough else "free some space: a build keeps the old site until the new is whole",
    )


def _fonts(root: Path | None) -> Iterator[DoctorFinding]:
    """Say which fonts there are, and which letters of each campaign none of them has."""
    from stopjihad.disk.cache import NoCache
    from stopjihad.load.fonts import load_fonts
    from stopjihad.load.project import load_project
    from stopjihad.load.workspace import campaign_slugs, read_sources

    book, problems = load_fonts(root or Path.cwd())
    for problem in problems:
        yield DoctorFinding(
            subject="Fonts", state="warning", message=problem.message, mend=problem.hint
        )
    families = ", ".join(book.families)
    yield DoctorFinding(
        subject="Fonts", state="ok" if families else "error", message=families or "none"
    )
    if root is None:
        return
    for slug in campaign_slugs(root):
        sources, _ = read_sources(root, slug)
        project, _ = load_project(sources, NoCache())
        if project is not None:
            yield from _coverage(root, project)


def _coverage(root: Path, project: Project) -> Iterator[DoctorFinding]:
    from stopjihad.catalog.fonts import HANDS, package_for
    from stopjihad.catalog.languages import autonym
    from stopjihad.load.fonts import WORKSPACE_FOLDER, load_fonts, missing_letters
    from stopjihad.text.unicode.script import likely_script

    campaign = project.campaign.record
    texts = {
        item.language: "".join(m.translation for m in item.messages)
        for item in project.translations
    }
    texts[campaign.source_language] = "".join(
        point.record.fact + point.record.body for point in project.points
    )
    _, absent = load_fonts(root, campaign.brand.fonts)
    for problem in absent:
        if problem.code == "font-missing":
            yield DoctorFinding(
                subject=campaign.id, state="error", message=problem.message, mend=problem.hint
            )
    for lang in campaign.languages:
        hand = HANDS.get(lang.partition("-")[0])
        if hand and not campaign.brand.fonts and hand not in load_fonts(root)[0].headlines:
            yield DoctorFinding(
                subject=f"{campaign.id}, {lang}",
                state="ok",
                message=f"headlines are set in Naskh: there is no file of {hand}",
                mend=f"put its .ttf files, which fonts-noto-core has, into {WORKSPACE_FOLDER}/",
            )
        # Its own name stands for a language of which nothing is translated yet.
        words = texts.get(lang) or autonym(lang)
        letters = {letter for letter in words if letter.isprintable()}
        book, _ = load_fonts(root, campaign.brand.fonts, letters)
        lacking = sorted(missing_letters(book, letters))
        shown = " ".join(f"{letter} U+{ord(letter):04X}" for letter in lacking[:5])
        yield DoctorFinding(
            subject=f"{campaign.id}, {lang}",
            state="error" if lacking else "ok",
            message=f"{len(lacking)} letters have no font: {shown}"
            if lacking
            else f"fonts have all {len(letters)} letters of {_describe_texts(texts.get(lang))}",
            mend=package_for(likely_script(lang)) if lacking else "",
        )


def _describe_texts(texts: str | None) -> str:
    return "its texts" if texts else "its name; it has no texts yet"
