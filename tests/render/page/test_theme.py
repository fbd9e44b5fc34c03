"""The theme's words: whole in each language it has, marked where they are missing."""

from __future__ import annotations

import datetime as dt
import re
from typing import get_args

import polib
import pytest
from stopjihad.catalog import terms
from stopjihad.catalog.first_words import URGENT, first_words
from stopjihad.model import campaign, helpline, point
from stopjihad.theme.theme import (
    hold_digits,
    make_language_marker,
    make_speakers,
    make_writer,
)
from stopjihad.view.dates import day_text
from stopjihad.view.records import Text

from support import theme_messages

LANGUAGES = sorted(path.stem for path in theme_messages.LOCALE.glob("*.po"))
PLACE = re.compile(r"%\([a-z_]+\)s")


def test_the_template_of_the_catalogues_is_in_step_with_the_theme():
    """Mend with ``.venv/bin/python tests/support/theme_messages.py``."""
    stored = [entry.msgid for entry in polib.pofile(str(theme_messages.LOCALE / "theme.pot"))]
    assert stored == list(theme_messages.collect())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_translated_and_keeps_its_places(lang):
    entries = polib.pofile(str(theme_messages.LOCALE / f"{lang}.po"))
    formal = {entry.msgid: entry.msgstr for entry in entries if entry.msgctxt is None}
    assert list(formal) == list(theme_messages.collect())
    assert {entry.msgctxt for entry in entries} <= {None, "informal"}
    for entry in entries:
        assert entry.msgctxt is None or entry.msgstr != formal[entry.msgid], entry.msgid
        assert entry.msgstr, entry.msgid
        assert not entry.fuzzy
        assert sorted(PLACE.findall(entry.msgstr)) == sorted(PLACE.findall(entry.msgid))
        assert entry.msgstr == entry.msgstr.strip() or entry.msgid != entry.msgid.strip()
        assert entry.msgid[-1:] in ".:" or entry.msgstr[-1:] not in ".:", entry.msgid


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_that_ends_with_a_stop_is_followed_by_no_other(lang):
    """Russian ends a day with "г.": a stop behind it stood on pages as a second one."""
    day = day_text(dt.date(2026, 11, 28), lang)
    for entry in polib.pofile(str(theme_messages.LOCALE / f"{lang}.po")):
        assert ".." not in entry.msgstr.replace("%(day)s", day), entry.msgstr


def test_french_sets_its_spaces_before_high_marks():
    for entry in polib.pofile(str(theme_messages.LOCALE / "fr.po")):
        assert not re.search(
            r"(?<![\u00a0\u202f])[;!?»]|«(?!\u00a0)|(?<![\u00a0\u202f]):", entry.msgstr
        ), entry.msgstr
        assert "'" not in entry.msgstr


@pytest.mark.parametrize(
    ("lang", "formal"), [("de", r"\b(Sie|Ihnen|Ihre?\w?)\b"), ("fr", r"\b(vous|votre|vos)\b")]
)
def test_nobody_is_called_formally_in_informal_words(lang: str, formal: str):
    """The page of a talking point said "Was Sie tun können" above "Geh mit deiner Frage"."""
    entries = polib.pofile(str(theme_messages.LOCALE / f"{lang}.po"))
    informal = {entry.msgid: entry.msgstr for entry in entries if entry.msgctxt == "informal"}
    assert len(informal) > 10
    assert not [said for said in informal.values() if re.search(formal, said)]
    places = {"templates/site/point.html", "templates/site/band.html", "templates/site/call.html"}
    for entry in entries:
        shown = places & {place for place, _ in entry.occurrences}
        assert not shown or entry.msgid in informal or not re.search(formal, entry.msgstr)


def test_arabic_uses_its_own_marks():
    for entry in polib.pofile(str(theme_messages.LOCALE / "ar.po")):
        assert not set(",;?") & set(PLACE.sub("", entry.msgstr)), entry.msgstr


