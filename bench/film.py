"""Make the same film by stopjihad and by MoviePy: four scenes, 1080x1920, 30 pictures a second.

Ours sets and draws its cards, an Arabic text with a number that counts up; MoviePy is given the
finished pictures, since it cannot set Arabic, and blends them. Both encode with x264's preset
"superfast" in one thread. MoviePy is installed into a folder that is thrown away: it wants an older
Pillow than ours. Prints seconds of processors, peak memory and the ratio.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
PEERS = Path(__file__).resolve().parent / "film_peers"
sys.path.insert(0, str(REPOSITORY / "tests"))

from stopjihad.draw import render_card  # noqa: E402

from support.films import film_job  # noqa: E402

PEER = "moviepy==2.2.1"

GOAL = 3.5
"""Seconds of processors for 9 s of film."""

MEMORY = 300
"""MiB at most."""


class FilmRun(NamedTuple):
    """What one film took: seconds of processors and on the clock, peak MiB, KiB of the file."""

    processor: float
    clock: float
    memory: float
    size: float


def run(command: Sequence[str], out: Path) -> FilmRun:
    """Run a program that writes a film, its own processes counted."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    begun, before = time.perf_counter(), os.times()
    process = subprocess.Popen(command, cwd=out.parent, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} failed")
    spent = os.times()
    used = usage.ru_utime + usage.ru_stime
    used = max(used, spent[2] + spent[3] - before[2] - before[3])
    return FilmRun(
        used, time.perf_counter() - begun, usage.ru_maxrss / 1024, out.stat().st_size / 1024
    )


def pictures(folder: Path) -> list[str]:
    """Draw the cards that MoviePy is given."""
    found = []
    for at, job in enumerate(film_job("ar", "story").scenes[:4]):
        path = folder / f"{at}.png"
        path.write_bytes(render_card(job))
        found.append(str(path))
    return found


def peer(folder: Path) -> str:
    """Install MoviePy; gives its Python, or nothing where no package can be had."""
    venv.create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / "bin" / "python")
    done = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", PEER], check=False, capture_output=True
    )
    return "" if done.returncode else python


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=9)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="without MoviePy")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        length, out = str(options.seconds), folder / "film.mp4"
        engines = {"stopjihad": [sys.executable, str(PEERS / "ours_film.py"), length, str(out)]}
        python = "" if options.alone else peer(folder)
        if python:
            script = str(PEERS / "moviepy_film.py")
            engines["MoviePy"] = [python, script, length, str(out), *pictures(folder)]
        runs: dict[str, list[FilmRun]] = {engine: [] for engine in engines}
        for _ in range(options.rounds):
            for engine, command in engines.items():
                runs[engine].append(run(command, out))
    table = {
        engine: FilmRun(*(statistics.median(column) for column in zip(*rows, strict=True)))
        for engine, rows in runs.items()
    }
    ours = table["stopjihad"]
    print(f"a film of {options.seconds:g} s   of processors     clock  peak MiB      KiB     ratio")
    for engine, one in table.items():
        print(
            f"{engine:18} {one.processor:13.2f} s {one.clock:7.1f} s {one.memory:9.0f} "
            f"{one.size:8.0f} {one.processor / ours.processor:9.1f}"
        )
    print(
        f"goal for 9 s: {GOAL} s of processors, {MEMORY} MiB; MoviePy's memory is without FFmpeg's"
    )


if __name__ == "__main__":
    main()
