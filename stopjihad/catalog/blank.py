"""What a campaign says that has not been written yet, in the languages of the starter."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


class BlankWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Texts that authors replace first; none is about any subject.

    Attributes:
        title: name of the campaign.
        goal: what should be different afterwards.
        metric: what is counted.
        persona: how to describe a person of an audience.
        about: the page about the campaign.
    """

    title: str
    goal: str
    metric: str
    persona: str
    about: str


@cache
def blank_words() -> dict[str, BlankWords]:
    """Give the words of a blank campaign by language (BCP 47 tag)."""
    data = resources.files("stopjihad.catalog").joinpath("data/blank.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=dict[str, BlankWords])
