"""A partner gets what is theirs to say."""

from __future__ import annotations

from typing import Any

import pytest
from stopjihad.model.partner import Partner
from stopjihad.plan.partner_project import for_partner
from stopjihad.translate.po_files import read_project

from support.build import CAMPAIGN, REPOSITORY


@pytest.mark.parametrize(
    ("kind", "settings"), [("school", {"classroom"}), ("faith", {"classroom", "talk"})]
)
def test_a_school_gets_no_questions_for_the_friday_talk(kind: Any, settings: set[str]) -> None:
    partner = Partner(
        id="one",
        name="Parc",
        kind=kind,
        funded_by=("The town",),
        languages=("fr",),
        country="FR",
        contact="one@example.org",
        adults=True,
    )
    own = for_partner(read_project(REPOSITORY, CAMPAIGN), partner, "fr").project
    asked = [page.record.discussion for page in own.pages if page.record.discussion]
    assert {one.setting for one in asked} == settings
    assert len(own.pages) > len(asked)  # and all that is for readers
