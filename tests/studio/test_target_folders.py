"""Folders to publish into are offered: no request names another place, or takes a full one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from stopjihad.load.targets import load_targets

from support.build import CAMPAIGN
from support.studio import Running

ADDRESS = f"/c/{CAMPAIGN}/publish/target"
GOOD = {"id": "live", "place": "..", "name": "web", "layout": "plain", "address": ""}


def ask(studio: Running, **more: Any) -> tuple[int, dict[str, str]]:
    body = json.dumps(GOOD | more).encode()
    given = {"content_type": "application/json", "origin": studio.address}
    answer = studio.ask(ADDRESS, "POST", body, **given)
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "/etc"},
        {"place": "../.."},
        {"place": ""},
        {"name": "../web"},
        {"name": "a/b"},
        {"name": ""},
        {"name": "workspace"},
        {"id": "Live it"},
        {"address": "https://nour:secret@example.org"},
        {"layout": "other"},
    ],
    ids=str,
)
def test_other_places_are_refused(own_studio: Running, wrong: dict[str, str]) -> None:
    status, answer = ask(own_studio, **wrong)
    assert status in {409, 422}, answer
    assert answer["refused"]
    assert not (own_studio.campaign / "targets.yaml").exists()


def test_targets_are_added_one_after_the_other(own_studio: Running) -> None:
    """The first makes the file; another one joins it, and what people wrote there stays."""
    assert ask(own_studio)[0] == 201
    file = own_studio.campaign / "targets.yaml"
    file.write_text(f"# ours\n{file.read_text('utf-8')}", "utf-8")
    assert ask(own_studio)[0] == 409
    assert ask(own_studio, id="stick", name="stick", layout="releases")[0] == 201
    targets, problems = load_targets(own_studio.workspace, CAMPAIGN)
    assert problems == []
    assert list(targets) == ["live", "stick"]
    assert targets["live"].folder.state == "../web-memory"
    assert targets["stick"].kept_releases == 10
    assert file.read_text("utf-8").startswith("# ours\n")


def test_a_full_folder_is_refused(own_studio: Running) -> None:
    full: Path = own_studio.workspace.parent / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine", "utf-8")
    status, answer = ask(own_studio, name="full")
    assert (status, "something in this folder" in answer["refused"]) == (409, True)


def test_a_key_is_made_here_and_only_its_public_half_is_seen(
    own_studio: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    given = {"content_type": "application/json", "origin": own_studio.address}
    answer = own_studio.ask(f"/c/{CAMPAIGN}/publish/key", "POST", b"{}", **given)
    assert answer.status == 201, answer.body
    text = (own_studio.campaign / "campaign.yaml").read_text("utf-8")
    assert "signing_key: RW" in text
    secret = next((tmp_path / "state").rglob(f"sign-{CAMPAIGN}")).read_bytes()
    page = own_studio.ask(f"/c/{CAMPAIGN}/publish").body
    assert secret not in answer.body + page
