"""Draw the same card by stopjihad, satori with resvg-js, takumi and a plain Pillow script.

Each draws 1200x630 with the same words, ours its six families in turn, with drawings, themes and
tones and no text twice; the others one design without a drawing, in five languages, one process
pinned to one core, then two processes on two, until each has used so many seconds of a processor.
Satori and takumi cannot fit text: they are given the size that ours found. npm brings both into a
folder that is thrown away; where it cannot, they are left out. Then ours draws 100 points in 12
languages, ten pictures each.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
PEERS = Path(__file__).resolve().parent / "card_peers"
sys.path.insert(0, str(REPOSITORY / "tests"))

from stopjihad.draw import make_card  # noqa: E402
from stopjihad.draw.card import set_card  # noqa: E402
from stopjihad.view.look import HUES  # noqa: E402

from support import cards  # noqa: E402

STATIC = Path("/usr/share/fonts/truetype/noto")
"""Debian's fonts-noto-core: peers need static fonts."""

POINTS = 100
GOAL = 90
"""Seconds for 12,000 cards on two cores; issue of the card engine."""


class Result(NamedTuple):
    """Account for one engine.

    Images per second of the clock and per second of a processor (a busy machine spoils the first
    alone), mean kB of a picture, peak MiB of a process.
    """

    rate: float
    work: float
    size: float
    memory: float


def specification(folder: Path) -> Path:
    """Write the words of 60 cards, with the size that ours finds for each."""
    found = []
    for lang in ("en", "fr", "de", "tr", "ru"):
        fact, claim, warning, title, talk = cards.TEXTS[lang]
        for text in (fact, f"{warning} {fact}", claim, f"{fact} {claim}") * 3:
            job = cards.job("en", subject=cards.point(fact=cards.Text(text, lang)))
            sizes = [
                place.block.size
                for place, _ in set_card(job).placed
                if place.block and place.block.shaped.text == place.block.shaped.text.strip()
            ]
            found.append(
                {
                    "lang": lang,
                    "fact": text,
                    "size": max(sizes),
                    "title": title,
                    "talk": talk,
                    "number": "0800 005 696",
                }
            )
    fonts = {name: str(STATIC / f"NotoSans-{name.title()}.ttf") for name in ("regular", "bold")}
    path = folder / "cards.json"
    path.write_text(json.dumps({"cards": found, **fonts}), encoding="utf-8")
    return path


def installed(folder: Path) -> bool:
    """Let npm install the peers that run in Node; tells whether they are there."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    for name in ("package.json", "scene.mjs", "satori.mjs", "takumi.mjs"):
        shutil.copy(PEERS / name, folder)
    words = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts"]
    return not subprocess.run(words, cwd=folder, capture_output=True, check=False).returncode


def engines(folder: Path, *, alone: bool) -> dict[str, list[str]]:
    """Give the commands of the engines that this machine has; ``alone`` asks npm for none."""
    found = {"stopjihad": [sys.executable, str(PEERS / "ours.py")]}
    if not alone and installed(folder):
        found["satori + resvg-js"] = ["node", str(folder / "satori.mjs")]
        found["takumi"] = ["node", str(folder / "takumi.mjs")]
    else:
        print("left out, for npm did not install them: satori + resvg-js, takumi")
    found["Pillow script"] = [sys.executable, str(PEERS / "pillow_script.py")]
    return found


def measure(command: list[str], spec: Path, seconds: float, cores: tuple[int, ...]) -> Result:
    """Run one process per core at once; gives the sum of their rates."""
    processes = []
    for core in cores:
        out = spec.parent / f"{Path(command[1]).stem}-{core}.png"
        processes.append(
            subprocess.Popen(
                ["taskset", "--cpu-list", str(core), *command, str(spec), str(seconds), str(out)],
                stdout=subprocess.PIPE,
                text=True,
                cwd=REPOSITORY,
            )
        )
    rate = work = size = memory = 0.0
    for process in processes:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{command} failed")
        counted = json.loads(said.strip().splitlines()[-1])
        rate += counted["images"] / counted["seconds"]
        work += counted["images"] / counted["cpu"] / len(cores)
        size = counted["bytes"] / counted["images"] / 1000
        memory = max(memory, usage.ru_maxrss / 1024)
    return Result(rate, work, size, memory)


MOST_MEMORY = 143
"""MiB that a process may need at most: 150 MB."""


class Drawn(NamedTuple):
    """What a process has drawn: cards, its id, and its peak so far in MiB."""

    cards: int
    process: int
    memory: float


class Campaign(NamedTuple):
    """Account for a campaign's cards.

    Seconds of the clock and of processors; MiB of the largest process, and of all together.
    """

    cards: int
    seconds: float
    cpu: float
    largest: float
    together: float


def peak() -> float:
    """Give the most memory that this process had, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def draw_language(task: tuple[str, int]) -> Drawn:
    """Draw all cards of one language."""
    lang, points = task
    fact, claim, _, _, _ = cards.TEXTS[lang]
    themes, drawings = sorted(HUES), sorted(cards.drawings())
    made = 0
    for number in range(points):
        text = f"{fact} {claim}" if number % 3 == 0 else fact
        subject = cards.point(lang, fact=cards.Text(f"{number} {text}", lang))
        drawing = drawings[number % len(drawings)]
        look = {"drawing": cards.drawings()[drawing], "theme": themes[number % len(themes)]}
        for turn in range(2):
            design = cards.FAMILIES[(2 * number + turn) % len(cards.FAMILIES)]
            for form in cards.FORMATS:
                job = cards.job(lang, design, form, subject=subject, **look)
                made += isinstance(make_card(job), bytes)
    return Drawn(made, os.getpid(), peak())


