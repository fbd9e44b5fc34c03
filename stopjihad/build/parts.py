"""Make the parts that other outputs show, and keep what a build of some parts leaves as it was.

Drafts are shown by three kinds of output, cards' sizes too. Two levels are enough: the first gives
bytes that become inputs of the second, under the same keys and in the same store as all else.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import msgspec

from stopjihad import disk
from stopjihad.build.request import Rendering
from stopjihad.build.tree.place import Target
from stopjihad.build.tree.published import remembered_files
from stopjihad.build.work.batch import StepOutcome
from stopjihad.build.work.execute import Due, make, require_all
from stopjihad.build.work.keys import plan_keys
from stopjihad.model import input_names
from stopjihad.model.options import ON_DEMAND, POSTS_INDEX, VOICE, Options, film_folder, part_of
from stopjihad.model.step import Input, Plan, Step
from stopjihad.plan.selection import Selection
from stopjihad.problem import Problem

CARD_SIZES = "card-sizes"
"""Input that maps a card's path relative to ``site/`` to its size in bytes."""

ALL = Selection(Options(), frozenset())
"""Everything is asked for."""


def complete_plan(
    plan: Plan,
    target: Target,
    how: Rendering,
    beside: Selection = ALL,
) -> tuple[Plan, tuple[Problem, ...]]:
    """Make the first level of a plan and add its results to the inputs of the second.

    Args:
        plan: with ``parts``: steps whose output is the name of an input.
        target: where the build is published; its store keeps the parts.
        beside: what is asked for, and what stands published beside it.

    Returns:
        The plan of what is asked for, without parts, all its inputs known, and a warning for each
        draft that fits its platform in no form: it is left out.

    Raises:
        ProblemsFound: a part cannot be made.
    """
    asked = asked_of(plan, beside) if beside.options.partial else plan
    asked, old = _right_films(asked, how, target, beside)
    asked = _offer_films(asked, target, beside.options)
    if not asked.parts:
        known = {**asked.inputs, **_zip_sizes(plan, asked, {})}
        return Plan(asked.campaign, asked.steps, known), old
    keys = plan_keys(Plan(plan.campaign, plan.parts, plan.inputs), how.versions)
    store = how.store or str(target.state / "store")
    inputs = dict(asked.inputs)
    sizes = _known_sizes(keys, asked, target, beside.options)
    progress = how.progress
    steps = tuple(step for step in asked.parts if step.output.removeprefix("site/") not in sizes)
    failed: list[StepOutcome] = []
    how = msgspec.structs.replace(
        how, progress=lambda done, total: progress(done, total + len(asked.steps))
    )
    for item in make(Due(steps, keys, plan.inputs, store, plan.campaign, "site/"), how, ""):
        if item.problems:
            failed.append(item)
        elif item.output.startswith("site/"):
            sizes[item.output.removeprefix("site/")] = item.size
        elif item.data is not None:
            inputs[item.output] = Input(item.output, item.sha256, item.data)
    require_all(failed)
    data = msgspec.json.encode(sizes, order="sorted")
    inputs |= _zip_sizes(plan, asked, sizes)
    inputs[CARD_SIZES] = Input(CARD_SIZES, hashlib.sha256(data).hexdigest(), data)
    gone = _left_out(inputs)
    fitting = tuple(step for step in asked.steps if step.output not in gone)
    warnings = old + tuple(gone[step.output] for step in asked.steps if step.output in gone)
    complete = Plan(plan.campaign, fitting, inputs)
    if not beside.options.partial:
        return complete, warnings
    drafts = (step for step in plan.steps if step.kind == "draft" and step.output not in gone)
    texts = tuple(step for step in drafts if step.inputs[0] in inputs)
    now = plan_keys(Plan(plan.campaign, texts, inputs), how.versions)
    return with_posted(complete, now, target, beside.options), warnings


def _right_films(
    plan: Plan, how: Rendering, target: Target, beside: Selection
) -> tuple[Plan, tuple[Problem, ...]]:
    """Leave out films that are not asked for, except published ones that are still right.

    Args:
        how: versions decide whether a film that is there is still right.

    Returns:
        The plan, and a warning where films are taken away that show older words.
    """
    if beside.options.wants("films"):
        return plan, ()
    films = tuple(step for step in plan.steps if part_of(step.output)[0] == "films")
    marks = remembered_files(target) if films else {}
    keys = plan_keys(Plan(plan.campaign, films, plan.inputs), how.versions)
    wrong = {
        step.output
        for step in films
        if step.output not in marks or marks[step.output].key != keys[step.output]
    }
    steps = tuple(step for step in plan.steps if step.output not in wrong)
    lost = sum(path in wrong and path.endswith(".mp4") for path in marks)
    return Plan(plan.campaign, steps, plan.inputs, plan.parts), (_old_films(lost),) * bool(lost)


