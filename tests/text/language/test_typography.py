from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stopjihad.text.language.typography import (
    ANY_DIGIT,
    QUOTES,
    ZEROS,
    ascii_digits,
    change_around,
    native_digits,
    normalise,
    quote,
    set_quotes,
    space,
    typeset,
)
from stopjihad.text.unicode.graphemes import count
from stopjihad.text.unicode.linebreak import opportunities

from support.timing import seconds_of

LANGUAGES = ["fr", "fr-CA", "fr-CH", "en", "de", "pl", "cs", "ar", "tr", "ru", "pt-PT", "und", ""]
PIECES = st.sampled_from(
    ["Oui", " ", '"', "'", "«", "»", "!", "?", ":", ";", "(", ")", "1", "23", "000", "+", "h", "km",
     "%", "\n", "\n\n", "\u00a0", "\u202f", "https://a.org/b?c=d", "a@b.org", "18:30", "`x ;`",
     "{n}", "#tag", "[^un]", "](", "a=b", "z.", "B.", "v", "в", "€", "-", "—", "/", "…", "_", "*"]
)  # fmt: skip
DIGITS = frozenset(chr(ord(zero) + value) for zero in ZEROS.values() for value in range(10))
PROSE = st.lists(PIECES, max_size=14).map("".join)


@pytest.mark.parametrize(
    ("lang", "typed", "printed"),
    [
        ("fr", "Vraiment ? Oui !", "Vraiment\u202f? Oui\u202f!"),
        ("fr", "Vraiment? Oui! Non;", "Vraiment\u202f? Oui\u202f! Non\u202f;"),
        ("fr", "Quoi ?! (sic !)", "Quoi\u202f?! (sic\u202f!)"),
        ("fr", "Appelez: c'est gratuit", "Appelez\u00a0: c’est gratuit"),
        ("fr", 'Il dit "Viens !".', "Il dit «\u00a0Viens\u202f!\u00a0»."),
        ("fr", "«Viens»", "«\u00a0Viens\u00a0»"),
        ("fr-CA", "Vraiment? Oui: «oui»!", "Vraiment? Oui\u00a0: «\u00a0oui\u00a0»!"),
        ("fr", "1 000 000 € et 50 %", "1\u202f000\u202f000\u202f€ et 50\u202f%"),
        ("fr", "à 18 h 30 ou 9 h", "à 18\u00a0h\u00a030 ou 9\u00a0h"),
        ("fr", "**Attention**! _Non_ ?", "**Attention**\u202f! _Non_\u202f?"),
        ("de", 'Er sagt "Komm!".', "Er sagt „Komm!“."),
        ("de", "z. B. 50 km, d. h. 5 °C", "z.\u00a0B. 50\u00a0km, d.\u00a0h. 5\u00a0°C"),
        ("de", "Wie geht's? Gut!", "Wie geht’s? Gut!"),
        ("en", '("No," she said—"never")', "(“No,” she said—“never”)"),
        ("en", "Don't call § 5", "Don’t call §\u00a05"),
        ("pl", 'On mówi "tak" i idzie w las', "On mówi „tak” i\u00a0idzie w\u00a0las"),
        ("cs", "v Praze a k nám", "v\u00a0Praze a\u00a0k\u00a0nám"),
        ("ru", 'Он сказал "да"', "Он сказал «да»"),
        ("pt-PT", '"Sim"', "«Sim»"),
        ("pt-BR", '"Sim"', "“Sim”"),
        ("sv", '"Ja"', "”Ja”"),
        ("ar", 'قال "نعم" 50 %', 'قال "نعم" 50\u00a0%'),
        ("uz", "O'zbek", "O'zbek"),
    ],
)
def test_each_language_sets_its_own(lang: str, typed: str, printed: str) -> None:
    assert typeset(typed, lang) == printed


@pytest.mark.parametrize("lang", ["fr", "en", "ar", "de"])
@pytest.mark.parametrize(
    "number",
    ["0800 123 456", "+33 (0)1 23 45 67 89", "(030) 123 456", "0800 12 34", "٠٨٠٠ ١٢٣ ٤٥٦"],
)
def test_phone_numbers_stay_on_one_line(lang: str, number: str) -> None:
    found = typeset(f"{number}", lang)
    assert [index for index, _ in opportunities(found)] == [len(found)]
    assert found.replace("\u00a0", " ").replace("\u202f", " ") == number


@pytest.mark.parametrize("lang", ["fr", "fr-CA", "de", "en", "pl"])
@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/?q=a;b!c",
        "https://example.org/a'b",
        "www.example.org/x;y?",
        "example.org/help?",
        "help@example.org",
        "mailto:help@example.org?subject=x",
        "tel:+33123456789",
        "à 18:30",
        "18:30:05",
        "`if a ; b !`",
        "a::b;",
        "f(x)=y;",
        "C:\\temp;",
        "{count} {n, plural, one {x}}",
        "%(name)s",
        "#Stop #OuiOuNon",
        "@user",
        "texte[^un2014]",
        '[mot](https://example.org/ "titre !")',
        '<a href="x" title="y ?">',
        "&amp; &#33;",
        ":smile:",
        ":-) ;) :D",
        "![image](x.png)",
        '5" et 6" et 7"',
        '"',
        'fin" "début',
        "1 2 3 4 5 6 7 8 9 10 11 12 13",
        "rapport 3:2",
    ],
)
def test_what_is_no_prose_stays_as_it_is(lang: str, text: str) -> None:
    assert typeset(text, lang) == text


