"""How long from a save to the new page in the browser, and does typing ever wait? In milliseconds.

Two campaigns are opened in the studio in Chromium: the sample, and a generated one of 1,000 talking
points in six languages. In the editor a fact is typed again and again; the clock runs from the
moment the page sends the save to the moment the preview beside it has painted the new words. Then
the file is saved as an editor does, and the clock runs until the page of the site has painted them.
The same is timed from the last key, too, with the pause after which a page saves. While saves
go on, keys are pressed and each is timed from the key to the next painted frame. Beside
that, what one keystroke costs in judging is measured without browser and disk.

``--beside TREE`` measures another checkout of the program in the same run, campaign by campaign.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from corpus import write_workspace
from playwright.sync_api import Page, sync_playwright
from stopjihad.build.check.survey import survey
from stopjihad.disk.cache import ByteMemory
from stopjihad.load.documents import SourceFile
from stopjihad.studio.live.point_file import judge_point_file

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE = "stop-jihadism"
WARM = 3
"""Saves that are not counted: the first ones read what later ones find in memory."""

FRAME = 1000 / 60
"""Milliseconds until what is in the document is painted, at most."""

WATCH_SAVES = """() => {
    const own = window.fetch;
    window.fetch = (...asked) => {
        if (asked[1]?.method === 'POST') window.sentAt = performance.now();
        return own(...asked);
    };
    document.addEventListener('input', () => { window.keyAt = performance.now(); }, true);
}"""
PREVIEWED = """([text, since]) => {
    const shown = document.querySelector('[data-frame]').contentDocument?.querySelector('main');
    return shown?.textContent.includes(text) && performance.now() - window[since];
}"""
SHOWN = """text => document.querySelector('main')?.textContent.includes(text)
    && performance.timeOrigin + performance.now()"""
WATCH_KEYS = """() => {
    window.keys = [];
    document.getElementById('f-fact').addEventListener('keydown', event => {
        requestAnimationFrame(() => window.keys.push(performance.now() - event.timeStamp));
    });
}"""


class Campaign(NamedTuple):
    """A campaign to measure: what it is called, where it is, and the talking point to write in."""

    name: str
    workspace: Path
    slug: str
    point: str

    @property
    def folder(self) -> Path:
        """Give the campaign's folder."""
        return self.workspace / "campaigns" / self.slug


class Opened(NamedTuple):
    """Hold a page of the studio, where the studio is, and the campaign in it."""

    page: Page
    origin: str
    folder: Path
    point: str

    @property
    def file(self) -> Path:
        """Give the talking point's file."""
        return self.folder / "points" / f"{self.point}.md"


@contextmanager
def served(workspace: Path, tree: Path) -> Iterator[tuple[str, int]]:
    """Start a checkout's studio for a workspace; give its opening address and id; end it."""
    code = "from stopjihad.cli.main import main; main(prog_name='stopjihad')"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "-C", str(workspace), "preview", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(tree)},
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the studio did not start"
        yield found[0], process.pid
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def opened(campaign: Campaign, tree: Path) -> Iterator[Opened]:
    """Open a checkout's studio in Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with served(campaign.workspace, tree) as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(address)
        page.wait_for_url(lambda url: "/open/" not in url)  # it leads on by itself
        yield Opened(page, address.split("/open/")[0], campaign.folder, campaign.point)
        page.close(run_before_unload=False)
        browser.close()


def edit(seen: Opened) -> None:
    """Open the editor of the talking point, its page beside it."""
    seen.page.goto(f"{seen.origin}/c/{seen.folder.name}/points/{seen.point}")
    seen.page.frame_locator("[data-frame]").locator("h1").wait_for()
    seen.page.evaluate(WATCH_SAVES)


def pause(number: int) -> None:
    """Wait as a writer does, 0.3 to 2 seconds: in longer pauses everything is read again."""
    time.sleep(0.3 + 1.7 * random.Random(number).random())


def typed(seen: Opened, saves: int) -> list[float]:
    """Type facts in the editor; give the milliseconds from each save to the painted preview."""
    return _previewed(seen, saves, "sentAt")


def paused(seen: Opened, saves: int) -> list[float]:
    """Type facts in the editor; give the milliseconds from the last key to the painted preview."""
    return _previewed(seen, saves, "keyAt")


def _previewed(seen: Opened, saves: int, since: str) -> list[float]:
    edit(seen)
    times = []
    for number in range(saves + min(WARM, saves)):
        text = f"Save {number} of this measurement is seen beside the fields."
        seen.page.locator("#f-fact").fill(text)
        taken = seen.page.wait_for_function(PREVIEWED, arg=[text, since], polling="raf")
        times.append(float(taken.json_value()) + FRAME)
        pause(number)
    return times[min(WARM, saves) :]


def written(seen: Opened, saves: int) -> list[float]:
    """Save the file as an editor does; give the milliseconds until the site's page is painted."""
    seen.page.goto(f"{seen.origin}/out/{seen.folder.name}/site/en/points/{seen.point}/")
    original = seen.file.read_text("utf-8")
    times = []
    for number in range(saves + min(WARM, saves)):
        text = f"Save {number} of this measurement is seen on the site."
        changed = re.sub(r"^fact: .*$", f"fact: {text}", original, count=1, flags=re.MULTILINE)
        seen.file.write_text(changed, "utf-8")
        saved = time.time() * 1000
        painted = seen.page.wait_for_function(SHOWN, arg=text, polling="raf").json_value()
        times.append(float(painted) - saved + FRAME)
        pause(number)
    seen.file.write_text(original, "utf-8")
    return times[min(WARM, saves) :]