def test_a_message_without_translation_stays_english_and_says_so():
    speak, speak_attribute = make_speakers({"Hello": "Salut"}, "fr")
    assert speak("Hello") == "Salut"
    assert speak("A & B") == '<span lang="en" dir="ltr">A &amp; B</span>'
    assert speak_attribute("A & B") == "A & B"


def test_english_needs_no_catalogue():
    speak, _ = make_speakers({}, "en-GB")
    assert speak("A & B") == "A &amp; B"


def test_values_are_escaped_and_places_filled():
    speak, speak_attribute = make_speakers({"By %(name)s": "Par %(name)s"}, "fr")
    assert speak("By %(name)s", name="<b>") == "Par &lt;b&gt;"
    assert speak_attribute("By %(name)s", name="<b>") == "Par <b>"


def test_pages_in_a_language_of_the_theme_say_nothing_of_the_theme_in_english(pages):
    spoken = {one.said["en"] for one in URGENT}
    for path, page in pages.items():
        if path.startswith(("fr/", "ar/")) and "mixed" not in path:
            for node in page.walk():
                if node.get("lang") == "en":
                    # A service's own name, what to say to it, and the link to the English pages.
                    own = first_words("en", path[:2])
                    known = {"English", "ACT Early Support Line", own, *spoken}
                    assert node.text.strip() in known, (path, node.text)


@pytest.mark.parametrize(
    ("table", "choices"),
    [
        (terms.TECHNIQUES, point.Technique),
        (terms.PULL_FACTORS, point.PullFactor),
        (terms.MODES, point.Mode),
        (terms.MESSENGERS, campaign.MessengerKind),
        (terms.OPERATORS, helpline.Operator),
        (terms.VERIFICATIONS, helpline.How),
    ],
)
def test_every_choice_of_the_schema_has_its_term(table, choices):
    assert set(table) == set(get_args(choices))
    assert all(term.name for term in table.values())


def test_every_card_format_has_its_term():
    from stopjihad.catalog.formats import FORMATS

    assert set(terms.FORMATS) == set(FORMATS)


def test_techniques_and_pull_factors_are_explained_in_one_sentence():
    for table in (terms.TECHNIQUES, terms.PULL_FACTORS):
        for term in table.values():
            assert term.text.endswith(".")
            assert term.text.count(".") == 1
            assert len(term.text.split()) <= 20


HELD = '<bdi dir="ltr">114 14</bdi>'


@pytest.mark.parametrize(
    ("lang", "text", "written"),
    [
        ("ar", "الرقم 114 14.", f"الرقم {HELD}."),
        ("ur", "<b> +45 70 10 10 10", '&lt;b&gt; <bdi dir="ltr">+45 70 10 10 10</bdi>'),
        ("ar", "من 9 إلى 17، 112", "من 9 إلى 17، 112"),
        ("ar", "نسبت 60% إلى", 'نسبت <bdi dir="ltr">60%</bdi> إلى'),
        ("ps", "شاوخوا ۸٫۵%", 'شاوخوا <bdi dir="ltr">۸٫۵%</bdi>'),
        ("en", "call 114 14 & ask 60%", "call 114 14 &amp; ask 60%"),
    ],
)
def test_groups_of_digits_keep_their_order_between_letters_from_right_to_left(lang, text, written):
    assert hold_digits(text, lang) == written
    assert make_speakers({"Call": text}, lang)[0]("Call") == written


def test_a_text_that_fell_back_runs_in_its_own_direction():
    write = make_writer("en", make_language_marker("en", {"ar": "rtl", "en": "ltr"}))
    assert write(Text("114 14", "ar")) == f'<span lang="ar" dir="rtl">{HELD}</span>'
    assert write(Text("114 14", "en")) == "114 14"


def test_the_first_of_a_month_is_an_ordinal_in_french():
    assert day_text(dt.date(2026, 12, 1), "fr") == "1er décembre 2026"
    assert day_text(dt.date(2026, 12, 11), "fr") == "11 décembre 2026"
