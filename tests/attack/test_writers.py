"""Writers never overwrite each other, and what was there survives whatever the disk does."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stopjihad.disk import save
from stopjihad.load.files import MAX_PO_BYTES, MAX_TEXT_BYTES
from stopjihad.load.ledger import read_ledger
from stopjihad.problem import ProblemsFound
from stopjihad.review.ledger import append_reviews
from stopjihad.studio.saver import Saver
from stopjihad.translate.po_files import read_project, update_files
from stopjihad.translate.round_trip import import_file

from support.build import stopjihad
from support.hostile import DAY, edit, make_workspace
from support.reviews import NOW, review_of

PO = "campaigns/demo/locale/fr.po"
LEDGER = "campaigns/demo/reviews.jsonl"
TITLE = 'msgid "Facts first"\nmsgstr ""'


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("template"))


@pytest.fixture
def workspace(template: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    subprocess.run(["cp", "-a", template, folder], check=True)
    return folder


def save_as_editors_do(path: Path, text: str) -> None:
    """Save with a rename, as editors and other programs do; they know nothing of our lock."""
    fresh = path.with_name(f".{path.name}.theirs")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen once, just before a writer writes what it has worked out."""
    write = save.write
    done: list[int] = []

    def late(*args: Any) -> None:
        if not done:
            done.append(1)
            act()
        write(*args)

    monkeypatch.setattr(save, "write", late)


def translated(text: str) -> str:
    assert TITLE in text
    return text.replace(TITLE, TITLE[:-1] + 'Les faits d’abord"')


@pytest.mark.parametrize("who", ["update", "import"])
def test_f6_a_translation_saved_while_a_command_works_is_kept(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """F6 (10b): the command wrote over it, and exited with 0."""
    text = (workspace / PO).read_text("utf-8")
    theirs = text.replace("Un fait.", "Un fait certain.")
    assert theirs != text
    edit(workspace)
    project = read_project(workspace, "demo")
    meanwhile(monkeypatch, lambda: save_as_editors_do(workspace / PO, theirs))
    back = translated(text).encode()
    act = {
        "update": lambda: update_files(workspace, project, ("fr",)),
        "import": lambda: import_file(workspace, project, "fr.po", back, NOW),
    }[who]
    with pytest.raises(ProblemsFound) as found:
        act()
    assert [(one.path, one.code) for one in found.value.problems] == [(PO, "file-changed")]
    assert (workspace / PO).read_text("utf-8") == theirs


def test_f6_a_new_file_that_somebody_makes_meanwhile_is_kept(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / PO).unlink()
    project = read_project(workspace, "demo")
    meanwhile(monkeypatch, lambda: (workspace / PO).write_text("theirs", "utf-8"))
    with pytest.raises(ProblemsFound) as found:
        update_files(workspace, project, ("fr",))
    assert [one.code for one in found.value.problems] == ["file-changed"]
    assert (workspace / PO).read_text("utf-8") == "theirs"


def test_two_approvals_at_once_are_both_kept(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: append_reviews(workspace, "demo", [review_of("b")]))
    append_reviews(workspace, "demo", [review_of("a")])
    reviews, problems = read_ledger((workspace / LEDGER).read_text("utf-8"), LEDGER)
    assert problems == []
    assert sorted(one.digest[0] for one in reviews) == ["a", "b"]


@pytest.fixture
def small_disk(tmp_path: Path, template: Path):
    """Give the workspace on a disk of 1 MB of which nothing is free."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root may mount a disk")
    try:
        shutil.copytree(template / "campaigns", disk / "campaigns")
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


def fill(disk: Path, free: int) -> None:
    with (disk / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while True:
            ballast.write(bytes(4096))
    os.truncate(disk / "ballast", max(0, (disk / "ballast").stat().st_size - free))


@pytest.mark.parametrize("free", [0, 4096, 8192, 12288, 16384, 20480])
def test_f10_a_ledger_on_a_full_disk_is_as_it_was(small_disk: Path, free: int) -> None:
    """F10 (11): half a line stayed, and every later command failed."""
    append_reviews(small_disk, "demo", [review_of("a")] * 30)
    before = (small_disk / LEDGER).read_bytes()
    fill(small_disk, free)
    lines = [review_of("b")] * 60
    refused: tuple[str, ...] = ()
    try:
        append_reviews(small_disk, "demo", lines)
    except ProblemsFound as found:
        refused = tuple(one.code for one in found.problems)
    assert refused in {(), ("disk-full",)}
    assert refused or free
    assert ((small_disk / LEDGER).read_bytes() == before) == bool(refused)
    _, problems = read_ledger((small_disk / LEDGER).read_text("utf-8"), LEDGER)
    assert problems == []
    (small_disk / "ballast").unlink()
    append_reviews(small_disk, "demo", lines)
    _, problems = read_ledger((small_disk / LEDGER).read_text("utf-8"), LEDGER)
    assert problems == []


def test_f11_a_po_file_of_many_megabytes_is_updated_imported_and_edited(workspace: Path) -> None:
    """F11 (19): what check read, update and import refused: two limits for one kind of file."""
    path = workspace / PO
    notes = "# " + "a note of a translator " * 40 + "\n"
    text = path.read_text("utf-8")
    path.write_text(text.rstrip("\n") + "\n\n" + notes * 5000 + '#~ msgid "old"\n#~ msgstr "x"\n')
    assert MAX_TEXT_BYTES < path.stat().st_size < MAX_PO_BYTES
    edit(workspace)
    project = read_project(workspace, "demo")
    assert [one.written for one in update_files(workspace, project, ("fr",))] == [True]
    project = read_project(workspace, "demo")
    assert import_file(workspace, project, "fr.po", translated(text).encode(), NOW).changed == 1
    saver = Saver(workspace)
    saved = saver.load(PO)
    assert saver.write(PO, saved.text + "# more\n", saved.digest).text.endswith("# more\n")
    assert path.stat().st_size > MAX_TEXT_BYTES


def test_f15_what_is_saved_is_on_the_disk_before_it_is_seen(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F15: PO files were renamed into place without fsync, new ledgers without their folder."""
    seen: list[str] = []

    def noted(name: str) -> None:
        function = getattr(os, name)

        def call(*args: Any, **named: Any) -> Any:
            kind = "folder" if name == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode) else ""
            seen.append(f"{name} {kind}".strip())
            return function(*args, **named)

        monkeypatch.setattr(os, name, call)

    exchange = save.kernel.exchange

    def exchanged(*args: Any) -> bool:
        seen.append("exchange")
        return exchange(*args)

    monkeypatch.setattr(save.kernel, "exchange", exchanged)
    for name in ("fsync", "link", "replace"):
        noted(name)
    save.write(workspace, PO, b"new", save.digest((workspace / PO).read_bytes()))
    assert seen == ["fsync", "exchange", "fsync folder"]
    seen.clear()
    save.append(workspace, LEDGER, b"line\n")
    assert seen == ["fsync", "link", "fsync folder"]


