"""A thousand quick saves, some of them half-written: no page fails, the last one stands."""

from __future__ import annotations

import asyncio
import http.client
import json
import random
import re
import threading
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.follower import Follower
from stopjihad.studio.live.snapshot import StateChange
from stopjihad.studio.reload import Hub

from support.build import CAMPAIGN
from support.studio import PAGE, POINT, Running
from support.timing import until


@contextmanager
def listening(studio: Running) -> Iterator[Iterator[dict[str, object]]]:
    """Listen to the studio's events."""
    connection = http.client.HTTPConnection("127.0.0.1", studio.port, timeout=15)
    headers = {"Host": studio.host, "Cookie": studio.cookie}
    connection.request("GET", f"/events/{CAMPAIGN}", headers=headers)
    response = connection.getresponse()
    assert response.getheader("content-type") == "text/event-stream; charset=utf-8"

    def messages() -> Iterator[dict[str, object]]:
        while line := response.readline():
            if line.startswith(b"data: "):
                yield json.loads(line[6:])

    try:
        yield messages()
    finally:
        response.close()
        connection.close()


def test_a_save_is_told_before_everything_is_read_again(own_studio: Running) -> None:
    file = own_studio.campaign / f"points/{POINT}.md"
    text = file.read_text("utf-8")
    with listening(own_studio) as messages:
        first = next(messages)
        file.write_text(re.sub("(?m)^fact: .*$", "fact: It is told.", text, count=1), "utf-8")
        told, later = next(messages), next(messages)
    assert told["version"] != first["version"]
    assert PAGE.removeprefix(f"/out/{CAMPAIGN}/") + "index.html" in told["outputs"]  # type: ignore[operator]
    lists = "site/en/kit/index.html"
    assert lists not in told["outputs"]  # type: ignore[operator]
    assert lists in later["outputs"]  # type: ignore[operator]
    assert b"It is told." in own_studio.ask(PAGE).body


def test_errors_are_told_and_taken_back(own_studio: Running) -> None:
    file = own_studio.campaign / f"points/{POINT}.md"
    text = file.read_text("utf-8")
    with listening(own_studio) as messages:
        assert next(messages)["errors"] == 0
        file.write_text(text.replace("mode:", "mood:", 1), "utf-8")
        assert next(messages)["errors"] == 1
        body = own_studio.ask(f"/c/{CAMPAIGN}/problems?overlay").body.decode()
        assert f"{POINT}.md:2:1" in body
        file.write_text(text, "utf-8")
        assert next(messages)["errors"] == 0


def test_our_own_save_is_shown_once_however_soon_the_watcher_tells_of_it(
    own_studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watcher was often sooner than we: the save was shown, told and asked for twice then."""
    monkeypatch.setattr("stopjihad.studio.live.follower.QUIET", 60.0)
    shown, heard = LiveCampaign.patch, LiveCampaign.has_shown
    answers: list[bool] = []

    def slow(live: LiveCampaign, paths: Collection[Path]) -> StateChange | None:
        time.sleep(0.5)  # the watcher tells within some milliseconds
        return shown(live, paths)

    def has_shown(live: LiveCampaign, paths: Collection[Path]) -> bool:
        answers.append(heard(live, paths))
        return answers[-1]

    monkeypatch.setattr(LiveCampaign, "patch", slow)
    monkeypatch.setattr(LiveCampaign, "has_shown", has_shown)
    address = f"/c/{CAMPAIGN}/points/{POINT}"
    state = json.loads(own_studio.ask(f"{address}/state").body)["state"]
    one = {"op": "set", "path": ["fact"], "value": "Once.", "was": state["values"]["fact"]}
    sent = json.dumps({"digest": state["digest"], "changes": [one]}).encode()
    own = {"origin": own_studio.address, "content_type": "application/json"}
    assert own_studio.ask(address, "POST", sent, **own).status == 200
    until(lambda: answers, "the watcher does not tell of the save")
    assert answers[0]


def test_r14_a_thousand_rapid_saves(own_studio: Running) -> None:
    chance = random.Random(14)
    file = own_studio.campaign / f"points/{POINT}.md"
    text = file.read_text("utf-8")
    for number in range(1000):
        data = re.sub("(?m)^fact: .*$", f"fact: Save {number}.", text, count=1).encode()
        if chance.random() < 0.3:
            file.write_bytes(data[: chance.randrange(len(data))])
        else:
            file.write_bytes(data)
        if number % 50 == 0:
            answer = own_studio.ask(PAGE)
            assert answer.status == 200
            assert b"<h1" in answer.body
    file.write_bytes(re.sub("(?m)^fact: .*$", "fact: The last save.", text, count=1).encode())
    overlay = f"/c/{CAMPAIGN}/problems?overlay"

    def settled() -> bool:
        words = own_studio.ask(PAGE).body
        return b"The last save." in words and b"problem error" not in own_studio.ask(overlay).body

    # The page is there at once; what was wrong goes when everything has been read again, and that
    # takes as long as the machine is busy.
    until(settled, "the last save is not shown")
    time.sleep(0.5)
    assert settled(), "something older came back"


def test_the_reader_outlives_a_reading_that_was_taken_from_it() -> None:
    """It ended without a word, and no page heard of anybody else's saves any more."""

    class Live:
        slug, apart, state = "demo", False, SimpleNamespace(errors=0)
        readings = 0

        def refresh(self) -> StateChange:
            self.readings += 1
            if self.readings == 2:
                read_again.set()
            return StateChange(1, frozenset(), 0, 0, 0)

    live, read_again = Live(), threading.Event()

    async def play() -> None:
        follower = Follower(Path(), {"demo": cast("LiveCampaign", live)}, Hub("x"))
        reader = asyncio.create_task(follower._read_when_quiet())
        await asyncio.sleep(0)
        await follower.show_saved(cast("LiveCampaign", live), ())
        await follower.read(cast("LiveCampaign", live))  # before the reader wakes
        for _ in range(5):
            await asyncio.sleep(0)
        assert not reader.done()
        await follower.show_saved(cast("LiveCampaign", live), ())
        await asyncio.to_thread(read_again.wait, 10)
        assert live.readings == 2
        reader.cancel()

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may run in this thread
        apart.submit(lambda: asyncio.run(play())).result()
