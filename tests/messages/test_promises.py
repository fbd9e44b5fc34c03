"""Words of listening, grief, women, a way out or money are found above a number of the police."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
import yaml
from stopjihad.catalog.terms import NEEDS
from stopjihad.lexicon.phrases import phrases
from stopjihad.model.helpline import SECURITY_NEEDS

from support.theme_messages import LOCALE

LABELS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("promises.yaml").read_text("utf-8")
)


SECRETS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("secrets.yaml").read_text("utf-8")
)


def promises(label: str, language: str) -> bool:
    sets = (phrases(language, "SAF06"), phrases(language, "SAF06-threat"))
    return any(any(one.hits(label)) for one in sets if one)


@pytest.mark.parametrize("language", LABELS)
def test_what_promises_is_told_from_what_does_not(language: str) -> None:
    known = LABELS[language]
    assert [one for one in known["promise"] if not promises(one, language)] == []
    assert [one for one in known["plain"] if promises(one, language)] == []


@pytest.mark.parametrize("language", SECRETS)
def test_a_promised_secret_is_told_from_advice_to_ask(language: str) -> None:
    known, secret = SECRETS[language], phrases(language, "SAF06-secret")
    assert secret
    assert [one for one in known["secret"] if not any(secret.hits(one))] == []
    assert [one for one in known["plain"] if any(secret.hits(one))] == []


def test_thirty_labels_are_known_in_each_of_four_languages() -> None:
    counted = {tag: sum(map(len, known.values())) for tag, known in LABELS.items()}
    assert all(counted[tag] >= 30 for tag in ("en", "fr", "de", "ar"))


@pytest.mark.parametrize("path", sorted(LOCALE.glob("*.po")), ids=lambda path: path.stem)
def test_the_themes_own_words_promise_above_others_and_not_above_the_police(path: Path) -> None:
    words = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    police = {NEEDS[need].text for need in SECURITY_NEEDS} | {"Helpline: {helpline}"}
    others = {"Talk to someone who listens", "Talk to someone", "For women"}
    assert [one for one in police if promises(words[one], path.stem)] == []
    assert [one for one in others if not promises(words[one], path.stem)] == []
