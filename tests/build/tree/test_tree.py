"""A tree is what the plan says, and only what changed is made."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import pytest
from stopjihad import disk
from stopjihad.build.tree import tree as build_of_trees
from stopjihad.build.tree.manifest import load
from stopjihad.build.tree.published import is_current
from stopjihad.build.tree.tree import build_tree
from stopjihad.build.work import execute
from stopjihad.disk import kernel
from stopjihad.disk.lock import Busy, sole_writer
from stopjihad.disk.stamp import TICK_NS
from stopjihad.model.step import Plan, Step
from stopjihad.problem import ProblemsFound

from support.toy import expected, make_plan, texts, toy_rendering, toy_target, tree


@pytest.fixture(params=["exchange", "two renames"])
def swapping(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Publish with and without the exchange of folders."""
    if request.param == "two renames":
        monkeypatch.setattr(kernel, "exchange", lambda *_: False)
    return str(request.param)


def published(folder: Path) -> dict[str, bytes]:
    files = tree(folder / "dist" / "toy")
    del files["manifest.json"]
    return files


def build(folder: Path, plan: Plan, fingerprint: str = "", **how: object):
    return build_tree(plan, toy_target(folder, fingerprint), toy_rendering(**how))


def test_a_cold_build_publishes_exactly_the_plan(tmp_path: Path) -> None:
    plan = make_plan(texts(3))
    report = build(tmp_path, plan)
    assert published(tmp_path) == expected(plan)
    assert (report.made, report.reused, report.removed) == (13, 0, 0)
    assert report.kinds == {"card": (6, 0), "page": (7, 0)}
    assert report.changed


def test_a_second_build_makes_nothing_and_leaves_the_tree_alone(tmp_path: Path) -> None:
    plan = make_plan(texts(3))
    build(tmp_path, plan)
    before = (tmp_path / "dist" / "toy").stat()
    report = build(tmp_path, plan)
    after = (tmp_path / "dist" / "toy").stat()
    assert (report.made, report.reused, report.removed) == (0, 13, 0)
    assert not report.changed
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_many_new_files_are_old_enough_to_be_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of the last 20 ms are read again by the next build: hundreds may be written in that."""
    waited: list[float] = []
    monkeypatch.setattr(
        build_of_trees, "time", SimpleNamespace(perf_counter=perf_counter, sleep=waited.append)
    )
    build(tmp_path, make_plan(texts(60)))
    assert waited == [TICK_NS / 1e9]
    build(tmp_path, make_plan(texts(60, p1="new")))
    assert len(waited) == 1


def test_edits_make_only_what_they_touch(tmp_path: Path, swapping: str) -> None:
    build(tmp_path, make_plan(texts(3)))
    for number in range(4):
        plan = make_plan(texts(3, p1=f"new {number}"))
        report = build(tmp_path, plan)
        assert (report.made, report.reused, report.removed) == (5, 8, 0)
        assert published(tmp_path) == expected(plan)


@pytest.mark.parametrize("how", ["a link to a folder", "another file"])
def test_what_was_put_in_place_of_a_published_file_meanwhile_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The first edit after a cold build links by whole paths, and looks afterwards what it got."""
    build(tmp_path, make_plan(texts(3)))
    place = tmp_path / "dist/toy/site/fr/points/p0"
    aside = place.with_name("aside")
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("a letter")
    real = disk.link_below

    def link_below(*args: Any) -> list[str]:
        place.rename(aside)
        if how == "a link to a folder":
            place.symlink_to(other)
        else:
            shutil.copytree(other, place)
        return real(*args)

    monkeypatch.setattr(disk, "link_below", link_below)
    with pytest.raises(ProblemsFound) as found:
        build(tmp_path, make_plan(texts(3, p1="new")))
    (problem,) = found.value.problems
    assert problem.code == "output-changed"
    assert problem.path == "dist/toy/site/fr/points/p0/index.html"
    assert not list((tmp_path / "dist/.stopjihad/toy").glob("stage-*"))
    assert (aside / "index.html").stat().st_nlink == 1
    assert (other / "index.html").read_text() == "a letter"
    monkeypatch.undo()
    plan = make_plan(texts(3, p1="new"))
    build(tmp_path, plan)
    assert published(tmp_path) == expected(plan)
    assert (other / "index.html").read_text() == "a letter"


def test_points_and_folders_come_and_go(tmp_path: Path, swapping: str) -> None:
    for count in (3, 5, 1, 0, 4, 4, 2):
        plan = make_plan(texts(count))
        build(tmp_path, plan)
        assert published(tmp_path) == expected(plan)


def test_a_file_becomes_a_folder_and_a_file_again(tmp_path: Path) -> None:
    file = Plan("toy", (Step("site/a", "page"),), {})
    folder = Plan("toy", (Step("site/a/b", "page"),), {})
    for plan in (file, folder, file, folder, folder):
        build(tmp_path, plan)
        assert published(tmp_path) == expected(plan)


