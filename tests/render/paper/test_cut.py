"""Text that is cut for paper: a list is told whole or not at all."""

from __future__ import annotations

from stopjihad.render.paper.said import Said, parts_to_cut, prose_words
from stopjihad.view.records import Prose, Text

TEXT = """
A first paragraph.

Four questions help with any clip:

- Who speaks?
- Where from?
- Who gains?
- What is left out?

## And then

Ask somebody.

A last word.
"""


def said() -> Said:
    return prose_words(Prose((Text(TEXT, "en"),)))


def told(found: Said) -> list[str]:
    return [one.text for one in found.paragraphs]


def cut(found: Said, *, lists: bool) -> Said:
    first, stop = next(iter(parts_to_cut(found, lists=lists)))
    return found.without(first, stop)


def test_paragraphs_go_first_from_the_end_and_a_heading_with_the_last_below_it() -> None:
    """A lesson page said "four questions help" above two of them."""
    once = cut(said(), lists=False)
    assert told(once)[-2:] == ["And then", "Ask somebody."]
    twice = cut(once, lists=False)
    assert told(twice)[-1] == "What is left out?"


def test_a_list_goes_whole_with_the_words_that_announce_it() -> None:
    assert told(cut(said(), lists=True)) == [
        "A first paragraph.", "And then", "Ask somebody.", "A last word.",
    ]  # fmt: skip


def test_a_list_with_an_entry_that_stays_is_kept_whole() -> None:
    found = prose_words(Prose((Text("One.\n\n- Two. [^stay]\n- Three.", "en"),)))
    assert not list(parts_to_cut(found, lists=True))
