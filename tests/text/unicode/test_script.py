"""Foreign judges: CLDR through Babel for languages, Unicode's bidi classes for scripts."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from babel import Locale, localedata
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.unicode import script
from stopjihad.text.unicode.class_table import ClassTable
from stopjihad.text.unicode.data import BIDI
from stopjihad.text.unicode.script import (
    direction,
    likely_script,
    script_of,
    scripts,
)

from support.unicode_database import by_share, step_of

OURS = frozenset({"ku-AM", "ku-GE", "ku-IQ", "ku-IR", "kk-TR", "tg-UZ", "tk-AF", "tk-IR", "ug-CN"})
"""Regions that we list and CLDR's likely subtags do not."""


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("a", "Latn"),
        ("ж", "Cyrl"),
        ("ی", "Arab"),
        ("ক", "Beng"),
        ("א", "Hebr"),
        ("中", "Hani"),
        ("한", "Hang"),
        (" ", "Zyyy"),
        ("\u0301", "Zinh"),
        ("\u0378", "Zzzz"),
        ("\U0010ffff", "Zzzz"),
    ],
)
def test_a_character_has_a_script(char: str, name: str) -> None:
    assert script_of(char) == name


def test_the_script_of_most_characters_comes_first() -> None:
    assert scripts("WhatsApp: اتصل بنا الآن 24/7") == ("Arab", "Latn")
    assert scripts("24/7 👍") == ()
    assert scripts("plain") == ("Latn",)
    assert scripts("Москва́ (Moscow)") == ("Cyrl", "Latn")
    assert scripts("…24/7") == ()


@pytest.mark.parametrize(
    ("tags", "way"),
    [
        ("ar ar-EG ar_SA AR fa ur ps he yi ckb sd ug dv ks pa-Arab pa-PK ku-Arab ku-IQ", "rtl"),
        ("ar-XB ff-Adlm uz-AF az-Arab ha-Arab-NG nqo rhg ur-Aran-PK fa-t-Latn-x-Latn", "rtl"),
        ("en fr de bn hi pa ku tr id so sw ug-Cyrl en-XA ar-Latn ur-Latn sd-Deva", "ltr"),
        ("zh-Hant-TW ug-KZ x-Arab und qaa", "ltr"),
    ],
)
def test_languages_have_a_direction(tags: str, way: str) -> None:
    assert {tag: direction(tag) for tag in tags.split()} == dict.fromkeys(tags.split(), way)


@by_share
def test_directions_equal_cldrs_in_every_locale(share: str) -> None:
    every = localedata.locale_identifiers()
    tags = every[:: step_of(share, script)]
    wanted = {tag: Locale.parse(tag).character_order == "right-to-left" for tag in tags}
    assert len(every) > 1000
    assert {tag: direction(tag) == "rtl" for tag in tags} == wanted


def test_likely_scripts_equal_cldrs_for_every_language_it_has_words_for() -> None:
    languages = {tag.split("_")[0] for tag in localedata.locale_identifiers()}
    likely = {
        tag: full.split("_")[1]
        for tag, full in get_global("likely_subtags").items()
        if tag.split("_")[0] in languages and not tag.startswith("und")
    }
    assert len(likely) > 300
    assert {tag: likely_script(tag) for tag in likely if tag.replace("_", "-") not in OURS} == {
        tag: name for tag, name in likely.items() if tag.replace("_", "-") not in OURS
    }


def test_scripts_that_read_from_right_to_left_are_those_whose_letters_do() -> None:
    classes = ClassTable(BIDI)
    found: dict[str, Counter[str]] = {}
    starts = sorted({*classes._starts, *script._table()._starts, 0x110000})
    for start, end in itertools.pairwise(starts):  # all of one script and one class
        found.setdefault(script_of(chr(start)), Counter())[classes[start]] += end - start
    turned = {
        name
        for name, count in found.items()
        if count["R"] + count["A"] > count["L"] and name not in script._SHARED
    }
    assert turned | {"Aran"} == script.RTL_SCRIPTS


@given(st.text())
def test_any_text_has_scripts_and_any_tag_a_direction(text: str) -> None:
    assert len(set(scripts(text))) == len(scripts(text))
    assert direction(text) in ("ltr", "rtl")
