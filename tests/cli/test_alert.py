"""An alert from its first word to its end, as a team sends it, with a clock of its own."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from stopjihad.text.cap import cap_faults
from stopjihad.view.alert_phrases import NO_ALERT

from support.cap import cap_schema
from support.crisis import BANNER, Team, crisis_workspace, said_in, silent
from support.timing import seconds_with_children

pytestmark = pytest.mark.usefixtures("plain_alerts")

SCHEMA = cap_schema()


@pytest.fixture
def team(tmp_path: Path) -> Team:
    found = Team(crisis_workspace(tmp_path / "workspace"))
    found.cut_down()
    return found


def test_an_alert_from_draft_to_end(team: Team) -> None:
    team.approve_template()
    team.done("build", "-q")
    team.write("lyon")
    team.done("alert", "draft", "lyon", "--by", "Nour")
    refused = team.run("alert", "publish", "lyon", "--by", "Nour")
    assert refused.exit_code == 1
    assert "error[alert-unapproved]" in refused.output
    team.later(20)
    team.done("alert", "approve", "lyon", "--by", "Nour")
    again = team.run("alert", "approve", "lyon", "--by", "NOUR")
    assert again.exit_code == 1
    assert "error[alert-same-person]" in again.output
    team.later(15.5)
    team.done("alert", "approve", "lyon", "--by", "Ida")
    team.later(5)
    team.done("alert", "publish", "lyon", "--by", "Ida")
    pages = list(team.site.rglob("*.html"))
    assert len(pages) > 40
    assert silent(pages) == []
    # Danger is where the alert says: English readers in a French town do not dial 999.
    for name in ("en/index.html", "en/alert/index.html", "ar/index.html", "ar/alert/index.html"):
        page = (team.site / name).read_text("utf-8")
        assert ('"tel:17"' in page, '"tel:999"' in page) == (True, False), name
    staged = team.root / "dist/after-end" / team.campaign.name / "site"
    assert team.marked(staged) == []
    sheet = next(team.site.parent.rglob("call-sheet.txt")).read_text("utf-8")
    assert not re.search(r"\d{4}-\d\d-\d\dT", sheet)  # one clock for all: that of the wall
    countries = re.findall(r"^ {7}([A-Z]{2}) {2}", sheet, re.MULTILINE)
    assert (countries[0], len(countries)) == ("FR", 8)  # first whom people there will call
    assert not (team.site / "cap.xml").exists()  # the sponsor is no authority
    clock = json.loads(team.done("alert", "clock", "lyon", "--format", "json"))
    assert [row["minutes"] for row in clock["steps"]] == [0, 20, 35.5, 40.5]
    assert (clock["state"], clock["in_time"]) == ("published", True)

    held = team.done("alert", "end", "lyon", "--by", "timer", "--if-over")
    assert re.search(r"holds until 20\d\d-\d\d-\d\d \d\d:\d\d \(Europe/Paris\)", held)
    assert team.marked(team.site) != []
    team.later(6 * 60)
    end = ("alert", "end", "lyon", "--by", "timer", "--if-over")
    assert seconds_with_children(lambda: team.done(*end)) < 5
    assert team.marked(team.site) == []
    assert '"tel:999"' in (team.site / "en/index.html").read_text("utf-8")
    told = json.loads((team.site / "fr/alert/embed.json").read_text("utf-8"))
    assert (told["notice"], [one["withdrawn"] for one in told["past"]]) == (None, [False])
    team.done("build", "-q")
    assert team.marked(team.site) == []
    assert (team.site / "ar/alert/index.html").exists()  # links to it stand in messages


def test_the_clock_runs_before_any_slot_is_filled(team: Team) -> None:
    team.approve_template()
    team.done("new", "alert", "lyon")
    begun = (team.campaign / "alerts/lyon.yaml").read_text("utf-8")
    assert re.findall(r"T[\d:]+(\S+)$", begun, re.MULTILINE) == ["+01:00"] * 4  # Paris, in winter
    said = team.done("alert", "draft", "lyon", "--by", "Nour")
    assert f"fill the slots in campaigns/{team.campaign.name}/alerts/lyon.yaml" in said
    team.later(21)
    clock = json.loads(team.done("alert", "clock", "lyon", "--format", "json"))
    assert (clock["state"], clock["minutes_left"]) == ("drafted", 69)
    refused = team.run("alert", "approve", "lyon", "--by", "Nour")
    assert refused.exit_code == 1
    assert "lyon.yaml:11:7: error[empty]" in refused.output
    missing = team.run("alert", "draft", "nizza", "--by", "Nour")
    assert missing.exit_code == 1
    team.write("lyon")
    team.done("alert", "approve", "lyon", "--by", "Nour")
    clock = json.loads(team.done("alert", "clock", "lyon", "--format", "json"))
    assert [row["minutes"] for row in clock["steps"]] == [0, 21]


def message(team: Team) -> dict[str, str]:
    """Read what machines are told: valid, without fault, elements of the message by name."""
    data = (team.site / "cap.xml").read_bytes()
    read = etree.fromstring(data)
    assert SCHEMA.validate(read), SCHEMA.error_log
    assert list(cap_faults(data)) == []
    return {one.tag.rpartition("}")[2]: one.text for one in read}


def test_an_alert_that_was_only_begun_hinders_nothing_else(team: Team) -> None:
    """Empty slots in one file stopped every approval, of translations as of other alerts."""
    team.approve_template()
    team.write("lyon")
    team.done("new", "alert", "begun")
    team.done("alert", "draft", "begun", "--by", "Nour")
    fact = ("review", "approve", "--language", "fr", "--by", "Nour", "all")
    assert "approved" in team.done(*fact)
    team.done("alert", "approve", "lyon", "--by", "Nour")
    checked = team.run("check")
    assert "alerts/begun.yaml:" in checked.output
    assert "warning[empty] place is empty" in checked.output
    assert "error[empty]" not in checked.output
    for step in ("approve", "publish"):
        refused = team.run("alert", step, "begun", "--by", "Nour")
        assert refused.exit_code == 1, step
        assert "alerts/begun.yaml" in refused.output
        assert "error[empty] place is empty" in refused.output


def test_an_alert_that_was_approved_cannot_be_emptied_unseen(team: Team) -> None:
    team.approve_template()
    team.write("lyon")
    team.done("alert", "approve", "lyon", "--by", "Nour")
    file = team.campaign / "alerts/lyon.yaml"
    text = re.sub("(?m)^place: .*$", "place:", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    checked = team.run("check")
    assert checked.exit_code == 1
    assert "error[empty] place is empty" in checked.output
    assert team.run("build").exit_code == 1


CODES = (
    "<geocode><valueName>INSEE</valueName><value>69123</value></geocode>"
    "<geocode><valueName>NUTS3</valueName><value>FRK26</value></geocode>"
)


def _locate(team: Team) -> None:
    """Say where the market square is, in both ways that machines read."""
    file, known = team.campaign / "campaign.yaml", "name: Market square, country: FR"
    corners = 'polygon: ["45.75,4.83", "45.75,4.84", "45.76,4.84", "45.75,4.83"]'
    where = f"{known}, {corners}, geocode: {{INSEE: 69123, NUTS3: FRK26}}"
    file.write_text(file.read_text("utf-8").replace(known, where), "utf-8")


def test_an_authority_tells_machines_of_updates_and_of_what_is_withdrawn(team: Team) -> None:
    team.become_authority()
    team.approve_template()
    _locate(team)

    def send(step: str) -> dict[str, str]:
        team.write("lyon")
        for name in ("Nour", "Ida"):
            team.done("alert", "approve", "lyon", "--by", name)
        team.done("alert", step, "lyon", "--by", "Ida")
        return message(team)

    first = send("publish")
    assert (first["identifier"], first["status"], first["msgType"]) == (
        "lyon-1-20261124T120000Z",
        "Actual",
        "Alert",
    )
    assert "references" not in first
    cap = re.sub(r">\s+<", "><", (team.site / "cap.xml").read_text("utf-8"))
    assert "<value>OET-193</value>" in cap
    assert cap.partition("</polygon>")[2].partition("</area>")[0] == CODES
    same = team.run("alert", "update", "lyon", "--by", "Ida")
    assert same.exit_code == 1
    assert [row for row in same.output.splitlines() if "error[" in row] == [
        row for row in same.output.splitlines() if "error[alert-unchanged]" in row
    ]
    team.later(30)
    second = send("update")
    sent = f"campaign.example.org,lyon-1-20261124T120000Z,{first['sent']}"
    assert (second["identifier"], second["msgType"]) == ("lyon-2-20261124T123000Z", "Update")
    assert second["references"] == sent
    team.later(20)
    third = send("update")
    sent += f" campaign.example.org,{second['identifier']},{second['sent']}"
    assert (third["identifier"], third["msgType"]) == ("lyon-3-20261124T125000Z", "Update")
    assert third["references"] == sent

    team.later(10)
    said = team.done("alert", "end", "lyon", "--withdraw", "--why", "false-alarm", "--by", "Nour")
    assert "tells machines that it is cancelled" in said
    assert team.marked(team.site) == []
    last = message(team)
    assert (last["identifier"], last["msgType"]) == ("lyon-4-20261124T130000Z", "Cancel")
    assert (
        last["references"] == f"{sent} campaign.example.org,{third['identifier']},{third['sent']}"
    )
    assert last["sent"] == "2026-11-24T13:00:00-00:00"
    cause = said_in("It was a false alarm.")
    assert all(cause[tag] in last["note"] for tag in ("en", "fr", "ar"))
    assert last["note"].count(" / ") == 2

    team.write("over", template="attack-under-way")
    for name in ("Nour", "Ida"):
        team.done("alert", "approve", "over", "--by", name)
    team.done("alert", "publish", "over", "--by", "Ida")
    other = message(team)
    assert (other["identifier"], other["msgType"]) == ("over-1-20261124T130000Z", "Update")
    assert other["references"] == last["references"]
    team.later(7 * 60)
    team.done("build", "-q")
    assert not (team.site / "cap.xml").exists()
    messages_stay(team, [first, second, third, last, other])


def messages_stay(team: Team, sent: list[dict[str, str]]) -> None:
    """Look for each message at the address that a reference leads to, and in their list."""
    index = etree.fromstring((team.site / "alert/feed.xml").read_bytes())
    listed = [one.text for one in index.iter("{http://www.w3.org/2005/Atom}id")][1:]
    assert len(listed) == len(set(listed)) == len(sent)
    seen = feedparser.parse((team.site / "alert/feed.xml").read_bytes())
    assert not seen.bozo
    assert [entry.id for entry in seen.entries] == listed
    assert [entry.link for entry in seen.entries] == listed
    for one in sent:
        path = team.site / f"alert/{one['identifier']}.cap.xml"
        read = etree.fromstring(path.read_bytes())
        assert SCHEMA.validate(read), SCHEMA.error_log
        assert read.findtext("{*}sent") == one["sent"]
        assert any(entry.endswith(f"/alert/{path.name}") for entry in listed)
        for reference in (one.get("references") or "").split():
            identifier = reference.split(",")[1]
            assert (team.site / f"alert/{identifier}.cap.xml").is_file()


def test_moments_that_do_not_go_with_the_clock_are_said_and_sent_when_confirmed(team: Team) -> None:
    """A laptop whose clock was three hours slow sent "19:57" at 22:57."""
    team.approve_template()
    team.write(
        "lyon",
        since=(team.now + dt.timedelta(hours=3)).isoformat(),
        sent=(team.now + dt.timedelta(hours=3)).isoformat(),
        next_update=(team.now + dt.timedelta(hours=4)).isoformat(),
    )
    team.write("late", next_update=(team.now + dt.timedelta(minutes=30)).isoformat())
    for name in ("lyon", "late"):
        for who in ("Nour", "Ida"):
            team.done("alert", "approve", name, "--by", who)
    ahead = team.run("alert", "publish", "lyon", "--by", "Ida")
    assert ahead.exit_code == 1
    assert "'since' is 2026-11-24 16:00, and the clock of this machine says 2026-11-24 13:00" in (
        ahead.output
    )
    team.later(45)
    passed = team.run("alert", "publish", "late", "--by", "Ida")
    assert passed.exit_code == 1
    said = "the next update is promised for 2026-11-24 13:30, and it is 2026-11-24 13:45"
    assert said in passed.output
    assert not (team.site / "en/alert").exists()
    team.done("alert", "publish", "late", "--by", "Ida", "--yes")
    assert "T13:45:00+01:00" in (team.site / "en/alert/feed.xml").read_text("utf-8")


def test_a_build_after_the_end_has_no_alert_even_when_nobody_ended_it(team: Team) -> None:
    team.approve_template()
    team.write("lyon")
    for name in ("Nour", "Ida"):
        team.done("alert", "approve", "lyon", "--by", name)
    team.done("alert", "publish", "lyon", "--by", "Ida")
    team.later(30)
    team.done("build", "-q")
    assert team.marked(team.site) != []
    team.later(6 * 60)
    team.done("build", "-q")
    assert team.marked(team.site) == []


def test_one_letter_changed_after_approval_stops_everything_and_the_line_is_named(
    team: Team,
) -> None:
    team.approve_template()
    team.write("lyon")
    for name in ("Nour", "Ida"):
        team.done("alert", "approve", "lyon", "--by", name)
    path = team.campaign / "locale/fr.po"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("Des personnes sont blessées", "Des personnes sont blesséés"), "utf-8"
    )
    line = next(
        number
        for number, row in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "blesséés" in row
    )
    refused = team.run("alert", "publish", "lyon", "--by", "Ida")
    assert refused.exit_code == 1
    named = re.search(r"locale/fr\.po:(\d+): error\[alert-changed\]", refused.output)
    assert named, refused.output
    assert abs(int(named[1]) - line) <= 2
    path.write_text(text, "utf-8")
    team.write("lyon", place="city-centre")
    slot = team.run("alert", "publish", "lyon", "--by", "Ida")
    assert "alerts/lyon.yaml:3: error[alert-changed]" in slot.output


def test_a_stale_language_is_left_out_and_named(team: Team) -> None:
    team.approve_template()
    path = team.campaign / "locale/ar.po"
    context = 'msgctxt "alerts/attack-under-way/headline"'
    path.write_text(path.read_text("utf-8").replace(context, f"#, fuzzy\n{context}"), "utf-8")
    team.done("build", "-q")
    team.write("lyon")
    said = team.done("alert", "approve", "lyon", "--by", "Nour")
    assert "in 2 languages" in said
    assert "left out: ar (1 texts of the template are stale or not translated)" in said
    team.done("alert", "approve", "lyon", "--by", "Ida")
    team.done("alert", "publish", "lyon", "--by", "Ida")
    # Silence would say that nothing has happened, and its page said so.
    none, one = (said_in(words)["ar"] for words in (NO_ALERT, "Current alert"))
    for name, up in (("ar/index.html", "../"), ("ar/alert/index.html", "../../")):
        page = (team.site / name).read_text("utf-8")
        strip = page.partition(BANNER)[2].partition("</aside>")[0]
        assert one in strip
        assert f'<a href="{up}en/alert/index.html" lang="en" dir="ltr"' in strip
        assert none not in page
        assert '"tel:17"' in page


def test_an_actual_alert_needs_templates_that_were_approved_beforehand(team: Team) -> None:
    team.write("lyon")
    refused = team.run("alert", "approve", "lyon", "--by", "Nour")
    assert refused.exit_code == 1
    assert "fr: nobody has approved the template" in refused.output
