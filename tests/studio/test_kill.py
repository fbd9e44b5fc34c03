"""A studio that is killed while it saves: no file is cut, no confirmed save is forgotten."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from stopjihad.disk.history import CampaignHistory
from stopjihad.text.yaml.fields import values

from support.build import CAMPAIGN
from support.studio import POINT, copy_workspace

PATH = f"campaigns/{CAMPAIGN}/points/{POINT}.md"


class Process:
    """Run the studio in a process of its own, as people do."""

    def __init__(self, workspace: Path) -> None:
        code = "from stopjihad.cli.main import main; main(prog_name='stopjihad')"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "-C", str(workspace), "preview", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        found = re.search(
            r"http://([0-9a-f]{32}\.localhost:(\d+))(/open/\S+)", self.process.stdout.readline()
        )
        assert found
        self.host, self.port = found[1], int(found[2])
        answer = self._ask("GET", found[3], None, {})
        self.cookie = answer.getheader("set-cookie", "").partition(";")[0]

    def _ask(
        self, method: str, path: str, body: bytes | None, more: dict[str, str]
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request(method, path, body, {"Host": self.host, **more})
            answer = connection.getresponse()
            self.body = answer.read()
            answer.close()
        return answer

    def save(self, digest: str, words: str, was: str) -> str:
        """Save a fact; give the new digest once the studio has confirmed it."""
        change = {"op": "set", "path": ["fact"], "value": words, "was": was}
        own = {
            "Cookie": self.cookie,
            "Origin": f"http://{self.host}",
            "Content-Type": "application/json",
        }
        body = json.dumps({"digest": digest, "changes": [change]}).encode()
        answer = self._ask("POST", f"/c/{CAMPAIGN}/points/{POINT}", body, own)
        assert answer.status == 200, self.body
        return str(json.loads(self.body)["state"]["digest"])

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


def kills(workspace: Path, times: int) -> None:
    """Save without a pause and kill at random moments."""
    from stopjihad.disk.save import digest

    file = workspace / PATH
    chance = random.Random(times)
    every: list[str] = []
    for turn in range(times):
        studio = Process(workspace)
        text = file.read_text("utf-8")
        confirmed = sent = str(values(text)["fact"])
        known = digest(text.encode())
        timer = threading.Timer(chance.uniform(0.0, 0.25), studio.kill)
        number = 0
        while True:
            number += 1
            sent = f"Turn {turn}, save {number}: " + "word " * chance.randrange(20)
            try:
                known = studio.save(known, sent.strip(), confirmed)
            except (OSError, http.client.HTTPException):
                break
            if number == 1:  # it answers: from now on
                timer.start()
            confirmed = sent.strip()
            every.append(confirmed)
        timer.join()
        now = str(values(file.read_text("utf-8"))["fact"])
        assert now in {confirmed, sent.strip()}, (turn, now, confirmed, sent)
        assert file.read_text("utf-8").endswith(text[-200:])
        names = {path.name for path in file.parent.iterdir()}
        assert not [name for name in names if name.startswith(".") or name.endswith("~")]
    kept = CampaignHistory(str(workspace), CAMPAIGN)
    contents = kept.contents(kept.versions(PATH))
    remembered = {str(values(data.decode())["fact"]) for data in contents.values() if data}
    assert [words for words in every if words not in remembered] == []
    assert every
    assert kept.sound


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_kills_lose_nothing(tmp_path: Path) -> None:
    kills(copy_workspace(tmp_path), 3)


@pytest.mark.long
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    kills(copy_workspace(tmp_path), 200)


def test_what_a_killed_studio_left_is_removed(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    left = workspace / ".stopjihad/saving/0123"
    left.parent.mkdir(parents=True)
    left.write_text("half", "utf-8")
    studio = Process(workspace)
    time.sleep(0.05)
    studio.kill()
    assert not left.exists()
