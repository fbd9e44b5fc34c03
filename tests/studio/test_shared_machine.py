"""The studio on a machine that others share: their web servers, their programs, their eyes."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

import pytest
from stopjihad.studio.serve import PATIENCE

from support.build import CAMPAIGN
from support.firefox import Firefox, firefox
from support.studio import PAGE, POINT, Running, copy_workspace, running
from support.timing import until

TRIES = """
const got = [];
const answered = (asked, ...names) => new Promise((done, fail) => {
  const late = setTimeout(fail, 60000, `${asked.src ?? asked.url}: ${names} never came`);
  for (const name of names) asked.addEventListener(name, () => { clearTimeout(late); done(); });
});
for (const origin of %(studio)s) {
  for (const path of %(paths)s) {
    for (const mode of ['cors', 'no-cors', 'same-origin']) {
      await fetch(origin + path, { credentials: 'include', mode })
        .then(async (answer) => got.push([path, mode, (await answer.text()).length]))
        .catch(() => 0);
    }
    for (const type of ['text/plain', 'application/json', 'multipart/form-data']) {
      await fetch(origin + path, {
        method: 'POST', mode: type === 'application/json' ? 'cors' : 'no-cors',
        credentials: 'include', headers: { 'content-type': type }, body: %(body)s,
      }).then(async (answer) => got.push([path, type, (await answer.text()).length]))
        .catch(() => 0);
    }
    const frame = document.createElement('iframe');
    frame.src = origin + path;
    const image = new Image();
    image.src = origin + path;
    const stream = new EventSource(origin + path, { withCredentials: true });
    stream.onopen = () => got.push([path, 'stream', 1]);
    const all = [answered(frame, 'load'), answered(image, 'load', 'error')];
    all.push(answered(stream, 'open', 'error'));
    document.body.append(frame);
    await Promise.all(all);
    stream.close();
    try { if (frame.contentDocument?.body?.textContent) got.push([path, 'frame', 1]); } catch {}
    if (image.naturalWidth) got.push([path, 'image', image.naturalWidth]);
  }
}
return got.filter((one) => one[2]);
"""
"""What a page of another server tries: reading in each way, and writing in each way it has.

It goes on as soon as the browser has told of an answer, whatever that was."""

PATHS = (
    "/",
    PAGE,
    f"/c/{CAMPAIGN}/file?path=campaigns/{CAMPAIGN}/campaign.yaml",
    f"/out/{CAMPAIGN}/site/cards/en/{POINT}/og.png",
    f"/events/{CAMPAIGN}",
)


class Driven(Protocol):
    """Do in a browser what a person or a page does."""

    def goto(self, address: str) -> None:
        """Load a page."""

    def run(self, script: str) -> Any:
        """Run the body of an async function in it."""


class Chromium:
    """Drive Chromium as Firefox is driven."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def goto(self, address: str) -> None:
        self._page.goto(address)

    def run(self, script: str) -> Any:
        return self._page.evaluate(f"async () => {{ {script} }}")


class Neighbour:
    """A web server of somebody else on this machine, who keeps all that browsers bring."""

    def __init__(self, port: int = 0) -> None:
        self.heard: list[str] = []
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                heard.append(f"{self.requestline}\n{self.headers}")
                stream = "text/event-stream" in self.headers.get("accept", "")
                self.send_response(200)
                self.send_header("content-type", "text/event-stream" if stream else "text/html")
                self.end_headers()
                said = b'retry: 10\ndata: {"version": 99, "errors": 1}\n\n'
                page = b"<!doctype html><title>Free coffee</title><body>Hello"
                self.wfile.write(said if stream else page)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def cookies(self) -> set[str]:
        return set(re.findall(r"(?im)^cookie: (.*)$", "".join(self.heard)))


@contextmanager
def neighbours() -> Iterator[tuple[Neighbour, Neighbour]]:
    with ExitStack() as stack:
        found = (Neighbour(), Neighbour())
        for one in found:
            stack.callback(one.close)
        yield found


def files_of(studio: Running) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in studio.campaign.rglob("*") if path.is_file()}


def nothing_leaks(studio: Running, browser: Driven) -> None:
    """Let pages of others try everything in a browser that the studio has let in."""
    before = files_of(studio)
    changes = {"path": f"campaigns/{CAMPAIGN}/campaign.yaml", "text": "x", "digest": ""}
    tries = TRIES % {
        "studio": json.dumps(
            [f"http://{name}:{studio.port}" for name in ("127.0.0.1", "localhost")]
        ),
        "paths": json.dumps(PATHS),
        "body": json.dumps(json.dumps(changes)),
    }
    browser.goto(studio.address + f"/c/{CAMPAIGN}")
    with neighbours() as found:
        for one in found:
            for name in ("127.0.0.1", "localhost"):
                browser.goto(f"http://{name}:{one.port}/")
                assert browser.run(tries) == []
        heard = "".join("".join(one.heard) for one in found)
        cookies = set().union(*(one.cookies() for one in found))
    assert heard.count("GET / ") >= 4
    assert studio.studio.session.secret not in heard
    assert studio.host.partition(":")[0] not in heard.replace("127.0.0.1", "")
    for cookie in {*cookies, ""}:  # a program does not keep to a browser's rules
        for host in ("127.0.0.1", "localhost", "[::1]"):
            origin = f"http://{host}:{studio.port}"
            own = {"host": origin[7:], "origin": origin, "cookie": cookie}
            assert studio.ask(PAGE, **own).status in (403, 421)
            body = json.dumps(changes).encode()
            sent = {**own, "content-type": "application/json"}
            assert studio.ask(f"/c/{CAMPAIGN}/file", "POST", body, **sent).status in (403, 421)
    assert files_of(studio) == before


