"""What the team's pages say: in step with their templates, whole in each language there is."""

from __future__ import annotations

import re

import polib
import pytest

from support import team_messages

LANGUAGES = sorted(path.stem for path in team_messages.LOCALE.glob("*.po"))
PLACE = re.compile(r"%\([a-z_]+\)s")


def test_the_template_of_the_catalogues_is_in_step():
    """Mend with ``PYTHONPATH=tests .venv/bin/python -m support.team_messages``."""
    stored = [entry.msgid for entry in polib.pofile(str(team_messages.LOCALE / "team.pot"))]
    assert stored == list(team_messages.collect())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_translated_and_keeps_its_places(lang):
    entries = polib.pofile(str(team_messages.LOCALE / f"{lang}.po"))
    assert [entry.msgid for entry in entries] == list(team_messages.collect())
    for entry in entries:
        assert entry.msgstr, entry.msgid
        assert not entry.fuzzy
        assert sorted(PLACE.findall(entry.msgstr)) == sorted(PLACE.findall(entry.msgid))


def test_there_are_catalogues():
    assert {"ar", "de", "fr"} <= set(LANGUAGES)
