"""Find the problems of a campaign and of its finished build, or say known ones again.

Problems are kept whole under a digest of everything that decides them, so that a campaign that was
checked before is not even parsed. People may change pages after they were made: the state of the
finished build is part of that digest.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from stopjihad import disk
from stopjihad.build.check_memory import keeper
from stopjihad.catalog.platforms import platforms
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.artefacts import Draft, Judge
from stopjihad.check.rules.expected import expected
from stopjihad.check.rules.finding import Finding, problems
from stopjihad.disk.cache import Cache
from stopjihad.disk.code import code_digest
from stopjihad.disk.pack import Pack, pack_of_parsed
from stopjihad.load.sources import read_sources
from stopjihad.load.workspace import shared_files
from stopjihad.model.loaded import Project
from stopjihad.problem import Problem


class Finished(NamedTuple):
    """Hold a finished build.

    Attributes:
        folder: ``dist/<campaign>``.
        digest: SHA-256 in lower-case hexadecimal; another one when a page or draft may be another.
    """

    folder: Path
    digest: str


def finished(folder: Path) -> Finished | None:
    """Look at the build in a folder.

    Args:
        folder: ``dist/<campaign>``.

    Returns:
        The build, or None when the folder has no manifest.
    """
    data = disk.read(str(folder / "manifest.json"))
    if data is None:
        return None
    digest = hashlib.sha256(data)
    states = list(_states(str(folder / "site")))
    with contextlib.suppress(OSError):
        states.append(_state(str(folder / "posts" / "posts.json")))
    digest.update("".join(sorted(states)).encode(errors="surrogateescape"))
    return Finished(folder, digest.hexdigest())


def _states(folder: str) -> Iterator[str]:
    """Give the state of every page below a folder; a build has thousands of folders of one page."""
    left = [folder]
    while left:
        with contextlib.suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".html"):
                    with contextlib.suppress(OSError):
                        yield _state(entry.path)
                elif entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)


def _state(path: str) -> str:
    found = os.stat(path)
    return f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0"


Find = Callable[[Pack, Finished | None], tuple[Problem, ...]]
"""Finds the problems of a campaign, and of the finished build where there is one; may keep in the
pack whatever it learns on the way."""


class Asked(NamedTuple):
    """Say what is to be judged.

    Attributes:
        root: the workspace.
        slug: the campaign.
        today: day on which it is judged.
        built: ``dist/<campaign>`` when pages and drafts are judged, too, as the user wrote it.
    """

    root: Path
    slug: str
    today: dt.date
    built: Path | None


def verdict(asked: Asked, find: Find) -> tuple[Problem, ...]:
    """Give the problems of a campaign.

    Args:
        asked: what is judged.
        find: finds them when they are not kept.

    Returns:
        The problems, in the order of ``find``.
    """
    program = f"{code_digest()}\0{_libraries()}"
    built = finished(asked.built) if asked.built else None
    before = _fingerprint(asked, program, built)
    with pack_of_parsed(asked.root, asked.slug) as pack:
        kept = pack.get(before)
        if kept is not None:
            try:
                return msgspec.json.decode(kept, type=tuple[Problem, ...])
            except msgspec.MsgspecError:
                pass
        found = find(pack, built)
        # Someone may have saved while we were reading: then it is unknown which text this is about.
        again = finished(asked.built) if asked.built else None
        if _fingerprint(asked, program, again) == before:
            pack.put(before, msgspec.json.encode(found))
    return found


def _fingerprint(asked: Asked, program: str, built: Finished | None) -> str:
    """Digest everything that decides what is found."""
    sources, trouble = read_sources(asked.root, asked.slug)
    digest = hashlib.sha256(f"verdict\0{program}\0".encode())
    for folder in ("templates", "assets"):
        shared, more = shared_files(asked.root, folder)
        trouble = [*trouble, *more]
        for path, data in shared.items():
            digest.update(f"{path}\0".encode() + hashlib.sha256(data).digest())
    digest.update(sources.digest.encode() + msgspec.json.encode(trouble))
    digest.update(f"{asked.today.isoformat()}\0{asked.built or ''}\0".encode())
    digest.update(built.digest.encode() if built else b"")
    return digest.hexdigest()


def _libraries() -> str:
    """Tell one set of installed libraries from another: each install changes their folder."""
    found = find_spec("msgspec")
    folder = Path(found.origin).parent.parent if found and found.origin else Path()
    return f"{os.stat(folder).st_mtime_ns}"


_SHARES = 3
"""Shares of the languages whose pages may be judged side by side."""

PARTS = _SHARES + 1
"""Parts that may be judged side by side; the last one is all drafts."""


def judge_built(
    project: Project, built: Finished | None, shown: str, kept: Cache
) -> tuple[Problem, ...]:
    """Judge every page and draft of a finished build.

    Args:
        project: the campaign as it is now.
        built: the build, if there is one.
        shown: how problems name its folder.
        kept: where verdicts are kept; the state of the build and what was authored decide them.

    Returns:
        Problems, sorted by place; ``built-missing`` when there is no finished build,
        ``built-unreadable`` for what was changed since and is no page or no list of drafts.
    """
    if built is None:
        message = f"there is no finished build in {shown}"
        hint = "build it first: stopjihad build"
        return (Problem(path=shown, code="built-missing", message=message, hint=hint),)
    found = [
        finding for part in range(PARTS) for finding in part_findings(project, built, part, kept)
    ]
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


def part_findings(project: Project, built: Finished, part: int, kept: Cache) -> Sequence[Finding]:
    """Judge a part of the pages and drafts of a finished build.

    Args:
        project: the campaign as it is now.
        built: the build.
        part: which, from 0 to ``PARTS`` - 1.
        kept: where verdicts are kept.

    Returns:
        Findings.
    """
    silent = [row.id for row in platforms().values() if row.alt_limit and not row.alt_limit.value]
    names = ("artefacts", built.digest, project.digest, *silent, f"{part} of {PARTS}")
    return keeper(kept)(names, lambda: _judged(project, built.folder, silent, part), clean=False)


def _judged(project: Project, folder: Path, silent: Iterable[str], part: int) -> Iterator[Finding]:
    every = rules()
    hosts = tuple(every["EVD02"].params["hosts"])
    if part == PARTS - 1:
        judge = Judge(expected(project, hosts), every, frozenset(silent))
        yield from _drafts(judge, folder)
        return
    languages = _folders(folder / "site")[part::_SHARES]
    judge = Judge(expected(project, hosts, languages), every, frozenset(silent))
    for name in sorted(_pages(str(folder), languages, alone=part == 0)):
        try:
            yield from judge.page(name, (disk.read_below(str(folder), name) or b"\xff").decode())
        except ValueError:
            yield Finding("", name, name, 0, 0, "this page cannot be read")


def _drafts(judge: Judge, folder: Path) -> Iterator[Finding]:
    name = "posts/posts.json"
    drafts: list[Draft] = []
    if os.path.lexists(folder / name):
        try:
            drafts = msgspec.json.decode(
                disk.read_below(str(folder), name) or b"", type=list[Draft]
            )
        except msgspec.DecodeError:
            yield Finding("", name, name, 0, 0, "these drafts cannot be read")
    for draft in drafts:
        name = f"posts/{draft['language']}/{draft['platform']}/{draft['point']}.txt"
        yield from judge.draft(name, draft)


def _folders(site: Path) -> list[str]:
    """Name the folders of a site, most of which are languages."""
    return sorted(path.name for path in site.iterdir() if path.is_dir()) if site.is_dir() else []


def _pages(folder: str, inside: Iterable[str], *, alone: bool) -> Iterator[str]:
    """Name pages by their paths: those inside of some folders of a site, and those in none."""
    site = os.path.join(folder, "site")
    if alone and os.path.isdir(site):
        yield from (f"site/{name}" for name in os.listdir(site) if name.endswith(".html"))
    for name in inside:
        for here, _, files in os.walk(os.path.join(site, name)):
            below = here[len(folder) + 1 :].replace(os.sep, "/")
            yield from (f"{below}/{page}" for page in files if page.endswith(".html"))
