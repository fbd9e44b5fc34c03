"""Drafts, alternative texts and cards' words of the built sample, as readers meet them: alone."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stopjihad.build.check.survey import survey
from stopjihad.check.rules.openings import points_back
from stopjihad.disk.cache import NoCache
from stopjihad.model.project import Project
from stopjihad.text.language.sentence_marks import marked_sentences
from stopjihad.text.language.sentences import sentences
from stopjihad.text.markdown.blocks import Paragraph, parse
from stopjihad.view.localization import point_view
from stopjihad.view.notation import native
from stopjihad.view.records import PointView
from stopjihad.view.resolver import Resolver

from support.build import REPOSITORY, day_of_the_campaign

LANGUAGES = ("en", "fr", "de", "ar")
SHORT = ("x", "bluesky")
SOURCES, HELPLINES = 16 / 18, 14 / 18
"""Least shares of short drafts that keep a source, and where to turn for help."""


@pytest.fixture(scope="module")
def project() -> Project:
    day = dt.datetime.fromtimestamp(int(day_of_the_campaign()), dt.UTC).date()
    found = survey(REPOSITORY, "stop-jihadism", day, NoCache()).project
    assert found is not None
    return found


@pytest.fixture(scope="module")
def views(project: Project) -> dict[tuple[str, str], PointView]:
    """Give every talking point in every language of the campaign."""
    source = project.campaign.record.source_language
    told = {file.language: file.messages for file in project.translations}
    return {
        (lang, one.record.id): native(
            point_view(one.record, Resolver(lang, source, told.get(lang, ()))),
            project.campaign.record.digits.get(lang, ""),
            lang,
        )
        for lang in project.campaign.record.languages
        for one in project.points
    }


@pytest.fixture(scope="module")
def drafts(published: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((published / "posts" / "posts.json").read_bytes())
    return found


def whole(draft: dict[str, Any]) -> str:
    return "\n".join(part["text"] for part in draft["parts"])


def beside(draft: dict[str, Any]) -> Iterator[str]:
    """Give what is met apart from the post: the film as it is heard, the story as it is seen."""
    yield "\n\n".join(scene["spoken"] for scene in draft["script"])
    yield "\n\n".join(frame["text"] for frame in draft["story"])


def even(text: str) -> str:
    """Undo what typesetting changes, and the digits of a language."""
    plain = text.translate({0xA0: " ", 0x202F: " ", 0x2019: "'"}).strip()
    return "".join(str(int(one)) if one.isdecimal() else one for one in plain)


def after_fact(text: str, view: PointView) -> Iterator[str]:
    """Give the sentence after the fact and the one after the flagged claim."""
    text = even(text)
    for words in (view.fact, view.warning):
        said = even(words.value).rstrip(".۔।") if words else ""
        place = text.find(said) if said else -1
        if words and place >= 0:
            end = place + len(said)
            rest = text[end:].lstrip("*.۔।”»“ \n") if words is view.fact else text[place:]
            yield next(iter(sentences(rest.split("\n\n")[0], view.lang)), "")


def dangling(text: str, view: PointView) -> list[str]:
    return [one for one in after_fact(text, view) if points_back(one, view.lang)]


def test_no_draft_denies_its_fact(
    drafts: list[dict[str, Any]], views: dict[tuple[str, str], PointView]
) -> None:
    """All eleven warnings once began "this" or "it", right after the fact."""
    wrong, read = [], Counter[str]()
    for draft in drafts:
        view = views[draft["language"], draft["point"]]
        for text in (whole(draft), *beside(draft)):
            read[draft["language"]] += len(list(after_fact(text, view)))
            wrong += [f"{draft['platform']}: {one}" for one in dangling(text, view)]
    assert wrong == []
    assert min(read[lang] for lang in LANGUAGES) > 100


def test_no_description_of_a_picture_denies_its_fact(
    published: Path, views: dict[tuple[str, str], PointView]
) -> None:
    wrong, read = [], 0
    for path in sorted((published / "site" / "cards").rglob("alt.txt")):
        lang, point = path.relative_to(published / "site" / "cards").parts[:2]
        view = views.get((lang, point))
        if view is not None:
            text = even(path.read_text("utf-8"))
            read += len(list(after_fact(text, view)))
            wrong += [f"{path}: {one}" for one in dangling(text, view)]
            claim = even(view.claim.value).rstrip(".۔।") if view.claim else ""
            if claim and claim in text:
                assert even(view.fact.value).rstrip(".۔।") in text.partition(claim)[0], path
    assert wrong == []
    assert read > len(views)


def test_the_fault_that_was_there_is_found(views: dict[tuple[str, str], PointView]) -> None:
    view = views["en", "most-victims-are-muslims"]
    said = f"{view.fact.value} They say this about themselves. The figures say the opposite."
    assert dangling(said, view) == ["They say this about themselves."]
    assert dangling(f"{view.fact.value} The figures say the opposite.", view) == []


def test_short_drafts_keep_source_and_helpline(
    drafts: list[dict[str, Any]], views: dict[tuple[str, str], PointView], project: Project
) -> None:
    kept: dict[tuple[str, str], Counter[str]] = {}
    base = project.campaign.record.base_url
    lines = project.helplines.record.helplines if project.helplines else ()
    for draft in drafts:
        lang, platform = draft["language"], draft["platform"]
        if platform not in SHORT or lang not in LANGUAGES:
            continue
        text, view = whole(draft), views[lang, draft["point"]]
        count = kept.setdefault((lang, platform), Counter())
        count["all"] += 1
        count["source"] += any(source.brief in text for source in view.sources)
        numbered = any(line.phone.printed in text for line in lines)
        count["help"] += numbered or f"{base}/{lang}/help/" in text
    assert len(kept) == len(SHORT) * len(LANGUAGES)
    for name, count in kept.items():
        assert count["source"] >= SOURCES * count["all"], (name, count)
        assert count["help"] >= HELPLINES * count["all"], (name, count)


def test_what_must_stay_stands_in_every_draft_with_its_fact(
    drafts: list[dict[str, Any]], views: dict[tuple[str, str], PointView]
) -> None:
    """The other side of a battle's figures stood in 4 of 72 drafts."""
    staying = {
        key: [
            one.text
            for prose in (view.body, view.alternative)
            for passage in prose.passages
            for block in parse(passage.value)
            if isinstance(block, Paragraph)
            for one in marked_sentences(block.text, view.lang)
            if one.stays
        ]
        for key, view in views.items()
    }
    checked = 0
    for draft in drafts:
        key = draft["language"], draft["point"]
        for text in map(even, (whole(draft), *beside(draft))):
            if even(views[key].fact.value).rstrip(".۔।") in text:
                missing = [one for one in staying[key] if even(one) not in text]
                assert missing == [], (key, draft["platform"])
                checked += len(staying[key])
    assert checked >= 6 * len({lang for lang, _ in views})
    assert {lang for lang, _ in (key for key, found in staying.items() if found)} >= set(LANGUAGES)


