"""Addresses that nothing may lead to: the quick look passes over none that reading finds."""

from __future__ import annotations

import pytest
from stopjihad.check.rules.links import Denied

from support.messages import codes, laid_over


@pytest.mark.parametrize(
    ("entry", "text", "address"),
    [
        ("t.me", "Write to https://t.me/channel now.", "https://t.me/channel"),
        ("t.me", "Write to t[.]me/channel now.", "t[.]me/channel"),
        ("t.me", "Write to T(.)ME now.", "T(.)ME"),
        ("a.b.evil", "See www.a.b.evil.", "www.a.b.evil"),
        ("my.channel/x", "See my.channel/x1.", "my.channel/x1"),
        ("bad.example.net", "See sub.bad.example[.]net.", "sub.bad.example[.]net"),
        (".onion", "See abc[.]onion.", "abc[.]onion"),
    ],
)
def test_an_address_is_found_whichever_label_is_the_longest(
    entry: str, text: str, address: str
) -> None:
    deny = Denied((entry,))
    assert deny.may_be_in(text)
    assert list(deny.addresses(text)) == [address]


def test_a_short_host_that_a_campaign_denies_is_found() -> None:
    text = "Their films are at [this address](https://t.me/films)."
    assert "EVD02" in codes(laid_over({"campaign": {"deny_links": ["t.me"]}, "text": text}))


def test_words_that_are_no_address_are_passed_over() -> None:
    assert not Denied(("t.me",)).may_be_in("It was a test. Me too, said Mr T. at 3.30.")