def test_13_a_spare_that_cannot_be_cleaned_is_named_and_left(workspace: Path) -> None:
    """13: three of three builds failed, and named a published file that was not to blame."""
    stuck = workspace / "dist/.stopjihad/demo/spare/site/en/points/neighbours/index.html"
    if subprocess.run(["chattr", "+i", stuck], check=False, capture_output=True).returncode:
        pytest.skip("only root may make files immutable, on a disk that can")
    try:
        for _ in range(3):
            edit(workspace)
            done = stopjihad("-C", workspace, "build", "--only", "site", SOURCE_DATE_EPOCH=DAY)
            assert done.returncode == 0, done.stderr
            (line,) = [one for one in done.stderr.splitlines() if "[stage-stuck]" in one]
            place = workspace / line.split(": ")[0]
            assert "dist/.stopjihad/demo/stage-" in str(place)
            attributes = subprocess.run(["lsattr", place], check=True, capture_output=True)
            assert b"i" in attributes.stdout.split()[0]
    finally:
        for path in (workspace / "dist/.stopjihad").rglob("index.html"):
            subprocess.run(["chattr", "-i", path], check=False, capture_output=True)
    edit(workspace)
    done = stopjihad("-C", workspace, "build", "--only", "site", SOURCE_DATE_EPOCH=DAY)
    assert (done.returncode, "stage-stuck" in done.stderr) == (0, False)


def test_two_workspaces_do_not_share_an_output_folder(workspace: Path, tmp_path: Path) -> None:
    """The second replaced the site of the first, without a word."""
    other = tmp_path / "other"
    subprocess.run(["cp", "-a", workspace, other], check=True)
    edit(other)
    out = tmp_path / "out"

    def build(root: Path) -> subprocess.CompletedProcess[str]:
        return stopjihad("-C", root, "build", "--only", "site", "-o", out, SOURCE_DATE_EPOCH=DAY)

    assert build(workspace).returncode == 0
    before = {path: path.read_bytes() for path in (out / "demo").rglob("*.html")}
    done = build(other)
    assert done.returncode == 1
    assert f"error[output-of-another] this is the site of the workspace {workspace}" in done.stderr
    assert {path: path.read_bytes() for path in (out / "demo").rglob("*.html")} == before
    assert build(workspace).returncode == 0
    workspace.rename(tmp_path / "moved")
    edit(tmp_path / "moved")
    assert build(tmp_path / "moved").returncode == 0, "the same workspace in another place"


def rivals(rounds: int, *seed: int) -> dict[str, int]:
    """Let two writers save one file; see ``support.rivals``."""
    tests = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "support.rivals", *map(str, (rounds, *seed))],
        check=False,
        capture_output=True,
        text=True,
        cwd=tests,
        env={**os.environ, "PYTHONPATH": str(tests)},
    )
    assert done.returncode == 0, done.stderr
    sys.stdout.write(done.stdout)
    found: dict[str, int] = json.loads(done.stdout)
    assert found["wrong"] == {}
    assert found["rounds"] == rounds
    return found


def test_of_two_writers_none_loses_a_save_and_each_is_told() -> None:
    found = rivals(24, 14)
    assert found["saved"] + found["told"] == 48
    assert found["told"] > 0


@pytest.mark.long
def test_500_rounds_of_two_writers() -> None:
    found = rivals(500)
    assert found["saved"] + found["told"] == 1000
    assert found["told"] > 50
