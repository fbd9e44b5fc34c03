from __future__ import annotations

from msgspec.structs import replace
from stopjihad.model.translation import Message
from stopjihad.view.localize import hashtags
from stopjihad.view.resolve import Resolver

from support.campaign import GENERATED

CAMPAIGN = replace(GENERATED, hashtags=("FactsFirst", "TalkToSomeone"))


def test_each_language_has_its_own_hashtags_and_none_of_another():
    words = Resolver("fr", "en", (Message("campaign/hashtags", "FactsFirst", "LesFaitsDAbord"),))
    assert hashtags(CAMPAIGN, words) == ("LesFaitsDAbord",)


def test_a_translator_keeps_a_hashtag_by_writing_it_again():
    words = Resolver("fr", "en", (Message("campaign/hashtags", "FactsFirst", "FactsFirst"),))
    assert hashtags(CAMPAIGN, words) == ("FactsFirst",)


def test_the_source_language_has_all():
    assert hashtags(CAMPAIGN, Resolver("en", "en")) == CAMPAIGN.hashtags
