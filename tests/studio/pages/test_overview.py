"""The overview says what is next, what is left of the sample, and nothing green that is not so."""

from __future__ import annotations

import html
import re

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


def test_11_nothing_green_stands_beside_a_helpline_that_nobody_called(studio: Running) -> None:
    text = studio.ask(f"/c/{CAMPAIGN}?interface=en").body.decode()
    assert "Helplines are fresh" not in text
    assert "Nobody has called them yet" in text
    assert "Upload the site" not in text, "it is not built yet"


def test_7_what_is_next_names_the_language_that_everything_waits_for(studio: Running) -> None:
    text = studio.ask(f"/c/{CAMPAIGN}?interface=en").body.decode()
    assert "Have English approved" in text


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
    assert place.endswith("/alerts/templates/attack-under-way.yaml")
