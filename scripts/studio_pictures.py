"""Renew the pictures of docs/studio.md from the studio itself: ``make pictures``.

A copy of the sample campaign is opened in the studio; some of its translations are approved, one
source has changed since, and one talking point has a mistake, so that every view has work to show.
"""

# ruff: noqa: INP001, S603 - a script, not a package; it runs our own program
from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE = REPOSITORY / "campaigns" / "stop-jihadism"
BASE = "/c/stop-jihadism"
COLOURS = 96  # flat areas need few: every picture stays below 200 KB
PROGRAM = [sys.executable, "-c", "from stopjihad.cli.main import main; main()"]


class View(NamedTuple):
    """Say where a picture is taken: an address below the campaign's, and what to do there first.

    ``width`` of the window in CSS px and ``language`` of the interface where they are its own.
    """

    path: str
    before: Callable[[Page], object] | None = None
    width: int = 0
    language: str = ""


def pane(name: str) -> Callable[[Page], object]:
    """Choose what the editor shows beside the fields."""

    def choose(page: Page) -> None:
        page.locator(f"[data-pane={name}]").click()
        page.locator(f"[data-pane-of={name}] img").first.wait_for()
        pictures(page)

    return choose


def pictures(page: Page) -> None:
    """Wait until everything that is drawn has come."""
    page.evaluate(
        """async () => {
            const all = [...document.images];
            for (const one of all) one.loading = 'eager';
            await Promise.allSettled(all.map(one => one.decode()));
        }"""
    )


def one_post(page: Page) -> None:
    """Open the first draft that waits, as it looks on its platform."""
    page.locator(".column.review summary").first.click()
    pictures(page)


def framed(page: Page) -> None:
    """Wait for the page inside a frame."""
    page.frame_locator("[data-frame]").locator("h1").first.wait_for(state="attached")


def built(page: Page) -> None:
    """Wait for the page as it is built, beside the words."""
    page.frame_locator(".as-built iframe").locator("h1").first.wait_for(state="attached")


def missed(page: Page) -> None:
    """Wait for the problems at the foot of a page."""
    page.frame_locator("#stopjihad-problems").locator("h1").wait_for()


def named(page: Page) -> None:
    """Show the name of a workspace instead of the folder that the pictures are taken in."""
    page.evaluate("document.querySelector('.folder .help').textContent = 'my-workspace'")


def words_of(page: Page) -> None:
    """Show what an alert says, beside its source, in French."""
    page.locator(".said summary", has=page.locator("[lang=en]")).first.click()
    page.locator(".said summary", has=page.locator("[lang=fr]")).click()
    page.locator("#a-words").evaluate("one => one.scrollIntoView()")


PHONE = 360
VIEWS = {
    "overview": View(""),
    "points": View("/points", pictures),
    "new": View("/points", lambda page: page.locator("[data-open=new-point]").click()),
    "point": View("/points/letters-home", framed),
    "point-cards": View("/points/letters-home", pane("cards")),
    "point-drafts": View("/points/letters-home", pane("drafts")),
    "file": View("/file?path=campaigns/stop-jihadism/points/stay-in-contact.md&line=2"),
    "translate": View("/translate"),
    "translating": View("/translate/ar?of=letters-home"),
    "board": View("/board?platform=mastodon&language=fr", one_post),
    "calendar": View("/calendar?language=en"),
    "gallery": View("/gallery?design=fact&format=square&language=ar", pictures),
    "review": View("/review/sheet?language=fr&of=letters-home", built),
    "campaign": View("/campaign/lines"),
    "export": View("/export?format=buffer&language=fr&language=ar", named),
    "site": View("/site", framed),
    "alerts-phone": View("/alerts", width=PHONE),
    "alert-phone": View("/alerts/square", width=PHONE),
    "alert": View("/alerts/square"),
    "alert-words": View("/alerts/square", words_of),
    "alert-exercise": View("/alerts/practice", language="fr"),
    "problems": View("/problems"),
    "made": View("/made?language=fr", pictures),
    "overlay": View("!/out/stop-jihadism/site/en/points/letters-home/", missed),
}


def run(workspace: Path, *words: str, minute: int = 0) -> None:
    """Run the program in a workspace, so many minutes after noon of the day of the sample."""
    subprocess.run(
        [*PROGRAM, "-C", str(workspace), *words],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(noon_of_the_sample() + 60 * minute)},
    )


def prepare(workspace: Path) -> None:
    """Copy the sample and leave work to do in it."""
    campaign = workspace / "campaigns" / SAMPLE.name
    shutil.copytree(SAMPLE, campaign)
    fact = campaign / "points" / "letters-home.md"
    approved = ("letters-home", "stay-in-contact", "mothers-speak", "campaign")
    run(
        workspace,
        "review",
        "approve",
        "-l",
        "fr",
        "--by",
        "Nour",
        "--role",
        "translator",
        *approved,
    )
    run(workspace, "review", "approve", "-l", "ar", "--by", "Nour", "--role", "translator", "all")
    text = fact.read_text("utf-8")
    fact.write_text(re.sub(r"(?m)^(fact: .*)\.$", r"\1, and said so.", text, count=1), "utf-8")
    run(workspace, "translate", "update")
    (campaign / "remarks.jsonl").write_text(json.dumps(SENT_BACK) + "\n", "utf-8")


