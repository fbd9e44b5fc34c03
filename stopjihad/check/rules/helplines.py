"""Kinds of check about helplines: someone answers, the number is right, nobody is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from stopjihad.catalog.rules import Rule
from stopjihad.check.rules.finding import Finding, found
from stopjihad.check.rules.languages import Case
from stopjihad.model.helpline import Helpline
from stopjihad.view.helplines import chosen, fits


def covered(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find languages that no helpline stands for, and countries without one (SAF01).

    Yields:
        Findings.
    """
    project = case.project
    if project.helplines is None:
        return
    lines = project.helplines.record.helplines
    campaign = project.campaign
    for index, tag in enumerate(campaign.record.languages):
        entries = [entry for entry in campaign.record.helplines if fits(entry, tag)]
        decided = any(not entry.lines for entry in entries)
        if lines and not decided and not chosen(campaign.record, lines, tag):
            words = f"stands for the language '{tag}'"
            made = found(rule, campaign, f"languages.{index}", "campaign", words=words)
            # Not every language has a service yet; its readers are shown the way to the list.
            yield msgspec.structs.replace(made, severity="warning")
    countries = {line.country for line in lines}
    for index, country in enumerate(campaign.record.countries):
        if country not in countries:
            words = f"is named for the country {country}"
            yield found(rule, campaign, f"countries.{index}", "campaign", words=words)


def helpline(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find helplines with a wrong number, country or date (SAF02).

    Args:
        rule: its params give the most ``days`` between two checks.

    Yields:
        Findings.
    """
    document = case.project.helplines
    for index, line in enumerate(document.record.helplines if document else ()):
        for field, why in _faults(line, case, int(rule.params["days"])):
            place = f"helplines.{index}.{field}"
            subject = f"helplines/{line.id}"
            yield found(rule, document, place, subject, words=line.id, why=why)  # type: ignore[arg-type]


def reachable(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find helplines that do not say what to do in an emergency, or who answers (SAF03).

    Yields:
        Findings.
    """
    document = case.project.helplines
    for index, line in enumerate(document.record.helplines if document else ()):
        subject = f"helplines/{line.id}"
        if not re.search(r"\d{2,}", line.emergency):
            why = "names no emergency number"
            field = f"helplines.{index}.emergency"
            yield found(rule, document, field, subject, words=line.id, why=why)  # type: ignore[arg-type]
        if line.anonymous is None and not line.operator_note.strip():
            why = "does not say who answers, or whether one may stay anonymous"
            field = f"helplines.{index}"
            yield found(rule, document, field, subject, words=line.id, why=why)  # type: ignore[arg-type]


def _faults(line: Helpline, case: Case, days: int) -> Iterator[tuple[str, str]]:
    yield from _number_faults(line)
    if line.verified.on > case.today:
        yield "verified", f"was checked on {line.verified.on}, which has not come yet"
    if (line.review_by - line.verified.on).days > days:
        yield "review_by", f"is checked again after more than {days} days"


def _number_faults(line: Helpline) -> Iterator[tuple[str, str]]:
    import phonenumbers

    try:
        number = phonenumbers.parse(line.phone.e164)
    except phonenumbers.NumberParseException:
        yield "phone", f"has no telephone number: {line.phone.e164}"
        return
    code = number.country_code or 0
    region = phonenumbers.region_code_for_country_code(code)
    regions = phonenumbers.region_codes_for_country_code(code)
    if line.country not in regions:
        yield "country", f"has a number of {region}, not of {line.country}"
    elif not phonenumbers.is_possible_number(number):
        yield "phone", f"has a number that is not possible in {line.country}: {line.phone.e164}"
    if not _same_number(line):
        yield "phone.printed", f"prints {line.phone.printed}, but dials {line.phone.e164}"


def _same_number(line: Helpline) -> bool:
    """Tell whether the printed number is the dialled one: the same digits after prefixes."""
    import phonenumbers

    printed = re.sub(r"\(0\)", "", line.phone.printed)
    try:
        number = phonenumbers.parse(printed, line.country)
    except phonenumbers.NumberParseException:
        return False
    return bool(
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == line.phone.e164
    )
