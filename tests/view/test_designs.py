"""Card sets survive their way through the parameters of a step."""

from __future__ import annotations

from stopjihad.view.designs import CardSet, find_card, read_sets, write_sets


def test_sets_are_read_as_they_were_written() -> None:
    sets = (CardSet("photo", "x", "jpg"), CardSet("claim-and-fact", "x/claim-and-fact", "png"))
    assert read_sets(write_sets(sets)) == sets
    assert read_sets("") == ()


def test_a_card_is_found_whatever_its_ending() -> None:
    paths = {"site/cards/fr/x/og.jpg", "site/cards/fr/y/og.png"}
    assert find_card(paths, "fr", "x", "og") == "site/cards/fr/x/og.jpg"
    assert find_card(paths, "fr", "y", "og") == "site/cards/fr/y/og.png"
    assert find_card(paths, "fr", "z", "og") == ""