@pytest.mark.browser
def test_servers_on_other_ports_get_nothing_through_chromium(
    whole_browser: Any, studio: Running
) -> None:
    context = whole_browser.new_context()
    page = context.new_page()
    studio.let_in(page)
    nothing_leaks(studio, Chromium(page))
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", [PAGE, f"/c/{CAMPAIGN}/points/{POINT}"])
def test_an_open_page_believes_nobody_who_takes_the_port_of_a_studio_that_was_ended(
    path: str, browser: Any, tmp_path: Path
) -> None:
    """It went to their page by itself, which read unsent words, planted others and stayed."""
    context = browser.new_context()
    page = context.new_page()
    with running(copy_workspace(tmp_path)) as own:
        own.let_in(page)
        page.goto(own.address + path)
        page.evaluate("window.same = true")
        port, title = own.port, page.title()
    stranger = Neighbour(port)
    try:
        until(lambda: len(stranger.heard) > 3, "the page asks on")
        assert not [one for one in stranger.heard if not one.startswith("GET /events/")]
        assert page.evaluate("window.same")
        assert page.title() == title
        said = """import('/studio/studio.js').then(({ send }) => send('/c/x', {}))"""
        if path != PAGE:
            words = page.evaluate("document.getElementById('words').textContent")
            assert page.evaluate(said) == {
                "ok": False,
                "status": 0,
                "data": {"refused": json.loads(words)["offline"]},
            }
    finally:
        context.close()
        stranger.close()


def test_only_a_browser_that_was_let_in_hears_the_countersign(studio: Running) -> None:
    """Whoever heard the name of a studio asks it under that name, too."""
    known = studio.studio.session.countersign
    assert studio.ask(PAGE).one("studio") == known
    for path in (PAGE, "/open/nonsense", "/"):
        for headers in ({"cookie": ""}, {"cookie": "", "host": "127.0.0.1"}):
            answer = studio.ask(path, **headers)
            assert known not in f"{answer.headers}{answer.body!r}"