def campaign(points: int, languages: Sequence[str]) -> Campaign:
    """Draw a whole campaign with two processes."""
    begun = time.perf_counter()
    past = resource.getrusage(resource.RUSAGE_CHILDREN)
    with ProcessPoolExecutor(2) as pool:
        drawn = list(pool.map(draw_language, [(lang, points) for lang in languages]))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peaks: dict[int, float] = {}
    for one in drawn:
        peaks[one.process] = max(one.memory, peaks.get(one.process, 0.0))
    return Campaign(
        sum(one.cards for one in drawn),
        time.perf_counter() - begun,
        used.ru_utime + used.ru_stime - past.ru_utime - past.ru_stime,
        max(peaks.values()),
        sum(peaks.values()) + peak(),
    )


def _beside_others(seconds: float, keep: Path | None, *, alone: bool) -> None:
    """Print what each engine draws in so many seconds of a processor.

    ``alone`` measures on one core, without the peers that npm would have to install.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spec = specification(folder)
        table = {}
        for engine, command in engines(folder, alone=alone).items():
            one = measure(command, spec, seconds, (0,))
            two = one if alone else measure(command, spec, seconds, (0, 1))
            table[engine] = (one, two)
        if keep:
            for picture in folder.glob("*-0.png"):
                shutil.copy(picture, keep)
    beside = "satori" if "satori + resvg-js" in table else "Pillow"
    peer = table["satori + resvg-js" if beside == "satori" else "Pillow script"][0].work
    print(
        f"engine             img/s 1 core  2 cores  img/CPU s  kB/image  peak MiB  × {beside} (CPU)"
    )
    for engine, (one, two) in table.items():
        print(
            f"{engine:18} {one.rate:12.0f} {two.rate:8.0f} {one.work:10.0f} {one.size:9.0f} "
            f"{one.memory:9.0f} {one.work / peer:9.1f}"
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seconds", type=float, default=5, help="processor time that each engine gets"
    )
    parser.add_argument("--points", type=int, default=POINTS)
    parser.add_argument("--languages", type=int, default=len(cards.TEXTS))
    parser.add_argument("--alone", action="store_true", help="on one core, without npm's peers")
    parser.add_argument("--campaign", action="store_true", help="the campaign alone")
    parser.add_argument("--keep", type=Path, help="folder to keep one picture of each engine in")
    options = parser.parse_args()
    if not options.campaign:
        _beside_others(options.seconds, options.keep, alone=options.alone)
    made = campaign(options.points, sorted(cards.TEXTS)[: options.languages])
    print(
        f"{made.cards} cards of a campaign: {made.seconds:.1f} s on two cores, {made.cpu:.1f} s of "
        f"processor; goal {GOAL} s for {POINTS * 12 * 10}\n"
        f"memory of a campaign: {made.largest:.0f} MiB the largest process, {made.together:.0f} "
        f"the peaks of all processes together; goal {MOST_MEMORY} MiB a process"
    )


if __name__ == "__main__":
    main()
