"""The calendar: weeks and months, the words and the pictures of a post."""

from __future__ import annotations

import html
import io
import re
import zipfile

from support.build import CAMPAIGN
from support.studio import POINT, Running

BASE = f"/c/{CAMPAIGN}"
WEEK = "2026-11-30"


def page(studio: Running, query: str) -> str:
    answer = studio.ask(f"{BASE}/calendar?interface=en&{query}")
    assert answer.status == 200
    return html.unescape(answer.body.decode())


def test_a_month_has_whole_weeks_and_each_post_leads_to_its_week(studio: Running) -> None:
    text = page(studio, f"by=month&week={WEEK}")
    days = re.findall(r'data-day="([^"]+)"', text)
    assert (days[0], days[-1], len(days)) == ("2026-10-26", "2026-12-06", 42)
    assert re.search(r'<a href="\?by=week&platform=&language=&week=2026-12-0\d"><strong>', text)
    assert 'week=2026-10-31" aria-label="Month before"' in text
    assert 'week=2026-12-02" aria-label="Month after"' in text
    last = page(studio, "by=month&week=9999-12-31")
    assert 'data-day="9999-' in last


def test_a_post_leads_to_where_its_words_are_written(studio: Running) -> None:
    text = page(studio, f"by=week&week={WEEK}")
    led = set(re.findall(rf'href="({BASE}/(?:points|translate)/[^"]+)">Its words', text))
    assert f"{BASE}/points/{POINT}#f-posts.x" in led
    assert f"{BASE}/translate/fr?of={POINT}" in led
    for address in led:
        assert studio.ask(address.partition("#")[0]).status == 200, address


def test_all_pictures_of_a_post_are_one_file(studio: Running) -> None:
    text = page(studio, f"by=week&week={WEEK}")
    packed = re.findall(r'href="([^"]+/calendar/pictures[^"]+)"', text)
    assert packed
    answer = studio.ask(packed[0])
    assert answer.status == 200
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        names = archive.namelist()
        assert names
        assert all(archive.read(name)[:4] in {b"\x89PNG", b"\xff\xd8\xff\xe0"} for name in names)
    assert studio.ask(f"{BASE}/calendar/pictures?point=nobody&moment=").status == 404
