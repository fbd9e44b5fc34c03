"""Hold what the command line asks of a build: which campaign, where to, in how many processes.

This module imports nothing that checks, plans or renders.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stopjihad.build.tree.place import WHOLE, Target
from stopjihad.build.work.keys import versions
from stopjihad.disk import PRIVATE
from stopjihad.disk.store import StoreAddress
from stopjihad.load.announced import announced_code
from stopjihad.load.workspace import Workspace
from stopjihad.model.options import Options
from stopjihad.render.kinds import COSTLY

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from stopjihad.model.review import Review


def quiet(done: int, total: int) -> None:
    """Report nothing, whatever ``done`` and ``total`` are."""


Progress = Callable[[int, int], None]
"""Called with how many outputs, or uploads, are done, and how many there are to do."""


class Rendering(msgspec.Struct, frozen=True, kw_only=True):
    """Say how steps are rendered.

    Attributes:
        render: dotted name of a `batch.Renderer`, ``package.module:function``.
        versions: for each kind, a text that changes whenever its outputs may change.
        costly: kinds whose outputs are kept in the store.
        jobs: processes; 0 for one on each processor.
        executor: runs the batches instead of processes of our own.
        store: a shared store that keeps all outputs; without one, ours keeps the costly ones.
        again: whether everything is taken from the shared store, and nothing made.
        progress: called with the number of outputs made and to be made.
    """

    render: str
    versions: Mapping[str, str]
    costly: frozenset[str] = frozenset()
    jobs: int = 0
    executor: Executor | None = None
    store: StoreAddress | None = None
    again: bool = False
    progress: Progress = quiet


RENDER = "stopjihad.render.steps:render_batch"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Say what to make, where and how.

    Attributes:
        out: folder that holds one folder a campaign, absolute.
        today: day on which helplines must be fresh.
        code: digest of the program, from ``disk.program.code_digest``.
        options: parts, languages and formats.
        jobs: processes; 0 for one on each processor.
        executor: runs the work instead of processes of our own.
        store: a shared store for everything that is made.
        progress: called with outputs done and outputs to make.
        now: moment at which alerts hold or are over; the clock's when not given.
        alone: why one person sends an alert alone; empty where two have approved it.
        sending: makes the line of the ledger for the alert that is sent, when the tree with it
            takes its place.
    """

    out: Path
    today: dt.date
    code: str
    options: Options = Options()
    jobs: int = 0
    executor: Executor | None = None
    store: StoreAddress | None = None
    progress: Progress = quiet
    alone: str = ""
    now: dt.datetime | None = None
    sending: Callable[[], Review] | None = None


def rendering_of(request: Request) -> Rendering:
    """Say how the steps of a request are rendered."""
    return Rendering(
        render=RENDER,
        versions=versions(request.code),
        costly=COSTLY,
        jobs=request.jobs,
        executor=request.executor,
        store=request.store,
        progress=request.progress,
    )


def target_of(workspace: Workspace, request: Request) -> Target:
    """Say where a campaign is published, with the digest of everything it is made from.

    The day counts: a helpline that is due for review today was not yesterday.
    """
    root, options = workspace.root, request.options
    whole = "" if options.partial or options.draft else WHOLE
    return Target(
        out=request.out / workspace.campaign.slug,
        state=root / PRIVATE,
        sources=(root / "campaigns", root / "templates", root / "assets"),
        fingerprint=_program(request) + deciding_digest(workspace.digest, request) + whole,
    )


def is_made_by(fingerprint: str, request: Request) -> bool:
    """Tell whether the program that asks made a tree; ``fingerprint`` is from its record."""
    return fingerprint.startswith(_program(request))


def _program(request: Request) -> str:
    return f"{request.code[:16]}-"


def deciding_digest(files: str, request: Request) -> str:
    """Digest what decides a build."""
    digest = hashlib.sha256(request.code.encode() + files.encode() + announced_code().encode())
    digest.update(msgspec.json.encode(request.options) + request.today.isoformat().encode())
    return digest.hexdigest()
