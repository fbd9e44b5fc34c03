"""Message rules as rows: what each checks, why, how to mend it, and where that is published.

The files of ``catalog/rules`` are read here: rows of rules, and the words of one language, all of
whose values are text.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from stopjihad.problem import Severity

T = TypeVar("T", bound=msgspec.Struct)


class RuleReference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Name a published document that a rule comes from; ``checked`` is when it was read."""

    title: str
    url: Annotated[str, Meta(pattern=r"^https?://\S+$")]
    checked: dt.date


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Show a rule at work: values laid over a small campaign that breaks no rule.

    Attributes:
        bad: values that break the rule.
        good: values that do not, though they are as near as can be.
        language: BCP 47 tag of the small campaign.
    """

    bad: dict[str, Any]
    good: dict[str, Any]
    language: str = "en"


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule.

    Attributes:
        id: stable name such as ``STR02``; the code of its problems.
        name: two or three words.
        severity: ``error`` stops a build.
        scope: what it looks at: point, campaign, page, post, card, translation, helpline, alert.
        checks: what it asks for, one or two sentences.
        why: what goes wrong without it.
        message: of a problem; values in braces are filled in by the kind of check.
        mend: how to mend it, one line.
        kind: kind of check (``stopjihad/check/rules``).
        params: what that kind needs to know.
        languages: primary subtags that it works in; empty for all.
        waivable: whether people may except words from it.
        people: how many different people must sign an exception: two where a reader could be
            harmed.
        also: codes of other checks that guard the same.
        sources: where it comes from.
        examples: each a test and a passage of the docs.
    """

    id: Annotated[str, Meta(pattern=r"^[A-Z]{3}[0-9]{2}$")]
    name: str
    severity: Severity
    scope: Annotated[tuple[str, ...], Meta(min_length=1)]
    checks: str
    why: str
    message: str
    mend: str
    kind: str
    params: dict[str, Any] = {}
    languages: tuple[str, ...] = ()
    waivable: bool = True
    people: Literal[1, 2] = 1
    also: tuple[str, ...] = ()
    sources: Annotated[tuple[RuleReference, ...], Meta(min_length=1)]
    examples: Annotated[tuple[Example, ...], Meta(min_length=1)]


FILES = (
    "structure",
    "evidence",
    "amplification",
    "language",
    "campaign",
    "safety",
    "transparency",
    "access",
    "localization",
    "markup",
    "crisis",
)
"""Files of ``catalog/rules``, in the order in which people should meet them."""


@cache
def rules() -> dict[str, Rule]:
    """Read all rules.

    Raises:
        msgspec.ValidationError: a row has a wrong key or value.
        ValueError: two rows have one id.
    """
    found: dict[str, Rule] = {}
    for name in FILES:
        for rule in read_rows(f"{name}.yaml", Rule):
            if rule.id in found:
                raise ValueError(f"{rule.id} stands twice")
            found[rule.id] = rule
    return found


@cache
def languages_of(folder: str) -> tuple[str, ...]:
    """Name the languages that have a file in a folder."""
    entries = resources.files("stopjihad.catalog").joinpath(f"rules/{folder}").iterdir()
    names = (entry.name for entry in entries)
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def read_rows(file: str, kind: type[T]) -> list[T]:
    """Read a list of rows.

    Raises:
        msgspec.ValidationError: a row has a wrong key or value.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = resources.files("stopjihad.catalog").joinpath(f"rules/{file}").read_bytes()
    raw = yaml.load(data, Loader=loader)  # noqa: S506 - the safe loader, in C where there is one
    return msgspec.convert(raw, type=list[kind])  # type: ignore[valid-type]


def read_words(folder: str, primary: str, kind: type[T]) -> T | None:
    """Read the file of a language.

    Returns:
        Its rows; None when the language has no file.

    Raises:
        msgspec.ValidationError: the file has a wrong key or value.
    """
    import yaml

    if primary not in languages_of(folder):
        return None
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    file = resources.files("stopjihad.catalog").joinpath(f"rules/{folder}/{primary}.yaml")
    reader = loader(file.read_bytes())
    try:
        return msgspec.convert(_texts(reader.get_single_node()), type=kind)
    finally:
        reader.dispose()


def _texts(node: Any) -> Any:
    """Take nodes of YAML as they are written: "no" and "true" are words here, and stay text."""
    value = node.value
    if isinstance(value, str):
        return value
    if node.id == "mapping":
        return {_texts(key): _texts(one) for key, one in value}
    return [_texts(one) for one in value]
