"""A workspace from a stranger may carry links: nothing outside of it is changed or removed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.build import stopjihad
from support.hostile import DAY, edit, make_workspace, state

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small workspace that was built."""
    return make_workspace(tmp_path_factory.mktemp("template"))


@pytest.fixture
def workspace(template: Path, tmp_path: Path) -> Path:
    """Give a copy in which a build has something to do."""
    folder = tmp_path / "workspace"
    subprocess.run(["cp", "-a", template, folder], check=True)
    edit(folder)
    return folder


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """Give a folder of somebody's own, outside of the workspace."""
    folder = tmp_path / "letters"
    (folder / "deep").mkdir(parents=True)
    for name in ("one", "two.pack", "three.index", "deep/four"):
        (folder / name).write_text(f"dear {name}", "utf-8")
    return folder


def run(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    done = stopjihad("-C", workspace, *words, SOURCE_DATE_EPOCH=DAY)
    assert "Traceback" not in done.stderr
    return done


def put_link(place: Path, target: Path | str) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


@pytest.mark.parametrize("name", ["spare", "stage-1-1"])
def test_f1_a_build_does_not_empty_what_a_link_leads_to(
    workspace: Path, letters: Path, name: str
) -> None:
    """F1 (02): the build took the link for its spare tree, and removed all strays in it."""
    shutil.rmtree(workspace / "dist/.stopjihad/demo/spare")
    put_link(workspace / "dist/.stopjihad/demo" / name, letters)
    before = state(letters)
    assert run(workspace, "build", "--only", "site").returncode == 0
    assert state(letters) == before
    assert not (workspace / "dist/demo").is_symlink()
    assert (workspace / "dist/demo/site/en/index.html").is_file()


def test_f1_a_build_does_not_empty_its_own_workspace(workspace: Path) -> None:
    """F1 (02): a relative link to the workspace itself cost all sources."""
    put_link(workspace / "dist/.stopjihad/demo/spare", "../../..")
    before = state(workspace / "campaigns")
    assert run(workspace, "build", "--only", "site").returncode == 0
    assert state(workspace / "campaigns") == before


def test_f2_opening_the_studio_removes_nothing_elsewhere(workspace: Path, letters: Path) -> None:
    """F2 (01): ``saving`` was emptied at start without a look at what it is."""
    from support.studio import running

    put_link(workspace / ".stopjihad/saving", letters)
    before = state(letters)
    with running(workspace, read_only=True) as studio:
        assert studio.ask("/c/demo").status == 200
    assert state(letters) == before


@pytest.mark.parametrize(
    "place",
    [
        *(".stopjihad", ".stopjihad/store", ".stopjihad/parsed", ".stopjihad/parsed/demo"),
        *(".stopjihad/stamps", ".stopjihad/stamps/demo", ".stopjihad/history"),
    ],
)
def test_f3_nothing_is_written_or_removed_through_a_cache(
    workspace: Path, letters: Path, place: str
) -> None:
    """F3 (03): packs and cards were written there, and foreign packs removed."""
    put_link(workspace / place, letters)
    before = state(letters)
    for words in (("check",), ("build", "--only", "site,cards"), ("translate", "update")):
        assert run(workspace, *words).returncode == 0
        assert state(letters) == before


def test_f3_the_lock_of_a_build_is_made_in_its_own_place(workspace: Path, tmp_path: Path) -> None:
    """F3 (04): the file that the link names was created."""
    put_link(workspace / "dist/.stopjihad/demo/lock", tmp_path / "created")
    assert run(workspace, "build", "--only", "site").returncode == 0
    assert not (tmp_path / "created").exists()
    assert not (workspace / "dist/.stopjihad/demo/lock").is_symlink()


@pytest.mark.parametrize("place", ["dist/demo/exports", "dist/demo/exports/csv"])
def test_an_export_replaces_nothing_elsewhere(workspace: Path, letters: Path, place: str) -> None:
    (letters / "csv").mkdir()
    (letters / "csv/mine.csv").write_text("mine", "utf-8")
    put_link(workspace / place, letters)
    before = state(letters)
    run(workspace, "export", "csv")
    assert state(letters) == before


@pytest.mark.parametrize("folder", ["points", "locale"])
def test_new_files_are_not_written_through_a_link(
    workspace: Path, letters: Path, folder: str
) -> None:
    put_link(workspace / "campaigns/demo" / folder, letters)
    before = state(letters)
    assert run(workspace, "new", "point", "a-new-fact").returncode == (folder == "points")
    assert run(workspace, "translate", "update").returncode == 1
    assert state(letters) == before


def test_a_card_replaces_a_link_and_not_what_it_leads_to(workspace: Path, letters: Path) -> None:
    picture = workspace / "neighbours-en-og.png"
    picture.symlink_to(letters / "one")
    done = stopjihad("card", "neighbours", folder=workspace, SOURCE_DATE_EPOCH=DAY)
    assert done.returncode == 0, done.stderr
    assert (letters / "one").read_text("utf-8") == "dear one"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_very_deep_spare_is_no_trouble(workspace: Path) -> None:
    """Folders in each other, deeper than a program may recurse or hold open."""
    place = workspace / "dist/.stopjihad/demo/spare"
    shutil.rmtree(place)
    place.mkdir()
    here = os.open(place, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("a", dir_fd=here)
        below = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    assert run(workspace, "build", "--only", "site").returncode == 0
    assert not list((workspace / "dist/.stopjihad/demo").glob("stage-*"))
    # Deeper than Python can go when it sweeps the folders of tests away.
    subprocess.run(["rm", "-rf", workspace / "dist"], check=True)


def tried(*words: str) -> dict[str, object]:
    """Try combinations of private path, odd thing and command; see ``support.hostile``."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "support.hostile", *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=TESTS,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    sys.stdout.write(f"{found['combinations']} combinations\n")
    return found


def test_odd_things_in_private_places_harm_nothing() -> None:
    found = tried("12", "14")
    assert found["wrong"] == {}
    assert int(str(found["combinations"])) > 10


@pytest.mark.long
def test_every_odd_thing_in_every_private_place_harms_nothing() -> None:
    found = tried("all", "0")
    assert found["wrong"] == {}
    assert int(str(found["combinations"])) > 700


def test_an_export_takes_no_picture_from_elsewhere(workspace: Path, letters: Path) -> None:
    """The list of drafts may come from a stranger: its paths stay inside of the build."""
    from stopjihad import disk

    out = workspace / "dist/demo"
    assert disk.read_below(str(out), "../../../letters/one") is None
    (out / "linked").symlink_to(letters)
    assert disk.read_below(str(out), "linked/one") is None
    assert disk.read_below(str(out), "manifest.json") is not None


@pytest.mark.parametrize("name", ["manifest.json", "posts/posts.json", "site/en/index.html"])
def test_a_pipe_in_a_finished_build_makes_nobody_wait(workspace: Path, name: str) -> None:
    place = workspace / "dist/demo" / name
    place.unlink()
    os.mkfifo(place)
    for words in (("check", "--built", "dist"), ("export", "csv"), ("build", "--only", "site")):
        subprocess.run(
            [sys.executable, "-m", "stopjihad", "-C", workspace, *words],
            check=False,
            capture_output=True,
            timeout=120,
            cwd=workspace,
            env={**os.environ, "SOURCE_DATE_EPOCH": DAY},
        )


def test_a_folder_of_sources_that_is_a_link_is_one_problem(workspace: Path, letters: Path) -> None:
    (workspace / "templates").symlink_to(letters)
    done = run(workspace, "check")
    assert done.returncode == 1
    assert (done.stdout + done.stderr).count("link-refused") == 1
