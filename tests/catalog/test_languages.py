from __future__ import annotations

import pytest
from stopjihad.catalog.languages import autonym, country_name, is_known, language


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


def test_digits_and_scripts_are_known():
    assert (language("bn").digits, language("bn").script) == ("beng", "Beng")
    assert (language("ur").digits, language("ur").script) == ("arabext", "Arab")
    assert language("fr").digits == "latn"
    assert language("ku-Arab").direction == "rtl"


def test_unknown_languages_are_told_apart():
    assert is_known("fr-CA")
    assert not is_known("qqq")


def test_countries_are_named_in_the_language_asked_for():
    assert country_name("DE", "fr") == "Allemagne"
    assert country_name("DE", "ar-XB") == "ألمانيا"
    assert country_name("DE", "qqq") == "Germany"
    assert country_name("QQ", "fr") == "QQ"
