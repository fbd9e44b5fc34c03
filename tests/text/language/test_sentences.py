from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.language.sentences import end_sentence, open_sentence, sentences


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "One. Two! Three?", ["One.", "Two!", "Three?"]),
        (
            "en",
            "Dr. Smith met Mr. J. Doe. They spoke.",
            ["Dr. Smith met Mr. J. Doe.", "They spoke."],
        ),
        ("en", "It cost 3.5 million. Nobody paid.", ["It cost 3.5 million.", "Nobody paid."]),
        ("en", "The U.N. said so. We agree.", ["The U.N. said so.", "We agree."]),
        ("en", "He said: “Come. Now.” She left.", ["He said: “Come. Now.”", "She left."]),
        (
            "en",
            "Some (e.g. two. Or three.) came. Good.",
            ["Some (e.g. two. Or three.) came.", "Good."],
        ),
        ("en", "Wait... what? Yes.", ["Wait... what?", "Yes."]),
        (
            "fr",
            "Vraiment ? Oui ! C’est « vrai. » Bon.",
            ["Vraiment ?", "Oui !", "C’est « vrai. »", "Bon."],
        ),
        ("de", "Am 3. Oktober kam er. Er blieb.", ["Am 3. Oktober kam er.", "Er blieb."]),
        ("de", "Das ist z. B. falsch. Ja, z.B. so.", ["Das ist z. B. falsch.", "Ja, z.B. so."]),
        ("de", "Er sagte „Komm.“ Dann ging er.", ["Er sagte „Komm.“", "Dann ging er."]),
        ("ar", "هذا كذب. لماذا؟ لأنه كذب.", ["هذا كذب.", "لماذا؟", "لأنه كذب."]),
        ("ur", "یہ جھوٹ ہے۔ سچ یہ ہے۔", ["یہ جھوٹ ہے۔", "سچ یہ ہے۔"]),
        ("ps", "دا دروغ و. رښتیا دا ده.", ["دا دروغ و.", "رښتیا دا ده."]),
        ("hi", "यह झूठ है। सच यह है।", ["यह झूठ है।", "सच यह है।"]),
        ("zh", "这是谎言。真相是这样!对吗?", ["这是谎言。", "真相是这样!对吗?"]),
        ("am", "ይህ ውሸት ነው። እውነቱ ይህ ነው።", ["ይህ ውሸት ነው።", "እውነቱ ይህ ነው።"]),
        (
            "de",
            "Nummer (3. Reihe). Am\u00a03. Mai. Teil 1234. Ende.",
            ["Nummer (3. Reihe).", "Am\u00a03. Mai.", "Teil 1234.", "Ende."],
        ),
        (
            "en",
            "They came\n. Then (Mr.\u00a0J. Doe) left",
            ["They came\n.", "Then (Mr.\u00a0J. Doe) left"],
        ),
        ("en", "No stop", ["No stop"]),
        ("en", "", []),
    ],
)
def test_sentences(lang, text, found):
    assert list(sentences(text, lang)) == found


@given(
    st.text(alphabet="aB1 .!?\u2026\u201c\u201d()\u00ab\u00bb\u3002\n\u061f", max_size=80),
    st.sampled_from(["en", "de", "ar"]),
)
def test_nothing_is_lost(text, lang):
    assert "".join("".join(sentences(text, lang)).split()) == "".join(text.split())


def test_a_long_text_without_an_end_takes_no_time():
    assert len(sentences("a. ( " * 20_000, "en")) >= 1


@pytest.mark.parametrize("marks", ["». A", ".»\u00a0"])
def test_quotation_marks_that_are_never_closed_take_no_time(marks):
    text = marks * 1_500
    began = time.process_time()
    assert sentences(text, "de") == (text.strip(),)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("lang", "text", "result"),
    [
        ("en", "Talk to us", "Talk to us."),
        ("en", "Talk to us.", "Talk to us."),
        ("en", "He said “no.”", "He said “no.”"),
        ("fr", "C’est vrai ?", "C’est vrai ?"),
        ("hi", "सच", "सच।"),
        ("zh", "真相", "真相。"),
        ("th", "ความจริง", "ความจริง"),
        ("en", "Sources:", "Sources:"),
        ("en", "", ""),
    ],
)
def test_ended_adds_one_full_stop_at_most(lang, text, result):
    assert end_sentence(text, lang) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [("False.", "False"), ("False!", "False!"), ("So:", "So"), ("यह।", "यह"), ("…", "…")],
)
def test_opened_takes_the_full_stop_away(text, result):
    assert open_sentence(text) == result
