"""Prose read as running text keeps the headings that its sentences need."""

from __future__ import annotations

from stopjihad.view.running_text import running_text

from support.cards import prose


def test_a_sentence_keeps_the_heading_that_it_needs() -> None:
    """A lesson sheet said "You have a right to ask", and not what."""
    found = running_text(prose("Somebody answers.\n\n## What is passed on\n\nYou may ask."))
    assert [(one.text.value, one.heading) for one in found] == [
        ("Somebody answers.", False),
        ("What is passed on", True),
        ("You may ask.", False),
    ]


def test_a_heading_below_which_nothing_is_left_is_left_out() -> None:
    found = running_text(prose("## One\n\n## Two\n\n- Said.\n\n## Three"))
    assert [one.text.value for one in found] == ["Two", "Said."]
