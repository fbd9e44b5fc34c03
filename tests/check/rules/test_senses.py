"""What is asked quickly of a lexicon of senses agrees with what reading every sense finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from stopjihad.catalog.senses import sense_languages
from stopjihad.check.rules.scales import HARM, TOPIC
from stopjihad.check.rules.senses import Senses, senses
from stopjihad.check.rules.weighed import DENIALS
from stopjihad.text.fold import fold
from stopjihad.text.letters import WORD

from support.sentences import labelled, sets

GROUPS = (TOPIC, HARM, DENIALS)
SAMPLE = 7
"""Of so many sentences one is read."""


def read(language: str) -> Iterator[list[str]]:
    """Give the folded words of sentences."""
    texts = [text for path in sets(language) for _, text in labelled(path)]
    for text in texts[::SAMPLE]:
        yield WORD.findall(fold(text))


def known(language: str) -> Senses:
    found = senses(language)
    assert found is not None
    return found


@pytest.mark.parametrize("language", sense_languages())
def test_a_quick_look_finds_what_reading_finds(language: str) -> None:
    lexicon = known(language)
    every = list(read(language))
    telling = lexicon.among({token for tokens in every for token in tokens}, GROUPS)
    seen = set()
    for tokens in every:
        heard = lexicon.hear(tokens)
        found = lexicon.find(heard)
        for group, words in zip(GROUPS, telling, strict=True):
            speaks = lexicon.speaks(lexicon.hear(tokens), group, words)
            assert speaks == (not group.isdisjoint(found)), (tokens, group)
            assert speaks <= lexicon.may_speak(heard, group, words), (tokens, group)
            seen.add(speaks)
    assert seen == {False, True}


@pytest.mark.parametrize("language", sense_languages())
def test_words_among_many_tell_what_a_sentence_speaks_of(language: str) -> None:
    lexicon = known(language)
    every = list(read(language))
    telling = lexicon.among({token for tokens in every for token in tokens}, GROUPS)
    for tokens in every:
        for group, words in zip(GROUPS, telling, strict=True):
            if not group.isdisjoint(lexicon.find(lexicon.hear(tokens))):
                assert not words.isdisjoint(tokens), (tokens, group)
