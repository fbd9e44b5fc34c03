"""An alert is laid over this campaign's own site, from what this workspace's owner wrote."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import msgspec
import pytest
from stopjihad.build import alert_inputs, alert_sending
from stopjihad.build.alert_inputs import read_for_alert
from stopjihad.disk.newest import forget_newest
from stopjihad.model.review import Review, alert_digest, encode
from stopjihad.problem import ProblemsFound

from support.crisis import Team, team_in_earnest

pytestmark = pytest.mark.usefixtures("plain_alerts")

TARGETS = "targets:\n  - {id: live, folder: {path: ../web}}\n"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return team_in_earnest(tmp_path / "workspace", TARGETS)


def test_the_tree_of_another_campaign_is_no_ground_for_an_alert(team: Team) -> None:
    """Its signed record was moved along: its pages went up as this campaign's, signed anew."""
    demo = team.campaign
    other = demo.parent / "other"
    shutil.copytree(demo, other)
    page = next((other / "points").glob("*.md"))
    page.rename(page.with_name("of-the-other.md"))
    dist = team.root / "dist"
    team.done("build", "other")
    team.done("build", "demo")
    shutil.rmtree(other)
    for folder in (dist, dist / ".stopjihad"):
        shutil.rmtree(folder / "demo")
        (folder / "other").rename(folder / "demo")
    send(team)
    assert not list(team.site.rglob("*of-the-other*"))
    assert "Market square" in (team.site / "en/alert/index.html").read_text("utf-8")


def send(team: Team) -> None:
    team.write("lyon")
    for name in ("Nour", "Sami"):
        team.done("alert", "approve", "lyon", "--by", name)
    team.done("alert", "publish", "lyon", "--by", "Nour")


class OldBuild:
    """A finished build with its signed record, put aside, and put back later."""

    def __init__(self, team: Team, folder: str = "dist") -> None:
        self.place, self.aside = team.root / folder, team.root / "aside"
        shutil.copytree(self.place, self.aside)
        for name in ("demo", ".stopjihad/demo"):  # its record knows the very folder
            (self.aside / name).rename(self.aside / "copy")
            (self.place / name).rename(self.aside / name)
            (self.aside / "copy").rename(self.place / name)

    def put_back(self) -> None:
        for name in ("demo", ".stopjihad/demo"):
            shutil.rmtree(self.place / name)
            (self.aside / name).rename(self.place / name)


def correct(team: Team) -> None:
    """Correct a word that readers must not see any more, and build."""
    point = team.campaign / "points/neighbours.md"
    point.write_text(point.read_text("utf-8").replace("guard us", "help us"), "utf-8")
    team.done("build")


def wrong_pages(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*.html") if "guard us" in one.read_text("utf-8")]


def refused(team: Team) -> None:
    """Find that what lies in dist/ does not go up."""
    result = team.run("publish", "live")
    assert (result.exit_code, "[publish-stale]" in result.stderr) == (1, True), result.output
    assert not wrong_pages(team.root.parent / "web")


def goes_up_alone(team: Team) -> None:
    """Find that the alert goes up over what the target holds, and nothing that lay below it."""
    team.done("publish", "live")
    assert not wrong_pages(team.root.parent / "web")
    pages = {path.parent.name for path in (team.root.parent / "web").rglob("*.html")}
    assert pages == {"alert"}


def test_an_older_build_that_is_put_back_is_no_ground_for_an_alert(team: Team) -> None:
    """This user's key signed it: it went up below an alert, with words that were corrected."""
    team.done("build")
    older = OldBuild(team)
    assert wrong_pages(team.site)
    correct(team)
    older.put_back()
    send(team)
    assert not wrong_pages(team.site)
    goes_up_alone(team)
    team.done("build")
    team.done("publish", "live")


def test_an_older_site_with_the_alert_that_holds_does_not_go_up(team: Team) -> None:
    team.done("build")
    send(team)
    older = OldBuild(team)
    correct(team)
    older.put_back()
    refused(team)


def test_an_older_site_that_was_staged_for_the_end_of_an_alert_does_not_return(team: Team) -> None:
    team.done("build")
    send(team)
    older = OldBuild(team, "dist/after-end")
    correct(team)
    older.put_back()
    team.done("alert", "end", "lyon", "--by", "Nour", "--why", "over")
    assert not wrong_pages(team.site)
    team.done("publish", "live")


def test_what_was_staged_beside_an_older_site_does_not_return(team: Team) -> None:
    """A build that corrected a word while an alert held was killed before it staged the rest."""
    team.done("build")
    send(team)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alert_sending, "stage_end", lambda *_: None)
        correct(team)
    team.done("alert", "end", "lyon", "--by", "Nour", "--why", "over")
    assert not wrong_pages(team.site)


