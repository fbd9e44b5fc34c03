"""Show reviewers what talking points and pages look like with the translations of now."""

from __future__ import annotations

from html import escape
from pathlib import Path

from stopjihad import disk
from stopjihad.model.point import Point
from stopjihad.model.project import Project
from stopjihad.translate.review_sheet import SheetPreview
from stopjihad.view.localization import page_texts, point_view
from stopjihad.view.markdown import render_prose
from stopjihad.view.records import Text
from stopjihad.view.resolver import Resolver

MAX_CARD_BYTES = 512 * 1024
"""Largest card that is put into a sheet, in bytes; ours have about 60,000."""


def make_previews(project: Project, language: str, site: Path) -> dict[str, SheetPreview]:
    """Make the previews of one language.

    Args:
        site: folder ``site/`` of the last build; its cards are shown when they are there.

    Returns:
        Id of a talking point, or ``pages/<id>``, to what it looks like.
    """
    file = project.translation(language)
    messages = file.messages if file else ()
    words = Resolver(language, project.campaign.record.source_language, messages)
    found = {}
    for document in project.points:
        point = document.record
        folder = site / "cards" / language / point.id
        both = (disk.read(str(folder / f"og.{end}"), MAX_CARD_BYTES + 1) for end in ("png", "jpg"))
        card = next((data for data in both if data), b"")
        shown = card if len(card) <= MAX_CARD_BYTES else b""
        found[point.id] = SheetPreview(page=_point(point, words), card=shown)
    for page in project.pages:
        title, _, body = page_texts(page.record, words)
        html = _line("fact", title, language) + render_prose(body, (), language)
        found[f"pages/{page.record.id}"] = SheetPreview(page=html)
    return found


def _point(point: Point, words: Resolver) -> str:
    view = point_view(point, words)
    parts = [_line("fact", view.fact, words.lang)]
    if view.claim:
        parts.append(_line("claim", view.claim, words.lang))
    if view.warning:
        parts.append(_line("warning", view.warning, words.lang))
    parts.append(render_prose(view.body, view.sources, words.lang, 1, prefix=f"b-{point.id}"))
    parts.append(render_prose(view.alternative, view.sources, words.lang, 1, prefix=point.id))
    parts.append(_line("action", view.action.label, words.lang))
    return "".join(parts)


def _line(name: str, text: Text, page: str) -> str:
    from stopjihad.text.unicode.script import direction

    mark = "" if text.lang == page else f' lang="{text.lang}" dir="{direction(text.lang)}"'
    return f'<p class="{name}"{mark}>{escape(text.value)}</p>'
