"""Build many campaigns on many machines, and print what the driver needs for it.

    python bench/fleet.py [CAMPAIGNS] [LANGUAGES] [--points N] [--workers N] [--folder DIR]

100 campaigns in 30 languages are the plan of a large office: real sentences of six languages, each
under the tags of several countries. A tenth of the campaigns has share images. A scheduler of Dask
and its workers run on loopback; outputs go to a shared store in a folder. Printed: seconds and peak
memory of the driver for the first run, for a run when nothing changed, and for the same run in an
empty workspace, which takes everything from the store. Both results must be the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from corpus import Point, write_campaign
from measure import AS_INSTALLED, Run, run
from stopjihad.build.work.private_cluster import PrivateCluster, private_cluster

GOAL_MEMORY = 572
"""MiB that the driver may need: 600 MB."""
GOAL_AGAIN = 0.05
"""Share of the first run that a run from the store may take."""

COUNTRIES = {
    "en": ("", "GB", "AU", "CA", "IE", "NZ"),
    "fr": ("", "BE", "CA", "CH", "SN"),
    "de": ("", "AT", "CH", "BE", "LU"),
    "es": ("", "MX", "AR", "CO", "CL", "PE"),
    "tr": ("", "CY"),
    "ru": ("", "BY", "KZ", "UA", "KG", "MD"),
}
"""Language to countries that have a tag of their own: 30 together."""

_PROGRAM = "from stopjihad.cli.main import main; main()"


class Fleet(NamedTuple):
    """Name the campaigns of a workspace by what is made of them."""

    root: Path
    plain: tuple[str, ...]
    cards: tuple[str, ...]


def tags(count: int) -> dict[str, str]:
    """Give the first tags, one of each language in turn: tag to language."""
    longest = max(map(len, COUNTRIES.values()))
    found = {
        f"{lang}-{own[turn]}" if own[turn] else lang: lang
        for turn in range(longest)
        for lang, own in COUNTRIES.items()
        if turn < len(own)
    }
    return dict(list(found.items())[:count])


def write_fleet(root: Path, campaigns: int, languages: int, points: int) -> Fleet:
    """Write a workspace in which each campaign has talking points of its own."""
    names = [f"campaign-{number:03d}" for number in range(campaigns)]
    for number, name in enumerate(names):
        own = [Point(number * points + at) for at in range(points)]
        write_campaign(root / "campaigns" / name, own, tags(languages))
    every = max(1, round(campaigns / 10))
    return Fleet(root, tuple(names[every:]), tuple(names[:every]))


@contextmanager
def machines(folder: Path, workers: int) -> Iterator[PrivateCluster]:
    """Start a scheduler and workers beside the builds, whose processors are counted alone."""
    with private_cluster(workers) as cluster:
        own = cluster.security
        for name, variable, text in (
            ("ca", "CA_FILE", own.tls_ca_file),
            ("cert", "CLIENT__CERT", own.tls_client_cert),
            ("key", "CLIENT__KEY", own.tls_client_key),
        ):
            (folder / f"{name}.pem").write_text(text, "ascii")
            AS_INSTALLED[f"DASK_DISTRIBUTED__COMM__TLS__{variable}"] = str(folder / f"{name}.pem")
        yield cluster


def held(cluster: PrivateCluster) -> str:
    """Say how much memory each process took at most, the scheduler first; empty but on Linux."""
    sizes = []
    for process in cluster.processes:
        with suppress(OSError):
            status = Path(f"/proc/{process}/status").read_text("ascii")
            peak = status.partition("VmHWM:")[2].split()[0]
            sizes.append(f"{int(peak) / 1024:.0f}")
    return f"  scheduler and workers at most {', '.join(sizes)} MiB" if sizes else ""


def build(fleet: Fleet, url: str, store: Path) -> Run:
    """Build all campaigns: those with share images, then those without."""
    words = ("--quiet", "--executor", url, "--store", str(store))
    runs = [
        run([sys.executable, "-c", _PROGRAM, "build", *names, *only, *words], fleet.root)
        for names, only in ((fleet.cards, ()), (fleet.plain, ("--only", "site,report")))
        if names
    ]
    return Run(
        sum(one.wall for one in runs), sum(one.cpu for one in runs), max(one.peak for one in runs)
    )


def digest_of(folder: Path) -> tuple[str, int]:
    """Give one digest of everything that was published, and the number of files."""
    digest, count = hashlib.sha256(), 0
    for path in sorted(folder.rglob("*")):
        if path.is_file() and ".stopjihad" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
            count += 1
    return digest.hexdigest(), count


def measure(fleet: Fleet, workers: int, folder: Path) -> None:
    """Run and print."""
    store = folder / "store"
    with machines(folder, workers) as cluster:
        url = cluster.address
        first = build(fleet, url, store)
        made, files = digest_of(fleet.root / "dist")
        print(f"{files} files, {workers} workers of one thread, {os.cpu_count()} processors")
        print(
            f"first run              {first.wall:8.1f} s  driver {first.cpu:7.1f} s of processors,"
            f" {first.peak:4.0f} MiB (goal: {GOAL_MEMORY}){held(cluster)}"
        )
        same = build(fleet, url, store)
        print(f"nothing changed        {same.wall:8.1f} s  {same.wall / first.wall:.3f}")
        for name in ("dist", ".stopjihad"):
            shutil.rmtree(fleet.root / name)
        again = build(fleet, url, store)
        print(
            f"all from the store     {again.wall:8.1f} s  {again.wall / first.wall:.3f}"
            f" (goal: {GOAL_AGAIN})  driver {again.cpu:.1f} s of processors, {again.peak:.0f} MiB"
        )
    if digest_of(fleet.root / "dist")[0] != made:
        raise SystemExit("what the store gave is not what was made")


def main() -> None:
    """Read the command line, write the campaigns, measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("campaigns", nargs="?", type=int, default=100)
    parser.add_argument("languages", nargs="?", type=int, default=30)
    parser.add_argument("--points", type=int, default=18)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        fleet = write_fleet(folder / "workspace", given.campaigns, given.languages, given.points)
        print(f"{given.campaigns} campaigns, {given.languages} languages, {given.points} points")
        measure(fleet, given.workers, folder)


if __name__ == "__main__":
    main()
