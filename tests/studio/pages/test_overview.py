"""The overview says what is next, what is left of the sample, and nothing green that is not so."""

from __future__ import annotations

import html
import re

import pytest
from stopjihad.studio.pages import export

from support.build import CAMPAIGN
from support.studio import Running

ROW = re.compile(r'<li><a href="([^"]+)">([^<]+)</a> ([^<]+)')


def checklist(studio: Running) -> list[tuple[str, str]]:
    """Give the address and the words of every row of the checklist."""
    text = studio.ask(f"/c/{CAMPAIGN}?interface=en").body.decode()
    _, _, rest = text.partition('id="o-yours"')
    part = rest.partition("</section>")[0]
    return [(html.unescape(address), words) for address, _, words in ROW.findall(part)]


def test_what_is_left_of_the_sample_is_asked_in_words_and_leads_to_its_form(
    studio: Running,
) -> None:
    rows = checklist(studio)
    assert "Say who stands behind this campaign." in {words.strip() for _, words in rows}, rows
    base = f"/c/{CAMPAIGN}"
    led = {address for address, _ in rows}
    assert {f"{base}/campaign/sponsor", f"{base}/campaign/lines", f"{base}/pages/about"} <= led
    assert not [address for address in led if "/file?" in address]
    for address in led:
        assert studio.ask(address).status == 200, address


def test_one_thing_that_is_left_leads_to_the_next_and_then_it_is_ours(own_studio: Running) -> None:
    base = f"/c/{CAMPAIGN}"
    first = own_studio.ask(f"{base}/campaign/left")
    assert first.status == 303
    here = first.one("location").partition("#")[0]
    after = own_studio.ask(f"{base}/campaign/left?after={here}").one("location")
    assert after.partition("#")[0] not in {here, f"{base}/publish"}
    own = {"origin": own_studio.address, "content_type": "application/json"}
    assert own_studio.ask(f"{base}/campaign/left", "POST", b"{}", **own).status == 200
    text = (own_studio.campaign / "campaign.yaml").read_text("utf-8")
    assert re.search(r'^sample: "?false"?$', text, re.MULTILINE)


def test_11_nothing_green_stands_beside_a_helpline_that_nobody_called(studio: Running) -> None:
    text = studio.ask(f"/c/{CAMPAIGN}?interface=en").body.decode()
    assert "Helplines are fresh" not in text
    assert "Nobody has called them yet" in text
    assert "Upload the site" not in text, "it is not built yet"


def test_7_what_is_next_names_the_language_that_everything_waits_for(studio: Running) -> None:
    text = studio.ask(f"/c/{CAMPAIGN}?interface=en").body.decode()
    assert "Have English approved" in text


def test_11_the_badge_does_not_say_no_problems_beside_sentences_that_nobody_read(
    studio: Running,
) -> None:
    text = studio.ask(f"/c/{CAMPAIGN}/badge?interface=en").body.decode()
    assert "No problems" not in text
    assert re.search(r'data-notes="([1-9]\d*)">\1 notes</a>', text), text
    assert "Nothing is left to read" not in studio.ask(f"/c/{CAMPAIGN}/review").body.decode()


def test_11_a_download_of_nothing_says_so_instead(
    studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "entries", lambda live: ())
    given = studio.ask(f"/c/{CAMPAIGN}/export/buffer?language=fr&format=xlsx")
    assert given.status == 303
    address = given.one("location")
    assert address == f"/c/{CAMPAIGN}/export?format=buffer&language=fr"
    page = studio.ask(f"{address}&interface=en").body.decode()
    assert "There is nothing to download." in page


def test_home_says_three_things_first_and_whose_they_are(studio: Running) -> None:
    text = studio.ask(f"/c/{CAMPAIGN}?interface=en").body.decode()
    _, _, rest = text.partition('id="o-next"')
    first, _, others = rest.partition("</section>")[0].partition("<details>")
    assert first.count("<a ") == 3
    assert others.count("<a ") > 3
    assert "What is next</h2>" in first
    own = studio.ask(f"/c/{CAMPAIGN}?interface=en", author="N%C3%B6ur").body.decode()
    assert "Next for Nöur</h2>" in own


def test_home_says_who_waits_for_whom_and_what_is_posted_next(studio: Running) -> None:
    text = studio.ask(f"/c/{CAMPAIGN}?interface=en").body.decode()
    waits = text.partition('id="o-waits"')[2].partition("</section>")[0]
    assert f'href="/c/{CAMPAIGN}/review?language=fr">for an approval' in waits
    soon = text.partition('id="o-week"')[2].partition("</section>")[0]
    posts = re.findall(r'<a href="([^"]*calendar\?week=[^"]+)">', soon)
    assert 0 < len(posts) <= 4
    assert studio.ask(html.unescape(posts[0])).status == 200


def test_8_every_word_to_be_corrected_leads_to_a_page_that_is_there(studio: Running) -> None:
    from stopjihad.studio.pages.review import place_of
    from stopjihad.translate.po_files import read_project

    project = read_project(studio.workspace, CAMPAIGN)
    for context in (
        "pages/about/title",
        "helplines/x/name",
        "responses/1.answer",
        "campaign/title",
    ):
        address = f"/c/{CAMPAIGN}{place_of(project, 'en', context)}"
        assert studio.ask(address).status == 200, address
    place = place_of(project, "en", "alerts/attack-under-way/headline")
    assert place == "/campaign/alerts/attack-under-way"
