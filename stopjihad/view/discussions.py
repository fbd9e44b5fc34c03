"""Show pages with questions about a talking point in one language."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from stopjihad.model import contexts
from stopjihad.model.point import Point
from stopjihad.model.project import Page
from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.words import words as plain_words
from stopjihad.view.localization import page_texts
from stopjihad.view.records import Prose, Text
from stopjihad.view.resolver import Resolver


class DiscussionView(msgspec.Struct, frozen=True, kw_only=True):
    """Show questions about a talking point; ``fact`` is what they are about, ``age`` in years."""

    id: str
    point: str
    fact: Text
    setting: str
    age: int
    title: Text
    body: Prose


def discussion_view(page: Page, point: Point, words: Resolver) -> DiscussionView:
    """Show a page.

    Raises:
        ValueError: it has no questions.
    """
    about = page.discussion
    if about is None:
        raise ValueError(f"{page.id} is no discussion")
    title, _, body = page_texts(page, words)
    return DiscussionView(
        id=page.id,
        point=point.id,
        fact=words.text(contexts.point(point.id, "fact"), point.fact),
        setting=about.setting,
        age=about.age,
        title=title,
        body=body,
    )


def questions_of(view: DiscussionView) -> tuple[Text, ...]:
    """Give the questions of a page: the items of its lists."""
    return tuple(
        Text(plain_words(part.text), passage.lang)
        for passage in view.body.passages
        for block in blocks.parse(passage.value)
        if isinstance(block, blocks.MarkdownList)
        for item in block.items
        for part in item.children
        if isinstance(part, blocks.Paragraph)
    )


def lesson_talk(found: Iterable[DiscussionView]) -> DiscussionView | None:
    """Choose the page whose questions stand on a lesson sheet: one for a class before others."""
    return min(found, key=lambda one: one.setting != "classroom", default=None)


def words_for_leading(view: DiscussionView) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Give what a page tells whoever leads: before its questions, and after them."""
    before: list[Text] = []
    after: list[Text] = []
    told = before
    for passage in view.body.passages:
        for block in blocks.parse(passage.value):
            if isinstance(block, blocks.MarkdownList):
                told = after
            elif isinstance(block, blocks.Paragraph):
                told.append(Text(plain_words(block.text), passage.lang))
    return tuple(before), tuple(after)


def discussions(
    pages: Iterable[Page], points: Iterable[Point], words: Resolver
) -> tuple[DiscussionView, ...]:
    """Show the pages with questions about talking points that are there."""
    known = {point.id: point for point in points}
    return tuple(
        discussion_view(page, known[page.discussion.point], words)
        for page in pages
        if page.discussion and page.discussion.point in known
    )
