"""A partner's kit: their line beside the sponsor's, their country's helplines, nobody disguised."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from PIL import Image

from support.build import CAMPAIGN, stopjihad
from support.dom import parse
from support.kits import PARTNER, files_of, partner_kit, partner_workspace, write_partner


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return partner_workspace(tmp_path)


def test_a_belgian_kit_in_french_carries_the_line_of_belgium(root: Path) -> None:
    write_partner(root)
    made = partner_kit(root)
    files = files_of(made)
    for name in ("README.html", "helplines/be-caprev-fr-alt.txt"):
        assert "CAPREV" in files[name].decode(), name
        assert "CNAPR" not in files[name].decode(), name
    told = [data.decode() for name, data in files.items() if name.endswith(("-alt.txt", "-x.txt"))]
    assert len(told) == 5
    sponsor = "Équipe de la campagne d’exemple · Avec Club du quartier"
    assert all(sponsor in text for text in told)
    listed = json.loads(files["kit.json"])
    assert listed["funders"] == ["Sample Foundation (example.org)"]
    assert listed["partner"]["funded_by"] == ["cotisations"]
    assert b"club@example.org" not in made
    there = {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "USER": "other"}
    assert partner_kit(root, **there) == made
    read = parse(files["README.html"].decode())
    paper = [one.attributes["href"] for one in read.all("a") if ".pdf" in one.attributes["href"]]
    assert any(one.endswith("-lesson.pdf") for one in paper)
    point = [one for one in paper if one.startswith("paper/mothers-speak-")][-6:]
    assert [one.split("-fr-")[1] for one in point[:2]] == [
        "poster-home-a4.pdf",
        "poster-home-a3.pdf",
    ]
    assert "/ar/help/index.html#country-BE" in files["README.html"].decode()
    assert sum("Avec Club du quartier" in one.text for one in read.all("main")[0].all("p")) == 1


def test_a_kit_in_a_language_that_no_line_answers_in_says_in_which_they_do(root: Path) -> None:
    """An Arabic kit for France had no number at all."""
    write_partner(root, PARTNER.replace("[fr]", "[ar]").replace("BE", "FR"))
    read = files_of(partner_kit(root))["README.html"].decode().partition('id="help"')[2]
    assert "0 800 005 696" in read
    assert "الرد بالفرنسية" in read
    assert "+49" not in read.partition("<h2>")[0]


def test_a_name_of_two_lines_stands_on_pictures_of_helplines(root: Path) -> None:
    name = "Association de la mosquée du quartier des Tilleuls"
    write_partner(root, PARTNER.replace("Club du quartier", name))
    files = files_of(partner_kit(root))
    assert "helplines/be-caprev-fr-square.png" in files
    assert f"Avec {name}" in files["helplines/be-caprev-fr-alt.txt"].decode()


def test_a_kit_tells_which_files_have_no_room_for_both_names(root: Path) -> None:
    """Pictures of a mosque with a longer name were left out of its kit without a word."""
    name = "Association culturelle et sportive de la mosquée du quartier des Tilleuls"
    write_partner(root, PARTNER.replace("Club du quartier", name))
    done = stopjihad("-C", root, "kit", "build", "-o", root / "out", "--format", "json")
    told = json.loads(done.stdout)
    assert {one["severity"] for one in told["left_out"]} == {"warning"}
    missing = sorted(one["message"].partition(":")[0] for one in told["left_out"])
    assert missing == ["letters-home, fr, story, sponsor", "mothers-speak, fr, story, sponsor"]
    (kit,) = told["kits"]
    files = files_of(Path(kit["file"]).read_bytes())
    gone = ["pictures/letters-home-fr-story.png", "pictures/mothers-speak-fr-story.png"]
    assert json.loads(files["kit.json"])["left_out"] == gone
    read = files["README.html"].decode()
    said = read.partition('<div id="mothers-speak">')[2].partition("</details>")[0]
    assert "Fichiers absents de ce kit" in said
    assert gone[1] in said
    assert gone[0] not in said
    done = stopjihad("-C", root, "kit", "build", "-o", root / "out")
    assert "warning[card-too-long] mothers-speak, fr, story, sponsor" in done.stderr
    assert "it is left out" in done.stderr


def test_a_school_finds_whatsapp_first_and_what_is_left_to_ask_for(root: Path) -> None:
    """WhatsApp was last, and who selected all of a text sent the team's note to the group."""
    write_partner(root, PARTNER.replace("kind: club", "kind: school").replace("BE", "FR"))
    campaign = root / "campaigns" / CAMPAIGN / "campaign.yaml"
    told = campaign.read_text("utf-8")
    known = "platforms: [x, facebook, instagram, mastodon, bluesky, telegram]"
    assert known in told
    campaign.write_text(told.replace(known, "platforms: [x, whatsapp]"), "utf-8")
    files = files_of(partner_kit(root))
    post = files["posts/mothers-speak-fr-whatsapp.txt"].decode()
    assert "Avec Club du quartier" in post
    assert "===" not in post
    read = parse(files["README.html"].decode())
    fact = next(one for one in read.all("details") if "WhatsApp" in one.text)
    assert [one.text for one in fact.all("h3")][:2] == ["WhatsApp", "X"]
    assert "Pour l’équipe" in fact.text
    lesson = files["README.html"].decode().partition('id="lesson"')[2].partition('id="paper"')[0]
    assert "il n’a que la fiche de cours" in lesson
    assert "Ne le dites à personne" in lesson
    assert "Ne demandez qu’une chose" in files["README.html"].decode()