SENT_BACK = {
    "language": "fr",
    "context": "letters-home/fact",
    "step": "send-back",
    "by": "Ida",
    "on": "2026-11-20T10:12:00+01:00",
    "text": "Say who wrote the letters.",
}
"""What a reader asked for: a line of remarks.jsonl."""


ALERT = """\
template: attack-under-way
status: {status}
place: market-square
since: {since}
confirmed_by: police
confirmed: [people-hurt, emergency-services]
sent: {sent}
next_update: {next_update}
"""


def write_alerts(workspace: Path) -> None:
    """Leave an alert that one person has approved, and an exercise that nobody has."""
    folder = workspace / "campaigns" / SAMPLE.name / "alerts"
    began = dt.datetime.fromtimestamp(noon_of_the_sample(), dt.UTC)
    moments = {"since": -12, "sent": 16, "next_update": 75}
    values = {key: began + dt.timedelta(minutes=by) for key, by in moments.items()}
    text = {key: value.isoformat() for key, value in values.items()}
    for name, status in (("square", "actual"), ("practice", "exercise")):
        (folder / f"{name}.yaml").write_text(ALERT.format(status=status, **text), "utf-8")
    for tag in ("en", "fr", "de"):
        signed = ("review", "approve", "-l", tag, "--by", "Nour", "alerts/attack-under-way")
        run(workspace, *signed)
    run(workspace, "alert", "draft", "square", "--by", "Nour")
    run(workspace, "alert", "draft", "practice", "--by", "Ida", minute=5)
    run(workspace, "alert", "approve", "square", "--by", "Nour", minute=21)


def spoil(workspace: Path) -> None:
    """Make the mistake that the pictures of problems show."""
    path = workspace / "campaigns" / SAMPLE.name / "points" / "stay-in-contact.md"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^mode: .*$", "mode: alternativ", text, count=1), "utf-8")


def noon_of_the_sample() -> int:
    """Give noon of the day of the sample's last change, in seconds since 1970.

    Its helplines were fresh then.
    """
    found = re.search(r"(?m)^updated: *([0-9-]{10})", (SAMPLE / "campaign.yaml").read_text("utf-8"))
    assert found
    day = dt.datetime.fromisoformat(found[1]).replace(hour=12, tzinfo=dt.UTC)
    return int(day.timestamp())


@contextmanager
def studio(workspace: Path) -> Iterator[str]:
    """Run the studio; give its opening address."""
    process = subprocess.Popen(
        [*PROGRAM, "-C", str(workspace), "preview", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the studio did not start"
        yield found[0]
    finally:
        process.terminate()
        process.wait(10)


def keep(data: bytes, path: Path) -> None:
    """Store a picture with few colours."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def take(page: Page, name: str, options: Any) -> None:
    """Take the picture of one view."""
    view = VIEWS[name]
    origin = page.url.split("/c/")[0]
    address = view.path[1:] if view.path.startswith("!") else BASE + view.path
    mark = "&" if "?" in address else "?"
    page.set_viewport_size({"width": view.width or options.width, "height": options.height})
    page.goto(f"{origin}{address}{mark}interface={view.language or options.language}")
    if view.before:
        view.before(page)
    page.wait_for_timeout(300)
    keep(page.screenshot(full_page=options.full), options.folder / f"studio-{name}.png")
    if "/c/" not in page.url:
        page.goto(origin + BASE)


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--only", nargs="*", choices=VIEWS, default=list(VIEWS))
    parser.add_argument("--width", type=int, default=1280, help="of the window, in CSS px")
    parser.add_argument("--height", type=int, default=860, help="of the window, in CSS px")
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    parser.add_argument("--language", default="en", help="of the interface")
    parser.add_argument("--full", action="store_true", help="pages from head to foot")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    os.environ["SOURCE_DATE_EPOCH"] = str(noon_of_the_sample() + 60 * 34)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        prepare(Path(folder))
        write_alerts(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(
            viewport={"width": options.width, "height": options.height},
            color_scheme=options.scheme,
        )
        page.set_default_timeout(240_000)  # exports draw every card of the campaign first
        with studio(Path(folder)) as opening:
            page.goto(opening)
            page.wait_for_url(f"**{BASE}")  # its first page leads on by itself
            troubled = [name for name in options.only if name in {"file", "problems", "overlay"}]
            for name in options.only:
                if name not in troubled:
                    take(page, name, options)
            spoil(Path(folder))
            page.wait_for_timeout(1500)
            for name in troubled:
                take(page, name, options)
            page.goto("about:blank")
        browser.close()


if __name__ == "__main__":
    main()
