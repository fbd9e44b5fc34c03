"""Sentences that nobody of this project wrote judge the frames and the reading list.

They are not ours to ship: the test reads them from a folder beside the repository, CSV files as
``bench/foreign.py`` describes them (HateCheck and Multilingual HateCheck, CC BY 4.0).
"""

from __future__ import annotations

import sys
from collections import defaultdict

import pytest

from support.build import REPOSITORY

SETS = (
    REPOSITORY.parent / "shared" / "data" / "hatecheck",
    REPOSITORY.parents[1] / "shared" / "data" / "hatecheck",
)
LANGUAGES = {"en", "fr", "nl", "de", "ar"}


@pytest.mark.judge
def test_fair_sentences_pass_and_a_person_sees_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = next((path for path in SETS if path.is_dir()), None)
    if folder is None:
        pytest.skip(
            f"needs labelled sentences of HateCheck (columns text, label, target) in {SETS[0]}:"
            " see bench/foreign.py"
        )
    monkeypatch.syspath_prepend(str(REPOSITORY / "bench"))
    import foreign

    try:
        judged = foreign.judge(foreign.sentences(folder))
    finally:
        sys.modules.pop("foreign", None)
    fair: dict[str, list[bool]] = defaultdict(list)
    named: dict[str, list[bool]] = defaultdict(list)
    for one in judged:
        if one.sentence.label == "hateful":
            if one.named:
                named[one.sentence.language].append(one.seen)
        else:
            fair[one.sentence.language].append(one.refused)
    assert fair.keys() >= LANGUAGES
    assert named.keys() >= LANGUAGES
    for language, refused in fair.items():
        assert len(refused) >= 100
        assert sum(refused) / len(refused) <= foreign.MOST_REFUSED, language
    for language, seen in named.items():
        assert len(seen) >= 200
        assert sum(seen) / len(seen) >= foreign.LEAST_SEEN, language
