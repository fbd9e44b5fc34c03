"""Kinds of check about notices in a crisis and about what machines are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from stopjihad.catalog.rules import Rule
from stopjihad.check.rules.finding import Finding, found
from stopjihad.check.rules.languages import Case, SaidText, Tongue, finding
from stopjihad.lexicon.phrases import phrases
from stopjihad.model import contexts
from stopjihad.model.loaded import Project
from stopjihad.text.cap import MARKUP
from stopjihad.view.extract import template_fields


def expiring(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find notices that end too late, or before they began (CRS01).

    Args:
        rule: its params give the most ``minutes``.

    Yields:
        Findings.
    """
    for document in case.project.alerts:
        alert = document.record
        subject = f"alerts/{alert.id}"
        lasts = alert.ends - alert.sent
        if lasts <= dt.timedelta(0):
            yield found(rule, document, "expires", subject, words="ends before it was sent")
        elif lasts > dt.timedelta(minutes=rule.params["minutes"]):
            hours, minutes = divmod(rule.params["minutes"], 60)
            words = f"lasts longer than {hours} hours {minutes} minutes"
            yield found(rule, document, "expires", subject, words=words)


def plain(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find markup in what notices say: SMS and files for machines show it as written (CRS03).

    Yields:
        Findings at templates, at names of places and authorities and the sponsor, and at their
        translations.
    """
    for tongue in case.tongues:
        for subject, said in _notice_texts(case.project, tongue):
            hit = MARKUP.search(said.text)
            if hit:
                yield finding(rule, said, subject, words=f"'{hit[0][:40]}'")


def _notice_texts(project: Project, tongue: Tongue) -> Iterator[tuple[str, SaidText]]:
    """Give each text that a notice is made of in a language, with the subject of findings."""
    for document in project.alert_templates:
        template = document.record
        for field, text in template_fields(template):
            name = field if field.startswith("sentences.") else field.partition(".")[0]
            said = tongue.said(document, field, contexts.alert(template.id, name), text)
            if said:
                yield f"alerts/{template.id}", said
    if not project.alert_templates:
        return
    campaign = project.campaign
    named = [("sponsor", "sponsor", campaign.record.sponsor.name)]
    for kind in ("places", "authorities"):
        for index, one in enumerate(getattr(campaign.record, kind)):
            named.append((f"{kind}.{index}", f"{kind}.{one.id}", one.name))
    for field, name, text in named:
        said = tongue.said(campaign, f"{field}.name", contexts.campaign(f"{name}.name"), text)
        if said:
            yield "campaign", said


def markup(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find claims that are unfit for structured data: with a verdict or an address (MRK01).

    Args:
        rule: its params name the phrases of a verdict.

    Yields:
        Findings.
    """
    for tongue in case.tongues:
        known = phrases(tongue.language, rule.params["set"])
        for document in case.project.points:
            key = document.record.id
            context = contexts.point(key, "claim")
            said = tongue.said(document, "claim", context, document.record.claim or "")
            if said is None:
                continue
            hit = next(known.hits(said.text), None) if known else None
            if hit is not None:
                words = f"has a verdict in it: {hit.words}"
                yield finding(rule, said, f"points/{key}", words=words)
            if "://" in said.text:
                yield finding(rule, said, f"points/{key}", words="has an address in it")


def elsewhere(rule: Rule, case: Case) -> Iterator[Finding]:  # noqa: ARG001
    """Find nothing: the rule is guarded by the codes of its row.

    Yields:
        Nothing.
    """
    yield from ()
