"""Paths that some disk, server or zip program would confuse are reported with both sources."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.build.tree.place import MAX_PATH_BYTES, fold_name, name_problems
from stopjihad.model.step import Step

COLLIDING = [
    ("a/Page.html", "a/page.html"),
    ("A/page.html", "a/page.html"),
    ("stra\u00dfe", "STRASSE"),
    ("\u00e9", "e\u0301"),
    ("\u00c9", "e\u0301"),
    ("\u1e9e", "ss"),
    ("\u212b", "\u00e5"),
    ("\u03a3", "\u03c2"),
    ("a", "a/b"),
    ("a/b", "a/b/c/d"),
    ("A", "a/b"),
    ("same", "same"),
    ("manifest.json", "other"),
    ("Manifest.JSON", "other"),
    ("manifest.json/x", "other"),
]
FORBIDDEN = [
    "", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "con", "CON.txt", "aux.html", "a/nul",
    "com1.x.html", "lpt\u00b9", "prn ", "a.", "a ", "a./b", "a\\b", "c:d", "a?b", "a*b", 'a"b',
    "a<b", "a|b", "a\nb", "a\x00b", "a\x7fb", "\ud800", "x" * 256, "\u00e9" * 128,
    "/".join(["x" * 200] * 6),
]  # fmt: skip
GOOD = [
    "index.html", "site/ar/points/they-protect-muslims/index.html", "x" * 255, "\u00e9" * 127,
    "com0x", "console.html", "auxiliary", "a.b.c", ".htaccess", "_headers", "com10", "a b",
    "\u0639\u0631\u0628\u064a/index.html",
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), COLLIDING)
def test_colliding_paths_are_reported_with_both_sources(one: str, other: str) -> None:
    steps = [Step(one, "page", ("point/one",)), Step(other, "card", ("point/two",))]
    for order in (steps, steps[::-1]):
        problems = name_problems(order)
        assert [problem.code for problem in problems] == ["output-collision"]
        named = [f"{step.output} (" in problems[0].message for step in steps]
        assert all(named) or (any(named) and "manifest.json (manifest)" in problems[0].message)


@pytest.mark.parametrize("path", FORBIDDEN)
def test_a_path_that_cannot_be_written_everywhere_is_refused(path: str) -> None:
    problems = name_problems([Step(path, "page")])
    assert [problem.code for problem in problems] == ["output-name"]
    assert problems[0].message.isprintable()
    problems[0].message.encode()


@pytest.mark.parametrize("path", GOOD)
def test_a_path_that_can_be_written_everywhere_is_taken(path: str) -> None:
    assert name_problems([Step(path, "page")]) == []


def test_everything_wrong_is_reported_at_once() -> None:
    steps = [Step(path, "page") for path in ("a", "A", "con", "b", "b/c", "x" * 256, "good")]
    codes = [problem.code for problem in name_problems(steps)]
    assert sorted(codes) == ["output-collision"] * 2 + ["output-name"] * 2


def test_the_longest_path() -> None:
    parts = ["x" * 63] * (MAX_PATH_BYTES // 64)
    path = "/".join(parts) + "x"
    assert len(path) == MAX_PATH_BYTES
    assert name_problems([Step(path, "page")]) == []
    assert name_problems([Step(path + "x", "page")]) != []


@given(st.text(min_size=1))
def test_other_spellings_of_a_name_are_folded_together(name: str) -> None:
    form = fold_name(name)
    for spelling in (
        unicodedata.normalize("NFC", name),
        unicodedata.normalize("NFD", name),
        name.upper().casefold(),
        name + ".",
        name + " ",
    ):
        assert fold_name(spelling) == form or spelling == name.upper().casefold() != name.casefold()


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), max_size=6))
def test_any_paths_give_problems_and_never_an_error(paths: list[str]) -> None:
    problems = name_problems(Step(path, "page") for path in paths)
    assert {problem.code for problem in problems} <= {"output-collision", "output-name"}
