"""Files in which two versions met: told apart, and written without marks and without a loss."""

from __future__ import annotations

import random

import pytest
from stopjihad.text.versions import Decision, disputes, regions, settle, side
from stopjihad.text.yaml.fields import values

HEAD, END = "<<<<<<< HEAD\n", ">>>>>>> 1f0c2d4\n"
MD = "campaigns/c/points/p.md"
YAML = "campaigns/c/campaign.yaml"
PO = "campaigns/c/locale/fr.po"


def met(mine: str, theirs: str, base: str | None = None, end: str = END) -> str:
    """Write a region as git does, with the version before both where it is given."""
    old = "" if base is None else f"||||||| 0a1b2c3\n{base}"
    return f"{HEAD}{mine}{old}=======\n{theirs}{end}"


POINT = (
    "---\n# A comment.\nmode: debunk\n"
    + met("fact: 'My fact.'   # leads\nclaim: Same.\n", "fact: Their fact.\nclaim: Other.\n")
    + "steps: [a, b]\n---\nFirst.\n\n"
    + met("Mine.\n", "Theirs.\n", "Old.\n")
    + "\nLast.\n"
)


def test_fields_and_paragraphs_are_told_apart() -> None:
    found = disputes(POINT, MD)
    assert [(one.field, one.mine, one.theirs) for one in found] == [
        (("fact",), "My fact.", "Their fact."),
        (("claim",), "Same.", "Other."),
        (("body",), "Mine.\n", "Theirs.\n"),
    ]
    assert [one.lines for one in found] == [False, False, True]


def test_only_regions_are_written() -> None:
    mine = settle(POINT, MD, [Decision("mine")] * 3)
    assert mine == side(POINT)
    assert mine == (
        "---\n# A comment.\nmode: debunk\nfact: 'My fact.'   # leads\nclaim: Same.\n"
        "steps: [a, b]\n---\nFirst.\n\nMine.\n\nLast.\n"
    )
    assert settle(POINT, MD, [Decision("theirs")] * 3) == side(POINT, theirs=True)
    mixed = settle(
        POINT, MD, [Decision("theirs"), Decision("own", "A third: claim"), Decision("both")]
    )
    assert (
        mixed
        == mine.replace("'My fact.'", "'Their fact.'")
        .replace("claim: Same.", 'claim: "A third: claim"')
        .replace("Mine.\n", "Mine.\nTheirs.\n")
        or values(mixed)["claim"] == "A third: claim"
    )
    assert "   # leads" in mixed
    assert "Mine.\nTheirs.\n" in mixed


@pytest.mark.parametrize(
    ("end", "mine"),
    [(END, "A."), (">>>>>>> 1f0c2d4 (Write a fact)\n", "B."), (">>>>>>> Stashed changes\n", "B.")],
)
def test_ones_own_side_is_the_one_that_was_put_on_top(end: str, mine: str) -> None:
    assert side(met("A.\n", "B.\n", end=end)) == f"{mine}\n"


def test_a_field_that_one_side_took_out_can_go_or_stay() -> None:
    text = "a: 1\n" + met("", "b: 2\n") + "c: 3\n"
    (only,) = disputes(text, YAML)
    assert (only.field, only.mine, only.theirs) == (("b",), None, "2")
    assert settle(text, YAML, [Decision("mine")]) == "a: 1\nc: 3\n"
    assert settle(text, YAML, [Decision("theirs")]) == "a: 1\nb: 2\nc: 3\n"
    assert values(settle(text, YAML, [Decision("own", "4")]))["b"] == "4"


def test_lists_that_both_made_longer_are_lines_of_which_both_can_be_kept() -> None:
    one, other = "  - {id: b, title: B}\n", "  - {id: c, title: C}\n"
    text = "sources:\n  - {id: a, title: A}\n" + met(one, other) + "x: y\n"
    (only,) = disputes(text, YAML)
    assert (only.field, only.lines) == ((), True)
    kept = values(settle(text, YAML, [Decision("both")]))
    assert [item["id"] for item in kept["sources"]] == ["a", "b", "c"]  # type: ignore[union-attr,call-overload,index]


