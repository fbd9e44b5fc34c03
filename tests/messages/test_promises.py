"""Words of listening, grief, women, a way out or money are found above a number of the police."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from stopjihad.lexicon.phrases import phrases

LABELS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("promises.yaml").read_text("utf-8")
)


def promises(label: str, language: str) -> bool:
    sets = (phrases(language, "SAF06"), phrases(language, "SAF06-threat"))
    return any(any(one.hits(label)) for one in sets if one)


@pytest.mark.parametrize("language", LABELS)
def test_what_promises_is_told_from_what_does_not(language: str) -> None:
    known = LABELS[language]
    assert [one for one in known["promise"] if not promises(one, language)] == []
    assert [one for one in known["plain"] if promises(one, language)] == []


def test_thirty_labels_are_known_in_each_of_four_languages() -> None:
    counted = {tag: sum(map(len, known.values())) for tag, known in LABELS.items()}
    assert all(counted[tag] >= 30 for tag in ("en", "fr", "de", "ar"))
