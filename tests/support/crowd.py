"""Let several builders and readers loose on one output; run as a program, because it forks.

Arguments: folder, builders, rounds, readers. Prints JSON: counts of what happened.

A reader asks for single pages by path, as a web server does: each must be there and whole. It also
opens the published folder and reads every file through that descriptor, as rsync does: what it sees
must be one site. Once a later build takes that folder as its stage, nothing is promised; the file
that is removed first tells.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from stopjihad.build.tree.tree import build_tree
from stopjihad.disk import lock
from stopjihad.disk.lock import Busy
from stopjihad.model.step import Plan

from support.toy import make_plan, texts, toy_rendering, toy_target

POINTS = 12


def plan_of(version: str) -> Plan:
    """Plan a site of which every file names the version, in all builders the same files."""
    return make_plan(dict.fromkeys(texts(POINTS), f"version {version}"), ("fr",))


def builder(folder: Path, version: str) -> Counter[str]:
    """Build one version, unless another build is at work."""
    try:
        build_tree(plan_of(version), toy_target(folder), toy_rendering())
    except Busy:
        return Counter(busy=1)
    return Counter(built=1)


def versions(data: bytes) -> set[bytes]:
    """Give the versions that a file names."""
    return {line for line in data.splitlines() if line.startswith(b"version ")}


def read_site(out: Path, paths: list[str]) -> set[bytes] | None:
    """Read all files of one tree; give the versions, or None when a build took the tree back."""
    handle = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    try:
        before = os.stat(paths[0], dir_fd=handle).st_ino
        found: set[bytes] = set()
        for path in paths:
            file = os.open(path, os.O_RDONLY, dir_fd=handle)
            with os.fdopen(file, "rb") as stream:
                found |= versions(stream.read())
        return found if os.stat(paths[0], dir_fd=handle).st_ino == before else None
    except FileNotFoundError:
        try:
            untouched = os.stat(paths[0], dir_fd=handle).st_ino == before
        except FileNotFoundError:
            untouched = False
        return set() if untouched else None
    finally:
        os.close(handle)


def reader(folder: Path, stop: Path) -> Counter[str]:
    """Read until told to stop."""
    out = folder / "dist/toy"
    paths = sorted(step.output for step in plan_of("0").steps)
    counts: Counter[str] = Counter()
    seen: set[bytes] = set()
    while not stop.exists():
        for path in paths:
            try:
                page = versions((out / path).read_bytes())
            except FileNotFoundError:
                counts["missing"] += 1
                continue
            counts["pages"] += 1
            counts["mixed"] += len(page) != 1
        whole = read_site(out, paths)
        if whole is None:
            counts["overtaken"] += 1
            continue
        counts["sites"] += 1
        counts["mixed"] += len(whole) != 1
        seen |= whole
    counts["versions"] = len(seen)
    return counts


def in_child(action: Callable[[], Counter[str]], result: Path) -> int:
    """Do something in a copy of this process, which writes its counts to a file."""
    pid = os.fork()
    if pid == 0:
        try:
            result.write_text(json.dumps(action()))
        finally:
            os._exit(0)
    return pid


def crowd(folder: Path, builders: int, rounds: int, readers: int) -> Counter[str]:
    """Run all of them at once: the builders of a round start together, readers go on and on."""
    build_tree(plan_of("first"), toy_target(folder), toy_rendering())
    stop = folder / "stop"
    total: Counter[str] = Counter()
    files = [folder / f"reader-{number}" for number in range(readers)]
    reading = [in_child(lambda: reader(folder, stop), file) for file in files]
    for number in range(rounds):
        results = [folder / f"builder-{name}" for name in range(builders)]
        run_round(folder, number, results)
        total.update(collected(results))
    stop.touch()
    for pid in reading:
        os.waitpid(pid, 0)
    total.update(collected(files))
    pages = (folder / "dist/toy").rglob("*.html")
    total["mixed"] += len(versions(b"".join(page.read_bytes() for page in pages))) != 1
    return total


def run_round(folder: Path, number: int, results: list[Path]) -> None:
    """Run one build for each result; all start at once, else the first is done too soon."""
    waiting, start = os.pipe()

    def build(name: int) -> Counter[str]:
        os.close(start)
        os.read(waiting, 1)  # ends when the last writer has closed its end
        return builder(folder, f"{number}-{name}")

    building = [in_child(lambda name=name: build(name), file) for name, file in enumerate(results)]
    os.close(waiting)
    os.close(start)
    for pid in building:
        os.waitpid(pid, 0)


def collected(files: list[Path]) -> Counter[str]:
    """Add up counts of children; one that left none has failed."""
    total: Counter[str] = Counter()
    for file in files:
        total["failed"] += not file.exists()
        if file.exists():
            total.update(json.loads(file.read_text()))
            file.unlink()
    return total


NAMES = ("built", "busy", "pages", "sites", "overtaken", "versions", "mixed", "missing", "failed")

if __name__ == "__main__":
    lock.PATIENCE = 0.0
    counted = crowd(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
    sys.stdout.write(json.dumps({name: counted[name] for name in NAMES}))
