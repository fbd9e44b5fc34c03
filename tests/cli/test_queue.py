"""``stopjihad queue``: what schedulers were given is stopped, corrected and resumed by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stopjihad.cli.main import main
from stopjihad.load.ledger import read_team_lines

from support.build import CAMPAIGN
from support.studio import copy_workspace

DAY = {"SOURCE_DATE_EPOCH": "1796083200"}  # 1 December 2026, 00:00 UTC
GOOD = {
    "scheduler": "buffer",
    "platform": "x",
    "language": "fr",
    "point": "p",
    "step": "export",
    "on": "2026-12-01T08:00:00Z",
    "times": ["2026-12-02T08:00:00Z"],
    "words": "0" * 32,
    "begins": "Ils étaient 27.",
}


def run(folder: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *map(str, words)], env=DAY)


def test_what_a_scheduler_was_given_is_stopped_corrected_and_resumed(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path)
    campaign = root / "campaigns" / CAMPAIGN
    settings = campaign / "campaign.yaml"
    settings.write_text(settings.read_text("utf-8").replace(": notice", ": allow"), "utf-8")
    assert run(root, "build", "--only", "posts").exit_code == 0
    assert run(root, "export", "publer", "--language", "en").exit_code == 0
    lines = (campaign / "exports.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 12
    assert run(root, "export", "publer", "--language", "en").exit_code == 0
    assert (campaign / "exports.jsonl").read_text("utf-8").splitlines() == lines
    assert run(root, "queue", "list").output.startswith("nothing that was exported")

    out = tmp_path / "out"
    paused = run(root, "queue", "pause", "-o", out)
    assert paused.exit_code == 0, paused.output
    assert paused.output.startswith("publer: 5 post(s) until 2026-12-02 01:00+01:00")
    listed = (out / "publer/stop.csv").read_text("utf-8").splitlines()
    assert len(listed) == 6
    later = (out / "publer/instead/stop-jihadism-publer-x-en.csv").read_text("utf-8")
    assert "2026-12-01" not in later

    point = campaign / "points/letters-home.md"
    told = point.read_text("utf-8")
    point.write_text(told.replace("French recruits wrote", "Some recruits wrote"), "utf-8")
    stale = run(root, "export", "publer", "--language", "en")
    assert "left out 6: its words have changed since the build" in stale.output
    assert run(root, "build", "--only", "posts").exit_code == 0
    wrong = run(root, "queue", "list", "letters-home")
    assert wrong.exit_code == 1
    assert wrong.output.count("it says: ") == 6
    assert wrong.output.count("Some recruits wrote") == 6
    name = wrong.output.split("[")[1][:8]
    assert run(root, "queue", "done", name).exit_code == 0
    assert run(root, "queue", "list", "letters-home").output.count("it says: ") == 5
    assert run(root, "queue", "done", "00000000").exit_code == 2

    back = run(root, "correct", "mothers-speak", "--withdraw", "--why", "Wrong.")
    assert back.exit_code == 0
    since = ("--since", "2026-12-01T00:00+00:00", "--until", "2026-12-08T00:00+00:00")
    resumed = run(root, "queue", "resume", *since, "-o", out)
    assert resumed.exit_code == 0, resumed.output
    assert resumed.output.count("is not to be sent out any more") == 6
    again = (out / "publer/resume/stop-jihadism-publer-x-en.csv").read_text("utf-8")
    assert "Some recruits wrote" in again
    assert "Mothers" not in again
    assert run(root, "queue", "resume", "--since", "yesterday").exit_code == 2


@pytest.mark.parametrize(
    "odd",
    [
        {"begins": "\x1b[2Jx"},
        {"scheduler": "../../x"},
        {"point": "p\n"},
        {"words": None},
        {"times": ["2026-12-02T08:00:00"]},
        {"step": "take-out"},
        {"more": 1},
    ],
)
def test_a_line_that_is_no_exported_post_counts_for_nothing(odd: dict[str, object]) -> None:
    assert not read_team_lines(json.dumps(GOOD), "", "exports")[1]
    found, problems = read_team_lines(json.dumps({**GOOD, **odd}), "", "exports")
    assert found == ()
    assert [(one.code, one.severity) for one in problems] == [("review-line", "warning")]
