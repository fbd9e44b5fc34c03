"""Read finished artefacts of a campaign and judge them by the message rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from stopjihad.catalog.platforms import platforms
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.artefacts import Judge
from stopjihad.check.rules.expected import expected
from stopjihad.check.rules.finding import Finding, problems
from stopjihad.model.loaded import Project
from stopjihad.problem import Problem


def judge_built(project: Project, folder: Path, shown: str) -> tuple[Problem, ...]:
    """Judge every page and draft of a finished build.

    Args:
        project: the campaign as it is now.
        folder: ``dist/<campaign>``.
        shown: how problems name that folder.

    Returns:
        Problems, sorted by place; ``built-missing`` when there is no finished build.
    """
    every = rules()
    if not (folder / "manifest.json").is_file():
        message = f"there is no finished build in {shown}"
        hint = "build it first: stopjihad build"
        return (Problem(path=shown, code="built-missing", message=message, hint=hint),)
    silent = {row.id for row in platforms().values() if row.alt_limit and not row.alt_limit.value}
    campaign = expected(project, tuple(every["EVD02"].params["hosts"]))
    judge = Judge(campaign, every, frozenset(silent))
    found = {
        Finding(item.rule, item.subject, f"{shown}/{item.path}", 0, 0, item.message)
        for item in (*_pages(judge, folder), *_drafts(judge, folder))
    }
    return tuple(sorted(problems(found, every)))


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
