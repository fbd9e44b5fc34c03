"""Values that end in a line feed: ``$`` in a pattern lets it pass, so it is taken off before."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import msgspec
import pytest
from stopjihad.build.check.survey import survey
from stopjihad.check.texts import check_fields

BASE = Path(__file__).parents[1] / "invalid" / "_base"
DEMO = "campaigns/demo"

VALUES = (
    ("campaign.yaml", "source_language: en", r'source_language: "en\n"'),
    ("campaign.yaml", "id: relatives,", r'id: "relatives\n",'),
    ("campaign.yaml", "base_url: https://demo.example.org", r'base_url: "https://a.example\n"'),
    ("campaign.yaml", "updated: 2026-11-24", 'updated: "2026-11-24\\n"\nallow_hosts: ["a.org\\n"]'),
    ("campaign.yaml", "title: Demo", 'title: Demo\nbrand: {colours: {accent: "#0b6b5d\\n"}}'),
    ("helplines.yaml", 'e164: "+33800005696"', r'e164: "+33800005696\n"'),
    ("helplines.yaml", "country: FR", r'country: "FR\n"'),
    ("helplines.yaml", "url: https://example.org/line", r'url: "https://example.org/line\n"'),
    ("points/neighbours.md", "{id: un,", r'{id: "un\n",'),
)


@pytest.mark.parametrize(("file", "old", "new"), VALUES)
def test_no_value_keeps_it(file: str, old: str, new: str, tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(BASE, root)
    path = root / DEMO / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    project = survey(root, "demo", dt.date(2026, 11, 24)).project
    if project is None:
        return  # refused
    documents = [project.campaign, *project.points, project.helplines]
    assert not any(
        line.endswith('\\n"')
        for one in documents
        for line in msgspec.json.encode(one).decode().split(",")
        if '"body"' not in line
    )
    assert list(check_fields(project)) == []