@pytest.fixture(scope="module")
def fox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Give one Firefox to all tests here: each studio has a name of its own, and so its cookies."""
    with firefox(tmp_path_factory.mktemp("firefox")) as found:
        yield found


@pytest.mark.long
@pytest.mark.browser
def test_servers_on_other_ports_get_nothing_through_firefox(studio: Running, fox: Firefox) -> None:
    fox.goto(studio.opening)
    nothing_leaks(studio, fox)
    fox.goto(f"{studio.address}/c/{CAMPAIGN}")
    assert "stopjihad" in fox.run("return document.title")


def test_each_run_has_a_name_of_its_own(studio: Running, tmp_path: Path) -> None:
    with running(copy_workspace(tmp_path)) as other:
        names = {one.host.partition(":")[0] for one in (studio, other)}
    assert len(names) == 2
    assert all(re.fullmatch(r"[0-9a-f]{32}\.localhost", name) for name in names)


# ---- the other half of a port


def test_a_port_that_somebody_holds_on_ipv6_is_taken() -> None:
    from stopjihad.studio.serve import listen

    with socket.create_server(("::1", 0), family=socket.AF_INET6) as theirs:
        port = theirs.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            listen(port)
    for _ in range(20):
        sockets = listen(0)
        assert len({one.getsockname()[1] for one in sockets}) == 1
        assert len(sockets) == 2
        for one in sockets:
            one.close()


# ---- the opening address


def test_looking_ahead_does_not_spend_the_opening_address(own_studio: Running) -> None:
    opening = f"/open/{own_studio.studio.session.token}"
    for _ in range(3):
        assert own_studio.ask(opening, "HEAD", cookie="").status == 200
        ahead = own_studio.ask(opening, cookie="", sec_purpose="prefetch;prerender")
        assert ahead.status == 503
        assert not ahead.all("set-cookie")
    assert own_studio.tokens == []
    found = own_studio.ask(opening, cookie="", sec_fetch_site="cross-site")
    assert found.status == 200
    assert found.all("set-cookie")
    assert own_studio.ask(opening, "HEAD", cookie="").status == 403


BROWSER = """#!/bin/sh
printf '%%s\\n' "$@" > %(folder)s/argv
stat -c '%%a %%U' "${1#file://}" "$(dirname "${1#file://}")" > %(folder)s/modes
cp "${1#file://}" %(folder)s/page.html
: > %(folder)s/done
"""


def test_open_shows_no_secret_in_the_process_list(tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("xdg-open", "www-browser", "sensible-browser"):
        program = folder / name
        program.write_text(BROWSER % {"folder": folder}, "utf-8")
        program.chmod(0o700)
    process = started(copy_workspace(tmp_path), "--open", path=folder)
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        host, token = re.search(r"http://([^/]+)/open/(\S+)", first).groups()  # type: ignore[union-attr]
        until((folder / "done").exists, "no browser was started")
        argv = (folder / "argv").read_text("utf-8")
        assert argv.rstrip().endswith("/open.html")
        assert token not in argv
        assert host.partition(".")[0] not in argv
        assert f"http://{host}/open/{token}" in (folder / "page.html").read_text("utf-8")
        user = subprocess.check_output(["/usr/bin/id", "-un"], text=True).strip()
        assert (folder / "modes").read_text("utf-8").split() == ["600", user, "700", user]
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()  # type: ignore[union-attr]


@pytest.mark.browser
def test_the_page_that_open_writes_leads_a_browser_in(
    whole_browser: Any, fox: Firefox, own_studio: Running, tmp_path: Path
) -> None:
    from stopjihad.cli.preview import doorway

    page = tmp_path / "open.html"
    page.write_text(doorway(own_studio.opening), "utf-8")
    context = whole_browser.new_context()
    seen = context.new_page()
    seen.goto(page.as_uri())
    seen.wait_for_url(f"{own_studio.address}/c/{CAMPAIGN}")
    context.close()
    page.write_text(doorway(own_studio.opening), "utf-8")
    fox.goto(page.as_uri())
    within = f"{own_studio.address}/c/{CAMPAIGN}"
    until(lambda: fox.address() == within, "Firefox was not let in")


def started(
    workspace: Path, *more: str, path: Path | None = None, errors: int | None = None
) -> subprocess.Popen[str]:
    """Start the real command with room for 64 files and connections."""
    code = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))\n"
    code += "from stopjihad.cli.main import main; main(prog_name='stopjihad')"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    if path is not None:
        environment["PATH"] = f"{path}:/usr/bin:/bin"
    return subprocess.Popen(
        [sys.executable, "-c", code, "-C", str(workspace), "preview", "--port", "0", *more],
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        env=environment,
    )


# ---- connections that say nothing


def test_connections_that_say_nothing_are_let_go(
    own_studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stopjihad.studio.serve.PATIENCE", 0.5)
    assert PATIENCE <= 10
    quiet = [socket.create_connection(("127.0.0.1", own_studio.port)) for _ in range(3)]
    quiet[1].sendall(b"GET / HTTP/1.1\r\nHost: ")
    quiet[2].sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n")
    began = time.monotonic()
    for one in quiet:
        one.settimeout(PATIENCE + 30)
        while one.recv(65536):
            pass
        one.close()
    assert time.monotonic() - began < PATIENCE + 30


def test_many_quiet_connections_do_not_keep_the_studio_from_its_owner(tmp_path: Path) -> None:
    process = started(copy_workspace(tmp_path), errors=subprocess.PIPE)
    quiet = []
    try:
        assert process.stdout is not None
        found = re.search(r"http://([^:]+:(\d+))(/open/\S+)", process.stdout.readline())
        assert found
        port = int(found[2])
        quiet = [socket.create_connection(("127.0.0.1", port)) for _ in range(120)]
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", found[3], headers={"Host": found[1]})
        assert connection.getresponse().status == 200
        assert time.monotonic() - began < PATIENCE, "it waited for all of them to be let go"
        connection.close()
    finally:
        for one in quiet:
            one.close()
        process.terminate()
        _, said = process.communicate(timeout=20)
    assert said == ""


# ---- odd values


@pytest.mark.parametrize("week", ["9999-12-31", "9999-12-27", "0001-01-01", "0001-01-07", "9" * 30])
def test_the_calendar_ends_with_the_calendar(studio: Running, week: str) -> None:
    answer = studio.ask(f"/c/{CAMPAIGN}/calendar?week={week}")
    assert answer.status == 200
    assert b'class="plain week"' in answer.body


@pytest.mark.parametrize("digest", ["", "right"])
def test_no_change_changes_nothing(studio: Running, digest: str) -> None:
    from stopjihad.disk.save import digest as digest_of

    file = studio.campaign / f"points/{POINT}.md"
    before = file.read_bytes()
    sent = {"digest": digest and digest_of(before), "changes": []}
    answer = studio.ask(
        f"/c/{CAMPAIGN}/points/{POINT}",
        "POST",
        json.dumps(sent).encode(),
        origin=studio.address,
        content_type="application/json",
    )
    assert answer.status == 400
    assert "refused" in json.loads(answer.body)
    assert file.read_bytes() == before