def test_a_field_within_an_item_of_a_list_is_told_apart() -> None:
    text = "sources:\n  - id: a\n" + met("    title: A\n", "    title: B\n") + "    url: u\n"
    (only,) = disputes(text, YAML)
    assert only.field == ("sources", 0, "title")


def test_what_is_no_yaml_on_a_side_is_shown_as_lines() -> None:
    text = "a: 1\n" + met("b: [\n", "b: 2\n")
    (only,) = disputes(text, YAML)
    assert (only.lines, only.mine, only.theirs) == (True, "b: [\n", "b: 2\n")


def entry(words: str) -> str:
    return f'msgctxt "p/fact"\nmsgid "Fact."\nmsgstr "{words}"\n'


def test_translations_are_told_apart_and_a_third_is_no_longer_in_doubt() -> None:
    head = 'msgid ""\nmsgstr "Language: fr\\n"\n\n'
    text = head + met("#, fuzzy\n" + entry("Un."), entry("Deux.")) + '\nmsgid "x"\nmsgstr "y"\n'
    (only,) = disputes(text, PO)
    assert only.field == ("p/fact", "Fact.")
    assert (only.mine, only.theirs) == ("Un.", "Deux.")
    third = settle(text, PO, [Decision("own", "Trois.")])
    assert third == head + entry("Trois.") + '\nmsgid "x"\nmsgstr "y"\n'


def test_notes_that_the_program_writes_are_no_dispute() -> None:
    text = 'msgid ""\nmsgstr ""\n' + met('"Date: 1\\n"\n', '"Date: 2\\n"\n') + "\n" + entry("Un.")
    assert disputes(text, PO) == ()
    assert settle(text, PO, []) == side(text)


def test_lines_of_other_files_can_both_be_kept() -> None:
    text = '{"a":1}\n' + met('{"b":2}\n', '{"c":3}\n')
    assert settle(text, "reviews.jsonl", [Decision("both")]) == '{"a":1}\n{"b":2}\n{"c":3}\n'


@pytest.mark.parametrize(
    "text",
    [
        "no marks\n=======\n",
        "<<<<<<< HEAD\nopen\n",
        "<<<<<<< HEAD\na\n>>>>>>> b\n",
        "<<<<<<< HEAD\n<<<<<<< HEAD\n=======\n>>>>>>> b\n>>>>>>> b\n",
        ">>>>>>> b\n",
        met("a\n", "b\n") + ">>>>>>> b\n",
    ],
)
def test_marks_without_a_partner_are_left_to_people(text: str) -> None:
    assert regions(text) == ()


def test_a_text_that_became_keys_with_values_is_shown_as_lines() -> None:
    (only,) = disputes(met("a: {b: 1}\n", "a: 2\n"), YAML)
    assert only.lines


def test_random_regions_give_both_sides_back() -> None:
    chance = random.Random(34)
    for _ in range(300):
        mine, theirs, text = "", "", ""
        for number in range(chance.randrange(1, 6)):
            same = f"key{number}: value\n"
            one, other = (f"k{number}: {chance.choice('abc')}{who}\n" for who in "mt")
            base = chance.choice((None, "", f"k{number}: old\n"))
            text += same + met(one, other, base)
            mine, theirs = mine + same + one, theirs + same + other
        assert (side(text), side(text, theirs=True)) == (mine, theirs)
        found = disputes(text, YAML)
        assert settle(text, YAML, [Decision("theirs")] * len(found)) == theirs
        own = [Decision(chance.choice(("mine", "theirs", "own")), "third") for _ in found]
        kept = values(settle(text, YAML, own))
        for dispute, decision in zip(found, own, strict=True):
            wanted = {"mine": dispute.mine, "theirs": dispute.theirs, "own": "third"}
            assert kept[str(dispute.field[0])] == wanted[decision.take]
