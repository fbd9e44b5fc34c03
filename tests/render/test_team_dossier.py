"""A dossier says why a talking point was published, and what it rests on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import pytest
from stopjihad.build.campaign import brand_shared
from stopjihad.build.check.survey import survey
from stopjihad.disk.cache import NoCache
from stopjihad.model.media import Media
from stopjihad.model.options import Options
from stopjihad.model.point import Prevalence
from stopjihad.model.project import Document
from stopjihad.model.review import Review, exception_digest, translation_digest
from stopjihad.render.plan import make_plan
from stopjihad.render.steps import render_batch
from stopjihad.render.team.plan import dossier_path

from support.build import REPOSITORY

DAY = dt.date(2026, 11, 24)
POINT = "letters-home"
LANGUAGES = ("en", "fr", "de", "ar")


@pytest.fixture(scope="module")
def found() -> Any:
    return survey(REPOSITORY, "stop-jihadism", DAY, NoCache())


def dossier(found: Any, project: Any, lang: str) -> str:
    """Give the dossier of a talking point."""
    options = Options(only=("dossiers",), languages=(lang,))
    plan = make_plan(project, brand_shared(found), options)
    (step,) = [step for step in plan.steps if step.output == dossier_path(lang, POINT)]
    (made,) = render_batch([step], plan.inputs)
    assert isinstance(made, bytes), made
    return made.decode()


def changed(project: Any, **fields: Any) -> Any:
    """Change the talking point."""
    points = tuple(
        msgspec.structs.replace(one, record=msgspec.structs.replace(one.record, **fields))
        if one.record.id == POINT
        else one
        for one in project.points
    )
    return msgspec.structs.replace(project, points=points)


def record(project: Any) -> Any:
    """Give the talking point."""
    return next(one.record for one in project.points if one.record.id == POINT)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_names_purpose_law_sponsor_and_sources(lang: str, published: Path, found: Any) -> None:
    text = (published / dossier_path(lang, POINT)).read_text("utf-8")
    assert "An assessment shall determine the true purpose" in text
    assert "https://eur-lex.europa.eu/eli/reg/2021/784/oj" in text
    assert "Sample Foundation (example.org)" in text
    for source in record(found.project).sources:
        assert f'href="{source.url}"'.replace("&", "&amp;") in text


def test_the_claim_is_flagged_between_fact_and_warning(found: Any) -> None:
    text = dossier(found, found.project, "en").partition('id="answers"')[2]
    point = record(found.project)
    assert f"ISIS recruiters say: “<s>{point.claim}</s>” That is false." in text
    assert text.index(point.fact) < text.index(point.claim) < text.index(point.warning)


def test_it_lists_what_was_made(published: Path) -> None:
    text = (published / dossier_path("fr", POINT)).read_text("utf-8")
    assert "https://campaign.example.org/fr/points/letters-home/" in text
    assert "https://campaign.example.org/cards/fr/letters-home/square.png" in text
    post = (published / f"posts/fr/mastodon/{POINT}.txt").read_text("utf-8").splitlines()[0]
    assert post.split("\u202f")[0][:40].replace("'", "&#39;") in text


def test_a_translation_shows_its_original_and_who_approved_it(found: Any) -> None:
    project = found.project
    assert "No approval is on record yet" in dossier(found, project, "en")
    plain = dossier(found, project, "fr")
    assert f'lang="en" dir="auto">{record(project).warning}' in plain
    (file,) = [one for one in project.translations if one.language == "fr"]
    reviews = tuple(
        Review(
            language="fr",
            context=message.context,
            digest=translation_digest("fr", message.context, message.source, message.translation),
            verdict="approve",
            kind="native",
            by="Reviewer One",
            role="native speaker",
            on=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        )
        for message in file.messages
        if message.context == f"{POINT}/fact"
    )
    text = dossier(found, msgspec.structs.replace(project, reviews=reviews), "fr")
    assert "Reviewer One" in text
    assert "Reviewer One" not in plain
    assert "1 segments sur" in text


def test_pictures_stand_with_source_licence_and_consent(found: Any) -> None:
    media = Media(source="A. Photographer", licence="CC BY 4.0", consent="Release 12", alt="A desk")
    note = Document(path="campaigns/stop-jihadism/media/desk.jpg.yaml", record=media, digest="")
    project = changed(found.project, media=("desk.jpg",))
    project = msgspec.structs.replace(project, media_notes=(note,))
    text = dossier(found, project, "en")
    for words in ("desk.jpg", "A. Photographer", "CC BY 4.0", "Release 12", "A desk"):
        assert words in text
    assert "No photograph" not in text


def test_exceptions_are_not_hidden(found: Any) -> None:
    project = msgspec.structs.replace(found.project, reviews=(exception(f"{POINT}/body"),))
    text = dossier(found, project, "en")
    assert "A quotation." in text
    assert "Some words." in text
    assert "No rule is excused" not in text
    other = msgspec.structs.replace(found.project, reviews=(exception("another/body"),))
    assert "A quotation." not in dossier(found, other, "en")


def exception(context: str) -> Review:
    """Excuse some words of a field."""
    return Review(
        language="en",
        context=context,
        digest=exception_digest("STR03", "en", context, "Some words."),
        verdict="approve",
        kind="exception",
        by="Editor",
        on=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        words="Some words.",
        rule="STR03",
        reason="A quotation.",
        until=DAY,
    )


def test_a_niche_answer_has_a_dossier_without_posts_and_cards(found: Any) -> None:
    niche = Prevalence(level="niche", evidence="One channel.", assessed=DAY)
    text = dossier(found, changed(found.project, prevalence=niche), "en")
    assert "No posts were made." in text
    assert "/cards/" not in text


def test_authored_words_never_become_markup(found: Any) -> None:
    text = dossier(found, changed(found.project, fact="<script>alert(1)</script>{{ 7*7 }}"), "en")
    assert "<script>" not in text
    assert "{{ 7*7 }}" in text