def test_published_files_are_never_written_to(tmp_path: Path) -> None:
    """Somebody may hold an old file open, or a hard link to it."""
    build(tmp_path, make_plan(texts(2)))
    page = tmp_path / "dist/toy/site/fr/points/p0/index.html"
    before = page.read_bytes()
    with page.open("rb") as held:
        for number in range(3):
            build(tmp_path, make_plan(texts(2, p0=f"new {number}")))
        assert held.read() == before


def test_files_that_stay_are_links_to_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path, make_plan(texts(2)))
    page = tmp_path / "dist/toy/site/fr/points/p1/index.html"
    inode = page.stat().st_ino
    build(tmp_path, make_plan(texts(2, p0="new")))
    assert page.stat().st_ino == inode
    assert page.stat().st_nlink == 2


def test_where_files_cannot_be_linked_they_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **named: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    for number in range(4):
        plan = make_plan(texts(3, p0=f"new {number}"))
        assert build(tmp_path, plan).reused == (8 if number else 0)
        assert published(tmp_path) == expected(plan)


def test_a_newer_renderer_makes_its_kind_anew(tmp_path: Path) -> None:
    plan = make_plan(texts(2))
    build(tmp_path, plan)
    report = build(tmp_path, plan, versions={"page": "2", "card": "1"})
    assert report.kinds == {"card": (0, 4), "page": (5, 0)}


def test_costly_outputs_come_from_the_store_when_the_tree_is_gone(tmp_path: Path) -> None:
    plan = make_plan(texts(2))
    build(tmp_path, plan)
    shutil.rmtree(tmp_path / "dist")
    # A renderer that does not exist is never looked for: all that is due lies in the store.
    cards = Plan("toy", tuple(step for step in plan.steps if step.kind == "card"), plan.inputs)
    build(tmp_path, cards, render="no.such.module:render")
    assert published(tmp_path) == expected(cards)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_many_steps_are_made_in_processes_with_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(execute, "FEW", 0)
    plan = make_plan(texts(40), ("ar", "bn", "fr"))
    seen: list[tuple[int, int]] = []
    build(tmp_path, plan, jobs=jobs, progress=lambda done, total: seen.append((done, total)))
    assert published(tmp_path) == expected(plan)
    assert seen[0] == (0, len(plan.steps))
    assert seen[-1] == (len(plan.steps), len(plan.steps))
    assert seen == sorted(seen)
    plan = make_plan(texts(40, p3="new"), ("ar", "bn", "fr"))
    assert build(tmp_path, plan, jobs=jobs).made == 7
    assert published(tmp_path) == expected(plan)


def test_a_given_executor_runs_the_work_and_fills_the_store(tmp_path: Path) -> None:
    plan = make_plan(texts(20))
    with ThreadPoolExecutor(2) as executor:
        build(tmp_path, plan, executor=executor)
        assert published(tmp_path) == expected(plan)
        shutil.rmtree(tmp_path / "dist")
        cards = Plan("toy", tuple(step for step in plan.steps if step.kind == "card"), plan.inputs)
        build(tmp_path, cards, executor=executor, render="no.such.module:render")
    assert published(tmp_path) == expected(cards)


def test_the_manifest_lists_every_file_and_nothing_of_time(tmp_path: Path) -> None:
    plan = make_plan(texts(2))
    build(tmp_path / "one", plan)
    first = (tmp_path / "one/dist/toy/manifest.json").read_bytes()
    build(tmp_path / "two", make_plan(texts(2, p0="other")))
    build(tmp_path / "two", plan)
    assert (tmp_path / "two/dist/toy/manifest.json").read_bytes() == first
    manifest = load(str(tmp_path / "one/dist/toy/manifest.json"))
    assert manifest is not None
    assert [item.path for item in manifest.files] == sorted(expected(plan))


def test_all_problems_of_renderers_come_together_and_nothing_changes(tmp_path: Path) -> None:
    build(tmp_path, make_plan(texts(4)))
    before = tree(tmp_path / "dist/toy")
    with pytest.raises(ProblemsFound) as found:
        build(tmp_path, make_plan(texts(4, p1="!problem", p2="fine")))
    outputs = [problem.message for problem in found.value.problems]
    assert len(outputs) == 5
    assert "site/fr/points/p1/index.html is wrong" in outputs
    assert tree(tmp_path / "dist/toy") == before


def test_a_renderer_that_raises_is_a_problem_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        build(tmp_path, make_plan(texts(3, p0="!crash"), ("fr",)))
    crashed = [problem for problem in found.value.problems if "points/p0" in problem.message]
    assert len(crashed) == 1
    assert crashed[0].code == "render-failed"
    assert "\n" not in crashed[0].message
    assert "ValueError at toy.py:" in crashed[0].message


def test_a_renderer_that_gives_nothing_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        build(tmp_path, make_plan(texts(1, p0="!empty"), ("fr",)))
    assert {problem.code for problem in found.value.problems} == {"render-failed"}


def test_a_worker_that_dies_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "FEW", 0)
    with pytest.raises(ProblemsFound) as found:
        build(tmp_path, make_plan(texts(60, p7="!exit")), jobs=2)
    assert [problem.code for problem in found.value.problems] == ["worker-died"]
    plan = make_plan(texts(60))
    build(tmp_path, plan)
    assert published(tmp_path) == expected(plan)


