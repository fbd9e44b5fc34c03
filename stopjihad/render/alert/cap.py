"""Write the alert for machines: the Common Alerting Protocol 1.2 (OASIS, 2010)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from stopjihad.model import input_names
from stopjihad.model.alert import AlertFacts, Incident, PastAlert, Reference
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.problem import Problem
from stopjihad.text.cap import NAMESPACE
from stopjihad.view.alert_phrases import (
    AlertSentence,
    address,
    first_alert,
    frame_about,
    mark_exercise,
    sentences,
    tell_past,
    with_full_stop,
)
from stopjihad.view.records import AlertMessage, CapEntry, Frame

AREA = 49
"""Most characters of ``areaDesc``: below 50 (Google Public Alerts, CAP requirements)."""


class _Grade(NamedTuple):
    """Grade an incident in the words of CAP."""

    category: str
    responses: tuple[str, ...]
    urgency: str
    severity: str
    certainty: str
    code: str = ""


EVENT_TERMS = "OET:v1.2"
"""How a code names the list that it is from: OASIS, Event Terms List 1.2 (cap-etl-v1.2)."""

_TERRORIST = "OET-193"
"""Terrorist incident. The list has no term for a rumour, a denial or an anniversary: those carry no
code, so that no machine takes them for an attack."""

_GRADES: dict[Incident, _Grade] = {
    "attack-under-way": _Grade(
        "Security", ("Avoid", "Shelter"), "Immediate", "Severe", "Observed", _TERRORIST
    ),
    "attack-over": _Grade("Security", ("AllClear",), "Past", "Minor", "Observed", _TERRORIST),
    "threat-or-rumour": _Grade("Security", ("Monitor",), "Unknown", "Unknown", "Unknown"),
    "hoax-denied": _Grade("Security", ("AllClear",), "Past", "Minor", "Unlikely"),
    "anniversary-or-trial": _Grade("Security", ("None",), "Future", "Minor", "Likely"),
}


def render_cap(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Write one alert with one ``info`` block a language.

    Args:
        step: names the message, and frame and words of each of its languages.

    Returns:
        The XML document, or the problems of ``check_cap``, at their lines of it.
    """
    (name,) = (one for one in step.inputs if input_names.kind_of(one) == "alert-message")
    message: AlertMessage = decoded.value(name)
    blocks = []
    for view in message.views:
        frame = frame_about(decoded.value(input_names.frame(view.lang)), view)
        blocks.append((frame, decoded.value(input_names.words(view.lang))))
    return _judge_message(step, write_cap(message.facts, blocks))


