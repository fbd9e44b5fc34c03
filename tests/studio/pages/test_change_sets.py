"""A set goes out as it was seen and signed, whole, and by nobody's forged request."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from support.build import CAMPAIGN
from support.studio import Running
from support.timing import until

SETS = f"/c/{CAMPAIGN}/sets"
OLD = f"campaigns/{CAMPAIGN}/points/mothers-speak.md"


def post(studio: Running, path: str = SETS, **sent: Any) -> tuple[int, dict[str, Any]]:
    given = {"content_type": "application/json", "origin": studio.address, "author": "Amal"}
    answer = studio.ask(path, "POST", json.dumps(sent).encode(), **given)
    return answer.status, json.loads(answer.body)


def page(studio: Running) -> str:
    return studio.ask(f"{SETS}/autumn").body.decode()


def seen(studio: Running) -> str:
    return re.findall(r'name="seen" value="(\w+)"', page(studio))[0]


@pytest.fixture
def begun(own_studio: Running) -> Running:
    assert post(own_studio, step="put", name="autumn", texts=OLD)[0] == 201
    rewrite = own_studio.campaign / "points/mothers-speak-autumn.md"
    rewrite.write_text(rewrite.read_text("utf-8").replace("fact: Mothers", "fact: All mothers"))
    until_shown(own_studio)
    return own_studio


def until_shown(studio: Running) -> None:
    shown = re.compile(r'as-read leads"[^>]*>All mothers')
    until(lambda: shown.search(page(studio)), "the set shows the words of its draft")


def approve(studio: Running) -> None:
    texts = re.findall(r'<li data-context="([^"]+)" data-digest="(\w+)"', page(studio))
    reads = re.findall(r'data-reads="(\w[\w ]*)"', page(studio))
    status, told = post(
        studio,
        f"/c/{CAMPAIGN}/review",
        language="en",
        texts=texts,
        verdict="approve",
        by="Amal",
        kind="editorial",
        reads=[one for row in reads for one in row.split()],
        change_set="autumn",
    )
    assert (status, told["done"] > 0) == (200, True)


def test_a_set_goes_out_only_signed_and_as_it_was_seen(begun: Running) -> None:
    assert f'href="{SETS}/autumn"' in begun.ask(f"/c/{CAMPAIGN}/review").body.decode()
    shown = seen(begun)
    assert "takes the place of what readers see" in page(begun)
    assert post(begun, step="ready", name="autumn", seen=shown)[0] == 409, "nobody has signed it"
    approve(begun)
    assert "All of it is signed" in page(begun)
    assert post(begun, step="ready", name="autumn", seen="0" * 64)[0] == 409
    assert "All mothers" not in (begun.workspace / OLD).read_text("utf-8")
    assert post(begun, step="ready", name="autumn", seen=seen(begun))[0] == 200
    assert "All mothers" in (begun.workspace / OLD).read_text("utf-8")
    signed = (begun.campaign / "reviews.jsonl").read_text("utf-8")
    assert '"mothers-speak/fact"' in signed, "the signatures are those of the text that it is now"
    assert studio_state(begun) == 0


def studio_state(studio: Running) -> int:
    """Count texts of the talking point that wait for a signature once it is out."""
    sheet = studio.ask(f"/c/{CAMPAIGN}/review/sheet?language=en&of=mothers-speak").body.decode()
    return sheet.count("data-digest=")


def test_a_draft_that_cannot_be_read_holds_its_set_back(begun: Running) -> None:
    approve(begun)
    broken = begun.campaign / "points/half.md"
    broken.write_text('---\ndraft: true\nchange_set: autumn\nfact: "half\n---\n')
    until(lambda: "A text of it cannot be read" in page(begun), "the set says so")
    assert post(begun, step="ready", name="autumn", seen=seen(begun))[0] == 409


@pytest.mark.parametrize(
    "texts",
    [
        "",
        [],
        "../../etc/passwd",
        "/etc/passwd",
        f"campaigns/{CAMPAIGN}/campaign.yaml",
        f"campaigns/{CAMPAIGN}/points/../campaign.yaml",
    ],
)
def test_only_texts_of_the_campaign_come_into_a_set(studio: Running, texts: Any) -> None:
    assert post(studio, step="put", name="autumn", texts=texts)[0] == 422


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "x" * 200, "a\nb: c"])
def test_a_name_of_a_set_is_no_path_and_no_yaml(studio: Running, name: str) -> None:
    assert post(studio, step="put", name=name, texts=OLD)[0] == 422


def test_a_draft_that_replaces_a_path_elsewhere_is_refused(own_studio: Running) -> None:
    evil = own_studio.campaign / "points/evil.md"
    evil.write_text(
        "---\ndraft: true\nchange_set: autumn\nreplaces: ../campaign\nfact: x\n---\n", "utf-8"
    )
    before = (own_studio.campaign / "campaign.yaml").read_bytes()
    assert post(own_studio, step="ready", name="autumn", seen="x")[0] == 409
    assert (own_studio.campaign / "campaign.yaml").read_bytes() == before
