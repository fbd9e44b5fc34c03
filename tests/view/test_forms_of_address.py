"""Readers are spoken to as the campaign says, language by language."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from stopjihad.model.point import Address
from stopjihad.view.forms_of_address import (
    INFORMAL,
    informal_audiences,
    informal_words,
    is_informal,
    speaks_informally,
)
from stopjihad.view.localization import make_frame
from stopjihad.view.resolver import Resolver

from support.campaign import generated_project, point


@pytest.mark.parametrize(
    ("address", "informal"),
    [
        (None, ()),
        ("formal", ()),
        ("informal", ("de", "fr")),
        ({"de": "informal"}, ("de",)),
        ({"de": "formal", "else": "informal"}, ("fr",)),
    ],
)
def test_a_form_of_address_holds_for_all_languages_or_by_language(
    address: Address | Mapping[str, Address] | None, informal: tuple[str, ...]
) -> None:
    assert tuple(lang for lang in ("de", "fr") if is_informal(address, lang)) == informal


def test_a_talking_point_speaks_as_to_its_first_audience_or_as_it_says() -> None:
    project = generated_project(1)
    campaign = project.campaign.record
    first, *others = campaign.audiences
    young = replace(first, id="young", address={"de": "informal"})
    campaign = replace(campaign, audiences=(first, young, *others))
    assert informal_audiences(campaign, "de") == ("young",)
    assert informal_audiences(campaign, "fr") == ()
    frame = make_frame(project, Resolver("de", "en"))
    frame = replace(frame, informal=("young",))
    said = point("a", audiences=("young", first.id))
    assert speaks_informally(said, frame)
    assert not speaks_informally(replace(said, address="formal"), frame)
    assert not speaks_informally(replace(said, audiences=(first.id, "young")), frame)
    assert speaks_informally(replace(said, audiences=(first.id,), address="informal"), frame)


def test_what_has_no_informal_form_stays() -> None:
    words = {"Call": "Rufen Sie an", f"{INFORMAL}Call": "Ruf an", "Source": "Quelle"}
    assert informal_words(words) == words | {"Call": "Ruf an"}
