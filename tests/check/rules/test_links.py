"""Addresses that nothing may lead to: the quick look passes over none that reading finds."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from stopjihad.check.rules.links import DeniedHosts

from support.messages import codes, laid_over, problems_of


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
    deny = DeniedHosts((entry,))
    assert deny.may_be_in(text)
    assert list(deny.addresses(text)) == [address]


def test_a_short_host_that_a_campaign_denies_is_found() -> None:
    text = "Their films are at [this address](https://t.me/films)."
    assert "EVD02" in codes(laid_over({"campaign": {"deny_links": ["t.me"]}, "text": text}))


def test_words_that_are_no_address_are_passed_over() -> None:
    assert not DeniedHosts(("t.me",)).may_be_in("It was a test. Me too, said Mr T. at 3.30.")


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("my.channel/x", "See my.channel/y and my.channel."),
        ("my.channel/x", "See other.channel/x1."),
        ("bad.example.net", "See notbad.example.net and bad.example.net.org."),
        (".onion", "See onion.example.org and the.onions."),
        ("t.me", "See best.me and t.media."),
    ],
)
def test_an_address_beside_a_denied_one_is_not_refused(entry: str, text: str) -> None:
    assert list(DeniedHosts((entry,)).addresses(text)) == []


def test_an_address_that_stands_twice_is_told_once() -> None:
    text = "See t.me/a, then https://t.me/a, then t.me/a."
    assert list(DeniedHosts(("t.me",)).addresses(text)) == ["t.me/a", "https://t.me/a"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_denied_address_is_placed_on_its_line(number: int) -> None:
    lines = ["One line.", "Another line.", "A third one."]
    lines[number] += " See bad.example.net."
    project = laid_over({"campaign": {"deny_links": ["bad.example.net"]}})
    point = project.points[0]
    body = replace(point, record=replace(point.record, body="\n".join(lines)))
    changed = replace(project, points=(body,))
    (told,) = (one for one in problems_of(changed) if one.code == "EVD02")
    assert (told.line, told.column) == (20 + number, lines[number].index("bad") + 1)
