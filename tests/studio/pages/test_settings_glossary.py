"""A word of the glossary changes its own row; all other rows stay byte for byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from stopjihad.load.glossary import read_glossary
from stopjihad.studio.answers import RefusedRequest
from stopjihad.studio.pages.settings_glossary import SentTerm, with_term

from support.build import CAMPAIGN
from support.studio import Running

FILE = (
    'term,note,en,fr,forbidden\nISIS,"First, so",ISIS,Daech,en:Daesh|it:Isis\nfact,,fact,le fait,\n'
)


def sent(**values: Any) -> SentTerm:
    return SentTerm(**{"was": "ISIS", "term": "ISIS", "tag": ["en", "fr"]} | values)


def test_a_row_is_changed_and_others_stay() -> None:
    asked = sent(forms=["ISIS | IS", "Daech"], never=["ISIL", ""], note="Once")
    text = with_term(FILE, asked, asked.term)
    assert text.splitlines()[2] == FILE.splitlines()[2]
    assert text.splitlines()[1] == "ISIS,Once,ISIS|IS,Daech,it:Isis|en:ISIL"
    assert read_glossary(text, "x")[1] == []


def test_a_language_that_no_row_had_becomes_a_column() -> None:
    asked = sent(tag=["en", "de"], forms=["ISIS", "IS"], never=["", "Daesch"])
    found, problems = read_glossary(with_term(FILE, asked, "ISIS"), "x")
    assert problems == []
    assert [one.forms.get("de", ()) for one in found.terms] == [("IS",), ()]
    assert found.terms[0].forbidden["de"] == ("Daesch",)


def test_a_word_is_added_and_taken_away() -> None:
    new = sent(was="", term="youth", forms=["youth", "les jeunes"], never=["", ""])
    text = with_term(FILE, new, "youth")
    assert text.startswith(FILE)
    gone = with_term(text, sent(was="youth", do="remove", tag=[]), "")
    assert gone == FILE


@pytest.mark.parametrize("asked", [sent(was="", tag=[]), sent(was="nobody", term="x", tag=[])])
def test_two_rows_of_one_name_and_a_row_that_is_gone_are_refused(asked: SentTerm) -> None:
    with pytest.raises(RefusedRequest):
        with_term(FILE, asked, asked.term)


def test_the_first_word_makes_the_file(own_studio: Running) -> None:
    file = own_studio.campaign / "locale" / "glossary.csv"
    file.unlink(missing_ok=True)
    value = {"was": "", "term": "fact", "tag": "fr", "forms": "le fait", "never": "", "do": "keep"}
    answer = own_studio.ask(
        f"/c/{CAMPAIGN}/campaign/glossary",
        "POST",
        json.dumps(value).encode(),
        content_type="application/json",
        origin=own_studio.address,
    )
    assert answer.status == 200, answer.body
    assert read_glossary(file.read_text("utf-8"), "x")[0].terms[0].forms == {"fr": ("le fait",)}
