"""Read where sites are published: ``targets.yaml`` of a campaign, and of the workspace."""

from __future__ import annotations

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
