"""Show a notice in a crisis in one language: the template's sentences with their slots filled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from stopjihad.model import contexts
from stopjihad.model.alert import AlertTemplate, LiveAlert
from stopjihad.model.campaign import Campaign, Place
from stopjihad.model.project import Project
from stopjihad.view import helplines as choice
from stopjihad.view.dates import moment_text
from stopjihad.view.notation import native_text
from stopjihad.view.records import AlertView, LanguageView, NoticeElsewhere
from stopjihad.view.resolver import Resolver

_SLOT = re.compile(r"\{([a-z_]+)\}")


def template_of(project: Project, name: str) -> AlertTemplate | None:
    """Find a template of the ``project`` by the ``name`` of its file."""
    found = (one.record for one in project.alert_templates)
    return next((template for template in found if template.id == name), None)


def alert_view(project: Project, live: LiveAlert, words: Resolver) -> AlertView | None:
    """Fill a notice in the resolver's language.

    Args:
        live: the notice, and the languages in which it may be sent.
        words: resolver over all of the language's messages.

    Returns:
        The notice; None in a language in which it may not be sent, and where its template, place or
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

    def moment(when: dt.datetime, *, short: bool = False) -> str:
        return moment_text(when.astimezone(zone), words.lang, digits, short=short)

    same_day = alert.next_update.astimezone(zone).date() == alert.sent.astimezone(zone).date()
    values = {
        "place": words.text(contexts.campaign(f"places.{place.id}.name"), place.name).value,
        "authority": words.text(
            contexts.campaign(f"authorities.{authority.id}.name"), authority.name
        ).value,
        "official": authority.url,
        "since": moment(alert.since),
        "next_update": moment(alert.next_update, short=same_day),
    }

    def said(field: str, text: str) -> str:
        found = words.text(contexts.alert(template.id, field), text)
        return fill(native_text(found.value, digits), values)

    return AlertView(
        id=alert.id,
        incident=template.incident,
        lang=words.lang,
        exercise=alert.exercise,
        place=values["place"],
        headline=said("headline", template.headline),
        empathy=said("empathy", template.empathy),
        confirmed=(
            said("confirmed", template.confirmed),
            *(
                said(f"sentences.{name}", template.sentences[name])
                for name in alert.confirmed
                if name in template.sentences
            ),
        ),
        unknown=said("unknown", template.unknown),
        actions=tuple(said("actions", text) for text in template.actions),
        update=said("update", template.update),
        look=said("look", template.look),
        authority=values["authority"],
        official=authority.url,
        short=said("short", template.short) if template.short else "",
        sent=moment(alert.sent),
        sent_time=moment(alert.sent, short=True),
        until=moment(alert.ends),
        sent_at=alert.sent.astimezone(zone),
        ends_at=alert.ends.astimezone(zone),
        lines=alert.helplines.get(choice.market(campaign, words.lang), ()),
    )


def elsewhere(
    campaign: Campaign, live: LiveAlert, lang: str, built: tuple[LanguageView, ...]
) -> NoticeElsewhere:
    """Say where a notice is read that has no words in a language: silence would say all is well.

    Args:
        campaign: its time zone and digits.
        live: the notice.
        lang: BCP 47 tag of the language.
        built: the languages of the site.

    Returns:
        What its readers are told.
    """
    ends = live.alert.ends.astimezone(ZoneInfo(campaign.schedule.timezone))
    return NoticeElsewhere(
        languages=tuple(one for one in built if one.tag in live.languages and one.tag != lang),
        exercise=live.alert.exercise,
        until=moment_text(ends, lang, campaign.digits.get(lang, "")),
    )


def emergency_country(campaign: Campaign, live: LiveAlert | None, tag: str) -> str:
    """Tell whose emergency number readers are told.

    Readers are taken to be in the market of their language; while a notice holds, danger is where
    the notice says, whatever language people there read.

    Args:
        campaign: its places and markets.
        live: the notice, if one holds.
        tag: BCP 47 tag of the readers' language.

    Returns:
        A country, ISO 3166-1 alpha-2; empty where it is not known.
    """
    named = live.alert.place if live else ""
    place = next((one for one in campaign.places if one.id == named), None)
    return country_of(campaign, place) if place else choice.market(campaign, tag)


def country_of(campaign: Campaign, place: Place) -> str:
    """Tell in which country a place of the ``campaign`` is.

    Returns:
        ISO 3166-1 alpha-2; where nobody says it, the country in which readers of all languages are
        taken to live; empty where these are several.
    """
    markets = {choice.market(campaign, tag) for tag in campaign.languages}
    return place.country or (markets.pop() if len(markets) == 1 else "")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill the slots of a text in one pass; a slot without a value stays as it is written.

    Args:
        text: with names in braces.
        values: by name.

    Returns:
        The text.
    """
    return _SLOT.sub(lambda found: values.get(found[1], found[0]), text)


def slots_of(text: str) -> frozenset[str]:
    """Name the slots of a text."""
    return frozenset(_SLOT.findall(text))
