from __future__ import annotations

import pytest
from stopjihad.check.translation.hashtag import check_hashtag
from stopjihad.check.translation.pair import Pair
from stopjihad.model.translation import Message


def _found(language: str, text: str) -> list[tuple[str, str]]:
    pair = Pair(Message("campaign/hashtags", "FactsFirst", text), language, markdown=False)
    return [(item.code, item.severity) for item in check_hashtag(pair)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "LesFaitsDAbord"),
        ("fr", "#les faits d’abord"),
        ("de", "Zusammenhalten"),
        ("ar", "الحقائق_أولا"),
        ("ps", "لومړی حقایق"),
        ("bn", "আগে_তথ্য"),
        ("zh", "事实优先"),
        ("tr", "ÖnceGerçekler"),
    ],
)
def test_tags_that_platforms_link_pass(language: str, text: str):
    assert _found(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "severity"),
    [
        ("fr", "2026", "error"),
        ("ar", "#!؟", "error"),
        ("fr", "#LesFaits #Parlons", "error"),
        ("de", "FaktenZuerst, RedMit", "error"),
        ("ar", "الحقائق_أولا، تحدث", "error"),
        ("fr", "lesfaitsdabordtoujours", "warning"),
        ("ru", "фактыпреждевсегодела", "warning"),
    ],
)
def test_others_are_found(language: str, text: str, severity: str):
    assert _found(language, text) == [("translation-hashtag", severity)]
