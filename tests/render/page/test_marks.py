from __future__ import annotations

import pytest
from stopjihad.render.page.marks import hold_digits, make_language_marker, make_writer
from stopjihad.render.page.theme import make_speakers
from stopjihad.view.records import Text

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