def keys(seen: Opened, saves: int) -> list[float]:
    """Type for ten seconds with pauses in which saves begin; time each key to its frame.

    Where fewer saves are asked for than that makes, fewer words are typed.
    """
    edit(seen)
    seen.page.evaluate(WATCH_KEYS)
    seen.page.locator("#f-fact").fill("")
    for word in ["Typing"] * min(14, saves):
        seen.page.keyboard.type(f"{word} ", delay=45)
        time.sleep(0.36)  # a pause of a writer: the save starts, and typing goes on over it
    time.sleep(1)
    found: list[float] = seen.page.evaluate("window.keys")
    return found


def report(name: str, times: list[float]) -> None:
    """Print the median, the slowest of twenty and the slowest."""
    times.sort()
    row = {"median": statistics.median(times), "95 %": times[int(len(times) * 0.95)]}
    row["slowest"] = times[-1]
    print(f"{name:<46}" + "".join(f"{key} {value:6.0f} ms   " for key, value in row.items()))


def judged(campaign: Campaign, saves: int) -> list[float]:
    """Judge a talking point as after a keystroke; give the milliseconds each time took."""
    today, memory = dt.datetime.now(dt.UTC).date(), ByteMemory()
    project = survey(campaign.workspace, campaign.slug, today, memory, judged=False).project
    assert project is not None
    path = f"campaigns/{campaign.slug}/points/{campaign.point}.md"
    original = (campaign.workspace / path).read_text("utf-8")
    times = []
    for number in range(saves + min(WARM, saves)):
        fact = f"fact: Letter {number} of a sentence that is judged alone."
        text = re.sub(r"^fact: .*$", fact, original, count=1, flags=re.MULTILINE)
        file = SourceFile(path, text, hashlib.sha256(text.encode()).hexdigest())
        began = time.perf_counter()
        judge_point_file(file, project, today, memory)
        times.append((time.perf_counter() - began) * 1000)
    return times[min(WARM, saves) :]


WAYS: tuple[tuple[str, Callable[[Opened, int], list[float]]], ...] = (
    ("save in the editor to painted preview", typed),
    ("last key to painted preview", paused),
    ("save of the file to painted page", written),
    ("key to painted frame while saving", keys),
)


def measure(campaign: Campaign, trees: dict[str, Path], saves: int) -> None:
    """Measure one campaign in all ways, in one checkout after the other."""
    for label, tree in trees.items():
        began = time.perf_counter()
        with opened(campaign, tree) as seen:
            print(f"{campaign.name}{label}: open after {time.perf_counter() - began:.1f} s")
            for words, way in WAYS:
                report(f"  {words}", way(seen, saves))
    report("  judging of one keystroke, alone", judged(campaign, saves))


def sample(folder: Path, source: Path) -> Campaign:
    """Copy the sample campaign, or another that has its talking point."""
    campaign = Campaign("sample campaign", folder, SAMPLE, "mothers-speak")
    shutil.copytree(source, campaign.folder)
    return campaign


def large(folder: Path, points: int) -> Campaign:
    """Write a campaign of many talking points."""
    folder.mkdir()
    write_workspace(folder, points)
    return Campaign(f"{points} talking points in six languages", folder, "bench", "point-00007")


def main() -> None:
    """Measure the sample campaign and a large one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=30, help="saves of each kind [default: 30]")
    parser.add_argument(
        "--sample", type=Path, default=REPOSITORY / "campaigns" / SAMPLE, help="the first campaign"
    )
    parser.add_argument(
        "--points", type=int, default=1000, help="of the large one, 0 for none [default: 1000]"
    )
    parser.add_argument("--beside", type=Path, help="another checkout, measured in the same run")
    options = parser.parse_args()
    trees = {"": REPOSITORY}
    if options.beside:
        trees = {" (beside)": options.beside.resolve(), " (this)": REPOSITORY}
    with tempfile.TemporaryDirectory() as folder:
        measure(sample(Path(folder) / "sample", options.sample), trees, options.saves)
        if options.points:
            measure(large(Path(folder) / "large", options.points), trees, options.saves)


if __name__ == "__main__":
    main()
