"""Paper of a named partner holds the numbers of France where lines are highest."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import msgspec
import pytest
from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import CheckedCampaign, survey, with_fonts
from stopjihad.model import input_names
from stopjihad.model.options import Options
from stopjihad.model.partner import Partner
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.plan.partner_project import for_partner
from stopjihad.render.paper.sheet import lay_out
from stopjihad.render.paper.sheet_job import SheetJob
from stopjihad.render.paper.steps import sheet_job, subject_of

from support.build import CAMPAIGN, REPOSITORY

TODAY = dt.date(2026, 12, 2)
LIKE = ("poster-a3", "poster-home-a3", "wallet-a4")
"""Layouts that show the pages of others."""

MOSQUE = Partner(
    id="mosque",
    name="Association de la mosquée du quartier",
    kind="faith",
    funded_by=("dons des fidèles",),
    languages=("ar", "ps", "ur"),
    country="FR",
    contact="mosque@example.org",
    known_by="The team",
    adults=True,
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> CheckedCampaign:
    root = tmp_path_factory.mktemp("partner") / "workspace"
    shutil.copytree(REPOSITORY / "campaigns" / CAMPAIGN, root / "campaigns" / CAMPAIGN)
    found = survey(root, CAMPAIGN, TODAY, thorough=False, judged=False)
    return with_fonts(found, Path(root), Options(only=("paper",)))


def _job(step: Step, decoded: StepInputs) -> SheetJob:
    params = dict(step.params)
    layout = decoded.value(input_names.paper(params["layout"]))
    drawn = params.get("drawing", "")
    drawing = decoded.value(input_names.drawing(drawn)) if drawn else ""
    return sheet_job(layout, subject_of(step, decoded), drawing, decoded.value("fonts"))


@pytest.mark.parametrize("lang", MOSQUE.languages)
def test_all_paper_of_a_named_partner_holds_its_words(sample: CheckedCampaign, lang: str) -> None:
    """A mosque got no kit in these three: its paper had no room for two names and the numbers."""
    assert sample.project is not None
    own = for_partner(sample.project, MOSQUE, lang)
    options = Options(only=("paper",), languages=(lang,), partner=MOSQUE, voice=own.voice)
    found = msgspec.structs.replace(sample, project=own.project)
    plan = make_campaign_plan(found, options)
    steps = [one for one in plan.steps if one.kind == "paper"]
    steps = [one for one in steps if dict(one.params)["layout"] not in LIKE]
    asked = {dict(one.params)["id"] for one in steps if dict(one.params)["layout"] == "lesson"}
    assert len(asked) >= 6
    assert len(steps) == 3 * len(own.project.points) + len(asked) + 1
    decoded = StepInputs(plan.inputs)
    full = [one.output for one in steps if lay_out(_job(one, decoded)).full]
    assert full == []
