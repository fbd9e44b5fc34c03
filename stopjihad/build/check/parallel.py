"""Check the languages of a campaign in several processes, or on other machines.

Batches of a build (``execute``) must all be done. These tasks only save time: whatever is missing,
because another process was ended or a task failed in it, is found by the process that asks for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from itertools import islice
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from stopjihad.build.check.kept_findings import (
    FOUND_ELSEWHERE,
    findings_in,
    program,
    translation_findings,
)
from stopjihad.build.check.kept_verdict import FinishedBuild
from stopjihad.build.work.execute import ahead_in
from stopjihad.build.work.processes import alongside, processors
from stopjihad.catalog.frames import has_frames
from stopjihad.catalog.platforms import platforms
from stopjihad.check.finding_cache import FindingCache, MissingCount
from stopjihad.check.keeping import SourceDigests
from stopjihad.check.rules.languages import Case, tongues
from stopjihad.check.rules.run import language_findings, whole_findings
from stopjihad.check.translation.use import Texts, file_use
from stopjihad.disk.cache import Cache, NoCache
from stopjihad.model.campaign import must_be_read
from stopjihad.model.project import Project
from stopjihad.model.translation import Translations
from stopjihad.problem import ProblemsFound

Task = Callable[[FindingCache], None]
"""Finds something out and keeps it; what is kept is not looked for again."""

MOST = 8
"""Most processes: the longest of the tasks takes about a tenth of the time of all (measured with
bench/rules.py), and a process costs some of it."""

FEW = 3
"""Tasks from which a second process pays: it costs about as much as a third of a language."""

LITTLE = 40
"""Shelves and rules, of all tasks, up to which a build does them alone: an edited talking point
lacks about two a language, and a second process takes longer to copy (0.1 s, measured)."""


class _Record:
    """Keep things in memory until they can be handed over, above what is kept already."""

    def __init__(self, kept: Cache) -> None:
        self._kept = kept
        self.made: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Give what is kept under ``key``."""
        return self.made.get(key) or self._kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``."""
        self.made[key] = data


@contextmanager
def reading_ahead(
    project: Project,
    today: dt.date,
    kept: Cache,
    built: FinishedBuild | None = None,
    *,
    thorough: bool = True,
    executor: Executor | None = None,
) -> Iterator[None]:
    """Check the languages of a campaign, and what was built of it, in several processes.

    Args:
        kept: where findings are kept. After the block all of them are there.
        built: the finished build whose pages and drafts are to be judged, if any is.
        executor: other machines, which check instead of processes of our own.

    Yields:
        While the others read, this process may do something else.
    """
    tasks = _tasks(Questions(project, today, thorough, SourceDigests(project)), built)
    lacking = [(task, count) for task in tasks if (count := _count_missing(task, kept))]
    missing = [task for task, _ in lacking]
    few = len(missing) < FEW or not project.digest
    if executor is not None and not few:
        away = [partial(_record_task, task, NoCache()) for task in missing]
        with run_elsewhere(away, executor) as finish:
            yield
            _hand_over((_only_findings(record) for record in finish()), kept)
        return
    count = min(processors(), MOST)
    # A check judges each language as a whole: what it lacks is never little.
    little = not thorough and sum(count for _, count in lacking) <= LITTLE
    if count < 2 or few or little:
        yield
        return
    # What all of them look up or import is read once.
    platforms()
    import_module("stopjihad.check.translation.file")
    with alongside([partial(_record_task, task, kept) for task in missing], count) as finish:
        yield
        _hand_over(finish(), kept)


def _hand_over(records: Iterable[Mapping[str, bytes]], kept: Cache) -> None:
    for record in records:
        for key, data in record.items():
            kept.put(key, data)


def _only_findings(record: Mapping[str, bytes]) -> dict[str, bytes]:
    """Take findings alone from another machine: it says nothing of what files hold."""
    return {key: data for key, data in record.items() if FOUND_ELSEWHERE.fullmatch(key)}


class Questions(NamedTuple):
    """Say what is checked, on which day, and whether the style of translations is, too."""

    project: Project
    today: dt.date
    thorough: bool
    digests: SourceDigests

    @property
    def case(self) -> Case:
        """The campaign as message rules see it."""
        spoken = tongues(self.project)
        return Case(project=self.project, today=self.today, tongues=spoken, digests=self.digests)


def _tasks(asked: Questions, built: FinishedBuild | None) -> list[Task]:
    """List what there is to do, what takes least last: then processes end at about one time."""
    project = asked.project
    known = sorted(tongues(project), key=lambda tongue: not has_frames(tongue.language))
    parts: list[Task] = []
    if built:
        from stopjihad.build.check.artefacts import PARTS  # a build judges nothing that was built

        parts = [partial(_part, project, built, part) for part in range(PARTS)]
    judged = {tongue.file.path for tongue in known if tongue.file}
    others = (file for file in project.translations if file.path not in judged)
    return [
        *parts,
        *(partial(_language, _narrow_to(asked, tongue.file), tongue.language) for tongue in known),
        partial(_whole, asked),
        *(partial(_translation, _narrow_to(asked, file)) for file in others),
    ]


def _narrow_to(asked: Questions, file: Translations | None) -> Questions:
    """Leave out the translations that a task has no use for: it may travel."""
    translations = () if file is None else (file,)
    return asked._replace(project=replace(asked.project, translations=translations))


def _record_task(task: Task, kept: Cache) -> dict[str, bytes]:
    """Do a task; give what was not ``kept`` before."""
    record = _Record(kept)
    task(findings_in(record))
    return record.made


def _count_missing(task: Task, kept: Cache) -> int:
    """Count what a task would have to find out."""
    count = MissingCount(kept, program())
    task(count)
    return count.missing


def _part(project: Project, built: FinishedBuild, part: int, kept: FindingCache) -> None:
    from stopjihad.build.check.artefacts import part_findings

    part_findings(project, built, part, kept)


def _language(asked: Questions, language: str, kept: FindingCache) -> None:
    """Apply rules, and compare with the source: the messages of a language are read once."""
    case = asked.case
    (tongue,) = [tongue for tongue in case.tongues if tongue.language == language]
    listing = asked.thorough or must_be_read(asked.project.campaign.record)
    findings = language_findings(case, tongue, thorough=asked.thorough, cache=kept, listing=listing)
    for _ in findings:
        pass
    _translation(asked, kept)


def _whole(asked: Questions, kept: FindingCache) -> None:
    for _ in whole_findings(asked.case, thorough=asked.thorough, cache=kept):
        pass


def _translation(asked: Questions, kept: FindingCache) -> None:
    project = asked.project
    translation_findings(project, kept, thorough=asked.thorough)
    if not isinstance(kept, MissingCount):  # whether this is kept would take as long as to read it
        for file in project.translations:
            file_use(project, Texts(project), file, kept)


T = TypeVar("T")


@contextmanager
def run_elsewhere(
    tasks: Sequence[Callable[[], T]], executor: Executor
) -> Iterator[Callable[[], Iterator[T]]]:
    """Begin tasks on other machines while this one goes on with something else.

    Args:
        tasks: what to do, the longest first; they are pickled.

    Yields:
        A function that gives the results in any order; those of tasks that failed, or over which
        workers ended, are missing. It raises what is wrong with the machines themselves. When the
        block ends without it, the tasks do, too.
    """
    ahead = ahead_in(executor)
    rest = iter(tasks)
    waiting: set[Future[T]] = set()

    def submit() -> None:
        for task in islice(rest, ahead - len(waiting)):
            waiting.add(executor.submit(task))

    def finish() -> Iterator[T]:
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            waiting.difference_update(done)
            submit()
            for future in done:
                error = future.exception()
                if isinstance(error, ProblemsFound):
                    raise error
                if error is None:
                    yield future.result()

    try:
        submit()
        yield finish
    finally:
        for future in waiting:
            future.cancel()
