"""Turn YAML nodes into records, collecting every mistake with its line and column.

The same records describe authored files as JSON Schema.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any, ClassVar

import msgspec
import yaml
from msgspec import inspect as mi

from stopjihad.model.alert import Alert, AlertTemplate
from stopjihad.model.campaign import Campaign
from stopjihad.model.helpline import Helplines
from stopjihad.model.media import Media
from stopjihad.model.own_rules import OwnRules
from stopjihad.model.partner import Partner
from stopjihad.model.point import Point
from stopjihad.model.project import Page, Responses
from stopjihad.model.targets import Targets
from stopjihad.problem import Problem
from stopjihad.text.markdown.checks import TEXT_BYTES
from stopjihad.text.nearest import SHOWN, close_name
from stopjihad.text.yaml.tree import BLOCK

Places = dict[str, tuple[int, int]]
"""Field path (``sources.0.url``) to line and column, both counted from 1."""

_INVALID: Any = object()

EMPTY = "write it; a field that is not required may be deleted with its line"
QUOTED = 'put quotation marks around a colour, "#0b6b5d": without them # begins a comment'


class Converter:
    """Convert one file's nodes; keeps the problems and the places of all values."""

    def __init__(self, path: str, first_line: int = 1, places: Places | None = None) -> None:
        """Start for one file.

        Args:
            places: those of fields that the YAML has not.
        """
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.places: Places = dict(places or {})

    def record(self, node: yaml.Node, cls: type[msgspec.Struct], **given: Any) -> Any:
        """Convert a mapping node to a record.

        Args:
            node: root node of the file or a part of it.
            cls: record class; its annotations are the schema.
            **given: fields that come from elsewhere (file name, body) and may not be written.

        Returns:
            The record, or None when there were problems (see ``problems``).
        """
        value = self._struct(node, cls, "", given)
        return None if value is _INVALID or self.problems else value

    def add(self, node: yaml.Node, code: str, message: str, hint: str = "") -> Any:
        """Report a mistake at a node and give the marker of an unusable value."""
        mark = node.start_mark
        self.problems.append(
            Problem(
                path=self.path,
                line=mark.line + self.first_line,
                column=mark.column + 1,
                code=code,
                message=message,
                hint=hint,
            )
        )
        return _INVALID

    def _struct(
        self, node: yaml.Node, cls: type[msgspec.Struct], where: str, given: dict[str, Any]
    ) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return self.add(
                node, "wrong-type", f"{where or 'the file'} must be keys with values", _example(cls)
            )
        fields = _fields(cls)
        values: dict[str, Any] = dict(given)
        valid, meant = True, set()
        for key, child in node.value:
            name = key.value
            if name not in fields or name in given:
                locked = name in getattr(cls, "LOCKED", ())
                known = [f for f in fields if f not in given]
                meant.add(
                    self._refuse_locked_key(key, name)
                    if locked
                    else self._unknown(key, name, known)
                )
                continue
            place = f"{where}.{name}" if where else name
            value = self._value(child, fields[name].type, place)
            if value is _INVALID:
                valid = False
            else:
                values[name] = value
        there = {key.value for key, _ in node.value} | meant | given.keys()
        missing = [n for n, f in fields.items() if f.required and n not in there]
        for name in missing:
            place = f"{where}.{name}" if where else name
            self.add(node, "missing-key", f"{place} is missing", f"add a line '{name}: …'")
        if not valid or missing or meant:
            return _INVALID
        return cls(**{fields[name].name: value for name, value in values.items()})

    def _refuse_locked_key(self, key: yaml.Node, name: str) -> str:
        """Report a key that belongs to the campaign alone."""
        message = f"'{name}' is the campaign's alone: a partner stands beside it, never instead"
        self.add(
            key, "locked-key", message, "take it out; a partner's own are 'funded_by' and 'voice'"
        )
        return name

    def _unknown(self, key: yaml.Node, name: str, known: list[str]) -> str:
        """Report an unknown key; give the key that was probably meant, or an empty text."""
        name = name[:SHOWN]
        close = close_name(name, known)
        hint = f"did you mean '{close}'?" if close else f"known here: {', '.join(known)}"
        if "\u00a0" in name or "\u202f" in name:
            hint = f"a no-break space stands in it, as word processors write it; {hint}"
        self.add(key, "unknown-key", f"the key '{name}' is not known", hint)
        return close

    def _value(self, node: yaml.Node, expected: mi.Type, where: str) -> Any:
        mark = node.start_mark
        # The words of a block scalar start on the line below its mark.
        is_block = _style(node) in BLOCK
        line = mark.line + self.first_line
        self.places[where] = (line + 1, 1) if is_block else (line, mark.column + 1)
        convert = _SCALARS.get(type(expected))
        if convert is None:
            return self._COLLECTIONS[type(expected)](self, node, expected, where)
        if not isinstance(node, yaml.ScalarNode):
            return self.add(node, "wrong-type", f"{where} must be one value, not a list or keys")
        return convert(self, node, expected, where)

    def _part(self, node: yaml.Node, expected: mi.StructType, where: str) -> Any:
        return self._struct(node, expected.cls, where, {})

    def _union(self, node: yaml.Node, expected: mi.UnionType, where: str) -> Any:
        """Convert an optional value, or one that is a text or keys with values."""
        if isinstance(node, yaml.ScalarNode) and not _style(node) and node.value in _NULLS:
            return None
        kinds = [kind for kind in expected.types if not isinstance(kind, mi.NoneType)]
        keyed = isinstance(node, yaml.MappingNode)
        fitting = [kind for kind in kinds if isinstance(kind, mi.DictType) == keyed]
        return self._value(node, (fitting or kinds)[0], where)

    def _sequence(
        self, node: yaml.Node, expected: mi.VarTupleType | mi.ListType, where: str
    ) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return self.add(
                node, "wrong-type", f"{where} must be a list", "write '[a, b]' or '- a' lines"
            )
        least = expected.min_length or 0
        if len(node.value) < least:
            return self.add(node, "too-few", f"{where} needs at least {least} entry")
        most = expected.max_length
        if most is not None and len(node.value) > most:
            message = f"{where} has {len(node.value)} entries of {most}"
            hint = "take one out, or put two in one"
            return self.add(node.value[most], "too-many", message, hint)
        values = [
            self._value(item, expected.item_type, f"{where}.{index}")
            for index, item in enumerate(node.value)
        ]
        return _INVALID if any(value is _INVALID for value in values) else tuple(values)

    def _dict(self, node: yaml.Node, expected: mi.DictType, where: str) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return self.add(node, "wrong-type", f"{where} must be keys with values")
        values = {
            self._value(key, expected.key_type, f"a key of {where}"): self._value(
                child, expected.value_type, f"{where}.{key.value}"
            )
            for key, child in node.value
        }
        parts = (*values, *values.values())
        return _INVALID if any(part is _INVALID for part in parts) else values

    _COLLECTIONS: ClassVar[dict[type, Callable[[Converter, yaml.Node, Any, str], Any]]] = {
        mi.UnionType: _union,
        mi.StructType: _part,
        mi.VarTupleType: _sequence,
        mi.ListType: _sequence,
        mi.DictType: _dict,
    }