def test_a_restored_computer_builds_once_and_knows_the_newest(team: Team) -> None:
    """The key came back, what it knew of newest builds did not."""
    team.done("build")
    forget_newest(str(team.root / "dist/demo"))
    send(team)
    goes_up_alone(team)
    team.done("build")
    team.done("publish", "live")
    forget_newest(str(team.root / "dist/demo"))
    team.done("build")
    team.done("alert", "end", "lyon", "--by", "Nour", "--why", "over")
    team.done("publish", "live")


def reading_of(root: Path) -> Path:
    return Path(alert_inputs._place(root, "demo"))


def test_a_reading_of_another_workspace_does_not_stand_in(team: Team, tmp_path: Path) -> None:
    """Both have a campaign of this name and this user signed both."""
    stranger = tmp_path / "stranger"
    shutil.copytree(team.root, stranger, ignore=shutil.ignore_patterns("dist", ".stopjihad"))
    read_for_alert(stranger, "demo")
    read_for_alert(team.root, "demo")
    shutil.copy(reading_of(stranger), reading_of(team.root))
    (team.campaign / "campaign.yaml").write_text("places: [\n", "utf-8")
    with pytest.raises(ProblemsFound):
        read_for_alert(team.root, "demo")
    (stranger / "campaigns/demo/campaign.yaml").write_text("places: [\n", "utf-8")
    assert "read last" in read_for_alert(stranger, "demo").said


def test_an_older_reading_does_not_stand_in(team: Team) -> None:
    """It lay in the workspace: whoever puts an older one there chose places and authorities."""
    file = team.campaign / "campaign.yaml"
    older = file.read_text("utf-8")
    read_for_alert(team.root, "demo")
    file.write_text(older.replace("Market square", "Town hall"), "utf-8")
    read_for_alert(team.root, "demo")
    assert not list((team.root / ".stopjihad").rglob("demo.yaml"))
    file.write_text("places: [\n", "utf-8")
    places = read_for_alert(team.root, "demo").project.campaign.record.places
    assert "Town hall" in {place.name for place in places}


def test_an_alert_is_taken_back_though_the_words_of_another_were_changed(team: Team) -> None:
    """A translator's commit kept a false alarm on all pages, and the next upload from its end."""
    team.done("build")
    send(team)
    team.write("quay", place="city-centre")
    for name in ("Nour", "Sami"):
        team.done("alert", "approve", "quay", "--by", name)
    team.done("alert", "publish", "quay", "--by", "Nour")
    team.done("publish", "live")
    template = team.campaign / "alerts/templates/attack-under-way.yaml"
    text = template.read_text("utf-8")
    assert "Stay away" in text
    template.write_text(text.replace("Stay away", "Keep away"), "utf-8")
    team.later(5)
    team.done("alert", "end", "lyon", "--by", "Nour", "--withdraw", "--why", "false-alarm")
    team.done("publish", "live")
    page = (team.root.parent / "web/current/en/alert/index.html").read_text("utf-8")
    assert "It was a false alarm" in page
    assert "[alert-changed]" in team.run("build").output, "a build of all waits for the other one"


BLAME = "Muslims did it, forty are dead"


