"""Batches run anywhere with the same result; every step is in exactly one."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from stopjihad.build.tree.tree import build_tree
from stopjihad.build.work import processes as module
from stopjihad.build.work.batch import LOAD, WEIGHT, Batch, StepOutcome, cut, load_of, run_batch
from stopjihad.build.work.execute import NotKept, run_here, run_in
from stopjihad.build.work.keys import plan_keys
from stopjihad.build.work.processes import processes, start_method
from stopjihad.disk.store import store_address
from stopjihad.model.step import Input, Plan, Step
from stopjihad.problem import ProblemsFound

from support.toy import (
    VERSIONS,
    expected,
    make_plan,
    texts,
    toy_rendering,
    toy_target,
    tree,
)

LIKE = Batch("support.toy:render_batch", (), (), {}, costly=frozenset({"card"}))


def batches_of(plan: Plan, load: int = LOAD) -> list[Batch]:
    return cut(plan.steps, plan_keys(plan, VERSIONS), plan.inputs, LIKE, load)


def bytes_of(outcomes: list[list[StepOutcome]]) -> dict[str, bytes | None]:
    return {outcome.output: outcome.data for batch in outcomes for outcome in batch}


class TestCut:
    def test_every_step_is_in_one_batch_with_its_key_and_its_inputs(self) -> None:
        plan = make_plan(texts(50), ("ar", "bn", "fr"))
        keys = plan_keys(plan, VERSIONS)
        batches = batches_of(plan)
        steps = [step for batch in batches for step in batch.steps]
        assert sorted(steps) == list(plan.steps)
        for batch in batches:
            assert [keys[step.output] for step in batch.steps] == list(batch.keys)
            assert set(batch.inputs) == {name for step in batch.steps for name in step.inputs}

    def test_no_batch_is_too_large_and_costly_ones_come_first(self) -> None:
        plan = make_plan(texts(50), ("ar", "bn", "fr"))
        batches = batches_of(plan)
        assert max(load_of(batch.steps, LIKE.costly) for batch in batches) <= LOAD
        kinds = [step.kind for batch in batches for step in batch.steps]
        assert kinds == ["card"] * 150 + ["page"] * 151

    def test_a_step_that_is_larger_than_a_batch_is_one(self) -> None:
        plan = make_plan(texts(2))
        assert [len(batch.steps) for batch in batches_of(plan, WEIGHT // 2)][:4] == [1] * 4

    @pytest.mark.parametrize(("kind", "shared"), [("card", "frame"), ("page", "point")])
    def test_what_is_shared_is_sent_seldom(self, kind: str, shared: str) -> None:
        """Cards of one language stand together, and pages of one talking point in all of them."""
        languages = [f"l{number:02}" for number in range(12)]
        plan = make_plan(texts(40), languages)
        steps = [step for step in plan.steps if step.kind == kind and len(step.inputs) == 2]
        keys = plan_keys(plan, VERSIONS)
        like = LIKE._replace(costly=frozenset())
        batches = cut(steps, keys, plan.inputs, like)
        sent = Counter(name for batch in batches for name in batch.inputs if shared in name)
        assert len(batches) == 5
        assert sum(sent.values()) <= len(sent) + len(batches)

    def test_a_carousel_and_its_document_are_made_side_by_side(self) -> None:
        """Another process drew each slide a second time for the document that binds them."""
        steps = []
        for point in "abcd":
            inputs = ("fonts", f"slides/en/{point}")
            made = [(f"{number}.png", "slide", number) for number in range(1, 8)]
            for name, kind, number in (*made, ("all.pdf", "slide-document", 0)):
                own = (*inputs, f"design/{number % 3}")
                steps.append(Step(f"slides/en/{point}/{name}", kind, own, (("id", point),)))
        names = {name for step in steps for name in step.inputs}
        like = LIKE._replace(costly=frozenset({"slide", "slide-document"}))
        keys = {step.output: step.output for step in steps}
        batches = cut(steps, keys, {name: Input(name, "", b"") for name in names}, like)
        found = [{dict(step.params)["id"] for step in batch.steps} for batch in batches]
        assert found == [{"a"}, {"b"}, {"c"}, {"d"}]

    def test_nothing_gives_no_batch(self) -> None:
        assert cut((), {}, {}, LIKE) == []


def test_here_and_in_processes_and_in_threads_the_bytes_are_the_same() -> None:
    plan = make_plan(texts(20))
    batches = batches_of(plan)
    assert bytes_of(list(run_here(batches))) == expected(plan)
    with processes(2) as workers:
        assert bytes_of(list(run_in(workers.executor, batches, 3))) == expected(plan)
    with ThreadPoolExecutor(3) as threads:
        assert bytes_of(list(run_in(threads, batches, 3))) == expected(plan)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_start_either_way(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    if method == "fork" and threading.active_count() > 1:
        pytest.skip("other threads run here: nothing may fork")
    monkeypatch.setattr(module, "start_method", lambda: method)
    plan = make_plan(texts(6))
    batches = batches_of(plan)
    with processes(2, (), batches) as workers:
        assert bool(workers.copied) == (method == "fork")
        done = list(run_in(workers.executor, batches, 4, workers.copied))
    assert bytes_of(done) == expected(plan)


def test_a_process_with_threads_does_not_fork() -> None:
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        assert start_method() == "spawn"
    finally:
        stop.set()
        other.join()


class Slow(Executor):
    """Run nothing until asked for the result; count what waits."""

    def __init__(self) -> None:
        self.waiting = 0
        self.most = 0
        self.pending: list[tuple[Future[list[StepOutcome]], Batch]] = []

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[list[StepOutcome]] = Future()
        self.pending.append((future, args[0]))
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        if self.waiting == 3:
            for late, batch in self.pending[-3:]:
                late.set_result(run_batch(batch))
            self.waiting = 0
        return future


def test_no_more_batches_wait_than_asked_for() -> None:
    plan = make_plan(texts(24))
    batches = batches_of(plan, WEIGHT)
    rest = len(batches) - len(batches) % 3
    executor = Slow()
    outcomes = list(run_in(executor, batches[:rest], 3))
    assert executor.most == 3
    assert len(outcomes) == rest


def test_a_process_that_ends_is_a_problem() -> None:
    plan = make_plan(texts(3, p1="!exit"))
    with processes(2) as workers, pytest.raises(ProblemsFound) as found:
        list(run_in(workers.executor, batches_of(plan, WEIGHT), 4))
    assert [problem.code for problem in found.value.problems] == ["worker-died"]


class TestWorker:
    def test_one_bad_step_does_not_hide_the_others(self) -> None:
        plan = make_plan(texts(4, p1="!crash", p2="!problem", p3="!empty"), ("fr",))
        (outcomes,) = run_here([LIKE._replace(steps=plan.steps, keys=("k",) * len(plan.steps),
                                              inputs=plan.inputs)])  # fmt: skip
        good = [outcome.output for outcome in outcomes if not outcome.problems]
        assert good == ["site/cards/fr/p0/og.png", "site/fr/points/p0/index.html"]
        assert len(outcomes) == len(plan.steps)
        for outcome in outcomes:
            assert bool(outcome.problems) != bool(outcome.sha256)

    @pytest.mark.parametrize("dotted", ["no.such:thing", "support.toy:nothing", "support.toy"])
    def test_a_renderer_that_is_not_there_is_an_error_of_the_program(self, dotted: str) -> None:
        plan = make_plan(texts(1))
        with pytest.raises((ImportError, AttributeError)):
            run_batch(batches_of(plan)[0]._replace(render=dotted))

    def test_problems_that_a_renderer_raises_are_its_problems(self) -> None:
        plan = make_plan(texts(1))
        batch = batches_of(plan)[0]._replace(render="support.toy:raise_problems")
        outcomes = run_batch(batch)
        assert {problem.code for o in outcomes for problem in o.problems} == {"toy"}
        assert len({problem.message for o in outcomes for problem in o.problems}) == len(outcomes)

    def test_too_few_results_are_noticed(self) -> None:
        plan = make_plan(texts(2))
        batch = batches_of(plan)[0]._replace(render="support.toy:forget_one")
        outcomes = run_batch(batch)
        assert {problem.code for o in outcomes for problem in o.problems} == {"render-failed"}


def test_all_is_taken_from_a_shared_store_or_nothing_is_published(tmp_path: Path) -> None:
    """Each thing in the store is taken away in turn: batches before it were read already."""
    plan = make_plan(texts(200))
    store = store_address(str(tmp_path / "store"))
    again = toy_rendering(store=store, again=True)
    build_tree(plan, toy_target(tmp_path / "made"), toy_rendering(store=store))
    first = tree(tmp_path / "made/dist/toy")
    build_tree(plan, toy_target(tmp_path / "taken"), again)
    assert tree(tmp_path / "taken/dist/toy") == first
    kept = sorted(file for file in (tmp_path / "store").rglob("*") if file.is_file())
    for file in kept[:: len(kept) // 10]:
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        with pytest.raises(NotKept):
            build_tree(plan, toy_target(tmp_path / "lacking"), again)
        file.write_bytes(data)
    assert not (tmp_path / "lacking/dist/toy").exists()
