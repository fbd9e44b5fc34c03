"""The campaign's own words ask nothing of readers that harms them."""

from __future__ import annotations

import re

from support.build import REPOSITORY

CAMPAIGN = REPOSITORY / "campaigns" / "stop-jihadism"


def test_proof_is_kept_before_somebody_is_blocked() -> None:
    """On some platforms a chat is gone once its sender is blocked, and with it what proves it."""
    text = (CAMPAIGN / "points" / "strangers-in-games.md").read_text("utf-8").lower()
    steps = text.partition("steps:")[2].partition("hook:")[0]
    told = [steps, *(one for one in text.splitlines() if re.search(r"\bblock\b", one))]
    places = [(one.find("screenshots"), one.find("block")) for one in told if "screens" in one]
    places += [(one.find("picture"), one.find("block")) for one in told if "picture" in one]
    assert len(places) == 4
    assert all(0 <= kept < blocked for kept, blocked in places)


def test_nobody_in_a_class_is_asked_to_confess() -> None:
    for page in (CAMPAIGN / "pages").glob("*.md"):
        asked = [line for line in page.read_text("utf-8").splitlines() if line.startswith("- ")]
        assert not [one for one in asked if re.match(r"- (Have|Did|When did|Were) ", one)]
