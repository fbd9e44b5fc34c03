"""The small parts: messages, injected script, language of the interface."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import itertools
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from stopjihad.studio.live.follower import MOST, concerns, message, saves
from stopjihad.studio.live.snapshot import StateChange
from stopjihad.studio.reload import WAITING, Hub, PageOrigin, below, with_reload
from stopjihad.studio.templates import own_files

from support.build import CAMPAIGN
from support.studio import PAGE, Running

T = TypeVar("T")


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run in a thread: in this one, tests in browsers may have left a loop that runs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


ORIGIN = PageOrigin("a-campaign", "site/en/index.html", "3", "ours")
POLICY = b'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'


def test_the_script_comes_in_and_the_policy_that_forbids_it_goes() -> None:
    page = b"<head>\n" + POLICY + b"<title>x</title>\n</head><body></head>"
    assert with_reload(page, ORIGIN, b"follow();") == (
        b'<head>\n<title>x</title>\n<script data-campaign="a-campaign"'
        b' data-output="site/en/index.html" data-version="3" data-studio="ours">'
        b"follow();</script>\n"
        b"</head><body></head>"
    )


def test_what_the_script_is_told_cannot_break_out() -> None:
    page = with_reload(b"</head>", PageOrigin('"><script>', "'<&>", "1", ""), b"")
    assert page.count(b"<script") == 1
    assert b"&lt;script&gt;" in page


def test_links_of_the_404_page_lead_into_the_preview() -> None:
    page = b'<a href="/x/en/">a</a><a href="https://x.org/x/">b</a><img src="/x/a.png">'
    assert below(page, "/x/", "/out/c/site/") == (
        b'<a href="/out/c/site/en/">a</a><a href="https://x.org/x/">b</a>'
        b'<img src="/out/c/site/a.png">'
    )
    assert below(b'<a href="//evil">', "/", "/out/") == b'<a href="//evil">'


def test_messages_name_what_changed_or_everything() -> None:
    few = message(StateChange(7, frozenset({"site/b", "site/a"}), 1, 5, 2))
    assert few == b'{"version":7,"errors":1,"warnings":5,"notes":2,"outputs":["site/a","site/b"]}'
    many = message(StateChange(8, frozenset(map(str, range(MOST + 1))), 0, 0, 0))
    assert many == b'{"version":8,"errors":0,"warnings":0,"notes":0,"outputs":null}'


def test_listeners_hear_their_campaign_only_and_all_end() -> None:
    async def play() -> None:
        hub = Hub("ours")
        one, other = hub.listen("one", lambda: b"1"), hub.listen("other", lambda: b"2")
        assert await anext(one) == b"retry: 500\nevent: ours\ndata: 1\n\n"
        assert await anext(other) == b"retry: 500\nevent: ours\ndata: 2\n\n"
        hub.tell("one", b"{}")
        assert await anext(one) == b"event: ours\ndata: {}\n\n"
        for _ in range(WAITING + 5):  # nobody reads: the queue stays small, the stream is cut off
            hub.tell("other", b"{}")
        with pytest.raises(StopAsyncIteration):
            await anext(other)
        hub.close()
        with pytest.raises(StopAsyncIteration):
            await anext(one)
        assert hub.listeners == 0

    in_a_loop(play())


def test_what_is_told_while_a_page_begins_to_listen_is_not_missed() -> None:
    """A page that was loaded at that moment never heard of the change."""

    async def play() -> None:
        hub, now = Hub("ours"), [b"1"]
        stream = hub.listen("one", lambda: now[0])
        now[0] = b"2"  # between the answer and its first line
        hub.tell("one", b"2")
        assert (await anext(stream)).endswith(b"data: 2\n\n")

    in_a_loop(play())


def test_only_saves_that_may_matter_concern_a_campaign() -> None:
    root = Path("/w")
    assert concerns(root, "a", [])
    assert concerns(root, "a", [root / "campaigns/a/points/x.md"])
    assert concerns(root, "a", [root / "templates/site/base.html"])
    assert not concerns(root, "a", [root / "campaigns/b/points/x.md"])
    assert not concerns(root, "a", [root / "campaigns/ab"])


def test_saves_are_noticed_also_in_folders_that_come_later(tmp_path: Path) -> None:
    (tmp_path / "campaigns").mkdir()

    async def play() -> list[str]:
        stop, looked_again = asyncio.Event(), asyncio.Event()
        found: list[str] = []

        async def write() -> None:
            await asyncio.sleep(0.3)
            (tmp_path / "campaigns/x.md").write_text("x", "utf-8")
            await asyncio.sleep(0.3)
            (tmp_path / "templates").mkdir()
            await looked_again.wait()
            await asyncio.sleep(0.3)
            (tmp_path / "templates/y.html").write_text("y", "utf-8")

        writing = asyncio.create_task(write())
        async for paths in saves(tmp_path, stop):
            found.append("".join(sorted(path.name for path in paths)))
            if not paths:
                looked_again.set()
            if "y.html" in found[-1]:
                stop.set()
        await writing
        return found

    # One save may be told twice: its file is made, then written.
    told = in_a_loop(asyncio.wait_for(play(), 15))
    assert [name for name, _ in itertools.groupby(told)] == ["x.md", "", "y.html"]


@pytest.mark.parametrize(
    ("wanted", "lang"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9", "fr"),
        ("de, en;q=0.5, fr;q=0.7", "fr"),
        ("fr;q=0.2,en-GB", "en"),
        ("xx", "en"),
        (";;;q=,,\\", "en"),
    ],
)
def test_the_interface_speaks_the_readers_language(studio: Running, wanted: str, lang: str) -> None:
    answer = studio.ask(f"/c/{CAMPAIGN}", accept_language=wanted)
    assert answer.one("content-language") == lang
    assert f'<html lang="{lang}"'.encode() in answer.body


def test_the_chosen_language_is_remembered(studio: Running) -> None:
    answer = studio.ask(f"/c/{CAMPAIGN}?interface=fr")
    assert answer.one("content-language") == "fr"
    chosen = answer.one("set-cookie").partition(";")[0]
    again = studio.ask(f"/c/{CAMPAIGN}", cookie=f"{studio.cookie}; {chosen}")
    assert again.one("content-language") == "fr"
    own = {"interface_language": "en"}  # a page in English renews itself after that choice
    kept = studio.ask(f"/c/{CAMPAIGN}?interface=fr", cookie=f"{studio.cookie}; {chosen}", **own)
    assert kept.one("content-language") == "en"
    assert kept.all("set-cookie") == []
    assert studio.ask(f"/c/{CAMPAIGN}?interface=<xx>").one("content-language") == "en"


def test_addresses_of_folders_lead_to_their_page(studio: Running) -> None:
    answer = studio.ask(PAGE.rstrip("/"))
    assert answer.status == 308
    assert answer.one("location") == PAGE
    assert studio.ask(PAGE).status == 200
    assert studio.ask(f"{PAGE}index.html").status == 200


def test_published_pages_are_unchanged_but_for_script_and_policy(
    studio: Running, small: Path
) -> None:
    inner = PAGE.removeprefix(f"/out/{CAMPAIGN}/") + "index.html"
    own = (small / inner).read_bytes()
    assert own.count(b"<script") == own.count(b'<script type="application/ld+json">')
    served, script = studio.ask(PAGE), own_files().assets["reload.js"].data
    assert served.body.count(script) == 1
    assert len(served.body) - len(own) - len(script) < 300
    (rule,) = re.findall("script-src ([^;]*)", served.one("content-security-policy"))
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    assert rule == f"'sha256-{digest}'"
    assert b"</script" not in script


def test_the_list_names_every_language_and_draft(studio: Running) -> None:
    body = studio.ask(f"/c/{CAMPAIGN}/made?language=ar").body.decode()
    for word in ("العربية", "français", "telegram", "site/ar/feed.xml", "posts/posts.json"):
        assert word in body, word
    assert studio.ask(f"/c/{CAMPAIGN}/made?language=%3Cscript%3E").status == 200
