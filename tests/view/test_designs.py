"""Card sets survive their way through the parameters of a step."""

from __future__ import annotations

from stopjihad.model.campaign import Cards
from stopjihad.view.designs import GRID, CardSet, card_sets, find_card, read_sets, write_sets

from support import cards
from support.campaign import point


def test_sets_are_read_as_they_were_written() -> None:
    sets = (CardSet("photo", "x", "jpg"), CardSet("claim-and-fact", "x/claim-and-fact", "png"))
    assert read_sets(write_sets(sets)) == sets
    assert read_sets("") == ()


def test_a_card_is_found_whatever_its_ending() -> None:
    paths = {"site/cards/fr/x/og.jpg", "site/cards/fr/y/og.png"}
    assert find_card(paths, "fr", "x", "og") == "site/cards/fr/x/og.jpg"
    assert find_card(paths, "fr", "y", "og") == "site/cards/fr/y/og.png"
    assert find_card(paths, "fr", "z", "og") == ""


def test_families_take_turns_and_neighbours_differ() -> None:
    choice = Cards(families=("question", "fact", "steps"))
    points = [point(f"p{at}", question="Who?", steps=("Ask.", "Listen.")) for at in range(12)]
    shown = [sets[0].design for sets in card_sets(points, choice, cards.layouts()).values()]
    assert set(shown) == {"question", "fact", "steps"}
    for at, name in enumerate(shown):
        assert at == 0 or name != shown[at - 1]
        assert at < GRID or name != shown[at - GRID]


def test_a_family_leads_only_where_it_suits() -> None:
    choice = Cards(families=("question", "figure", "quote", "fact"))
    (sets,) = card_sets([point("one")], choice, cards.layouts()).values()
    assert sets[0].design == "fact"
    own = point("two", question="Who?", cards=("question",))
    (sets,) = card_sets([own], Cards(), cards.layouts()).values()
    assert sets[0] == CardSet("question", "two", "png")
