"""Say on a calm day whether alerts could go out: in which languages, with which numbers, by whom.

Nothing is written, and no network is asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from stopjihad.build.prepared_alert import languages_for
from stopjihad.build.tree.layer import find_own_tree
from stopjihad.build.tree.place import WHOLE, Target
from stopjihad.catalog.platforms import Platform
from stopjihad.check.placeholders import alert_placeholders
from stopjihad.model import contexts
from stopjihad.model.alert import Alert, LiveAlert
from stopjihad.model.campaign import Authority, Campaign, Place
from stopjihad.model.options import Shared, words_for
from stopjihad.model.project import Project
from stopjihad.model.review import person
from stopjihad.plan.editions import make_editions
from stopjihad.problem import Problem
from stopjihad.render.alert.check import without_area, without_clock, without_number
from stopjihad.render.alert.draft import CELL_BROADCAST, compose
from stopjihad.review.alert_approval import PEOPLE
from stopjihad.view.alert_phrases import first_alert
from stopjihad.view.helplines import market
from stopjihad.view.localization import make_frame
from stopjihad.view.resolver import Resolver

FaultKind = Literal[
    "template", "short", "language", "number", "line", "room", "people", "target", "area",
    "sample", "placeholder", "build", "zone",
]  # fmt: skip


class ReadinessFault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that would keep an alert, or a part of it, from going out.

    Attributes:
        kind: what it is about.
        says: what is wrong.
        mend: what to do, a command where there is one.
        template: id of the template that is meant; empty for all.
        language: BCP 47 tag; empty for all.
    """

    kind: FaultKind
    says: str
    mend: str
    template: str = ""
    language: str = ""


def mended_by(reason: str) -> Literal["approving", "reading", "translating"]:
    """Say what mends the ``reason`` for which a language is left out of an alert."""
    if "approved" in reason:
        return "approving"
    return "reading" if "reader" in reason else "translating"


class ReadyTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """The languages in which a template may be sent in earnest now; tag to the reason for others.

    ``id`` is the template's.
    """

    id: str
    languages: tuple[str, ...]
    left_out: dict[str, str]

    def has_words(self, tag: str) -> bool:
        """Tell whether it is translated into a language, though nobody may have approved it."""
        return tag in self.languages or mended_by(self.left_out[tag]) != "translating"


class AlertReadiness(msgspec.Struct, frozen=True, kw_only=True):
    """Whether alerts could go out.

    Attributes:
        ready: whether nothing is wrong.
        templates: every template of the campaign.
        places: how many an alert may name.
        authorities: how many may confirm one.
        people: names of those who have signed anything in the ledger, each once.
        faults: what is wrong.
        hints: what keeps nothing from going out, and is owed all the same.
    """

    ready: bool
    templates: tuple[ReadyTemplate, ...]
    places: int
    authorities: int
    people: tuple[str, ...]
    faults: tuple[ReadinessFault, ...]
    hints: tuple[ReadinessFault, ...] = ()


def alert_readiness(
    project: Project, shared: Shared, now: dt.datetime, more: tuple[ReadinessFault, ...] = ()
) -> AlertReadiness:
    """Look at all that an alert needs.

    Args:
        project: with its ledger, as it is on the disk.
        now: the moment, for the dates of helplines.
        more: what was found elsewhere, such as a target that does not answer.
    """
    campaign = project.campaign.record
    templates = []
    for one in project.alert_templates:
        found = languages_for(project, one.record, exercise=False)
        templates.append(
            ReadyTemplate(id=one.record.id, languages=found.languages, left_out=found.left_out)
        )
    faults = (
        *(fault for one in templates for fault in _languages(one, project)),
        *other_faults(project, shared, templates, now),
        *more,
    )
    return AlertReadiness(
        ready=not faults,
        templates=tuple(templates),
        places=len(campaign.places),
        authorities=len(campaign.authorities),
        people=people_of(project),
        faults=faults,
        hints=tuple(_areas(campaign)),
    )


def other_faults(
    project: Project, shared: Shared, templates: Sequence[ReadyTemplate], now: dt.datetime
) -> tuple[ReadinessFault, ...]:
    """Find what is missing beside languages.

    Args:
        templates: in which languages each may be sent.

    Returns:
        What is the sample's, absent parts, short forms and numbers, room on platforms, people.
    """
    return (
        *_of_the_sample(project),
        *_absent(project),
        *_numbers(project, now.date()),
        *_clocks(project, now),
        *_room(project, shared, templates, now),
        *_people(people_of(project)),
    )


def build_faults(target: Target) -> tuple[ReadinessFault, ...]:
    """Say why the site that was built can carry no alert before readers; nothing where it can."""
    found = find_own_tree(target)
    if found.record is not None and found.record.fingerprint.endswith(WHOLE):
        return ()
    says = "the site was built in part, or as a draft: publish refuses it with an alert, too"
    if found.record is None:
        says = "there is no finished site of yours to lay an alert over"
    return (ReadinessFault(kind="build", says=says, mend=f"stopjihad build {target.out.name}"),)


def _of_the_sample(project: Project) -> Iterator[ReadinessFault]:
    campaign = project.campaign
    if campaign.record.sample:
        says = "this is a sample: publish refuses all of it, an alert, too"
        mend = f"make it yours, call its helplines, delete 'sample: true' in {campaign.path}"
        yield ReadinessFault(kind="sample", says=says, mend=mend)
    for one in alert_placeholders(project):
        mend = f"{one.hint}: {one.path}:{one.line}"
        yield ReadinessFault(kind="placeholder", says=one.message, mend=mend)


