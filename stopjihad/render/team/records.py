"""What the team's own pages show: the report of a campaign, and the dossier of a talking point."""

from __future__ import annotations

import datetime as dt

import msgspec

from stopjihad.model.alert import DrillRow
from stopjihad.model.campaign import Campaign
from stopjihad.model.point import Mode, PullFactor
from stopjihad.model.review import Kind
from stopjihad.problem import Problem
from stopjihad.review.excused import ExcusedWords


class PointRow(msgspec.Struct, frozen=True, kw_only=True):
    """Name a talking point in the report, in the source language."""

    id: str
    fact: str
    mode: Mode
    pull_factor: PullFactor | None
    audiences: tuple[str, ...]
    niche: bool


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """What the report says of a campaign.

    Attributes:
        campaign: the campaign as authored.
        problems: everything found, sorted by place; errors would have stopped the build.
        exceptions: those of the ledger, the one that ends first leading.
        points: talking points in reading order.
        whole: language to the ids of the talking points that are whole in it.
        reviewed: language to the ids of those that a native speaker approved.
        platforms: those that drafts are made for, with their names.
        left_out: platforms of the campaign that no drafts are made for.
        review_by: id of a helpline to the day by which it must be checked again.
        replies: answers prepared for hostile replies.
        dossiers: whether dossiers are made, so that they can be linked to.
        drills: exercises of alerts, first ones first.
    """

    campaign: Campaign
    problems: tuple[Problem, ...]
    exceptions: tuple[ExcusedWords, ...]
    points: tuple[PointRow, ...]
    whole: dict[str, tuple[str, ...]]
    reviewed: dict[str, tuple[str, ...]]
    platforms: dict[str, str]
    left_out: tuple[str, ...]
    review_by: dict[str, dt.date]
    replies: int
    dossiers: bool
    drills: tuple[DrillRow, ...] = ()


class TeamApproval(msgspec.Struct, frozen=True, kw_only=True):
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
    """What the dossier of a talking point says beside the talking point itself.

    Attributes:
        goal: what the campaign wants to be different, in the source language.
        segments: its texts.
        approvals: who approved them.
        rights: its pictures.
        exceptions: those of the talking point, in any language.
        cards: paths of its cards relative to ``site/``.
        counters_terrorism: whether the campaign does.
    """

    goal: str
    counters_terrorism: bool = False
    segments: int = 0
    approvals: tuple[TeamApproval, ...] = ()
    rights: tuple[Right, ...] = ()
    exceptions: tuple[ExcusedWords, ...] = ()
    cards: tuple[str, ...] = ()
