"""Turn the text of one authored file into a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from stopjihad.load import front_matter
from stopjihad.load.schema import Converter
from stopjihad.model.campaign import Campaign
from stopjihad.model.helpline import Helplines
from stopjihad.model.loaded import Document
from stopjihad.model.page import Alert, Page
from stopjihad.model.point import Point
from stopjihad.problem import Problem

R = TypeVar("R", bound=msgspec.Struct)
Parsed = tuple[Document[R] | None, list[Problem]]


def markdown_document(text: str, path: str, digest: str, cls: type[R], name: str) -> Parsed[R]:
    """Read a file of front matter and Markdown.

    Args:
        text: the whole file.
        path: file relative to the workspace.
        digest: SHA-256 of its bytes.
        cls: record class with ``id`` and ``body``.
        name: the id: the file's name without its ending.

    Returns:
        The document or None, and the problems of front matter, YAML and schema.
    """
    front, body, body_line, problems = front_matter.split(text, path)
    if problems:
        return None, problems
    return _record(front, path, digest, cls, first_line=2, body=(body, body_line), name=name)


def yaml_document(text: str, path: str, digest: str, cls: type[R], **given: str) -> Parsed[R]:
    """Read a file of YAML alone.

    Args:
        text: the whole file.
        path: file relative to the workspace.
        digest: SHA-256 of its bytes.
        cls: record class.
        **given: fields that the place of the file decides, such as ``id``.

    Returns:
        The document or None, and the problems of YAML and schema.
    """
    return _record(text, path, digest, cls, first_line=1, body=None, **given)


def _record(
    text: str,
    path: str,
    digest: str,
    cls: type[R],
    *,
    first_line: int,
    body: tuple[str, int] | None,
    name: str = "",
    **given: str,
) -> Parsed[R]:
    from stopjihad.load import yaml

    root, problems = yaml.parse(text, path, first_line)
    if root is None:
        return None, problems
    converter = Converter(path, first_line)
    if name:
        given["id"] = name
    if body is not None:
        given["body"] = body[0]
        converter.marks["body"] = (body[1], 1)
    record = converter.record(root, cls, **given)
    if record is None:
        return None, converter.problems
    return Document(path=path, record=record, marks=converter.marks, digest=digest), []


def _point(text: str, path: str, digest: str, name: str) -> Parsed[Point]:
    return markdown_document(text, path, digest, Point, name)


def _page(text: str, path: str, digest: str, name: str) -> Parsed[Page]:
    return markdown_document(text, path, digest, Page, name)


def _alert(text: str, path: str, digest: str, name: str) -> Parsed[Alert]:
    return markdown_document(text, path, digest, Alert, name)


READERS: dict[str, tuple[type[msgspec.Struct], Callable[..., Parsed[msgspec.Struct]]]] = {
    "points": (Point, _point),
    "pages": (Page, _page),
    "alerts": (Alert, _alert),
}
"""Folder of a campaign to the record its files hold."""


def campaign_document(text: str, path: str, digest: str, slug: str) -> Parsed[Campaign]:
    """Read ``campaign.yaml``; the campaign's id is its folder's name."""
    return yaml_document(text, path, digest, Campaign, id=slug)


def helplines_document(text: str, path: str, digest: str) -> Parsed[Helplines]:
    """Read ``helplines.yaml``."""
    return yaml_document(text, path, digest, Helplines)
