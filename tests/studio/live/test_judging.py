"""A save is judged once and its YAML composed once or twice, whoever asks for it afterwards."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from stopjihad.studio.live import campaign, point_file

from support.build import CAMPAIGN
from support.studio import POINT, Running
from support.timing import until

ADDRESS = f"/c/{CAMPAIGN}/points/{POINT}"


def change(studio: Running, state: dict[str, Any], fact: str) -> dict[str, Any]:
    """Save a fact as the editor does; give the state that comes back."""
    one = {"op": "set", "path": ["fact"], "value": fact, "was": state["values"]["fact"]}
    sent = {"digest": state["digest"], "changes": [one]}
    own = {"origin": studio.address, "content_type": "application/json"}
    answer = studio.ask(ADDRESS, "POST", json.dumps(sent).encode(), **own)
    assert answer.status == 200
    found: dict[str, Any] = json.loads(answer.body)["state"]
    return found


def counting(count: Counter[str], name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a function so that its calls are counted."""

    def counted(*given: Any, **named: Any) -> Any:
        result = work(*given, **named)
        count[name] += 1
        return result

    return counted


def test_a_save_is_judged_once_and_composed_at_most_twice(
    own_studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The save, its answer, the watcher's echo and the editor's question used to judge anew."""
    count: Counter[str] = Counter()
    answered = threading.Event()
    shown = campaign.LiveCampaign.has_shown

    def has_shown(*given: Any) -> bool:
        """Hear of a save when it is answered: a busy machine would tell of it before."""
        answered.wait(60)
        return shown(*given)

    def watch(module: Any, name: str) -> None:
        monkeypatch.setattr(module, name, counting(count, name, getattr(module, name)))

    def save(state: dict[str, Any], fact: str) -> dict[str, Any]:
        answered.clear()
        count.clear()
        state = change(own_studio, state, fact)
        answered.set()
        until(lambda: count["has_shown"], "the watcher does not tell of the save")
        return state

    monkeypatch.setattr(campaign.LiveCampaign, "has_shown", has_shown)
    watch(campaign.LiveCampaign, "has_shown")
    watch(campaign.LiveCampaign, "refresh")
    state = json.loads(own_studio.ask(f"{ADDRESS}/state").body)["state"]
    state = save(state, "The first words of this test.")
    until(lambda: count["refresh"], "it is not read again")
    monkeypatch.setattr("stopjihad.studio.live.follower.QUIET", 60.0)
    state = save(state, "The second words of this test.")
    for module, name in (
        (point_file, "check_one_point"),
        (point_file, "markdown_document"),
        (campaign, "with_newer"),
        (yaml, "compose"),
    ):
        watch(module, name)
    save(state, "The third words of this test.")
    assert own_studio.ask(f"{ADDRESS}/state").status == 200
    assert count["check_one_point"] == 1
    assert count["markdown_document"] == 1
    assert count["with_newer"] == 2  # the good plan and the newest, not again for the echo
    assert 1 <= count["compose"] <= 2
