"""Each platform has its own form of a draft, and none says what another says word for word."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from stopjihad.catalog.platforms import platforms
from stopjihad.render.post.script import CHAPTER, CHAPTERS
from stopjihad.view.tempo import letters_a_second, spoken_letters

from support.build import CAMPAIGN, SMALL, day_of_the_campaign, stopjihad

LANGUAGES = ("en", "fr", "de", "ar")
FILMED = {"instagram", "tiktok", "youtube"}


@pytest.fixture(scope="module")
def sample(published: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((published / "posts" / "posts.json").read_bytes())
    return found


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Give the drafts of the small campaign for every platform that is known."""
    folder = tmp_path_factory.mktemp("everywhere")
    shutil.copytree(SMALL / "campaigns", folder / "campaigns")
    file = folder / "campaigns" / CAMPAIGN / "campaign.yaml"
    named = f"platforms: [{', '.join(platforms())}]"
    text, changed = re.subn(r"(?m)^platforms: .*$", named, file.read_text("utf-8"))
    assert changed == 1
    file.write_text(text, "utf-8")
    done = stopjihad(
        *("-C", folder, "build", "--only", "posts"), SOURCE_DATE_EPOCH=day_of_the_campaign()
    )
    assert done.returncode == 0, done.stdout + done.stderr
    listed = folder / "dist" / CAMPAIGN / "posts" / "posts.json"
    found: list[dict[str, Any]] = json.loads(listed.read_bytes())
    assert {draft["platform"] for draft in found} == set(platforms())
    return found


def said(draft: dict[str, Any]) -> str:
    return "\n".join(part["text"] for part in draft["parts"])


def repeated(drafts: Iterable[dict[str, Any]]) -> list[str]:
    """Name the drafts of one talking point that two platforms with different forms share."""
    first: dict[tuple[str, str, str], dict[str, Any]] = {}
    found = []
    for draft in drafts:
        key = draft["language"], draft["point"], said(draft)
        known = first.setdefault(key, draft)
        if known["form"] != draft["form"]:
            found.append(f"{key[:2]}: {known['platform']} and {draft['platform']}")
    return found


def test_no_two_forms_say_the_same(
    sample: list[dict[str, Any]], everywhere: list[dict[str, Any]]
) -> None:
    """Facebook and VK were one text, so were Reddit and e-mail."""
    assert len({draft["language"] for draft in sample}) == 12
    assert repeated(sample) == []
    assert repeated(everywhere) == []
    copied = [{**draft, "form": str(n)} for n, draft in enumerate(everywhere[:1] * 2)]
    assert len(repeated(copied)) == 1


def test_no_straight_marks_are_left(sample: list[dict[str, Any]]) -> None:
    """English drafts had typewriter apostrophes, a quotation typewriter marks."""
    shown = [draft for draft in sample if draft["language"] in {"en", "fr", "de"}]
    texts = [part["text"] for draft in shown for part in draft["parts"]]
    assert sum("’" in text for text in texts) > 50
    assert [text for text in texts if re.search("['\"]", text)] == []


def test_scripts_leave_time_to_speak(everywhere: list[dict[str, Any]]) -> None:
    filmed = [draft for draft in everywhere if draft["script"]]
    assert {draft["platform"] for draft in filmed} == FILMED
    for draft in filmed:
        fastest = letters_a_second(draft["language"]) * 17 / 15
        at = 0.0
        for scene in draft["script"]:
            assert scene["start"] == pytest.approx(at)
            assert spoken_letters(scene["spoken"]) <= scene["seconds"] * fastest + 0.2
            at += scene["seconds"]
        assert [draft["script"][0]["scene"], draft["script"][-1]["scene"]] == ["fact", "help"]
        assert draft["script"][-1]["spoken"]
        assert 8 <= at <= 30, (draft["point"], draft["language"])


def test_no_chapters_stand_where_youtube_shows_none(everywhere: list[dict[str, Any]]) -> None:
    """Three of ten seconds or more: no film of these is so long."""
    assert CHAPTERS * CHAPTER >= 30
    assert not any(draft["chapters"] for draft in everywhere)
    texts = [said(draft) for draft in everywhere if draft["platform"] == "youtube"]
    assert texts
    assert not any(re.search(r"(?m)^\d+:\d\d ", text) for text in texts)


def test_what_is_pasted_elsewhere_is_in_the_text_file(published: Path) -> None:
    for lang in LANGUAGES:
        text = (published / "posts" / lang / "instagram" / "mosul-paid-the-price.txt").read_text()
        blocks = re.split(r"\n=== (.+) ===\n", text)
        assert len(blocks[1::2]) == 5, lang  # four frames and a film
        assert re.search(r"(?m)^0:00–0:\d\d$", blocks[-1])
        comment = (published / "posts" / lang / "facebook" / "mosul-paid-the-price.txt").read_text()
        assert "https://www.derechos.org/" in comment.partition("\n=== ")[2]
