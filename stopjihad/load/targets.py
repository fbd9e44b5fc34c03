"""Read where sites are published: ``targets.yaml`` of a campaign, and of the workspace."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path

from stopjihad.load.documents import read_source, yaml_document
from stopjihad.model.project import Document
from stopjihad.model.targets import PublishTarget, Targets
from stopjihad.problem import Problem

FILE = "targets.yaml"
WAYS = ("folder", "store", "sftp", "branch")


def load_targets(root: Path, slug: str) -> tuple[dict[str, PublishTarget], list[Problem]]:
    """Read the targets of a campaign; those of the workspace come after its own.

    Args:
        root: the workspace.
        slug: the campaign.

    Returns:
        Targets by id, and problems: of reading, of `target_problems`, and ``target-way`` of a
        target for exercises where people read.
    """
    found: dict[str, PublishTarget] = {}
    problems: list[Problem] = []
    written: dict[str, tuple[str, int]] = {}
    for path in (f"campaigns/{slug}/{FILE}", FILE):
        if not (root / path).exists():
            continue
        source = read_source(root, path)
        if isinstance(source, Problem):
            problems.append(source)
            continue
        document, trouble = yaml_document(source, Targets, {})
        problems += trouble
        if document is not None:
            problems += target_problems(document)
            for target in document.record.targets:
                if found.setdefault(target.id, target) is target:
                    written[target.id] = document.path, document.place("targets")[0]
    problems += _shared_places(root, found, written)
    return found, problems


def _shared_places(
    root: Path, targets: Mapping[str, PublishTarget], written: Mapping[str, tuple[str, int]]
) -> Iterator[Problem]:
    """Find targets for exercises that lie where people read, below it or above it.

    Args:
        root: the workspace.
        targets: by id.
        written: file and line of each.

    Yields:
        Problems ``target-way``.
    """
    for one in targets.values():
        for other in targets.values():
            if not one.exercise or other.exercise or not _meet(root, one, other):
                continue
            path, line = written[one.id]
            yield Problem(
                path=path,
                line=line,
                code="target-way",
                message=f"the target for exercises '{one.id}' lies where people read '{other.id}'",
                hint="give it a place of its own, neither inside the other one nor around it",
            )


def _meet(root: Path, one: PublishTarget, other: PublishTarget) -> bool:
    if one.address and one.address == other.address:
        return True
    mine, theirs = _place(root, one), _place(root, other)
    shorter = min(len(mine), len(theirs))
    return shorter > 0 and mine[:shorter] == theirs[:shorter]


def _place(root: Path, target: PublishTarget) -> tuple[str, ...]:
    """Name the place of a target, part by part; names of hosts and branches stand before."""
    if target.folder is not None:
        return ("folder", *Path(os.path.realpath(root / target.folder.path)).parts)
    if target.store is not None:
        where = (target.store.endpoint or "").rstrip("/"), target.store.bucket
        return ("store", *where, *filter(None, target.store.prefix.split("/")))
    if target.sftp is not None:
        path = posixpath.normpath(target.sftp.path)
        where = target.sftp.host.casefold(), str(target.sftp.port)
        return ("sftp", *where, *filter(None, path.split("/")))
    if target.branch is not None:
        repository = target.branch.repository.rstrip("/").removesuffix(".git")
        return ("branch", repository, target.branch.branch)
    return ()


def target_problems(document: Document[Targets]) -> list[Problem]:
    """Find targets that go nowhere or to several places, and names that stand twice.

    Args:
        document: a file of targets.

    Returns:
        Problems ``target-way`` and ``duplicate``.
    """
    problems, seen = [], set()
    for index, target in enumerate(document.record.targets):
        line, column = document.place(f"targets.{index}.id")
        ways = [way for way in WAYS if getattr(target, way) is not None]
        if len(ways) != 1:
            said = " and ".join(ways) or "none of them"
            problems.append(
                Problem(
                    path=document.path,
                    line=line,
                    column=column,
                    code="target-way",
                    message=f"the target '{target.id}' has {said}, not one way to publish",
                    hint=f"give it exactly one of: {', '.join(WAYS)}",
                )
            )
        place = target.folder or target.sftp
        if place is not None and place.state and place.layout != "plain":
            problems.append(
                Problem(
                    path=document.path,
                    line=line,
                    column=column,
                    code="target-way",
                    message=f"the target '{target.id}' has 'state', which is for 'layout: plain'",
                    hint="with 'releases' let the web server show the folder 'current' alone",
                )
            )
        if target.id in seen:
            problems.append(
                Problem(
                    path=document.path,
                    line=line,
                    column=column,
                    code="duplicate",
                    message=f"the target '{target.id}' stands twice",
                    hint="give one of them another id",
                )
            )
        seen.add(target.id)
    return problems
