"""Measure the pages of a campaign with many talking points at the width of a phone.

Copies the sample's talking points until there are 200 (or as many as the first argument says),
builds the site and opens every kind of page in Chromium at 360 px without script. Prints the
tallest page of each kind; a list is usable on a phone when none is taller than 12,000 px.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "campaigns" / "stop-jihadism"
LANGUAGES = ("en", "fr", "ar", "ur")
MOST = 12_000
"""Pixels: twelve screens. The page of help is longer: it has each service, after a large button."""


def copy_points(folder: Path, wanted: int) -> None:
    """Copy talking points, and their translations, under further ids until there are enough."""
    points = sorted((folder / "points").glob("*.md"))
    catalogues = {path: path.read_text("utf-8") for path in (folder / "locale").glob("*.po")}
    added: dict[Path, list[str]] = defaultdict(list)
    for number in range(wanted - len(points)):
        path = points[number % len(points)]
        name = f"{path.stem}-{number // len(points) + 2}"
        text = re.sub(r"(?m)^featured: .*\n", "", path.read_text("utf-8"))
        path.with_name(f"{name}.md").write_text(text, "utf-8")
        for catalogue, entries in catalogues.items():
            added[catalogue] += [
                entry.replace(f'msgctxt "{path.stem}/', f'msgctxt "{name}/')
                for entry in entries.split("\n\n")
                if f'msgctxt "{path.stem}/' in entry
            ]
    for catalogue, entries in added.items():
        catalogue.write_text("\n\n".join([catalogues[catalogue].rstrip(), *entries, ""]), "utf-8")


def build(folder: Path, sample: Path, wanted: int, languages: Sequence[str]) -> Path:
    """Build the site of the larger campaign; give its folder."""
    campaign = folder / "campaigns" / sample.name
    shutil.copytree(sample, campaign)
    copy_points(campaign, wanted)
    program = Path(sys.executable).with_name("stopjihad")
    chosen = [part for lang in languages for part in ("--language", lang)]
    subprocess.run(
        [
            program,
            "-C",
            folder,
            "build",
            sample.name,
            "-o",
            folder / "dist",
            "--only",
            "site",
            *chosen,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return folder / "dist" / sample.name / "site"


def heights(site: Path) -> dict[str, tuple[int, str]]:
    """Give the tallest page of each kind: px at 360 px, and its path."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    found: dict[str, tuple[int, str]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740})
        for path in sorted(site.rglob("*.html")):
            name = path.relative_to(site).as_posix()
            parts = name.split("/")
            if len(parts) == 4 and parts[1] in {"points", "kit"}:
                continue  # one talking point's own page: as long as its author made it
            page.goto(path.as_uri())
            height = page.evaluate("document.documentElement.scrollHeight")
            kind = "/".join(parts[1:3])
            found[kind] = max(found.get(kind, (0, "")), (height, name))
        browser.close()
    return found


def main() -> None:
    """Build, measure, print; fails when a page is too tall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("points", type=int, nargs="?", default=200)
    parser.add_argument("--language", action="append", help="may be given again")
    parser.add_argument("--sample", type=Path, default=SAMPLE, help="campaign to enlarge")
    asked = parser.parse_args()
    wanted, languages = asked.points, asked.language or LANGUAGES
    with tempfile.TemporaryDirectory() as folder:
        found = heights(build(Path(folder), asked.sample, wanted, languages))
    for kind, (height, name) in sorted(found.items(), key=lambda item: -item[1][0]):
        sys.stdout.write(f"{height:7,} px  {kind:32} {name}\n")
    tallest = max(height for kind, (height, _) in found.items() if kind != "help/index.html")
    sys.stdout.write(f"{wanted} talking points: tallest page {tallest:,} px, most {MOST:,}\n")
    sys.exit(tallest > MOST)


if __name__ == "__main__":
    main()
