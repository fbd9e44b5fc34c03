"""One value changes; every comment, quote and line that is not its own stays as it was."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stopjihad.load.documents import split_front_matter
from stopjihad.load.yaml import parse
from stopjihad.text.yaml.patch import insert_item, normal, remove_value, set_value
from stopjihad.text.yaml.tree import NoSuchPlace, Value, compose, plain

from support.build import CAMPAIGN, REPOSITORY

TEXT = """\
# On top.
mode: debunk        # debunk | prebunk
fact: Most people ISIS killed were Muslims.

# The claim.
claim: 'They "defend" Muslims.'
warning: "Recruiters say this. It is false."
prevalence: {level: mainstream, evidence: "…", assessed: 2026-11-01}  # judged
audiences: [relatives, "young-people"]
empty:
alternative: |
  First line.

  Second: line.

# Before sources.
sources:
  # read
  - id: un2014
    title: "A title: with colon"   # as printed
    publisher: UN

  # read too
  - {id: un2015, title: Other, publisher: UN}
summary: >-
  Folded text that
  goes on.
last: end
"""


def lines_changed(old: str, new: str) -> list[str]:
    """List added and removed lines."""
    diff = difflib.ndiff(old.splitlines(), new.splitlines())
    return [line for line in diff if line[:2] in ("+ ", "- ")]


@pytest.mark.parametrize(
    ("path", "value", "changed"),
    [
        (("mode",), "prebunk", ["- mode: debunk        # debunk | prebunk",
                                "+ mode: prebunk        # debunk | prebunk"]),
        (("claim",), "It's so.", ["- claim: 'They \"defend\" Muslims.'", "+ claim: 'It''s so.'"]),
        (("warning",), 'Say "no".', ['- warning: "Recruiters say this. It is false."',
                                     '+ warning: "Say \\"no\\"."']),
        (("fact",), "A: b", ["- fact: Most people ISIS killed were Muslims.", '+ fact: "A: b"']),
        (("fact",), "no", ["- fact: Most people ISIS killed were Muslims.", '+ fact: "no"']),
        (("empty",), "now full", ["- empty:", "+ empty: now full"]),
        (("prevalence", "level"), "niche", [
            '- prevalence: {level: mainstream, evidence: "…", assessed: 2026-11-01}  # judged',
            '+ prevalence: {level: niche, evidence: "…", assessed: 2026-11-01}  # judged']),
        (("prevalence", "evidence"), "a, b", [
            '- prevalence: {level: mainstream, evidence: "…", assessed: 2026-11-01}  # judged',
            '+ prevalence: {level: mainstream, evidence: "a, b", assessed: 2026-11-01}  # judged']),
        (("alternative",), "First line.\n\nAnother.", ["-   Second: line.", "+   Another."]),
        (("audiences",), ["relatives", "professionals", "young-people"], [
            '- audiences: [relatives, "young-people"]',
            '+ audiences: [relatives, professionals, "young-people"]']),
        (("audiences",), ["young-people"], [
            '- audiences: [relatives, "young-people"]', '+ audiences: ["young-people"]']),
        (("sources", 0, "title"), "New", ['-     title: "A title: with colon"   # as printed',
                                          '+     title: "New"   # as printed']),
        (("sources", 1, "title"), "New", [
            "-   - {id: un2015, title: Other, publisher: UN}",
            "+   - {id: un2015, title: New, publisher: UN}"]),
        (("sources", 0, "url"), "https://un.org/a", ["+     url: https://un.org/a"]),
        (("sources", 1, "url"), "https://un.org/a", [
            "-   - {id: un2015, title: Other, publisher: UN}",
            '+   - {id: un2015, title: Other, publisher: UN, url: "https://un.org/a"}']),
        (("summary",), "Short.", ["-   Folded text that", "-   goes on.", "+   Short."]),
        (("technique",), "us-vs-them", ["+ technique: us-vs-them"]),
        (("fact",), "two\nlines", ["- fact: Most people ISIS killed were Muslims.",
                                   "+ fact: |", "+   two", "+   lines"]),
        (("mode",), "two\nlines", ["- mode: debunk        # debunk | prebunk",
                                   '+ mode: "two\\nlines"        # debunk | prebunk']),
    ],
)  # fmt: skip
def test_only_the_own_line_changes(
    path: tuple[str | int, ...], value: Value, changed: list[str]
) -> None:
    order = (
        "mode",
        "fact",
        "claim",
        "warning",
        "technique",
        "prevalence",
        "id",
        "title",
        "publisher",
        "url",
    )
    assert sorted(lines_changed(TEXT, set_value(TEXT, path, value, order))) == sorted(changed)


def test_a_new_key_stands_in_the_order_of_the_schema() -> None:
    order = ("mode", "fact", "claim", "warning", "technique", "prevalence")
    lines = set_value(TEXT, ("technique",), "us-vs-them", order).splitlines()
    assert lines[lines.index("technique: us-vs-them") - 1].startswith("warning:")
    lines = set_value("b: x\n", ("a",), {"k": "v", "l": ["x"]}, ("a", "b")).splitlines()
    assert lines == ["a:", "  k: v", "  l: [x]", "b: x"]


def test_items_come_and_go_with_their_lines() -> None:
    source: Value = {"id": "new", "title": "T: t", "url": "https://x.org/"}
    new = insert_item(TEXT, ("sources",), 1, source)
    assert lines_changed(TEXT, new) == [
        "+   - id: new", '+     title: "T: t"', "+     url: https://x.org/",
    ]  # fmt: skip
    assert lines_changed(TEXT, insert_item(TEXT, ("sources",), 2, "x")) == ["+   - x"]
    gone = remove_value(TEXT, ("sources", 0))
    assert lines_changed(TEXT, gone) == [
        "-   - id: un2014", '-     title: "A title: with colon"   # as printed',
        "-     publisher: UN",
    ]  # fmt: skip
    assert (
        remove_value(remove_value(TEXT, ("sources", 1)), ("sources", 0)).count("sources: []") == 1
    )
    assert insert_item("a:\nb: x\n", ("a",), 0, {"id": "y"}) == "a:\n  - id: y\nb: x\n"
    assert insert_item("a: []\n", ("a",), 0, "y") == "a: [y]\n"


def test_keys_go_with_their_lines() -> None:
    assert lines_changed(TEXT, remove_value(TEXT, ("alternative",))) == [
        "- alternative: |", "-   First line.", "- ", "-   Second: line.",
    ]  # fmt: skip
    assert "{level: mainstream, assessed:" in remove_value(TEXT, ("prevalence", "evidence"))
    assert "{evidence:" in remove_value(TEXT, ("prevalence", "level"))
    assert '"…"}' in remove_value(TEXT, ("prevalence", "assessed"))
    assert "  - title:" in remove_value(TEXT, ("sources", 0, "id"))


def test_a_place_that_is_not_there_is_an_error() -> None:
    for path in (("sources", 7, "title"), ("mode", "x"), ("nothing", "x"), ("sources", "x")):
        with pytest.raises(NoSuchPlace):
            set_value(TEXT, path, "x")
    with pytest.raises(NoSuchPlace):
        remove_value(TEXT, ("nothing",))
    with pytest.raises(NoSuchPlace):
        compose("a: [")


# ---- properties, on the files of the sample campaign

FILES = [TEXT]
for path in sorted((REPOSITORY / "campaigns" / CAMPAIGN / "points").glob("*.md"))[:6]:
    FILES.append(split_front_matter(Path(path).read_text("utf-8"), "x")[0])
FILES.append((REPOSITORY / "campaigns" / CAMPAIGN / "campaign.yaml").read_text("utf-8"))

LETTERS = st.text(
    st.one_of(
        st.sampled_from(" \n:#-'\"|>{}[],&*!%@`?\\~ab\t\u2028\x85éب😀"),
        st.characters(codec="utf-8", exclude_categories=["Cs"]),
    ),
    max_size=40,
)


def places(value: Value, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Name every place of a tree."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, one in value.items():
            yield from places(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from places(one, (*path, index))


def at(value: Value, path: tuple[str | int, ...]) -> Value:
    for step in path:
        value = value[step]  # type: ignore[index,call-overload]
    return value


def comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]


@settings(max_examples=600)
@given(st.sampled_from(FILES), st.data(), LETTERS)
@example(TEXT, None, "a\u2028b")
def test_any_text_can_be_set_anywhere(file: str, data: st.DataObject | None, words: str) -> None:
    tree = plain(compose(file))
    scalars = [place for place in places(tree) if isinstance(at(tree, place), str)]
    place = data.draw(st.sampled_from(scalars)) if data else ("fact",)
    new = set_value(file, place, words)
    again = plain(compose(new))
    assert at(again, place) == normal(words)
    assert list(places(again)) == list(places(tree))
    for other in scalars:
        assert other == place or at(again, other) == at(tree, other)
    if "#" not in words:  # a text may look like a comment
        assert comments(new) == comments(file)
    allowed = str(at(tree, place)).count("\n") + normal(words).count("\n") + 12
    assert len(lines_changed(file, new)) <= 2 * allowed


@settings(max_examples=300)
@given(st.sampled_from(FILES), st.data())
def test_anything_can_be_removed_and_put_back(file: str, data: st.DataObject) -> None:
    tree = plain(compose(file))
    place = data.draw(st.sampled_from(list(places(tree))))
    gone = remove_value(file, place)
    assert comments(gone) == comments(file) or place[-1] in ("sources", "goal", "schedule")
    value = at(tree, place)
    if isinstance(place[-1], int):
        again = insert_item(gone, place[:-1], place[-1], value)
    else:
        again = set_value(gone, place, value)
    assert plain(compose(again)) == tree or isinstance(place[-1], str)
    assert at(plain(compose(again)), place) == value


@settings(max_examples=200)
@given(st.lists(LETTERS.filter(str.strip), max_size=5), st.lists(LETTERS, max_size=5))
def test_a_list_of_texts_becomes_any_other(old: list[str], new: list[str]) -> None:
    text = set_value("a: [x]\nb: y\n", ("a",), list(old))
    again = set_value(text, ("a",), list(new))
    assert plain(compose(again)) == {"a": normal(list(new)), "b": "y"}


@settings(max_examples=200)
@given(LETTERS)
def test_what_is_written_is_what_our_strict_reader_reads(words: str) -> None:
    new = set_value(TEXT, ("fact",), words)
    root, problems = parse(new, "x")
    assert problems == []
    assert root is not None
    assert plain(root)["fact"] == normal(words)  # type: ignore[index,call-overload]
