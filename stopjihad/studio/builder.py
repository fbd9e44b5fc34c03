"""Build and publish from the studio, and show what was built, as on the command line."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from stopjihad.build.driver import build_campaign
from stopjihad.build.request import Request
from stopjihad.build.tree.manifest import Manifest
from stopjihad.build.work.processes import give_memory_back
from stopjihad.disk.lock import Busy
from stopjihad.load import files
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.studio.live.campaign import LiveCampaign

OUT = "dist"
"""Folder of the workspace that builds go to."""

MANIFEST_BYTES = 64 * 1024 * 1024
"""Largest manifest in bytes; one of 6,000 pages and 36,000 cards has about 15 MB."""


class WorkDone(NamedTuple):
    """Count outputs that were made, and those that were there; ``told`` is what the work gave."""

    made: int
    reused: int = 0
    told: object = None


class Progress(NamedTuple):
    """Say how far a build is; ``state`` is none, running, done or failed.

    ``of`` is the alert that it is made for, or the act of publishing; empty for the campaign as it
    is. ``told`` is what the work gave.
    """

    state: str = "none"
    done: int = 0
    total: int = 0
    made: int = 0
    reused: int = 0
    problems: tuple[Problem, ...] = ()
    of: str = ""
    told: object = None


Work = Callable[[LiveCampaign, Request], WorkDone]
"""Builds, or publishes."""


def whole(live: LiveCampaign, request: Request) -> WorkDone:
    """Build the campaign as it is."""
    report = build_campaign(live.root, live.slug, request)
    return WorkDone(report.made, report.reused)


class Builder:
    """Run one build of a campaign at a time, in a thread."""

    def __init__(self, code: str) -> None:
        """Start idle; ``code`` is the digest of the program."""
        self._code = code
        self._progress: dict[str, Progress] = {}
        self._lock = threading.Lock()

    def progress(self, slug: str) -> Progress:
        """Say how far the build of a campaign is."""
        return self._progress.get(slug, Progress())

    def start(self, live: LiveCampaign, work: Work = whole, of: str = "") -> bool:
        """Start a build; ``of`` is as in `Progress`."""
        with self._lock:
            if self.progress(live.slug).state == "running":
                return False
            self._progress[live.slug] = Progress("running", of=of)
        threading.Thread(target=self._run_work, args=(live, work, of), daemon=True).start()
        return True

    def _run_work(self, live: LiveCampaign, work: Work, of: str) -> None:
        slug = live.slug

        def tell(done: int, total: int) -> None:
            self._progress[slug] = Progress("running", done, total, of=of)

        request = Request(out=live.root / OUT, today=live.today(), code=self._code, progress=tell)
        try:
            made, reused, told = work(live, request)
            give_memory_back()  # a studio that has built goes on for hours
        except ProblemsFound as found:
            self._progress[slug] = Progress("failed", problems=found.problems, of=of)
        except Busy:
            self._progress[slug] = Progress("failed", problems=(_busy(slug),), of=of)
        except Exception as error:  # noqa: BLE001 - the page must hear of it, whatever it is
            self._progress[slug] = Progress("failed", problems=(_fault(error),), of=of)
        else:
            self._progress[slug] = Progress("done", made=made, reused=reused, of=of, told=told)


def published_map(live: LiveCampaign) -> Mapping[str, str]:
    """Give the map of what is built: path to SHA-256.

    Returns:
        The files of the manifest; none when nothing is built.
    """
    data = files.read(live.root, f"{OUT}/{live.slug}/manifest.json", MANIFEST_BYTES)
    if isinstance(data, Problem):
        return {}
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return {}
    return {file.path: file.sha256 for file in manifest.files}


def read_published(live: LiveCampaign, path: str, sha256: str) -> bytes | None:
    """Read a built file.

    Returns:
        The bytes, or None when they are not what was built.
    """
    data = files.read(live.root, f"{OUT}/{live.slug}/{path}", files.MAX_MEDIA_BYTES)
    if isinstance(data, Problem) or hashlib.sha256(data).hexdigest() != sha256:
        return None
    return data


def _busy(slug: str) -> Problem:
    return Problem(
        code="build-busy",
        message=f"another build is writing {OUT}/{slug}",
        hint="wait until it is done",
    )


def _fault(error: Exception) -> Problem:
    words = " ".join(str(error).split())[:200]
    return Problem(
        code="preview-failed",
        message=f"the build ended unexpectedly: {type(error).__name__}: {words}",
        hint="this is a fault of the program; report it",
    )
