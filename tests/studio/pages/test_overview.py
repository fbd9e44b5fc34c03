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
