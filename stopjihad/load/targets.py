"""Read where sites are published: ``targets.yaml`` of a campaign, and of the workspace."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from pathlib import Path

from stopjihad.load.documents import read_source, yaml_document
from stopjihad.model.project import Document
from stopjihad.model.targets import PublishTarget, Targets
from stopjihad.problem import Problem

FILE = "targets.yaml"
WAYS = ("folder", "store", "sftp", "branch")


def load_targets(root: Path, slug: str) -> tuple[dict[str, PublishTarget], list[Problem]]:
    """Read the targets of a campaign; those of the workspace come after its own.

    Returns:
        Targets by id, and problems: of reading and of `target_problems`.
    """
    found: dict[str, PublishTarget] = {}
    problems: list[Problem] = []
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
                found.setdefault(target.id, target)
    return found, problems


def people_read(root: Path, targets: Mapping[str, PublishTarget], name: str) -> Problem | None:
    """Tell whether a target for exercises lies where people read, inside that or around it.

    Only an exercise is stopped by it: an alert in earnest goes out.

    Returns:
        The problem ``target-way``.
    """
    one = targets[name]
    for other in targets.values():
        if one.exercise and not other.exercise and _meet(root, one, other):
            return Problem(
                code="target-way",
                message=f"the target for exercises '{name}' lies where people read '{other.id}'",
                hint="give it a place of its own, neither inside the other one nor around it",
            )
    return None


def _meet(root: Path, one: PublishTarget, other: PublishTarget) -> bool:
    if one.address and one.address == other.address:
        return True
    mine, theirs = _place(root, one), _place(root, other)
    shorter = min(len(mine), len(theirs))
    return shorter > 0 and mine[:shorter] == theirs[:shorter]


def _place(root: Path, target: PublishTarget) -> tuple[str, ...]:
    """Name the place of a target, part by part; names of hosts and branches stand before."""
    if target.folder is not None:
        there = root / Path(target.folder.path).expanduser()
        return ("folder", *Path(os.path.realpath(there)).parts)
    if target.store is not None:
        where = (target.store.endpoint or "").rstrip("/"), target.store.bucket
        return ("store", *where, *filter(None, target.store.prefix.split("/")))
    if target.sftp is not None:
        path = posixpath.normpath(target.sftp.path)
        where = target.sftp.host.casefold(), str(target.sftp.port)
        return ("sftp", *where, *filter(None, path.split("/")))
    if target.branch is not None:
        repository = target.branch.repository
        if ":" not in repository:  # a path of this computer
            repository = os.path.realpath(root / Path(repository).expanduser())
        return ("branch", repository.rstrip("/").removesuffix(".git"), target.branch.branch)
    return ()


def target_problems(document: Document[Targets]) -> list[Problem]:
    """Find targets that go nowhere or to several places, and names that stand twice.

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