def forged_lines(team: Team, words: str, *, withdrawn: bool) -> bytes:
    """Write lines for the ledger as somebody without the program would."""
    team.write("eve", place="city-centre")
    slots = (team.campaign / "alerts/eve.yaml").read_text("utf-8").splitlines()
    (team.campaign / "alerts/eve.yaml").unlink()
    rows = [["", *row.split(": ", 1)] for row in slots] + [["", "id", "eve"]]
    rows = [[*row[:2], row[2].replace("[people-hurt]", '["people-hurt"]')] for row in rows]
    rows += [["en", "headline", words]]
    text = "\n".join(json.dumps(row) for row in rows)
    line = Review(
        language="en",
        context="alerts/eve",
        digest=alert_digest("alerts/eve", text),
        verdict="approve",
        kind="alert",
        by="Eve",
        on=team.now,
        words=text,
        step="publish",
        answers=(),
    )
    end = msgspec.structs.replace(
        line,
        verdict="withdraw",
        step="withdraw",
        cause="mistake",
        answers=(line.line_digest(),),
        on=team.now + dt.timedelta(seconds=1),
    )
    return encode(line) + (encode(end) if withdrawn else b"")


@pytest.mark.parametrize("words", [BLAME, "see evil.test", "<b>Go</b>", "1 \u202e2"])
def test_words_that_somebody_wrote_into_the_ledger_are_on_no_page(team: Team, words: str) -> None:
    """Of an alert that is over nobody asked what it says: it stood on every page for two days."""
    ledger = team.campaign / "reviews.jsonl"
    ledger.write_bytes(ledger.read_bytes() + forged_lines(team, words, withdrawn=True))
    team.later(1)
    assert "says what no alert may say" in team.done("build")
    assert not [one for one in team.site.rglob("*.*") if "alerts/eve" in str(one)]
    assert not pages_with(team, words)


def test_nor_do_they_go_out_with_another_alert(team: Team) -> None:
    team.done("build")
    ledger = team.campaign / "reviews.jsonl"
    ledger.write_bytes(ledger.read_bytes() + forged_lines(team, BLAME, withdrawn=False))
    send(team)
    assert not pages_with(team, BLAME)
    team.later(5)
    team.done("alert", "end", "lyon", "--by", "Nour", "--why", "over")
    assert not pages_with(team, BLAME)
    team.done("alert", "end", "eve", "--by", "Nour", "--withdraw", "--why", "mistake")
    team.done("build")
    assert not pages_with(team, BLAME)


def pages_with(team: Team, words: str) -> list[Path]:
    shown = words.replace("<", "&lt;").replace(">", "&gt;")
    pages = [one for one in team.site.rglob("*.html") if shown in one.read_text("utf-8")]
    return pages + [one for one in team.site.rglob("*.xml") if words in one.read_text("utf-8")]


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ("name: Market square", "name: The mosque"),
        ("name: Market square, country: FR", "name: Market square, country: DE"),
        ("name: The police", "name: The mayor"),
        ("https://police.neighbours-help.net/news", "https://police.neighbours-help.org/news"),
    ],
)
def test_names_that_fill_the_slots_are_those_that_were_approved(
    team: Team, known: str, other: str
) -> None:
    """An alert held ids of a place and an authority: their names were changed after approval."""
    file = team.campaign / "campaign.yaml"
    text = file.read_text("utf-8")
    assert known in text
    team.write("lyon")
    for name in ("Nour", "Sami"):
        team.done("alert", "approve", "lyon", "--by", name)
    file.write_text(text.replace(known, other), "utf-8")
    refused = team.run("alert", "publish", "lyon", "--by", "Nour")
    assert (refused.exit_code, "[alert-changed]" in refused.stderr) == (1, True), refused.output
    file.write_text(text, "utf-8")
    team.done("alert", "publish", "lyon", "--by", "Nour")
    file.write_text(text.replace(known, other), "utf-8")
    assert "[alert-changed]" in team.run("build").output


def test_a_name_that_changes_later_hides_no_withdrawal(team: Team) -> None:
    """The ledger keeps the page of an authority: an address is nothing that an alert may say."""
    send(team)
    team.done("alert", "end", "lyon", "--withdraw", "--why", "mistake", "--by", "Nour")
    file = team.campaign / "campaign.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("neighbours-help.net/news", "neighbours-help.net/police"), "utf-8")
    team.done("build")
    assert "It was a mistake of ours." in (team.site / "en/alert/index.html").read_text("utf-8")
