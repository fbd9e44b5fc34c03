from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from stopjihad.load.ledger import read_ledger
from stopjihad.model.review import Review, approved_digests, encode, translation_digest
from stopjihad.problem import ProblemsFound
from stopjihad.review.ledger import Reviewer, Subject, append_reviews, judge, lost_approvals

WORDS = (Subject("bus/fact", "a" * 32), Subject("bus/body", "b" * 32))


def _reviewer(hour: int = 1, **fields) -> Reviewer:
    on = dt.datetime(2026, 11, 24, hour, tzinfo=dt.UTC)
    return Reviewer(**({"by": "Nour", "role": "", "kind": "native", "on": on} | fields))


def test_each_text_gets_a_line_and_no_second_one():
    lines = judge(WORDS, "fr", "approve", _reviewer())
    assert approved_digests(lines) == {"a" * 32, "b" * 32}
    assert judge(WORDS, "fr", "approve", _reviewer(2), lines) == ()


def test_only_what_stands_is_withdrawn():
    lines = judge(WORDS[:1], "fr", "approve", _reviewer())
    withdrawn = judge(WORDS, "fr", "withdraw", _reviewer(2), lines)
    assert [line.context for line in withdrawn] == ["bus/fact"]
    assert approved_digests((*lines, *withdrawn)) == frozenset()


def test_kinds_are_judged_apart():
    lines = judge(WORDS, "fr", "approve", _reviewer(kind="legal"))
    assert len(judge(WORDS, "fr", "approve", _reviewer(), lines)) == 2


def test_approvals_without_their_words_are_lost():
    lines = judge(WORDS, "fr", "approve", _reviewer())
    assert [line.context for line in lost_approvals(lines, "fr", ["a" * 32])] == ["bus/body"]
    assert lost_approvals(lines, "ar", []) == ()


@pytest.mark.parametrize("fields", [{"by": "n@a.org"}, {"by": ""}, {"role": "x@a.org"}])
def test_addresses_are_refused(fields: dict[str, str]):
    with pytest.raises(msgspec.ValidationError):
        judge(WORDS, "fr", "approve", _reviewer(**fields))


def test_an_approval_keeps_the_words_that_it_is_about():
    digest = translation_digest("fr", "bus/fact", "The bus", "Le bus")
    subject = Subject("bus/fact", digest, "The bus", "Le bus")
    (line,) = judge([subject], "fr", "approve", _reviewer())
    assert (line.source, line.words) == ("The bus", "Le bus")
    assert line.is_kept()
    (withdrawn,) = judge([subject], "fr", "withdraw", _reviewer(2), [line])
    assert b"Le bus" not in encode(withdrawn)
    assert b"source" not in encode(withdrawn)
    assert msgspec.json.decode(encode(line), type=Review) == line


def test_words_that_were_changed_by_hand_are_not_believed():
    digest = translation_digest("fr", "bus/fact", "The bus", "Le bus")
    subject = Subject("bus/fact", digest, "The bus", "Le car")
    (line,) = judge([subject], "fr", "approve", _reviewer())
    assert not line.is_kept()


def test_a_second_person_may_sign_the_same_words():
    lines = judge(WORDS, "fr", "approve", _reviewer())
    second = judge(WORDS, "fr", "approve", _reviewer(2, by="Sami"), lines)
    assert len(second) == 2
    assert approved_digests(lines, 2) == frozenset()
    assert approved_digests((*lines, *second), 2) == {"a" * 32, "b" * 32}


def test_a_withdrawal_takes_every_earlier_signature_back():
    lines = judge(WORDS, "fr", "approve", _reviewer())
    lines += judge(WORDS, "fr", "approve", _reviewer(2, by="Sami"), lines)
    lines += judge(WORDS, "fr", "withdraw", _reviewer(3, by="Sami"), lines)
    assert approved_digests(lines) == frozenset()


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
