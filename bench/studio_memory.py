"""How much memory has the studio after a day? In MiB of its process: what stays, and the most.

Nothing of it is a promise about a machine: it compares two checkouts in one run.

Two workspaces are opened: the sample, and a starter as ``init`` writes it. Facts of a talking point
are saved 400 times, as the editor saves them, and after each the page beside the fields is asked
for; after every fifth, everything is read again, as in a writer's pause. In the starter the site is
built before, and an exercise of a notice held after. No browser runs: the studio's own process is
what is measured.

``--beside TREE`` measures another checkout of the program in the same run.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studio import REPOSITORY, SAMPLE, served


class Desk:
    """A browser's requests, without the browser."""

    def __init__(self, opening: str, slug: str, pid: int) -> None:
        """Come in by the opening address."""
        found = re.match(r"http://([^/]+:(\d+))(/open/\S+)", opening)
        assert found
        self.host, self.port, self.slug, self.pid = found[1], int(found[2]), slug, pid
        self.cookie = ""
        self.cookie = self.ask("GET", found[3])[1].partition(";")[0]

    def ask(self, method: str, path: str, value: object = None) -> tuple[bytes, str]:
        """Ask the studio; give the answer's body, and the cookie that it sets."""
        headers = {"Host": self.host, "Cookie": self.cookie, "Sec-Fetch-Site": "same-origin"}
        headers |= {"Origin": f"http://{self.host}", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        body = None if value is None else json.dumps(value).encode()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        assert answer.status < 400, (path, answer.status, data[:200])
        return data, answer.getheader("set-cookie", "")

    def post(self, path: str, value: object) -> dict[str, object]:
        """Send a change below the campaign."""
        return dict(json.loads(self.ask("POST", f"/c/{self.slug}/{path}", value)[0]))

    def build(self, path: str, value: object) -> None:
        """Have something built, and wait for it."""
        self.post(path, value)
        while True:
            told = json.loads(self.ask("GET", f"/c/{self.slug}/build")[0])
            if told["state"] != "running":
                assert told["state"] == "done", told
                return
            time.sleep(0.3)

    def edit(self, point: str, language: str, saves: int) -> None:
        """Save facts, each over the one before."""
        state = json.loads(self.ask("GET", f"/c/{self.slug}/points/{point}/state")[0])["state"]
        for number in range(saves):
            change = {
                "op": "set",
                "path": ["fact"],
                "value": f"Save {number} of this measurement stands here.",
                "was": state["values"]["fact"],
            }
            sent = {"digest": state["digest"], "changes": [change]}
            state = json.loads(json.dumps(self.post(f"points/{point}", sent)["state"]))
            self.ask("GET", f"/try/{self.slug}/site/{language}/points/{point}/")
            if number % 5 == 4:
                time.sleep(1)

    def say(self, when: str) -> None:
        """Print what the process has now, and what it had at most."""
        status = Path(f"/proc/{self.pid}/status").read_text("ascii")
        now, most = (
            int(re.findall(rf"^{name}:\s+(\d+)", status, re.MULTILINE)[0]) / 1024
            for name in ("VmRSS", "VmHWM")
        )
        print(f"  {when:<44}{now:5.0f} MiB, at most {most:5.0f}")


@contextmanager
def desk(workspace: Path, slug: str, tree: Path) -> Iterator[Desk]:
    """Start a checkout's studio."""
    with served(workspace, tree) as (opening, pid):
        yield Desk(opening, slug, pid)


def measure_sample(folder: Path, tree: Path, saves: int, source: Path) -> None:
    """Edit the sample."""
    shutil.copytree(source, folder / "campaigns" / SAMPLE)
    with desk(folder, SAMPLE, tree) as at:
        at.say("sample: open")
        for number in (1, 2):
            at.edit("mothers-speak", "en", saves // 2)
            at.say(f"sample: {number * (saves // 2)} edits")


def measure_starter(folder: Path, tree: Path, saves: int) -> None:
    """Build a starter, edit it, hold an exercise."""
    code = "from stopjihad.cli.main import main; main(prog_name='stopjihad')"
    subprocess.run(
        [sys.executable, "-c", code, "init", str(folder), "--language", "en"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with desk(folder, "my-campaign", tree) as at:
        at.say("starter: open")
        at.build("build", {})
        at.say("starter: built")
        at.edit("stay-in-contact", "en", saves)
        at.say(f"starter: {saves} edits")
        at.build("alerts/drill", {"template": ""})
        at.say("starter: an exercise")


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=400, help="edits of each [default: 400]")
    parser.add_argument(
        "--sample", type=Path, default=REPOSITORY / "campaigns" / SAMPLE, help="the first campaign"
    )
    parser.add_argument("--alone", action="store_true", help="the sample alone, no starter")
    parser.add_argument("--beside", type=Path, help="another checkout, measured in the same run")
    options = parser.parse_args()
    trees = [REPOSITORY]
    if options.beside:
        trees = [options.beside.resolve(), REPOSITORY]
    for tree in trees:
        print(tree.name)
        with tempfile.TemporaryDirectory() as folder:
            measure_sample(Path(folder) / "sample", tree, options.saves, options.sample)
            if not options.alone:
                measure_starter(Path(folder) / "starter", tree, options.saves)


if __name__ == "__main__":
    main()
