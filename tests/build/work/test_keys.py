"""Equal keys mean equal bytes: everything that decides an output is in its key."""

from __future__ import annotations

import itertools

import pytest
from stopjihad.build.work.keys import digest_of_build, plan_keys, step_key
from stopjihad.model.step import Plan, Step

from support.toy import make_input

INPUTS = {name: make_input(name, name.encode()) for name in ("a", "b", "ab", "")}
VERSIONS = {"page": "1", "pag": "e1"}
STEP = Step("out", "page", ("a", "b"), (("x", "y"),))


def test_a_key_is_a_digest_and_stays_the_same() -> None:
    key = step_key(STEP, INPUTS, VERSIONS)
    assert len(key) == 64
    assert key == step_key(STEP, dict(reversed(INPUTS.items())), VERSIONS)


def test_everything_a_renderer_sees_changes_the_key() -> None:
    other = make_input("a", b"other")
    steps = [
        (STEP, INPUTS, VERSIONS),
        (Step("out2", "page", ("a", "b"), (("x", "y"),)), INPUTS, VERSIONS),
        (Step("out", "pag", ("a", "b"), (("x", "y"),)), INPUTS, VERSIONS),
        (Step("out", "page", ("b", "a"), (("x", "y"),)), INPUTS, VERSIONS),
        (Step("out", "page", ("a",), (("x", "y"),)), INPUTS, VERSIONS),
        (Step("out", "page", ("ab",), (("x", "y"),)), INPUTS, VERSIONS),
        (Step("out", "page", ("a", "b"), (("xy", ""),)), INPUTS, VERSIONS),
        (Step("out", "page", ("a", "b"), (("x", "y"), ("", ""))), INPUTS, VERSIONS),
        (STEP, INPUTS | {"a": other}, VERSIONS),
        (STEP, INPUTS, VERSIONS | {"page": "2"}),
    ]
    keys = [step_key(*arguments) for arguments in steps]
    for one, two in itertools.combinations(keys, 2):
        assert one != two


def test_inputs_that_a_step_does_not_name_do_not_count() -> None:
    assert step_key(STEP, {"a": INPUTS["a"], "b": INPUTS["b"]}, VERSIONS) == step_key(
        STEP, INPUTS, VERSIONS
    )


@pytest.mark.parametrize("step", [Step("o", "card"), Step("o", "page", ("nothing",))])
def test_an_unknown_kind_or_input_is_a_fault_of_the_plan(step: Step) -> None:
    with pytest.raises(KeyError):
        step_key(step, INPUTS, VERSIONS)


def test_a_plan_has_one_key_for_each_output_in_its_order() -> None:
    steps = (Step("b", "page"), Step("c", "page", ("a",)))
    assert list(plan_keys(Plan("toy", steps, INPUTS), VERSIONS)) == ["b", "c"]


def test_the_build_is_named_by_campaign_program_and_keys() -> None:
    names = {
        digest_of_build(campaign, product, keys)
        for campaign in ("one", "two")
        for product in ("1", "2")
        for keys in (("k",), ("k", "l"), ())
    }
    assert len(names) == 12
