"""The site after the end of a notice: staged while it holds, switched to in one operation."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stopjihad import disk
from stopjihad.build.tree import manifest
from stopjihad.disk import PRIVATE, kernel
from stopjihad.disk.lock import sole_writer
from stopjihad.model.options import Options
from stopjihad.problem import Problem, ProblemsFound

if TYPE_CHECKING:
    from stopjihad.build.request import Request

AFTER_END = "after-end"
"""Folder of the output with the site as it will be when the notice that holds is over."""


def after_end(request: Request) -> Request | None:
    """Say what to stage beside a build.

    Args:
        request: what is built.

    Returns:
        The same site without its notice, in a folder of its own; None where no notice holds, and
        for an exercise: nobody sees it.
    """
    live = request.options.alert
    if live is None or live.alert.exercise:
        return None
    options = Options(draft=request.options.draft, alerted=True)
    return msgspec.structs.replace(request, out=request.out / AFTER_END, options=options)


def switch(out: Path, slug: str) -> None:
    """Put the staged site in the place of the one with the notice.

    Args:
        out: folder for results, absolute.
        slug: the campaign.

    Raises:
        ProblemsFound: ``alert-stage`` (nothing fit is staged: build again), or the disk refuses.
        Busy: a build is writing one of the two.
    """
    site, staged = out / slug, out / AFTER_END / slug
    found = manifest.load(str(staged / "manifest.json"))
    if found is None or any(file.kind.startswith("alert-") for file in found.files):
        raise ProblemsFound(
            (
                Problem(
                    path=f"{AFTER_END}/{slug}",
                    code="alert-stage",
                    message="the site after the end is not staged",
                    hint="run 'stopjihad build': without a notice that holds it makes the same",
                ),
            )
        )
    with (
        sole_writer(out / PRIVATE / slug / "lock"),
        sole_writer(out / AFTER_END / PRIVATE / slug / "lock"),
    ):
        try:
            if not kernel.exchange(str(site), str(staged)):
                _by_renames(site, staged)
        except OSError as error:
            raise ProblemsFound((disk.explain(error, f"{AFTER_END}/{slug}"),)) from error


def _by_renames(site: Path, staged: Path) -> None:
    """Swap two folders where the system cannot do it in one operation."""
    aside = f"{staged.name}.old"
    with disk.open_root(str(site.parent)) as above, disk.open_root(str(staged.parent)) as beside:
        above.rename(site.name, beside, aside)
        try:
            beside.rename(staged.name, above, site.name)
        except OSError:
            with contextlib.suppress(OSError):
                beside.rename(aside, above, site.name)
            raise
        beside.rename(aside, beside, staged.name)
