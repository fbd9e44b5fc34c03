"""Footer, privacy page, links, metrics and the guide for operators promise readers one thing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from support.build import CAMPAIGN, REPOSITORY
from support.pages import Page

FOLDER = REPOSITORY / "campaigns" / CAMPAIGN
KEPT = re.compile(
    r"\b(days?|weeks?|months?)\b[^.]*\b(log|record|keep|delete)"
    r"|\b(keeps?|kept) (this|it|them) for",
    re.IGNORECASE,
)
"""What a text says that keeps a record of readers for some time."""


def test_the_links_of_drafts_tell_nothing_about_who_follows_them(published: Path) -> None:
    """Drafts once carried ``utm_source`` beside a footer that says "counts no visitors"."""
    drafts = json.loads((published / "posts/posts.json").read_bytes())
    assert len(drafts) > 100
    assert [draft["link"] for draft in drafts if urlsplit(draft["link"]).query] == []
    assert "utm_" not in json.dumps(drafts)


def test_every_page_says_that_nobody_is_counted(pages: dict[str, Page]) -> None:
    said = "This site sets no cookies, runs no scripts and counts no visitors."
    for path, page in pages.items():
        if path.startswith("en/") and not page.framed:
            assert said in page.html, path


def test_the_privacy_page_promises_that_nothing_is_written_down(pages: dict[str, Page]) -> None:
    text = re.sub(r"<[^>]+>", " ", pages["en/privacy/index.html"].html)
    assert "We do not count visits" in text
    assert "It keeps no record of visits." in text
    assert not KEPT.search(text)


def test_the_goal_is_not_measured_by_watching_readers() -> None:
    goal = yaml.safe_load((FOLDER / "campaign.yaml").read_text("utf-8"))["goal"]
    names = [metric["name"] for metric in goal["metrics"]]
    assert names
    assert not [
        name
        for name in names
        if re.search(r"\b(logs?|visits?|visitors|clicks)\b", name, re.IGNORECASE)
    ]


def test_operators_are_told_to_keep_no_logs() -> None:
    text = (REPOSITORY / "docs/operators.md").read_text("utf-8")
    assert "access_log off" in text
    assert not re.search(r"delete after|for (a|one|seven) days?", text)
