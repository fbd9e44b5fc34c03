"""What the team's own pages show: the report of a campaign, and the dossier of a talking point."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from stopjihad.model.campaign import Campaign
from stopjihad.model.loaded import Document, Project
from stopjihad.model.point import Mode, PullFactor, Waiver
from stopjihad.model.review import Kind
from stopjihad.problem import Problem


class Excused(msgspec.Struct, frozen=True, kw_only=True):
    """Show a waiver with what it is about and where it is written (``line`` from 1, or 0)."""

    rule: str
    subject: str
    reason: str
    by: str
    until: dt.date
    path: str
    line: int


class PointRow(msgspec.Struct, frozen=True, kw_only=True):
    """Name a talking point in the report, in the source language."""

    id: str
    fact: str
    mode: Mode
    pull_factor: PullFactor
    audiences: tuple[str, ...]
    niche: bool


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what the report says of a campaign.

    Attributes:
        campaign: the campaign as authored.
        problems: everything found, sorted by place; errors would have stopped the build.
        waivers: all of them, the one that ends first leading.
        points: talking points in reading order.
        whole: language to the ids of the talking points that are whole in it.
        reviewed: language to the ids of those that a native speaker approved.
        platforms: those that drafts are made for, with their names.
        left_out: platforms of the campaign that no drafts are made for.
        review_by: id of a helpline to the day by which it must be checked again.
        replies: answers prepared for hostile replies.
        dossiers: whether dossiers are made, so that they can be linked to.
    """

    campaign: Campaign
    problems: tuple[Problem, ...]
    waivers: tuple[Excused, ...]
    points: tuple[PointRow, ...]
    whole: dict[str, tuple[str, ...]]
    reviewed: dict[str, tuple[str, ...]]
    platforms: dict[str, str]
    left_out: tuple[str, ...]
    review_by: dict[str, dt.date]
    replies: int
    dossiers: bool


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """Say who approved how many segments of a translation, and from when to when."""

    by: str
    role: str
    kind: Kind
    segments: int
    first: dt.date
    last: dt.date


class Right(msgspec.Struct, frozen=True, kw_only=True):
    """Say where a picture comes from and why it may be shown."""

    file: str
    source: str
    licence: str
    consent: str
    provenance: str
    alt: str


class DossierView(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what the dossier of a talking point says beside the talking point itself.

    Attributes:
        goal: what the campaign wants to be different, in the source language.
        segments: segments of its translation; 0 in the source language.
        approvals: who approved them.
        rights: its pictures.
        waivers: those of the talking point.
        cards: paths of its cards relative to ``site/``.
    """

    goal: str
    segments: int = 0
    approvals: tuple[Approval, ...] = ()
    rights: tuple[Right, ...] = ()
    waivers: tuple[Excused, ...] = ()
    cards: tuple[str, ...] = ()


def excused(project: Project) -> tuple[Excused, ...]:
    """List all waivers of a campaign.

    Args:
        project: the campaign.

    Returns:
        Waivers of talking points and of the campaign, the one that ends first leading.
    """
    found = [
        _excused(document, index, waiver, f"points/{document.record.id}")
        for document in project.points
        for index, waiver in enumerate(document.record.waivers)
    ]
    campaign = project.campaign
    found += [
        _excused(campaign, index, waiver, waiver.where or "campaign")
        for index, waiver in enumerate(campaign.record.waivers)
    ]
    return tuple(sorted(found, key=lambda item: (item.until, item.path, item.line)))


def _excused(document: Document[Any], index: int, waiver: Waiver, subject: str) -> Excused:
    return Excused(
        rule=waiver.rule,
        subject=subject,
        reason=waiver.reason,
        by=waiver.by,
        until=waiver.until,
        path=document.path,
        line=document.place(f"waivers.{index}")[0],
    )
