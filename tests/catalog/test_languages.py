from __future__ import annotations

import pytest
from stopjihad.catalog.languages import ZEROS, autonym, country_name, direction, is_known, language


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("fr", "français"),
        ("ar", "العربية"),
        ("ur", "اردو"),
        ("ps", "پښتو"),
        ("so", "Soomaali"),
        ("pt-BR", "português (Brasil)"),
        ("zh-Hant", "中文 (繁體)"),
        ("dv", "ދިވެހިބަސް"),
        ("en-XA", "English (XA)"),
        ("qqq", "qqq"),
    ],
)
def test_languages_are_named_by_their_speakers(tag: str, name: str):
    assert autonym(tag) == name


@pytest.mark.parametrize(
    "tag",
    [
        *("ar", "ar-EG", "ur", "ps", "fa", "he", "dv", "ckb", "ku-Arab", "uz-Arab", "pa-Arab"),
        *("yi", "sd", "ug", "syr", "arc", "nqo", "ar-XB"),
    ],
)
def test_right_to_left_goes_by_script(tag: str):
    assert direction(tag) == "rtl"


@pytest.mark.parametrize(
    "tag", ["en", "fr", "ku", "uz", "pa", "tr", "az", "en-XA", "xx", "ar-Latn", "zh-Hant", "so"]
)
def test_everything_else_is_left_to_right(tag: str):
    assert direction(tag) == "ltr"


def test_digits_and_scripts_are_known():
    assert (language("bn").digits, language("bn").script) == ("beng", "Beng")
    assert (language("ur").digits, language("ur").script) == ("arabext", "Arab")
    assert language("fr").digits == "latn"


def test_digits_of_a_system_follow_each_other():
    for zero in ZEROS.values():
        assert [int(chr(ord(zero) + value)) for value in range(10)] == list(range(10))


def test_unknown_languages_are_told_apart():
    assert is_known("fr-CA")
    assert not is_known("qqq")


def test_countries_are_named_in_the_language_asked_for():
    assert country_name("DE", "fr") == "Allemagne"
    assert country_name("DE", "ar-XB") == "ألمانيا"
    assert country_name("DE", "qqq") == "Germany"
    assert country_name("QQ", "fr") == "QQ"
