"""A way back brings nothing back that may not be said any more."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from support.crisis import BANNER, PLACES, SAMPLE, Team
from support.targets import real_workspace

pytestmark = pytest.mark.usefixtures("plain_alerts")

WITHDRAWN = "it does not tell readers that the alert 'lyon' was taken back"
TARGETS = """
targets:
  - {id: live, folder: {path: ../web}}
  - {id: stick, folder: {path: ../stick, layout: plain}}
"""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small campaign that can send alerts."""
    root = real_workspace(tmp_path_factory.mktemp("ready") / "workspace", TARGETS)
    team = Team(root)
    shutil.copytree(SAMPLE / "alerts/templates", team.campaign / "alerts/templates")
    file = team.campaign / "campaign.yaml"
    places = PLACES.replace("example.org", "neighbours-help.net")
    file.write_text(file.read_text("utf-8") + places, "utf-8")
    for name in ("Nour", "Sami"):
        team.done("review", "approve", "--language", "en", "--by", name, "alerts/attack-under-way")
    team.done("build")
    return root


@pytest.fixture
def team(ready: Path, tmp_path: Path) -> Team:
    root = tmp_path / "workspace"
    shutil.copytree(ready, root, symlinks=True)
    return Team(root)


def publish(team: Team, target: str, *words: str) -> dict:
    result = team.run("publish", target, *words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["published"]


def send(team: Team, name: str = "lyon") -> None:
    team.write(name)
    for who in ("Nour", "Sami"):
        team.done("alert", "approve", name, "--by", who)
    team.done("alert", "publish", name, "--by", "Nour")


def shown(team: Team, target: str) -> bool:
    """Tell whether readers see an alert."""
    folder = team.root.parent / {"live": "web/current", "stick": "stick"}[target]
    return any(BANNER in path.read_text("utf-8") for path in folder.rglob("*.html"))


def refused(result: Result, words: str) -> None:
    assert result.exit_code == 1, result.output
    assert "[publish-over]" in result.stderr
    assert words in result.stderr


@pytest.mark.parametrize("target", ["live", "stick"])
def test_07_a_way_back_does_not_show_a_withdrawn_alert_again(team: Team, target: str) -> None:
    """The one before was the one with the alert: 17 pages had it again, and nobody was told."""
    team.done("build")
    calm = publish(team, target)["id"]
    send(team)
    with_alert = publish(team, target)["id"]
    assert shown(team, target)
    team.later(5)
    refused(team.run("publish", target, "--rollback"), "it lacks the alert 'lyon'")
    team.later(5)
    team.done("alert", "end", "lyon", "--by", "Nour", "--withdraw", "--why", "false-alarm")
    team.done("build")
    publish(team, target)
    assert not shown(team, target)
    refused(team.run("publish", target, "--rollback", with_alert), "its alert 'lyon' is over")
    refused(team.run("publish", target, "--rollback"), WITHDRAWN)
    team.later(48 * 60)
    result = team.run("publish", target, "--rollback")
    assert result.exit_code == 0, result.output
    assert f"passed over: {with_alert} would bring back" in result.stderr
    assert calm.partition("-")[2] in result.stdout or target == "stick"
    assert not shown(team, target)


def test_a_way_back_does_not_silence_that_an_alert_was_withdrawn(team: Team) -> None:
    """Whoever had read the false alarm came back to pages that said nothing of it."""
    team.done("build")
    calm = publish(team, "live")["id"]
    send(team)
    publish(team, "live")
    team.later(5)
    team.done("alert", "end", "lyon", "--by", "Nour", "--withdraw", "--why", "false-alarm")
    told = publish(team, "live")["id"]
    page = team.root.parent / "web/current/en/index.html"
    assert "false alarm" in page.read_text("utf-8")
    refused(team.run("publish", "live", "--rollback", calm), WITHDRAWN)
    change(team)
    publish(team, "live")
    publish(team, "live", "--rollback")
    assert publish(team, "live")["id"] != told
    assert "false alarm" in page.read_text("utf-8")


def test_07_nor_an_alert_as_it_was_before_its_update(team: Team) -> None:
    team.done("build")
    publish(team, "live")
    send(team)
    first = publish(team, "live")["id"]
    team.later(5)
    team.write("lyon")  # its next word is due five minutes later
    for name in ("Nour", "Sami"):
        team.done("alert", "approve", "lyon", "--by", name)
    team.done("alert", "update", "lyon", "--by", "Nour")
    publish(team, "live")
    result = team.run("publish", "live", "--rollback", first)
    refused(result, "is over, was withdrawn or says something else by now")


def test_07_nor_a_helpline_past_its_date(team: Team) -> None:
    team.done("build")
    publish(team, "live")
    helplines = team.campaign / "helplines.yaml"
    changed = helplines.read_text("utf-8").replace("2027-02-01", "2027-05-30")
    helplines.write_text(changed.replace("Monday to Friday", "Every day"), "utf-8")
    team.done("build")
    publish(team, "live")
    team.now = dt.datetime(2027, 2, 1, 12, tzinfo=dt.UTC)
    assert team.run("publish", "live", "--rollback").exit_code == 0
    team.done("build")
    publish(team, "live")
    team.later(24 * 60)
    result = team.run("publish", "live", "--rollback")
    refused(result, "a helpline in it was to be checked by 2027-02-01")


def test_07_nor_a_helpline_that_was_corrected_since(team: Team) -> None:
    """A wrong number that somebody had mended was on every page again, and nobody was told."""
    team.done("build")
    publish(team, "live")
    change(team)
    publish(team, "live")
    helplines = team.campaign / "helplines.yaml"
    text = helplines.read_text("utf-8")
    for was, now, why in (
        ("800005696", "800005697", "has another number by now"),
        ("operator: government", "operator: police", "or promises otherwise"),
        ("- id: line", "- id: other", "'line' in it is gone by now"),
    ):
        assert was in text
        helplines.write_text(text.replace(was, now), "utf-8")
        refused(team.run("publish", "live", "--rollback"), why)


def test_07_nor_words_whose_approval_was_withdrawn(team: Team) -> None:
    """A signature that came later, and was taken back, is in no publication of before."""
    point = ("--language", "en", "neighbours")
    team.done("build")
    publish(team, "live")
    team.later(1)
    team.done("review", "approve", *point, "--by", "Nour")
    change(team)
    second = publish(team, "live")["id"]
    team.later(1)
    team.done("review", "withdraw", *point, "--by", "Nour")
    change(team)
    publish(team, "live")
    refused(
        team.run("publish", "live", "--rollback", second), "the approval of words in it was with"
    )
    assert second in team.run("publish", "live", "--rollback").stderr


def test_07_nor_words_that_were_approved_after_they_had_gone_up(team: Team) -> None:
    """The same files went up again: what is kept at home knew the approvals of the first time."""
    point = ("--language", "en", "neighbours", "--kind", "legal")
    team.done("build")
    publish(team, "live")
    team.later(1)
    team.done("review", "approve", *point, "--by", "Nour")
    team.done("build")
    same = publish(team, "live")["id"]
    change(team)
    publish(team, "live")
    team.later(1)
    team.done("review", "withdraw", *point, "--by", "Nour")
    result = team.run("publish", "live", "--rollback", same)
    refused(result, "the approval of words in it was withdrawn")


def change(team: Team) -> None:
    page = next((team.campaign / "pages").glob("*.md"))
    page.write_text(page.read_text("utf-8") + "\nOne line more.\n", "utf-8")
    team.done("build")


def test_02_the_site_that_was_staged_for_the_end_of_an_alert_is_published(team: Team) -> None:
    """Its own record vouches for it, though the ledger has a line more than when it was built."""
    team.done("build")
    send(team)
    publish(team, "live")
    team.later(5)
    team.done("alert", "end", "lyon", "--by", "Nour", "--why", "over")
    publish(team, "live")
    assert not shown(team, "live")


@pytest.mark.parametrize("target", ["live", "stick"])
def test_an_alert_goes_up_though_the_campaign_could_not(team: Team, target: str) -> None:
    """A helpline's date that passed at midnight kept an alert of two approvals from readers."""
    team.done("build")
    publish(team, target)
    web = team.root.parent / {"live": "web/current", "stick": "stick"}[target]
    before = {path.relative_to(web) for path in web.rglob("*.html")}
    lines = team.campaign / "helplines.yaml"
    text = lines.read_text("utf-8")
    lines.write_text(re.sub(r"review_by: \S+", "review_by: 2026-11-01", text), "utf-8")
    assert team.run("build").exit_code == 1
    send(team)
    publish(team, target)
    assert shown(team, target)
    assert before <= {path.relative_to(web) for path in web.rglob("*.html")}
    team.later(5)
    team.done("alert", "end", "lyon", "--by", "Nour", "--withdraw", "--why", "false-alarm")
    publish(team, target)
    assert not shown(team, target)


def test_an_alert_goes_up_though_another_one_ceases_to_be_told_meanwhile(team: Team) -> None:
    """What was laid over the site said of a false alarm two days ago what is not said any more."""
    team.done("build")
    send(team)
    team.later(5)
    team.done("alert", "end", "lyon", "--by", "Nour", "--withdraw", "--why", "false-alarm")
    publish(team, "live")
    lines = team.campaign / "helplines.yaml"
    text = lines.read_text("utf-8")
    lines.write_text(re.sub(r"review_by: \S+", "review_by: 2026-11-01", text), "utf-8")
    team.later(48 * 60 - 5)
    send(team, "station")
    team.later(10)
    publish(team, "live")
    assert shown(team, "live")


@pytest.mark.parametrize("target", ["live", "stick"])
def test_an_alert_without_a_good_site_takes_no_other_page_from_readers(
    team: Team, target: str
) -> None:
    team.done("build")
    publish(team, target)
    shutil.rmtree(team.root / "dist")
    send(team)
    done = publish(team, target)
    assert done["gone"] == []
    assert all("alert/" in path or "assets/" in path for path in done["new"]), done["new"]
    assert done["changed"] == ["manifest.json"]
    team.done("build")
    publish(team, target)
    assert shown(team, target)


def test_07_nor_words_that_were_withdrawn_before_an_alert_was_laid_over_them(team: Team) -> None:
    """An alert goes out over the site of before: what its words were signed by was forgotten."""
    point = ("--language", "en", "neighbours")
    team.done("review", "approve", *point, "--by", "Nour")
    change(team)
    publish(team, "live")
    team.later(1)
    team.done("review", "withdraw", *point, "--by", "Nour")
    send(team)
    publish(team, "live")
    team.later(5)
    team.done("alert", "end", "lyon", "--by", "Nour", "--withdraw", "--why", "false-alarm")
    laid = publish(team, "live")["id"]
    change(team)
    publish(team, "live")
    refused(team.run("publish", "live", "--rollback", laid), "the approval of words in it was with")
