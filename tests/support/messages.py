"""A small campaign in four languages that breaks no rule, and values laid over it."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from functools import cache
from typing import Any

import msgspec
import yaml
from stopjihad.build.check.kept_findings import translation_findings
from stopjihad.catalog.platforms import platforms
from stopjihad.check.campaign import check_project
from stopjihad.check.finding_cache import NO_FINDINGS
from stopjihad.check.translation.campaign import check_translations
from stopjihad.model.alert import Alert, AlertTemplate
from stopjihad.model.campaign import Campaign
from stopjihad.model.helpline import Helplines
from stopjihad.model.media import Media
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Page, Project, Responses, written_places
from stopjihad.model.translation import Message, Translations
from stopjihad.problem import Problem

from support.build import REPOSITORY

TODAY = dt.date(2026, 11, 24)
MESSAGES = REPOSITORY / "tests" / "messages"
DEMO = "campaigns/demo"


def base(language: str) -> dict[str, Any]:
    """Read the campaign's values in a language."""
    values = deepcopy(_read("base.yaml"))
    for name, fields in deepcopy(_read(f"base.{language}.yaml")).items():
        values[name] |= fields
    return values


@cache
def _read(name: str) -> dict[str, Any]:
    """Read a file of values once: it is laid over hundreds of times."""
    found: dict[str, Any] = yaml.safe_load((MESSAGES / name).read_text("utf-8"))
    return found


def laid_over(values: dict[str, Any], language: str = "en") -> Project:
    """Make a project of the campaign with some values changed.

    ``point``, ``campaign``, ``helpline``, ``page``, ``alert``, ``template`` and ``media`` change
    single fields (none takes a field away), ``id`` names the talking point, ``text`` adds a
    paragraph to it, ``pages`` adds free pages, ``responses`` replaces the plan for replies,
    ``translation`` adds a language.
    """
    whole = base(language)
    for name in ("point", "campaign", "helpline", "media"):
        fields = {**whole[name], **values.get(name, {})}
        whole[name] = {field: value for field, value in fields.items() if value is not None}
    if "alert" in values:
        whole["campaign"] |= {
            "places": [{"id": "station", "name": "Station"}],
            "authorities": [{"id": "police", "name": "112", "url": "https://example.org/police"}],
        }
    if "text" in values:
        whole["point"]["body"] += f"\n\n{values['text']}"
    key = values.get("id", whole["id"])
    translation = values.get("translation")
    if translation:
        whole["campaign"]["languages"] = [language, translation["language"]]
        whole["helpline"]["languages"] = [language, translation["language"]]
    named = [{"language": tag, "lines": ["line"]} for tag in whole["campaign"]["languages"]]
    whole["campaign"].setdefault("helplines", named)
    responses = values.get("responses", whole["responses"])
    helplines = {"helplines": [whole["helpline"]]}
    media = f"{DEMO}/media/table.jpg"
    pages = {name: dict(page) for name, page in (whole["pages"] | values.get("pages", {})).items()}
    pages["about"] |= values.get("page", {})
    return Project(
        campaign=_document("campaign.yaml", Campaign, {"id": "demo", **whole["campaign"]}),
        points=(_document(f"points/{key}.md", Point, {"id": key, **whole["point"]}),),
        pages=tuple(
            _document(f"pages/{name}.md", Page, {"id": name, **page})
            for name, page in pages.items()
        ),
        alerts=(
            (_document("alerts/alert.yaml", Alert, {**whole["alert"], **values["alert"]}),)
            if "alert" in values
            else ()
        ),
        alert_templates=(
            (
                _document(
                    "alerts/templates/attack.yaml",
                    AlertTemplate,
                    {**whole["template"], **values.get("template", {})},
                ),
            )
            if {"template", "alert"} & values.keys()
            else ()
        ),
        helplines=_document("helplines.yaml", Helplines, helplines),
        translations=(_file(translation, key, whole["point"]),) if translation else (),
        media={media: "", f"{media}.yaml": ""},
        media_notes=(_document("media/table.jpg.yaml", Media, whole["media"]),),
        responses=_document("responses.yaml", Responses, responses) if responses else None,
    )


def _document(path: str, record: Any, values: dict[str, Any]) -> Any:
    made = msgspec.convert(values, type=record, strict=False)
    return Document(
        path=f"{DEMO}/{path}", record=made, digest="", places=written_places({"body": (20, 1)})
    )


def _file(translation: dict[str, Any], key: str, point: dict[str, Any]) -> Translations:
    messages = []
    for number, (context, text) in enumerate(translation["texts"].items(), start=1):
        field = context.partition("/")[2]
        source = point["action"]["label"] if field == "action.label" else point[field]
        messages.append(Message(f"{key}/{field}", source, text, line=10 * number))
    language = translation["language"]
    return Translations(
        language=language, path=f"{DEMO}/locale/{language}.po", messages=tuple(messages)
    )


def problems_of(project: Project, today: dt.date = TODAY) -> tuple[Problem, ...]:
    """Find everything that is wrong, as ``stopjihad check`` does."""
    found = list(check_project(project, today, platforms().keys()))
    kept = translation_findings(project, NO_FINDINGS, thorough=True)
    found += check_translations(project, kept)
    # Languages are laid over with one text alone.
    return tuple(sorted({item for item in found if item.code != "translation-incomplete"}))


def messages_of(code: str, language: str = "en", **values: object) -> list[str]:
    """Give the messages of one code about the campaign with some values changed."""
    found = check_project(laid_over(dict(values), language), TODAY, ("x",))
    return [problem.message for problem in found if problem.code == code]


def codes(project: Project, today: dt.date = TODAY) -> set[str]:
    """Name the codes of everything that is wrong."""
    return {problem.code for problem in problems_of(project, today)}
