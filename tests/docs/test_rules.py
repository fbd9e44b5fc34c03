"""The page about message rules is the one that the program prints."""

from __future__ import annotations

from stopjihad.catalog.phrases import style_packs
from stopjihad.catalog.rules import rules
from stopjihad.cli.rules import markdown

from support.build import REPOSITORY, stopjihad


def test_the_page_is_up_to_date() -> None:
    """After a change of rules: ``stopjihad rules --format markdown > docs/rules.md``."""
    page = (REPOSITORY / "docs/rules.md").read_text("utf-8")
    assert page == markdown(rules().values(), style_packs().values())


def test_one_rule_and_one_pack_can_be_asked_for() -> None:
    done = stopjihad("rules", "lng04", "bbc")
    assert done.returncode == 0, done.stderr
    assert "LNG04 practice as a sign" in done.stdout
    assert "so-called Islamic State" in done.stdout


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    done = stopjihad("rules", "LNG4")
    assert done.returncode == 2
    assert "did you mean LNG04?" in done.stderr


def test_the_list_names_every_rule_and_pack() -> None:
    done = stopjihad("rules")
    assert all(name in done.stdout for name in (*rules(), *style_packs()))


def test_json_is_for_programs() -> None:
    import json

    found = json.loads(stopjihad("rules", "--format", "json").stdout)
    assert [row["id"] for row in found] == [*rules(), *style_packs()]
