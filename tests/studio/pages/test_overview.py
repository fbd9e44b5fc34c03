"""The overview lists what a copy of the sample must still replace, and leads to each place."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from support.build import CAMPAIGN
from support.studio import Running

ROW = re.compile(rf'href="/c/{CAMPAIGN}/file\?path=([^"&]+)&amp;line=(\d+)"><code')


def checklist(studio: Running) -> list[tuple[str, int]]:
    """Give file and line of every row of the checklist."""
    text = studio.ask(f"/c/{CAMPAIGN}?interface=en").body.decode()
    _, _, rest = text.partition('id="o-yours"')
    part = rest.partition("</section>")[0]
    return [(unquote(html.unescape(path)), int(line)) for path, line in ROW.findall(part)]


def test_each_placeholder_of_the_sample_is_in_the_checklist(studio: Running) -> None:
    rows = checklist(studio)
    folder = f"campaigns/{CAMPAIGN}"
    files = {path for path, _ in rows}
    assert len(rows) >= 20
    assert {f"{folder}/{name}" for name in ("campaign.yaml", "helplines.yaml")} <= files
    assert f"{folder}/pages/about.md" in files
    for path, line in rows:
        text = (studio.workspace / path).read_text("utf-8").splitlines()[line - 1]
        assert re.search(r"example\.org|[Ss]ample|sponsor does not exist|how: read", text), text


def test_a_row_leads_to_the_file_at_its_line(studio: Running) -> None:
    path, line = checklist(studio)[0]
    answer = studio.ask(f"/c/{CAMPAIGN}/file?path={path}&line={line}")
    assert answer.status == 200


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
