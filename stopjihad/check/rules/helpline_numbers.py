"""Kinds of check about helplines: someone answers, the number is right, nobody is left alone.

Each telephone number in a text is a helpline's, and never stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from stopjihad.catalog.countries import COUNTRIES
from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, finding_at
from stopjihad.check.rules.languages import Case, Tongue
from stopjihad.check.rules.passages import (
    Passage,
    campaign_passages,
    document_passages,
    raw_text,
    reply_passages,
)
from stopjihad.check.rules.translation_passages import file_passages
from stopjihad.model.helpline import Helpline
from stopjihad.model.project import Document, Project
from stopjihad.text.language.numbers import TELEPHONE, digits_alone
from stopjihad.text.language.typography import ANY_DIGIT, ascii_digits
from stopjihad.view.helplines import chosen, fits

_LONGEST = 6
"""Most digits of an emergency number: 112, 999 and the like have three. Longer is wrong."""

_EMERGENCY = re.compile(r"\+?\d(?:[ \u00a0\u202f().-]{0,2}\d)*")
"""A number with what stands within it; a stroke stands between two: 17/112."""


def uncovered_languages(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find languages that no helpline stands for, and countries without one (SAF01)."""
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
            made = finding_at(rule, campaign, f"languages.{index}", "campaign", words=words)
            # Not every language has a service yet; its readers are shown the way to the list.
            yield msgspec.structs.replace(made, severity="warning")
    countries = {line.country for line in lines}
    for index, country in enumerate(campaign.record.countries):
        if country not in countries:
            words = f"is named for the country {country}"
            yield finding_at(rule, campaign, f"countries.{index}", "campaign", words=words)