def test_a_second_writer_is_told_and_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, make_plan(texts(1)))
    before = tree(tmp_path / "dist")
    lock = tmp_path / "dist/.stopjihad/toy/lock"
    with sole_writer(lock), pytest.raises(Busy):
        build(tmp_path, make_plan(texts(2)))
    assert tree(tmp_path / "dist") == before


def test_an_output_collision_stops_the_build_before_anything_is_written(tmp_path: Path) -> None:
    plan = Plan("toy", (Step("site/A.html", "page"), Step("site/a.html", "page")), {})
    with pytest.raises(ProblemsFound):
        build(tmp_path, plan)
    assert list(tmp_path.iterdir()) == []


class TestExports:
    """``stopjihad export`` puts files into the tree; builds carry them over."""

    def test_are_carried_over_by_every_build(self, tmp_path: Path, swapping: str) -> None:
        exports = tmp_path / "dist/toy/exports"
        build(tmp_path, make_plan(texts(1)), "one")
        for number in range(4):
            (exports / "ics").mkdir(parents=True, exist_ok=True)
            (exports / f"ics/{number}").write_text(f"{number}")
            assert is_current(toy_target(tmp_path, "one"))
            assert not build(tmp_path, make_plan(texts(1, p0=f"text {number}")), "one").removed
            kept = {f"ics/{name}": f"{name}".encode() for name in range(number + 1)}
            assert tree(exports) == kept
        shutil.rmtree(exports)
        for number in range(2):
            build(tmp_path, make_plan(texts(1, p0=f"other {number}")), "one")
            assert not exports.exists()

    def test_lead_nowhere_else(self, tmp_path: Path) -> None:
        build(tmp_path, make_plan(texts(1)))
        (tmp_path / "secret").write_text("secret")
        exports = tmp_path / "dist/toy/exports"
        exports.mkdir()
        (exports / "good").write_text("good")
        (exports / "file").symlink_to(tmp_path / "secret")
        (exports / "folder").symlink_to(tmp_path)
        os.mkfifo(exports / "pipe")
        build(tmp_path, make_plan(texts(2)))
        assert tree(exports) == {"good": b"good"}
        shutil.rmtree(exports)
        exports.symlink_to(tmp_path)
        build(tmp_path, make_plan(texts(3)))
        assert not exports.is_symlink()
        assert published(tmp_path) == expected(make_plan(texts(3)))

    @pytest.mark.parametrize("output", ["exports", "exports/x", "Exports/x"])
    def test_are_not_made_by_steps(self, tmp_path: Path, output: str) -> None:
        with pytest.raises(ProblemsFound) as found:
            build(tmp_path, Plan("toy", (Step(output, "page"),), {}))
        assert [problem.code for problem in found.value.problems] == ["output-collision"]


class TestIsCurrent:
    def test_knows_the_fingerprint_of_what_is_published(self, tmp_path: Path) -> None:
        assert not is_current(toy_target(tmp_path, "one"))
        build(tmp_path, make_plan(texts(2)), "one")
        assert is_current(toy_target(tmp_path, "one"))
        assert not is_current(toy_target(tmp_path, "two"))

    def test_learns_a_fingerprint_that_leads_to_the_same_tree(self, tmp_path: Path) -> None:
        build(tmp_path, make_plan(texts(2)), "one")
        assert not build(tmp_path, make_plan(texts(2)), "two").changed
        assert is_current(toy_target(tmp_path, "two"))

    @pytest.mark.parametrize("change", ["edit", "remove", "add", "empty folder", "link", "gone"])
    def test_notices_every_change_of_the_tree(self, tmp_path: Path, change: str) -> None:
        build(tmp_path, make_plan(texts(2)), "one")
        out = tmp_path / "dist/toy"
        page = out / "site/fr/points/p0/index.html"
        if change == "edit":
            page.write_bytes(page.read_bytes().swapcase())
        elif change == "remove":
            page.unlink()
        elif change == "add":
            (out / "site/fr/extra.html").write_text("extra")
        elif change == "empty folder":
            (out / "extra").mkdir()
        elif change == "link":
            shutil.copy(page, tmp_path / "copy")
            page.unlink()
            page.symlink_to(tmp_path / "copy")
        else:
            shutil.rmtree(out)
        assert not is_current(toy_target(tmp_path, "one"))
        build(tmp_path, make_plan(texts(2)), "one")
        assert is_current(toy_target(tmp_path, "one"))
        assert published(tmp_path) == expected(make_plan(texts(2)))

    def test_a_touched_or_copied_tree_is_believed_for_its_content(self, tmp_path: Path) -> None:
        build(tmp_path, make_plan(texts(2)), "one")
        for path in (tmp_path / "dist/toy").rglob("*"):
            os.utime(path, (1, 1))
        assert is_current(toy_target(tmp_path, "one"))
        shutil.copytree(tmp_path / "dist", tmp_path / "copy/dist")
        assert build(tmp_path / "copy", make_plan(texts(2)), "one").made == 0
        assert is_current(toy_target(tmp_path / "copy", "one"))
