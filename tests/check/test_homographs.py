"""Names and set phrases that only look like a faith or a people are never refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from stopjihad.catalog.frames import frame_languages

from support.sentences import broken

EXAMPLES = yaml.safe_load(Path(__file__).with_name("homographs.yaml").read_text("utf-8"))
LEAST = 200


@pytest.mark.parametrize("language", frame_languages())
def test_no_name_is_refused(language: str) -> None:
    refused = [text for text in EXAMPLES[language] if {"LNG02", "LNG04"} & broken(language, text)]
    assert refused == []


def test_there_are_many() -> None:
    assert sum(map(len, EXAMPLES.values())) >= LEAST
