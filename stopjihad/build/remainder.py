"""What stays of a published tree when only parts or languages are asked for."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import msgspec

from stopjihad import disk
from stopjihad.build.target import Target
from stopjihad.build.tree import remembered
from stopjihad.model.request import POSTS_INDEX, Options, part_of
from stopjihad.model.step import Input, Plan
from stopjihad.plan.beside import Beside


def published_beside(target: Target, options: Options) -> Beside:
    """Look up what is published where a build will write.

    Args:
        target: where it is published.
        options: what is asked for.

    Returns:
        Both; nothing published counts when everything is asked for.
    """
    if not options.partial:
        return Beside(options, frozenset())
    return Beside(options, frozenset(remembered(target)))


def asked_of(plan: Plan, beside: Beside) -> Plan:
    """Narrow a plan of everything that will be there to what is to be made.

    Args:
        plan: of what is asked for and what is published.
        beside: tells the two apart.

    Returns:
        A plan with the steps asked for, the parts that these need and the inputs that both name.
    """
    steps = tuple(step for step in plan.steps if beside.makes(step.output, step.kind))
    named = {name for step in steps for name in step.inputs}
    listed = any(step.output == POSTS_INDEX for step in steps)
    parts = tuple(
        step
        for step in plan.parts
        if step.output in named or (listed and beside.makes(step.output, step.kind))
    )
    named |= {name for step in parts for name in step.inputs}
    inputs = {name: item for name, item in plan.inputs.items() if name in named}
    return Plan(plan.campaign, steps, inputs, parts)


def with_posted(plan: Plan, now: Mapping[str, str], target: Target, options: Options) -> Plan:
    """Let the list of all drafts show languages that are not asked for as they are published.

    A language whose published drafts are still what a build would make is listed as in any build;
    of any other the published entries are taken over, so that list and files say the same.

    Args:
        plan: what is asked for.
        now: key of every draft that a build of everything would make.
        target: where it is published.
        options: what is asked for.

    Returns:
        The plan; unchanged when it has no list of drafts.
    """
    index = next((step for step in plan.steps if step.output == POSTS_INDEX), None)
    if index is None:
        return plan
    there: dict[str, dict[str, str]] = defaultdict(dict)
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for path, mark in remembered(target).items():
        if path.startswith("posts/") and not options.makes(path):
            there[part_of(path)[1]][path] = mark.key
    for path, key in now.items():
        if not options.makes(path):
            wanted[part_of(path)[1]][path] = key
    older = {lang for lang in {*there, *wanted} if lang and there[lang] != wanted[lang]}
    posted = [
        Input(f"posted/{lang}", hashlib.sha256(data).hexdigest(), data)
        for lang, data in _entries(target).items()
        if lang in older
    ]
    names = [name for name in index.inputs if not _is_of(name, older)]
    renewed = msgspec.structs.replace(
        index, inputs=tuple(sorted((*names, *(item.name for item in posted))))
    )
    steps = tuple(renewed if step is index else step for step in plan.steps)
    used = {name for step in steps for name in step.inputs if name.startswith("drafts/")}
    inputs = {
        name: item
        for name, item in plan.inputs.items()
        if not name.startswith("drafts/") or name in used
    }
    return Plan(plan.campaign, steps, {**inputs, **{item.name: item for item in posted}})


def _is_of(name: str, languages: set[str]) -> bool:
    kind, _, rest = name.partition("/")
    return kind == "drafts" and rest.partition("/")[0] in languages


def _entries(target: Target) -> dict[str, bytes]:
    """Read the published list of drafts: the entries of each language as a JSON list."""
    data = disk.read(str(target.out / POSTS_INDEX))
    try:
        listed = msgspec.json.decode(data or b"[]", type=list[dict[str, Any]])
    except msgspec.MsgspecError:
        return {}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in listed:
        found[str(item.get("language", ""))].append(item)
    return {lang: msgspec.json.encode(items) for lang, items in found.items()}
