"""What alerts say is written in a form, and a change takes back the approval of its words."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from stopjihad.problem import Problem
from stopjihad.studio.remedies import remedy_of

from support.build import CAMPAIGN, REPOSITORY, stopjihad
from support.studio import Running, copy_workspace, running
from support.timing import until

BASE = f"/c/{CAMPAIGN}/campaign/alerts"
PLACE = "alerts/templates"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    workspace = copy_workspace(tmp_path_factory.mktemp("words"))
    folder = workspace / "campaigns" / CAMPAIGN / PLACE
    folder.mkdir(parents=True)
    sample = REPOSITORY / "campaigns" / CAMPAIGN / PLACE
    shutil.copyfile(sample / "attack-over.yaml", folder / "attack-over.yaml")
    what = ("alerts/attack-over", "--language", "en", "--by", "Nour", "--kind", "editorial")
    done = stopjihad("-C", str(workspace), "review", "approve", *what)
    assert done.returncode == 0, done.stdout + done.stderr
    with running(workspace) as found:
        yield found


def send(studio: Running, place: str, **sent: Any) -> tuple[int, dict[str, Any]]:
    own = {"origin": studio.address, "content_type": "application/json"}
    answer = studio.ask(f"{BASE}{place}", "POST", json.dumps(sent).encode(), **own)
    return answer.status, json.loads(answer.body or b"{}")


def approved(studio: Running, name: str) -> list[str]:
    page = html.unescape(studio.ask(f"{BASE}/{name}/approval?interface=en").body.decode())
    return re.findall(r">English</span> (approved[^<]*)", page)


def test_a_copy_has_nobodys_approval_and_a_change_takes_it_back(studio: Running) -> None:
    assert approved(studio, "attack-over") == ["approved"]
    assert send(studio, "", id="river", like="attack-over")[0] == 201
    assert re.fullmatch(r"approved: 0 of \d+", *approved(studio, "river"))
    assert send(studio, "", id="river", like="attack-over")[0] == 409
    assert send(studio, "", id="../river", like="attack-over")[0] == 422
    assert send(studio, "", id="sea", like="../../campaign")[0] == 422

    before = json.loads(studio.ask(f"{BASE}/attack-over/state").body)["state"]
    change = {"op": "set", "path": ["empathy"], "was": before["values"]["empathy"]}
    sent = {"digest": before["digest"], "changes": [change | {"value": "We are with you."}]}
    status, _ = send(studio, "/attack-over", **sent)
    assert status == 200
    text = (studio.campaign / PLACE / "attack-over.yaml").read_text("utf-8")
    assert "empathy: We are with you.\n" in text
    until(lambda: approved(studio, "attack-over") != ["approved"], "the approval stays")
    (now,) = approved(studio, "attack-over")
    count, texts = map(int, re.findall(r"\d+", now))
    assert count == texts - 1
    # The first words again, and nobody need sign them again: an approval is bound to its words.
    status, _ = send(studio, "/attack-over/undo")
    assert status == 200
    until(lambda: approved(studio, "attack-over") == ["approved"], "the approval is lost")


def test_no_form_of_alerts_speaks_of_files(studio: Running) -> None:
    for path in (BASE, f"{BASE}/attack-over", f"/c/{CAMPAIGN}/alerts"):
        page = studio.ask(f"{path}?interface=en").body.decode()
        said = re.sub(r"<script.*?</script>|<[^>]*>", " ", page.split("<main")[1], flags=re.DOTALL)
        assert not re.search(r"\.ya?ml|alerts/templates", said), path


def test_a_page_that_is_no_template_is_missing(studio: Running) -> None:
    for name in ("nobody", "..%2f..%2fcampaign", "attack-over.yaml"):
        assert studio.ask(f"{BASE}/{name}").status == 404
        assert studio.ask(f"{BASE}/{name}/approval").status == 404


def test_a_finding_in_a_template_leads_to_its_form() -> None:
    path = f"campaigns/{CAMPAIGN}/{PLACE}/attack-over.yaml"
    found = remedy_of(Problem(path=path, code="alert-short", message="no"), "/c/x", str)
    assert found is not None
    assert found.address == "/c/x/campaign/alerts/attack-over"
