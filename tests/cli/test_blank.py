"""`init --blank` begins a campaign on any subject: no word of the sample's stands in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stopjihad.catalog.blank import blank_words
from stopjihad.cli.main import main

from support.build import day_of_the_campaign

SUBJECT = re.compile(
    r"recru|ronsel|reclut|anwerb|вербов|devşir|مجن[ِّ]*د|بھرتی|দলে টান|qorta|جلبوون"
    r"|terror|jihad|djihad|dschihad|yihad|radicali|radikal|extremis|extrémis|propagand|daesh|daech|\bisis\b"
    r"|islam|muslim|musulman|إرهاب|جهاد|террор|джихад|terör|cihat",
    re.IGNORECASE,
)
"""What the sample is about, in its languages."""

POINT = """\
---
mode: debunk
fact: Des études sur un million d’enfants n’ont trouvé aucun lien avec l’autisme.
claim: La piqûre rend malade.
warning: Une étude de 1998, retirée pour fraude, a lancé cette peur.
technique: cherry-picking
prevalence: {level: mainstream, evidence: Observation, assessed: 2026-11-20}
audiences: [relatives]
messenger: team
action: {label: Poser une question, kind: helpline}
sources:
  - id: oms
    title: Page
    publisher: OMS
    url: https://www.who.int/fr
    accessed: 2026-11-20
    primary: true
---
Plusieurs équipes ont cherché ce lien pendant vingt ans. [^oms]
"""

LINE = """\
helplines:
  - id: ligne
    country: FR
    name: Info santé
    phone: {e164: "+33800005696", printed: 0 800 005 696}
    hours: Du lundi au vendredi
    languages: [fr]
    operator: health
    emergency: 15 ou 112
    url: https://example.org/line
    source: https://example.org/line
    verified: {on: 2026-11-20, how: read}
    review_by: 2027-02-01
    anonymous: true
"""


def run(*words: str | Path) -> Result:
    when = {"SOURCE_DATE_EPOCH": day_of_the_campaign()}
    return CliRunner().invoke(main, [str(word) for word in words], env=when)


@pytest.mark.parametrize("language", sorted(blank_words()))
def test_a_blank_campaign_is_whole_in_its_language_and_about_nothing(
    tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "mine"
    assert run("init", folder, "--blank", "--language", language).exit_code == 0
    texts = {path: path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}
    written = {
        path.name: re.sub(r"(?m)^\s*#.*$|stopjihad", "", text) for path, text in texts.items()
    }
    assert {name: found for name, text in written.items() if (found := SUBJECT.findall(text))} == {}
    own = blank_words()[language]
    assert f"title: {own.title}" in written["campaign.yaml"]
    assert own.about in written["about.md"]
    checked = json.loads(run("-C", folder, "check", "--format", "json").stdout)
    errors = {one["code"] for one in checked["problems"] if one["severity"] == "error"}
    assert errors == {"no-points", "helplines-missing"}


def test_what_is_built_of_a_blank_campaign_says_what_its_authors_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run("init", folder, "--blank", "--language", "fr").exit_code == 0
    campaign = folder / "campaigns" / "my-campaign"
    (campaign / "points").mkdir()
    (campaign / "points" / "vaccin.md").write_text(POINT, "utf-8")
    (campaign / "helplines.yaml").write_text(LINE, "utf-8")
    text = (campaign / "campaign.yaml").read_text("utf-8")
    own = "helplines: [{language: fr, market: FR, lines: [ligne]}]\nclaimant: Une rumeur dit\n"
    (campaign / "campaign.yaml").write_text(f"{text}{own}", "utf-8")
    built = run("-C", folder, "build", "--only", "site,posts", "--jobs", "1")
    assert built.exit_code == 0, built.output
    made = folder / "dist" / "my-campaign"
    texts = {
        str(path.relative_to(made)): path.read_text("utf-8")
        for part in ("site", "posts")
        for path in (made / part).rglob("*")
        if path.suffix in {".html", ".txt", ".xml", ".csv", ".ics"}
    }
    assert {name: found for name, text in texts.items() if (found := SUBJECT.findall(text))} == {}
    page = texts["site/fr/points/vaccin/index.html"]
    assert "Une rumeur dit" in page
    assert "pull-factors" not in page
    assert 'class="intro"' not in texts["site/fr/index.html"]  # it said the tagline twice
    unasked = "Personnes qui veulent en sortir"
    assert unasked not in texts["site/fr/help/index.html"]
