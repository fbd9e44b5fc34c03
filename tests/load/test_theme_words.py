"""Words of the theme that a workspace writes itself win string by string."""

from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.disk.cache import ByteMemory
from stopjihad.load.copies import copied_file, copied_names, theme_files
from stopjihad.load.templates import load_shared
from stopjihad.load.theme_words import own_words
from stopjihad.load.workspace import read_workspace
from stopjihad.model.options import Shared
from stopjihad.problem import Problem
from stopjihad.view.forms_of_address import INFORMAL

KEPT = ByteMemory()
TWO = """\
msgid ""
msgstr ""
"Language: fr\\n"

msgid "Sponsor"
msgstr "Parrain"

msgid "Last updated: %(day)s"
msgstr "Dernière mise à jour : %(day)s"
"""


def shared(root: Path, files: dict[str, str | bytes]) -> tuple[Shared, list[Problem]]:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    (root / "campaigns" / "demo").mkdir(parents=True, exist_ok=True)
    return load_shared(read_workspace(root, "demo"), KEPT)


def test_two_strings_leave_all_others_as_they_were(tmp_path: Path) -> None:
    built_in, problems = shared(tmp_path / "none", {})
    own, more = shared(tmp_path / "two", {"templates/locale/fr.po": TWO})
    assert problems == more == []
    two = {"Sponsor": "Parrain", "Last updated: %(day)s": "Dernière mise à jour : %(day)s"}
    assert own.words["fr"] == built_in.words["fr"] | two
    assert own.words["fr"] != built_in.words["fr"]
    assert own.words["de"] == built_in.words["de"]
    assert len(own.words["fr"]) > 300


def test_a_sentence_said_anew_has_no_informal_form_but_its_own(tmp_path: Path) -> None:
    own = 'msgid ""\nmsgstr ""\n\nmsgid "Did you know?"\nmsgstr "Bekannt?"\n'
    form = '\nmsgctxt "informal"\nmsgid "Pass it on"\nmsgstr "Weitersagen"\n'
    built_in, _ = shared(tmp_path / "none", {})
    said, _ = shared(tmp_path / "own", {"templates/locale/de.po": own + form})
    assert built_in.words["de"][f"{INFORMAL}Did you know?"] == "Wusstest du das?"
    assert f"{INFORMAL}Did you know?" not in said.words["de"]
    assert said.words["de"][f"{INFORMAL}Pass it on"] == "Weitersagen"
    assert said.words["de"]["Pass it on"] == built_in.words["de"]["Pass it on"]


def test_words_of_the_team_win_string_by_string_too(tmp_path: Path) -> None:
    text = 'msgid ""\nmsgstr ""\n\nmsgid "Dossier"\nmsgstr "Fiche"\n'
    built_in, _ = shared(tmp_path / "none", {})
    own, _ = shared(tmp_path / "own", {"templates/team/locale/fr.po": text})
    assert own.team_words["fr"] == built_in.team_words["fr"] | {"Dossier": "Fiche"}


def test_own_words_know_their_lines_and_all_messages(tmp_path: Path) -> None:
    shared(tmp_path, {"templates/locale/fr.po": TWO})
    found = own_words(read_workspace(tmp_path, "demo"))
    ((catalogue,), known) = found.catalogues, found.known["locale"]
    assert [message.line for message in catalogue.messages] == [5, 8]
    assert {message.source for message in catalogue.messages} < known
    assert own_words(read_workspace(tmp_path / "campaigns", "demo")).catalogues == ()


def test_every_built_in_file_can_be_copied_and_changes_nothing_but_its_first_line(
    tmp_path: Path,
) -> None:
    copies = {name: copied_file(name) for name in copied_names()}
    assert {"templates/site/help.html", "assets/site.css", "templates/cards/fact.yaml"} <= set(
        copies
    )
    before, _ = shared(tmp_path / "none", {})
    after, problems = shared(tmp_path / "all", dict(copies))
    assert problems == []
    assert (after.designs, after.drawings, after.post_templates) == (
        before.designs,
        before.drawings,
        before.post_templates,
    )
    said = b"Copied from templates/site/help.html of stopjihad "
    assert copies["templates/site/help.html"].startswith(b"{# " + said)
    assert b"Copied from assets/site.css" in copies["assets/site.css"].partition(b"\n")[0]


@pytest.mark.parametrize("tag", ["fr", "it"])
def test_a_file_for_the_words_of_a_language_changes_nothing_until_something_is_written(
    tmp_path: Path, tag: str
) -> None:
    before, _ = shared(tmp_path / "none", {})
    after, problems = shared(tmp_path / "own", dict(theme_files(tag)))
    assert problems == []
    assert after.words.get(tag, {}) == before.words.get(tag, {})
    assert ("#. The program says: " in theme_files(tag)[f"templates/locale/{tag}.po"]) == (
        tag == "fr"
    )
