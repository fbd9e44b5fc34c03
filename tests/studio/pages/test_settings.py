"""*Campaign* as forms: fields kept one by one, findings in words, files that make themselves."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image
from stopjihad.check.placeholders import placeholders
from stopjihad.cli.main import main
from stopjihad.disk.cache import NoCache
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_sources
from stopjihad.studio.known_lines import known_lines
from stopjihad.studio.remedies import remedy_of
from stopjihad.studio.sections import SECTIONS, plain_words, section_of

from support.build import CAMPAIGN
from support.studio import Running

BASE = f"/c/{CAMPAIGN}"


def post(studio: Running, path: str, value: Any, status: int = 200) -> Any:
    answer = studio.ask(
        BASE + path,
        "POST",
        json.dumps(value).encode(),
        content_type="application/json",
        origin=studio.address,
    )
    assert answer.status == status, answer.body
    return json.loads(answer.body)


def change(studio: Running, part: str, *changes: dict[str, Any]) -> Any:
    state = json.loads(studio.ask(f"{BASE}/campaign/{part}/state").body)["state"]
    return post(studio, f"/campaign/{part}", {"digest": state["digest"], "changes": changes})


def campaign_file(studio: Running) -> str:
    return (studio.campaign / "campaign.yaml").read_text("utf-8")


def picture(form: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (90, 80), (10, 90, 200)).save(stream, form)
    return stream.getvalue()


@pytest.mark.parametrize("part", [one.id for one in SECTIONS] + ["begin"])
def test_every_part_is_shown_and_links_all_others(studio: Running, part: str) -> None:
    answer = studio.ask(f"{BASE}/campaign/{part}")
    assert answer.status == 200
    assert part == "begin" or answer.body.count(b'aria-current="page"') == 1


def test_a_field_changes_one_value_and_comes_back_with_undo(own_studio: Running) -> None:
    before = campaign_file(own_studio)
    was = json.loads(own_studio.ask(f"{BASE}/campaign/sponsor/state").body)["state"]["values"]
    told = change(
        own_studio,
        "sponsor",
        {
            "op": "set",
            "path": ["sponsor", "name"],
            "value": "Ville de Lyon",
            "was": was["sponsor"]["name"],
        },
    )
    assert told["state"]["values"]["sponsor"]["name"] == "Ville de Lyon"
    changed = campaign_file(own_studio)
    assert [line for line in changed.split("\n") if line not in before.split("\n")] == [
        "  name: Ville de Lyon"
    ]
    post(own_studio, "/campaign/sponsor/undo", {})
    assert campaign_file(own_studio) == before


def test_findings_of_a_part_are_its_own(own_studio: Running) -> None:
    for part in ("sponsor", "name", "look"):
        state = json.loads(own_studio.ask(f"{BASE}/campaign/{part}/state").body)["state"]
        first = {one["field"].partition(".")[0] for one in state["problems"]}
        assert first <= set(next(one.fields for one in SECTIONS if one.id == part))


def test_a_language_has_its_file_at_once_and_leaves_nothing_that_names_it(
    own_studio: Running,
) -> None:
    post(own_studio, "/campaign/languages", {"do": "add", "language": "it"})
    assert "it]" in next(
        line for line in campaign_file(own_studio).split("\n") if line.startswith("languages:")
    )
    assert (own_studio.campaign / "locale" / "it.po").is_file()
    post(
        own_studio,
        "/campaign/numbers",
        {"do": "choose", "language": "it", "market": "IT", "lines": []},
    )
    assert "language: it" in campaign_file(own_studio)
    post(own_studio, "/campaign/languages", {"do": "remove", "language": "it"})
    assert "language: it" not in campaign_file(own_studio)
    refused = post(own_studio, "/campaign/languages", {"do": "remove", "language": "en"}, 409)
    assert "written in this language" in refused["refused"]
    post(own_studio, "/campaign/languages", {"do": "add", "language": "../x"}, 422)


def test_helplines_are_taken_over_and_chosen(own_studio: Running) -> None:
    name = "campaigns/helplines"
    line = next(one for one in known_lines("en") if one.country == "SE")
    post(own_studio, "/campaign/numbers", {"do": "take", "line": line.id})
    assert f"id: {line.id}" in (own_studio.campaign / "helplines.yaml").read_text("utf-8"), name
    sent = {"do": "choose", "language": "en", "market": "SE", "lines": line.id}
    post(own_studio, "/campaign/numbers", sent)
    assert f"lines: [{line.id}]" in campaign_file(own_studio)
    post(own_studio, "/campaign/numbers", {"do": "take", "line": "nobody"}, 422)
    post(own_studio, "/campaign/numbers", sent | {"market": "QQ"}, 422)


def test_helplines_are_offered_in_the_words_of_the_campaign() -> None:
    hours = {
        tag: next(one.fields["hours"] for one in known_lines(tag) if one.id == "gb-act-early")
        for tag in ("en", "fr", "it")
    }
    assert hours["fr"] != hours["en"] == hours["it"]


def test_a_logo_is_stored_anew_and_named_in_the_campaign(own_studio: Running) -> None:
    def send(name: str, data: bytes) -> int:
        address = f"{BASE}/logo?name={name}"
        kinds = {"content_type": "image/png", "origin": own_studio.address}
        return own_studio.ask(address, "POST", data, **kinds).status

    assert send("Our%20Logo.png", picture()) == 201
    assert "logo: our-logo.png" in campaign_file(own_studio)
    first = (own_studio.campaign / "media" / "our-logo.png").read_bytes()
    assert send("our-logo.png", picture()) == 201  # the same again, or a better one
    assert (own_studio.campaign / "media" / "our-logo.png").read_bytes() == first
    assert send("..%2F..%2Fcampaign.png", b"<svg/>") == 422
    assert send("logo.svg", b"<svg/>") == 422


def test_nothing_that_is_left_of_the_sample_is_asked_in_file_speech(tmp_path: Path) -> None:
    made = CliRunner().invoke(main, ["init", str(tmp_path / "ours"), "--language", "en"])
    assert made.exit_code == 0, made.output
    sources, _ = read_sources(tmp_path / "ours", "my-campaign")
    project, _ = load_project(sources, NoCache())
    assert project is not None
    found = list(placeholders(project))
    assert len(found) > 10
    for problem in found:
        assert plain_words(problem), problem.message
        assert remedy_of(problem, "/c/x", str), problem.path
        if problem.path.endswith("campaign.yaml"):
            assert section_of(problem) is not None, problem.message
