"""Read finished artefacts of a campaign and judge them by the message rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from stopjihad.build.ruled import keeper
from stopjihad.catalog.platforms import platforms
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.artefacts import Judge
from stopjihad.check.rules.expected import expected
from stopjihad.check.rules.finding import Finding, problems
from stopjihad.load.cached import Cache
from stopjihad.model.loaded import Project
from stopjihad.problem import Problem


def judge_built(project: Project, folder: Path, shown: str, kept: Cache) -> tuple[Problem, ...]:
    """Judge every page and draft of a finished build.

    Args:
        project: the campaign as it is now.
        folder: ``dist/<campaign>``.
        shown: how problems name that folder.
        kept: where verdicts are kept; the manifest, which lists the digest of every file, and
            what was authored decide them.

    Returns:
        Problems, sorted by place; ``built-missing`` when there is no finished build.
    """
    every = rules()
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        message = f"there is no finished build in {shown}"
        hint = "build it first: stopjihad build"
        return (Problem(path=shown, code="built-missing", message=message, hint=hint),)
    digest = hashlib.sha256(manifest.read_bytes()).hexdigest()
    silent = [row.id for row in platforms().values() if row.alt_limit and not row.alt_limit.value]
    names = ("artefacts", digest, project.digest, *silent)
    found = keeper(kept)(names, lambda: _judged(project, folder, silent), clean=False)
    listed = sorted(problems(found, every))
    return tuple(replace(problem, path=f"{shown}/{problem.path}") for problem in listed)


def _judged(project: Project, folder: Path, silent: Iterable[str]) -> Iterator[Finding]:
    every = rules()
    campaign = expected(project, tuple(every["EVD02"].params["hosts"]))
    judge = Judge(campaign, every, frozenset(silent))
    yield from _pages(judge, folder)
    yield from _drafts(judge, folder)


def _pages(judge: Judge, folder: Path) -> Iterator[Finding]:
    for path in sorted((folder / "site").rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        yield from judge.page(name, path.read_text("utf-8"))


def _drafts(judge: Judge, folder: Path) -> Iterator[Finding]:
    path = folder / "posts" / "posts.json"
    if path.is_file():
        for draft in json.loads(path.read_bytes()):
            name = f"posts/{draft['language']}/{draft['platform']}/{draft['point']}.txt"
            yield from judge.draft(name, draft)
