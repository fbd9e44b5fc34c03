"""An alert goes up by a clock that the target agrees with, or that somebody says is right."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from stopjihad.cli.main import main
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.clock import ask_clock
from stopjihad.publish.deployment import publish
from stopjihad.publish.folder import FolderDestination
from stopjihad.publish.repository import LocalRepository, RemoteRepository
from stopjihad.studio import publisher

from support.crisis import Team, team_in_earnest
from support.plain_pictures import plain_alerts
from support.servers import Case
from support.studio import running
from support.targets import NOW, publication, toy_release, toy_site
from support.timing import until

HOUR = 3600


def test_an_alert_by_a_wrong_clock_is_asked_for_where_the_target_has_one(
    case: Case, tmp_path: Path
) -> None:
    """A slow clock would say that it was sent hours ago, and let it hold for less."""
    alert = toy_release(toy_site(1), alert=True)
    slow = publication(tmp_path, case.target, now=int(time.time()) - 3 * HOUR)
    there = case.channel().clock()
    if case.target.folder is not None:
        assert there is None
        assert publish(case.channel(), alert, slow).uploads > 0
        return
    assert there is not None
    assert abs(there - time.time()) < 60
    with pytest.raises(ProblemsFound) as found:
        publish(case.channel(), alert, slow)
    (problem,) = found.value.problems
    assert problem.code == "publish-clock"
    assert "180 minutes apart" in problem.message
    assert problem.message.count("T") == 2  # both times
    assert case.seen() == {}
    assert publish(case.channel(), alert, slow._replace(sure=True)).uploads > 0
    over = toy_release(toy_site(2))
    assert publish(case.channel(), over, slow).uploads > 0  # its end goes up by any clock
    right = slow._replace(now=int(time.time()) - 9 * 60)
    assert publish(case.channel(), alert, right).uploads > 0


@pytest.fixture
def host() -> Iterator[HTTPServer]:
    """Run a host that refuses everybody, and says when."""

    class Refusing(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response_only(403)
            date = self.path.strip("/").replace("_", " ")
            if date:
                self.send_header("Date", date)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Fri,_28_Nov_2025_08:00:00_GMT", NOW),
        ("", None),
        ("soon", None),
        ("Fri,_99_Nov_9999999999_08:00:00_GMT", None),
    ],
)
def test_also_a_host_that_refuses_us_says_its_time(
    host: HTTPServer, said: str, wanted: float | None
) -> None:
    assert ask_clock(f"http://127.0.0.1:{host.server_port}/{said}") == wanted


def test_a_host_that_does_not_answer_has_no_clock(host: HTTPServer) -> None:
    assert ask_clock("http://127.0.0.1:9/") is None
    assert ask_clock("http://[half/") is None


def test_a_branch_has_the_clock_of_a_host_that_is_asked_by_https(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("stopjihad.publish.repository.ask_clock", lambda _: float(NOW))
    remote = RemoteRepository.__new__(RemoteRepository)
    for address, wanted in (("https://git.example/x", NOW), ("ssh://git.example/x", None)):
        remote._location = address
        assert remote.clock() == wanted
    assert LocalRepository.__new__(LocalRepository).clock() is None


TARGETS = """
targets:
  - {id: live, folder: {path: ../live, layout: plain}}
  - {id: web, folder: {path: ../web, layout: plain}}
"""


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """Send an alert by a clock that is three hours behind that of every target."""
    with plain_alerts(), pytest.MonkeyPatch.context() as patch:
        found = team_in_earnest(tmp_path_factory.mktemp("clock") / "workspace", TARGETS)
        found.write("lyon")
        for name in ("Nour", "Sami"):
            found.done("alert", "approve", "lyon", "--by", name)
        found.done("build", "-q")
        found.done("alert", "publish", "lyon", "--by", "Sami")
        there = found.now.timestamp() + 3 * HOUR
        patch.setattr(FolderDestination, "clock", lambda *_: there)
        yield found


def is_out(team: Team, target: str) -> bool:
    return (team.root.parent / target / "en/alert/index.html").exists()


def test_a_terminal_asks_whose_clock_is_right(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "publish-clock" in team.run("publish", "live").output  # a script is not asked
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    day = {"SOURCE_DATE_EPOCH": str(int(team.now.timestamp()))}
    for answer, code in (("n\n", 1), ("y\n", 0)):
        words = ["-C", str(team.root), "publish", "live"]
        done = CliRunner().invoke(main, words, env=day, input=answer)
        assert done.exit_code == code, done.output
        assert "Send it all the same?" in done.output
        assert is_out(team, "live") == (code == 0)


def test_the_board_asks_for_a_tick(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says afterwards, as *Publish* does, when anybody can read what is kept there."""
    open_to_all = Problem(code="publish-open", message="anybody can read what is kept", hint="")
    monkeypatch.setattr(publisher, "exposed_record", lambda *_: open_to_all)
    path = f"/c/{team.campaign.name}/alerts/lyon"
    tick = b'type="checkbox" name="sure"'
    with running(team.root, now=lambda: team.now) as studio:
        json = {"content_type": "application/json", "origin": studio.address}

        def upload(**more: str) -> None:
            sent = msgspec.json.encode({"step": "upload", "target": "web"} | more)
            assert studio.ask(f"{path}/upload", "POST", sent, **json).status == 202
            build = f"/c/{team.campaign.name}/build"
            until(lambda: b"running" not in studio.ask(build).body, "it does not end")

        assert tick not in studio.ask(path).body
        upload()
        assert not is_out(team, "web")
        page = studio.ask(path).body
        assert tick in page
        assert b"they are 180 minutes apart" in page
        upload(sure="yes")
        assert is_out(team, "web")
        page = studio.ask(path).body
        assert tick not in page
        assert b"anybody can read what is kept" in page
