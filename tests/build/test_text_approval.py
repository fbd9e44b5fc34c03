"""A person who is elsewhere answers for a talking point: once, in her name, for these words."""

from __future__ import annotations

import datetime as dt
import random
import re
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from stopjihad.build.alert_sheet import shared_words
from stopjihad.build.text_approval import LIFE, AskedWhole, issue, take_answer
from stopjihad.cli.main import main
from stopjihad.model.project import Project
from stopjihad.problem import ProblemsFound
from stopjihad.review.approval_code import LETTERS, PROOF, check_signs
from stopjihad.review.ledger import Reviewer, append_reviews, judge
from stopjihad.translate.po_files import read_project
from stopjihad.translate.status import key_of, segment_states, subject_of

from support.build import CAMPAIGN
from support.studio import POINT, copy_workspace

NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
FRENCH = AskedWhole(POINT, "fr")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    found = copy_workspace(tmp_path)
    (found / "campaigns" / CAMPAIGN / "reviews.jsonl").unlink(missing_ok=True)
    return found


def project_of(root: Path) -> Project:
    return read_project(root, CAMPAIGN).as_written


def page_for(root: Path, to: str = "Ida", of: AskedWhole = FRENCH) -> str:
    shared = shared_words(root, CAMPAIGN)
    return issue(root, project_of(root), of, to, shared, NOON).data.decode()


def codes_for(root: Path, to: str = "Ida", of: AskedWhole = FRENCH) -> tuple[str, str]:
    yes, no = re.findall(r'<code dir="ltr">([0-9A-Z-]+)</code>', page_for(root, to, of))
    return yes, no


def take(root: Path, code: str, of: AskedWhole = FRENCH, now: dt.datetime = NOON) -> str:
    return take_answer(root, project_of(root), of, code, shared_words(root, CAMPAIGN), now).answer


def refused(root: Path, code: str, of: AskedWhole = FRENCH, now: dt.datetime = NOON) -> str:
    before = project_of(root).reviews
    with pytest.raises(ProblemsFound) as found:
        take(root, code, of, now)
    [problem] = found.value.problems
    assert problem.code == "approval-code"
    assert project_of(root).reviews == before
    return problem.message


def waiting(root: Path) -> list[str]:
    states = segment_states(project_of(root), "fr")
    return [one.state for one in states if key_of(one.segment.context) == POINT]


def test_a_yes_signs_the_whole_once_and_says_that_it_came_by_a_file(root: Path) -> None:
    yes, no = codes_for(root)
    assert set(waiting(root)) == {"unreviewed"}
    assert take(root, yes) == "yes"
    assert set(waiting(root)) == {"approved"}
    lines = project_of(root).reviews
    assert {(one.by, one.through, one.verdict) for one in lines} == {("Ida", "file", "approve")}
    assert {one.kind for one in lines} <= {"native", "reading"}
    for code in (yes, no):
        assert "answered already" in refused(root, code)


def test_a_no_sends_the_whole_back_and_takes_approvals_back(root: Path) -> None:
    yes, _ = codes_for(root, "Sami")
    assert take(root, yes) == "yes"
    assert take(root, codes_for(root)[1]) == "no"
    assert "approved" not in waiting(root)
    [remark] = project_of(root).remarks
    assert (remark.step, remark.by, remark.context) == ("send-back", "Ida", POINT)
    assert remark.text == "Non, ils ne peuvent pas l’être"


def test_a_code_dies_with_its_words_its_week_its_language_and_the_next_file(root: Path) -> None:
    yes, _ = codes_for(root)
    assert "nobody was given" in refused(root, yes, AskedWhole(POINT, "ar"))
    assert "was good until" in refused(root, yes, now=NOON + LIFE)
    newer, _ = codes_for(root)
    assert "nobody was given" in refused(root, yes)
    file = root / "campaigns" / CAMPAIGN / "locale" / "fr.po"
    state = next(
        one
        for one in segment_states(project_of(root), "fr")
        if one.segment.context == f"{POINT}/fact"
    )
    text = file.read_text("utf-8")
    words = state.translation.split()[-1]
    assert text.count(words)
    file.write_text(text.replace(words, f"autre {words}"), "utf-8")
    assert "words were changed" in refused(root, newer)


