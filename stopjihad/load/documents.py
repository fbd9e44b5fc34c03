"""Turn the text of one authored file into a document: YAML alone, or YAML in front of Markdown."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar

import msgspec

from stopjihad.load import files
from stopjihad.load.schema import Converter
from stopjihad.model.project import Document, written_places
from stopjihad.problem import Problem
from stopjihad.text.markdown.checks import TEXT_BYTES
from stopjihad.text.yaml.fields import parts_of


def split_front_matter(text: str, path: str) -> tuple[str, str, int, list[Problem]]:
    """Split at the lines ``---``.

    Args:
        text: the whole file, line ends as LF.

    Returns:
        The YAML (which starts on line 2 of the file), the Markdown, the line of the file on which
        the Markdown starts, and the problems (``front-matter-missing``, ``front-matter-open``).
    """
    if not text.startswith("---\n"):
        problem = Problem(
            path=path,
            line=1,
            column=1,
            code="front-matter-missing",
            message="the file does not start with a line '---'",
            hint="put the fields between two lines '---' at the top",
        )
        return "", "", 1, [problem]
    parts = parts_of(text)
    if parts is None:
        problem = Problem(
            path=path,
            line=1,
            column=1,
            code="front-matter-open",
            message="the front matter has no closing line '---'",
            hint="add a line '---' after the last field",
        )
        return "", "", 1, [problem]
    first = text.count("\n", 0, len(parts.before) + len(parts.yaml)) + 2
    return parts.yaml, parts.body, first, []


R = TypeVar("R", bound=msgspec.Struct)


class SourceFile(msgspec.Struct, frozen=True):
    """One authored file: path relative to the workspace, text, SHA-256 of its bytes."""

    path: str
    text: str
    digest: str


def read_source(root: Path, path: str, limit: int | None = None) -> SourceFile | Problem:
    """Read one authored file from the disk.

    Args:
        path: relative to it.
        limit: most bytes accepted; what `files.limit_of` says when not given.
    """
    data = files.read(root, path, limit)
    if isinstance(data, Problem):
        return data
    text = files.decode(data, path)
    if isinstance(text, Problem):
        return text
    return SourceFile(path, text, hashlib.sha256(data).hexdigest())


def markdown_document(
    file: SourceFile, cls: type[R], name: str
) -> tuple[Document[R] | None, list[Problem]]:
    """Read a file of front matter and Markdown.

    Args:
        cls: record class with the fields ``id`` and ``body``.
        name: the id: the file's name without its ending.

    Returns:
        The document or None, and the problems of front matter, YAML and schema;
        ``markdown-too-long`` for a text that nothing else should look at.
    """
    front, body, body_line, problems = split_front_matter(file.text, file.path)
    size = len(body.encode("utf-8", "replace"))
    if size > TEXT_BYTES:
        problems.append(_too_long(file.path, body_line, size))
    if problems:
        return None, problems
    given = {"id": name, "body": body}
    return _record(front, file, cls, given, Converter(file.path, 2, {"body": (body_line, 1)}))


def _too_long(path: str, line: int, size: int) -> Problem:
    return Problem(
        path=path,
        line=line,
        code="markdown-too-long",
        message=f"the text has {size} bytes of {TEXT_BYTES}",
        hint="split it, or cut it",
    )


def yaml_document(
    file: SourceFile, cls: type[R], given: dict[str, str]
) -> tuple[Document[R] | None, list[Problem]]:
    """Read a file of YAML alone.

    Args:
        given: fields that the place of the file decides, such as ``id``.

    Returns:
        The document or None, and the problems of YAML and schema.
    """
    return _record(file.text, file, cls, given, Converter(file.path))


def _record(
    text: str, file: SourceFile, cls: type[R], given: dict[str, str], converter: Converter
) -> tuple[Document[R] | None, list[Problem]]:
    from stopjihad.load import yaml

    root, problems = yaml.parse(text, file.path, converter.first_line)
    if root is None:
        return None, problems
    record = converter.record(root, cls, **given)
    if record is None:
        return None, converter.problems
    places = written_places(converter.places)
    return Document(path=file.path, record=record, digest=file.digest, places=places), []