def _style(node: yaml.Node) -> str | None:
    """Tell how a scalar was written: plain (None), quoted or as a block."""
    style: str | None = getattr(node, "style", None)
    return style


_NULLS = frozenset({"", "~", "null"})


def _text(it: Converter, node: yaml.Node, expected: mi.StrType, where: str) -> Any:
    value = node.value.strip("\n") if _style(node) in BLOCK else node.value.strip()
    colour = (expected.pattern or "").startswith("^#[0-9a-f]")
    if not value:
        return it.add(node, "empty", f"{where} is empty", QUOTED if colour else EMPTY)
    value = value.lower() if colour else value
    if len(value) > TEXT_BYTES // 4 and len(value.encode("utf-8", "replace")) > TEXT_BYTES:
        return it.add(node, "too-long", f"{where} has more than {TEXT_BYTES} bytes")
    if expected.pattern and not _compile_pattern(expected.pattern).search(value):
        hint = _form(expected.pattern)
        unseen = next((letter for letter in value if unicodedata.category(letter) == "Cf"), "")
        if unseen:
            hint = f"delete the invisible mark U+{ord(unseen):04X} in it, then: {hint}"
        return it.add(node, "bad-form", f"{where} has not the right form", hint)
    if expected.max_length is not None and len(value) > expected.max_length:
        return it.add(
            node, "too-long", f"{where} has {len(value)} characters of {expected.max_length}"
        )
    return value


def _choice(it: Converter, node: yaml.Node, expected: mi.LiteralType, where: str) -> Any:
    if node.value in expected.values:
        return node.value
    known = [str(value) for value in expected.values]
    close = close_name(node.value, known)
    hint = f"did you mean '{close}'? " if close else ""
    return it.add(
        node,
        "bad-choice",
        f"{where} cannot be '{node.value[:40]}'",
        f"{hint}choose one of: {', '.join(known)}",
    )


def _integer(it: Converter, node: yaml.Node, expected: mi.IntType, where: str) -> Any:
    if not re.fullmatch(r"-?[0-9]{1,9}", node.value):
        return it.add(node, "bad-number", f"{where} must be a whole number", "for example 12")
    value = int(node.value)
    low, high = expected.ge, expected.le
    if (low is not None and value < low) or (high is not None and value > high):
        return it.add(node, "bad-number", f"{where} must be between {low} and {high}")
    return value


def _number(it: Converter, node: yaml.Node, _expected: mi.FloatType, where: str) -> Any:
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", node.value):
        hint = "digits alone, for example 2521 or 12.5: each language writes it in its own way"
        return it.add(node, "bad-number", f"{where} must be a number", hint)
    return float(node.value)


