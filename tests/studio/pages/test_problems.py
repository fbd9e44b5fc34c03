"""Lines that are mended where their problems are shown."""

from __future__ import annotations

import json
from pathlib import Path

from support.build import CAMPAIGN
from support.studio import POINT, Answer, Running, copy_workspace, running
from support.timing import until

PATH = f"campaigns/{CAMPAIGN}/points/{POINT}.md"


def write_line(studio: Running, number: int, was: str, text: str) -> Answer:
    sent = json.dumps({"path": PATH, "number": number, "was": was, "text": text}).encode()
    own = {"origin": studio.address, "content-type": "application/json"}
    return studio.ask(f"/c/{CAMPAIGN}/line", "POST", sent, **own)


def test_a_line_is_mended_where_others_have_pushed_it(own_studio: Running) -> None:
    file = own_studio.workspace / PATH
    lines = file.read_text("utf-8").split("\n")
    number = next(place for place, line in enumerate(lines, 1) if line.startswith("fact:"))
    was = lines[number - 1]
    file.write_text("\n".join([lines[0], "# a note", *lines[1:]]), "utf-8")
    assert write_line(own_studio, number, was, "fact: Mended.").status == 200
    fresh = file.read_text("utf-8").split("\n")
    assert fresh[:2] == ["---", "# a note"]
    assert fresh[number] == "fact: Mended."
    assert [*fresh[2:number], *fresh[number + 1 :]] == [*lines[1 : number - 1], *lines[number:]]


def test_a_line_that_says_something_else_now_is_given_back(own_studio: Running) -> None:
    file = own_studio.workspace / PATH
    before = file.read_bytes()
    answer = write_line(own_studio, 1, "what it never said", "mine")
    assert answer.status == 409
    assert json.loads(answer.body) == {"conflict": {"theirs": "---"}}
    assert file.read_bytes() == before


def test_lines_that_do_not_exist_are_refused_in_words(own_studio: Running) -> None:
    file = own_studio.workspace / PATH
    before = file.read_bytes()
    for number in (0, -1, 10**6):  # an empty line is said to stand there
        assert write_line(own_studio, number, "", "mine").status == 409, number
    assert file.read_bytes() == before


def test_views_of_a_campaign_that_cannot_be_read_wait_for_it(tmp_path: Path) -> None:
    """A language had "no such page" for who opened it then, and stayed so in that tab."""
    workspace = copy_workspace(tmp_path)
    file = workspace / f"campaigns/{CAMPAIGN}/campaign.yaml"
    whole = file.read_bytes()
    file.write_bytes(b"<<<<<<< ours\n" + whole)
    view = f"/c/{CAMPAIGN}/translate/fr?of={POINT}"
    with running(workspace) as studio:
        answer = studio.ask(view)
        assert answer.status == 503
        assert b"/studio/unread.js" in answer.body
        file.write_bytes(whole)
        until(lambda: studio.ask(view).status == 200, "the view is there")
