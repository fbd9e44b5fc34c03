"""Read of a campaign what an alert is made of, whatever else in it is broken.

What is wrong elsewhere is a debt: it is told, and stops nothing.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.disk import user_key
from stopjihad.disk.cache import Cache
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.disk.user_key import SIGNATURE_BYTES, is_signed, sign
from stopjihad.load.project import load_project
from stopjihad.load.workspace import Sources, Workspace, read_workspace
from stopjihad.model.project import Project
from stopjihad.problem import Problem, ProblemsFound

_MOST_BLOCKS = 40
"""Blocks of campaign.yaml that are left out at most: it has fewer fields."""

_BLOCK = re.compile(r"(?m)^(?=[A-Za-z_\"'])")
"""Where a field of the outermost level begins."""

_NEEDED = frozenset({"places", "authorities"})
"""Fields without which nothing says what an alert is about."""


class AlertInputs(NamedTuple):
    """What an alert is made of.

    Attributes:
        workspace: all files.
        project: the campaign as far as it can be read.
        debts: what is wrong in it.
        said: how its own file was read, where that was not as it stands; empty otherwise.
    """

    workspace: Workspace
    project: Project
    debts: tuple[Problem, ...]
    said: str = ""


def read_for_alert(root: Path, slug: str) -> AlertInputs:
    """Read a campaign for an alert.

    A field of campaign.yaml that is wrong is left out; where the file can be read in no such way,
    the last reading that this user signed stands in for it.

    Raises:
        ProblemsFound: nothing of campaign.yaml can be read, and no reading of it was kept.
    """
    workspace = read_workspace(root, slug)
    path = f"campaigns/{slug}/campaign.yaml"
    with pack_of_parsed(root, slug) as pack:
        project, trouble = load_project(workspace.campaign, pack)
        found = AlertInputs(workspace, project, tuple(trouble)) if project else None
        first = tuple(trouble)
        if found is None:
            found = _without_faults(workspace, path, first, pack)
        if found is None:
            found = _as_kept(workspace, path, first, pack)
    if found is None:
        raise ProblemsFound(tuple(one for one in first if one.path == path) or first)
    if not found.said:
        _keep(root, slug, workspace.campaign.files[path])
    debts = (*workspace.problems, *found.debts)
    return found._replace(debts=tuple(dict.fromkeys(debts)))


def own_faults(found: AlertInputs, alert_id: str) -> tuple[Problem, ...]:
    """Find what is wrong in the files of an alert itself: that does refuse it."""
    base = f"campaigns/{found.project.campaign.record.id}/alerts"
    document = next((one for one in found.project.alerts if one.record.id == alert_id), None)
    own = {f"{base}/{alert_id}.yaml"}
    if document is not None:
        own.add(f"{base}/templates/{document.record.template}.yaml")
    return tuple(
        msgspec.structs.replace(one, severity="error")
        for one in found.debts
        if one.path in own and (one.severity == "error" or one.code == "empty")
    )


def _with_file(workspace: Workspace, path: str, data: bytes) -> Sources:
    """Give the files of a campaign with other bytes in one of them."""
    sources = workspace.campaign
    return msgspec.structs.replace(
        sources,
        files={**sources.files, path: data},
        digests={**sources.digests, path: hashlib.sha256(data).hexdigest()},
    )


def _without_faults(
    workspace: Workspace, path: str, problems: tuple[Problem, ...], cache: Cache
) -> AlertInputs | None:
    """Read the campaign's file without the fields in which something is wrong."""
    text = workspace.campaign.files.get(path, b"").decode("utf-8", "replace")
    wrong, said = problems, list[str]()
    for _ in range(_MOST_BLOCKS):
        lines = [one.line for one in wrong if one.path == path and one.severity == "error"]
        text, out = _without_blocks(text, lines)
        if not out or not _NEEDED.isdisjoint(out):
            return None
        said += out
        project, trouble = load_project(_with_file(workspace, path, text.encode()), cache)
        if project is not None:
            note = f"read without what is wrong in it: {', '.join(said)}"
            debts = dict.fromkeys((*problems, *(one for one in trouble if one.path != path)))
            return AlertInputs(workspace, project, tuple(debts), note)
        wrong = tuple(trouble)
    return None


def _without_blocks(text: str, lines: list[int]) -> tuple[str, list[str]]:
    """Leave out the fields of the outermost level that reach over ``lines``; name them."""
    starts = [0, *(found.start() for found in _BLOCK.finditer(text) if found.start())]
    kept, out = list[str](), list[str]()
    for start, end in itertools.pairwise((*starts, len(text))):
        first = 1 + text.count("\n", 0, start)
        block = text[start:end]
        if any(first <= line < first + max(block.count("\n"), 1) for line in lines):
            out.append(re.split(r"\W", block, maxsplit=1)[0])
        else:
            kept.append(block)
    return "".join(kept), out


def _as_kept(
    workspace: Workspace, path: str, problems: tuple[Problem, ...], cache: Cache
) -> AlertInputs | None:
    """Read the campaign's file as this user signed it last."""
    slug = workspace.campaign.slug
    sealed = disk.read(_place(workspace.root, slug)) or b""
    signature, data = sealed[:SIGNATURE_BYTES], sealed[SIGNATURE_BYTES:]
    digest = _digest(workspace.root, slug, data)
    if not data or not is_signed("campaign", digest, signature):
        return None
    project, trouble = load_project(_with_file(workspace, path, data), cache)
    if project is None:
        return None
    debts = tuple(dict.fromkeys((*problems, *trouble)))
    return AlertInputs(workspace, project, debts, "taken as it was read last without a fault")


def _keep(root: Path, slug: str, data: bytes) -> None:
    """Keep a campaign's file that could be read; without room for it nothing is kept."""
    sealed, place = sign("campaign", _digest(root, slug, data)) + data, _place(root, slug)
    with suppress(OSError):
        if user_key.is_kept() and disk.read(place) != sealed:
            disk.replace(place, sealed)


def _place(root: Path, slug: str) -> str:
    """Give the file of a reading, at home: in the workspace somebody could put an older one."""
    name = hashlib.sha256(_named_campaign(root, slug)).hexdigest()[:32]
    return os.path.join(user_key.key_folder(), "readings", name)


def _digest(root: Path, slug: str, data: bytes) -> bytes:
    """Bind a reading to its workspace: another one may have a campaign of the same name."""
    return hashlib.sha256(_named_campaign(root, slug) + data).digest()


def _named_campaign(root: Path, slug: str) -> bytes:
    return os.fsencode(os.path.realpath(root)) + f"\0{slug}\0".encode()
