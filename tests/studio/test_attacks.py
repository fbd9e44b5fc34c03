"""What other web servers for one machine were attacked with; names as in the security reference."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from support.build import CAMPAIGN
from support.studio import PAGE, Running, copy_workspace, running
from support.timing import until

ALWAYS = {
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


def head_of(answer: bytes) -> tuple[int, dict[str, str]]:
    """Read the status and the headers of a raw answer."""
    lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (line.partition(":")[::2] for line in lines[1:])
    return int(lines[0].split()[1]), {name.lower(): value.strip() for name, value in pairs}


def request(studio: Running, target: bytes, *more: bytes, host: bytes | None = None) -> bytes:
    """Write a request of a browser that was let in, for any target."""
    lines = [
        b"GET " + target + b" HTTP/1.1",
        b"Host: " + (host or studio.host.encode()),
        b"Cookie: " + studio.cookie.encode(),
        b"Connection: close",
        *more,
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n"


# ---- S1 traversal

PIECES = (
    *("..", "%2e%2e", "%252e%252e", ".%2e", "..%2f", "..%5c", "..\\", "....//", "%c0%ae%c0%ae"),
    *("%00", "/etc/passwd", "C:", "\\\\host\\share", "CON", "AUX", "//", "??", "?import&raw", "#"),
    *("site", "site-secret", "campaigns", CAMPAIGN, "campaign.yaml", ".stopjihad", "store", "~"),
    *("file:///etc/passwd", "points", "mothers-speak.md", "%u002e", "%ff", "..;", "*", "{}"),
)
STARTS = ("/", "//", f"/out/{CAMPAIGN}/", f"/out/{CAMPAIGN}/site/", "/studio/", "/c/", "/events/")


def targets(count: int) -> Iterator[bytes]:
    """Give every start with every piece, then pieces at random."""
    chance = random.Random(1)
    made = [f"{start}{piece}" for start in STARTS for piece in PIECES]
    for number in range(count):
        if number < len(made):
            target = made[number]
        else:
            pieces = chance.choices(PIECES, k=chance.randrange(1, 6))
            target = chance.choice(STARTS) + chance.choice(("/", "")).join(pieces)
        yield target.replace(" ", "%20").encode()


def secrets_of(studio: Running) -> tuple[bytes, ...]:
    """Give words that stand in files and in no answer."""
    point = (studio.campaign / "points/mothers-speak.md").read_bytes().splitlines()[1]
    yaml = (studio.campaign / "campaign.yaml").read_bytes().splitlines()[0]
    return point, yaml, b"root:"


ALLOWED = {200, 303, 308, 400, 404}


def no_way_out(studio: Running, count: int) -> None:
    words = secrets_of(studio)
    for target in targets(count):
        stream = target.startswith(b"/events")  # it never ends by itself
        answer = studio.raw(request(studio, target), wait=2 if stream else 20)
        assert head_of(answer)[0] in ALLOWED, target
        assert not any(word in answer for word in words), target


def test_s1_no_address_leads_out_of_the_plan(studio: Running) -> None:
    no_way_out(studio, 600)


@pytest.mark.long
def test_s1_twenty_thousand_addresses_on_the_wire(studio: Running) -> None:
    no_way_out(studio, 20_000)


@pytest.mark.long
def test_s1_a_million_addresses(studio: Running) -> None:
    """Without sockets: the application is asked as the server asks it."""
    words = secrets_of(studio)
    headers = [
        (b"host", studio.host.encode()),
        (b"cookie", studio.cookie.encode()),
        (b"sec-fetch-site", b"same-origin"),
    ]

    async def ask(target: bytes) -> tuple[int, bytes]:
        path, _, query = target.partition(b"?")
        scope = {
            "type": "http",
            "method": "GET",
            "path": unquote(path.decode("latin-1")),
            "raw_path": path,
            "query_string": query,
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", studio.port),
            "scheme": "http",
            "http_version": "1.1",
            "root_path": "",
        }
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await studio.studio.app(scope, receive, send)
        body = b"".join(one.get("body", b"") for one in sent[1:])
        return sent[0]["status"], body

    async def ask_all() -> None:
        for target in targets(1_000_000):
            if target.startswith(b"/events/stop"):
                continue  # a stream that never ends
            status, body = await ask(target)
            assert status in ALLOWED, target
            assert not any(word in body for word in words), target

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, ask_all()).result()


def test_s1_a_link_in_a_campaign_is_not_followed(own_studio: Running, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\nthe secret\n---\n", "utf-8")
    (own_studio.campaign / "points/linked.md").symlink_to(tmp_path / "secret.md")
    problems = f"/c/{CAMPAIGN}/problems"
    until(lambda: b"link-refused" in own_studio.ask(problems).body, "the link was not noticed")
    assert own_studio.ask(f"/out/{CAMPAIGN}/site/en/points/linked/").status == 404


# ---- S2 reading from other origins

ORIGINS = (
    "http://evil.example",
    "https://evil.example",
    "null",
    "http://localhost",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example",
    "file://",
    "chrome-extension://abc",
    "http://[::1]:1",
    "http://0.0.0.0",
)
SITES = ("cross-site", "same-site", "none", "same-origin")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")


def test_s2_no_other_origin_reads_or_writes(studio: Running) -> None:
    for origin, site, method in itertools.product(ORIGINS, SITES, METHODS):
        answer = studio.ask(PAGE, method, origin=origin, sec_fetch_site=site)
        assert answer.status in (403, 405), (origin, site, method)
        assert b"mothers" not in answer.body.lower()
        assert not answer.all("access-control-allow-origin")
    for site in ("cross-site", "same-site", "", "none, cross-site", "SAME-ORIGIN", "x"):
        status = studio.ask(PAGE, sec_fetch_site=site).status
        assert status == (200 if site == "" else 403), site


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("/", "GET", {}, 303),
        (PAGE, "GET", {}, 200),
        (f"/c/{CAMPAIGN}", "GET", {}, 200),
        ("/nothing", "GET", {}, 404),
        (PAGE, "DELETE", {}, 405),
        (PAGE, "GET", {"host": "evil.example"}, 421),
        (PAGE, "GET", {"cookie": ""}, 403),
        ("/open/wrong", "GET", {"cookie": ""}, 403),
        ("/studio/studio.css", "GET", {}, 200),
        (f"/out/{CAMPAIGN}/site/robots.txt", "HEAD", {}, 200),
        (f"/out/{CAMPAIGN}/site/cards/ar/mothers-speak/og.png", "GET", {}, 200),
    ],
)
def test_s2_every_answer_carries_the_headers(
    studio: Running, path: str, method: str, headers: dict[str, str], status: int
) -> None:
    answer = studio.ask(path, method, **headers)
    assert answer.status == status
    for name, value in ALWAYS.items():
        assert answer.all(name) == [value], name
    (policy,) = answer.all("content-security-policy")
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy or "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert not answer.all("server")


def test_s2_nonsense_is_refused_with_the_same_headers(studio: Running) -> None:
    for nonsense in (b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nbad\r\n\r\n"):
        status, headers = head_of(studio.raw(nonsense))
        assert status == 400
        assert ALWAYS.items() <= headers.items()


# ---- S3 names that lead here

HOSTS = (
    *("evil.example", "localhost", "127.0.0.1", "[::1]", "localhost:1", "localhost:{port}.evil"),
    *(
        "localhost:{port}",
        "127.0.0.1:{port}",
        "[::1]:{port}",
        "{name}",
        "{name}:1",
        "a.{name}:{port}",
    ),
    *(
        "{name}.:{port}",
        "{name}.evil:{port}",
        "{name}:{port}@evil",
        "{name}:{port}0",
        "{label}:{port}",
    ),
    *("localhost.evil:{port}", "evil.localhost:{port}", "localhost.:{port}", "127.0.0.1.:{port}"),
    *("2130706433:{port}", "0x7f000001:{port}", "0177.0.0.1:{port}", "127.1:{port}", "0:{port}"),
    *("0.0.0.0:{port}", "::1:{port}", "[::]:{port}", "[0:0:0:0:0:0:0:1]:{port}", "[::1%lo]:{port}"),
    *("[::ffff:127.0.0.1]:{port}", "user@localhost:{port}", "localhost:{port}@evil", "a:{port}"),
    *("127.0.0.1:{port}/", "127.0.0.1:{port}#", "127.0.0.1:{port}?", "127.0.0.1:{port},evil"),
    *(
        "http://localhost:{port}",
        "localhost:{port}:{port}",
        "localhost:0{port}",
        "localhost:+{port}",
    ),
    *("localhost:{port} evil", "local host:{port}", "127.0.0.2:{port}", "127.0.0.1:{port}0", "*"),
    *("ⓛocalhost:{port}", "xn--localhost:{port}", "localhost%00:{port}", "%6cocalhost:{port}"),
    *("10.0.0.1:{port}", "192.168.0.1:{port}", "metadata.google.internal", "example.org:{port}"),
    *("localhost;:{port}", "'localhost':{port}", '"localhost":{port}', "<localhost>:{port}"),
    *("LOCALHOST.EVIL:{port}", "localhost-evil:{port}", "localhost_:{port}", "-:{port}", ":{port}"),
    *(
        *("fe80::1:{port}", "[fe80::1]:{port}", "ip6-localhost:{port}", "localhost:{port}\\evil"),
        "{port}",
        "127.0.0.1::{port}",
        "[127.0.0.1]:{port}",
        "[localhost]:{port}",
        "127。0。0。1:{port}",
    ),
)


def test_s3_only_the_exact_names_are_answered(studio: Running) -> None:
    assert len(HOSTS) >= 60
    for pattern in HOSTS:
        label, _, _ = studio.host.partition(".")
        filled = pattern.replace("{name}", f"{label}.localhost").replace("{label}", label)
        host = filled.replace("{port}", str(studio.port)).encode()
        status, _ = head_of(studio.raw(request(studio, PAGE.encode(), host=host)))
        assert status in (400, 421), host
    for host in (studio.host.encode(), studio.host.upper().encode()):
        assert head_of(studio.raw(request(studio, PAGE.encode(), host=host)))[0] == 200


def test_s3_two_hosts_or_none_are_no_host(studio: Running) -> None:
    two = request(studio, PAGE.encode(), b"Host: " + studio.host.encode())
    none = f"GET {PAGE} HTTP/1.1\r\nCookie: {studio.cookie}\r\nConnection: close\r\n\r\n".encode()
    old = f"GET {PAGE} HTTP/1.0\r\nCookie: {studio.cookie}\r\n\r\n".encode()
    for sent in (two, none, old):
        assert head_of(studio.raw(sent))[0] in (400, 421)


# ---- S4 the stream of events


def test_s4_the_stream_is_for_who_was_let_in(studio: Running) -> None:
    stream = f"/events/{CAMPAIGN}"
    for number in range(25):
        assert studio.ask(stream, cookie=f"stopjihad-{studio.port}={'x' * number}").status == 403
        assert studio.ask(stream, origin=f"http://127.0.0.1:{number + 1}").status == 403
    upgrade = request(
        studio,
        stream.encode(),
        b"Upgrade: websocket",
        b"Connection: Upgrade",
        b"Sec-WebSocket-Version: 13",
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    )
    assert b"101" not in studio.raw(upgrade, wait=0.3).partition(b"\r\n")[0]


def test_s4_a_token_lets_one_browser_in(own_studio: Running) -> None:
    token = own_studio.studio.session.token
    first = own_studio.ask(f"/open/{token}", cookie="", sec_fetch_site="none")
    assert first.status == 200
    assert b'content="0;url=/"' in first.body
    cookie = first.one("set-cookie").lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie
    assert own_studio.ask(f"/open/{token}", cookie="", sec_fetch_site="none").status == 403
    assert own_studio.ask(f"/open/{token}").status == 303  # whoever is in may come again
    assert own_studio.tokens == [own_studio.opening]
    assert own_studio.ask(f"/open/{own_studio.studio.session.token}", cookie="").status == 200


def test_s4_secrets_are_long_and_never_repeat() -> None:
    from stopjihad.studio.guard import Session

    places = [(port, Path(root)) for port in range(1, 101) for root in ("/a", "/b")]
    every = [Session(*place, numeric=numeric) for place in places for numeric in (False, True)]
    found = {value for one in every for value in (one.secret, one.token)}
    assert len(found) == 800
    assert all(len(value) >= 43 for value in found)
    assert len({Session(*place).host for place in places}) == 200


def test_who_takes_the_port_of_a_studio_that_was_ended_hears_nothing_that_counts_later() -> None:
    """A page that stayed open asks on, and sends its cookie: it was the same at the next start."""
    from stopjihad.studio.guard import Session

    first, second = (Session(8321, Path("/a")) for _ in range(2))
    assert first.host == second.host, "the page finds the studio again, and what was typed in it"
    assert first.secret != second.secret
    assert first.token != second.token


def test_no_other_user_can_make_the_name_of_a_studio(monkeypatch: pytest.MonkeyPatch) -> None:
    from stopjihad.disk import user_key
    from stopjihad.studio.guard import Session

    own = Session(8321, Path("/a"))
    monkeypatch.setattr(user_key, "_key", lambda: b"the key of another user, 32 byte")
    foreign = Session(8321, Path("/a"))
    assert own.host != foreign.host


def test_s4_nothing_is_logged(
    own_studio: Running, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    own_studio.ask(f"/open/{own_studio.studio.session.token}", cookie="")
    own_studio.ask(PAGE)
    own_studio.raw(b"nonsense\r\n\r\n")
    assert capfd.readouterr() == ("", "")
    assert caplog.text == ""


# ---- S5 headers that make no sense


def test_s5_no_header_ends_the_server(studio: Running) -> None:
    random_headers(studio, 1500)


@pytest.mark.long
def test_s5_a_hundred_thousand_sets_of_headers(studio: Running) -> None:
    random_headers(studio, 100_000)


def random_headers(studio: Running, count: int) -> None:
    chance = random.Random(5)
    names = (b"Host", b"Origin", b"Cookie", b"Sec-Fetch-Site", b"Accept-Language", b"Range")
    for _ in range(count):
        lines = [b"GET " + PAGE.encode() + b" HTTP/1.1"]
        for _ in range(chance.randrange(6)):
            value = bytes(chance.choices(range(1, 256), k=chance.randrange(30)))
            name = chance.choice((*names, value[:8]))
            lines.append(name + b": " + value.replace(b"\r", b"").replace(b"\n", b""))
        if chance.random() < 0.5:
            lines += [b"Host: " + studio.host.encode(), b"Cookie: " + studio.cookie.encode()]
        answer = studio.raw(b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n")
        assert b"Traceback" not in answer
        assert head_of(answer)[0] < 500
    assert studio.ask(PAGE).status == 200


def test_s5_an_error_inside_gives_a_sentence_and_no_traceback(
    own_studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret path")

    monkeypatch.setattr("stopjihad.studio.live.campaign.LiveCampaign.serve", fail)
    answer = own_studio.ask(PAGE)
    assert answer.status == 500
    assert b"secret" not in answer.body
    assert answer.one("x-content-type-options") == "nosniff"


# ---- S6 ranges


def test_s6_ranges_cost_nothing(studio: Running) -> None:
    ranges = b"Range: bytes=" + b",".join(b"%d-%d" % (n, n) for n in range(6000))
    times = []
    for _ in range(12):
        began = time.process_time()  # of this process, in which the studio is, too
        status, _ = head_of(studio.raw(request(studio, PAGE.encode(), ranges[:65536])))
        times.append(time.process_time() - began)
        assert status in (200, 400, 431)
    assert min(times) < 0.05  # the goal; the quickest counts, as it reads in the background, too
    answer = studio.ask(PAGE, range="bytes=0-1,2-3")
    assert answer.status == 200
    assert not answer.all("accept-ranges")


# ---- S7 exposure


def test_s7_it_listens_on_loopback_only(studio: Running) -> None:
    port = f":{studio.port:04X}"
    listening = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text("ascii").splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            if state == "0A" and local.endswith(port):
                listening.append(local.rpartition(":")[0])
    assert listening
    assert set(listening) <= {"0100007F", "00000000000000000000000001000000"}


def test_s7_no_answer_leads_to_another_host(studio: Running) -> None:
    for target in ("//evil.example", "//evil.example/%2e%2e", "/\\evil.example", "/out//evil"):
        status, headers = head_of(studio.raw(request(studio, target.encode())))
        assert status == 404
        assert "location" not in headers


def test_s7_the_package_has_no_debugger() -> None:
    import stopjihad

    for path in Path(stopjihad.__file__).parent.rglob("*.py"):
        text = path.read_text("utf-8")
        assert "debug=True" not in text, path
        assert "breakpoint(" not in text, path


def test_s7_a_taken_port_is_an_error() -> None:
    from stopjihad.studio.serve import listen

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        listen(taken.getsockname()[1])


# ---- S8 forged requests


def test_s8_looking_is_all_that_reading_allows(tmp_path: Path) -> None:
    with running(copy_workspace(tmp_path), read_only=True) as studio:
        _refuses_to_write(studio)


def _refuses_to_write(studio: Running) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND"):
        for path in ("/", PAGE, f"/c/{CAMPAIGN}", "/nothing"):
            answer = studio.ask(path, method, origin=studio.address)
            assert answer.status == 405, (method, path)
            assert answer.one("allow") == "GET, HEAD"


FORMS = ("crisis", "lines", "look", "name", "people", "plan", "replies", "rules", "sponsor")

WRITING = (
    *(f"/c/{CAMPAIGN}/campaign/{form}{way}" for form in FORMS for way in ("", "/undo", "/redo")),
    f"/c/{CAMPAIGN}/campaign/alerts",
    f"/c/{CAMPAIGN}/campaign/partners",
    *(f"/c/{CAMPAIGN}/campaign/alerts/mothers-speak{way}" for way in ("", "/undo", "/redo")),
    f"/c/{CAMPAIGN}/review/file",
    f"/c/{CAMPAIGN}/review/code",
    f"/c/{CAMPAIGN}/alerts/mothers-speak/file",
    f"/c/{CAMPAIGN}/campaign/begin",
    f"/c/{CAMPAIGN}/campaign/left",
    f"/c/{CAMPAIGN}/campaign/glossary",
    f"/c/{CAMPAIGN}/publish/cancel",
    f"/c/{CAMPAIGN}/campaign/languages",
    f"/c/{CAMPAIGN}/campaign/numbers",
    f"/c/{CAMPAIGN}/colleagues",
    f"/c/{CAMPAIGN}/history",
    f"/c/{CAMPAIGN}/history/forget",
    f"/c/{CAMPAIGN}/history/state",
    f"/c/{CAMPAIGN}/logo",
    f"/c/{CAMPAIGN}/points",
    f"/c/{CAMPAIGN}/points/mothers-speak",
    f"/c/{CAMPAIGN}/points/mothers-speak/undo",
    f"/c/{CAMPAIGN}/points/mothers-speak/redo",
    f"/c/{CAMPAIGN}/pages",
    f"/c/{CAMPAIGN}/pages/mothers-speak",
    f"/c/{CAMPAIGN}/pages/mothers-speak/undo",
    f"/c/{CAMPAIGN}/pages/mothers-speak/redo",
    f"/c/{CAMPAIGN}/file",
    f"/c/{CAMPAIGN}/line",
    f"/c/{CAMPAIGN}/versions",
    f"/c/{CAMPAIGN}/media",
    f"/c/{CAMPAIGN}/translate",
    f"/c/{CAMPAIGN}/translate/fr",
    f"/c/{CAMPAIGN}/sets",
    f"/c/{CAMPAIGN}/review",
    f"/c/{CAMPAIGN}/review/remarks",
    f"/c/{CAMPAIGN}/calendar",
    f"/c/{CAMPAIGN}/calendar/posted",
    f"/c/{CAMPAIGN}/calendar/repeat",
    f"/c/{CAMPAIGN}/queue/done",
    f"/c/{CAMPAIGN}/build",
    f"/c/{CAMPAIGN}/publish",
    f"/c/{CAMPAIGN}/publish/key",
    f"/c/{CAMPAIGN}/publish/target",
    f"/c/{CAMPAIGN}/alerts",
    f"/c/{CAMPAIGN}/alerts/drill",
    f"/c/{CAMPAIGN}/alerts/mothers-speak",
    f"/c/{CAMPAIGN}/alerts/mothers-speak/step",
    f"/c/{CAMPAIGN}/alerts/mothers-speak/upload",
)


def test_s8_every_address_that_writes_is_known_here() -> None:
    from stopjihad.studio.app import ROUTES

    found = {route.path for route in ROUTES if "POST" in (route.methods or ())}
    known = {
        path.replace(CAMPAIGN, "{slug}")
        .replace("mothers-speak", "{id}")
        .replace("/fr", "/{language}")
        for path in WRITING
    }
    assert found == known


@pytest.mark.parametrize("path", WRITING)
def test_s8_no_other_page_can_make_a_browser_write(studio: Running, path: str) -> None:
    body = b'{"digest": "", "changes": []}'
    json = {"content-type": "application/json"}
    own = {"origin": studio.address, "sec-fetch-site": "same-origin", **json}
    forged = [
        {"origin": "http://evil.example", **json},
        {"origin": "null", **json},
        {"origin": f"http://localhost:{studio.port}", **json},  # our other name is another origin
        {"origin": "", **json},
        {**own, "sec-fetch-site": "cross-site"},
        {**own, "sec-fetch-site": "same-site"},
        {**own, "sec-fetch-site": "none"},
        {**own, "cookie": ""},
        {**own, "cookie": f"stopjihad-{studio.port}=wrong"},
        {**own, "host": "evil.example"},
    ]
    for headers in forged:
        answer = studio.ask(path, "POST", body, **headers)
        assert answer.status in (403, 421), headers
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = studio.ask(path, "POST", body, **{**own, "content-type": kind})
        assert answer.status >= 400, kind


def test_s8_what_is_sent_is_bounded_and_checked(studio: Running) -> None:
    own = {"origin": studio.address, "content-type": "application/json"}
    path = f"/c/{CAMPAIGN}/points/mothers-speak"
    before = (studio.campaign / "points/mothers-speak.md").read_bytes()
    for body in (
        b"",
        b"[",
        b"null",
        b"{}",
        b"[" * 100_000,
        b'{"digest": "x", "changes": [{"op": "set", "path": [], "value": "x"}]}',
        b'{"digest": "x", "changes": [{"op": "set", "path": [1], "value": "x"}]}',
        b'{"digest": "x", "changes": [{"op": "set", "path": ["fact"], "value": 1}]}',
        b'{"digest": "x", "changes": [{"op": "run", "path": ["fact"], "value": "x"}]}',
        b'{"digest": "x", "changes": [], "more": 1}',
        b'{"digest": "x", "changes": [{"op": "set", "path": ["a","b","c","d","e","f"]}]}',
        b'{"digest": "x", "changes": [{"op": "set", "path": ["fact"], "value": [[[[[["x"]]]]]]}]}',
    ):
        answer = studio.ask(path, "POST", body, **own)
        assert 400 <= answer.status < 500, body[:80]
        assert b"refused" in answer.body or b"conflict" in answer.body
    huge = studio.ask(path, "POST", b" " * (2 * 1024 * 1024), **own)
    assert huge.status == 400
    assert (studio.campaign / "points/mothers-speak.md").read_bytes() == before


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "..",
        "a/b",
        "a\\b",
        "A",
        "x y",
        "x.md",
        "",
        "-",
        "a--b",
        "con.",
        "é",
        "x" * 90,
        "%00",
    ],
)
def test_s8_a_name_never_becomes_a_path(studio: Running, name: str) -> None:
    own = {"origin": studio.address, "content-type": "application/json"}
    sent = {"id": name, "fact": "x", "mode": "debunk", "pull_factor": "money"}
    before = sorted(studio.workspace.rglob("*"))
    answer = studio.ask(f"/c/{CAMPAIGN}/points", "POST", json.dumps(sent).encode(), **own)
    assert answer.status == 422
    now = [path for path in sorted(studio.workspace.rglob("*")) if ".stopjihad" not in path.parts]
    assert now == [path for path in before if ".stopjihad" not in path.parts]


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../../etc/passwd", "campaigns", "campaigns/stop-jihadism", "templates/x.html"],
)
def test_s8_only_files_of_the_campaign_are_opened(studio: Running, path: str) -> None:
    assert studio.ask(f"/c/{CAMPAIGN}/file?path={path}").status == 404
    own = {"origin": studio.address, "content-type": "application/json"}
    sent = json.dumps({"path": path, "text": "x", "digest": ""}).encode()
    assert studio.ask(f"/c/{CAMPAIGN}/file", "POST", sent, **own).status == 404
    line = json.dumps({"path": path, "number": 1, "was": "", "text": "x"}).encode()
    assert studio.ask(f"/c/{CAMPAIGN}/line", "POST", line, **own).status == 404


# ---- S9 problems that are shown

PAYLOADS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>'),
    *("'><iframe src=javascript:alert(1)>", "</title><script>alert(1)</script>", "{{ 7 * 7 }}"),
    *("{% raw %}", "<a href='javascript:alert(1)'>x</a>", "<style>*{display:none}</style>"),
    *("&lt;script&gt;", "<!--<script>", "]]><script>alert(1)</script>", "<base href=//evil>"),
    *("<form action=//evil>", "<meta http-equiv=refresh content=0;url=//evil>", "<object data=x>"),
    *("<math><mtext></mtext><script>alert(1)</script>", "<noscript><img src=x></noscript>"),
    *(
        "<details open ontoggle=alert(1)>",
        "<video onerror=alert(1)>",
        "<input autofocus onfocus=x>",
    ),
    *("javascript:alert(1)", "<embed src=x>", "<link rel=stylesheet href=//evil>"),
)


def test_s9_problems_are_text(own_studio: Running) -> None:
    assert len(PAYLOADS) == 24
    lines = "".join(f"  - {payload!r}: x\n" for payload in PAYLOADS)
    for number, payload in enumerate(PAYLOADS):
        name = payload.replace("/", "∕")[:60]
        (own_studio.campaign / f"{name}{number}").write_text("x", "utf-8")
        point = own_studio.campaign / f"points/bad-{number}.md"
        quoted = payload.replace("'", "''")
        point.write_text(f"---\n'{quoted}': x\nmode: '{quoted}'\n---\n{lines}", "utf-8")
    overlay = f"/c/{CAMPAIGN}/problems?overlay"
    names = [f"bad-{number}.md".encode() for number in range(len(PAYLOADS))]
    until(lambda: all(name in own_studio.ask(overlay).body for name in names), "not all are told")
    body = own_studio.ask(overlay).body.decode()
    inside = body.partition("<main")[2].partition("</main>")[0]
    data = '<script type="application/json" id="words">'
    assert inside.count("<script") == inside.count(data) == 1
    for tag in (
        "<img",
        "<svg",
        "<iframe",
        "<style",
        "<base",
        "<object",
        "<math",
        "<video",
        "<meta",
    ):
        assert tag not in inside, tag
    assert inside.count("<form") == inside.count(
        '<form method="dialog" class="mend-line" data-path="campaigns/'
    )
    assert inside.count("<input") == inside.count('<input type="text" name="text" value="')
    links = re.findall(r"<a [^>]*>", inside)
    own = f'target="_top" href="/c/{CAMPAIGN}/'
    assert all(own in link and "javascript" not in link for link in links)
    assert not re.search(r"<[^>]*\son[a-z]+=", re.sub(r'"[^"]*"', '""', inside))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in inside
    assert "{{ 7 * 7 }}" in inside
