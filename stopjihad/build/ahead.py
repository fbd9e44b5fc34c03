"""Find out in several processes what is asked for next, and keep it where it is looked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from msgspec.structs import replace

from stopjihad.build.alongside import alongside
from stopjihad.build.checked import translation_findings
from stopjihad.build.execute import processors
from stopjihad.build.finished import Finished
from stopjihad.build.judged import PARTS, part_findings
from stopjihad.build.ruled import keeper
from stopjihad.catalog.frames import has_frames
from stopjihad.check.rules.case import Case
from stopjihad.check.rules.run import language_findings, whole_findings
from stopjihad.check.rules.tongues import tongues
from stopjihad.disk.cache import Cache
from stopjihad.model.loaded import Project

Task = Callable[[Cache], None]
"""Finds something out and keeps it; what is kept is not looked for again."""

MOST = 8
"""Most processes: the longest of the tasks takes about a tenth of the time of all (measured with
bench/rules.py), and a process costs some of it."""

FEW = 4
"""Tasks from which a second process pays: it costs about as much as half of one."""


class _Missing(LookupError):
    """Say that something is not kept."""


class _Probe:
    """Look whether something is kept, and stop where it is not."""

    def __init__(self, kept: Cache) -> None:
        self._kept = kept

    def get(self, key: str) -> bytes | None:
        found = self._kept.get(key)
        if found is None:
            raise _Missing(key)
        return found

    def put(self, key: str, data: bytes) -> None:
        """Keep nothing: all that is asked for is there."""


class _Record(dict[str, bytes]):
    """Keep things in memory until they can be handed over."""

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``."""
        self[key] = data


@contextmanager
def reading_ahead(
    project: Project, today: dt.date, kept: Cache, built: Finished | None
) -> Iterator[None]:
    """Check the languages of a campaign, and what was built of it, in several processes.

    Args:
        project: the campaign.
        today: day on which it is judged.
        kept: where findings are kept. After the block all of them are there.
        built: the finished build whose pages and drafts are to be judged.

    Yields:
        While the others read, this process may do something else, without ``kept``.
    """
    missing = [task for task in _tasks(project, today, built) if not _is_kept(task, kept)]
    count = min(processors(), MOST)
    if count < 2 or not project.digest or len(missing) < FEW:
        yield
        return
    with alongside([partial(_recorded, task) for task in missing], count) as finish:
        yield
        for record in finish():
            for key, data in record.items():
                kept.put(key, data)


def _tasks(project: Project, today: dt.date, built: Finished | None) -> list[Task]:
    """List what there is to do, what takes least last: then processes end at about one time."""
    known = sorted(enumerate(tongues(project)), key=lambda row: not has_frames(row[1].language))
    parts = [partial(_part, project, built, part) for part in range(PARTS)] if built else []
    return [
        *parts,
        *(partial(_language, project, today, index) for index, _ in known),
        partial(_whole, project, today),
        *(partial(_translation, project, index) for index in range(len(project.translations))),
    ]


def _recorded(task: Task) -> _Record:
    record = _Record()
    task(record)
    return record


def _is_kept(task: Task, kept: Cache) -> bool:
    try:
        task(_Probe(kept))
    except _Missing:
        return False
    return True


def _part(project: Project, built: Finished, part: int, kept: Cache) -> None:
    part_findings(project, built, part, kept)


def _language(project: Project, today: dt.date, index: int, kept: Cache) -> None:
    case = _case(project, today)
    for _ in language_findings(
        case, case.tongues[index], thorough=True, keep=keeper(kept), listing=True
    ):
        pass


def _whole(project: Project, today: dt.date, kept: Cache) -> None:
    for _ in whole_findings(_case(project, today), thorough=True, keep=keeper(kept)):
        pass


def _case(project: Project, today: dt.date) -> Case:
    return Case(project=project, today=today, tongues=tongues(project))


def _translation(project: Project, index: int, kept: Cache) -> None:
    file = project.translations[index]
    translation_findings(replace(project, translations=(file,)), kept, thorough=True)
