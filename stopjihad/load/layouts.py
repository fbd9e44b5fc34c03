"""Read card layouts, or say what is wrong with them and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import (
    LOOK,
    Bar,
    Layer,
    Layout,
    Stack,
    TextLayer,
    contents_of,
    has_chart,
)
from stopjihad.catalog.layout_values import length
from stopjihad.load import yaml
from stopjihad.problem import Problem
from stopjihad.text.nearest import close_name

FOLDER = "templates/cards"
Marks = dict[str, tuple[int, int]]
_UNKNOWN = re.compile(r"unknown field `(.+?)`")


def read_layouts(texts: dict[str, str]) -> tuple[dict[str, Layout], list[Problem]]:
    """Read the layouts of a workspace.

    Args:
        texts: file name in ``templates/cards/`` to its text.

    Returns:
        The layouts by name, and problems with line and column: those of YAML, ``layout-schema``,
        ``layout-name``, ``layout-colour``, ``layout-length``, ``layout-format`` (a format for
        which no value is given), ``layout-helpline`` (a number without 'helpline.who'),
        ``layout-figure`` (a figure without what makes it true), ``layout-chart`` (a chart
        without title, note or source) and
        ``layout-claim`` (a claim without its fact, its
        speaker before it, its warning after it, its flag and its strike).
    """
    layouts: dict[str, Layout] = {}
    problems: list[Problem] = []
    for name, text in sorted(texts.items()):
        if not name.endswith((".yaml", ".yml")):
            continue
        layout, trouble = read_layout(text, f"{FOLDER}/{name}")
        problems += trouble
        if layout is not None:
            layouts[layout.name] = layout
    return layouts, problems


def read_layout(text: str, path: str) -> tuple[Layout | None, list[Problem]]:
    """Read one layout.

    Args:
        path: the file, for problems; its stem must be the layout's name.

    Returns:
        The layout, or None when there are problems.
    """
    root, problems = yaml.parse(text, path)
    if root is None:
        return None, problems
    marks: Marks = {}
    data = _plain(root, "$", marks)
    try:
        layout = msgspec.convert(data, Layout, strict=False)
    except msgspec.ValidationError as error:
        return None, [_schema(str(error), path, marks)]
    found = [_at(path, marks, place, code, message) for place, code, message in _faults(layout)]
    stem = path.rpartition("/")[2].rpartition(".")[0]
    if layout.name != stem:
        message = f"the layout is named {layout.name!r}, its file {stem!r}"
        found.append(_at(path, marks, "$.name", "layout-name", message))
    return (None, found) if found else (layout, [])


def _plain(node: Any, where: str, marks: Marks) -> Any:
    """Turn nodes into plain data; every scalar stays text."""
    marks[where] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if node.id == "mapping":
        return {
            key.value: _plain(value, f"{where}.{key.value}", marks) for key, value in node.value
        }
    if node.id == "sequence":
        return [_plain(value, f"{where}[{at}]", marks) for at, value in enumerate(node.value)]
    return node.value


def _at(path: str, marks: Marks, place: str, code: str, message: str) -> Problem:
    """Name the line of a place, or of the nearest thing around it that has one."""
    while place not in marks and place not in {"", "$"}:
        place = place[: max(place.rfind("."), place.rfind("["))]
    line, column = marks.get(place, (1, 1))
    return Problem(path=path, line=line, column=column, code=code, message=message)


def _schema(error: str, path: str, marks: Marks) -> Problem:
    message, _, place = error.partition(" - at `")
    place = place.rstrip("`")
    problem = _at(path, marks, place.replace("[...]", ".else") or "$", "layout-schema", message)
    unknown = _UNKNOWN.search(message)
    if unknown:
        close = close_name(unknown[1], _known_keys())
        hint = f"did you mean '{close}'?" if close else ""
        inside = _at(path, marks, f"{place or '$'}.{unknown[1]}", "layout-schema", message)
        return msgspec.structs.replace(inside, hint=hint)
    return problem


def _known_keys() -> list[str]:
    """Name every key that a layout may have."""
    parts = (*Layer.__args__, TextLayer, Bar, Layout)
    return sorted({field for part in parts for field in part.__struct_fields__})


Fault = tuple[str, str, str]


def _faults(layout: Layout) -> Iterator[Fault]:
    """Find what the schema cannot see: colours, lengths, formats and the claim's company."""
    names = LOOK | layout.palette.keys()
    for name, text in layout.palette.items():
        yield from _colour(text, names, f"$.palette.{name}")
    yield from _circles(layout.palette)
    for at, layer in enumerate(layout.layers):
        yield from _walk(layer, names, f"$.layers[{at}]")
    yield from _claim(layout)
    yield from _find_unsized_texts(layout)
    shown = contents_of(layout)
    for needed in sorted({"figure.qualifier", "figure.beside"} - shown):
        if "figure.value" in shown:
            message = f"a figure stands with what makes it true: add '{needed}'"
            yield "$.layers", "layout-figure", message
    for needed in ("chart.title", "chart.note", "chart.source"):
        if has_chart(layout) and needed not in shown:
            message = (
                f"a chart stands with its title, what makes it fair and its source: add '{needed}'"
            )
            yield "$.layers", "layout-chart", message
    if "helpline.number" in shown and "helpline.who" not in shown:
        message = "a number stands with its country, name and who answers: add 'helpline.who'"
        yield "$.layers", "layout-helpline", message


