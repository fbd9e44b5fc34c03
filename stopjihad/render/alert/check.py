"""Check templates of alerts, the slots of alerts, and in which languages one may be sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from stopjihad.catalog.timezones import is_clock_of, zones_of
from stopjihad.check.alert_lines import unfit_lines
from stopjihad.check.finding import at
from stopjihad.model.alert import SHORT, SLOTS, Alert, AlertTemplate
from stopjihad.model.campaign import Campaign, Place
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem
from stopjihad.review.alert_status import alone_now, undecided_alerts
from stopjihad.review.alert_steps import SENDS
from stopjihad.text.nearest import close_name, nearest
from stopjihad.view.alert import country_of, slots_of, template_of
from stopjihad.view.source_segments import template_fields

_NEEDED: Mapping[str, frozenset[str]] = {
    "headline": frozenset({"place"}),
    "confirmed": frozenset({"place", "since", "authority"}),
    "update": frozenset({"next_update"}),
    "look": frozenset({"official"}),
}
"""Parts of a template to the slots without which they say nothing."""


def check_alerts(project: Project, today: dt.date) -> Iterator[Problem]:
    """Check the templates and alerts of a campaign.

    Args:
        today: day on which alerts are judged; those that were over before are past.

    Yields:
        Problems ``alert-slot`` (a template names an unknown slot, or lacks one), ``alert-unknown``
        (an alert names a template, place, authority, sentence or helpline that there is not),
        ``alert-time`` (its moments cannot be in this order), ``alert-undecided`` (two people sent
        it without knowing of each other), ``alert-alone`` (a warning: one person sent it alone),
        ``alert-changed`` (a warning: the ledger has words that no alert may say),
        ``alert-area`` (the corners of a place do not close; a warning: an authority names neither
        corners nor a code),
        ``place-country`` (a warning: an alert about it cannot say which number to dial in danger),
        ``place-zone`` (a warning: clocks there never show the campaign's times),
        ``alert-short`` (a warning: a template has no short form of its first action).
    """
    for template in project.alert_templates:
        yield from _slots(template)
        if not template.record.short:
            message = (
                "the template has no 'short': pictures and text messages have no room for more"
            )
            hint = f"say the first action again in at most {SHORT} characters"
            yield at(template, "actions", "alert-short", message, hint, severity="warning")
    for alert in project.alerts:
        yield from check_alert(alert, project)
    yield from _undecided_lines(project, today)
    yield from _unfit(project)
    yield from _sent_alone(project, today)
    campaign = project.campaign
    for index, place in enumerate(campaign.record.places):
        if project.alert_templates and not campaign.record.sample:
            yield from _country(project, index, place)
        corners = place.polygon
        if project.alert_templates and not campaign.record.sample:
            yield from _area(campaign, index, place)
            yield from _clock(project, index, place, today)
        if corners and (len(set(corners)) < LEAST_CORNERS or corners[0] != corners[-1]):
            yield at(
                campaign,
                f"places.{index}.polygon",
                "alert-area",
                f"the corners of '{place.id}' do not close",
                "name at least three corners, then the first one again",
            )


LEAST_CORNERS = 3
"""Different corners of an area; the first one stands again as the last."""


def _undecided_lines(project: Project, today: dt.date) -> Iterator[Problem]:
    if not project.reviews:
        return
    for alert in undecided_alerts(project.reviews, dt.datetime.combine(today, dt.time.min, dt.UTC)):
        yield Problem(
            path=f"campaigns/{project.campaign.record.id}/alerts/{alert.id}.yaml",
            code="alert-undecided",
            message=f"two people sent '{alert.id}' without knowing of each other: neither is shown",
            hint="approve what shall be said, and send it as an update, or end the alert",
        )


def _unfit(project: Project) -> Iterator[Problem]:
    """Name words in the ledger that no alert may say; they are not shown."""
    faults = unfit_lines(project)
    for line in project.reviews if faults else ():
        if line.digest in faults and line.step in SENDS:
            yield Problem(
                path=f"campaigns/{project.campaign.record.id}/reviews.jsonl",
                severity="warning",
                code="alert-changed",
                message=f"{line.context}, sent by {line.by}, says what no alert may say: "
                f"{faults[line.digest]}; it is not shown",
                hint=f"end it: stopjihad alert end {line.context.partition('/')[2]} --withdraw "
                "--why mistake --by NAME, and ask who wrote that line",
            )


def _sent_alone(project: Project, today: dt.date) -> Iterator[Problem]:
    if not project.reviews:
        return
    for alert, out in alone_now(project.reviews, dt.datetime.combine(today, dt.time.min, dt.UTC)):
        yield Problem(
            path=f"campaigns/{project.campaign.record.id}/alerts/{alert.id}.yaml",
            severity="warning",
            code="alert-alone",
            message=f"{out.by} alone sent '{alert.id}': {out.reason}",
            hint=f"have a second person approve it: stopjihad alert approve {alert.id} --by NAME",
        )


def _area(campaign: Document[Campaign], index: int, place: Place) -> Iterator[Problem]:
    """Say that machines cannot tell where a place of an authority is, the one at ``index``."""
    why, hint = without_area(campaign.record, place)
    if why:
        field = f"places.{index}.id"
        yield at(campaign, field, "alert-area", why, hint, severity="warning")


def _clock(project: Project, index: int, place: Place, today: dt.date) -> Iterator[Problem]:
    """Say that an alert about a place, the one at ``index``, has the times of another clock."""
    noon = dt.datetime.combine(today, dt.time(12), dt.UTC)
    why, hint = without_clock(project, place, noon)
    if why:
        field = f"places.{index}.{'country' if place.country else 'id'}"
        yield at(project.campaign, field, "place-zone", why, hint, severity="warning")


def without_area(campaign: Campaign, place: Place) -> tuple[str, str]:
    """Say that machines cannot tell where a ``place`` is, and what to do; or nothing.

    Returns:
        Two texts; both are empty where it has corners or a code, or no machine is told.
    """
    if place.polygon or place.geocode or campaign.sponsor.kind != "authority":
        return "", ""
    why = f"'{place.id}' has neither corners nor a code: machines that pass warnings on show it"
    hint = "polygon: ['48.84,2.37', …], the first corner again as the last one; or geocode:"
    return f"{why} nowhere", f"name them beside it: {hint} {{INSEE: '69123'}}"


def _country(project: Project, index: int, place: Place) -> Iterator[Problem]:
    """Say that an alert about a place, the one at ``index``, can name no emergency number."""
    why, hint = without_number(project, place)
    if why:
        field = f"places.{index}.{'country' if place.country else 'id'}"
        message = f"{why}: an alert about it cannot say which number to dial in danger"
        yield at(project.campaign, field, "place-country", message, hint, severity="warning")


def without_number(project: Project, place: Place) -> tuple[str, str]:
    """Say why an alert about a ``place`` can name no emergency number, and what to do; or nothing.

    Returns:
        Two texts; both are empty where there is a number.
    """
    country = country_of(project.campaign.record, place)
    if not country:
        why = f"nothing says in which country '{place.id}' is"
        return why, "write its ISO code beside its name: country: FR"
    if all(line.country != country for line in project.all_helplines):
        why = f"'{place.id}' is in {country}, where no helpline of the campaign is"
        return why, f"name one of {country} in helplines.yaml, with its emergency number"
    return "", ""


def without_clock(project: Project, place: Place, now: dt.datetime) -> tuple[str, str]:
    """Say that clocks at a ``place`` never show the times of an alert, and what to do; or nothing.

    Returns:
        Two texts; both are empty where a zone of its country has the campaign's offset from UTC.
    """
    campaign = project.campaign.record
    country, zone = country_of(campaign, place), campaign.schedule.timezone
    if is_clock_of(country, zone, now):
        return "", ""
    why = f"'{place.id}' is in {country}, and times are those of {zone}: its clocks show others"
    return why, f"schedule: {{timezone: {zones_of(country)[0]}}}"


def _slots(document: Document[AlertTemplate]) -> Iterator[Problem]:
    for field, text in template_fields(document.record):
        found = slots_of(text)
        for name in sorted(found - set(SLOTS)):
            message = f"{field} names a slot that nothing fills: {{{name}}}"
            yield at(document, field, "alert-slot", message, nearest(name, SLOTS))
        for name in sorted(_NEEDED.get(field, frozenset()) - found):
            message = f"{field} does not say {{{name}}}"
            yield at(document, field, "alert-slot", message, f"write {{{name}}} where it belongs")


def check_alert(document: Document[Alert], project: Project) -> Iterator[Problem]:
    """Check the slots of one alert.

    Args:
        document: the alert, perhaps newer than the one in the project.

    Yields:
        Problems ``alert-unknown`` and ``alert-time``.
    """
    alert, campaign = document.record, project.campaign.record
    template = template_of(project, alert.template)
    known: dict[str, tuple[str, tuple[str, ...]]] = {
        "template": (alert.template, tuple(one.record.id for one in project.alert_templates)),
        "place": (alert.place, tuple(one.id for one in campaign.places)),
        "confirmed_by": (alert.confirmed_by, tuple(one.id for one in campaign.authorities)),
    }
    for index, name in enumerate(alert.confirmed):
        known[f"confirmed.{index}"] = (name, tuple(template.sentences) if template else (name,))
    lines = project.all_helplines
    for market, ids in alert.helplines.items():
        here = tuple(line.id for line in lines if line.country == market)
        for index, name in enumerate(ids):
            known[f"helplines.{market}.{index}"] = (name, here)
    for field, (name, there) in known.items():
        if name not in there:
            message = f"{field} names '{name}', which there is not"
            hint = f"{_close(name, there)}known here: {', '.join(sorted(there)) or 'none'}"
            yield at(document, field, "alert-unknown", message, hint)
    yield from _times(document)


def _close(name: str, there: tuple[str, ...]) -> str:
    """Name the nearest of what is there, before all of it is listed."""
    close = close_name(name, there)
    return f"did you mean '{close}'? " if close else ""


TOLERANCE = dt.timedelta(minutes=10)
"""How far moments of an alert may be ahead of the clock of the machine without being asked for."""


class Doubt(NamedTuple):
    """Name a moment of an alert that does not go with the clock, by its field."""

    field: str
    moment: dt.datetime


def doubts_of(alert: Alert, now: dt.datetime) -> tuple[Doubt, ...]:
    """Compare the moments of an alert with the clock before it is sent: one of both may be wrong.

    Args:
        now: the moment by the clock of the machine.

    Returns:
        What is ahead of the clock by more than ``TOLERANCE``, and a next update that has passed.
    """
    ahead = (("since", alert.since), ("sent", alert.sent))
    found = tuple(Doubt(*one) for one in ahead if one[1] > now + TOLERANCE)
    passed = alert.next_update <= now
    return (*found, Doubt("next_update", alert.next_update)) if passed else found


def doubtful_moments(
    document: Document[Alert], project: Project, now: dt.datetime
) -> Iterator[Problem]:
    """Say what ``doubts_of`` finds, each with both times (``alert-time``).

    Args:
        now: the moment by the clock of the machine.
    """
    zone = ZoneInfo(project.campaign.record.schedule.timezone)
    clock = f"{now.astimezone(zone):%Y-%m-%d %H:%M}"
    for field, moment in doubts_of(document.record, now):
        told = f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
        message = f"'{field}' is {told}, and the clock of this machine says {clock}"
        hint = "set right whichever is wrong"
        if field == "next_update":
            message = f"the next update is promised for {told}, and it is {clock}"
            hint = "set 'next_update' anew, and have two people approve it again"
        yield at(document, field, "alert-time", message, hint)


def _times(document: Document[Alert]) -> Iterator[Problem]:
    alert = document.record
    if alert.since > alert.sent:
        message = "it begins after it was sent"
        yield at(document, "since", "alert-time", message, "set 'since' to a moment before 'sent'")
    if alert.ends <= alert.sent:
        message = "it ends before it was sent"
        yield at(
            document, "expires", "alert-time", message, "set 'expires' to a moment after 'sent'"
        )
    elif not alert.sent < alert.next_update <= alert.ends:
        message = "the next update is not between 'sent' and the end"
        hint = "promise an update before the alert ends"
        yield at(document, "next_update", "alert-time", message, hint)
