"""Judge the pages and drafts of a finished build by the message rules."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from stopjihad import disk
from stopjihad.build.check.kept_findings import findings_in
from stopjihad.build.check.kept_verdict import FinishedBuild
from stopjihad.catalog.platforms import platforms
from stopjihad.catalog.rules import rules
from stopjihad.check.finding import Finding, problems
from stopjihad.check.finding_cache import FindingCache, rule_findings_of
from stopjihad.check.rules.artefact_words import expected_words
from stopjihad.check.rules.artefacts import DraftArtefact, Judge
from stopjihad.disk.cache import Cache
from stopjihad.model.project import Project
from stopjihad.problem import Problem

_SHARES = 3
"""Shares of the languages whose pages may be judged side by side."""

PARTS = _SHARES + 1
"""Parts that may be judged side by side; the last one is all drafts."""


def judge_built(
    project: Project, built: FinishedBuild | None, shown: str, kept: Cache
) -> tuple[Problem, ...]:
    """Judge every page and draft of a finished build.

    Args:
        kept: where verdicts are kept; the state of the build and what was authored decide them.

    Returns:
        Problems, sorted by place; ``built-missing`` when there is no finished build,
        ``built-unreadable`` for what was changed since and is no page or no list of drafts.
    """
    if built is None:
        message = f"there is no finished build in {shown}"
        hint = "build it first: stopjihad build"
        return (Problem(path=shown, code="built-missing", message=message, hint=hint),)
    cache = findings_in(kept)
    found = [one for part in range(PARTS) for one in part_findings(project, built, part, cache)]
    known = rules()
    listed = list(problems((item for item in found if item.rule in known), known))
    hint = "it was changed by hand: build again, then check"
    listed += [
        Problem(path=item.path, code="built-unreadable", message=item.message, hint=hint)
        for item in found
        if item.rule not in known
    ]
    return tuple(
        replace(problem, path=f"{shown}/{problem.path}") for problem in sorted(set(listed))
    )


def part_findings(
    project: Project, built: FinishedBuild, part: int, kept: FindingCache
) -> Sequence[Finding]:
    """Judge a part of the pages and drafts of a finished build.

    Args:
        part: which, from 0 to ``PARTS`` - 1.
    """
    silent = [row.id for row in platforms().values() if row.alt_limit and not row.alt_limit.value]
    names = ("artefacts", built.digest, project.digest, *silent, f"{part} of {PARTS}")
    return rule_findings_of(kept, names, lambda: _judge_part(project, built, silent, part))


def _judge_part(
    project: Project, built: FinishedBuild, silent: Iterable[str], part: int
) -> Iterator[Finding]:
    every = rules()
    hosts = tuple(every["EVD02"].params["hosts"])
    if part == PARTS - 1:
        judge = Judge(expected_words(project, hosts), every, frozenset(silent))
        yield from _drafts(judge, built.folder)
        return
    languages = sorted(set(map(_folder, built.pages)))[part::_SHARES]
    judge = Judge(expected_words(project, hosts, languages), every, frozenset(silent))
    pages = [page for page in built.pages if _folder(page) in languages]
    for name, data in _read(built.folder, pages):
        try:
            yield from judge.page(name, data.decode())
        except ValueError:
            yield Finding("", name, name, 0, 0, "this page cannot be read")


def _read(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Read files, whose sorted paths open each folder once; what cannot be read is no text."""
    try:
        top = disk.hold(str(folder))
    except OSError:
        yield from ((name, b"\xff") for name in names)
        return
    with top, disk.HeldPath(top) as way:
        for name in names:
            data = None
            with contextlib.suppress(OSError):
                data = disk.read_in(*way.above(name))
            yield name, data or b"\xff"


def _drafts(judge: Judge, folder: Path) -> Iterator[Finding]:
    name = "posts/posts.json"
    drafts: list[DraftArtefact] = []
    data = disk.read_below(str(folder), name)
    if data is not None or os.path.lexists(folder / name):
        try:
            drafts = msgspec.json.decode(data or b"", type=list[DraftArtefact])
        except msgspec.DecodeError:
            yield Finding("", name, name, 0, 0, "these drafts cannot be read")
    for draft in drafts:
        name = f"posts/{draft['language']}/{draft['platform']}/{draft['point']}.txt"
        yield from judge.draft(name, draft)


def _folder(page: str) -> str:
    """Name the folder of a site that a page is in, mostly a language; nothing for the root."""
    return page.split("/")[1] if page.count("/") > 1 else ""
