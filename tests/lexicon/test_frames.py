"""What takes a frame back, what does not, and what a list of warning signs may say."""

from __future__ import annotations

import pytest
from stopjihad.check.reading_list import listed_sentences
from stopjihad.check.rules.passage_reading import ReadPassage
from stopjihad.check.rules.passages import Passage
from stopjihad.lexicon.frames import FrameHit, found_frames
from stopjihad.lexicon.sentence import words_of


def hits(text: str, lead: str = "", *, item: bool = False, language: str = "en") -> list[FrameHit]:
    passage = Passage("x/body", text, lead, "x.md", 1, 1, markdown=True, item=item)
    read = [ReadPassage(passage, language)]
    return [hit for _, hit in found_frames(language, read, words_of(read))]


def refused(text: str, lead: str = "", *, item: bool = False, language: str = "en") -> list[str]:
    return [hit.frame for hit in hits(text, lead, item=item, language=language) if not hit.back]


@pytest.mark.parametrize(
    "text",
    [
        "Muslims are violent, and they will never change.",
        "Muslims are violent; nobody helps us.",
        "No wonder Muslims are violent.",
        "Without exception, Muslims are violent.",
        "Nobody can deny that Muslims are violent.",
        "I am not a racist, but Muslims are violent.",
    ],
)
def test_a_negation_that_denies_something_else_takes_nothing_back(text: str) -> None:
    """Any "not" in a sentence freed it: a quarter of hateful findings read like an all-clear."""
    assert refused(text) == ["violence"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It is a misconception that Muslims are violent.", "misconception"),
        ("It is far from true that Muslims are violent.", "far from"),
        ("Muslims are violent, that is not true.", "that is not"),
        ("Muslims are violent. Researchers tested this sentence, and found nothing.", "tested"),
        ("The fallacy runs like this: Muslims are violent.", "fallacy"),
    ],
)
def test_the_words_that_take_it_back_are_named(text: str, word: str) -> None:
    [hit] = hits(text)
    assert word in hit.back
    passage = Passage("x/body", text, "", "x.md", 1, 1, markdown=True)
    assert word in listed_sentences([passage], "en")[0].reasons[0]


def test_a_heading_frees_only_what_it_asks_about() -> None:
    """ "What can you do?" freed every sentence below it."""
    assert refused("Muslims are violent.", "What can you do?") == ["violence"]
    assert refused("Muslims are violent.", "What we found") == ["violence"]
    assert refused("Muslims are violent.", "Are Muslims violent?") == []
    assert refused("Muslims are violent.", "Three lies, and who tells them") == []


@pytest.mark.parametrize(
    ("language", "lead", "text"),
    [
        ("en", "Warning signs", "Prayer, clothes or food are no signs."),
        ("en", "First signs", "Not a sign: that he prays."),
        ("en", "Warning signs", "A beard: no."),
        ("en", "What to look out for", "He forces his sister to wear a headscarf."),
        ("en", "Changes", "He says that whoever does not pray must die."),
        ("de", "Warnzeichen", "Gebet, Kleidung oder Essen sind keine Zeichen."),
        (
            "fr",
            "Signes d'alerte",
            "La prière, les vêtements ou la nourriture ne sont pas des signes.",
        ),
        ("es", "Señales de alarma", "La oración, la ropa o la comida no son señales."),
        ("ar", "علامات الخطر", "الصلاة واللباس والطعام ليست علامات."),
    ],
)
def test_a_list_of_signs_may_say_what_is_none(language: str, lead: str, text: str) -> None:
    """The right answer to the infographic of 2015 was refused in five of five languages."""
    assert refused(text, lead, item=True, language=language) == []


@pytest.mark.parametrize(
    "lead", ["What to look out for", "Changes parents alert", "When to call us", "Warning signs"]
)
def test_practice_in_a_list_of_signs_is_refused_whatever_introduces_it(lead: str) -> None:
    assert refused("He prays five times a day.", lead, item=True) == ["listed"]
    assert refused("He no longer listens to music.", lead, item=True) == ["listed"]
    assert refused("He prays.", f"{lead}\nDo not ignore these signs:", item=True) == ["listed"]


def test_a_paragraph_below_the_heading_is_no_item() -> None:
    text = "Whoever is worried can call. We also meet at the sports club, and some pray there."
    assert refused(text, "Warning signs") == []


@pytest.mark.parametrize("element", ["all", "the", "so", "always"])
def test_a_thousand_times_one_optional_word_is_only_long(element: str) -> None:
    """It ended ``check`` with a RecursionError in every language of the sample."""
    assert refused(f"Muslims are {f'{element} ' * 20}violent.") == ["violence"]
    assert refused(f"Muslims are {f'{element} ' * 2000}violent.") == []
    assert refused(f"{f'{element} ' * 2000}the Muslims are violent.") in ([], ["violence"])
