"""Send an alert over the last good site, stage that site after its end, take an alert off it.

Pages, feeds, the file for machines and texts are out first, pictures after them. Nothing else is
made or judged.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.build.alert_inputs import AlertInputs, read_for_alert
from stopjihad.build.alert_layers import BARE, MARK, AlertLayers, fingerprint
from stopjihad.build.live_alert import (
    after_end,
    has_moved,
    last_look,
    moment_of,
    show_alerts,
    shown_alerts,
)
from stopjihad.build.request import target_of
from stopjihad.build.tree.layer import OwnTree, find_index_of
from stopjihad.build.tree.place import OutdatedPlan
from stopjihad.disk.lock import Busy
from stopjihad.model.options import Options
from stopjihad.problem import Problem, ProblemsFound

if TYPE_CHECKING:
    from stopjihad.build.request import Request


class LaidAlert(NamedTuple):
    """What laying an alert gave.

    Attributes:
        files: how many it made.
        siteless: whether there was no site to lay it over.
        seconds: of a processor until all but the pictures was there.
        debts: what could not be made, and pages that are without it.
    """

    files: int
    siteless: bool
    seconds: float
    debts: tuple[Problem, ...]


def send_alert(inputs: AlertInputs, request: Request, ground: Path | None = None) -> LaidAlert:
    """Put an alert that goes out, or an update of it, over the last good site.

    Its line is in the ledger from the moment in which readers could see it. What comes after that,
    the site after its end and the pictures, cannot take it back: what fails there is a debt.

    Args:
        request: with the alert among its options, and the line that sends it.
        ground: as of ``AlertLayers``: an exercise lies in a folder of its own.

    Raises:
        ProblemsFound: its pages cannot be made, ``alert-overtaken``, or as for ``lay``.
        Busy: as for ``lay``.
    """
    root, slug = inputs.workspace.root, inputs.workspace.campaign.slug
    layers, began = AlertLayers(inputs, request, ground), time.process_time()
    below = layers.lay(request.options, lambda: last_look(root, slug, request))
    seconds = time.process_time() - began
    debts = [_lost_file(root, below, path) for path in below.lost_paths]
    if layers.without_place:
        debts.append(_placeless(root, below, sorted(layers.without_place)))
    rest: tuple[Callable[[], object], ...] = (
        lambda: stage_end(inputs, request, ground),
        lambda: layers.draw(request.options, lambda: still(root, slug, request)),
    )
    for work in rest:
        try:
            work()
        except ProblemsFound as found:
            debts += found.problems
        except (OutdatedPlan, Busy):
            break  # somebody ended it, or sent an update: what is shown is theirs
    return LaidAlert(
        layers.files,
        below.record is None or below.record.fingerprint.endswith(BARE),
        seconds,
        tuple(dict.fromkeys((*layers.debts, *debts))),
    )


def stage_end(inputs: AlertInputs, request: Request, ground: Path | None = None) -> None:
    """Lay the site as it will be after the end of an alert into a folder of its own.

    Raises:
        ProblemsFound: as for ``lay``.
        Busy: as for ``lay``.
        OutdatedPlan: another alert holds, or none.
    """
    later = after_end(request)
    if later is not None:
        root, slug = inputs.workspace.root, inputs.workspace.campaign.slug
        target = target_of(inputs.workspace, later)
        look = partial(still, root, slug, request)
        AlertLayers(inputs, request, ground).lay(later.options, look, target)


def take_alert_off(inputs: AlertInputs, request: Request) -> None:
    """Lay what the ledger says now over the site: that an alert is over, or was taken back.

    Args:
        inputs: what the pages that say so are made of.

    Raises:
        ProblemsFound: as for ``lay``.
        Busy: as for ``lay``.
    """
    root, slug = inputs.workspace.root, inputs.workspace.campaign.slug
    while True:
        asked = msgspec.structs.replace(
            request,
            options=show_alerts(inputs.project, Options(), moment_of(request)),
            sending=None,
        )
        try:
            layers, look = AlertLayers(inputs, asked), partial(still, root, slug, asked)
            layers.lay(asked.options, look)
            layers.draw(asked.options, look)
            stage_end(inputs, asked)
        except OutdatedPlan:
            inputs = read_for_alert(root, slug)
        else:
            return


def is_siteless(inputs: AlertInputs, request: Request) -> bool:
    """Tell whether alerts alone lie where a site should.

    A site that was put back from a copy is not believed: it may have words that were corrected
    since. Alerts and their ends go out without it.
    """
    index = find_index_of(target_of(inputs.workspace, request))
    return index is not None and index.fingerprint.endswith(BARE)


def rehearse_end(inputs: AlertInputs, request: Request, ground: Path) -> None:
    """Lay over an exercise that it is over, or was taken back: as for readers, who never see it.

    Args:
        inputs: what the pages that say so are made of.
        request: ``out`` is the exercise's own folder; its options say how it ended.
        ground: the folder for results that has the last good site.

    Raises:
        ProblemsFound: as for ``lay``.
        Busy: as for ``lay``.
    """
    layers = AlertLayers(inputs, request, ground)
    layers.lay(request.options, nullcontext)
    layers.draw(request.options, nullcontext)


def bring_up_to_date(inputs: AlertInputs, request: Request) -> None:
    """Lay what the ledger says now over a site that says something else of alerts.

    Such as one whose time is over though nobody ended it, or what readers were told of another for
    48 hours. A site over which no alert was ever laid, and one that is to say nothing, is built.

    Raises:
        ProblemsFound: as for ``lay``.
        Busy: as for ``lay``.
    """
    shown = shown_alerts(request.out / inputs.workspace.campaign.slug)
    if shown is None:
        return
    options = show_alerts(inputs.project, Options(), moment_of(request))
    is_over = not shown <= {one.alert.id for one in options.alerts}
    if is_over or (_is_telling(options) and _is_outdated_layer(inputs, request, options)):
        take_alert_off(inputs, request)


def _is_telling(options: Options) -> bool:
    """Tell whether readers are to be told of an alert that holds, or of one that was taken away."""
    return bool(options.alerts) or any(one.told for one in options.past)


def _is_outdated_layer(inputs: AlertInputs, request: Request, options: Options) -> bool:
    index = find_index_of(target_of(inputs.workspace, request))
    mark = index.fingerprint if index else ""
    return mark.startswith(MARK) and mark != fingerprint(options, mark)


@contextmanager
def still(root: Path, slug: str, request: Request) -> Iterator[None]:
    """Hold the place of a tree only if the ledger says what it is made with.

    Args:
        request: with what the tree shows among its options.

    Raises:
        OutdatedPlan: it says something else.
    """
    if has_moved(root, slug, request):
        raise OutdatedPlan
    yield


def _lost_file(root: Path, below: OwnTree, path: str) -> Problem:
    return Problem(
        path=disk.shown_path(str(below.folder / path), root),
        code="publish-changed",
        message="this file is not as it was built: the alert goes out without it",
        hint=f"build again when there is time: stopjihad build {below.folder.name}",
    )


def _placeless(root: Path, below: OwnTree, paths: list[str]) -> Problem:
    return Problem(
        path=disk.shown_path(str(below.folder / paths[0]), root),
        code="alert-place",
        message=f"{len(paths)} page(s) have no place for an alert: they do not show it",
        hint="take the line of the alert over from the built-in header.html, and build",
    )
