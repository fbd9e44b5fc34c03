"""Build the same campaign with stopjihad and with Hugo, in one run, and print ratios.

    python bench/site.py [POINTS]

1,000 talking points in six languages are 6,000 pages. Each figure is the median of three whole
processes; runs of both alternate, so that a slow machine is slow for both. Measured: a cold build,
a build when nothing changed, a build after one line was edited, peak memory of the largest
process, and the growth from a tenth of the pages. Seconds are this machine's; the ratios travel.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from corpus import LANGUAGES, Point, workspace_point, write_workspace
from hugo_site import hugo_point, write_hugo
from measure import Run, median, run

REPEATS = 3
BIN = Path(sys.executable).parent


class Ours:
    """Build with stopjihad."""

    name = "stopjihad"

    def __init__(self, root: Path, count: int) -> None:
        """Write a workspace of ``count`` talking points."""
        self.root, self.out = root, root / "dist" / "bench" / "site"
        write_workspace(root, count)

    def clean(self) -> None:
        """Forget everything that earlier builds left."""
        for name in ("dist", ".stopjihad"):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def edit(self, number: int) -> None:
        """Change one line of one talking point's text."""
        point = Point(7)
        path = self.root / "campaigns" / "bench" / "points" / f"{point.id}.md"
        path.write_text(workspace_point(point) + f"\nEdit {number}.\n", "utf-8")

    def build(self) -> Run:
        """Build the site."""
        return run([str(BIN / "stopjihad"), "build", "--only", "site"], self.root)


class Hugo:
    """Build with Hugo, as its command line comes."""

    name = "Hugo"

    def __init__(self, root: Path, count: int) -> None:
        """Write a site of ``count`` talking points."""
        self.root, self.out = root, root / "public"
        root.mkdir()
        write_hugo(root, count)

    def clean(self) -> None:
        """Forget everything that earlier builds left."""
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.rmtree(self.root / "resources", ignore_errors=True)

    def edit(self, number: int) -> None:
        """Change one line of one page's text."""
        point = Point(7)
        path = self.root / "content" / "en" / "points" / f"{point.id}.md"
        path.write_text(hugo_point(point, "en") + f"\nEdit {number}.\n", "utf-8")

    def build(self) -> Run:
        """Build the site."""
        return run([str(BIN / "hugo"), "--quiet"], self.root)


def measure(peers: list[Ours | Hugo], prepare: Callable[[Ours | Hugo, int], None]) -> list[Run]:
    """Measure all peers in turn, ``REPEATS`` times."""
    runs: list[list[Run]] = [[] for _ in peers]
    for number in range(REPEATS):
        for peer, found in zip(peers, runs, strict=True):
            prepare(peer, number)
            found.append(peer.build())
    return [median(found) for found in runs]


def show(label: str, ours: Run, hugo: Run) -> None:
    """Print one row: seconds of both, the ratio, peak memory of both."""
    print(
        f"{label:<26}{ours.wall:>9.2f} s{hugo.wall:>9.2f} s{ours.wall / hugo.wall:>9.2f}"
        f"{ours.peak:>10.0f} MiB{hugo.peak:>8.0f} MiB{ours.cpu:>8.2f} s{hugo.cpu:>8.2f} s"
    )


def volume(peer: Ours | Hugo) -> str:
    """Say how much a peer wrote."""
    files = [path for path in peer.out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    pages = sum(path.suffix == ".html" for path in files)
    return f"{peer.name}: {len(files)} files, {pages} pages, {size / 1e6:.1f} MB"


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        small: list[Ours | Hugo] = [
            Ours(base / "small-ours", count // 10),
            Hugo(base / "small-hugo", count // 10),
        ]
        large: list[Ours | Hugo] = [Ours(base / "ours", count), Hugo(base / "hugo", count)]
        print(f"{count} talking points, {len(LANGUAGES)} languages; median of {REPEATS}\n")
        print(
            f"{'':<26}{'ours':>11}{'Hugo':>11}{'ratio':>9}{'ours':>14}{'Hugo':>12}"
            f"{'cpu ours':>10}{'cpu Hugo':>10}"
        )
        cold_small = measure(small, lambda peer, _: peer.clean())
        show("a tenth, cold", *cold_small)
        cold = measure(large, lambda peer, _: peer.clean())
        show("cold", *cold)
        show("nothing changed", *measure(large, lambda _peer, _number: None))
        show("one line edited", *measure(large, lambda peer, number: peer.edit(number)))
        print("\ngrowth from a tenth of the pages (time, memory):")
        for peer, few, many in zip(large, cold_small, cold, strict=True):
            print(f"  {peer.name:<10} {many.wall / few.wall:.1f} x, {many.peak / few.peak:.2f} x")
        print("\n" + "\n".join(volume(peer) for peer in large))


if __name__ == "__main__":
    main()
