"""Inputs that many batches show are decoded once, and never mistaken for others of their name."""

from __future__ import annotations

import hashlib
import json

from stopjihad.model.step import Input
from stopjihad.plan import decoded
from stopjihad.plan.decoded import StepInputs


def inputs(name: str, value: object) -> dict[str, Input]:
    data = json.dumps(value).encode()
    return {name: Input(name, hashlib.sha256(data).hexdigest(), data)}


def test_a_language_s_words_outlive_a_batch() -> None:
    one = StepInputs(inputs("words/fr", {"Help": "Aide"})).value("words/fr")
    other = StepInputs(inputs("words/fr", {"Help": "Aide"})).value("words/fr")
    assert one == {"Help": "Aide"}
    assert one is other


def test_informal_words_are_one_object_for_all_who_ask() -> None:
    """Pages of a language share what is made of its words: found by the words' identity."""
    given = inputs("words/fr", {"Talk": "Parlez", "informal\x04Talk": "Parle", "Source": "Source"})
    one, other = (
        StepInputs(given).words("fr", informal=True),
        StepInputs(given).words("fr", informal=True),
    )
    assert (one["Talk"], one["Source"]) == ("Parle", "Source")
    assert one is other
    assert StepInputs(given).words("fr", informal=False)["Talk"] == "Parlez"


def test_words_that_changed_are_decoded_anew() -> None:
    """The studio renders for hours: words and templates change under the same name."""
    for said in ("Aide", "Au secours", "Aide"):
        given = inputs("words/fr", {"Help": said})
        assert StepInputs(given).value("words/fr") == {"Help": said}
        source = inputs("theme", {"texts": {"page.html": said}})
        assert StepInputs(source).theme().templates == (("page.html", said),)


def test_no_more_are_kept_than_a_build_needs() -> None:
    for number in range(3 * decoded._MOST):
        StepInputs(inputs("words/fr", {"Help": str(number)})).value("words/fr")
    assert len(decoded._common) <= decoded._MOST
