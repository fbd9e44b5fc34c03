"""Judge the words of an alert when it is sent, and nothing else of its campaign."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from stopjihad.build.check.kept_findings import translation_findings
from stopjihad.check.finding_cache import NO_FINDINGS
from stopjihad.check.rules.run import check_rules
from stopjihad.check.translation.campaign import check_translations
from stopjihad.model import contexts
from stopjihad.model.project import Document, Project
from stopjihad.model.translation import Translations
from stopjihad.render.alert.check import check_alerts

if TYPE_CHECKING:
    from stopjihad.model.alert import Alert
    from stopjihad.problem import Problem
    from stopjihad.review.alert_lines import AlertLine


def refused_words(
    project: Project,
    document: Document[Alert],
    lines: tuple[AlertLine, ...],
    today: dt.date,
) -> tuple[Problem, ...]:
    """Find what an alert may not say, in the languages in which it is sent.

    Returns:
        Errors of message rules, of templates and of translations at the places of these words.
    """
    prefix = contexts.alert(document.record.template, "")
    own = tuple(one for one in project.alert_templates if one.record.id == document.record.template)
    cut = msgspec.structs.replace(
        project,
        points=(),
        pages=(),
        responses=None,
        alerts=(document,),
        alert_templates=own,
        translations=tuple(_about(file, prefix) for file in project.translations),
    )
    found = [
        *check_alerts(cut, today),
        *check_rules(cut, today, thorough=False),
        *check_translations(cut, translation_findings(cut, NO_FINDINGS, thorough=False)),
    ]
    said = {(one.path, one.line) for one in lines}
    errors = {one for one in found if one.severity == "error" and (one.path, one.line) in said}
    return tuple(sorted(errors))


def _about(file: Translations, prefix: str) -> Translations:
    """Leave the messages of a template alone in a ``file``."""
    messages = tuple(one for one in file.messages if one.context.startswith(prefix))
    return msgspec.structs.replace(file, messages=messages, digest="")