def render_cancel(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Write the message that takes an alert back; its note says so in every language.

    Args:
        step: names the alert, and what readers of each language are told of it.
    """
    from lxml import etree

    (name,) = (one for one in step.inputs if input_names.kind_of(one) == "alert-past")
    gone: PastAlert = decoded.value(name)
    sender, identifier = dict(step.params)["sender"], gone.reference.identifier
    tags = [input_names.rest_of(one) for one in step.inputs if input_names.kind_of(one) == "words"]
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    said = []
    for tag in [one for one in gone.live.languages if one in tags] or tags:
        (view,) = decoded.value(f"{input_names.past(tag)}/{identifier}")
        words = decoded.value(input_names.words(tag))
        told = tell_past(view, words)
        title = () if told.quiet else (told.title,)  # others may hold
        parts = filter(None, (*title, told.was, *told.lines))
        said.append(" ".join(map(with_full_stop, parts)))
    _add(
        root,
        [
            ("identifier", identifier),
            ("sender", sender),
            ("sent", moment(gone.on)),
            ("status", "Exercise" if gone.live.alert.exercise else "Actual"),
            ("msgType", "Cancel"),
            ("scope", "Public"),
            ("note", " / ".join(said)),
            ("references", _references(sender, gone.sent)),
        ],
    )
    return _judge_message(step, _write_xml(root))


def render_cap_index(step: Step, decoded: StepInputs) -> bytes:
    """List the messages for machines, the newest first, each at the address where it stays (Atom).

    Args:
        step: its params name the address of the site.
    """
    from lxml import etree

    entries: tuple[CapEntry, ...] = tuple(decoded.value("cap-entries"))
    (name,) = (one for one in step.inputs if input_names.kind_of(one) == "frame")
    frame: Frame = decoded.value(name)
    folder = f"{dict(step.params)['base']}/alert"
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    address = f"{folder}/feed.xml"
    _add(root, [("id", address), ("title", f"{frame.sponsor.value}: CAP 1.2")], _ATOM)
    _add(root, [("updated", moment(entries[0].sent))], _ATOM)
    author = etree.SubElement(root, f"{{{_ATOM}}}author")
    _add(author, [("name", frame.sponsor.value)], _ATOM)
    etree.SubElement(root, f"{{{_ATOM}}}link", rel="self", href=address)
    for one in entries:
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
        own = f"{folder}/{one.identifier}.cap.xml"
        pairs = [("id", own), ("title", f"{one.kind}: {one.title}"), ("updated", moment(one.sent))]
        _add(entry, pairs, _ATOM)
        etree.SubElement(
            entry, f"{{{_ATOM}}}link", rel="alternate", type="application/cap+xml", href=own
        )
    return _write_xml(root)


_ATOM = "http://www.w3.org/2005/Atom"


def _judge_message(step: Step, data: bytes) -> bytes | tuple[Problem, ...]:
    from stopjihad.text.cap import cap_faults

    return (
        tuple(
            Problem(path=step.output, line=one.line, code="cap-fault", message=one.message)
            for one in cap_faults(data)
        )
        or data
    )


def _write_xml(root: Any) -> bytes:
    from lxml import etree

    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return found


def _references(sender: str, earlier: Iterable[Reference]) -> str:
    return " ".join(f"{sender},{one.identifier},{moment(one.sent)}" for one in earlier)


def write_cap(facts: AlertFacts, blocks: Iterable[tuple[Frame, dict[str, str]]]) -> bytes:
    """Write the message for machines.

    Args:
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
        ("identifier", live.reference.identifier),
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
        first = (next(iter(sentences(first_alert(frame), frame, words))) for frame, words in made)
        pairs.append(("note", " / ".join(one.text for one in first)))
    if live.earlier:
        pairs.append(("references", _references(facts.sender, live.earlier)))
    _add(root, pairs)
    for frame, words in made:
        _info(etree.SubElement(root, f"{{{NAMESPACE}}}info"), facts, frame, words)
    return _write_xml(root)


def _info(info: Any, facts: AlertFacts, frame: Frame, words: dict[str, str]) -> None:
    from lxml import etree

    view, grade = first_alert(frame), _GRADES[facts.incident]
    alert = facts.live.alert
    said = list(sentences(view, frame, words))[1:]
    first = {"exercise", "empathy", "confirmed", "unknown"}
    headline = mark_exercise(view, words)
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
        ],
    )
    if grade.code:
        _add_code(info, "eventCode", EVENT_TERMS, grade.code)
    _add(
        info,
        [
            ("effective", moment(alert.sent)),
            ("onset", moment(alert.since)),
            ("expires", moment(alert.ends)),
            ("senderName", frame.sponsor.value),
            ("headline", headline),
            ("description", _join_sentences(one for one in said if one.part in first)),
            ("instruction", _join_sentences(one for one in said if one.part not in first)),
            ("web", address(frame)),
            ("contact", frame.corrections_contact),
        ],
    )
    area = etree.SubElement(info, f"{{{NAMESPACE}}}area")
    pairs = [("areaDesc", view.place[:AREA])]
    if facts.polygon:
        pairs.append(("polygon", " ".join(facts.polygon)))
    _add(area, pairs)
    for codes, code in facts.geocode:
        _add_code(area, "geocode", codes, code)


def _add_code(parent: Any, name: str, codes: str, code: str) -> None:
    """Add a code of the list ``codes``, which names it."""
    from lxml import etree

    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    _add(element, [("valueName", codes), ("value", code)])


def _join_sentences(said: Iterable[AlertSentence]) -> str:
    return " ".join(one.text for one in said)


def _add(parent: Any, pairs: Iterable[tuple[str, str]], namespace: str = NAMESPACE) -> None:
    from lxml import etree

    for name, text in pairs:
        etree.SubElement(parent, f"{{{namespace}}}{name}").text = text


def moment(when: dt.datetime) -> str:
    """Write a moment as CAP wants it: to the second, UTC as ``-00:00``, never ``Z``."""
    text = when.replace(microsecond=0).isoformat()
    return f"{text[:-6]}-00:00" if text.endswith("+00:00") else text
