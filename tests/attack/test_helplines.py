"""A row of helplines.yaml that leads callers elsewhere, whatever its number is."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from stopjihad.build.check.survey import survey

TESTS = Path(__file__).parents[1]
DAY = dt.date(2026, 11, 28)
NUMBER = 'printed: "0 800 005 696"'
OTHER = "0 899 70 12 34"


def faults(folder: Path, old: str, new: str) -> set[str]:
    """Change the helpline of the small campaign; give the codes of what is wrong with it."""
    shutil.copytree(TESTS / "invalid/_base", folder)
    file = folder / "campaigns/demo/helplines.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    found = survey(folder, "demo", DAY).problems
    return {one.code for one in found if one.path.endswith("helplines.yaml")}


@pytest.mark.parametrize(
    "printed",
    [
        "0 800 005 696 ext. 17",
        "0 800 005 696;ext=17",
        "0800005696x112",
        "0800005696#112",
        "0800005696;isub=17",
        "0 800 00 LOWN",
        "tel:0800005696;phone-context=+33",
        "0(0)800(0)005696",
        "112 0800005696",
        "0800005696/0899701234",
    ],
)
def test_a_printed_number_is_nothing_but_the_number_that_is_dialled(
    printed: str, tmp_path: Path
) -> None:
    assert faults(tmp_path / "w", NUMBER, f'printed: "{printed}"') == {"SAF02"}


@pytest.mark.parametrize("printed", ["+33 (0)800 005 696", "0800.005.696", "(0)800-005 696"])
def test_ways_in_which_services_print_their_number_are_fine(printed: str, tmp_path: Path) -> None:
    assert faults(tmp_path / "w", NUMBER, f'printed: "{printed}"') == set()


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("a@y.net?bcc=evil.net&body=x", "bad-form"),
        ("help@neighb\u043eurs-help.net", "bad-form"),
        ("a'onmouseover='x@y.net", "bad-form"),
        ("0899 701 234", "SAF02"),
    ],
)
def test_what_people_write_to_is_one_address_that_costs_nothing(
    to: str, code: str, tmp_path: Path
) -> None:
    writes = f'    writes: [{{kind: email, to: "{to}"}}]\n    hours:'
    assert faults(tmp_path / "w", "    hours:", writes) == {code}


@pytest.mark.parametrize("field", ["night", "operator_note", "passed_on"])
def test_a_row_names_no_number_of_another_line(field: str, tmp_path: Path) -> None:
    words = f"    {field}: Call {OTHER} instead.\n    hours:"
    assert faults(tmp_path / "w", "    hours:", words) == {"SAF07"}


def test_a_number_of_the_police_stands_under_no_other_name(tmp_path: Path) -> None:
    row = (TESTS / "invalid/_base/campaigns/demo/helplines.yaml").read_text("utf-8")
    _, _, row = row.partition("helplines:\n")
    other = row.replace("id: line", "id: listening").replace("government", "police")
    assert "helpline-need" in faults(tmp_path / "w", "helplines:\n", f"helplines:\n{other}")
