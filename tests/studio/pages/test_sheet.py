"""A talking point in Review: remarks are about words that are there, and said by somebody."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.build import CAMPAIGN
from support.studio import POINT, Running, copy_workspace, running

REVIEW = f"/c/{CAMPAIGN}/review"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    workspace = copy_workspace(tmp_path)
    path = workspace / "campaigns" / CAMPAIGN / "campaign.yaml"
    text = path.read_text("utf-8")
    assert "publication:\n" in text
    path.write_text(text.replace("publication:\n", "publication:\n  four_eyes: true\n"), "utf-8")
    with running(workspace) as found:
        yield found


def post(studio: Running, path: str, by: str = "Nour", **sent: Any) -> int:
    own = {"origin": studio.address, "content_type": "application/json", "author": by}
    answer = studio.ask(path, "POST", json.dumps({"language": "fr", **sent}).encode(), **own)
    return answer.status


def sheet(studio: Running) -> str:
    return studio.ask(f"{REVIEW}/sheet?language=fr&of={POINT}").body.decode()


def texts(studio: Running) -> list[tuple[str, str]]:
    """Give context and digest of each text that waits."""
    return re.findall(r'<li data-context="([^"]+)" data-digest="([^"]+)"', sheet(studio))


def lines(studio: Running, name: str) -> list[dict[str, Any]]:
    path = studio.campaign / name
    return [json.loads(one) for one in path.read_text("utf-8").splitlines()]


def test_a_sheet_leads_to_the_next_that_waits(studio: Running) -> None:
    page = studio.ask(f"{REVIEW}?language=fr").body.decode()
    queue = re.findall(r'sheet\?language=fr&amp;of=([^"]+)"', page)
    found = re.findall(r'data-next="[^"]*of=([^"]+)"', sheet(studio))
    assert found == [queue[queue.index(POINT) + 1]]


def test_a_remark_is_about_words_that_are_there_and_by_somebody(studio: Running) -> None:
    context, words = texts(studio)[0]
    good = {"context": context, "words": words, "step": "ask", "text": "Why?"}
    remarks = f"{REVIEW}/remarks"
    assert post(studio, remarks, by="", **good) == 422
    assert post(studio, remarks, **good | {"text": " \n "}) == 422
    assert post(studio, remarks, **good | {"text": "x" * 1001}) == 422
    assert post(studio, remarks, **good | {"text": "a\x1b]0;b\x07"}) == 422
    assert post(studio, remarks, **good | {"words": "0" * 32}) == 409
    assert post(studio, remarks, **good | {"context": "../../x"}) == 409
    assert post(studio, remarks, **good | {"step": "resolve", "about": "0" * 32}) == 409
    assert post(studio, remarks, **good | {"language": "xx"}) == 404
    assert post(studio, remarks, **good | {"step": "approve"}) == 400
    assert not (studio.campaign / "remarks.jsonl").exists()
    assert post(studio, remarks, **good | {"text": "<b>Why</b>?\n\u202e"[:-1]}) == 200
    assert "&lt;b&gt;Why" in sheet(studio)
    rules = (studio.campaign / ".gitattributes").read_text("utf-8")
    assert "remarks.jsonl merge=union" in rules


def test_sent_back_words_lose_their_approvals(studio: Running) -> None:
    some = texts(studio)
    approval = {"texts": some, "verdict": "approve", "kind": "native"}
    assert post(studio, REVIEW, **approval, by_="") == 400
    own = {"origin": studio.address, "content_type": "application/json", "author": "Sami"}
    sent = {"language": "fr", "by": "Sami", **approval}
    assert studio.ask(REVIEW, "POST", json.dumps(sent).encode(), **own).status == 200
    context, words = some[0]
    back = {"context": context, "words": words, "step": "send-back", "text": "No."}
    assert post(studio, f"{REVIEW}/remarks", **back) == 200
    ledger = lines(studio, "reviews.jsonl")
    assert [one["digest"] for one in ledger if one["verdict"] == "withdraw"] == [words]
    row = studio.ask(f"{REVIEW}?language=fr").body.decode()
    assert "sent back: to be changed" in row


def test_the_studio_shows_what_is_taken_down_when_its_time_comes(
    studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"{REVIEW}/sheet?language=en&of={POINT}"
    some = re.findall(
        r'<li data-context="([^"]+)" data-digest="([^"]+)"', studio.ask(page).body.decode()
    )
    own = {"origin": studio.address, "content_type": "application/json"}
    sent = {"language": "en", "by": "Sami", "texts": some, "verdict": "approve", "urgent": True}
    sent["kind"] = "editorial"
    assert studio.ask(REVIEW, "POST", json.dumps(sent).encode(), **own).status == 200
    point = f"/out/{CAMPAIGN}/site/en/points/{POINT}/"
    told = "This answer is not shown any more"
    shown = studio.ask(point).body.decode()
    assert told not in shown
    title = re.search(r"<h1[^>]*>(.*?)</h1>", shown, re.DOTALL)[1]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(time.time()) + 25 * 3600))
    until = time.monotonic() + 30
    while told not in (shown := studio.ask(point).body.decode()):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert title not in shown
    assert studio.ask(page).status == 200  # where it can still be signed


def test_an_urgent_correction_still_waits_for_the_second_person(studio: Running) -> None:
    some = texts(studio)
    own = {"origin": studio.address, "content_type": "application/json"}
    sent = {"language": "fr", "by": "Sami", "texts": some, "verdict": "approve", "urgent": True}
    assert studio.ask(REVIEW, "POST", json.dumps(sent).encode(), **own).status == 200
    assert all(one["urgent"] for one in lines(studio, "reviews.jsonl"))
    assert texts(studio) == some
    assert "taken down on" in sheet(studio)
    assert "urgent: second signature until" in studio.ask(f"{REVIEW}?language=fr").body.decode()
    again = {**sent, "by": "Nour", "urgent": False}
    assert studio.ask(REVIEW, "POST", json.dumps(again).encode(), **own).status == 200
    assert texts(studio) == []
