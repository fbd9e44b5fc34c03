"""Kinds of check about people: whom it is for, who speaks, who pays, who may be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, finding_at
from stopjihad.check.rules.languages import Case
from stopjihad.lexicon.phrases import phrases

_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|https://\S+|\+?[0-9][0-9 ().-]{6,}")


def plan(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find what a plan lacks: a metric with a baseline, somewhere to speak (CMP01)."""
    document = case.project.campaign
    metrics = document.record.goal.metrics
    if not metrics:
        yield finding_at(rule, document, "goal", "campaign", words="the goal has no metric")
    for index, metric in enumerate(metrics):
        for field in ("name", "baseline", "target"):
            if not getattr(metric, field).strip():
                words = f"a metric has no {field}"
                yield finding_at(rule, document, f"goal.metrics.{index}", "campaign", words=words)


def everyone(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find audiences that are everybody, and talking points for all audiences (CMP02).

    Args:
        rule: its params name the phrases, and the ``least`` number of audiences that is all.
    """
    campaign = case.project.campaign
    audiences = campaign.record.audiences
    known = phrases(campaign.record.source_language, rule.params["set"])
    for index, audience in enumerate(audiences):
        if known and known.share(audience.name) > 0.5:
            words = f"the audience '{audience.name}' is everyone"
            yield finding_at(rule, campaign, f"audiences.{index}.name", "campaign", words=words)
    most = len(audiences)
    for document in case.project.points:
        named = len(set(document.record.audiences))
        subject = f"points/{document.record.id}"
        if not named:
            words = "the talking point names no audience"
            yield finding_at(rule, document, "audiences", subject, words=words)
        elif named == most >= rule.params["least"]:
            words = f"the talking point is for all {most} audiences"
            yield finding_at(rule, document, "audiences", subject, words=words)


def unbelieved_messengers(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find messengers that an audience does not believe (CMP03).

    Args:
        rule: its params list pairs of a messenger's kind and an audience's stage.
    """
    campaign = case.project.campaign.record
    kinds = {item.id: item.kind for item in campaign.messengers}
    audiences = {item.id: item for item in campaign.audiences}
    pairs = {tuple(pair) for pair in rule.params["pairs"]}
    for document in case.project.points:
        kind = kinds.get(document.record.messenger)
        for index, name in enumerate(document.record.audiences):
            audience = audiences.get(name)
            if audience and (kind, audience.stage) in pairs:
                field = f"audiences.{index}"
                yield finding_at(
                    rule,
                    document,
                    field,
                    f"points/{document.record.id}",
                    kind=kind,
                    words=audience.name,
                    stage=audience.stage,
                )


def consent(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find people who speak or can be seen without agreement, and pictures without licence (EVD04).

    Args:
        rule: its params list the ``kinds`` of messengers who must agree.
    """
    campaign = case.project.campaign
    used = {document.record.messenger for document in case.project.points}
    for index, messenger in enumerate(campaign.record.messengers):
        if messenger.kind not in rule.params["kinds"] or messenger.id not in used:
            continue
        if not messenger.consent.strip():
            words = f"nothing says how '{messenger.name}' ({messenger.kind}) agreed to speak"
            yield finding_at(rule, campaign, f"messengers.{index}", "campaign", words=words)
    for note in case.project.media_notes:
        subject = f"media/{note.path.rpartition('/')[2].removesuffix('.yaml')}"
        for field in ("source", "licence"):
            if not getattr(note.record, field).strip():
                words = f"the picture has no {field}"
                yield finding_at(rule, note, field, subject, words=words)


def replies(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find campaigns that are not ready for replies (CMP05).

    Args:
        rule: its params give the ``least`` number of replies.
    """
    project = case.project
    document = project.responses
    if document is None:
        if not any(path.endswith("/responses.yaml") for path in project.broken):
            words = "there is no responses.yaml"
            yield finding_at(rule, project.campaign, "", "campaign", words=words)
        return
    count = len(document.record.replies)
    if count < rule.params["least"]:
        words = f"responses.yaml answers {count} replies of at least {rule.params['least']}"
        yield finding_at(rule, document, "replies", "responses", words=words)


def undisclosed_sponsors(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find sponsors and funders that are no names (TRN01).

    Args:
        rule: its params name the phrases that hide someone.
    """
    campaign = case.project.campaign
    sponsor = campaign.record.sponsor
    fields = [("sponsor.name", sponsor.name), ("sponsor.disclosure", sponsor.disclosure)]
    fields += [(f"sponsor.funders.{index}", name) for index, name in enumerate(sponsor.funders)]
    for field, text in fields:
        known = phrases(campaign.record.source_language, rule.params["set"])
        hides = known is not None and field != "sponsor.disclosure" and known.share(text) > 0.5
        if hides or not any(map(str.isalpha, text)):
            yield finding_at(rule, campaign, field, "campaign", field=field, words=text)


def contact(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find campaigns to which nobody can report a mistake (TRN02).

    Args:
        rule: its params give the ``least`` words of a policy.
    """
    campaign = case.project.campaign
    corrections = campaign.record.corrections
    if not _CONTACT.fullmatch(corrections.contact.strip()):
        words = f"'{corrections.contact}' is no address that one can write to or call"
        yield finding_at(rule, campaign, "corrections.contact", "campaign", words=words)
    if len(corrections.policy.split()) < rule.params["least"]:
        words = "the policy says nothing of what is done"
        yield finding_at(rule, campaign, "corrections.policy", "campaign", words=words)
