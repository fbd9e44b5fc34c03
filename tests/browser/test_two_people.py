"""Two people at two browsers send an alert to a target: one of them has only the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.accessibility import violations
from support.crisis import ALARM, Team, team_in_earnest
from support.keyboard import choose, write
from support.studio import Running, running
from support.watch import watched

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("plain_alerts")]

PHONE = {"width": 390, "height": 844}
TARGETS = "targets:\n  - {id: live, folder: {path: ../live, layout: plain}}\n"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    found = team_in_earnest(tmp_path / "workspace", TARGETS)
    found.done("build", "-q")
    found.done("publish", "live", "-q")
    return found


@pytest.fixture
def studio(team: Team) -> Iterator[Running]:
    with running(team.root, now=lambda: team.now) as found:
        yield found


def code_of(browser: Any, file: Path, answer: str) -> str:
    """Open the file on a phone without script and network; give the code for an answer."""
    with watched(browser, viewport=PHONE, java_script_enabled=False, offline=True) as (seen, _):
        page = seen.page
        page.goto(file.as_uri())
        assert "Market square" in page.locator("body").inner_text()
        assert page.locator("body").bounding_box()["width"] <= PHONE["width"]
        codes = page.locator("code").all_inner_texts()
        assert seen.troubles == []
    return str(codes[0 if answer == "yes" else 1])


def readers(team: Team) -> str:
    """Give the page of the alert as the target has it."""
    return (team.root.parent / "live/en/alert/index.html").read_text("utf-8")


def upload(page: Any, team: Team, shown: str) -> None:
    """Upload by keyboard, and ask the target what readers see."""
    # Pictures may be drawn still: what is running refuses an upload.
    page.locator('[data-report][data-state="running"]').wait_for(state="detached")
    choose(page, "Upload now")
    page.get_by_role("status").get_by_text("It is uploaded, and was read back").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.reload()
    choose(page, "What do readers see there?")
    page.get_by_role("status").get_by_text(shown).wait_for()
    assert (ALARM in readers(team)) == ("does not" not in shown)


def approve_twice(page: Any, browser: Any, team: Team, file: Path) -> None:
    """Approve at the machine, and by the file of somebody who is elsewhere."""
    name = page.url.split("?")[0].rpartition("/")[2]
    write(page, "#approve-by", "Nour")
    choose(page, "Approve as the first person")
    page.get_by_text("approved by Nour").wait_for()
    team.done("alert", "approve", name, "--send-to", "Sami", "-o", str(file))
    code = code_of(browser, file, "yes")
    page.reload()
    choose(page, "The person is elsewhere")
    write(page, "#code-text", code)
    choose(page, "Take the code")
    page.locator(".people li").nth(1).wait_for()
    assert violations(page) == []


def test_two_people_send_update_and_take_back_an_alert(
    browser: Any, team: Team, studio: Running, tmp_path: Path
) -> None:
    team.write("lyon")
    with watched(browser, viewport=PHONE, locale="en-GB") as (seen, _):
        page = seen.page
        page.set_default_timeout(120_000)
        studio.let_in(page)
        page.goto(f"{studio.address}/c/{team.campaign.name}/alerts/lyon?interface=en")
        assert page.locator("#upload").count() == 0  # there is nothing to upload yet
        approve_twice(page, browser, team, tmp_path / "first.html")
        write(page, "#send-by", "Nour")
        choose(page, "Publish now")
        page.locator(".state", has_text="published").wait_for()
        page.reload()
        upload(page, team, "live shows this alert")
        team.later(30)
        page.locator("[name=confirmed][value=people-hurt]").uncheck()
        choose(page, "Save the slots")
        page.locator("#approve").wait_for()
        approve_twice(page, browser, team, tmp_path / "second.html")
        choose(page, "Send the update")
        page.locator(".state", has_text="updated").wait_for()
        page.reload()
        choose(page, "What do readers see there?")
        old = "live does not show this alert as it was sent last"
        page.get_by_role("status").get_by_text(old).wait_for()
        upload(page, team, "live shows this alert")
        assert "People are hurt" not in readers(team)
        team.later(5)
        page.reload()
        choose(page, "Withdraw it: it should never have been sent")
        page.locator("#withdraw-why").select_option("false-alarm")
        choose(page, "Withdraw it")
        page.get_by_role("status").get_by_text("It is taken away. Now upload").wait_for()
        page.reload()
        upload(page, team, "live does not show this alert")
        assert "It was a false alarm." in readers(team)
        assert seen.troubles == []
