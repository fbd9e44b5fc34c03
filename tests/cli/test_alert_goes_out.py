"""An alert of two approvals goes out, whatever else of the campaign is broken."""

from __future__ import annotations

import errno
import random
import re
import shutil
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from stopjihad import disk
from stopjihad.build import alert_layers
from stopjihad.build.tree import layer
from stopjihad.build.tree.layer import OwnTree
from stopjihad.problem import Problem, ProblemsFound

from support.build import REPOSITORY
from support.crisis import ALARM, Team, crisis_workspace, silent

pytestmark = pytest.mark.usefixtures("plain_alerts")

Fault = Callable[[Team], None]


def _rewrite(name: str, old: str, new: str, *, everywhere: bool = False) -> Fault:
    """Replace words in a file of the campaign."""

    def spoil(team: Team) -> None:
        path = team.campaign / name
        text = path.read_text("utf-8")
        found, count = re.subn(old, new, text, count=0 if everywhere else 1, flags=re.MULTILINE)
        assert count, (name, old)
        path.write_text(found, "utf-8")

    return spoil


def _put(name: str, data: bytes) -> Fault:
    """Write a file of the workspace; ``*`` is its one campaign."""

    def spoil(team: Team) -> None:
        path = team.root / name.replace("*", f"campaigns/{team.campaign.name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    return spoil


def _remove(name: str) -> Fault:
    """Remove files of the campaign."""

    def spoil(team: Team) -> None:
        found = list(team.campaign.glob(name))
        assert found, name
        for path in found:
            path.unlink()

    return spoil


def _damage_site(team: Team) -> None:
    page = team.site / "en/help/index.html"
    page.unlink()
    page.write_text("<p>not ours</p>", "utf-8")


def _stranger_in_the_store(team: Team) -> None:
    folder = team.root / ".stopjihad/store"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("no folder", "utf-8")


def _stranger_in_what_was_parsed(team: Team) -> None:
    folder = team.root / ".stopjihad/parsed"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("no folder", "utf-8")


POINT = "points/letters-home.md"
FAULTS: Mapping[str, Fault] = {
    "a helpline that is stale": _rewrite(
        "helplines.yaml", r"review_by: .*", "review_by: 2020-01-01"
    ),
    "a helpline without number": _rewrite("helplines.yaml", r"phone: .*", "phone:"),
    "helplines that are no YAML": _put("*/helplines.yaml", b"lines: [\n"),
    "helplines that are gone": _remove("helplines.yaml"),
    "an empty fact": _rewrite(POINT, r"^fact: .*", "fact:"),
    "a point without claim": _rewrite(POINT, r"^claim: .*\n", ""),
    "a point that is no YAML": _put(f"*/{POINT}", b"---\nfact: [\n---\n"),
    "a point that is no text": _put(f"*/{POINT}", b"\xff\xfe\x00"),
    "a point that is empty": _put(f"*/{POINT}", b""),
    "a point with an id that is none": _put("*/points/Not An Id.md", b"---\n---\n"),
    "all points gone": _remove("points/*.md"),
    "all pages gone": _remove("pages/*.md"),
    "a page with a script": _put(
        "*/pages/about.md", b"---\ntitle: About\n---\n<script>x</script>\n"
    ),
    "sentences nobody read": _rewrite(POINT, r"^fact: .*", "fact: All Muslims are to blame."),
    "a campaign field nobody knows": _rewrite("campaign.yaml", r"\Z", "colour: mauve\n"),
    "a campaign field of another type": _rewrite(
        "campaign.yaml", r"^platforms: .*", "platforms: 7"
    ),
    "a wrong colour": _rewrite("campaign.yaml", r"\Z", "brand: {accent: mauve}\n"),
    "a campaign field twice": _rewrite("campaign.yaml", r"\Z", "platforms: []\n"),
    "a campaign that is no YAML": _put("*/campaign.yaml", b"\t: [ {"),
    "a campaign that is gone": _remove("campaign.yaml"),
    "a broken PO of another language": _put("*/locale/ar.po", b'msgid "a\nmsgstr'),
    "a PO that is no text": _put("*/locale/ar.po", b"\xff\xfe\x00"),
    "a PO that is gone": _remove("locale/ar.po"),
    "a glossary that is broken": _put("*/locale/glossary.csv", b'"\n'),
    "targets that are no YAML": _put("*/targets.yaml", b"targets: [\n"),
    "responses that are no YAML": _put("*/responses.yaml", b"a: [\n"),
    "a picture without a note": _put("*/media/a.png", b"no picture"),
    "a note without a picture": _put("*/media/b.jpg.yaml", b"alt: A\n"),
    "another alert that is broken": _put("*/alerts/other.yaml", b"template: [\n"),
    "another template that is broken": _put(
        "*/alerts/templates/hoax-denied.yaml", b"headline: [\n"
    ),
    "a table of exercises that is broken": _put("*/alerts/drills.csv", b'"\n\xff'),
    "a line of the ledger that is broken": _rewrite("reviews.jsonl", r"\Z", '{"kind":\n'),
    "a file nobody reads": _put("*/notes.docx", b"x"),
    "a theme's template that is broken": _put("templates/site/alert.html", b"{% if %}"),
    "a header that is broken": _put("templates/site/header.html", b"{{ nothing.at.all }}"),
    "a card's design that is broken": _put("templates/cards/claim-and-fact.yaml", b"a: [\n"),
    "a post's template that is broken": _put("templates/posts/x.yaml", b"a: [\n"),
    "words of the theme that are broken": _put("templates/locale/fr.po", b'msgid "a\n'),
    "a font that is none": _put("assets/fonts/Own.ttf", b"no font"),
    "a page of the site that was changed": _damage_site,
    "a store that is none": _stranger_in_the_store,
    "what was parsed is none": _stranger_in_what_was_parsed,
}
"""What was done to a campaign, none of it to the alert."""


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Team:
    """Give a built campaign with an alert that two people approved."""
    team = Team(crisis_workspace(tmp_path_factory.mktemp("approved") / "workspace"))
    team.cut_down()
    team.become_authority()
    team.approve_template()
    team.done("build")
    team.write("lyon")
    for name in ("Nour", "Ida"):
        team.done("alert", "approve", "lyon", "--by", name)
    team.keep()
    return team


def _goes_out(team: Team, names: list[str]) -> None:
    """Spoil the workspace, which is made anew at its own path, and publish."""
    team.put_back()
    campaign = team.campaign.name
    for name in names:
        FAULTS[name](team)
    site = team.root / "dist" / campaign / "site"
    result = team.run("alert", "publish", "lyon", "--by", "Ida")
    assert result.exit_code == 0, (names, result.output[-2000:])
    page = (site / "en/alert/index.html").read_text("utf-8")
    assert ALARM in page, names
    assert (site / "cap.xml").exists(), names
    if "a page of the site that was changed" not in names:
        missing = silent(path for path in site.rglob("*.html") if "/alert/" not in str(path))
        assert missing == [], names
    if team.run("check").exit_code:
        assert "stopped nothing" in result.output, (names, result.output)


def test_ten_faults_elsewhere_stop_no_alert(approved: Team) -> None:
    _goes_out(approved, random.Random(30).sample(sorted(FAULTS), 10))


@pytest.mark.long
@pytest.mark.parametrize("name", FAULTS)
def test_no_fault_elsewhere_stops_an_alert(approved: Team, name: str) -> None:
    _goes_out(approved, [name])


def test_what_it_says_itself_is_judged_when_it_is_sent(approved: Team) -> None:
    approved.put_back()
    template = "alerts/templates/attack-under-way.yaml"
    _rewrite(template, r"^unknown: .*$", "unknown: The attacker is a young man.")(approved)
    approved.approve_template()
    for name in ("Nour", "Ida"):
        approved.done("alert", "approve", "lyon", "--by", name)
    result = approved.run("alert", "publish", "lyon", "--by", "Ida")
    assert result.exit_code == 1
    assert f"{template}:" in result.output
    assert "error[CRS02]" in result.output
    assert not (approved.site / "en/alert/index.html").exists()


def test_the_next_build_makes_the_same_pages(approved: Team) -> None:
    _goes_out(approved, [])
    laid = {path: path.read_bytes() for path in approved.site.rglob("*.html")}
    approved.done("build")
    assert laid == {path: path.read_bytes() for path in approved.site.rglob("*.html")}


def test_pages_without_a_place_for_it_are_told(approved: Team) -> None:
    """A header that was copied before there was a place: 0 of 16 pages showed it, in silence."""
    approved.put_back()
    header = approved.root / "templates/site/header.html"
    header.parent.mkdir(parents=True)
    built_in = (REPOSITORY / "templates/site/header.html").read_text("utf-8")
    header.write_text(built_in.replace("{{ alert }}\n", ""), "utf-8")
    approved.done("build")
    result = approved.run("alert", "publish", "lyon", "--by", "Ida")
    assert result.exit_code == 0
    assert "alert-place" in result.output


def test_a_full_disk_gives_up_what_builds_keep_for_an_alert(
    approved: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(approved.root)
    shutil.copytree(approved.root.with_name("kept"), approved.root)
    store = approved.root / ".stopjihad/store"
    full = Problem(path="dist", code="disk-full", message="no space is left on the disk")

    def lay(*args: Any) -> OwnTree:
        if any(path.is_file() for path in store.rglob("*")):
            raise ProblemsFound((full,))
        return layer.lay(*args)

    monkeypatch.setattr(alert_layers, "lay", lay)
    result = approved.run("alert", "publish", "lyon", "--by", "Ida")
    assert result.exit_code == 0
    assert "the disk is full: what builds had kept to be quicker was removed" in result.output
    assert ALARM in (approved.site / "en/alert/index.html").read_text("utf-8")


def test_a_full_disk_without_anything_to_give_up_is_said_in_a_line(
    approved: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(approved.root)
    shutil.copytree(approved.root.with_name("kept"), approved.root)

    def create(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "no space", "x")

    monkeypatch.setattr(disk.NewFiles, "create", create)
    result = approved.run("alert", "publish", "lyon", "--by", "Ida")
    assert result.exit_code == 1
    assert "error[disk-full]" in result.output
    assert not (approved.site / "en/alert/index.html").exists()
    assert list((approved.root / "dist/.stopjihad").rglob("layer-*")) == []
