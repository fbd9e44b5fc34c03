"""Write the notice for machines: the Common Alerting Protocol 1.2 (OASIS, 2010)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from stopjihad.model import input_names
from stopjihad.model.alert import AlertFacts, CancelledAlert, Incident, Reference
from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.render.alert.words import NO_NOTICE, Said, address, marked, notice_of, say, sentences
from stopjihad.render.steps import Decoded
from stopjihad.text.cap import NAMESPACE
from stopjihad.view.records import Frame

AREA = 49
"""Most characters of ``areaDesc``: below 50 (Google Public Alerts, CAP requirements)."""


class _Grade(NamedTuple):
    """Grade an incident in the words of CAP."""

    category: str
    responses: tuple[str, ...]
    urgency: str
    severity: str
    certainty: str


_GRADES: dict[Incident, _Grade] = {
    "attack-under-way": _Grade("Security", ("Avoid", "Shelter"), "Immediate", "Severe", "Observed"),
    "attack-over": _Grade("Security", ("AllClear",), "Past", "Minor", "Observed"),
    "threat-or-rumour": _Grade("Security", ("Monitor",), "Unknown", "Unknown", "Unknown"),
    "hoax-denied": _Grade("Security", ("AllClear",), "Past", "Minor", "Unlikely"),
    "anniversary-or-trial": _Grade("Security", ("None",), "Future", "Minor", "Likely"),
}


def render_cap(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Write one alert with one ``info`` block a language.

    Args:
        step: names the frames of all languages that are sent, and the facts.
        decoded: the values of its inputs.

    Returns:
        The XML document, or the problems of ``check_cap``, at their lines of it.
    """
    facts: AlertFacts = decoded.value("alert-facts")
    tags = [
        input_names.rest_of(name) for name in step.inputs if input_names.kind_of(name) == "frame"
    ]
    order = [tag for tag in facts.live.languages if tag in tags]
    blocks = [
        (decoded.value(input_names.frame(tag)), decoded.value(input_names.words(tag)))
        for tag in order
    ]
    return _judged(step, write_cap(facts, blocks))


def render_cancel(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Write the message that takes a notice back; its note says so in every language.

    Args:
        step: names the theme words of all languages, and the notice.
        decoded: the values of its inputs.

    Returns:
        The XML document, or problems as ``render_cap``.
    """
    from lxml import etree

    cancelled: CancelledAlert = decoded.value("alert-cancelled")
    names = [name for name in step.inputs if input_names.kind_of(name) == "words"]
    sender = dict(step.params)["sender"]
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    said = dict.fromkeys(say(decoded.value(name), NO_NOTICE) for name in names)
    _add(
        root,
        [
            ("identifier", f"{cancelled.id}-{cancelled.number}"),
            ("sender", sender),
            ("sent", moment(cancelled.on)),
            ("status", "Actual"),
            ("msgType", "Cancel"),
            ("scope", "Public"),
            ("note", " / ".join(said)),
            ("references", _references(sender, cancelled.earlier)),
        ],
    )
    return _judged(step, _written(root))


def _judged(step: Step, data: bytes) -> bytes | tuple[Problem, ...]:
    from stopjihad.text.cap import cap_faults

    return (
        tuple(
            Problem(path=step.output, line=one.line, code="cap-fault", message=one.message)
            for one in cap_faults(data)
        )
        or data
    )


def _written(root: Any) -> bytes:
    from lxml import etree

    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return found


def _references(sender: str, earlier: Iterable[Reference]) -> str:
    return " ".join(f"{sender},{one.identifier},{moment(one.sent)}" for one in earlier)


def write_cap(facts: AlertFacts, blocks: Iterable[tuple[Frame, dict[str, str]]]) -> bytes:
    """Write the message for machines.

    Args:
        facts: what it is about.
        blocks: frame and theme words of each language, the source language first.

    Returns:
        XML in UTF-8. A campaign whose sponsor is no authority sends exercises alone, to its
        partners alone.
    """
    from lxml import etree

    live, alert = facts.live, facts.live.alert
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    restricted = not facts.actual
    pairs: list[tuple[str, str]] = [
        ("identifier", f"{alert.id}-{live.number}"),
        ("sender", facts.sender),
        ("sent", moment(alert.sent)),
        ("status", "Exercise" if alert.exercise or restricted else "Actual"),
        ("msgType", "Update" if live.earlier else "Alert"),
        ("scope", "Restricted" if restricted else "Public"),
    ]
    if restricted:
        pairs.append(("restriction", "Partners of this campaign, for exercises"))
    made = list(blocks)
    if alert.exercise:
        first = (next(iter(sentences(notice_of(frame), frame, words))) for frame, words in made)
        pairs.append(("note", " / ".join(one.text for one in first)))
    if live.earlier:
        pairs.append(("references", _references(facts.sender, live.earlier)))
    _add(root, pairs)
    for frame, words in made:
        _info(etree.SubElement(root, f"{{{NAMESPACE}}}info"), facts, frame, words)
    return _written(root)


def _info(info: Any, facts: AlertFacts, frame: Frame, words: dict[str, str]) -> None:
    from lxml import etree

    view, grade = notice_of(frame), _GRADES[facts.incident]
    alert = facts.live.alert
    said = list(sentences(view, frame, words))[1:]
    first = {"exercise", "empathy", "confirmed", "unknown"}
    headline = marked(view, words)
    _add(
        info,
        [
            ("language", frame.lang),
            ("category", grade.category),
            ("event", headline),
            *(("responseType", one) for one in grade.responses),
            ("urgency", grade.urgency),
            ("severity", grade.severity),
            ("certainty", grade.certainty),
            ("effective", moment(alert.sent)),
            ("onset", moment(alert.since)),
            ("expires", moment(alert.ends)),
            ("senderName", frame.sponsor.value),
            ("headline", headline),
            ("description", _joined(one for one in said if one.part in first)),
            ("instruction", _joined(one for one in said if one.part not in first)),
            ("web", address(frame)),
            ("contact", frame.corrections_contact),
        ],
    )
    area = etree.SubElement(info, f"{{{NAMESPACE}}}area")
    pairs = [("areaDesc", view.place[:AREA])]
    if facts.polygon:
        pairs.append(("polygon", " ".join(facts.polygon)))
    _add(area, pairs)


def _joined(said: Iterable[Said]) -> str:
    return " ".join(one.text for one in said)


def _add(parent: Any, pairs: Iterable[tuple[str, str]]) -> None:
    from lxml import etree

    for name, text in pairs:
        etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text


def moment(when: dt.datetime) -> str:
    """Write a moment as CAP wants it: to the second, UTC as ``-00:00``, never ``Z``."""
    text = when.replace(microsecond=0).isoformat()
    return f"{text[:-6]}-00:00" if text.endswith("+00:00") else text
