"""A partner and their kit without a terminal: a form, what the kit holds, the kit itself."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from support.build import CAMPAIGN
from support.studio import Running

BASE = f"/c/{CAMPAIGN}/campaign/partners"
CLUB = {
    "id": "club",
    "name": "Club  du quartier",
    "kind": "club",
    "funded_by": "cotisations, ville de Lyon",
    "country": "fr",
    "contact": "club@example.org",
    "known_by": "The team",
    "languages": "fr",
    "adults": "yes",
}


def post(studio: Running, **changed: str) -> Any:
    own = {"content-type": "application/json", "origin": studio.address}
    body = json.dumps({**CLUB, **changed}).encode()
    return studio.ask(BASE, "POST", body, **own, **{"sec-fetch-site": "same-origin"})


def test_a_partner_is_made_and_their_kit_is_looked_at_and_taken(own_studio: Running) -> None:
    made = post(own_studio)
    assert (made.status, json.loads(made.body)["address"]) == (201, f"{BASE}/club")
    written = (own_studio.campaign / "partners/club.yaml").read_text("utf-8")
    assert "name: Club du quartier\n" in written
    assert "country: FR\n" in written
    assert b"Club du quartier" in own_studio.ask(BASE).body
    before = own_studio.ask(f"{BASE}/club").body
    assert b"Put it together" in before
    assert b".zip" not in before
    shown = own_studio.ask(f"{BASE}/club?kit=yes").body.decode()
    name = f"{CAMPAIGN}-fr.zip"
    assert f'href="{BASE}/club/{name}"' in shown
    assert "MB" in shown
    assert "To change in Word and PowerPoint: 2" in shown
    with zipfile.ZipFile(io.BytesIO(own_studio.ask(f"{BASE}/club/{name}").body)) as kit:
        assert "Club du quartier" in kit.read("README.html").decode()
    assert post(own_studio).status == 409
    for path in (f"{BASE}/stranger", f"{BASE}/club/other.zip"):
        assert own_studio.ask(path).status == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"country": "France"},
        {"kind": "party"},
        {"languages": ""},
        {"funded_by": " , "},
        {"contact": ""},
        {"id": "../club"},
        {"name": "x"},
    ],
)
def test_what_is_missing_or_unfit_is_refused(studio: Running, changed: dict[str, str]) -> None:
    assert post(studio, **changed).status == 422
    assert not (studio.campaign / "partners").exists()
