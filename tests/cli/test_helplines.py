"""``stopjihad helplines`` says which line stands where."""

from __future__ import annotations

import json

from support.build import CAMPAIGN, REPOSITORY, day_of_the_campaign, stopjihad


def test_every_language_and_kind_has_a_row() -> None:
    done = stopjihad(
        *("-C", REPOSITORY, "helplines", CAMPAIGN, "--format", "json"),
        SOURCE_DATE_EPOCH=day_of_the_campaign(),
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["campaigns"][CAMPAIGN]
    found = {(row["language"], row["kind"]): row for row in rows}
    assert found["fr", "pages"]["lines"] == ["fr-cnapr", "be-caprev"]
    assert found["fr", "cards"]["texts"] == ["France · CNAPR (police)\u00a0: 0 800 005 696"]
    assert found["en", "posts/x"]["lines"] == ["gb-act-early"]
    arabic = [row for row in rows if row["language"] == "ar"]
    assert {row["kind"] for row in arabic} == {row["kind"] for row in rows}
    # Who answers speaks no Arabic: with an interpreter, which search engines do not say.
    assert {row["kind"] for row in arabic if not row["lines"]} == {"feeds", "structured data"}
    assert "مع مترجم" in found["ar", "cards"]["texts"][0]
    urdu = [row for row in rows if row["language"] == "ur"]
    assert not any(row["lines"] for row in urdu)
    assert {row["address"] for row in urdu if row["kind"] != "feeds"} == {
        "https://campaign.example.org/ur/help/"
    }


def test_the_table_names_country_and_operator() -> None:
    done = stopjihad("-C", REPOSITORY, "helplines", SOURCE_DATE_EPOCH=day_of_the_campaign())
    assert "United Kingdom · ACT Early (police): 0800 011 3764" in done.stdout
    assert "Almanya · BAMF-Beratungsstelle (devlet kurumu): +49 911 943 43 43" in done.stdout