def _offer_films(plan: Plan, target: Target, options: Options) -> Plan:
    """Let the kit offer only films that will be there.

    Args:
        plan: its pages offer films in all formats.
        target: films that are not asked for stay as they were published.

    Returns:
        The plan; its pages offer the films that it makes or that stay.
    """
    there = {step.output for step in plan.steps if step.kind in {"film", "film-sound"}}
    there |= set(remembered_files(target)) if options.partial else set()

    def offer_films(step: Step) -> Step:
        params = dict(step.params)
        if not params.get("films"):
            return step
        folder = f"site/{film_folder(params['lang'], params['id'])}"
        kept = [one for one in params["films"].split(",") if f"{folder}/{one}.mp4" in there]
        heard = params["voice"] if f"{folder}/{VOICE}" in there else ""
        own = tuple(sorted((params | {"films": ",".join(kept), "voice": heard}).items()))
        return msgspec.structs.replace(step, params=own)

    return Plan(plan.campaign, tuple(map(offer_films, plan.steps)), plan.inputs, plan.parts)


ROUND = 100_000
"""Bytes to which the size of a kit is rounded: a page says it, and is not made anew for less."""


def _zip_sizes(plan: Plan, asked: Plan, sizes: Mapping[str, int]) -> dict[str, Input]:
    """Give the inputs that say how large kits are: they are hardly more than their pictures.

    Args:
        sizes: of cards, by path relative to ``site/``; 0 stands for what is not known.
    """
    named = {name for step in asked.steps for name in step.inputs}
    found = {}
    for step in plan.steps:
        name = input_names.zip_size(step.output.removeprefix("site/"))
        if name in named:
            total = sum(sizes.get(path.removeprefix("site/"), 0) for path in step.files)
            found[name] = round_size(name, total)
    return found


def round_size(name: str, size: int) -> Input:
    """Make the input of a size in bytes, rounded up."""
    data = str(-(-size // ROUND) * ROUND).encode()
    return Input(name, hashlib.sha256(data).hexdigest(), data)


def _old_films(count: int) -> Problem:
    return Problem(
        code="film-outdated",
        severity="warning",
        message=f"{count} films show older words and were taken away",
        hint="make them anew: stopjihad build --only films",
    )


_NO_PARTS = b'"parts":[]'
"""Stands in the JSON of a draft that is left out, and in no text: quotes are escaped there."""


def _left_out(inputs: Mapping[str, Input]) -> dict[str, Problem]:
    """Find the drafts that fit in no form, by the path of their text."""
    items = [item for name, item in inputs.items() if input_names.kind_of(name) == "drafts"]
    if not items:
        return {}
    from stopjihad.render.post.files import draft_path
    from stopjihad.render.post.steps import left_out
    from stopjihad.view.draft import Draft

    drafts = (
        draft
        for item in items
        if _NO_PARTS in item.data
        for draft in msgspec.json.decode(item.data, type=tuple[Draft, ...])
        if draft.left_out
    )
    return {draft_path(one.language, one.platform, one.point): left_out(one) for one in drafts}


def _known_sizes(
    keys: Mapping[str, str], asked: Plan, target: Target, options: Options
) -> dict[str, int]:
    """Give the sizes of cards that are published already: they need not be looked at again.

    A card that is not asked for stays as it was published, whatever its key.
    """
    made = {step.output for step in asked.parts}
    return {
        path.removeprefix("site/"): mark.size
        for path, mark in remembered_files(target).items()
        if path.startswith("site/cards/") and not path.endswith(".txt")
        if (mark.key == keys[path] if path in made else not options.removes(path))
    }


def published_beside(target: Target, options: Options) -> Selection:
    """Look up what is published where a build will write.

    Returns:
        Both; only parts that are made on demand count when everything is asked for.
    """
    there = remembered_files(target)
    if options.partial:
        return Selection(options, frozenset(there))
    return Selection(options, frozenset(path for path in there if part_of(path)[0] in ON_DEMAND))


def asked_of(plan: Plan, beside: Selection) -> Plan:
    """Narrow a plan of everything that will be there to what is to be made.

    Args:
        plan: of what is asked for and what is published.

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
        now: key of every draft that a build of everything would make.

    Returns:
        The plan; unchanged when it has no list of drafts.
    """
    index = next((step for step in plan.steps if step.output == POSTS_INDEX), None)
    if index is None:
        return plan
    from stopjihad.render.post.files import is_draft

    there: dict[str, dict[str, str]] = defaultdict(dict)
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for path, mark in remembered_files(target).items():
        if is_draft(path) and not options.makes(path):
            there[part_of(path)[1]][path] = mark.key
    for path, key in now.items():
        if not options.makes(path):
            wanted[part_of(path)[1]][path] = key
    older = {lang for lang in {*there, *wanted} if lang and there[lang] != wanted[lang]}
    posted = [
        Input(input_names.posted_entries(lang), hashlib.sha256(data).hexdigest(), data)
        for lang, data in _entries(target).items()
        if lang in older
    ]
    names = [name for name in index.inputs if not _is_of(name, older)]
    renewed = msgspec.structs.replace(
        index, inputs=tuple(sorted((*names, *(item.name for item in posted))))
    )
    steps = tuple(renewed if step is index else step for step in plan.steps)
    used = {name for step in steps for name in step.inputs if input_names.kind_of(name) == "drafts"}
    inputs = {
        name: item
        for name, item in plan.inputs.items()
        if input_names.kind_of(name) != "drafts" or name in used
    }
    return Plan(plan.campaign, steps, {**inputs, **{item.name: item for item in posted}})


def _is_of(name: str, languages: set[str]) -> bool:
    lang = input_names.rest_of(name).partition("/")[0]
    return input_names.kind_of(name) == "drafts" and lang in languages


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
