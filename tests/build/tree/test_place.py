"""Output goes where it harms nothing: never over somebody's files, never through a link."""

from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.build.tree.place import Target, output_problems
from stopjihad.build.tree.tree import build_tree
from stopjihad.problem import ProblemsFound

from support.toy import make_plan, texts, toy_rendering, toy_target, tree


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "work"
    for name in ("campaigns/toy/points", "templates", "assets"):
        (root / name).mkdir(parents=True)
        (root / name / "file").write_text("somebody's work")
    return root


def codes(out: Path, workspace: Path) -> list[str]:
    sources = [workspace / name for name in ("campaigns", "templates", "assets")]
    return [problem.code for problem in output_problems(out, workspace, sources)]


@pytest.mark.parametrize(
    "where",
    [
        ".", "campaigns", "campaigns/toy", "campaigns/toy/points", "campaigns/toy/new",
        "templates/toy", "assets", "assets/a/b/c", "..", "campaigns/../campaigns/x",
        "dist/../assets/toy",
    ],
)  # fmt: skip
def test_inside_or_above_sources_is_refused_and_they_stay(workspace: Path, where: str) -> None:
    before = tree(workspace.parent)
    assert codes(workspace / where, workspace) == ["output-in-source"]
    sources = tuple(workspace / name for name in ("campaigns", "templates", "assets"))
    target = Target(workspace / where, workspace / ".stopjihad", sources)
    with pytest.raises(ProblemsFound):
        build_tree(make_plan(texts(1)), target, toy_rendering())
    assert tree(workspace.parent) == before


@pytest.mark.parametrize("where", ["dist/toy", "toy", "../elsewhere/toy", "campaigns2", "asset"])
def test_absent_and_empty_folders_are_taken(workspace: Path, where: str) -> None:
    out = workspace / where
    assert codes(out, workspace) == []
    out.mkdir(parents=True)
    assert codes(out, workspace) == []


def test_a_source_reached_through_a_link_is_still_a_source(workspace: Path) -> None:
    (workspace / "dist").symlink_to(workspace / "campaigns")
    assert codes(workspace / "dist/toy", workspace) == ["output-in-source"]


@pytest.mark.parametrize("part", ["dist", "dist/toy", "dist/.stopjihad", "dist/.stopjihad/toy"])
def test_links_on_the_way_are_refused(workspace: Path, part: str) -> None:
    elsewhere = workspace.parent / "elsewhere"
    elsewhere.mkdir()
    path = workspace / part
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(elsewhere)
    with pytest.raises(ProblemsFound) as found:
        build_tree(make_plan(texts(1)), toy_target(workspace), toy_rendering())
    assert [problem.code for problem in found.value.problems] == ["output-link"]
    assert found.value.problems[0].path == "dist/toy"
    assert tree(elsewhere) == {"./": b"an empty folder"}


@pytest.mark.parametrize("name", ["index.html", "manifest.json", ".git/HEAD", "site/file"])
def test_a_folder_with_files_of_others_is_refused_and_stays(workspace: Path, name: str) -> None:
    file = workspace / "dist/toy" / name
    file.parent.mkdir(parents=True)
    file.write_text('{"files": []}')
    with pytest.raises(ProblemsFound) as found:
        build_tree(make_plan(texts(1)), toy_target(workspace), toy_rendering())
    assert [problem.code for problem in found.value.problems] == ["output-not-ours"]
    assert tree(workspace / "dist/toy") == {name: b'{"files": []}'}


def test_a_file_is_no_folder(workspace: Path) -> None:
    (workspace / "dist").mkdir()
    (workspace / "dist/toy").write_text("precious")
    assert codes(workspace / "dist/toy", workspace) == ["output-file"]


def test_below_a_file_is_no_place_for_a_folder(workspace: Path) -> None:
    """``-o FILE`` said that the system says EEXIST, and to check the disk."""
    (workspace / "page.html").write_text("precious")
    for where in ("page.html/toy", "page.html/a/b/toy"):
        (found,) = output_problems(workspace / where, workspace, ())
        assert (found.code, found.path) == ("output-file", "page.html")


@pytest.mark.parametrize(
    "where", [".stopjihad", ".stopjihad/store/toy", "dist/.stopjihad/toy", "../.stopjihad/a/toy"]
)
def test_private_folders_take_no_output(workspace: Path, where: str) -> None:
    """The store's own clearing would have removed pages of a site that was built into it."""
    assert codes(workspace / where, workspace) == ["output-private"]
    (workspace / where).mkdir(parents=True)
    assert codes(workspace / where, workspace) == ["output-private"]
    (workspace.parent / "elsewhere").symlink_to((workspace / where).parent)
    linked = workspace.parent / "elsewhere" / Path(where).name
    assert codes(linked, workspace) == ["output-private"]


def test_a_workspace_in_a_private_folder_of_somebody_has_outputs(tmp_path: Path) -> None:
    workspace = tmp_path / ".stopjihad" / "work"
    workspace.mkdir(parents=True)
    assert codes(workspace / "dist/toy", workspace) == []


@pytest.mark.parametrize("name", [".git", "site/.git", "site/fr/.hg"])
@pytest.mark.parametrize("private", ["kept", "lost"])
def test_a_repository_in_our_tree_is_not_thrown_away(
    workspace: Path, name: str, private: str
) -> None:
    """People keep their web host's repository in the folder they upload."""
    build_tree(make_plan(texts(1)), toy_target(workspace), toy_rendering())
    (workspace / "dist/toy" / name).mkdir()
    if private == "lost":
        (workspace / "dist/.stopjihad").rename(workspace / "lost")
    with pytest.raises(ProblemsFound) as found:
        build_tree(make_plan(texts(2)), toy_target(workspace), toy_rendering())
    assert [problem.code for problem in found.value.problems] == ["output-not-ours"]
    assert name in found.value.problems[0].message
    assert (workspace / "dist/toy" / name).is_dir()


def test_our_tree_with_a_damaged_manifest_is_still_ours(workspace: Path) -> None:
    build_tree(make_plan(texts(1)), toy_target(workspace), toy_rendering())
    (workspace / "dist/toy/manifest.json").write_text("damaged")
    assert build_tree(make_plan(texts(1)), toy_target(workspace), toy_rendering()).reused == 5


def test_our_tree_without_its_private_folder_is_still_ours(workspace: Path) -> None:
    build_tree(make_plan(texts(1)), toy_target(workspace), toy_rendering())
    (workspace / "dist/.stopjihad").rename(workspace / "lost")
    assert build_tree(make_plan(texts(1)), toy_target(workspace), toy_rendering()).made == 5