def test_text_beside_an_address_is_still_set() -> None:
    text = "Voir https://example.org/a?b ou appeler le 0800 123 456 !"
    wanted = "Voir https://example.org/a?b ou appeler le 0800\u00a0123\u00a0456\u202f!"
    assert typeset(text, "fr") == wanted


@given(PROSE | st.text(), st.sampled_from(LANGUAGES))
@example('"a"b" "', "fr")
def test_typesetting_twice_is_typesetting_once(text: str, lang: str) -> None:
    once = typeset(text, lang)
    assert typeset(once, lang) == once


@given(PROSE | st.text(), st.sampled_from([*LANGUAGES, "sk", "uk"]))
@example("z. B. 5", "de")
@example("0 ) 0", "en")
@example("a ) 12 000", "fr")
@example("14h 30", "fr")
@example("n° 5", "en")
@example("EUR 5", "en")
@example("oui \u202f?", "fr")
def test_a_text_is_passed_over_only_where_nothing_is_to_be_set(text: str, lang: str) -> None:
    assume(all(not char.isdecimal() or char in DIGITS for char in text))
    language, _, region = lang.partition("-")

    def set_all(prose: str) -> str:
        return space(quote(prose, language, lang), language, region)

    assert typeset(text, lang) == change_around(text, set_all)


@given(PROSE, st.sampled_from(LANGUAGES))
def test_typesetting_changes_nothing_but_spaces_and_marks(text: str, lang: str) -> None:
    def bare(value: str) -> str:
        return "".join(char for char in value if not char.isspace() and char not in "\"'«»„“”’")

    assert bare(typeset(text, lang)) == bare(text)
    for kept in ("https://a.org/b?c=d", "a@b.org", "18:30", "`x ;`", "{n}", "a=b"):
        assert typeset(f"Oui {kept} non", lang) == f"Oui {kept} non"


def test_quotation_marks_come_in_pairs() -> None:
    assert all(len(marks) == 2 for marks in QUOTES.values())


def test_native_digits_spare_addresses_and_code() -> None:
    text = "24/7, 18:30 https://example.org/2014 #Stop2024 [^un2014] {0}"
    wanted = "٢٤/٧, ١٨:٣٠ https://example.org/2014 #Stop2024 [^un2014] {0}"
    assert native_digits(text, "arab") == wanted
    assert native_digits("2014", "beng") == "২০১৪"
    assert native_digits("2014", "latn") == "2014"
    with pytest.raises(ValueError, match="klingon"):
        native_digits("1", "klingon")


@given(st.text(), st.sampled_from(sorted(ZEROS)))
def test_native_digits_read_back(text: str, numbering: str) -> None:
    assert ascii_digits(native_digits(text, numbering)) == ascii_digits(text)


def test_every_zero_starts_ten_digits() -> None:
    rows = ["".join(chr(ord(zero) + value) for value in range(10)) for zero in ZEROS.values()]
    assert {ascii_digits(row) for row in rows} == {"0123456789"}


def test_the_set_of_digits_has_those_of_the_first_plane_and_all_above_it() -> None:
    in_set = re.compile(f"[{ANY_DIGIT}]").fullmatch
    plane = map(chr, range(0x10000))
    assert [char for char in plane if (in_set(char) is None) is char.isdecimal()] == []
    assert all(map(in_set, "\U00010000\U0001d7d8\U0001f600\U0010ffff"))


def test_text_of_any_editor_gets_one_form() -> None:
    assert normalise("\ufeff Zoe\u0308\r\nb\rc \n") == "Zoë\nb\nc"


@given(st.text(st.characters() | st.sampled_from("\ufeff\r\n \u0308\u1100\u1161")))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert count(once) <= count(text)


BOMBS = [
    *("a.", "a-", "+", "(", "1 ", "1-", "a@", "`", "](", "{", "<"),
    *("&a", "%(", ":a", "=", " ", '"a" ', "«", "a'", "```", "#a.", "!"),
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_ten_thousand_of_anything_take_no_quadratic_time(bomb: str) -> None:
    assert seconds_of(lambda: typeset("1a" + bomb * 10_000, "fr"), 1) < 1
    assert seconds_of(lambda: native_digits(bomb * 10_000, "arab"), 1) < 1


@given(
    st.lists(
        st.sampled_from(
            ["'", " ", "a", "don't", "fighters'", "l'an", "www", ".", ":", ")", "*", "_", "@", "1",
             "[^un]", "`", "](", "<", "{", "}", '"', "http://", "%(a)s", "“", "\n\n", "é"]
        ),
        max_size=14,
    ).map("".join),
    st.sampled_from(["en", "fr", "de"]),
)  # fmt: skip
def test_apostrophes_of_plain_words_are_set_as_with_what_is_kept_aside(
    text: str, lang: str
) -> None:
    """They are looked at alone unless something is kept: a tag is."""
    assert set_quotes(text, lang) == set_quotes(f"<i> {text}", lang).removeprefix("<i> ")


@pytest.mark.parametrize(
    ("text", "lang", "held"),
    [
        ("4 585 civils, 2 078 morts", "fr", "4\u202f585 civils, 2\u202f078 morts"),
        ("1 234 567,8 euros", "de", "1\u00a0234\u00a0567,8 euros"),
        ("2 200 personnes", "fr-CA", "2\u00a0200 personnes"),
        ("[un](https://a.org/1 000) 18001 101", "fr", "[un](https://a.org/1 000) 18001\u00a0101"),
    ],
)
def test_a_large_number_stays_on_one_line(text: str, lang: str, held: str) -> None:
    assert typeset(text, lang, one_letter=False) == held
