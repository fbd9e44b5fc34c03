from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from stopjihad.model.point import Source
from stopjihad.model.translation import Message
from stopjihad.view.localization import hashtags, point_view
from stopjihad.view.resolver import Resolver

from support.campaign import GENERATED, point

CAMPAIGN = replace(GENERATED, hashtags=("FactsFirst", "TalkToSomeone"))


def test_each_language_has_its_own_hashtags_and_none_of_another():
    words = Resolver("fr", "en", (Message("campaign/hashtags", "FactsFirst", "LesFaitsDAbord"),))
    assert hashtags(CAMPAIGN, words) == ("LesFaitsDAbord",)


def test_a_translator_keeps_a_hashtag_by_writing_it_again():
    words = Resolver("fr", "en", (Message("campaign/hashtags", "FactsFirst", "FactsFirst"),))
    assert hashtags(CAMPAIGN, words) == ("FactsFirst",)


def test_the_source_language_has_all():
    assert hashtags(CAMPAIGN, Resolver("en", "en")) == CAMPAIGN.hashtags


def test_a_publisher_has_the_name_that_the_language_gives_it():
    known = Source(
        id="a",
        title="A report",
        publisher="United Nations",
        short="UN",
        url="https://www.un.org/",
        accessed=dt.date(2026, 1, 1),
    )
    sources = (known, replace(known, id="b", publisher="Trouw", short=""))

    def names(lang: str) -> list[tuple[str, str]]:
        view = point_view(point("a", sources=sources), Resolver(lang, "en"))
        return [(one.known_as, one.brief) for one in view.sources]

    assert names("en") == [("United Nations", "UN"), ("Trouw", "Trouw")]
    assert names("de") == [("UN", "UN"), ("Trouw", "Trouw")]  # as short as in English
    assert names("fr-BE") == [("ONU", "ONU"), ("Trouw", "Trouw")]
    assert names("ar") == [("الأمم المتحدة", "الأمم المتحدة"), ("Trouw", "Trouw")]
    assert names("xx") == names("en")
