"""A host that imitates another of the campaign is caught; ordinary neighbours are not."""

from __future__ import annotations

from typing import Any

import pytest
from stopjihad.check.host_twins import twins

from support.messages import laid_over, problems_of

OFFICIAL = "stop-djihadisme.gouv.fr"


@pytest.mark.parametrize(
    "host",
    [
        "stop-djihadisrne.gouv.fr",
        "st0p-djihadisme.gouv.fr",
        "stop-djlhadisme.gouv.fr",
        "stop-dj1hadisme.gouv.fr",
        "5top-djihadisme.gouv.fr",
        "stop-djihadisme.gouv-fr.com",
        "stop-djihadisme-gouv-fr.com",
        "stop-djihadisme-gouv.fr",
        "stop-djihadisme.gouv.fr.example.com",
        "stop-djihadisme.gouv.fr-help.org",
    ],
)
def test_a_host_that_looks_like_one_of_the_campaign_is_caught(host: str) -> None:
    for counts in ({OFFICIAL: 2, host: 1, "un.org": 5}, {"un.org": 5, host: 1, OFFICIAL: 2}):
        assert list(twins(counts)) == [(host, OFFICIAL)]


@pytest.mark.parametrize(
    "hosts",
    [
        {"example.com", "example.com.tr", "example.org", "news.example.com", "example-news.com"},
        {"un.org", "news.un.org", "un.org.uk", "unicef.org", "unric.org"},
        {"gouv.fr", "interieur.gouv.fr", "cipdr.gouv.fr", "gouvernement.fr"},
        {"eur-lex.europa.eu", "eurlex.europa.eu", "europa.eu", "europol.europa.eu"},
        {"bbc.com", "bbc.co.uk", "abc.com", "abc.net.au", "nbc.com"},
        {"hayat-deutschland.de", "hayat.de", "deutschland.de"},
    ],
)
def test_ordinary_neighbours_pass(hosts: set[str]) -> None:
    assert list(twins(dict.fromkeys(sorted(hosts), 1))) == []


def test_thousands_of_hosts_are_compared_at_once() -> None:
    counts = {
        f"host-{number}.a-{number % 7}.example.org".translate(SPELT): 1 for number in range(9000)
    }
    assert list(twins(counts)) == []


SPELT = str.maketrans("0123456789", "abcdefghjk")


@pytest.mark.parametrize(
    "values",
    [
        {"point": {"alternative": "[Write](https://stop-djihadisrne.gouv.fr/) to them."}},
        {"point": {"question": "Is HTTPS://st0p-djihadisme.gouv.fr/a theirs?"}},
        {"campaign": {"leave_url": "https://stop-djihadisme-gouv.fr/"}},
    ],
)
def test_a_trap_is_caught_wherever_it_stands(values: dict[str, Any]) -> None:
    helpline = {"url": f"https://{OFFICIAL}/", "source": f"https://{OFFICIAL}/line"}
    found = [one for one in problems_of(laid_over({**values, "helpline": helpline}))
             if one.code == "address-twin"]  # fmt: skip
    assert len(found) == 1


@pytest.mark.parametrize(
    ("allowed", "count"),
    [
        ([], 1),
        (["st0p-djihadisme.gouv.fr"], 0),
        (["gouv.fr"], 0),
        (["p-djihadisme.gouv.fr"], 1),
        (["stop-djihadisme.gouv.fr.example.com"], 1),
    ],
)
def test_a_host_that_is_meant_is_listed_by_its_name_or_what_it_is_below(
    allowed: list[str], count: int
) -> None:
    values = {
        "campaign": {"allow_hosts": allowed},
        "point": {"question": "Is https://st0p-djihadisme.gouv.fr/a theirs?"},
        "helpline": {"url": f"https://{OFFICIAL}/", "source": f"https://{OFFICIAL}/line"},
    }
    found = [one.code for one in problems_of(laid_over(values))]
    assert found.count("address-twin") == count


def test_two_letters_are_taken_for_one() -> None:
    assert list(twins({"www-aide.example.org": 2, "vvvvw-aide.example.org": 1})) != []
    assert list(twins({"news.example.org": 2, "nevvs.example.org": 1})) == [
        ("nevvs.example.org", "news.example.org")
    ]
