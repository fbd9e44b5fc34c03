"""Fixtures of the whole run: the built sample campaign, a server for it, a browser."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from stopjihad.disk import user_key

from support.build import CAMPAIGN, REPOSITORY, SMALL, build_copy
from support.pages import LOOKED_AT, Page, read_site
from support.serve import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # continuous integration runs as root
    "--disable-gpu",
    "--in-process-gpu",  # what draws in software needs no process of its own: 0.94 of the time
    "--renderer-process-limit=1",  # no process waits for the next page: 0.85 of the time of a visit
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


hypothesis.settings.register_profile("calm", deadline=None)  # a busy machine is no fault of ours
hypothesis.settings.load_profile("calm")


SLOW = (
    *("published", "crash", "browser", "judges", "studio"),
    *("cli", "render", "docs", "attack", "build"),
    *("bench", "publish", "properties", "test_wheel.py", "test_years.py"),
)
"""Folders whose tests take long, by seconds of processor time, then those with single tests that
do: begun as the last, one of them would keep one worker busy when the others have done."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep keys and what is published out of the folder of the one who runs the tests."""
    if not hasattr(config, "workerinput"):  # workers have it from the process that starts them
        folder = tempfile.TemporaryDirectory(prefix="state-")
        config.add_cleanup(folder.cleanup)
        os.environ["XDG_STATE_HOME"] = folder.name
    # A process keeps the key that it read first: a test that goes elsewhere must not be that one.
    assert user_key.is_kept()


def pytest_xdist_auto_num_workers() -> int | None:
    """Give one worker more than there are cores: browsers and servers are waited for.

    ``PYTEST_XDIST_AUTO_NUM_WORKERS`` says another number.
    """
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deal out the slow folders first, so that quick tests fill up the end.

    Workers start on equal shares of the list, one behind the other, and take from each other what
    is left (``--dist worksteal``): each share begins with slow folders and goes on with quick ones.
    What shares a fixture stays together.
    """
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    depth = len(Path(__file__).parent.parts)
    folders: dict[str, list[pytest.Item]] = {name: [] for name in SLOW}
    quick: list[pytest.Item] = []
    for item in items:
        folders.get(item.path.parts[depth], quick).append(item)
    shares: list[list[pytest.Item]] = [
        [item for name in SLOW[first::workers] for item in folders[name]]
        for first in range(workers)
    ]
    for share in shares:
        wanted = max(0, len(items) // workers - len(share))
        share.extend(quick[:wanted])
        del quick[:wanted]
    items[:] = [item for share in shares for item in share] + quick


def pytest_collection_finish() -> None:
    """Leave the thousands of tests out of every later search for cycles, and search less often.

    A search after every 700 new objects takes a twentieth of the time of a worker.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def one_processor() -> Iterator[None]:
    """Build in one process unless a test asks for more: tests run on every processor already."""
    from stopjihad.build.check import parallel
    from stopjihad.build.work import execute

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(execute, "processors", lambda: 1)
        patch.setattr(parallel, "processors", lambda: 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def parsed_templates() -> Iterator[None]:
    """Parse equal templates once."""
    from stopjihad.build.check import survey

    from support.shared_templates import share_templates

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(survey, "load_shared", survey.load_shared)  # put back in the end
        share_templates()
        yield


@pytest.fixture
def plain_alerts() -> Iterator[None]:
    """Draw nothing on pictures of alerts: for tests that look at what else is published."""
    from support import plain_pictures  # imports all that draws

    with plain_pictures.plain_alerts():
        yield


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Give a folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that other workers wait for."""
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def built_once(shared: Path, name: str, source: Path, drawn: Sequence[str] = ()) -> Path:
    """Build a workspace once for all workers; give what was published."""
    folder = shared / name
    with locked(shared / f"{name}.lock"):
        if (folder / "failed").exists():
            pytest.fail(f"{source} does not build: see the first error", pytrace=False)
        if not (folder / "done").exists():
            folder.mkdir()
            (folder / "failed").touch()
            build_copy(source, folder, drawn)
            (folder / "failed").rename(folder / "done")
    return folder / "dist" / CAMPAIGN


@pytest.fixture(scope="session")
def published(shared_folder: Path, request: pytest.FixtureRequest) -> Path:
    """Give ``dist/stop-jihadism`` of the sample campaign: for tests of what the sample says.

    Every other test takes ``small``, which is built in a twentieth of the time. A third of
    the cards is drawn in three languages, and of share images and slides in all
    (``support.plain_pictures``); where a test of the long form runs, every one.
    """
    whole = any(item.get_closest_marker("long") for item in request.session.items)
    return built_once(shared_folder, "sample", REPOSITORY, () if whole else LOOKED_AT)


@pytest.fixture(scope="session")
def small(shared_folder: Path) -> Path:
    """Give ``dist/stop-jihadism`` of the small campaign."""
    return built_once(shared_folder, "small", SMALL)


@pytest.fixture(scope="session")
def small_built(small: Path) -> Path:
    """Give the workspace of the small campaign as it was left by its build."""
    return small.parent.parent / "workspace"


@pytest.fixture(scope="session")
def built(published: Path) -> Path:
    """Give the workspace of the sample campaign as it was left by its build."""
    return published.parent.parent / "workspace"


@pytest.fixture(scope="session")
def site(published: Path) -> Path:
    """Give the folder of the published site."""
    return published / "site"


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Give every page of the site, parsed, by path."""
    return read_site(site)


@pytest.fixture(scope="session")
def languages(site: Path) -> tuple[str, ...]:
    """Name the languages of the site."""
    return tuple(sorted(path.parent.name for path in site.glob("*/index.html")))


@pytest.fixture(scope="session")
def served_site(site: Path) -> Iterator[str]:
    """Serve the site at the root of a host on loopback; give the address."""
    with served(site, "/") as address:
        yield address


@pytest.fixture(scope="session")
def served_below(site: Path) -> Iterator[str]:
    """Serve the site below ``/x/y/`` on loopback; give the address."""
    with served(site, "/x/y/") as address:
        yield address


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Start what drives browsers."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def started_browser(driver: Playwright, *names: str) -> Iterator[Browser]:
    """Start the first of these programs; without any the test fails, it is never skipped."""
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.fail(f"there is no {names[0]}: 'make system' installs it", pytrace=False)
    chromium = driver.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
    try:
        yield chromium
    finally:
        chromium.close()


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """Start Debian's Chromium without the program around it: the same engine, no window.

    A page in a context of its own takes a fifth of the processor time that the whole program needs.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    with started_browser(driver, *names) as found:
        yield found


@pytest.fixture(scope="session")
def whole_browser(driver: Playwright) -> Iterator[Browser]:
    """Start Chromium as people have it: for what the program around its engine may do, too."""
    with started_browser(driver, "chromium", "chromium-browser") as found:
        yield found
