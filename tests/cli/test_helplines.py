"""``stopjihad helplines`` says which line stands where."""

from __future__ import annotations

import json
from typing import get_args

from stopjihad.model.point import Need

from support.build import CAMPAIGN, REPOSITORY, day_of_the_campaign, stopjihad


def test_every_language_and_need_has_a_row() -> None:
    done = stopjihad(
        *("-C", REPOSITORY, "helplines", CAMPAIGN, "--format", "json"),
        SOURCE_DATE_EPOCH=day_of_the_campaign(),
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["campaigns"][CAMPAIGN]
    found = {(row["language"], row["need"]): row for row in rows}
    assert {need for _, need in found} == set(get_args(Need))
    assert found["fr", "relatives"]["lines"] == [
        "fr-cnapr", "fr-enfance-en-danger", "be-caprev",
    ]  # fmt: skip
    who = "France · Numéro vert radicalisation (police)"
    text = f"{who}\u00a0: 0 800 005 696 · Du lundi au vendredi, de 9 h à 18 h"
    assert found["fr", "worried"]["texts"][0].replace("\u00a0h", " h") == text
    assert "jour et nuit" in found["fr", "worried"]["nights"][0]
    assert found["en", "grief"]["lines"] == ["gb-samaritans"]
    assert found["en", "women"]["lines"] == ["gb-refuge"]
    assert "women-cut-off" in found["en", "women"]["wanted"]
    # A number that rings in Austria alone stands on no page and card for Germany.
    assert found["de", "young"]["lines"] == ["de-nummer-gegen-kummer"]
    assert found["de", "exit"]["lines"] == []
    assert found["de", "exit"]["address"] == "https://campaign.example.org/de/help/"
    assert "مع مترجم" in found["ar", "worried"]["texts"][0]
    assert not any(row["lines"] for row in rows if row["language"] == "ur")


def test_no_line_of_the_police_stands_where_trust_is_asked_for() -> None:
    done = stopjihad(
        *("-C", REPOSITORY, "helplines", CAMPAIGN, "--format", "json"),
        SOURCE_DATE_EPOCH=day_of_the_campaign(),
    )
    rows = json.loads(done.stdout)["campaigns"][CAMPAIGN]
    police = {"fr-cnapr", "gb-act-early"}
    assert {row["need"] for row in rows if police & set(row["lines"])} == {"worried", "relatives"}


def test_the_table_names_country_and_operator() -> None:
    done = stopjihad("-C", REPOSITORY, "helplines", SOURCE_DATE_EPOCH=day_of_the_campaign())
    assert "United Kingdom · ACT Early (police): 0800 011 3764" in done.stdout
    assert "Almanya · BAMF-Beratungsstelle (devlet kurumu): +49 911 943 43 43" in done.stdout
    assert "money (asked for: 2)" in done.stdout
