"""The interface says everything in each of its languages."""

from __future__ import annotations

import re

import pytest
from stopjihad.catalog.schedulers import SCHEDULERS
from stopjihad.studio.templates import own_files

from support.build import REPOSITORY

_CALL = re.compile(r"""\b_{1,2}\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*[,)]""")
_MARKED = re.compile(r"""\bmark_translatable\(\s*"((?:[^"\\]|\\.)*)"\s*\)""")
_PLACE = re.compile(r"%\(\w+\)s")


def messages() -> set[str]:
    """Collect what templates and code say."""
    found = set()
    for path in (REPOSITORY / "templates/studio").rglob("*.html"):
        found |= {match[1] or match[2] for match in _CALL.finditer(path.read_text("utf-8"))}
    for path in (REPOSITORY / "stopjihad/studio").rglob("*.py"):
        found |= {match[1] for match in _MARKED.finditer(path.read_text("utf-8"))}
    return found | {step for one in SCHEDULERS.values() for step in one.steps}


@pytest.mark.parametrize("language", sorted(own_files().words.keys() - {"en"}))
def test_every_word_is_translated_and_none_is_left_over(language: str) -> None:
    words = own_files().words[language]
    said = messages()
    assert len(said) > 300
    assert sorted(said - words.keys()) == []
    assert sorted(words.keys() - said) == []
    for message, translation in words.items():
        assert sorted(_PLACE.findall(message)) == sorted(_PLACE.findall(translation)), message


def test_templates_say_nothing_outside_of_the_catalogue() -> None:
    """Text between tags that no call translates would stay English for everyone."""
    for path in (REPOSITORY / "templates/studio").rglob("*.html"):
        text = re.sub(
            r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL
        )
        bare = re.sub(r"<(script|style).*?</\1>", "", text, flags=re.DOTALL)
        bare = re.sub(r'\s(?:data|aria)-[a-z-]+(="[^"]*")?', "", bare)
        words = re.findall(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>", " ", bare))
        assert words == [], path.name
        names = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"{]*[A-Za-z]{2}[^"]*)"', text)
        assert [name for name in names if name != "https://"] == [], path.name
