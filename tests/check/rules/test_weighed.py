"""Weighing of sentences: alone, with the next one, and with the heading above them."""

from __future__ import annotations

import pytest
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.scales import scales
from stopjihad.check.rules.senses import senses
from stopjihad.check.rules.traits import stump, traits
from stopjihad.check.rules.weighed import weighed
from stopjihad.check.rules.written import Text

ROWS = [rule for rule in rules().values() if rule.kind == "weighed"]


def found(text: str, lead: str = "", field: str = "body", language: str = "en") -> list[str]:
    passage = Passage(f"x/{field}", text, lead, "x.md", 1, 1, markdown=True, lines=(text,))
    return [item.rule for item in weighed(ROWS, language, [Text(passage, language)])]


def test_a_sign_is_refused() -> None:
    assert found("A beard is a sign of radicalisation.") == ["LNG04"]


def test_blame_is_refused() -> None:
    assert found("Muslims are to blame for the attack.") == ["LNG02"]


@pytest.mark.parametrize("mark", ["*", "_", "**", "__"])
def test_emphasis_does_not_hide_words(mark: str) -> None:
    """Underscores are letters to regular expressions: "_Muslims_" was no word that is known."""
    assert found(f"{mark}Muslims{mark} are terrorists.") == ["LNG02"]
    assert found(f"A beard is a {mark}sign of radicalisation{mark}.") == ["LNG04"]


def test_a_denial_is_not() -> None:
    assert found("A beard is not a sign of radicalisation.") == []


def test_what_the_next_sentence_takes_back_is_not() -> None:
    claim = "Islam commands its followers to kill."
    assert found(claim) == ["LNG02"]
    assert found(f"Some people say: {claim} That is false.") == []


def test_a_question_is_read_with_its_answer() -> None:
    assert found("Is a headscarf a sign of radicalisation? No.") == []


def test_an_item_is_read_with_its_heading() -> None:
    assert found("He no longer listens to music.") == []
    assert found("He no longer listens to music.", lead="Signs of radicalisation:") == ["LNG04"]


def test_a_denial_stands_below_any_heading() -> None:
    lead = "Report these signs to the police"
    assert "LNG04" not in found("Nobody who prays should be reported.", lead=lead)
    assert found("She wears a veil and goes to the mosque.", lead=lead) == ["LNG04"]


def test_a_heading_that_asks_adds_nothing() -> None:
    assert found("He prays more.", lead="Is that a sign of radicalisation?") == []


def test_two_sentences_of_which_one_names_the_practice_are_read_together() -> None:
    text = "He only eats halal now. That is how radicalisation starts."
    assert "LNG04" in found(text)


@pytest.mark.parametrize("field", ["claim", "sources"])
def test_a_claim_may_say_what_it_says(field: str) -> None:
    assert found("Muslims are to blame for the attack.", field=field) == []


def test_a_language_without_a_lexicon_is_left_alone() -> None:
    assert found("Muslims are to blame for the attack.", language="fi") == []


def test_a_finding_names_the_words_and_their_place() -> None:
    text = "We were there. Muslims are to blame for the attack."
    passage = Passage("x/body", text, "", "x.md", 7, 1, markdown=True, lines=(text,))
    (item,) = weighed(ROWS, "en", [Text(passage, "en")])
    assert (item.line, item.column) == (7, text.index("Muslims") + 1)
    assert "'Muslims are to blame" in item.message


def test_traits_do_not_depend_on_length() -> None:
    known = senses("en")
    assert known is not None
    for text in ("he prays", "he prays and he fasts and he never listens to any music at all"):
        made = traits("en", text.split(), known.find(known.hear(text.split())), text)
        assert sum(value * value for value in made.values()) == pytest.approx(36)


def test_what_is_denied_has_a_trait_of_its_own() -> None:
    known = senses("en")
    assert known is not None
    tokens = ["a", "beard", "is", "not", "a", "sign"]
    made = traits("en", tokens, known.find(known.hear(tokens)), "a beard is not a sign")
    assert {"dress", "neg", "sign", "~sign", "sign$"} <= made.keys()


@pytest.mark.parametrize(
    ("word", "language", "cut"),
    [
        ("pray", "en", "pray"),
        ("prayer", "en", "praye"),
        ("radicalised", "en", "radica"),
        ("والصلاه", "ar", "صلاه"),
    ],
)
def test_words_are_cut_to_what_their_forms_share(word: str, language: str, cut: str) -> None:
    assert stump(word, language) == cut


def weight(text: str) -> float | None:
    known = scales("en")
    assert known is not None
    tokens = text.lower().split()
    verdict = known.weigh(tokens, known.senses.find(known.senses.hear(tokens)), text)
    return verdict.score if verdict else None


def test_scales_need_a_topic() -> None:
    assert weight("the bomb killed ten people") is None
    assert weight("she wears a veil and prays") is not None


def test_a_word_alone_says_nothing() -> None:
    assert weight("Muslims") is None
    assert found("I'm Muslim. Ask me about my cat.") == []


def test_few_words_are_refused_when_they_are_heavy() -> None:
    assert found("Stop Islam!") == found("Muslims out!") == ["LNG02"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("They tell you Islam is peace. In reality it is war.", ["LNG07"]),
        ("Claim: Islam is peaceful. Fact: Islam kills.", ["LNG02"]),
        ("They tell you Islam wants war. In reality most victims of ISIS were Muslims.", []),
        ("Claim: Muslims cannot be loyal. Fact: They serve in the army and in parliament.", []),
        ("Muslims are liars. Our town has a pretty park and a lake.", ["LNG02"]),
        ("Muslims are liars. Time: eight o'clock in the town hall.", ["LNG02"]),
    ],
)
def test_a_claim_is_read_with_the_fact_that_answers_it(text: str, codes: list[str]) -> None:
    assert found(text) == codes
