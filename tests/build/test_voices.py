"""A partner says it in words of their own: bound to the campaign's, under its rules, approved."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.build import CAMPAIGN, stopjihad
from support.kits import PARTNER, files_of, partner_kit, partner_workspace, write_partner

OWN = f"{PARTNER}points: [mothers-speak]\n"
VOICED = f"""\
{OWN}voice:
  fr:
    intro: {{text: Nous jouons dans cette rue depuis trente ans.}}
    points:
      mothers-speak:
        hook: {{text: 'Au vestiaire, on en parle.'}}
        action: {{text: Parlez à un entraîneur du club}}
        alternative:
          text: |
            Venez mardi soir au club. Quelqu’un vous écoute.
        note: {{text: Nous connaissons ces familles.}}
"""
BLOCK = ("unreviewed: notice", "unreviewed: block")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return partner_workspace(tmp_path)


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / "campaigns" / CAMPAIGN / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def findings(root: Path) -> list[str]:
    said = stopjihad("-C", root, "check", "--all").stdout.splitlines()
    return [line.partition("/partners/")[2] for line in said if "/partners/" in line]


def bind(root: Path) -> None:
    """Do what the findings ask for: write the digest beside each text."""
    path = write_partner(root, VOICED)
    lines = path.read_text("utf-8").splitlines()
    for found in findings(root):
        if match := re.match(r"club.yaml:(\d+)(:\d+)?: .*\[voice-stale\].* of: (\w{32})", found):
            at, digest = int(match[1]) - 1, match[3]
            if lines[at].endswith("}"):
                lines[at] = f"{lines[at][:-1]}, of: {digest}" + "}"
            else:
                lines[at] += f"\n          of: {digest}"
    path.write_text("\n".join(lines) + "\n", "utf-8")


def kit(root: Path) -> dict[str, str]:
    files = files_of(partner_kit(root)).items()
    return {name: data.decode() for name, data in files if name.endswith((".txt", "ml", ".json"))}


def test_a_partner_says_it_in_own_words_and_nothing_else_changes(root: Path) -> None:
    bind(root)
    assert not findings(root)
    files = kit(root)
    told = "".join(text for name, text in files.items() if name.startswith("posts/"))
    assert "Au vestiaire, on en parle." in told
    assert "Venez mardi soir au club." in told
    assert "Vous n’êtes pas la seule famille" not in told
    readme = files["README.html"]
    assert "Nous jouons dans cette rue" in readme
    assert "Nous connaissons ces familles." in readme
    assert "Personne de la campagne" in readme  # nobody has approved them
    told_of = json.loads(files["kit.json"])["points"]  # 'kit check' compares the campaign's words
    write_partner(root, OWN)
    assert json.loads(kit(root)["kit.json"])["points"] == told_of
    bind(root)
    approve = ("review", "approve", "--language", "fr", "--by", "Nour", "partners/club")
    assert stopjihad("-C", root, *approve).returncode == 0
    change(root, "campaign.yaml", *BLOCK)
    change(root, "locale/fr.po", "Lisez ce que vous pouvez faire", "Lisez ce qu’on peut faire")
    refused = stopjihad("-C", root, "kit", "build", "-o", root / "out")
    assert "partners/club.yaml:16" in refused.stdout + refused.stderr
    assert "error[voice-stale]" in refused.stdout + refused.stderr


def test_a_partners_own_line_leads_their_kit_and_who_is_behind_it_stays(root: Path) -> None:
    """The campaign's name stood above everything that a mosque showed."""
    titled = f"{OWN}voice: {{fr: {{title: {{text: Parlons-en au club}}}}}}\n"
    path = write_partner(root, titled)
    (found,) = findings(root)
    assert "warning[voice-stale]" in found
    assert "Stop Jihadisme" in kit(root)["README.html"].partition("</h1>")[0]
    (bound,) = re.findall(r"of: (\w{32})", found)
    path.write_text(titled.replace("au club}", f"au club, of: {bound}}}"), "utf-8")
    assert not findings(root)
    files = kit(root)
    read = files["README.html"]
    assert "Parlons-en au club" in read.partition("</h1>")[0]
    assert not any("Stop Jihadisme" in text for name, text in files.items() if "posts/" in name)
    for text in (read, files["posts/mothers-speak-fr-mastodon.txt"]):
        assert "Publié par" in text
    assert json.loads(files["kit.json"])["funders"]