def test_what_is_urgent_names_whom_to_call_about_a_farewell(root: Path) -> None:
    """The page said that a farewell may announce a death, and named no number for that."""
    write_partner(root, PARTNER.replace("country: BE", "country: FR"))
    campaign = root / "campaigns" / CAMPAIGN / "campaign.yaml"
    text = campaign.read_text("utf-8")
    known = "[fr-cnapr, be-caprev]"
    assert known in text
    campaign.write_text(text.replace(known, "[fr-cnapr, fr-prevention-du-suicide]"), "utf-8")
    read = files_of(partner_kit(root))["README.html"].decode()
    urgent = read.partition('id="urgent"')[2].partition('id="post"')[0]
    assert "3114" in urgent


def test_their_name_is_written_as_the_language_of_the_kit_writes_it(root: Path) -> None:
    """A mosque stood in Latin letters in its Arabic kit, and ``dons des fidèles`` untranslated."""
    said = "translations:\n  fr: {name: Maison du quartier, funded_by: [cotisations des membres]}\n"
    write_partner(root, f"{PARTNER.replace('Club du quartier', 'Neighbourhood club')}{said}")
    files = files_of(partner_kit(root))
    read = files["README.html"].decode()
    assert "Avec Maison du quartier" in read
    assert "Avec Maison du quartier</span>" not in read  # a run of its own turned the names round
    assert "cotisations des membres" in read
    assert not any(b"Neighbourhood club" in data for data in files.values())


def test_who_is_government_is_called_so_and_who_is_unnamed_stands_nowhere(root: Path) -> None:
    write_partner(root, PARTNER.replace("kind: club", "kind: government"))
    read = files_of(partner_kit(root))["README.html"].decode()
    assert "Avec Club du quartier (Service de l’État)" in read
    write_partner(root, f"{PARTNER}named: false\n")
    files = files_of(partner_kit(root))
    assert not any(b"Club du quartier" in data for data in files.values())
    assert json.loads(files["kit.json"])["partner"] is None
    assert b"CAPREV" in files["README.html"]


