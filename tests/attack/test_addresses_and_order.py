"""Words that mislead are refused wherever a team, or a translator, may write words."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from stopjihad.build.check.survey import survey
from stopjihad.cli.main import main
from stopjihad.disk.cache import ByteMemory

from text.web.test_addresses import FINE, HIDING, REFUSED

TESTS = Path(__file__).parents[1]
DAY = dt.date(2026, 11, 24)
DEMO = "campaigns/demo"
FRENCH = TESTS / "invalid" / "translation-link"
KEPT = ByteMemory()
"""What was parsed without a problem, by the digest of its file: templates are parsed once."""


def workspace(folder: Path) -> Path:
    shutil.copytree(TESTS / "invalid" / "_base", folder)
    for name in ("campaign.yaml", "locale/fr.po"):
        (folder / DEMO / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(FRENCH / DEMO / name, folder / DEMO / name)
    shutil.copyfile(FRENCH / DEMO / "points/neighbours.md", folder / DEMO / "points/neighbours.md")
    po = folder / DEMO / "locale/fr.po"
    po.write_text(po.read_text("utf-8").replace("example.org/de", "example.org/un"), "utf-8")
    return folder


def codes(root: Path) -> list[str]:
    found = survey(root, "demo", DAY, KEPT).problems
    return [one.code for one in found if one.severity == "error"]


def edited(root: Path, file: str, old: str, new: str) -> Path:
    path = root / DEMO / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return root


def test_the_workspace_itself_is_sound(tmp_path: Path) -> None:
    assert codes(workspace(tmp_path / "w")) == []


def test_no_source_leads_elsewhere_than_it_seems(tmp_path: Path) -> None:
    passed = []
    for number, address in enumerate((*REFUSED, *(f"https://{host}/x" for host in HIDING))):
        root = workspace(tmp_path / str(number))
        shown = "".join(one if one.isascii() else f"\\u{ord(one):04x}" for one in address)
        edited(root, "points/neighbours.md", "https://example.org/un", shown)
        found = codes(root)
        if not {"address-odd", "bad-form", "text-order"} & set(found):
            passed.append(address)
    assert passed == []


def test_honest_sources_pass(tmp_path: Path) -> None:
    for number, address in enumerate(one for one in FINE if ".onion" not in one):
        root = workspace(tmp_path / str(number))
        edited(root, "points/neighbours.md", '"https://example.org/un"', f'"{address}"')
        assert codes(root) == [], address


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("points/neighbours.md", "[a report](https://example.org/un)", "[a](https://10.0.0.1/un)"),
        ("points/neighbours.md", "says [", "says https://user@example.org ["),
        ("campaign.yaml", "tagline: Facts first", "tagline: Facts at https://bit.ly/x"),
        ("campaign.yaml", "base_url: https://demo.example.org", "base_url: https://localhost/"),
        ("helplines.yaml", "https://", "https://a@"),
        ("pages/about.md", "Words.", "Words at https://example.org:99999/."),
    ],
)
def test_every_kind_of_text_is_looked_at(file: str, old: str, new: str, tmp_path: Path) -> None:
    root = edited(workspace(tmp_path / "w"), file, old, new)
    assert "address-odd" in codes(root)


def test_a_campaign_may_allow_a_host(tmp_path: Path) -> None:
    root = edited(
        workspace(tmp_path / "w"),
        "campaign.yaml",
        "tagline: Facts first",
        "tagline: Facts at https://bit.ly/x and https://новости.com\n"
        "allow_hosts: [bit.ly, xn--b1amnebsh.com]",
    )
    assert "address-odd" not in codes(root)
    edited(root, "campaign.yaml", "bit.ly/x", "a@bit.ly/x")
    assert "address-odd" in codes(root)


ADDED = (
    "t.me/evil",
    "t\u2024me/evil",
    "@evil_chan",
    "evil.test",
    "www.evil.example",
    "EVIL.COM",
    "evil\u3002com",
    "ev\u200bil.com",
    "tg://resolve?domain=evil",
    "\uff20evil_chan",
    "\uff03evil",
    "#evil",
    "ici:evil.com",
    "https:/evil.com",
    "//evil.com/x",
)


@pytest.mark.parametrize("added", ADDED)
def test_a_translation_adds_no_address(added: str, tmp_path: Path) -> None:
    for number, old in enumerate(("les tribunaux", "La plupart", "Ligne d", "Démo")):
        root = edited(workspace(tmp_path / str(number)), "locale/fr.po", old, f"{added} {old}")
        assert "translation-link" in codes(root), old


DIALLED = (
    "0 6 1 2 3 4 5 6 7 8",
    "06 12 11 10 09",
    "0\u20116\u20111\u20112",
    "0\ufe0f\u20e36\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e3",
    "\u24ea\u2465\u2460\u2461",
    "\u2070\u2076\u00b9\u00b2",
)


@pytest.mark.parametrize("added", DIALLED, ids=ascii)
def test_a_translation_adds_no_telephone_number(added: str, tmp_path: Path) -> None:
    """Each digit alone is small enough to be spelled out in another language."""
    for number, old in enumerate(("les tribunaux", "La plupart", "Ligne d", "Démo")):
        root = edited(workspace(tmp_path / str(number)), "locale/fr.po", old, f"{added} {old}")
        assert "translation-number" in codes(root), old


TURNED = ("\u202e0 800 005 696\u202c", "\u202b1\u202c", "\u202a", "11\u20666 117\u2069")
PLACES = (
    ("campaign.yaml", "tagline: Facts first", 'tagline: "{} first"'),
    ("campaign.yaml", "disclosure: Paid for by", 'disclosure: "{}", url: "https://a.example"'),
    ("points/neighbours.md", "fact: Most people", "fact: {} Most people"),
    ("points/neighbours.md", "fact: Most", 'withdrawn: {{day: 2026-11-20, why: "{}"}}\nfact: Most'),
    ("points/neighbours.md", "[^un]", "{} [^un]"),
    ("points/neighbours.md", "title: A report", 'title: "{}"'),
    ("points/neighbours.md", 'https://example.org/un"', 'https://example.org/{}"'),
    ("helplines.yaml", "name: Helpline", 'name: "{}"'),
    ("pages/about.md", "Words.", "Words {}."),
    ("responses.yaml", "answer: Every", "answer: {} Every"),
    ("locale/fr.po", "La plupart", "{} La plupart"),
    ("locale/fr.po", "Quelques mots.", "{} Quelques mots."),
)


@pytest.mark.parametrize("turned", TURNED, ids=ascii)
@pytest.mark.parametrize(("file", "old", "new"), PLACES)
def test_no_text_turns_round(turned: str, file: str, old: str, new: str, tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    if file == "campaign.yaml" and "disclosure" in old:
        old, new = "disclosure: Paid for by the Demo fund.", 'disclosure: "{}"'
    edited(root, file, old, new.format(turned.replace(" ", "")))
    assert {"text-order", "bad-form"} & set(codes(root)), codes(root)


def test_a_glossary_does_not_turn_round(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    (root / DEMO / "locale/glossary.csv").write_text("term,fr\nHelp,\u202eaide\u202c\n", "utf-8")
    assert "text-order" in codes(root)


def test_escapes_of_yaml_hide_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    edited(root, "helplines.yaml", "name: Helpline", r'name: "\u202e0 800\u202c"')
    assert "text-order" in codes(root)


@pytest.mark.parametrize("code", [r"\e]0;x\a", r"\0", r"\x9b31m", r"\uffff"])
def test_a_control_code_is_refused_and_reaches_no_terminal(code: str, tmp_path: Path) -> None:
    """``"\\e[…"`` in YAML passed: no feed could be read, and two commands had terminals obey it."""
    root = workspace(tmp_path / "w")
    edited(root, "helplines.yaml", "name: Helpline", f'name: "A{code}"')
    edited(root, "locale/fr.po", "entendu **300 ", "entendu \x1b[31m**300 ")
    assert codes(root).count("text-order") == 2
    for command in ("helplines", "sources"):
        said = CliRunner().invoke(main, ["-C", str(root), command]).output
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", said)


def test_a_number_of_thousands_of_digits_is_text(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    edited(root, "locale/fr.po", "entendu **300 ", "entendu **" + "9" * 4_400 + " ")
    assert codes(root) == ["translation-number"]