def test_a_fact_that_nobody_can_say_in_time_is_told_in_its_draft(
    published: Path, drafts: list[dict[str, Any]], views: dict[tuple[str, str], PointView]
) -> None:
    """61 of 288 scripts had the hook alone for a voice, and did not say why."""
    silent = Counter[str]()
    for draft in drafts:
        lang, point = draft["language"], draft["point"]
        fact = even(views[lang, point].fact.value).rstrip(".۔।")
        for scene in draft["script"]:
            heard = even(scene["spoken"])
            missing = fact not in heard if scene["scene"] == "fact" else not heard
            assert scene["unsaid"] is missing, (lang, point, scene["scene"])
            silent[lang] += missing
        if draft["script"]:
            path = published / "posts" / lang / draft["platform"] / f"{point}.txt"
            text = path.read_text("utf-8").rpartition("\n=== ")[2]
            alone = sum(scene["unsaid"] for scene in draft["script"])
            if lang == "en":
                assert text.count("[On the screen alone: too long") == alone
            else:
                assert "On the screen" not in text
    assert sum(silent.values()) > 20


def test_labels_lead_to_what_they_name(
    drafts: list[dict[str, Any]], views: dict[tuple[str, str], PointView]
) -> None:
    """A label once stood before the address of the talking point, whatever it promised."""
    wrong = []
    for draft in drafts:
        label = views[draft["language"], draft["point"]].action.label.value
        for line in whole(draft).split("\n"):
            start, _, rest = line.partition(label.rstrip("."))
            if not start and rest and "/points/" in rest:
                wrong.append(line)
    assert wrong == []


def test_no_title_is_the_campaigns(drafts: list[dict[str, Any]], project: Project) -> None:
    titles = {draft["title"]["text"] for draft in drafts if draft["title"]}
    assert project.campaign.record.title not in titles