def test_a_yes_of_before_words_were_sent_back_is_none_afterwards(root: Path) -> None:
    yes, _ = codes_for(root)
    assert take(root, codes_for(root, "Sami")[1]) == "no"
    assert "were sent back since" in refused(root, yes)
    other, _ = codes_for(root)
    project = project_of(root)
    texts = [
        subject_of(one, authored=False)
        for one in segment_states(project, "fr")
        if key_of(one.segment.context) == POINT
    ]
    for verdict in ("approve", "withdraw"):
        lines = judge(texts, "fr", verdict, Reviewer(by="Nour", kind="native", on=NOON),
                      project_of(root).reviews)  # fmt: skip
        append_reviews(root, CAMPAIGN, lines)
    assert "were sent back since" in refused(root, other)


def test_the_page_is_whole_in_itself_and_marks_what_must_be_read(root: Path) -> None:
    page = page_for(root)
    assert not re.search(r"<(script|img|link|iframe|form|a)\b|src=|url\(|@import", page)
    assert '<html lang="fr" dir="ltr">' in page
    assert "Ces mots peuvent-ils être publiés" in page
    file = root / "campaigns" / CAMPAIGN / "points" / f"{POINT}.md"
    sentence = "Muslims of the town gave <bread> to all."
    file.write_text(f"{file.read_text('utf-8').rstrip()} {sentence}\n", "utf-8")
    english = page_for(root, of=AskedWhole(POINT, "en"))
    assert "May these words be published?" in english
    assert "<mark>Muslims of the town gave &lt;bread&gt; to all.</mark>" in english
    arabic = page_for(root, of=AskedWhole(POINT, "ar"))
    assert '<html lang="ar" dir="rtl">' in arabic


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=pytest.mark.long)])
def test_ten_thousand_altered_codes_count_for_nothing(
    count: int, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stopjihad.build.invitation.TRIES", 10**6)
    yes, no = codes_for(root)
    project, shared = project_of(root), shared_words(root, CAMPAIGN)
    draw, own = random.Random(34), {one.replace("-", "")[:PROOF] for one in (yes, no)}
    for _ in range(count):
        signs = list(draw.choice(sorted(own)))
        for at in draw.sample(range(PROOF), draw.choice((1, 2, PROOF))):
            signs[at] = draw.choice(LETTERS)
        altered = "".join(signs)
        if altered in own:
            continue
        with pytest.raises(ProblemsFound, match="nobody was given"):
            take_answer(root, project, FRENCH, altered + check_signs(altered), shared, NOON)
    assert take(root, yes) == "yes"


def test_by_commands_from_the_file_to_the_signature(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "for-ida.html"
    words = ["-C", str(root), "review", "approve", "--language", "fr", POINT, "--format", "json"]
    run = CliRunner().invoke
    made = run(main, [*words, "--send-to", "Ida", "--output", str(file)])
    assert made.exit_code == 0, made.output
    assert msgspec.json.decode(made.stdout)["to"] == "Ida"
    assert file.stat().st_mode & 0o077 == 0
    code = re.findall(r"<code[^>]*>([0-9A-Z-]+)<", file.read_text("utf-8"))[0]
    taken = run(main, [*words, "--code", code.lower()])
    assert msgspec.json.decode(taken.stdout)["answer"] == "yes"
    again = run(main, [*words[:-2], "--code", code])
    assert again.exit_code == 1
    assert "approval-code" in again.output
    wrong = run(main, ["-C", str(root), "review", "approve", "-l", "fr", "all", "--code", code])
    assert wrong.exit_code == 2
    assert "one talking point or page" in wrong.output
