"""The alert board keeps the rules of the ledger, whoever asks and however."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.build import CAMPAIGN
from support.crisis import Team, crisis_workspace
from support.studio import Answer, Running, running
from support.timing import until

BASE = f"/c/{CAMPAIGN}/alerts"
SLOTS = {
    "place": "market-square",
    "since": "2026-11-24T12:50",
    "confirmed_by": "police",
    "next_update": "2026-11-24T14:00",
    "confirmed": ["people-hurt"],
}


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    """Give a team whose template of attacks was approved beforehand."""
    found = Team(crisis_workspace(tmp_path_factory.mktemp("alert") / "workspace"))
    found.cut_down()
    found.approve_template()
    return found


@pytest.fixture(scope="module")
def studio(team: Team) -> Iterator[Running]:
    """Give a studio for all tests of this file: each starts an alert of its own."""
    with running(team.root, now=lambda: team.now) as found:
        yield found


def post(studio: Running, path: str, value: Any) -> Answer:
    given = {"content_type": "application/json", "origin": studio.address}
    return studio.ask(path, "POST", json.dumps(value).encode(), **given)


def started(studio: Running, status: str = "actual", template: str = "attack-under-way") -> str:
    answer = post(studio, BASE, {"status": status, "template": template, "by": "Nour"})
    assert answer.status == 201, answer.body
    address: str = json.loads(answer.body)["address"]
    return address


def test_a_code_that_came_back_is_taken_once(studio: Running, team: Team, tmp_path: Path) -> None:
    address = filled(studio, "exercise")
    name, file = address.rpartition("/")[2], tmp_path / "ida.html"
    team.done("alert", "approve", name, "--send-to", "Ida", "--output", str(file))
    yes, no = re.findall(r'<code dir="ltr">([0-9A-Z-]+)</code>', file.read_text("utf-8"))
    assert b'name="code"' in studio.ask(address).body
    for code, status in (("7K3QF", 409), (yes, 200), (no, 409)):
        assert post(studio, f"{address}/step", {"step": "code", "code": code}).status == status
    assert b"approved by Ida (by a file)" in studio.ask(address).body


def test_the_board_says_what_is_not_ready_beside_languages(studio: Running) -> None:
    page = studio.ask(BASE).body.decode()
    assert "Beside languages" in page
    assert "no number to dial" in page


def filled(studio: Running, status: str = "actual") -> str:
    address = started(studio, status)
    answer = post(studio, address, {**SLOTS, "known": ""})
    assert answer.status == 200, answer.body
    return address


def text_of(studio: Running, path: str) -> str:
    answer = studio.ask(path, accept_language="en")
    assert answer.status == 200, path
    return answer.body.decode()


def seen(studio: Running, address: str) -> str:
    """Give the digest of the words that a page shows."""
    return text_of(studio, address).split('name="seen" value="')[1][:32]


def step(studio: Running, address: str, name: str, by: str, digest: str = "") -> Answer:
    return post(studio, f"{address}/step", {"step": name, "by": by, "seen": digest})


def refused(answer: Answer) -> str:
    assert answer.status in {404, 409, 422}, answer.body
    found: dict[str, Any] = json.loads(answer.body)
    return str(found["refused"] or found["fields"])


def test_the_clock_runs_from_the_start_before_any_slot_is_filled(
    team: Team, studio: Running
) -> None:
    address = started(studio)
    began = team.now
    team.later(34)
    page = text_of(studio, address)
    assert "34 minutes gone" in page
    assert "56 left of 90" in page
    clock = json.loads(team.done("alert", "clock", address.split("/")[-1], "--format", "json"))
    assert (clock["state"], clock["minutes_left"]) == ("drafted", 56)
    team.done("check")  # what is only begun is no mistake of the campaign
    team.now = began


def test_what_is_wrong_with_a_slot_is_said_at_the_slot(studio: Running) -> None:
    address = started(studio)
    wrong = {**SLOTS, "place": "nowhere", "known": ""}
    assert "place" in refused(post(studio, address, wrong))
    wrong = {**SLOTS, "since": "2026-11-24T23:00", "known": ""}
    assert "This has not come yet" in refused(post(studio, address, wrong))
    wrong = {**SLOTS, "next_update": "2026-11-24T20:00", "known": ""}
    assert "before the end, 19:00" in refused(post(studio, address, wrong))
    wrong = {**SLOTS, "expires": "2026-11-25T20:00", "known": ""}
    assert "22 hours 30 minutes" in refused(post(studio, address, wrong))
    wrong = {**SLOTS, "confirmed": ["the-attacker-is"], "known": ""}
    assert "confirmed" in refused(post(studio, address, wrong))
    assert "Say who you are" in refused(
        post(studio, BASE, {"status": "actual", "template": "attack-over", "by": " "})
    )


def test_one_person_cannot_approve_twice_whatever_the_page_says(studio: Running) -> None:
    address = filled(studio)
    digest = seen(studio, address)
    assert step(studio, address, "approve", "Nour", digest).status == 200
    assert "Another person" in refused(step(studio, address, "approve", "NOÜR", digest))
    assert "Two different people" in refused(step(studio, address, "send", "Nour", digest))
    assert step(studio, address, "approve", "Ida", digest).status == 200
    assert '"step":"approve"' in (studio.campaign / "reviews.jsonl").read_text("utf-8")


def test_only_the_words_on_the_page_are_approved(team: Team, studio: Running) -> None:
    address = filled(studio)
    digest = seen(studio, address)
    file = studio.campaign / "alerts" / f"{address.rpartition('/')[2]}.yaml"
    file.write_text(file.read_text("utf-8").replace("[people-hurt]", "[area-closed]"), "utf-8")
    assert "Words have changed" in refused(step(studio, address, "approve", "Nour", digest))
    fresh = {**SLOTS, "place": "city-centre", "known": "0" * 64}
    assert "Someone else" in refused(post(studio, address, fresh))
    assert "place: market-square" in file.read_text("utf-8")
    assert team.run("alert", "clock", file.stem).exit_code == 0


def test_a_language_that_is_left_out_says_why(team: Team, studio: Running) -> None:
    path = team.campaign / "locale/ar.po"
    before = path.read_text("utf-8")
    context = 'msgctxt "alerts/attack-under-way/headline"'
    path.write_text(before.replace(context, f"#, fuzzy\n{context}"), "utf-8")
    page = text_of(studio, filled(studio))
    path.write_text(before, "utf-8")
    assert "Left out: 1" in page
    assert "1 texts of the template are out of date or not translated" in page
    assert "2 languages, each sentence beside its source." in page
    other = text_of(studio, started(studio, template="hoax-denied"))
    assert "Left out: 3" in other
    assert "nobody has approved the template in this language" in other


def test_everything_of_an_exercise_says_so(studio: Running) -> None:
    address = filled(studio, "exercise")
    page = text_of(studio, address)
    assert page.count("exercise-band") == 1
    assert "<h1>Exercise:" in page
    name = address.rpartition("/")[2]
    for path in ("site/fr/alert/", "site/fr/", f"alert/{name}/call-sheet.txt", "site/cap.xml"):
        assert "Exerci" in text_of(studio, f"/alert/{CAMPAIGN}/{name}/{path}"), path
    picture = studio.ask(f"/alert/{CAMPAIGN}/{name}/site/ar/alert/{name}/square.png")
    assert picture.body.startswith(b"\x89PNG")
    for path in ("../campaign.yaml", "campaign.yaml", "%2e%2e/x", "manifest.json"):
        assert studio.ask(f"/alert/{CAMPAIGN}/{name}/{path}").status == 404, path


def test_the_call_sheet_speaks_the_language_of_whoever_looks(studio: Running) -> None:
    address = filled(studio, "exercise")
    name = address.rpartition("/")[2]
    sheet = f"/alert/{CAMPAIGN}/{name}/alert/{name}/call-sheet.txt"
    english = studio.ask(sheet, interface_language="en").body.decode()
    french = studio.ask(sheet, interface_language="fr").body.decode()
    assert "CALL SHEET" in english
    assert "FEUILLE D’APPEL" in french
    assert not {"Helplines,", "Partners", "languages:"} & set(french.split())
    assert english.splitlines()[0] == french.splitlines()[0]  # the alert itself
    page = studio.ask(address, interface_language="fr").body.decode()
    assert '<pre class="calls" lang="fr"' in page
    assert "FEUILLE D’APPEL" in page


def test_an_alert_written_a_moment_ago_in_a_terminal_is_there(team: Team, studio: Running) -> None:
    """It was "not found" for as long as the studio had not read the campaign again."""
    for number in range(5):
        team.write(f"walk-in-{number}", status="exercise")
        assert studio.ask(f"{BASE}/walk-in-{number}").status == 200
    assert studio.ask(f"{BASE}/walk-out").status == 404
    assert studio.ask(f"{BASE}/..%2F..%2Fpoints").status == 404


def test_the_program_chooses_in_exercises_alone(studio: Running) -> None:
    sent = {"status": "actual", "template": "random", "by": "Nour"}
    assert "exercises only" in refused(post(studio, BASE, sent))
    page = text_of(studio, started(studio, "exercise", "random"))
    assert page.count(" selected>") == 1  # the place was chosen, too


def test_an_alert_that_was_not_sent_can_be_dropped_and_nothing_is_done_with_it_then(
    studio: Running,
) -> None:
    address = filled(studio)
    digest = seen(studio, address)
    assert "not published yet" in refused(step(studio, address, "end", "Nour"))
    assert "why" in refused(step(studio, address, "withdraw", "Nour"))
    dropped = {"step": "withdraw", "by": "Nour", "reason": "The police denied it."}
    assert post(studio, f"{address}/step", dropped).status == 200
    assert "It is over" in refused(step(studio, address, "approve", "Ida", digest))
    assert "It is over" in refused(post(studio, address, {**SLOTS, "known": ""}))
    assert "withdrawn" in text_of(studio, BASE)
    assert studio.ask(f"{BASE}/nothing-here").status == 404
    assert "no such alert" in refused(step(studio, f"{BASE}/nothing-here", "approve", "Ida"))


def test_18_an_alert_that_nobody_signed_can_be_dropped(studio: Running) -> None:
    """Its file was written by hand, or copied: the ledger says nothing of it."""
    name = filled(studio).rpartition("/")[2]
    source = studio.campaign / "alerts" / f"{name}.yaml"
    (source.parent / "by-hand.yaml").write_bytes(source.read_bytes())
    until(lambda: studio.ask(f"{BASE}/by-hand").status == 200, "the alert is seen")
    dropped = {"step": "withdraw", "by": "Nour", "reason": "It was a copy."}
    answer = post(studio, f"{BASE}/by-hand/step", dropped)
    assert answer.status == 200, answer.body
    assert "dropped" in answer.body.decode()
    assert "It is over" in refused(post(studio, f"{BASE}/by-hand/step", dropped))


def test_who_looks_in_french_reads_french_beside_the_source_where_nobody_approved_it(
    studio: Running,
) -> None:
    headers = {"accept_language": "fr"}
    board = studio.ask(BASE, **headers).body.decode()
    approved, unread = "… : attaque en cours.", "… : le danger est passé."
    assert approved in board.replace("\xa0", " ")
    assert unread in board.replace("\xa0", " ")
    assert "…: the danger is over." in board
    assert "…: attack under way." not in board
    page = studio.ask(filled(studio), **headers).body.decode().replace("\xa0", " ")
    assert '<span lang="fr" dir="auto">Place du Marché : attaque en cours.' in page
    assert ">Place du Marché (Market square)</option>" in page
    assert ">La police (The police)</option>" in page
    assert '<span lang="fr" dir="auto">Des personnes sont blessées.</span></span>' in page
    names = [part.partition("<")[0] for part in page.split('<span class="said-name">')[1:]]
    assert names == ["français", "English", "العربية"]
    other = studio.ask(started(studio, template="attack-over"), **headers).body.decode()
    assert '<p class="source-words"><span lang="en" dir="auto">…: the danger is over.' in other


def test_read_only_shows_the_board_and_changes_nothing(team: Team) -> None:
    team.write("lyon")
    team.done("alert", "approve", "lyon", "--by", "Nour")
    before = (team.campaign / "reviews.jsonl").read_bytes()
    with running(team.root, read_only=True, now=lambda: team.now) as studio:
        page = text_of(studio, f"{BASE}/lyon")
        assert "approved by Nour" in page
        assert "data-post" not in page + text_of(studio, BASE)
        assert step(studio, f"{BASE}/lyon", "approve", "Ida").status == 405
        assert post(studio, BASE, {}).status == 405
    assert (team.campaign / "reviews.jsonl").read_bytes() == before


def test_an_alert_goes_on_though_the_campaign_is_no_yaml_any_more(
    studio: Running, team: Team
) -> None:
    address = filled(studio)
    file = team.campaign / "campaign.yaml"
    text = file.read_text("utf-8")
    file.write_bytes(b"\t: [ {")
    try:
        page = text_of(studio, address)
        assert "Market square" in page
        assert "In danger now?" in page  # its words are shown to whoever approves
        for who in ("Nour", "Ida"):
            answer = step(studio, address, "approve", who, seen(studio, address))
            assert answer.status == 200, answer.body
        sent = step(studio, address, "send", "Ida", seen(studio, address))
        assert sent.status == 202, sent.body
        name = address.rpartition("/")[2]
        until(lambda: name in team.done("alert", "list"), "it is out")
    finally:
        file.write_text(text, "utf-8")
    # Also while its pictures are drawn, readers are told at once why it was taken away.
    gone = {"step": "withdraw", "by": "Nour", "why": "mistake"}
    assert post(studio, f"{address}/step", gone).status in {200, 202}
    told = team.site / "en/alert/index.html"
    until(lambda: "It was a mistake of ours." in told.read_text("utf-8"), "it is said")
