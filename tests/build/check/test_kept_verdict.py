from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from stopjihad.build.check.kept_verdict import CheckRequest, FinishedBuild, verdict
from stopjihad.disk import PRIVATE
from stopjihad.disk.pack import Pack
from stopjihad.load.workspace import Workspace
from stopjihad.problem import Problem

DAY = dt.date(2026, 11, 25)
FOUND = (Problem(path="campaigns/demo/campaign.yaml", code="x", message="m", hint="h"),)


class Counting:
    """Find the same problems each time, and count how often."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.times = 0
        self.seen: list[bytes] = []
        self.meanwhile = meanwhile

    def __call__(
        self, workspace: Workspace, pack: Pack, built: FinishedBuild | None
    ) -> tuple[Problem, ...]:
        self.times += 1
        self.seen.append(workspace.campaign.files["campaigns/demo/campaign.yaml"])
        self.meanwhile()
        return FOUND


@pytest.fixture
def asked(tmp_path: Path) -> CheckRequest:
    root = tmp_path / "workspace"
    for name in ("campaigns/demo/campaign.yaml", "templates/site/own.html", "assets/own.css"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("as it is", "utf-8")
    built = root / "dist/demo"
    for name in ("manifest.json", "site/en/index.html", "posts/posts.json"):
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        (built / name).write_text("{}", "utf-8")
    return CheckRequest(root, "demo", DAY, built)


def test_nothing_is_read_again_while_nothing_changes(asked: CheckRequest) -> None:
    find = Counting()
    assert [verdict(asked, find) for _ in range(3)] == [FOUND] * 3
    assert find.times == 1


CHANGES: dict[str, Callable[[CheckRequest], object]] = {
    "a text": lambda asked: (asked.root / "campaigns/demo/campaign.yaml").write_text("new"),
    "one more file": lambda asked: (asked.root / "campaigns/demo/more.yaml").write_text("new"),
    "a link, which is never read": lambda asked: (asked.root / "campaigns/demo/a.md").symlink_to(
        "campaign.yaml"
    ),
    "a template": lambda asked: (asked.root / "templates/site/own.html").write_text("new"),
    "an asset": lambda asked: (asked.root / "assets/own.css").write_text("new"),
    "what was built": lambda asked: (asked.built / "manifest.json").write_text("[]"),  # type: ignore[operator]
    "a page": lambda asked: (asked.built / "site/en/index.html").write_text("other"),  # type: ignore[operator]
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_judged_again(
    asked: CheckRequest, change: Callable[[CheckRequest], object]
) -> None:
    find = Counting()
    verdict(asked, find)
    change(asked)
    verdict(asked, find)
    assert find.times == 2


def test_another_day_and_another_question_are_judged_again(asked: CheckRequest) -> None:
    find = Counting()
    verdict(asked, find)
    verdict(asked._replace(today=DAY + dt.timedelta(days=1)), find)
    verdict(asked._replace(built=None), find)
    assert find.times == 3


def test_what_is_saved_meanwhile_is_judged_the_next_time(asked: CheckRequest) -> None:
    """Files are read once: the verdict is about what was read, whatever is saved since."""
    text = asked.root / "campaigns/demo/campaign.yaml"
    find = Counting(lambda: text.write_text("saved meanwhile", "utf-8"))
    verdict(asked, find)
    assert find.seen == [b"as it is"]
    verdict(asked, find)
    assert find.seen == [b"as it is", b"saved meanwhile"]
    text.write_text("as it is", "utf-8")
    verdict(asked, find)
    assert find.times == 2


def test_a_build_that_changes_while_it_is_judged_is_judged_again(asked: CheckRequest) -> None:
    assert asked.built is not None
    page = asked.built / "site/en/index.html"
    was = page.stat().st_mtime_ns
    find = Counting(lambda: page.write_text("other", "utf-8"))
    verdict(asked, find)
    page.write_text("{}", "utf-8")
    os.utime(page, ns=(was, was))
    verdict(asked, find)
    assert find.times == 2


def test_a_damaged_store_costs_time_and_nothing_else(asked: CheckRequest) -> None:
    find = Counting()
    verdict(asked, find)
    for path in (asked.root / PRIVATE).rglob("*.pack"):
        path.write_bytes(path.read_bytes()[:-9])
    assert verdict(asked, find) == FOUND
    assert find.times == 2
