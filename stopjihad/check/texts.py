"""Check authored texts: their Markdown, their order, and where their addresses lead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from stopjihad.check.finding import at
from stopjihad.check.pictures import check_pictures
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Page, Project
from stopjihad.problem import Problem
from stopjihad.text.markdown.checks import markdown_problems
from stopjihad.text.unicode.bidi_controls import may_have_fault, order_fault
from stopjihad.text.web.addresses import address_fault, is_hiding


def check_page(
    page: Document[Page], project: Project, targets: Collection[str]
) -> Iterator[Problem]:
    """Check the Markdown and the pictures of a free page.

    Args:
        page: as it was read, ready or a draft.
        targets: what links may lead to, from ``link_targets``.

    Yields:
        The problems of ``text.markdown.checks``, at their place in the file, and those of
        ``check_pictures``.
    """
    sources = {source.id for source in page.record.sources}
    yield from _field(page, "body", page.record.body, sources, targets)
    yield from check_pictures(page, project, page.record.media)


def check_point_prose(point: Document[Point], targets: Collection[str]) -> Iterator[Problem]:
    """Check the Markdown of one talking point.

    Args:
        targets: what links may lead to, from ``link_targets``.

    Yields:
        The problems of ``text.markdown.checks``, at their place in the file.
    """
    sources = {source.id for source in point.record.sources}
    yield from _field(point, "body", point.record.body, sources, targets)
    yield from _field(point, "alternative", point.record.alternative, sources, targets)
    for index, text in enumerate(point.record.slides):
        yield from _field(point, f"slides.{index}", text, sources, targets)


def link_targets(project: Project) -> frozenset[str]:
    """Name what a link inside the campaign may lead to."""
    told = (*project.points, *project.withdrawn_points)  # those have a page, which says so
    points = {f"points/{point.record.id}" for point in told}
    pages = {f"pages/{page.record.id}" for page in project.pages}
    report = {"report"} if project.campaign.record.reporting else set()
    return frozenset(points | pages | report | {"help", "about", "privacy", "accessibility"})


def _field(
    document: Document[Any],
    field: str,
    text: str,
    sources: Collection[str],
    targets: Collection[str],
) -> Iterator[Problem]:
    first, _ = document.place(field)
    for found in markdown_problems(text, sources, targets):
        yield Problem(
            path=document.path,
            line=first + found.line - 1,
            # A field of the front matter is indented by we do not know how much.
            column=found.column if field == "body" else 0,
            code=found.code,
            message=found.message,
            hint=found.hint,
        )


ORDER_HINT = "delete the mark and type the words anew: pages set the direction by themselves"

_WEB = re.compile(r"https?:[\\/]{2}[^\s<>\"\[\]]*", re.IGNORECASE)
_WHOLE = re.compile(r"https?://\S*", re.IGNORECASE)
_END = ".,;:!?*_'\u2019)"


def check_fields(project: Project) -> Iterator[Problem]:
    """Check all authored texts of a campaign but its translations.

    Yields:
        Problems ``text-order`` and ``address-odd``.
    """
    allowed = project.campaign.record.allow_hosts
    for document in authored_files(project):
        yield from check_record(document, allowed)
    if project.glossary is not None:
        for term in project.glossary.terms:
            fault = next(filter(None, (order_fault(text) for _, text in texts_in(term))), "")
            if fault:
                yield Problem(
                    path=project.glossary.path,
                    line=term.line,
                    code="text-order",
                    message=fault,
                    hint=ORDER_HINT,
                )


def authored_files(project: Project) -> list[Document[Any]]:
    """Give every file of a campaign that has texts, but its translations and glossary."""
    points = (*project.points, *project.withdrawn_points)
    found: list[Document[Any]] = [project.campaign, *points, *project.pages]
    found += [*project.alerts, *project.alert_templates, *project.media_notes, *project.partners]
    return found + [one for one in (project.helplines, project.responses) if one is not None]


def check_record(document: Document[Any], allowed: Collection[str]) -> Iterator[Problem]:
    """Check all texts of one file.

    Args:
        allowed: hosts that may be named although they hide where they lead, or look like others.
    """
    if _is_sound(document.record, allowed):
        return
    for field, text in texts_in(document.record):
        fault = order_fault(text)
        if fault:
            problem = at(document, field, "text-order", fault, ORDER_HINT)
            yield _in_body(problem, field, text)
        elif "://" in text or ":\\" in text:
            for address in dict.fromkeys(_addresses(text)):
                fault = _fault(address, allowed)
                if fault:
                    message = f"{address[:60]}: {fault}"
                    hint = "name the public address that readers see in their browser"
                    problem = at(document, field, "address-odd", message, hint)
                    yield _in_body(problem, field, text, address)


def _is_sound(record: msgspec.Struct, allowed: Collection[str]) -> bool:
    """Tell quickly, without naming fields, that no text of a file is at fault."""
    texts: list[str] = []
    waiting: list[Any] = [msgspec.to_builtins(record)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            waiting += value
            waiting += value.values()
        elif isinstance(value, tuple | list):
            waiting += value
    if may_have_fault("\n".join(texts)):
        return False
    named = (text for text in texts if "://" in text or ":\\" in text)
    return not any(_fault(address, allowed) for text in named for address in _addresses(text))


def _in_body(problem: Problem, field: str, text: str, address: str = "") -> Problem:
    """Point at the line of the address, or of the first fault of order, below the fields."""
    if field != "body":
        return problem
    lines = enumerate(text.split("\n"))
    hit = (number for number, line in lines if (address in line if address else order_fault(line)))
    return msgspec.structs.replace(problem, line=problem.line + next(hit, 0))


def _addresses(text: str) -> Iterator[str]:
    """Give the addresses of a text; one that stands alone is taken with all its letters."""
    if _WHOLE.fullmatch(text):
        yield text
        return
    for found in _WEB.findall(text):
        address = found.rstrip(_END)
        opened = address.count("(") - address.count(")")
        yield address if opened >= 0 else address.rsplit(")", -opened)[0]


def _fault(address: str, allowed: Collection[str]) -> str:
    fault = address_fault(address)
    try:
        host = (urlsplit(address).hostname or "").encode("idna").decode() if allowed else ""
    except ValueError:
        host = ""
    if host and any(host == one or host.endswith(f".{one}") for one in allowed):
        return "" if fault.endswith(("mixes scripts", "looks like another name")) else fault
    if not fault and is_hiding(urlsplit(address).hostname or ""):
        return "it hides where it leads: name the address itself, or list it under allow_hosts"
    return fault


def texts_in(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a record with its field path, such as ``sources.0.url``.

    Args:
        value: a record, or a part of one.

    Yields:
        Field path and text, in the order of the fields.
    """
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, msgspec.Struct):
        prefix = f"{where}." if where else ""
        for name, written in zip(
            value.__struct_fields__, value.__struct_encode_fields__, strict=True
        ):
            yield from texts_in(getattr(value, name), prefix + written)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts_in(item, f"{where}.{index}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield where, key
            yield from texts_in(item, f"{where}.{key}")
