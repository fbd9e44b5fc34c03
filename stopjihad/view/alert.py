"""Show an alert in a crisis in one language: the template's sentences with their slots filled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from stopjihad.catalog.timezones import is_clock_of
from stopjihad.model import contexts
from stopjihad.model.alert import ORDER, QUIET, Alert, AlertTemplate, LiveAlert, PastAlert
from stopjihad.model.campaign import Campaign, Place
from stopjihad.model.project import Project
from stopjihad.text.language.typography import typeset
from stopjihad.view import helplines as choice
from stopjihad.view.dates import moment_text
from stopjihad.view.notation import native_text
from stopjihad.view.records import AlertElsewhere, AlertView, LanguageView, PastView
from stopjihad.view.resolver import Resolver

_SLOT = re.compile(r"\{([a-z_]+)\}")


def template_of(project: Project, name: str) -> AlertTemplate | None:
    """Find a template of the ``project`` by the ``name`` of its file."""
    found = (one.record for one in project.alert_templates)
    return next((template for template in found if template.id == name), None)


def alerts_in_order(project: Project, alerts: Iterable[LiveAlert]) -> tuple[LiveAlert, ...]:
    """Put the alerts that hold in the order of readers.

    Returns:
        By ``ORDER`` of what happened; of two alike the one first that was sent last. One whose
        template is gone comes last.
    """

    def rank(live: LiveAlert) -> int:
        template = template_of(project, live.alert.template)
        return ORDER.index(template.incident) if template else len(ORDER)

    newest = sorted(alerts, key=lambda live: (live.alert.sent, live.alert.id), reverse=True)
    return tuple(sorted(newest, key=rank))


def alert_view(project: Project, live: LiveAlert, words: Resolver) -> AlertView | None:
    """Fill an alert in the resolver's language.

    Args:
        live: the alert, and the languages in which it may be sent.
        words: resolver over all of the language's messages.

    Returns:
        The alert; None in a language in which it may not be sent, and where its template, place or
        authority is not known.
    """
    alert, campaign = live.alert, project.campaign.record
    template = template_of(project, alert.template)
    place = next((one for one in campaign.places if one.id == alert.place), None)
    authority = next((one for one in campaign.authorities if one.id == alert.confirmed_by), None)
    if words.lang not in live.languages or not (template and place and authority):
        return None
    digits = campaign.digits.get(words.lang, "")
    zone = ZoneInfo(campaign.schedule.timezone)
    values = _values(campaign, alert, words)
    signed = live.words.get(words.lang, {})
    clock = _clock(campaign, place, alert.sent.astimezone(zone), digits)

    def moment(when: dt.datetime, *, short: bool = False) -> str:
        return moment_text(when.astimezone(zone), words.lang, digits, short=short)

    def say(field: str, text: str) -> str:
        name = field if field.startswith("sentences.") else field.partition(".")[0]
        found = signed.get(field) or words.text(contexts.alert(template.id, name), text).value
        return _fill_slots(native_text(found, digits), values, words.lang)

    return AlertView(
        id=alert.id,
        incident=template.incident,
        lang=words.lang,
        exercise=alert.exercise,
        alone=live.alone,
        updated=live.number > 1,
        place=values["place"],
        headline=say("headline", template.headline),
        empathy=say("empathy", template.empathy),
        confirmed=(
            say("confirmed", template.confirmed),
            *(
                say(f"sentences.{name}", template.sentences[name])
                for name in alert.confirmed
                if name in template.sentences
            ),
        ),
        unknown=say("unknown", template.unknown),
        actions=tuple(
            say(f"actions.{number}", text) for number, text in enumerate(template.actions)
        ),
        update=say("update", template.update),
        look=say("look", template.look),
        authority=values["authority"],
        official=authority.url,
        short=say("short", template.short) if template.short else "",
        sent=f"{moment(alert.sent)}{clock}",
        sent_time=f"{moment(alert.sent, short=True)}{clock}",
        until=moment(alert.ends),
        sent_at=alert.sent.astimezone(zone),
        ends_at=alert.ends.astimezone(zone),
        lines=alert.helplines.get(choice.market(campaign, words.lang), ()),
        country=emergency_country(campaign, (live,), words.lang),
    )


def _clock(campaign: Campaign, place: Place, sent: dt.datetime, digits: str) -> str:
    """Say of which clock the times of an alert are; nothing where clocks at its place show them.

    Args:
        sent: when it was sent, in the campaign's time zone.
        digits: numbering system of CLDR; empty for 0 to 9.

    Returns:
        For example `` UTC+1``.
    """
    if is_clock_of(country_of(campaign, place), campaign.schedule.timezone, sent):
        return ""
    sign, hours, minutes = re.findall(r"([+-])(\d\d)(\d\d)", f"{sent:%z}")[0]
    more = "" if minutes == "00" else f":{minutes}"
    return native_text(f" UTC{sign}{int(hours)}{more}", digits)


def _values(campaign: Campaign, alert: Alert, words: Resolver) -> dict[str, str]:
    """Give what the slots of an alert are filled with; a place that is gone by its id."""
    digits = campaign.digits.get(words.lang, "")
    zone = ZoneInfo(campaign.schedule.timezone)
    place = next((one for one in campaign.places if one.id == alert.place), None)
    authority = next((one for one in campaign.authorities if one.id == alert.confirmed_by), None)
    next_update, sent = alert.next_update.astimezone(zone), alert.sent.astimezone(zone)
    same_day = next_update.date() == sent.date()
    clock = _clock(campaign, place, sent, digits) if place else ""

    def name(field: str, known: str) -> str:
        return words.text(contexts.campaign(field), known).value

    return {
        "place": name(f"places.{place.id}.name", place.name) if place else alert.place,
        "authority": name(f"authorities.{authority.id}.name", authority.name)
        if authority
        else alert.confirmed_by,
        "official": authority.url if authority else "",
        "since": f"{moment_text(alert.since.astimezone(zone), words.lang, digits)}{clock}",
        "next_update": moment_text(next_update, words.lang, digits, short=same_day),
    }


def _fill_slots(text: str, values: Mapping[str, str], lang: str) -> str:
    """Fill the slots of a text, then set it: what stands beside a slot was set apart from it."""
    return typeset(fill(text, values), lang, one_letter=False)


def past_view(
    project: Project, past: PastAlert, words: Resolver, *, replaced: bool = False
) -> PastView:
    """Tell in the resolver's language of an alert that holds no longer, as it was read.

    Args:
        words: resolver over all of the language's messages.
        replaced: whether a later alert speaks of its place (`gives_way`).
    """
    alert, campaign = past.live.alert, project.campaign.record
    digits = campaign.digits.get(words.lang, "")
    zone = ZoneInfo(campaign.schedule.timezone)
    on = past.on.astimezone(zone)
    headline = past.live.words.get(words.lang, {}).get("headline", "")
    return PastView(
        id=alert.id,
        lang=words.lang,
        headline=_fill_slots(
            native_text(headline, digits), _values(campaign, alert, words), words.lang
        ),
        sent=moment_text(alert.sent.astimezone(zone), words.lang, digits),
        withdrawn=past.withdrawn,
        quiet=is_quiet(project, past),
        replaced=replaced,
        cause=past.cause,
        when=moment_text(on, words.lang, digits),
        at=on,
        told=past.told,
        exercise=alert.exercise,
    )


def is_quiet(project: Project, past: PastAlert) -> bool:
    """Tell whether an alert ended of which nobody need be told: it spoke of no danger."""
    template = template_of(project, past.live.alert.template)
    return template is not None and template.incident in QUIET and not past.withdrawn


def gives_way(
    project: Project, gone: PastAlert, alerts: Iterable[LiveAlert], past: Iterable[PastAlert]
) -> bool:
    """Tell whether a later alert speaks of the same place.

    What was said of the one before must not be read as said of that one.
    """
    place, sent = gone.live.alert.place, gone.live.alert.sent
    if any(one.alert.place == place for one in alerts):
        return True
    near = (one for one in past if one.told and one.live.alert.place == place)
    return any(one.live.alert.sent > sent and not is_quiet(project, one) for one in near)


def alert_elsewhere(
    campaign: Campaign, live: LiveAlert, lang: str, built: tuple[LanguageView, ...]
) -> AlertElsewhere:
    """Say where an alert is read that has no words in a language: silence would say all is well.

    Args:
        lang: BCP 47 tag of the language.
    """
    zone = ZoneInfo(campaign.schedule.timezone)
    sent, ends = live.alert.sent.astimezone(zone), live.alert.ends.astimezone(zone)
    digits = campaign.digits.get(lang, "")
    return AlertElsewhere(
        languages=tuple(one for one in built if one.tag in live.languages and one.tag != lang),
        exercise=live.alert.exercise,
        sent=moment_text(sent, lang, digits),
        until=moment_text(ends, lang, digits),
        updated=live.number > 1,
        id=live.alert.id,
        sent_at=sent,
        ends_at=ends,
    )


def emergency_country(campaign: Campaign, alerts: Iterable[LiveAlert], tag: str) -> str:
    """Tell whose emergency number readers are told.

    Readers are taken to be in the market of their language; while an alert holds, danger is where
    the alert says, whatever language people there read.

    Args:
        tag: BCP 47 tag of the readers' language.

    Returns:
        A country, ISO 3166-1 alpha-2; empty where it is not known, and where alerts hold in
        several.
    """
    named = {live.alert.place for live in alerts}
    places = [one for one in campaign.places if one.id in named]
    countries = {country_of(campaign, place) for place in places}
    if not countries:
        return choice.market(campaign, tag)
    return countries.pop() if len(countries) == 1 else ""


def country_of(campaign: Campaign, place: Place) -> str:
    """Tell in which country a place of the ``campaign`` is.

    Returns:
        ISO 3166-1 alpha-2; where nobody says it, the country in which readers of all languages are
        taken to live; empty where these are several.
    """
    markets = {choice.market(campaign, tag) for tag in campaign.languages}
    return place.country or (markets.pop() if len(markets) == 1 else "")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill the slots of a text in one pass; a slot without a value stays as it is written."""
    return _SLOT.sub(lambda found: values.get(found[1], found[0]), text)


def slots_of(text: str) -> frozenset[str]:
    """Name the slots of a text."""
    return frozenset(_SLOT.findall(text))