def test_a_kit_goes_out_unnamed_until_they_have_decided(root: Path) -> None:
    write_partner(root)
    done = stopjihad("-C", root, "kit", "build", "club", "--unnamed", "-o", root / "out")
    assert done.returncode == 0, done.stderr + done.stdout
    (made,) = (root / "out" / "club-unnamed").iterdir()
    files = files_of(made.read_bytes())
    assert not any(b"Club du quartier" in data for data in files.values())
    assert b"CAPREV" in files["README.html"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("adults: true", "adults: false", "club.yaml:8:9: error[partner-minors]"),
        ("known_by: The campaign team\n", "", "club.yaml:1:7: error[partner-unknown]"),
        ("funded_by: [cotisations]\n", "", "club.yaml:1:1: error[missing-key]"),
        ("Club du", "Club \u202edu", "club.yaml:1:7: error[text-order]"),
        ("Club du quartier", f"{'W' * 26} " * 3, "club.yaml:1:7: error[card-too-long]"),
        ("Club du quartier", f"{'W' * 26} " * 3, "too long to stand beside the sponsor: "),
        ("adults: true", "adults: true\ntranslations: {nl: {name: Buren}}", "[partner-language]"),
        (
            "adults: true",
            'adults: true\ntranslations: {fr: {name: "Clu\u202eb"}}',
            "error[text-order]",
        ),
        ("country: BE", "sponsor: Club\ncountry: BE", "club.yaml:5:1: error[locked-key]"),
    ],
)
def test_what_is_locked_or_unsafe_is_refused(root: Path, old: str, new: str, place: str) -> None:
    write_partner(root, PARTNER.replace(old, new))
    done = stopjihad("-C", root, "kit", "build", "club", "-o", root / "out")
    assert done.returncode == 1
    assert place in done.stdout + done.stderr
    assert not (root / "out").exists()


def test_no_kit_takes_along_sentences_that_wait_for_a_reader(root: Path) -> None:
    write_partner(root)
    campaign = root / "campaigns" / CAMPAIGN / "campaign.yaml"
    told = campaign.read_text("utf-8")
    campaign.write_text(told.replace("unreviewed: notice", "unreviewed: notice\n  read: required"))
    done = stopjihad("-C", root, "kit", "build", "club", "-o", root / "out")
    assert done.returncode == 1
    assert "error[sentences-unread]" in done.stdout + done.stderr
    assert not (root / "out").exists()


def test_their_logo_stands_below_the_line_that_names_both(root: Path) -> None:
    media = root / "campaigns" / CAMPAIGN / "media"
    media.mkdir(exist_ok=True)
    Image.new("RGB", (900, 600), "#0b6b5d").save(media / "club.png")
    write_partner(root, f"{PARTNER}logo: club.png\n")
    files = files_of(partner_kit(root))
    with Image.open(io.BytesIO(files["partner-logo.png"])) as logo:
        assert logo.size == (144, 96)
    read = files["README.html"].decode()
    assert read.index("Équipe de la campagne") < read.index('<img src="partner-logo.png"')
    paper = docx.Document(io.BytesIO(files["to-edit/stop-jihadism-fr.docx"]))
    assert "Avec Club du quartier" in paper.inline_shapes[0]._inline.docPr.get("descr")
    (media / "club.png").write_bytes(b"GIF89a no picture")
    refused = stopjihad("-C", root, "kit", "build", "-o", root / "out")
    assert "media/club.png: error[photo-format]" in refused.stdout + refused.stderr
    (media / "club.png").unlink()
    refused = stopjihad("-C", root, "kit", "build", "-o", root / "out")
    assert "club.yaml:9:7: error[logo-missing]" in refused.stdout + refused.stderr


def test_somebody_without_a_file_gets_no_kit(root: Path) -> None:
    done = stopjihad("-C", root, "kit", "build", "stranger", "-o", root / "out")
    assert done.returncode == 1
    assert "partners/stranger.yaml: error[unknown-partner]" in done.stdout + done.stderr
