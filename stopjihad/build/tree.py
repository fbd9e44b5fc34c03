"""Build the tree of a plan: make what changed, publish everything at once."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from stopjihad import __version__
from stopjihad.build import disk, kernel, manifest, place, publish
from stopjihad.build.arrange import Arranged, ancestors, arrange, carry_over
from stopjihad.build.index import NEVER, FileMark, FolderMark, Index, load_index
from stopjihad.build.keys import digest_of_build, plan_keys
from stopjihad.build.lock import sole_writer
from stopjihad.build.making import Due, Rendering, is_little, make, require_all
from stopjihad.build.manifest import Made
from stopjihad.build.names import KEPT, OURS, name_problems
from stopjihad.build.publish import Content
from stopjihad.build.report import BuildReport
from stopjihad.build.stage import SPARE_INDEX, STAGE, describe_spare, discard, open_stage
from stopjihad.build.survey import NOTHING, Survey, survey
from stopjihad.build.target import Target
from stopjihad.build.worker import Outcome
from stopjihad.model.request import Options
from stopjihad.model.step import Plan
from stopjihad.problem import Problem, ProblemsFound

__all__ = ["Target", "build_tree", "is_current", "remembered"]

EVERYTHING = Options()
"""What is asked for when no part and no language is chosen."""

MANY_REFRESHED = 200
"""Stamps in doubt from which `is_current` asks for a build, which takes them anew: hashing 200
files costs about 10 ms (measured)."""


class Known(NamedTuple):
    """Hold what is known of the published tree: its index, if there is one, and its state."""

    record: Index | None
    survey: Survey


class Job(NamedTuple):
    """Hold one build: what to make, where and how, and what is known before it starts."""

    plan: Plan
    target: Target
    how: Rendering
    keys: Mapping[str, str]
    build: str
    known: Known
    lock: int
    kept: Mapping[str, str]

    @property
    def reuse(self) -> set[str]:
        """Outputs that are published and still what their step would make."""
        files = self.known.survey.files
        return {path for path, key in self.keys.items() if path in files and files[path].key == key}


def build_tree(
    plan: Plan, target: Target, how: Rendering, options: Options = EVERYTHING
) -> BuildReport:
    """Make ``target.out`` hold what the plan says, and of what was not asked for what it held.

    Args:
        plan: what to make.
        target: where.
        how: how steps are rendered.
        options: what is asked for; all other outputs stay as they were published.

    Returns:
        What was done.

    Raises:
        ProblemsFound: names collide, the folder is not ours, a renderer found problems, or the
            disk refuses. The published tree is as it was.
        Busy: another build is writing this output.
    """
    clock = Clock()
    with _explaining(target):
        problems = name_problems(plan.steps)
        problems += place.output_problems(target.out, target.workspace, target.sources, ours=True)
        if problems:
            raise ProblemsFound(tuple(problems))
        os.makedirs(target.work, mode=0o700, exist_ok=True)
        with sole_writer(Path(target.work, "lock")) as lock:
            publish.recover(target.work, str(target.out))
            keys = plan_keys(plan, how.versions)
            clock.stage("keys")
            known = _look(target, options)
            kept = _kept(known, keys, target, options)
            every = dict(sorted({**keys, **kept}.items())) if kept else keys
            build = digest_of_build(plan.campaign, __version__, every.values())
            clock.stage("survey")
            return _build(Job(plan, target, how, keys, build, known, lock, kept), clock)


def is_current(target: Target) -> bool:
    """Tell whether exactly the tree of this fingerprint is published; reads and locks nothing else.

    Args:
        target: where, with the fingerprint.

    Returns:
        False also when too much is in doubt to be answered quickly.
    """
    out = str(target.out)
    try:
        index = load_index(publish.index_path(target.work, out))
    except OSError:
        return False
    if index is None or index.fingerprint != target.fingerprint:
        return False
    found = survey(out, index, 0)
    return found.whole and found.refreshed <= MANY_REFRESHED


def remembered(target: Target, options: Options = EVERYTHING) -> dict[str, FileMark]:
    """Give what is remembered of the published tree, without looking at it.

    Args:
        target: where it is published.
        options: what is asked for.

    Returns:
        Path to key, digest, size and stamp of each file; nothing when nothing is remembered.
    """
    index = _record(target, options)
    return {mark.path: mark for mark in index.files} if index else {}


def _record(target: Target, options: Options) -> Index | None:
    """Find the index of the published tree.

    Where it is lost and something of the tree has to stay, its manifest is taken instead: no stamp
    in it is believed, so that every file is read and compared with its digest.
    """
    index = publish.find_index(target.work, str(target.out))
    path = str(target.out / OURS)
    found = manifest.load(path) if index is None and options.partial else None
    data = disk.read(path) if found else None
    if found is None or data is None:
        return index
    marks = [FileMark(f.path, f.step, f.sha256, f.bytes, 0, 0, NEVER) for f in found.files]
    own = FileMark(OURS, "", hashlib.sha256(data).hexdigest(), len(data), 0, 0, NEVER)
    folders = sorted(ancestors(mark.path for mark in marks))
    stamps = tuple(FolderMark(folder, 0, 0, NEVER) for folder in folders)
    return Index("", found.build, (*marks, own), stamps)


def _kept(
    known: Known, keys: Mapping[str, str], target: Target, options: Options
) -> dict[str, str]:
    """Give the published outputs that stay though they are not planned: path to key.

    Raises:
        ProblemsFound: ``output-changed`` when one of them is not as it was published any more.
    """
    if not options.partial:
        return {}
    lost = [path for path in known.survey.wrong if path == OURS or not options.removes(path)]
    lost = [path for path in lost if path not in keys]
    if lost:
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        problem = Problem(
            path=f"{_shown(target)}/{lost[0]}",
            code="output-changed",
            message=f"this file{more} would stay, and is not as the last build left it",
            hint="build everything once, without --only and --language",
        )
        raise ProblemsFound((problem,))
    return {
        path: mark.key
        for path, mark in known.survey.files.items()
        if path != OURS and path not in keys and not options.removes(path)
    }


class Clock:
    """Measure the stages of a build in seconds."""

    def __init__(self) -> None:
        """Start now."""
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def stage(self, name: str) -> None:
        """Count the time since the last stage ended as that of this one."""
        now = time.perf_counter()
        self.seconds[name] = now - self._last
        self._last = now


def _look(target: Target, options: Options) -> Known:
    """Find out what is published; refuse a folder that is not ours."""
    out = str(target.out)
    index = _record(target, options)
    found = NOTHING if index is None else survey(out, index, publish.file_time(target.work))
    ours = index is not None
    problems = place.output_problems(target.out, target.workspace, target.sources, ours=ours)
    names = found.odd if ours else place.all_names(target.out)
    problems = problems or place.repository_problems(target.out, names, _shown(target))
    if problems:
        raise ProblemsFound(tuple(problems))
    return Known(index, found)


def _build(job: Job, clock: Clock) -> BuildReport:
    index, found = job.known
    again = job.reuse
    reuse = again | job.kept.keys()
    steps = tuple(step for step in job.plan.steps if step.output not in reuse)
    if index is not None and index.build == job.build and found.whole and not steps:
        _refresh(job.target, index, found)
        return _report(job, again, clock)
    due = Due(steps, job.keys, job.plan.inputs, str(job.target.state / "store"), _shown(job.target))
    early: list[Outcome] = []
    if is_little(due, job.how):
        early = list(make(due, job.how, ""))
        require_all(early)
        clock.stage("render")
    stage = open_stage(job.target.work, index.build if index else "", found)
    with _freeing(stage.root):
        arranged = arrange(stage, str(job.target.out), reuse, [*(s.output for s in steps), OURS])
        carry_over(str(job.target.out), arranged.root, KEPT)
        clock.stage("arrange")
        late = () if early else make(due, job.how, arranged.root, (job.lock,))
        contents = _write(job, arranged, chain(early, late))
        clock.stage("write" if early else "render")
        _publish(job, arranged, contents, clock)
    return _report(job, again, clock)


def _write(job: Job, stage: Arranged, outcomes: Iterable[Outcome]) -> dict[str, Content]:
    """Put everything that is made into the stage; give the content of every file of the tree."""
    made: dict[str, Made] = {}
    failed: list[Outcome] = []
    for outcome in outcomes:
        if outcome.problems:
            failed.append(outcome)
            continue
        if outcome.data is not None:
            disk.create_below(stage.root, outcome.output, outcome.data)
        made[outcome.output] = Made(outcome.sha256, outcome.size)
    require_all(failed)
    files = job.known.survey.files
    for path in job.keys.keys() - made.keys():
        made[path] = Made(files[path].sha256, files[path].size)
    head = manifest.Head(job.plan.campaign, __version__, job.build)
    before = manifest.load(str(job.target.out / OURS)) if job.kept else None
    rest = manifest.rest_of(before, job.kept, job.plan) if before else manifest.NO_REST
    data = manifest.encode(head, job.plan, job.keys, made, rest)
    disk.create_below(stage.root, OURS, data)
    contents = {path: Content(key, made[path].sha256) for path, key in job.keys.items()}
    contents |= {path: Content(key, files[path].sha256) for path, key in job.kept.items()}
    contents[OURS] = Content("", hashlib.sha256(data).hexdigest())
    return contents


def _publish(job: Job, stage: Arranged, contents: Mapping[str, Content], clock: Clock) -> None:
    found, target = job.known.survey, job.target
    kernel.flush(stage.root)
    clock.stage("flush")
    now = publish.file_time(target.work)
    files, folders = publish.mark_all(stage, contents, found, now)
    index = Index(target.fingerprint, job.build, files, folders)
    spare = describe_spare(job.build, found, stage.shared, contents)
    publish.swap(target.work, str(target.out), stage.root, index, spare)
    clock.stage("publish")


def _refresh(target: Target, index: Index, found: Survey) -> None:
    """Remember newer stamps and another fingerprint for a tree that stays as it is."""
    if not found.refreshed and index.fingerprint == target.fingerprint:
        return
    if found.moved:  # the spare's links lead to other inodes now
        disk.forget(os.path.join(target.work, SPARE_INDEX))
    files, folders = tuple(found.files.values()), tuple(found.folders.values())
    newer = Index(target.fingerprint, index.build, files, folders)
    publish.remember(target.work, str(target.out), newer)


def _report(job: Job, reuse: set[str], clock: Clock) -> BuildReport:
    made = Counter(step.kind for step in job.plan.steps if step.output not in reuse)
    kept = Counter(step.kind for step in job.plan.steps if step.output in reuse)
    index = job.known.record
    before = {mark.path for mark in index.files} if index else set()
    return BuildReport(
        made=made.total(),
        reused=kept.total(),
        kept=len(job.kept),
        removed=len(before - job.keys.keys() - job.kept.keys() - {OURS}),
        kinds={kind: (made[kind], kept[kind]) for kind in sorted(made | kept)},
        seconds=clock.seconds,
    )


def _shown(target: Target) -> str:
    return disk.shown_path(str(target.out), target.workspace)


@contextmanager
def _freeing(stage: str) -> Iterator[None]:
    """Give the space of a stage back when the disk is full; else it serves the next build."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            discard(stage)
        raise
    except ProblemsFound as found:
        if any(problem.code == "disk-full" for problem in found.problems):
            discard(stage)
        raise


@contextmanager
def _explaining(target: Target) -> Iterator[None]:
    """Turn errors of the operating system into one line that names the published path."""
    try:
        yield
    except OSError as error:
        path = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else ""
        inside = path.removeprefix(target.work + os.sep)
        if inside != path and inside.startswith(STAGE):
            path = str(target.out.joinpath(*inside.split(os.sep)[1:]))
        shown = disk.shown_path(path or str(target.out), target.workspace)
        raise ProblemsFound((disk.explain(error, shown),)) from error
