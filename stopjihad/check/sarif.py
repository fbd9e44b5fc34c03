"""Write problems in SARIF 2.1.0 (OASIS), which code scanning services read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from stopjihad.catalog.rules import Rule
from stopjihad.problem import Problem

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
"""Address of the schema that the log names; nothing is read from it."""

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def sarif(problems: Iterable[Problem], rules: Mapping[str, Rule], version: str) -> dict[str, Any]:
    """Make a SARIF log of one run.

    Args:
        rules: message rules by id; other codes are listed by their name alone.

    Returns:
        The log, ready for JSON. Columns count code points; paths are relative to the workspace.
    """
    listed = sorted(problems)
    codes = sorted({problem.code for problem in listed})
    index = {code: number for number, code in enumerate(codes)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "stopjihad",
                        "version": version,
                        "rules": [_descriptor(code, rules.get(code)) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The workspace."}}},
                "results": [_result(problem, index[problem.code]) for problem in listed],
            }
        ],
    }


def _descriptor(code: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": code}
    sources = "\n".join(f"- [{source.title}]({source.url})" for source in rule.sources)
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in rule.name.split()),
        "shortDescription": {"text": f"{rule.name}."},
        "fullDescription": {"text": rule.checks.strip()},
        "help": {
            "text": f"{rule.why.strip()} Mend it: {rule.mend}.",
            "markdown": f"{rule.why.strip()}\n\nMend it: {rule.mend}.\n\n{sources}",
        },
        "helpUri": rule.sources[0].url,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": list(rule.scope)},
    }


def _result(problem: Problem, index: int) -> dict[str, Any]:
    text = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    mark = hashlib.sha256(f"{problem.code}\0{problem.path}\0{problem.message}".encode())
    made: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": text},
        "partialFingerprints": {"problem/v1": mark.hexdigest()[:32]},
    }
    if problem.path:
        place: dict[str, Any] = {
            "artifactLocation": {"uri": quote(problem.path), "uriBaseId": "SRCROOT"}
        }
        if problem.line:
            place["region"] = {"startLine": problem.line}
            if problem.column:
                place["region"]["startColumn"] = problem.column
        made["locations"] = [{"physicalLocation": place}]
    return made


def workflow_commands(problems: Iterable[Problem]) -> Iterable[str]:
    """Write problems as workflow commands that show as notes on a pull request."""
    for problem in sorted(problems):
        level = {"error": "error", "warning": "warning", "info": "notice"}[problem.severity]
        fields = {"file": problem.path, "line": problem.line, "col": problem.column}
        fields["title"] = problem.code
        shown = ",".join(f"{name}={_field(str(value))}" for name, value in fields.items() if value)
        text = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
        yield f"::{level} {shown}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _field(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
