"""Kill builds and look at what is left; run as a program, because it forks.

``every SCENARIO STEP``: kill before each STEPth operation on the file system, one build for each.
``random COUNT SEED``: kill builds with worker processes at random moments.
Prints JSON: moments tried, and what was wrong after which of them.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from stopjihad.build.tree.published import is_current
from stopjihad.build.tree.tree import build_tree
from stopjihad.build.work import execute
from stopjihad.disk import kernel
from stopjihad.model.step import Plan

from support.faults import before_each_operation, kill_at, quick_disk
from support.toy import expected, make_plan, texts, toy_rendering, toy_target, tree

BEFORE = {
    "first": [],
    "second": [make_plan(texts(2), ("fr",))],
    "spare": [make_plan(texts(2), ("fr",)), make_plan(texts(1, p0="new"), ("fr",))],
    "processes": [make_plan(texts(2), ("fr",))],
    "two-renames": [make_plan(texts(2), ("fr",)), make_plan(texts(1, p0="new"), ("fr",))],
}
"""Builds that are published before the one that is killed."""
AFTER = make_plan({"p0": "new", "p2": "third"}, ("fr", "ar"))
LATER = make_plan({"p0": "newer", "p2": "third"}, ("fr",))
NO_SITE_FOR_A_MOMENT = {"two-renames"}


def build(folder: Path, plan: Plan, jobs: int = 1) -> None:
    build_tree(plan, toy_target(folder, "now"), toy_rendering(jobs=jobs))


def in_child(action: Callable[[], object]) -> int:
    """Do something in a copy of this process, the leader of a group of its own."""
    pid = os.fork()
    if pid == 0:
        status = 3
        try:
            os.setpgid(0, 0)
            action()
            status = 0
        finally:
            os._exit(status)
    return pid


def running(group: int) -> list[int]:
    """List the processes of a group that are no zombies, as Linux tells them (proc(5))."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = entry.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue  # it has just ended
        if of_group == str(group) and state != "Z":
            found.append(int(entry.parent.name))
    return found


def end_of_group(pid: int) -> bool:
    """Wait until no process of a group runs; at most 5 seconds.

    Orphans that have ended stay as zombies until process 1 looks after them: they do not run.
    """
    for _ in range(500):
        try:
            os.killpg(pid, 0)
        except ProcessLookupError:
            return True
        if Path("/proc/self/stat").exists() and not running(pid):
            return True
        time.sleep(0.01)
    return False


def site(folder: Path) -> dict[str, bytes] | None:
    """Read what is published, without the manifest; None when nothing is."""
    out = folder / "dist/toy"
    if not out.exists():
        return None
    files = tree(out)
    files.pop("manifest.json", None)
    return files


def faults(folder: Path, before: list[Plan], *, may_be_gone: bool) -> list[str]:
    """Say what is wrong after a kill, and after the builds that follow."""
    whole = [expected(AFTER), *(expected(plan) for plan in before[-1:])]
    found = []
    state = site(folder)
    if state not in whole and not (state is None and (not before or may_be_gone)):
        found.append("broken")
    for plan in (AFTER, LATER, AFTER):
        build(folder, plan)
        if site(folder) != expected(plan) or not is_current(toy_target(folder, "now")):
            found.append("not recovered")
    names = {path.suffix or path.name for path in (folder / "dist/.stopjihad/toy").iterdir()}
    if not names <= {"lock", "place", "spare", ".index"}:
        found.append(f"left behind: {sorted(names)}")
    return found


def kill_before_each_operation(scenario: str, step: int) -> dict[str, object]:
    before = BEFORE[scenario]
    jobs = 2 if scenario == "processes" else 1
    if scenario == "two-renames":
        kernel.exchange = lambda *_: False
    if scenario == "processes":
        execute.FEW = 0
    wrong: dict[int, list[str]] = {}
    number = -step
    killed = True
    while killed:
        number += step
        with tempfile.TemporaryDirectory(dir=quick_disk()) as name:
            folder = Path(name)
            for plan in before:
                build(folder, plan)

            def attempt(folder: Path = folder, number: int = number) -> None:
                with before_each_operation(kill_at(number)):
                    build(folder, AFTER, jobs)

            pid = in_child(attempt)
            status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            killed = status == -signal.SIGKILL
            found = faults(folder, before, may_be_gone=scenario in NO_SITE_FOR_A_MOMENT)
            if not end_of_group(pid):
                found.append("processes left")
            if status not in {0, -signal.SIGKILL}:
                found.append(f"exit {status}")
            if found:
                wrong[number] = found
    return {"moments": number, "wrong": wrong}


def kill_at_random(count: int, seed: int) -> dict[str, object]:
    execute.FEW = 0
    dice = random.Random(seed)
    wrong: dict[int, list[str]] = {}
    moments = 0
    first = make_plan(texts(120, p5="!slow"))
    second = make_plan(texts(125, p5="!slow", **{f"p{n}": f"new {n}" for n in range(60, 90)}))
    while moments < count:
        with tempfile.TemporaryDirectory(dir=quick_disk()) as name:
            folder = Path(name)
            build(folder, first)
            pid = in_child(lambda folder=folder: build(folder, second, 2))
            time.sleep(dice.uniform(0, 0.12))
            try:
                os.killpg(pid, 0)
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            moments += status == -signal.SIGKILL
            found = []
            if site(folder) not in (expected(first), expected(second)):
                found.append("broken")
            build(folder, second)  # at once: the lock must be free though workers may linger
            if not end_of_group(pid):
                found.append("processes left")
            if site(folder) != expected(second):
                found.append("not recovered")
            if found:
                wrong[moments] = found
    return {"moments": moments, "wrong": wrong}


if __name__ == "__main__":
    if sys.argv[1] == "every":
        result = kill_before_each_operation(sys.argv[2], int(sys.argv[3]))
    else:
        result = kill_at_random(int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(result))
