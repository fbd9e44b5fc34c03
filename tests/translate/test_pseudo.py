from __future__ import annotations

from pathlib import Path

from stopjihad.load.po import read_po
from stopjihad.text import po
from stopjihad.text.language.pseudo import TAGS
from stopjihad.translate.po_files import read_known
from stopjihad.translate.round_trip import write_pseudo
from stopjihad.view.source_segments import project_segments

from support.build import REPOSITORY
from support.campaign import generated_project


def test_campaign_and_theme_are_complete_in_both(tmp_path: Path):
    project = generated_project(2)
    theme = (REPOSITORY / "templates/locale/theme.pot").read_text(encoding="utf-8")
    words = {entry.source for entry in po.scan(theme).entries if entry.source}
    for tag in TAGS:
        paths = write_pseudo(tmp_path, project, tag)
        assert paths == (f"campaigns/generated/locale/{tag}.po", f"templates/locale/{tag}.po")
        found, problems = read_po(read_known(tmp_path, paths[0]).text, paths[0], tag)
        assert problems == []
        assert len(found.messages) == len(project_segments(project))
        texts = {entry.source for entry in po.scan(read_known(tmp_path, paths[1]).text).entries}
        assert texts - {""} == words


def test_doing_it_twice_is_doing_it_once(tmp_path: Path):
    project = generated_project(1)
    (path, _) = write_pseudo(tmp_path, project, "en-XA")
    before = read_known(tmp_path, path).text
    write_pseudo(tmp_path, project, "en-XA")
    assert read_known(tmp_path, path).text == before
