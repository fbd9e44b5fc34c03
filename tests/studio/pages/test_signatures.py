"""Review in the studio: sentences are read, texts approved, words excepted, each for itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stopjihad.build.check.survey import survey

from support.build import CAMPAIGN
from support.studio import Running, copy_workspace, day, running

REVIEW = f"/c/{CAMPAIGN}/review"
LETTERS = "points/letters-home.md"
BLAME = "Islam is a religion of violence."


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    workspace = copy_workspace(tmp_path)
    path = workspace / "campaigns" / CAMPAIGN / LETTERS
    path.write_text(path.read_text("utf-8").rstrip() + f"\n\n{BLAME}\n", "utf-8")
    with running(workspace) as found:
        yield found


def _post(studio: Running, **sent: Any) -> tuple[int, dict[str, Any]]:
    given = {"language": "en", "verdict": "approve", "by": "Nour", "texts": []} | sent
    own = {"origin": studio.address, "content_type": "application/json"}
    answer = studio.ask(REVIEW, "POST", json.dumps(given).encode(), **own)
    return answer.status, json.loads(answer.body)


def _rows(studio: Running, language: str = "en") -> list[dict[str, str]]:
    """Give what can be signed: context, digest and kind of each row that offers to approve."""
    page = studio.ask(f"{REVIEW}?language={language}").body.decode()
    found = []
    for row in re.split(r"(?=<li data-context=)", page)[1:]:
        values = dict(re.findall(r'data-(context|digest|kind|reads)="([^"]*)"', row))
        if 'data-judge="approve"' in row.partition("</li>")[0]:
            found.append({**values, "row": row.partition("</li>")[0]})
    return found


def _of_kind(studio: Running, kind: str) -> list[dict[str, str]]:
    return [row for row in _rows(studio) if row.get("kind") == kind]


def _ledger(studio: Running) -> list[dict[str, Any]]:
    path = studio.campaign / "reviews.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_sentence_is_read_once_and_opens_when_a_word_changes(studio: Running) -> None:
    before = _of_kind(studio, "reading")
    row = before[0]
    status, _ = _post(studio, kind="reading", texts=[(row["context"], row["digest"])])
    assert status == 200
    (line,) = _ledger(studio)
    assert (line["kind"], line["by"]) == ("reading", "Nour")
    after = {one["digest"] for one in _of_kind(studio, "reading")}
    assert after == {one["digest"] for one in before} - {row["digest"]}


def test_who_approves_a_text_has_read_the_sentences_marked_beside_it(studio: Running) -> None:
    row = next(one for one in _rows(studio) if one.get("reads") and "kind" not in one)
    digests = row["reads"].split()
    texts = [(row["context"], row["digest"])]
    status, _ = _post(studio, kind="editorial", texts=texts, reads=digests)
    assert status == 200
    assert {line["kind"] for line in _ledger(studio)} == {"editorial", "reading"}
    assert not {one["digest"] for one in _of_kind(studio, "reading")} & set(digests)


def test_blame_is_excepted_by_two_people_and_not_by_one_twice(studio: Running) -> None:
    (row,) = [one for one in _of_kind(studio, "exception") if BLAME in one["row"]]
    texts = [(row["context"], row["digest"])]
    assert _post(studio, kind="exception", texts=texts)[0] == 422  # no reason
    for by in ("Nour", "NOUR"):
        assert _post(studio, kind="exception", texts=texts, reason="Quoted.", by=by)[0] == 200
        assert "LNG02" in _errors(studio)
    assert _post(studio, kind="exception", texts=texts, reason="Quoted.", by="Sami")[0] == 200
    assert "LNG02" not in _errors(studio)
    status, _ = _post(studio, kind="exception", texts=texts, verdict="withdraw", by="Sami")
    assert status == 200
    assert "LNG02" in _errors(studio)


def _errors(studio: Running) -> set[str]:
    return {one.code for one in survey(studio.workspace, CAMPAIGN, day()).errors}


@pytest.mark.parametrize("kind", ["editorial", "reading", "exception"])
def test_words_that_are_not_there_are_not_signed(studio: Running, kind: str) -> None:
    status, answer = _post(studio, kind=kind, texts=[("letters-home/body", "0" * 32)], reason="x")
    assert status == 409
    assert "changed" in answer["refused"]
    assert not (studio.campaign / "reviews.jsonl").exists()


def test_every_language_has_its_own_list_with_links_to_correct(studio: Running) -> None:
    page = studio.ask(f"{REVIEW}?language=ar").body.decode()
    assert f'href="/c/{CAMPAIGN}/translate/ar?of=' in page
    assert f'href="/c/{CAMPAIGN}/points/letters-home"' in studio.ask(REVIEW).body.decode()
