"""The source on a chart card can be read: tesseract finds it in the picture that ships."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess

import pytest
from PIL import Image, ImageOps
from stopjihad.build.cards import CardChoice, CardStudio
from stopjihad.build.check.survey import survey, with_fonts
from stopjihad.model.options import Options

from support.build import CAMPAIGN, REPOSITORY, day_of_the_campaign

READERS = {"en": "eng", "ru": "rus+eng", "ar": "ara+eng"}


@pytest.fixture(scope="module")
def studio() -> CardStudio:
    day = dt.datetime.fromtimestamp(int(day_of_the_campaign()), dt.UTC).date()
    found = survey(REPOSITORY, CAMPAIGN, day, thorough=False)
    return CardStudio(with_fonts(found, REPOSITORY, Options()), REPOSITORY)


@pytest.mark.parametrize("lang", READERS)
def test_the_source_of_a_chart_is_read_in_its_picture(studio: CardStudio, lang: str) -> None:
    tesseract = shutil.which("tesseract")
    assert tesseract, "there is no tesseract: 'make system' installs it"
    choice = CardChoice(subject="scholars-said-no", language=lang, format="square", design="chart")
    grey = Image.open(io.BytesIO(studio.picture(choice))).convert("L")
    picture = io.BytesIO()
    foot = ImageOps.autocontrast(grey.crop((0, 720, 1080, 1080))).resize((2160, 720))
    foot.save(picture, "PNG")
    done = subprocess.run(
        [tesseract, "-", "-", "-l", READERS[lang], "--psm", "6"],
        input=picture.getvalue(),
        capture_output=True,
        check=True,
    )
    lines = [one for one in done.stdout.decode().splitlines() if one.strip()]
    source = next(
        at for at, one in enumerate(lines) if "Research Center" in one
    )  # "Pew" is read as Arabic beside it
    assert any("campaign.example.org" in one for one in lines[source : source + 2])
