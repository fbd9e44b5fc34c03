"""Build the tree of a plan: make what changed, publish everything at once."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import __version__, disk
from stopjihad.build.report import BuildReport
from stopjihad.build.request import Rendering
from stopjihad.build.tree import manifest, place, published, swap
from stopjihad.build.tree.arrangement import ArrangedStage, arrange, carry_over
from stopjihad.build.tree.index import SPARE_INDEX, Index, Origin
from stopjihad.build.tree.inventory import NOTHING, Inventory, take_inventory
from stopjihad.build.tree.manifest import MadeFile
from stopjihad.build.tree.place import KEPT, OURS, OutdatedPlan, Target, name_problems
from stopjihad.build.tree.stage import (
    STAGE,
    STUCK,
    Stage,
    describe_spare,
    discard,
    fresh_stage,
    open_stage,
    stuck,
)
from stopjihad.build.tree.swap import Content
from stopjihad.build.work.batch import StepOutcome
from stopjihad.build.work.execute import Due, is_little, make, require_all
from stopjihad.build.work.joining import join_files
from stopjihad.build.work.keys import digest_of_build, plan_keys
from stopjihad.disk import kernel
from stopjihad.disk.lock import sole_writer
from stopjihad.disk.newest import is_newest
from stopjihad.disk.stamp import TICK_NS
from stopjihad.model.options import Options
from stopjihad.model.step import Plan, Step
from stopjihad.problem import Problem, ProblemsFound

EVERYTHING = Options()
"""What is asked for when no part and no language is chosen."""


class KnownTree(NamedTuple):
    """What is known of the published tree: its index, if there is one, and its state."""

    record: Index | None
    inventory: Inventory


class TreeJob(NamedTuple):
    """One build: what to make, where and how, and what is known before it starts."""

    plan: Plan
    target: Target
    how: Rendering
    keys: Mapping[str, str]
    build: str
    known: KnownTree
    lock: int
    kept: Mapping[str, str]

    @property
    def reuse(self) -> set[str]:
        """Outputs that are published and still what their step would make."""
        files = self.known.inventory.files
        return {path for path, key in self.keys.items() if path in files and files[path].key == key}


def build_tree(
    plan: Plan,
    target: Target,
    how: Rendering,
    options: Options = EVERYTHING,
) -> BuildReport:
    """Make ``target.out`` hold what the plan says, and of what was not asked for what it held.

    Args:
        options: what is asked for; all other outputs stay as they were published.

    Raises:
        ProblemsFound: names collide, the folder is not ours, a renderer found problems, or the
            disk refuses. The published tree is as it was.
        Busy: another build is writing this output.
        NotKept: all was to be taken from the shared store; nothing was written.
    """
    clock = Clock()
    with _explain_errors(target):
        problems = name_problems(plan.steps)
        problems += place.output_problems(target.out, target.workspace, target.sources, ours=True)
        if problems:
            raise ProblemsFound(tuple(problems))
        with sole_writer(Path(target.work, "lock")) as lock:
            swap.recover(target.work, str(target.out))
            known = _look(target, options, lock)
            clock.stage("inventory")
            planned = {step.output for step in plan.steps}
            kept = _kept_outputs(known, planned, target, options)
            keys = plan_keys(plan, how.versions, kept)
            every = dict(sorted({**keys, **kept}.items())) if kept else keys
            build = digest_of_build(plan.campaign, __version__, every.values())
            clock.stage("keys")
            return _build(TreeJob(plan, target, how, keys, build, known, lock, kept), clock)


def _kept_outputs(
    known: KnownTree, planned: Collection[str], target: Target, options: Options
) -> dict[str, str]:
    """Give the published outputs that stay though they are not planned: path to key.

    Raises:
        ProblemsFound: ``output-changed`` when one of them is not as it was published any more.
    """
    if not options.partial:
        return {}
    lost = [path for path in known.inventory.wrong if path == OURS or not options.removes(path)]
    lost = [path for path in lost if path not in planned]
    if lost:
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        message = f"this file{more} would stay, and is not as the last build left it"
        raise ProblemsFound((_changed_output(f"{_shown_path(target)}/{lost[0]}", message),))
    return {
        path: mark.key
        for path, mark in known.inventory.files.items()
        if path != OURS and path not in planned and not options.removes(path)
    }


def _changed_output(shown: str, message: str) -> Problem:
    hint = "build everything once, without --only and --language"
    return Problem(path=shown, code="output-changed", message=message, hint=hint)


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


def _look(target: Target, options: Options, lock: int) -> KnownTree:
    """Find out what is published; refuse a folder that is not ours."""
    out = str(target.out)
    index = published.find_index(target.work, out)
    found = NOTHING if index is None else take_inventory(out, index, swap.file_time(lock))
    ours = index is not None
    if index is not None:
        place.require_same_workspace(target.out, target.workspace, index.origin.workspace)
    problems = place.output_problems(target.out, target.workspace, target.sources, ours=ours)
    names = found.odd if ours else place.all_names(target.out)
    problems = problems or place.repository_problems(target.out, names, _shown_path(target))
    if options.partial and names and not ours:
        problems.append(
            _changed_output(_shown_path(target), "nothing proves that this tree was built here")
        )
    if problems:
        raise ProblemsFound(tuple(problems))
    return KnownTree(index, found)


def _build(job: TreeJob, clock: Clock) -> BuildReport:
    index, found = job.known
    again = job.reuse
    reuse = again | job.kept.keys()
    steps = tuple(step for step in job.plan.steps if step.output not in reuse)
    if index is not None and index.build == job.build and found.whole and not steps:
        with hold_place(job.target):
            _refresh(job.target, index, found)
        return _report(job, again, clock)
    store = job.how.store or str(job.target.state / "store")
    apart = tuple(step for step in steps if not step.files)
    due = Due(apart, job.keys, job.plan.inputs, store, _shown_path(job.target))
    early: list[StepOutcome] = []
    if is_little(due, job.how):
        early = list(make(due, job.how, ""))
        require_all(early)
        clock.stage("render")
    stage = open_stage(job.target.work, index.build if index else "", found)
    with _free_when_full(stage.root):
        arranged = _arrange_stage(job, stage, reuse, [*(s.output for s in steps), OURS])
    with _free_when_full(arranged.root):
        clock.stage("arrange")
        late = () if early else make(due, job.how, arranged.root, (job.lock,))
        joined = tuple(step for step in steps if step.files)
        contents = _write(job, arranged, chain(early, late), joined)
        clock.stage("write" if early else "render")
        _publish(job, arranged, contents, clock)
    return msgspec.structs.replace(_report(job, again, clock), warnings=_stuck_warnings(job.target))


def _arrange_stage(job: TreeJob, stage: Stage, reuse: set[str], make: list[str]) -> ArrangedStage:
    """Arrange the stage; what cannot be cleaned is left, and an empty folder takes its place."""
    out = str(job.target.out)
    try:
        arranged = arrange(stage, out, reuse, make)
        carry_over(out, arranged.root, KEPT)
    except OSError as error:
        if error.errno not in STUCK or not (stage.links or stage.strays or stage.folders):
            raise
    else:
        return arranged
    arranged = arrange(fresh_stage(job.target.work), out, reuse, make)
    carry_over(out, arranged.root, KEPT)
    return arranged


def _stuck_warnings(target: Target) -> tuple[Problem, ...]:
    """Warn of what earlier builds left and this one could not remove."""
    return tuple(
        Problem(
            path=disk.shown_path(str(error.filename), target.workspace),
            code="stage-stuck",
            message=f"this was left by an earlier build and cannot be removed: {error.strerror}",
            hint="remove it yourself; builds go on without it",
            severity="warning",
        )
        for error in stuck(target.work)
    )


def _write(
    job: TreeJob, stage: ArrangedStage, outcomes: Iterable[StepOutcome], joined: Sequence[Step]
) -> dict[str, Content]:
    """Put everything that is made into the stage; give the content of every file of the tree.

    Args:
        joined: steps that are put together from files that the stage has then.
    """
    made: dict[str, MadeFile] = {}
    _create(stage.root, outcomes, made)
    _create(stage.root, join_files(joined, job.keys, job.plan.inputs, stage.root), made)
    files = job.known.inventory.files
    for path in job.keys.keys() - made.keys():
        made[path] = MadeFile(files[path].sha256, files[path].size)
    head = manifest.ManifestHead(job.plan.campaign, __version__, job.build)
    before = manifest.load(str(job.target.out / OURS)) if job.kept else None
    rest = manifest.rest_of(before, job.kept, job.plan) if before else manifest.NO_REST
    data = manifest.encode(head, job.plan, job.keys, made, rest)
    disk.create_below(stage.root, OURS, data)
    contents = {path: Content(key, made[path].sha256) for path, key in job.keys.items()}
    contents |= {path: Content(key, files[path].sha256) for path, key in job.kept.items()}
    contents[OURS] = Content("", hashlib.sha256(data).hexdigest())
    return contents


def _create(root: str, outcomes: Iterable[StepOutcome], made: dict[str, MadeFile]) -> None:
    """Create the files that are made below ``root``, and add each to ``made``."""
    failed: list[StepOutcome] = []
    with disk.NewFiles(root) as new:
        for outcome in outcomes:
            if outcome.problems:
                failed.append(outcome)
                continue
            if outcome.data is not None:
                new.create(outcome.output, outcome.data)
            made[outcome.output] = MadeFile(outcome.sha256, outcome.size)
    require_all(failed)


def _publish(
    job: TreeJob, stage: ArrangedStage, contents: Mapping[str, Content], clock: Clock
) -> None:
    found, target = job.known.inventory, job.target
    kernel.flush(stage.root)
    if len(job.keys) - len(job.reuse) > published.MANY_REFRESHED:
        # Files of the last moment are not believed: the next build would read so many again.
        time.sleep(TICK_NS / 1e9)
    clock.stage("flush")
    now = swap.file_time(job.lock)
    try:
        files, folders = swap.mark_all(stage, contents, found, now)
    except swap.ReplacedFile as error:
        discard(stage.root)
        message = "this file was replaced while the build went on"
        raise ProblemsFound(
            (_changed_output(f"{_shown_path(target)}/{error.filename}", message),)
        ) from None
    index = Index(target.fingerprint, job.build, files, folders, _origin(target, stage.root))
    spare = describe_spare(job.build, found, stage.shared, contents)
    with hold_place(target):
        _require_same_tree(job)
        swap.swap(target.work, str(target.out), stage.root, index, spare)
    clock.stage("publish")


def _require_same_tree(job: TreeJob) -> None:
    """Refuse to put back what another tree has taken away, such as pages with an alert.

    Raises:
        OutdatedPlan: what was kept is of a tree that another one has taken the place of since.
    """
    target = job.target
    now = published.find_index(target.work, str(target.out))
    if job.kept and published.is_other_tree(job.known.record, now):
        raise OutdatedPlan


@contextmanager
def hold_place(target: Target) -> Iterator[None]:
    """Hold the place of a tree for the moment in which another takes it, after the last look.

    A build holds it only now: so an alert is taken away while a build goes on for hours.
    """
    with sole_writer(Path(target.work, swap.PLACE), swap.PATIENCE), target.last_look():
        yield


def _refresh(target: Target, index: Index, found: Inventory) -> None:
    """Remember newer stamps and another fingerprint for a tree that stays as it is."""
    same = index.origin == _origin(target, str(target.out))
    same = same and is_newest(str(target.out), index.build)
    if same and not found.refreshed and index.fingerprint == target.fingerprint:
        return
    if found.moved:  # the spare's links lead to other inodes now
        with disk.hold(target.work) as held:
            held.forget(SPARE_INDEX)
    files, folders = tuple(found.files.values()), tuple(found.folders.values())
    out = str(target.out)
    newer = Index(target.fingerprint, index.build, files, folders, _origin(target, out))
    published.keep_index(target.work, out, newer)


def _origin(target: Target, tree: str) -> Origin:
    state = os.lstat(tree)
    workspace = os.path.realpath(target.workspace)
    return Origin(state.st_dev, state.st_ino, state.st_uid, workspace)


def _report(job: TreeJob, reuse: set[str], clock: Clock) -> BuildReport:
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
        build=job.build,
    )


def _shown_path(target: Target) -> str:
    return disk.shown_path(str(target.out), target.workspace)


@contextmanager
def _free_when_full(stage: str) -> Iterator[None]:
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
def _explain_errors(target: Target) -> Iterator[None]:
    """Turn errors of the operating system into one line that names the published path."""
    try:
        yield
    except OSError as error:
        path = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
        inside = path.removeprefix(target.work + os.sep)
        if inside != path and inside.startswith(STAGE) and isinstance(error, disk.WriteError):
            path = str(target.out.joinpath(*inside.split(os.sep)[1:]))
        shown = disk.shown_path(path or str(target.out), target.workspace)
        raise ProblemsFound((disk.explain(error, shown),)) from error
