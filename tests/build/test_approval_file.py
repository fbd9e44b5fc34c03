"""A person who is elsewhere answers a file: once, in her own name, for these very words."""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import shutil
from pathlib import Path

import msgspec
import pytest
from stopjihad.build.alert_sheet import shared_words
from stopjihad.build.approval_file import LIFE, issue, take_code
from stopjihad.build.invitation import TRIES
from stopjihad.build.prepared_alert import prepare
from stopjihad.model.options import Shared
from stopjihad.model.project import Project
from stopjihad.problem import ProblemsFound
from stopjihad.review.alert_steps import make_step
from stopjihad.review.approval_code import LETTERS, PROOF, check_signs, make_code
from stopjihad.review.ledger import append_reviews
from stopjihad.translate.po_files import read_project

from support.build import CAMPAIGN
from support.crisis import NOON, Team, crisis_workspace

pytestmark = pytest.mark.usefixtures("plain_alerts")


@pytest.fixture(scope="module")
def shared(team: Team) -> Shared:
    return shared_words(team.root, CAMPAIGN)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    found = Team(crisis_workspace(tmp_path_factory.mktemp("elsewhere") / "workspace"))
    found.write("lyon", status="exercise")
    return found


@pytest.fixture(autouse=True)
def state(tmp_path: Path, team: Team, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a secret and a ledger of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (team.campaign / "reviews.jsonl").unlink(missing_ok=True)
    return tmp_path / "state" / "stopjihad"


def project_of(team: Team) -> Project:
    return read_project(team.root, CAMPAIGN)


def codes_for(team: Team, shared: Shared, to: str = "Ida", *tags: str) -> tuple[str, str]:
    page = issue(team.root, project_of(team), "lyon", to, shared, (NOON, tags)).data.decode()
    yes, no = re.findall(r'<code dir="ltr">([0-9A-Z-]+)</code>', page)
    return yes, no


def take(team: Team, code: str, later: dt.timedelta = dt.timedelta()) -> str:
    return take_code(team.root, project_of(team), "lyon", code, NOON + later).answer


def refused(team: Team, code: str, later: dt.timedelta = dt.timedelta()) -> str:
    with pytest.raises(ProblemsFound) as found:
        take(team, code, later)
    [problem] = found.value.problems
    assert problem.code in {"alert-code", "alert-same-person"}
    return problem.message


def test_a_yes_counts_once_and_says_that_it_came_by_a_file(team: Team, shared: Shared) -> None:
    yes, no = codes_for(team, shared)
    assert take(team, yes) == "yes"
    assert "answered already" in refused(team, yes)
    assert "answered already" in refused(team, no)
    [line] = project_of(team).reviews
    assert (line.step, line.by, line.through) == ("approve", "Ida", "file")
    assert "approved by Ida, by a file" in team.done("alert", "show", "lyon")
    again = team.run(
        "alert", "approve", "lyon", "--send-to", "IDA", "-o", str(team.root / "x.html")
    )
    assert "alert-same-person" in again.output


def test_a_no_takes_an_approval_back_and_is_said(team: Team, shared: Shared) -> None:
    _, no = codes_for(team, shared)
    team.done("alert", "approve", "lyon", "--by", "Ida")
    team.done("alert", "approve", "lyon", "--by", "Nour")
    assert take(team, no) == "no"
    shown = team.done("alert", "show", "lyon")
    assert "approved once" in shown
    assert "approved by Nour" in shown
    assert "Ida said no" in shown


def test_only_the_languages_of_the_file_are_signed(team: Team, shared: Shared) -> None:
    yes, _ = codes_for(team, shared, "Ida", "fr")
    team.done("alert", "approve", "lyon", "--by", "Nour")
    assert take(team, yes) == "yes"
    [_, line] = project_of(team).reviews
    assert '["ar",' not in line.words


def test_a_code_dies_with_its_words_its_hours_and_the_next_file(
    team: Team, shared: Shared, state: Path
) -> None:
    yes, _ = codes_for(team, shared)
    assert "was good until" in refused(team, yes, LIFE)
    team.write("lyon", status="exercise", place="central-station")
    assert "were changed" in refused(team, yes)
    team.write("lyon", status="exercise")
    newer, _ = codes_for(team, shared)
    assert "nobody was given" in refused(team, yes)
    assert take(team, newer, LIFE - dt.timedelta(seconds=1)) == "yes"
    next(state.glob("approve-*")).unlink()
    assert "no file was made here" in refused(team, newer)


def test_ten_wrong_codes_make_all_void(team: Team, shared: Shared) -> None:
    yes, _ = codes_for(team, shared)
    wrong = [make_code(bytes([at]) * 32, ("x",), "yes") for at in range(TRIES)]
    for at, code in enumerate(wrong):
        assert f"{TRIES - at - 1} tries are left" in refused(team, code)
    assert "none counts any more" in refused(team, yes)
    assert take(team, codes_for(team, shared)[0]) == "yes"


def test_a_file_of_before_the_tenth_wrong_code_stays_void(team: Team, shared: Shared) -> None:
    """A file for somebody else began the count anew, and the void ones counted again."""
    yes, _ = codes_for(team, shared)
    for at in range(TRIES):
        refused(team, make_code(bytes([at]) * 32, ("x",), "yes"))
    codes_for(team, shared, "Sami")
    assert "nobody was given" in refused(team, yes)


def test_a_yes_of_before_an_alert_was_taken_back_is_none_afterwards(
    team: Team, shared: Shared
) -> None:
    """A false alarm that was withdrawn had its second approval again by a code of before."""
    team.done("alert", "approve", "lyon", "--by", "Nour")
    yes, _ = codes_for(team, shared)
    project = project_of(team)
    taken = make_step(
        project, "lyon", prepare(project, "lyon").lines, ("withdraw", "Nour", "x"), NOON
    )
    append_reviews(team.root, CAMPAIGN, (taken,))
    assert "was taken back since" in refused(team, yes)
    assert take(team, codes_for(team, shared)[0]) == "yes"


def test_a_file_that_a_clock_ahead_made_does_not_count_for_weeks(
    team: Team, shared: Shared
) -> None:
    yes, _ = codes_for(team, shared)
    assert "a clock that was wrong" in refused(team, yes, dt.timedelta(days=-40))
    assert take(team, yes, dt.timedelta(minutes=-10)) == "yes"


def test_a_code_of_another_workspace_counts_for_nothing(
    team: Team, shared: Shared, tmp_path: Path
) -> None:
    """Two have a campaign of this name: ten wrong codes in one made those of the other void."""
    other = Team(shutil.copytree(team.root, tmp_path / "other"))
    yes, _ = codes_for(team, shared)
    theirs, _ = codes_for(other, shared)
    assert "nobody was given" in refused(team, theirs)
    for at in range(TRIES):
        refused(other, make_code(bytes([at]) * 32, ("x",), "yes"))
    assert take(team, yes) == "yes"


@pytest.mark.parametrize("kept", ["approve-*", "approvals-*.json"])
@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe{", b"[" * 100_000, b"0" * 10_000_000, None],
    ids=["empty", "not UTF-8", "deep", "10 MB", "pipe"],
)
def test_what_is_kept_of_codes_lets_no_other_code_count(
    kept: str, data: bytes | None, team: Team, shared: Shared, state: Path
) -> None:
    yes, _ = codes_for(team, shared)
    file = next(state.glob(kept))
    file.unlink()
    if data is None:
        os.mkfifo(file)
    else:
        file.write_bytes(data)
    for code in (make_code(b"x" * 32, ("x",), "yes"), yes):
        refused(team, code)


def test_the_page_is_whole_in_itself(team: Team, shared: Shared) -> None:
    page = issue(team.root, project_of(team), "lyon", "Ida", shared, (NOON, ())).data.decode()
    assert not re.search(r"<(script|img|link|iframe|form|a)\b|src=|url\(|@import", page)
    for lang, way in (("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")):
        assert re.search(rf'<p lang="{lang}" dir="{way}">[^<{{]+</p>', page)
    assert "Exercise: nothing has happened." in page
    assert "For Ida alone" in page


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.long)])
def test_ten_thousand_codes_that_are_not_hers(
    count: int, team: Team, shared: Shared, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Altered, guessed, old, used twice, of another alert, person or answer: none is accepted."""
    project = project_of(team)
    prepared = prepare(project, "lyon")
    monkeypatch.setattr("stopjihad.build.approval_file.prepare", lambda *_: prepared)
    monkeypatch.setattr("stopjihad.build.invitation.TRIES", 10**6)
    old, _ = codes_for(team, shared)
    yes, _ = codes_for(team, shared)
    used, spare = codes_for(team, shared, "Sam")
    assert take(team, used) == "yes"
    kept = msgspec.json.decode(next(state.glob("approvals-*.json")).read_bytes())
    ida, _ = kept["lyon"]["issued"]
    bound = (CAMPAIGN, "lyon", *(ida[name] for name in ("digest", "to", "nonce", "expires")))
    draw, proof = random.Random(30), yes.replace("-", "")[:PROOF]
    tried = [old, used, spare]
    while len(tried) < count:
        if len(tried) % 3:  # altered or guessed, and checked as anybody can
            signs = list(proof)
            for at in draw.sample(range(PROOF), draw.choice((1, 2, PROOF))):
                signs[at] = draw.choice(LETTERS)
            altered = "".join(signs)
            tried += [altered + check_signs(altered)] if altered != proof else []
        else:  # made by who knows all that is kept but the secret
            tried.append(make_code(draw.randbytes(32), bound, draw.choice(("yes", "no"))))
    said = set()
    for code in tried:
        with pytest.raises(ProblemsFound) as found:
            take_code(team.root, project, "lyon", code, NOON)
        said.add(re.sub(r"\d+", "#", found.value.problems[0].message))
    assert said == {
        "nobody was given this code for 'lyon' (# tries are left)",
        "the file for Sam was answered already",
    }
    assert take(team, yes) == "yes"
