"""What was saved is remembered with who and what differed, and every part of it comes back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from stopjihad.disk import save
from stopjihad.disk.history import ENDINGS, history_of
from stopjihad.load.files import walk
from stopjihad.studio.file_history import catch_up, edit_steps
from stopjihad.text import po
from stopjihad.text.yaml.fields import values

from support.build import CAMPAIGN
from support.studio import POINT, Answer, Running, copy_workspace, running
from support.timing import until

BASE = f"/c/{CAMPAIGN}"
PATH = f"campaigns/{CAMPAIGN}/points/{POINT}.md"


def post(studio: Running, path: str, value: Any, author: str = "Nour") -> Answer:
    given = {"content_type": "application/json", "origin": studio.address, "author": author}
    return studio.ask(path, "POST", json.dumps(value).encode(), **given)


def write_fact(studio: Running, words: str, author: str = "Nour") -> bytes:
    """Save a fact as the editor does; give the bytes that the file had before."""
    before = (studio.workspace / PATH).read_bytes()
    was = values(before.decode())["fact"]
    change = {"op": "set", "path": ["fact"], "value": words, "was": was}
    sent = {"digest": save.digest(before), "changes": [change]}
    assert post(studio, f"{BASE}/points/{POINT}", sent, author).status == 200
    return before


def fact(studio: Running) -> Any:
    return values((studio.workspace / PATH).read_text("utf-8"))["fact"]


@pytest.fixture
def studio(own_studio: Running) -> Running:
    """Give a studio that has looked at all of its files."""
    kept = history_of(str(own_studio.workspace), CAMPAIGN)
    found, _ = walk(own_studio.workspace, f"campaigns/{CAMPAIGN}")
    files = {path for path in found if path.endswith(ENDINGS)}
    until(lambda: files <= {one.path for one in kept.versions()}, "what is remembered")
    return own_studio


def test_who_and_which_words(studio: Running) -> None:
    write_fact(studio, "Mothers speak out.", "No%C3%A9mie")
    write_fact(studio, "Mothers speak out now.", "No%C3%A9mie")
    write_fact(studio, "Mothers speak.", "Sami")
    page = studio.ask(f"{BASE}/history?path={PATH}").body.decode()
    assert re.findall(r'class="who">([^<]*)<', page)[:2] == ["Sami", "Noémie"]
    assert "<del>speak out now.</del> <ins>speak.</ins>" in page
    assert "saves: 2" in page


def test_a_field_comes_back_and_what_was_written_since_stays(studio: Running) -> None:
    old = str(fact(studio))
    write_fact(studio, "Another fact.")
    file = studio.workspace / PATH
    file.write_text(file.read_text("utf-8").rstrip() + "\n\nA last line.\n", "utf-8")
    kept = history_of(str(studio.workspace), CAMPAIGN)
    first = kept.versions(PATH)[0]
    assert post(studio, f"{BASE}/history", {"version": first.id, "field": '["fact"]'}).status == 200
    assert fact(studio) == old
    assert file.read_text("utf-8").endswith("A last line.\n")


def test_a_text_comes_back_byte_for_byte_over_a_restart(studio: Running) -> None:
    before = write_fact(studio, "Another fact.")
    studio.server.should_exit = True
    history_of.cache_clear()
    with running(studio.workspace) as again:
        kept = history_of(str(again.workspace), CAMPAIGN)
        first = kept.versions(PATH)[0]
        assert post(again, f"{BASE}/history", {"version": first.id}).status == 200
        assert (again.workspace / PATH).read_bytes() == before
        assert kept.versions(PATH)[-1].by == "Nour"


def test_a_translation_comes_back(studio: Running) -> None:
    path = f"campaigns/{CAMPAIGN}/locale/fr.po"
    file = studio.workspace / path
    entries = po.scan(file.read_text("utf-8")).entries
    entry = next(one for one in entries if one.context == "letters-home/claim")
    changed = file.read_bytes().replace(entry.translation.encode(), b"Tout autre chose.")
    assert changed != file.read_bytes()
    save.write(studio.workspace, path, changed, save.digest(file.read_bytes()))
    first = history_of(str(studio.workspace), CAMPAIGN).versions(path)[0]
    field = json.dumps([entry.context, entry.source])
    assert post(studio, f"{BASE}/history", {"version": first.id, "field": field}).status == 200
    assert entry.translation in file.read_text("utf-8")


def test_the_campaign_comes_back_and_approvals_stay(studio: Running) -> None:
    ledger = f"campaigns/{CAMPAIGN}/reviews.jsonl"
    kept = history_of(str(studio.workspace), CAMPAIGN)
    other = f"campaigns/{CAMPAIGN}/points/letters-home.md"
    before = {path: (studio.workspace / path).read_bytes() for path in (PATH, other)}
    number = kept.versions()[-1].number
    write_fact(studio, "Another fact.")
    (studio.workspace / other).unlink()
    save.append(studio.workspace, ledger, b"{}\n")
    catch_up(studio.workspace, CAMPAIGN)
    page = studio.ask(f"{BASE}/history?at={number}").body.decode()
    assert set(re.findall(r'name="paths" value="([^"]*)"', page)) == {PATH, other}
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    sent = {"at": str(number), "seen": seen[1], "paths": [PATH, other, ledger]}
    (studio.workspace / PATH).write_bytes(b"somebody else")  # what the page did not show
    assert post(studio, f"{BASE}/history/state", sent).status == 409
    page = studio.ask(f"{BASE}/history?at={number}").body.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    assert post(studio, f"{BASE}/history/state", sent | {"seen": seen[1]}).status == 200
    assert {path: (studio.workspace / path).read_bytes() for path in before} == before
    assert (studio.workspace / ledger).read_bytes().endswith(b"{}\n")


def test_what_others_wrote_is_remembered(studio: Running) -> None:
    """A pull, an editor, and what changed while the studio was closed."""
    kept = history_of(str(studio.workspace), CAMPAIGN)
    file = studio.workspace / PATH
    number = len(kept.versions(PATH))
    file.write_text(file.read_text("utf-8").replace("fact:", "fact: And"), "utf-8")
    until(lambda: len(kept.versions(PATH)) > number, "the save of another program")
    assert kept.versions(PATH)[-1].by == ""


@pytest.mark.parametrize("author", ["nour%40example.org", "a%0Ab", "%"])
def test_names_that_are_none_are_left_out(studio: Running, author: str) -> None:
    write_fact(studio, "Another fact.", author)
    kept = history_of(str(studio.workspace), CAMPAIGN)
    assert kept.versions(PATH)[-1].by in {"", "%"}


def test_a_version_of_a_stranger_names_no_other_file(studio: Running) -> None:
    """A log may come with a workspace: nothing outside of the campaign is written by it."""
    kept = history_of(str(studio.workspace), CAMPAIGN)
    for path in ("templates/site/page.md", f"campaigns/{CAMPAIGN}/../../x.md", ".git/x.yaml"):
        kept.record(path, None, b"theirs")
    kept.record(f"campaigns/{CAMPAIGN}/.hidden/x.md", None, b"theirs")
    assert all(one.path.startswith(f"campaigns/{CAMPAIGN}/") for one in kept.versions())
    assert not [one for one in kept.versions() if "x.md" in one.path]
    gone = post(studio, f"{BASE}/history", {"version": "000001-99999999"})
    assert gone.status == 404


def test_a_story_that_was_taken_back_is_forgotten(studio: Running) -> None:
    write_fact(studio, "Her story.")
    write_fact(studio, "Another fact.")
    assert post(studio, f"{BASE}/history/forget", {}).status == 200
    kept = history_of(str(studio.workspace), CAMPAIGN)
    assert b"Her story." not in b"".join(filter(None, kept.contents(kept.versions()).values()))
    assert len(kept.versions(PATH)) == 1


def test_steps_part_people_files_and_pauses() -> None:
    from stopjihad.disk.history import FileVersion

    said = [("a", 0, "N"), ("a", 5, "N"), ("b", 6, "N"), ("a", 7, "S"), ("a", 2000, "S")]
    versions = [
        FileVersion(number, "1", number, path, when, by, "x")
        for number, (path, when, by) in enumerate(said)
    ]
    steps = edit_steps(versions)
    assert [[one.number for one in step.saves] for step in steps] == [[4], [3], [2], [0, 1]]
    assert [step.before and step.before.number for step in steps] == [3, 1, None, None]


def test_reading_only_remembers_nothing(tmp_path: Any) -> None:
    workspace = copy_workspace(tmp_path)
    with running(workspace, read_only=True) as studio:
        assert studio.ask(f"{BASE}/history").status == 200
    assert not (workspace / ".stopjihad/history").exists()
