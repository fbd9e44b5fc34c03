"""What is seen and heard: pictures, their descriptions, posts, digits (EVD03, ACC, LOC02)."""

from __future__ import annotations

import msgspec
import pytest
from stopjihad.check.campaign import check_project

from support.messages import TODAY, laid_over, messages_of


@pytest.mark.parametrize("shown", ["insignia", "combat", "victims", "execution", "attackers"])
def test_a_picture_shows_nothing_that_recruits_or_hurts(shown: str) -> None:
    assert messages_of("EVD03", media={"depicts": [shown]}) == [f"the picture shows {shown}"]


def test_a_picture_is_not_from_propaganda() -> None:
    told = ["the picture comes from propaganda"]
    assert messages_of("EVD03", media={"provenance": "propaganda"}) == told


@pytest.mark.parametrize(
    ("alt", "why"),
    [
        (" ", "is missing"),
        ("2015 …", "is missing"),
        ("table.JPG", "is a file name"),
        ("The picture DSC_0231 from the street", "is a file name"),
        ("Photo of two neighbours at a table.", "begins with what"),
        ("Bild von zwei Nachbarn am Tisch.", "begins with what"),
        ("صورة جارين إلى مائدة.", "begins with what"),
        ("Two neighbours with the photo of a table.", ""),
        ("Images of a trial hang in a hall.", ""),
        ("A table for 12.", ""),
    ],
)
def test_an_alternative_text_says_what_is_seen(alt: str, why: str) -> None:
    found = messages_of("ACC01", media={"alt": alt})
    assert [why in one for one in found] == ([True] if why else [])


@pytest.mark.parametrize(
    ("post", "faults"),
    [
        ("The group halved its pay. #FactsFirst #Pay", []),
        ("The group halved its pay. #One #Two #Three", ["has 3 hashtags; 2 are enough"]),
        ("The #group halved its pay.", ["has hashtags inside the text"]),
        ("Pay was cut. #thegrouphalved", ["runs the words of #thegrouphalved together"]),
        ("Pay was cut. #thegrouphalv", []),
        ("Pay was cut. #thegroup2015halved", []),
        ("Pay was cut. #THEGROUPHALVED", []),
        ("Pay was cut. #theGrouphalved", []),
        ("Pay was cut. 🙂🙂🙂", []),
        ("Pay was cut. 🙂🙂🙂🙂", ["has 4 emoji; 3 are enough"]),
        ("See https://example.org/a#part", []),
        ("See https://example.org/a and https://example.org/b", ["has 2 links; 1 is enough"]),
    ],
)
def test_a_post_can_be_listened_to(post: str, faults: list[str]) -> None:
    found = messages_of("ACC02", point={"posts": {"x": post}})
    assert len(found) == len(faults)
    assert all(why in one for why, one in zip(faults, found, strict=True))


@pytest.mark.parametrize(("ink", "told"), [("#767676", []), ("#777777", ["4.5"])])
def test_text_stands_out_from_its_paper(ink: str, told: list[str]) -> None:
    found = messages_of("ACC03", campaign={"brand": {"ink": ink, "paper": "#ffffff"}})
    assert len(found) == len(told)


CALL = "اتصلوا بالرقم {} في أي وقت."


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("0800 011 3764", ["0800 011 3764"]),
        ("+33 800 005 696", ["+33 800 005 696"]),
        ("0800/011 37-64", ["0800/011 37-64"]),
        ("20 15", []),
        ("20 155", ["20 155"]),
        ("08000113764", []),
        ("[0800 011 3764](tel:+498000113764)", []),
        ("\u20660800 011 3764\u2069", []),
        ("\u200e0800 011 3764", []),
    ],
)
def test_groups_of_digits_keep_their_order(number: str, told: list[str]) -> None:
    text = CALL.format(number)
    found = messages_of("LOC02", "ar", text=text)
    assert len(found) == len(told)
    assert all(number in one for one in found)
    assert len(messages_of("LOC02", "ar", point={"alternative": text})) == len(told)
    assert messages_of("LOC02", "en", text=f"Call {number} at any time.") == []


def test_digits_of_a_translation_keep_their_order() -> None:
    call = CALL.format("0800 011 3764")
    for field, told in (("alternative", 1), ("body", 1), ("fact", 0)):
        translation = {"language": "ar", "texts": {f"point/{field}": call}}
        assert len(messages_of("LOC02", translation=translation)) == told
        assert messages_of("LOC02", translation={**translation, "language": "de"}) == []


def test_a_stale_translation_is_not_judged() -> None:
    texts = {"point/body": CALL.format("0800 011 3764")}
    made = laid_over({"translation": {"language": "ar", "texts": texts}})
    (file,) = made.translations
    stale = tuple(msgspec.structs.replace(one, stale=True) for one in file.messages)
    file = msgspec.structs.replace(file, messages=stale)
    found = check_project(msgspec.structs.replace(made, translations=(file,)), TODAY, ("x",))
    assert "LOC02" not in {one.code for one in found}


def test_a_post_that_is_not_translated_is_judged_once() -> None:
    values = {"point": {"posts": {"x": "The #group halved its pay."}}}
    translation = {"language": "fr", "texts": {"point/fact": "Fin 2015, la paie a chuté."}}
    assert len(messages_of("ACC02", **values, translation=translation)) == 1