def people_of(project: Project) -> tuple[str, ...]:
    """Name the people who could approve: those who signed anything in the ledger of ``project``."""
    known: dict[str, str] = {}
    for line in project.reviews:
        known.setdefault(person(line.by), line.by)
    return tuple(known.values())


def _people(people: tuple[str, ...]) -> Iterator[ReadinessFault]:
    if len(people) < PEOPLE:
        yield ReadinessFault(
            kind="people",
            says=f"two people must approve, and the ledger knows {len(people)}",
            mend="have a second one approve a template beforehand, or practise with her",
        )


def _absent(project: Project) -> Iterator[ReadinessFault]:
    campaign = project.campaign.record
    for known, what in (
        (project.alert_templates, "template of an alert"),
        (campaign.places, "place that an alert may name"),
        (campaign.authorities, "authority that may confirm one"),
    ):
        if not known:
            says = f"there is no {what}"
            yield ReadinessFault(kind="template", says=says, mend="docs/crisis.md, Before")
    for one in project.alert_templates:
        if not one.record.short:
            says = "the first action is not said in short: pictures and text messages need it"
            mend = f"write 'short' into {one.path}"
            yield ReadinessFault(kind="short", says=says, mend=mend, template=one.record.id)


def _languages(one: ReadyTemplate, project: Project) -> Iterator[ReadinessFault]:
    files = {file.language for file in project.translations}
    for tag, reason in one.left_out.items():
        mend = {
            "approving": f"stopjihad review approve --language {tag} --by NAME alerts/{one.id}",
            "reading": f"stopjihad review read --language {tag}",
            "translating": f"{'' if tag in files else 'stopjihad translate update, then '}"
            f"translate it in campaigns/{project.campaign.record.id}/locale/{tag}.po",
        }[mended_by(reason)]
        yield ReadinessFault(kind="language", says=reason, mend=mend, template=one.id, language=tag)


def _numbers(project: Project, today: dt.date) -> Iterator[ReadinessFault]:
    """Find places without an emergency number, and lines of their countries past their date."""
    campaign = project.campaign.record
    countries = {market(campaign, tag) for tag in campaign.languages}
    for place in campaign.places:
        countries.add(place.country or "")
        why, hint = without_number(project, place)
        if why:
            yield ReadinessFault(kind="number", says=f"{why}: no number to dial", mend=hint)
    for line in project.all_helplines:
        if line.country in countries and line.review_by < today:
            says = f"the line '{line.id}' was to be checked by {line.review_by.isoformat()}"
            mend = "stopjihad helplines: check it, then set 'verified' and 'review_by'"
            yield ReadinessFault(kind="line", says=says, mend=mend)


def _clocks(project: Project, now: dt.datetime) -> Iterator[ReadinessFault]:
    """Find places at which clocks never show the times of an alert."""
    for place in project.campaign.record.places:
        why, hint = without_clock(project, place, now)
        if why:
            mend = f"write in {project.campaign.path}: {hint}"
            yield ReadinessFault(kind="zone", says=why, mend=mend)


def _areas(campaign: Campaign) -> Iterator[ReadinessFault]:
    """Find places that machines show nowhere."""
    for place in campaign.places:
        why, hint = without_area(campaign, place)
        if why:
            yield ReadinessFault(kind="area", says=why, mend=hint)


def _room(
    project: Project, shared: Shared, templates: Sequence[ReadyTemplate], now: dt.datetime
) -> Iterator[ReadinessFault]:
    """Find platforms on which a template cannot say what it must, where names are longest."""
    campaign = project.campaign.record
    if not campaign.places or not campaign.authorities:
        return
    names: Mapping[str, Platform | None] = {**shared.platforms, CELL_BROADCAST: None}
    for edition in make_editions(project, campaign.languages):
        words = words_for(edition.lang, shared.words)
        longest = _longest(campaign, edition.resolver)
        for one in templates:
            if not one.has_words(edition.lang):
                continue
            live = LiveAlert(alert=_sample(one.id, *longest, now), languages=(edition.lang,))
            frame = make_frame(project, edition.resolver, alerts=(live,))
            for name, platform in names.items():
                found = compose(first_alert(frame), frame, platform, words)
                if isinstance(found, Problem):
                    yield ReadinessFault(
                        kind="room",
                        says=f"{name}: {found.message}",
                        mend=found.hint,
                        template=one.id,
                        language=edition.lang,
                    )


def _longest(campaign: Campaign, words: Resolver) -> tuple[str, str]:
    """Name the place and the authority of which a language has the longest names."""

    def length(kind: str, one: Place | Authority) -> int:
        return len(words.text(contexts.campaign(f"{kind}.{one.id}.name"), one.name).value)

    place = max(campaign.places, key=lambda one: length("places", one))
    authority = max(campaign.authorities, key=lambda one: length("authorities", one))
    return place.id, authority.id


def _sample(template: str, place: str, authority: str, now: dt.datetime) -> Alert:
    """Fill the slots of a template, to see how long it becomes."""
    return Alert(
        id="readiness",
        template=template,
        status="actual",
        place=place,
        since=now,
        confirmed_by=authority,
        next_update=now + dt.timedelta(hours=1),
        sent=now,
    )
