"""Make first what other outputs show: drafts are shown by three kinds of output, cards' sizes too.

Two levels are enough: the first gives bytes that become inputs of the second, under the same keys
and in the same store as everything else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from stopjihad.build.keys import plan_keys
from stopjihad.build.making import Due, Rendering, make, require_all
from stopjihad.build.remainder import asked_of, with_posted
from stopjihad.build.target import Target
from stopjihad.build.tree import remembered
from stopjihad.build.worker import Outcome
from stopjihad.model.request import Options
from stopjihad.model.step import Input, Plan
from stopjihad.plan.beside import Beside

CARD_SIZES = "card-sizes"
"""Input that maps a card's path relative to ``site/`` to its size in bytes."""

ALL = Beside(Options(), frozenset())
"""Everything is asked for."""


def complete_plan(plan: Plan, target: Target, how: Rendering, beside: Beside = ALL) -> Plan:
    """Make the first level of a plan and add its results to the inputs of the second.

    Args:
        plan: with ``parts``: steps whose output is the name of an input.
        target: where the build is published; its store keeps the parts.
        how: how steps are rendered.
        beside: what is asked for, and what stands published beside it.

    Returns:
        The plan of what is asked for, without parts, all its inputs known.

    Raises:
        ProblemsFound: a part cannot be made.
    """
    asked = asked_of(plan, beside) if beside.options.partial else plan
    if not asked.parts:
        return Plan(asked.campaign, asked.steps, asked.inputs)
    keys = plan_keys(Plan(plan.campaign, plan.parts, plan.inputs), how.versions)
    store = str(target.state / "store")
    inputs = dict(asked.inputs)
    sizes = _known_sizes(keys, asked, target, beside.options)
    steps = tuple(step for step in asked.parts if step.output.removeprefix("site/") not in sizes)
    failed: list[Outcome] = []
    for item in make(Due(steps, keys, plan.inputs, store, plan.campaign), how, ""):
        if item.problems:
            failed.append(item)
        elif item.output.startswith("site/"):
            sizes[item.output.removeprefix("site/")] = item.size
        elif item.data is not None:
            inputs[item.output] = Input(item.output, item.sha256, item.data)
    require_all(failed)
    data = msgspec.json.encode(sizes, order="sorted")
    inputs[CARD_SIZES] = Input(CARD_SIZES, hashlib.sha256(data).hexdigest(), data)
    complete = Plan(plan.campaign, asked.steps, inputs)
    if not beside.options.partial:
        return complete
    texts = [step for step in plan.steps if step.kind == "draft" and step.inputs[0] in inputs]
    now = plan_keys(Plan(plan.campaign, tuple(texts), inputs), how.versions)
    return with_posted(complete, now, target, beside.options)


def _known_sizes(
    keys: Mapping[str, str], asked: Plan, target: Target, options: Options
) -> dict[str, int]:
    """Give the sizes of cards that are published already: they need not be looked at again.

    A card that is not asked for stays as it was published, whatever its key.
    """
    made = {step.output for step in asked.parts}
    return {
        path.removeprefix("site/"): mark.size
        for path, mark in remembered(target).items()
        if path.startswith("site/cards/") and not path.endswith(".txt")
        if (mark.key == keys[path] if path in made else not options.removes(path))
    }