def _find_unsized_texts(layout: Layout) -> Iterator[Fault]:
    """Find texts of which nobody says how large they are, or in two ways."""
    for at, layer in enumerate(layout.layers):
        for inner, item in enumerate(layer.items if isinstance(layer, Stack) else ()):
            if isinstance(item, TextLayer) and (item.scale is None) == (item.size is None):
                message = "a text has either 'scale', of the four sizes, or 'size', in units"
                yield f"$.layers[{at}].items[{inner}]", "layout-schema", message


def _walk(part: Any, names: frozenset[str] | set[str], where: str) -> Iterator[Fault]:
    for field in part.__struct_fields__:
        value = getattr(part, field)
        place = f"{where}.{field}"
        if field in {"colour", "ground", "quiet", "scrim", "second", "struck", "words"} and value:
            yield from _colour(value, names, place)
        elif field == "colours":
            for at, text in enumerate(value):
                yield from _colour(text, names, f"{place}[{at}]")
        elif field == "items":
            for at, item in enumerate(value):
                yield from _walk(item, names, f"{place}[{at}]")
        elif field == "pill" and value:
            yield from _walk(value, names, place)
        elif isinstance(value, dict):
            yield from _each(value, place, part.formats)
        if field in _LENGTHS:
            yield from _lengths(value, place)


_LENGTHS = frozenset(
    {
        "box",
        "shade",
        "feather",
        "at",
        "points",
        "radius",
        "ring",
        "tail",
        "width",
        "gap",
        "pad",
        "least",
        "most",
    }
)


def _each(value: dict[str, Any], place: str, formats: tuple[str, ...]) -> Iterator[Fault]:
    for name in value:
        if name not in {*FORMATS, "else"}:
            known = ", ".join((*FORMATS, "else"))
            yield f"{place}.{name}", "layout-format", f"{name!r} is no format: {known}"
    for name in formats or tuple(FORMATS):
        if name not in value and "else" not in value:
            yield place, "layout-format", f"there is no value for the format {name!r}, and no else"
            return


def _lengths(value: Any, place: str) -> Iterator[Fault]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _lengths(inner, f"{place}.{name}")
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            yield from _lengths(inner, f"{place}[{at}]")
    elif isinstance(value, str):
        try:
            length(value, 1.0, 1.0)
        except ValueError as error:
            yield place, "layout-length", str(error)


def _colour(text: str, names: frozenset[str] | set[str], place: str) -> Iterator[Fault]:
    words = text.split(" ")
    for word in {words[0], words[-1]}:
        if not word.startswith("#") and word not in names:
            close = close_name(word, names)
            known = f"; did you mean {close!r}?" if close else ""
            yield place, "layout-colour", f"the colour {word!r} is not in the palette{known}"


def _circles(palette: dict[str, str]) -> Iterator[Fault]:
    """Find colours that are mixed from each other without end."""
    known = set(LOOK)
    pending = dict(palette)
    while pending:
        ready = [
            name
            for name, text in pending.items()
            if all(
                word.startswith("#") or word in known or word not in palette
                for word in (text.split(" ")[0], text.split(" ")[-1])
            )
        ]
        if not ready:
            name = min(pending)
            yield f"$.palette.{name}", "layout-colour", f"the colour {name!r} is mixed from itself"
            return
        for name in ready:
            known.add(name)
            del pending[name]


def _claim(layout: Layout) -> Iterator[Fault]:
    """Refuse a claim that could be seen without what answers it (message rules: claim)."""
    if "claim" not in contents_of(layout):
        return
    for at, layer in enumerate(layout.layers):
        items = layer.items if isinstance(layer, Stack) else ()
        for inner, item in enumerate(items):
            if isinstance(item, TextLayer) and item.content == "claim":
                place = f"$.layers[{at}].items[{inner}]"
                before = {one.content for one in items[:inner] if isinstance(one, TextLayer)}
                if item.struck is None:
                    yield place, "layout-claim", "the claim must be struck: add 'struck: ink'"
                after = {one.content for one in items[inner + 1 :] if isinstance(one, TextLayer)}
                if "word.said" not in before:
                    said = "'word.said' must stand before the claim: it says who claims it"
                    yield place, "layout-claim", said
                if "warning" not in after:
                    yield place, "layout-claim", "the warning must stand after the claim"
    shown = contents_of(layout)
    if not {"fact", "word.false"} <= shown:
        message = "a card with the claim must show the fact and the word 'False' too"
        yield "$.layers", "layout-claim", message