def _boolean(it: Converter, node: yaml.Node, _expected: mi.BoolType, where: str) -> Any:
    if node.value in ("true", "false"):
        return node.value == "true"
    return it.add(node, "bad-boolean", f"{where} must be true or false")


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _date(it: Converter, node: yaml.Node, _expected: mi.DateType, where: str) -> Any:
    # fromisoformat alone would take 20261124 and 2026-W48-2 as well.
    if _DAY.fullmatch(node.value):
        with suppress(ValueError):
            return dt.date.fromisoformat(node.value)
    return it.add(
        node,
        "bad-date",
        f"{where} is not a date: '{node.value[:40]}'",
        "write year-month-day, for example 2026-11-24",
    )


def _datetime(it: Converter, node: yaml.Node, _expected: mi.DateTimeType, where: str) -> Any:
    with suppress(ValueError):
        value = dt.datetime.fromisoformat(node.value)
        if value.tzinfo is not None:
            return value
    return it.add(
        node,
        "bad-date",
        f"{where} is not a time with its offset: '{node.value[:40]}'",
        "for example 2026-11-24T18:30:00+01:00",
    )


_SCALARS: dict[type, Callable[[Converter, yaml.Node, Any, str], Any]] = {
    mi.StrType: _text,
    mi.LiteralType: _choice,
    mi.FloatType: _number,
    mi.IntType: _integer,
    mi.BoolType: _boolean,
    mi.DateType: _date,
    mi.DateTimeType: _datetime,
}

_FORMS = {
    "^RW[A-Z": "the line that 'stopjihad signature make' prints: RW and 54 letters",
    "^(https://|http": "an address that starts with https:// and names no user",
    "^(?!https?://[^/]*@)": "an address of a git repository without user and password in it",
    "^https://": "an address that starts with https:// and has no spaces",
    "^#[0-9a-f]": 'a colour such as "#0b6b5d"',
    r"^(\+[1-9]": "E.164, for example +33800005696, or a short number such as 116111, digits alone",
    "^(Mo|": "days and hours of schema.org in English, for example Mo-Fr 09:00-18:00",
    "^[A-Z]{2}$": "a country code of two capitals, for example FR",
    "^[a-z]{2,3}(": "a language tag such as fr, pt-BR or zh-Hant",
    "^([01][0-9]": "a time such as 18:30",
    "^[a-z0-9]": "small letters, digits and single hyphens, for example they-protect-us",
    "^[0-9]{4}(-": "a year, month or day: 2018, 2018-07 or 2018-07-23",
    "^[0-9a-f]{32}": "32 digits and letters from a to f, as 'stopjihad review' writes them",
    r"^[^@\n]": "a name on one line, without an address of electronic mail",
    "^([A-Z]{3}": "the code of a rule, for example LNG02",
    r"^[^\n]*$": "one line",
    "^[A-Za-z0-9][A-Za-z0-9._:-]": "letters, digits, and . _ : - between them, as INSEE or FRK26",
    r"^(?!.*(\.\.": "a name of a branch that git allows, for example gh-pages",
    r"^[a-z0-9.-]+\.[a-z]": "a host in small letters, for example www.example.org",
    "^[a-z]+(-[a-z]+)*$": "small letters and single hyphens, for example claim-and-fact",
    "^-?[0-9]{1,2}": "latitude and longitude in degrees, for example 48.8566,2.3522",
}


def _form(pattern: str) -> str:
    """Say in words what a pattern of the schema wants."""
    return next((words for start, words in _FORMS.items() if pattern.startswith(start)), pattern)


def _example(cls: type[msgspec.Struct]) -> str:
    names = [name for name, field in _fields(cls).items() if field.required]
    return f"for example '{names[0]}: …'" if names else ""


@cache
def _fields(cls: type[msgspec.Struct]) -> dict[str, mi.Field]:
    info = mi.type_info(cls)
    assert isinstance(info, mi.StructType)
    return {field.encode_name: field for field in info.fields}


@cache
def _compile_pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_RECORDS: dict[str, tuple[type[msgspec.Struct], tuple[str, ...]]] = {
    "campaign": (Campaign, ("id",)),
    "point": (Point, ("id", "body")),
    "page": (Page, ("id", "body")),
    "alert": (Alert, ("id",)),
    "alert-template": (AlertTemplate, ("id",)),
    "helplines": (Helplines, ()),
    "partner": (Partner, ("id",)),
    "media": (Media, ()),
    "responses": (Responses, ()),
    "rules": (OwnRules, ("language",)),
    "targets": (Targets, ()),
}
"""Kind of file to its record and the fields that are not written in the YAML."""


def json_schema(name: str) -> dict[str, Any]:
    """Make the JSON Schema of a kind of file.

    Args:
        name: ``campaign``, ``point``, ``page``, ``alert``, ``alert-template``, ``helplines``,
            ``media``, ``partner``, ``responses``, ``rules`` or ``targets``.

    Returns:
        A schema of draft 2020-12.

    Raises:
        KeyError: there is no such kind.
    """
    record, elsewhere = _RECORDS[name]
    (top,), components = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    own = dict(components.pop(top["$ref"].rpartition("/")[2]))
    own["properties"] = {
        key: value for key, value in own["properties"].items() if key not in elsewhere
    }
    own["required"] = [key for key in own.get("required", ()) if key not in elsewhere]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **own,
        "$defs": components,
    }
