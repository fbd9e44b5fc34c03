"""How long after a save is the new page in the browser? Measured in Chromium, in milliseconds.

A copy of the sample campaign is previewed, one talking point is opened, and its file is saved
again and again with another fact. The clock runs from the moment the file is written to the moment
the browser has painted the new words.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parents[1]
CAMPAIGN = "stop-jihadism"
POINT = "mothers-speak"
SAVES = 40
SHOWN = """text => document.querySelector('h1')?.textContent.includes(text)
    && performance.timeOrigin + performance.now()"""
FRAME = 1000 / 60
"""Milliseconds until what is in the document is painted, at most."""


@contextmanager
def previewed(workspace: Path) -> Iterator[str]:
    """Start the studio for a workspace; give its opening address, and end it afterwards."""
    code = "from stopjihad.cli.main import main; main(prog_name='stopjihad')"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "-C", str(workspace), "preview", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the studio did not start"
        yield found[0]
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def opened(address: str) -> Iterator[Page]:
    """Open the studio in Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()
        page.goto(address)
        yield page
        browser.close()


def measure(page: Page, path: Path) -> list[float]:
    """Save a talking point several times; give the milliseconds until each page was painted."""
    original = path.read_text("utf-8")
    times = []
    for number in range(SAVES):
        text = f"Save {number} of this measurement is seen in the browser."
        changed = re.sub(r"^fact: .*$", f"fact: {text}", original, count=1, flags=re.MULTILINE)
        path.write_text(changed, "utf-8")
        saved = time.time() * 1000
        seen = page.wait_for_function(SHOWN, arg=text, polling="raf").json_value()
        times.append(float(seen) - saved + FRAME)
        time.sleep(0.1)
    path.write_text(original, "utf-8")
    return times[3:]


def report(name: str, times: list[float]) -> dict[str, Any]:
    """Print the median and the slowest of twenty."""
    times.sort()
    row = {"median": statistics.median(times), "95 %": times[int(len(times) * 0.95)]}
    print(f"{name:<40}" + "".join(f"{key} {value:6.0f} ms   " for key, value in row.items()))
    return row


def main() -> None:
    """Measure the sample campaign."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        campaign = workspace / "campaigns" / CAMPAIGN
        shutil.copytree(REPOSITORY / "campaigns" / CAMPAIGN, campaign)
        with previewed(workspace) as address, opened(address) as page:
            page.goto(f"{address.split('/open/')[0]}/out/{CAMPAIGN}/site/en/points/{POINT}/")
            times = measure(page, campaign / "points" / f"{POINT}.md")
            report("sample campaign, a talking point", times)


if __name__ == "__main__":
    main()