def helpline(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find helplines with a wrong number, country or date (SAF02).

    Args:
        rule: its params give the most ``days`` between two checks.
    """
    document = case.project.helplines
    for index, line in enumerate(document.record.helplines if document else ()):
        for field, why in _faults(line, case, int(rule.params["days"])):
            place = f"helplines.{index}.{field}"
            subject = f"helplines/{line.id}"
            yield finding_at(rule, document, place, subject, words=line.id, why=why)  # type: ignore[arg-type]


def reachable(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find helplines that lack what to dial in an emergency, or what callers fear (SAF03)."""
    document = case.project.helplines
    for index, line in enumerate(document.record.helplines if document else ()):
        subject = f"helplines/{line.id}"
        if not re.search(r"\d{2,}", line.emergency):
            why = "names no emergency number"
            field = f"helplines.{index}.emergency"
            yield finding_at(rule, document, field, subject, words=line.id, why=why)  # type: ignore[arg-type]
        for number in _EMERGENCY.findall(ascii_digits(line.emergency)):
            if sum(map(str.isdigit, number)) > _LONGEST:
                why = f"names {number[:40]} for an emergency, which is too long a number"
                field = f"helplines.{index}.emergency"
                yield finding_at(rule, document, field, subject, words=line.id, why=why)  # type: ignore[arg-type]
        if line.anonymous is None and not line.operator_note.strip():
            why = "does not say whether one may stay anonymous, or more about who answers"
            field = f"helplines.{index}"
            yield finding_at(rule, document, field, subject, words=line.id, why=why)  # type: ignore[arg-type]


def _faults(line: Helpline, case: Case, days: int) -> Iterator[tuple[str, str]]:
    yield from _number_faults(line)
    if line.verified.on > case.today:
        ahead = f"which has not come yet: the clock says {case.today}"
        yield "verified", f"was checked on {line.verified.on}, {ahead}"
    if (line.review_by - line.verified.on).days > days:
        yield "review_by", f"is checked again after more than {days} days"


_PRINTED = re.compile(r"\+?[0-9(][0-9 \u00a0\u202f()./-]*")
"""Digits and what parts them: no letters (a keypad's, "ext"), which dial another number."""


def _number_faults(line: Helpline) -> Iterator[tuple[str, str]]:
    import phonenumbers

    if line.country not in COUNTRIES:
        return  # ``unknown-country`` says so
    yield from _written_faults(line)
    if line.phone.short:
        yield from _short_faults(line)
        return
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
    elif (
        phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.PREMIUM_RATE
        and not line.phone.free
    ):
        yield "phone", f"has a number that costs its callers more: {line.phone.e164}"
    if not _same_number(line):
        yield "phone.printed", f"prints {line.phone.printed}, but dials {line.phone.e164}"


def _short_faults(line: Helpline) -> Iterator[tuple[str, str]]:
    """Tell what is wrong with a number that rings in one country alone.

    That a country has it is not asked: lists of short numbers are not whole (116 111 is missing).
    """
    from phonenumbers import ShortNumberCost, parse, shortnumberinfo

    dialled = line.phone.e164
    number = parse(dialled, line.country)
    if not shortnumberinfo.is_possible_short_number_for_region(number, line.country):
        yield "phone", f"has a short number that is not possible in {line.country}: {dialled}"
    cost = shortnumberinfo.expected_cost_for_region(number, line.country)
    if cost == ShortNumberCost.PREMIUM_RATE and not line.phone.free:
        yield "phone", f"has a number that costs its callers more: {dialled}"
    if re.sub(r"[ \u00a0\u202f./-]", "", line.phone.printed) != dialled:
        yield "phone.printed", f"prints {line.phone.printed}, but dials {dialled}"


def _written_faults(line: Helpline) -> Iterator[tuple[str, str]]:
    """Tell which numbers for text messages cost more."""
    import phonenumbers

    for index, one in enumerate(line.writes):
        if not re.fullmatch("[0-9 ]+", one.to):
            continue
        field = f"writes.{index}.to"
        try:
            number = phonenumbers.parse(one.to, line.country)
        except phonenumbers.NumberParseException:
            yield field, f"has no number for text messages: {one.to}"
            continue
        if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.PREMIUM_RATE:
            yield field, f"has a number that costs its writers more: {one.to}"


def _same_number(line: Helpline) -> bool:
    """Tell whether the printed number is the dialled one: the same digits after prefixes."""
    import phonenumbers

    if not _PRINTED.fullmatch(ascii_digits(line.phone.printed)):
        return False
    printed = re.sub(r"\(0\)", "", line.phone.printed, count=1)
    try:
        number = phonenumbers.parse(printed, line.country)
    except phonenumbers.NumberParseException:
        return False
    return bool(
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == line.phone.e164
    )


_LIKELY = re.compile(rf"[{ANY_DIGIT}](?<=\d)[\d \u00a0\u202f()./-]{{4,}}\d")
"""`TELEPHONE` without its first sign: what begins with a digit is found in a third of the time."""

_CALLED = tuple(
    re.compile(rf"{start}[\d \u00a0\u202f()./-]{{4,}}\d") for start in (r"\+[1-9]", "0")
)
"""Each `TELEPHONE` that `_DIALLED` begins, and few others: a single first sign is found in a tenth
of the time."""

_DIALLED = re.compile(r"\+[1-9]|00?[1-9]|0[ \u00a0\u202f(]")
"""How numbers begin that can be dialled from abroad or within a country."""

_NOT_DIALLED = re.compile(r"\d[./]\d")
"""Stands in dates and file numbers."""

_Written = Sequence[re.Pattern[str]]
"""Expressions for numbers as they are written."""


def numbers(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find numbers of helplines that do not stand for the language, or stand alone (SAF04).

    Args:
        rule: its params list words for the ``police`` in the languages of the theme.
    """
    project = case.project
    lines = project.all_helplines
    if not lines:
        return
    dialled = {number: line for line in lines for number in _written_digits(line)}
    police = tuple(word.casefold() for word in rule.params["police"])
    for tongue in case.tongues:
        standing = chosen(project.campaign.record, lines, tongue.language)
        for passage in _passages(project, tongue, (_LIKELY,), dialled.__contains__):
            if passage.context.startswith("helplines/"):
                continue  # its own row names country and service
            for line in _named_lines(passage.text, dialled):
                why = _fault(passage.words(), line, tongue.language, standing, police)
                if why:
                    yield _of(rule, passage, line.id, why)


def mistyped_numbers(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find numbers that are nearly those of a helpline (SAF05): a wrong digit rings elsewhere."""
    known = _lines_by_digits(case.project)

    def is_nearly(number: str) -> bool:
        return number not in known and _nearly(number, known) is not None

    for tongue in case.tongues:
        for passage in _passages(case.project, tongue, _CALLED, is_nearly):
            for number in filter(is_nearly, _dialled_numbers(passage.text)):
                near = _nearly(number, known)
                yield _of(rule, passage, number, near.id if near else "")


def stray(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find telephone numbers that are no helpline's (SAF07): nobody has called and checked them.

    Args:
        rule: its params say how many digits a number has at ``least``.
    """
    known, least = _lines_by_digits(case.project), int(rule.params["least"])

    def is_stray(number: str) -> bool:
        return len(number) >= least and number not in known and not _nearly(number, known)

    for tongue in case.tongues:
        for passage in _passages(case.project, tongue, _CALLED, is_stray):
            for number in filter(is_stray, _dialled_numbers(passage.text)):
                yield _of(rule, passage, number, "")


def _lines_by_digits(project: Project) -> dict[str, Helpline]:
    """Give the campaign's lines by their digits, in the ways in which people write them."""
    return {number: line for line in project.all_helplines for number in _written_digits(line)}


def _nearly(number: str, known: dict[str, Helpline]) -> Helpline | None:
    return next((line for one, line in known.items() if _differ_little(one, number)), None)


def _passages(
    project: Project, tongue: Tongue, written: _Written, sought: Callable[[str], object]
) -> Iterator[Passage]:
    """Give the texts of a language, most of those without a number that is sought left out."""
    passages: Iterable[Passage] = ()
    if tongue.file is None:
        passages = _source(project, written)
    elif any(
        sought(digits_alone(number)) for one in written for number in tongue.translations_of(one)
    ):
        passages = file_passages(tongue.file)
    yield from passages
    yield from reply_passages(project, tongue.language)


def _dialled_numbers(text: str) -> Iterator[str]:
    for number in TELEPHONE.findall(text):
        if _DIALLED.match(number) and not _NOT_DIALLED.search(number):
            yield digits_alone(number)


def _differ_little(one: str, other: str) -> bool:
    """Tell whether two numbers differ in one or two digits, or by one that is missing."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 2
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


def _source(project: Project, written: _Written) -> Iterator[Passage]:
    for point in project.points:
        if _may_have(point, written):
            yield from document_passages(point, point.record.id)
    for page in project.pages:
        if _may_have(page, written):
            yield from document_passages(page, f"pages/{page.record.id}")
    yield from campaign_passages(project)


def _may_have(document: Document[Any], written: _Written) -> bool:
    """Tell whether a file can have a number: lines of a paragraph or a quotation are one text."""
    text = raw_text(document).replace("\n", " ").replace(">", " ")
    return any(one.search(text) for one in written)


def _written_digits(line: Helpline) -> Iterable[str]:
    """Give the digits of a number in the ways in which people write it."""
    full = line.phone.e164.removeprefix("+")
    if line.phone.short:
        return {full}
    printed = re.sub(r"\D", "", line.phone.printed.replace("(0)", ""))
    return {full, f"00{full}", printed}


def _named_lines(text: str, dialled: dict[str, Helpline]) -> Iterator[Helpline]:
    for number in TELEPHONE.findall(text):
        digits = digits_alone(number)
        if digits in dialled:
            yield dialled[digits]


def _fault(
    text: str,
    line: Helpline,
    tag: str,
    standing: tuple[Helpline, ...],
    police: tuple[str, ...],
) -> str:
    """Say what is wrong with the number of a line in a text, or nothing."""
    from stopjihad.catalog.languages import country_name

    if line not in standing:
        return f"which campaign.yaml does not name for '{tag}'"
    folded = text.casefold()
    country = country_name(line.country, tag).casefold()
    # Languages decline names: "в Германии" is Германия, "Almanya'da" is Almanya.
    if country[: max(4, len(country) - 2)] not in folded:
        return "without its country"
    if not any(name and name.casefold() in folded for name in (line.short_name, line.name)):
        return "without the name of the service"
    if line.operator == "police" and not any(word in folded for word in police):
        return "without saying that the police answer"
    return ""


def _of(rule: Rule, passage: Passage, words: str, why: str) -> Finding:
    return Finding(
        rule=rule.id,
        subject=passage.subject,
        path=passage.path,
        line=passage.line,
        column=passage.column,
        message=rule.message.format(words=words, why=why),
        context=passage.context,
    )
