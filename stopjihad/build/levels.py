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
from stopjihad.build.target import Target
from stopjihad.build.tree import remembered
from stopjihad.build.worker import Outcome
from stopjihad.model.step import Input, Plan

CARD_SIZES = "card-sizes"
"""Input that maps a card's path relative to ``site/`` to its size in bytes."""


def complete_plan(plan: Plan, target: Target, how: Rendering) -> Plan:
    """Make the first level of a plan and add its results to the inputs of the second.

    Args:
        plan: with ``parts``: steps whose output is the name of an input.
        target: where the build is published; its store keeps the parts.
        how: how steps are rendered.

    Returns:
        The plan without parts, all its inputs known.

    Raises:
        ProblemsFound: a part cannot be made.
    """
    if not plan.parts:
        return plan
    keys = plan_keys(Plan(plan.campaign, plan.parts, plan.inputs), how.versions)
    store = str(target.state / "store")
    inputs = dict(plan.inputs)
    sizes = _known_sizes(keys, target)
    steps = tuple(step for step in plan.parts if step.output.removeprefix("site/") not in sizes)
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
    return Plan(plan.campaign, plan.steps, inputs)


def _known_sizes(keys: Mapping[str, str], target: Target) -> dict[str, int]:
    """Give the sizes of cards that are published already: they need not be looked at again."""
    marks = remembered(target)
    return {
        output.removeprefix("site/"): marks[output].size
        for output, key in keys.items()
        if output.startswith("site/") and output in marks and marks[output].key == key
    }
