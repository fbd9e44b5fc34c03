"""The generated campaign of the benchmarks can be built, whatever its numbers draw."""

from __future__ import annotations

import sys

import pytest

from support.build import REPOSITORY


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.syspath_prepend(str(REPOSITORY / "bench"))
    import corpus

    yield corpus
    sys.modules.pop("corpus", None)


def test_no_text_of_a_body_stands_there_twice(corpus: object) -> None:
    """Number 852 drew one question as heading and as item: its files of translations broke."""
    for number in range(845, 860):
        point = corpus.Point(number)
        for block in (point.texts["en"]["body"],):
            texts = [one for text in block for one, _ in corpus._segments(text, text)]
            assert len(texts) == len(set(texts)), number
