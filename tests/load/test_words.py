"""The program's own words: PO files without contexts."""

from __future__ import annotations

from stopjihad.disk.cache import NoCache
from stopjihad.load.shared import load_shared
from stopjihad.load.sources import read_workspace
from stopjihad.load.words import read_words

from support.build import REPOSITORY

PO = """msgid ""
msgstr "Language: fr\\n"

msgid "Sponsor"
msgstr "Porteur"

#, fuzzy
msgid "Old"
msgstr "Vieux"

msgid "Empty"
msgstr ""

msgctxt "elsewhere"
msgid "With a context"
msgstr "Avec un contexte"
"""


def test_only_current_words_without_context_count() -> None:
    assert read_words(PO, "fr.po") == ({"Sponsor": "Porteur"}, [])


def test_mistakes_name_file_and_line() -> None:
    _, problems = read_words('msgid "a"\nmsgstr "b\n', "fr.po")
    assert problems
    assert {problem.path for problem in problems} == {"fr.po"}
    assert all(problem.line for problem in problems)


def test_the_theme_speaks_french_and_arabic() -> None:
    shared, problems = load_shared(read_workspace(REPOSITORY, "stop-jihadism"), NoCache())
    assert problems == []
    assert len(shared.words["fr"]) > 100
    assert len(shared.words["ar"]) > 100
