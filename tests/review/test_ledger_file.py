from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from stopjihad.load.ledger import read_ledger
from stopjihad.model.review import Review
from stopjihad.problem import ProblemsFound
from stopjihad.review.ledger_file import append_reviews

FOLDER = "campaigns/demo"


def _review(digit: str) -> Review:
    return Review(
        language="fr",
        context="bus/fact",
        digest=digit * 32,
        verdict="approve",
        kind="native",
        by="Nour",
        on=dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
    )


def _read(root: Path) -> list[str]:
    text = (root / FOLDER / "reviews.jsonl").read_text(encoding="utf-8")
    reviews, problems = read_ledger(text, "x")
    assert problems == []
    return [review.digest[0] for review in reviews]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / FOLDER).mkdir(parents=True)
    return tmp_path


def test_lines_are_added_and_old_ones_never_touched(root: Path):
    append_reviews(root, "demo", [_review("a")])
    path = root / FOLDER / "reviews.jsonl"
    before = path.read_bytes()
    append_reviews(root, "demo", [_review("b"), _review("c")])
    assert path.read_bytes().startswith(before)
    assert _read(root) == ["a", "b", "c"]


def test_a_last_line_without_its_end_is_ended_first(root: Path):
    append_reviews(root, "demo", [_review("a")])
    path = root / FOLDER / "reviews.jsonl"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_reviews(root, "demo", [_review("b")])
    assert _read(root) == ["a", "b"]


def test_nothing_to_add_makes_no_file(root: Path):
    append_reviews(root, "demo", [])
    assert list((root / FOLDER).iterdir()) == []


def test_links_are_not_written_through(root: Path):
    outside = root / "outside"
    outside.write_text("", encoding="utf-8")
    (root / FOLDER / "reviews.jsonl").symlink_to(outside)
    with pytest.raises(ProblemsFound):
        append_reviews(root, "demo", [_review("a")])
    assert outside.read_text(encoding="utf-8") == ""


@pytest.mark.judge
def test_git_keeps_the_lines_of_both_branches(root: Path):
    git = shutil.which("git")
    assert git

    def run(*arguments: str) -> None:
        names = (
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.org",
            "-c",
            "commit.gpgsign=false",
        )
        subprocess.run([git, *names, *arguments], cwd=root, check=True, capture_output=True)

    run("init", "-b", "main")
    append_reviews(root, "demo", [_review("a")])
    run("add", "-A")
    run("commit", "-m", "one")
    run("checkout", "-b", "other")
    append_reviews(root, "demo", [_review("b")])
    run("commit", "-am", "two")
    run("checkout", "main")
    append_reviews(root, "demo", [_review("c")])
    run("commit", "-am", "three")
    run("merge", "other")
    assert sorted(_read(root)) == ["a", "b", "c"]
