"""Whatever happens to the published tree, the index, the spare or the store: it is noticed."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stopjihad.build.tree.published import is_current
from stopjihad.build.tree.tree import build_tree
from stopjihad.model.step import Plan

from support.toy import expected, make_plan, texts, toy_rendering, toy_target, tree

PLANS = [make_plan(texts(2, p0=f"text {number}"), ("fr",)) for number in range(3)]


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes() or b"\0")
    place = len(data) // 2
    data[place] ^= 1
    path.write_bytes(data)


def flip_unseen(path: Path) -> None:
    """Change a byte; put size and time of modification back, as a careful hand could."""
    state = path.stat()
    flip(path)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def remove(path: Path) -> None:
    path.unlink()


def swap(path: Path) -> None:
    """Exchange a file with another of the same folder tree."""
    others = [other for other in files(path.parents[1]) if other.read_bytes() != path.read_bytes()]
    if not others:
        empty(path)
        return
    mine, theirs = path.read_bytes(), others[0].read_bytes()
    path.write_bytes(theirs)
    others[0].write_bytes(mine)


def put_link(path: Path) -> None:
    copy = path.with_name(f"{path.name}.copy")
    shutil.copy(path, copy)
    path.unlink()
    path.symlink_to(copy.name)


def put_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


DAMAGE = [flip, flip_unseen, cut, empty, remove, swap, put_link, put_pipe]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def site(folder: Path) -> dict[str, bytes]:
    found = tree(folder / "dist/toy")
    del found["manifest.json"]
    return found


def build(folder: Path, plan: Plan) -> None:
    build_tree(plan, toy_target(folder, "now"), toy_rendering())


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("where", ["dist/toy", "dist/.stopjihad/toy", ".stopjihad/store"])
def test_damage_to_any_file_is_noticed(
    tmp_path: Path, where: str, damage: Callable[[Path], None]
) -> None:
    for plan in PLANS[:2]:
        build(tmp_path, plan)
    count = len(files(tmp_path / where))
    assert count >= 3
    chosen = random.Random(where + damage.__name__).sample(range(count), min(count, 5))
    for number in chosen:
        paths = files(tmp_path / where)
        damage(paths[number % len(paths)])
        if where == ".stopjihad/store":
            shutil.rmtree(tmp_path / "dist")
        for plan in PLANS[:2]:
            build(tmp_path, plan)
            assert site(tmp_path) == expected(plan), paths[number % len(paths)]
            assert is_current(toy_target(tmp_path, "now"))


@pytest.mark.parametrize("plan", [PLANS[1], PLANS[2]], ids=["same plan", "next plan"])
@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_damaged_page_is_made_again_by_the_very_next_build(
    tmp_path: Path, damage: Callable[[Path], None], plan: Plan
) -> None:
    for earlier in PLANS[:2]:
        build(tmp_path, earlier)
    damage(tmp_path / "dist/toy/site/fr/points/p1/index.html")
    assert not is_current(toy_target(tmp_path, "now"))
    build(tmp_path, plan)
    assert site(tmp_path) == expected(plan)


@pytest.mark.parametrize("place", ["dist/toy", "dist/.stopjihad/toy/spare"])
def test_odd_things_in_a_tree_are_never_published(tmp_path: Path, place: str) -> None:
    for plan in PLANS[:2]:
        build(tmp_path, plan)
    root = tmp_path / place
    (root / "site/fr/.env").write_text("secret")
    (root / "new").mkdir()
    (root / "new/file").write_text("secret")
    (root / "site/link").symlink_to(tmp_path)
    os.mkfifo(root / "site/pipe")
    (root / "top").write_text("secret")
    for plan in (PLANS[2], PLANS[0], PLANS[1]):
        build(tmp_path, plan)
        assert site(tmp_path) == expected(plan)


@pytest.mark.parametrize("place", ["dist/toy", "dist/.stopjihad/toy/spare"])
def test_a_link_in_place_of_a_folder_is_not_followed(tmp_path: Path, place: str) -> None:
    for plan in PLANS[:2]:
        build(tmp_path, plan)
    folder = tmp_path / place / "site/fr/points"
    folder.rename(tmp_path / "moved")
    folder.symlink_to(tmp_path / "moved")
    before = tree(tmp_path / "moved")
    for plan in (PLANS[2], PLANS[0], PLANS[1]):
        build(tmp_path, plan)
        assert site(tmp_path) == expected(plan)
    assert tree(tmp_path / "moved") == before
    assert not folder.is_symlink()


def test_without_its_private_folder_the_tree_is_made_anew(tmp_path: Path) -> None:
    build(tmp_path, PLANS[0])
    flip_unseen(tmp_path / "dist/toy/site/fr/points/p1/index.html")
    shutil.rmtree(tmp_path / "dist/.stopjihad")
    build(tmp_path, PLANS[0])
    assert site(tmp_path) == expected(PLANS[0])


def test_a_restored_copy_of_everything_is_believed_only_as_far_as_it_is_right(
    tmp_path: Path,
) -> None:
    """As when a service restores ``dist`` from its cache: every inode differs."""
    build(tmp_path / "one", PLANS[0])
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    flip_unseen(tmp_path / "two/dist/toy/site/fr/points/p1/index.html")
    report = build_tree(PLANS[0], toy_target(tmp_path / "two"), toy_rendering())
    assert (report.made, report.reused) == (1, 4)
    assert site(tmp_path / "two") == expected(PLANS[0])