@pytest.mark.parametrize(
    ("title", "code"), [("W" * 41, "too-long"), ("Les musulmans sont des terroristes", "LNG02")]
)
def test_a_partners_own_line_is_short_and_keeps_the_rules(
    root: Path, title: str, code: str
) -> None:
    write_partner(root, f"{OWN}voice: {{fr: {{title: {{text: '{title}'}}}}}}\n")
    assert any(f"[{code}]" in one for one in findings(root)), findings(root)


def test_words_for_an_older_text_stand_in_no_kit_and_the_kit_says_so(root: Path) -> None:
    bind(root)
    change(root, "locale/fr.po", "Vous n’êtes pas la seule famille", "Vous n’êtes pas les seuls")
    (found,) = findings(root)
    assert found.startswith(
        "club.yaml:19:1: warning[voice-stale] the campaign's words have changed since"
    )
    files = kit(root)
    told = "".join(text for name, text in files.items() if name.startswith("posts/"))
    assert "Au vestiaire, on en parle." in told
    assert "Venez mardi soir" not in told
    assert "Vous n’êtes pas les seuls" in told
    assert "La campagne a changé" in files["README.html"]


def test_approved_words_alone_where_the_campaign_asks_for_it(root: Path) -> None:
    bind(root)
    change(root, "campaign.yaml", *BLOCK)
    assert len([one for one in findings(root) if "warning[voice-unapproved]" in one]) == 5
    refused = stopjihad("-C", root, "kit", "build", "-o", root / "out")
    assert "error[voice-unapproved]" in refused.stdout + refused.stderr
    assert not (root / "out").exists()
    for what in ("partners/club", "all"):
        approve = ("review", "approve", "--language", "fr", "--by", "Nour", what)
        assert stopjihad("-C", root, *approve).returncode == 0
    assert not findings(root)
    files = kit(root)
    assert "Personne de la campagne" not in files["README.html"]
    assert "Au vestiaire" in files["posts/mothers-speak-fr-instagram.txt"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (
            "Nous connaissons ces familles.",
            "Les musulmans sont des terroristes.",
            "20: error[LNG02]",
        ),
        ("Au vestiaire, on en parle.", "Les musulmans sont violents.", "15:22: error[LNG02]"),
        ("Quelqu’un vous écoute.", "Appelez le 01632 960983.", "19: warning[SAF07]"),
        ("Quelqu’un vous écoute.", "<b>Venez</b>", "19: error[markdown-html]"),
        ("Parlez à un entraîneur du club", "Le club\u202e", "16:24: error[text-order]"),
        ("action:", "fact:", "16:9: error[locked-key]"),
        ("  fr:", "  en:", "12:5: error[partner-language]"),
        ("mothers-speak:", "letters-home:", "15:9: error[partner-point]"),
    ],
)
def test_rules_and_locks_hold_for_own_words(root: Path, old: str, new: str, place: str) -> None:
    write_partner(root, VOICED.replace(old, new))
    assert any(one.startswith(f"club.yaml:{place}") for one in findings(root)), findings(root)


def test_the_finding_is_that_of_the_same_words_in_the_campaign(root: Path) -> None:
    words = "Muslims are terrorists."
    said = VOICED.replace("[fr]", "[fr, en]").replace("  fr:", "  en:")
    write_partner(root, said.replace("Au vestiaire, on en parle.", words))
    (own,) = [one for one in findings(root) if "LNG02" in one]
    change(root, "points/mothers-speak.md", "pull_factor:", f"hook: {words}\npull_factor:")
    said = stopjihad("-C", root, "check", "--all").stdout.splitlines()
    (ours,) = [one for one in said if "points/mothers-speak.md" in one and "LNG02" in one]
    assert own.partition("error")[2] == ours.partition("error")[2]


def test_sentences_of_the_reading_list_wait_for_a_reader(root: Path) -> None:
    write_partner(root, VOICED.replace("Nous connaissons", "Nos amis musulmans connaissent"))
    listed = stopjihad("-C", root, "review", "read", "--language", "fr").stdout
    assert "partners/club/mothers-speak/note" in listed
