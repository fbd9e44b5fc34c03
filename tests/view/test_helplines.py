"""A number stands where the campaign put it and somebody answers; nothing is guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from stopjihad.model.campaign import HelplineChoice
from stopjihad.model.helpline import Helpline, Phone, Verified
from stopjihad.view.helplines import chosen, fits, market

from support.campaign import GENERATED

DAY = dt.date(2026, 11, 24)


def line(name: str, country: str, *languages: str) -> Helpline:
    return Helpline(
        id=name,
        country=country,
        name=name,
        phone=Phone(e164="+33800005696", printed="0 800 005 696"),
        hours="always",
        languages=languages,
        operator="ngo",
        emergency="112",
        url="https://example.org/",
        source="https://example.org/",
        verified=Verified(on=DAY, how="read"),
        review_by=DAY,
    )


LINES = (
    line("at", "AT", "de", "tr"),
    line("be", "BE", "fr"),
    line("de", "DE", "de", "tr"),
    line("fr", "FR", "fr"),
)


def ids(tag: str, *entries: HelplineChoice) -> tuple[str, ...]:
    campaign = replace(GENERATED, helplines=entries)
    return tuple(one.id for one in chosen(campaign, LINES, tag))


def entry(language: str | None, market: str | None, *lines: str) -> HelplineChoice:
    return HelplineChoice(language=language, market=market, lines=lines)


def test_french_does_not_carry_belgiums_number_because_b_comes_before_f() -> None:
    assert ids("fr", entry("fr", "FR", "fr", "be")) == ("fr", "be")


def test_what_no_entry_names_has_no_line_though_one_would_answer() -> None:
    assert ids("tr") == ids("tr", entry("fr", None, "fr")) == ()


def test_a_line_that_does_not_answer_in_the_language_is_left_out() -> None:
    assert ids("de", entry("de", None, "fr", "de")) == ("de",)


def test_all_entries_that_fit_count_in_their_order_each_line_once() -> None:
    found = ids(
        "de", entry("de", "AT", "at"), entry("fr", None, "be"), entry("de", None, "de", "at")
    )
    assert found == ("at", "de")


@pytest.mark.parametrize(
    ("tag", "language", "country", "wanted"),
    [
        ("fr", "fr", None, True),
        ("fr", "fr", "FR", True),
        ("fr", None, "FR", False),
        ("fr", "fr-BE", None, False),
        ("fr-BE", "fr-BE", None, True),
        ("fr-BE", "fr-BE", "FR", False),
        ("fr-BE", "fr", "BE", True),
        ("fr-BE", None, "BE", True),
        ("fr-BE", "fr", None, False),  # a Belgian edition does not take what is for France
        ("fr-BE", "fr", "FR", False),
        ("fr-BE", "nl", "BE", False),
        ("zh-Hant", "zh", None, True),
    ],
)
def test_an_entry_is_for_a_language_or_a_country_or_both(
    tag: str, language: str | None, country: str | None, *, wanted: bool
) -> None:
    assert fits(entry(language, country, "fr"), tag) is wanted


def test_the_market_is_said_and_never_taken_from_a_line() -> None:
    campaign = replace(GENERATED, helplines=(entry("tr", None, "de"), entry("fr", "FR", "fr")))
    assert [market(campaign, tag) for tag in ("tr", "fr", "fr-BE", "ar")] == ["", "FR", "BE", ""]
