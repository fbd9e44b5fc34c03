"""Set the same text on paper by stopjihad, WeasyPrint and typst, and read its letters back.

The text is a campaign's, the fonts are the same files; poppler reads. Peers are installed into a
folder that is thrown away. Prints which share of the letters of a language come back, in words that
stand as they were written, and seconds of processors a page, once fonts are kept.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
PEERS = Path(__file__).resolve().parent / "print_peers"
sys.path.insert(0, str(REPOSITORY / "tests"))

import polib  # noqa: E402
from stopjihad.draw.pdf import write_paper  # noqa: E402
from stopjihad.render.paper.sheet import lay_out  # noqa: E402
from stopjihad.render.paper.steps import about_paper, sheet_job  # noqa: E402

from support import papers  # noqa: E402
from support.cards import drawings, fonts, prose  # noqa: E402

PACKAGES = {"WeasyPrint": "weasyprint==70.0", "typst": "typst==0.15.0"}
LANGUAGES = ("en", "fr", "ar", "ur", "bn")
GOAL = 0.98

ROOM = 1000
"""Letters that the leaflet's inside has room for."""


class Reading(NamedTuple):
    """The share of letters that came back, and seconds of processors."""

    share: float
    seconds: float


def text_of(lang: str, most: int) -> list[str]:
    """Give sentences of the sample campaign, which its translators wrote."""
    file = "fr" if lang == "en" else lang
    path = REPOSITORY / "campaigns" / "stop-jihadism" / "locale" / f"{file}.po"
    said = [one.msgid if lang == "en" else one.msgstr for one in polib.pofile(str(path))]
    plain = [one for one in said if len(one) > 60 and not set(one) & set("[]*_#%{}\n")]
    kept = [one for at, one in enumerate(plain) if sum(map(len, plain[: at + 1])) < ROOM]
    return kept[:most]


def ours(lang: str, text: list[str], out: Path) -> float:
    """Make a leaflet whose inside is the text; gives the seconds of the second time."""
    body = prose("\n\n".join(text), lang)
    for _ in range(2):
        begun = time.process_time()
        subject = papers.subject(lang, "leaflet", body=body)
        layout = papers.papers()["leaflet"]
        laid = lay_out(sheet_job(layout, subject, drawings()["letter"], fonts()))
        about = about_paper(subject, layout)
        out.write_bytes(write_paper(laid.sheets, laid.elements, about))
        spent = time.process_time() - begun
    return spent / len(laid.sheets)


def peer(python: str, script: str) -> Callable[[str, list[str], Path], float]:
    """Give what makes a page with a peer."""

    def make(lang: str, text: list[str], out: Path) -> float:
        source = out.with_suffix(".txt")
        source.write_text("\n".join(text), "utf-8")
        files = [font.path for font in fonts().files if font.weight in {0, 400}]
        command = [python, str(PEERS / script), str(source), lang, str(out), *files]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return float(done.stdout)

    return make


def read(text: list[str], out: Path) -> float:
    """Give the share of letters that poppler reads in whole words."""
    told = papers.letters(papers.poppler("pdftotext", out.read_bytes()))
    words = [papers.letters(word) for line in text for word in line.split()]
    return sum(len(word) for word in words if word in told) / sum(map(len, words))


def install(folder: Path) -> dict[str, Callable[[str, list[str], Path], float]]:
    """Install the peers that can be had."""
    found = {}
    for name, package in PACKAGES.items():
        place = folder / name
        venv.create(place, with_pip=True)
        python = str(place / "bin" / "python")
        command = [python, "-m", "pip", "install", "--quiet", package]
        if not subprocess.run(command, check=False, capture_output=True).returncode:
            found[name] = peer(python, f"{name.lower()}_page.py")
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=10)
    parser.add_argument("--alone", action="store_true", help="without the peers")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engines = {"stopjihad": ours} | ({} if options.alone else install(folder))
        print(f"{'letters read back':18}", *(f"{lang:>6}" for lang in LANGUAGES), "  s a page")
        for engine, make in engines.items():
            rows = []
            for lang in LANGUAGES:
                text, out = text_of(lang, options.sentences), folder / "page.pdf"
                rows.append(Reading(0.0, make(lang, text, out))._replace(share=read(text, out)))
            shares = (f"{row.share:6.2f}" for row in rows)
            print(f"{engine:18}", *shares, f"{max(row.seconds for row in rows):10.3f}")
    print(f"goal: {GOAL} of the letters, 0.15 s of processors a page")


if __name__ == "__main__":
    main()
