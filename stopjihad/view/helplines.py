"""Choose the helplines of a language from the campaign's own list, show them, and say them.

Wherever one is published, its number stands with country, name and who answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from stopjihad.catalog.first_words import PRONUNCIATIONS, URGENT, first_words
from stopjihad.catalog.terms import NEEDS, OPERATORS, WRITING
from stopjihad.model.campaign import Campaign, HelplineChoice
from stopjihad.model.helpline import (
    LISTENING,
    SECURITY,
    SECURITY_NEEDS,
    STATE,
    Helpline,
    within_market,
)
from stopjihad.model.point import Need
from stopjihad.model.project import Project
from stopjihad.view.records import Frame, HelplineView, Text
from stopjihad.view.resolver import Resolver


def chosen(campaign: Campaign, lines: tuple[Helpline, ...], tag: str) -> tuple[Helpline, ...]:
    """Choose the helplines that may stand on whatever is made in a language.

    Nothing is guessed: a line counts when the campaign names it for the language or its country,
    and answers in the language, itself or through an interpreter. In the country where the readers
    of the language are known to live its other lines follow: whoever reads Arabic in France has a
    number to dial, and is told in which language somebody answers.

    Args:
        campaign: its ``helplines`` are read from top to bottom.
        tag: BCP 47 tag of the language; one with a region (``fr-BE``) is for that country alone.

    Returns:
        The lines, best first, each once; none where the campaign names none that fits.
    """
    known = {line.id: line for line in lines}
    named = dict.fromkeys(name for entry in _entries(campaign, tag) for name in entry.lines)
    lines = tuple(known[name] for name in named if name in known)
    home = market(campaign, tag)
    fluent = tuple(line for line in lines if answers(line, tag))
    return fluent + tuple(line for line in lines if line.country == home and line not in fluent)


def line_beside(
    campaign: Campaign, lines: tuple[Helpline, ...], tag: str, needs: tuple[Need, ...]
) -> Helpline | None:
    """Find the line whose number stands beside a talking point.

    Args:
        tag: BCP 47 tag of the language.
        needs: what brings readers to it, and what else its number may be there for, in turn
            (``needs_in_turn``).

    Returns:
        The first of those that ``Frame.lines`` gives for the first need that one serves.
    """
    standing, home = chosen(campaign, lines, tag), market(campaign, tag)
    for need in needs:
        for line in within_market((one for one in standing if need in one.purposes), home):
            return line
    return None


def market(campaign: Campaign, tag: str) -> str:
    """Tell in which country readers of a language are taken to live.

    Args:
        tag: BCP 47 tag of the language.

    Returns:
        ISO 3166-1 alpha-2: the region of the tag, else what the campaign says; empty when neither
        names one: a Turkish text with a German number is read in many countries.
    """
    said = (entry.market for entry in _entries(campaign, tag) if entry.market)
    return region(tag) or next(said, "")


def wanted_needs(project: Project) -> dict[Need, tuple[str, ...]]:
    """List by need what asks for helplines: talking points by id, pages and audiences by path.

    What says no need asks for someone who listens.
    """
    asking: list[tuple[Need | None, str]] = [
        *((point.record.action.need, point.record.id) for point in project.points),
        *((page.record.need, f"pages/{page.record.id}") for page in project.pages),
        *((one.need, f"audiences/{one.id}") for one in project.campaign.record.audiences),
    ]
    found: dict[Need, tuple[str, ...]] = {}
    for need, name in asking:
        found[need or LISTENING] = (*found.get(need or LISTENING, ()), name)
    return found


def emergency_line(frame: Frame) -> HelplineView | None:
    """Find the helpline that names the emergency number of a language's pages.

    Returns:
        The first helpline of the country in question; None where it has none, or is not known.
    """
    return next((line for line in frame.helplines if line.country == frame.emergency_country), None)


def others_first(lines: Iterable[HelplineView]) -> tuple[HelplineView, ...]:
    """Put first what passes nothing on, of it what answers day and night, of it despair; each once.

    The country of the first line stays the first.
    """
    found = tuple(dict.fromkeys(lines))

    def place(one: HelplineView) -> tuple[bool, ...]:
        abroad = one.country != found[0].country
        return abroad, one.passes_on, not one.never_closed, "despair" not in one.needs

    return tuple(sorted(found, key=place))


def lines_in_reach(frame: Frame, need: Need) -> tuple[HelplineView, ...]:
    """Choose the numbers that stand before the words of a page, at most four.

    The one for its readers may be closed at night, and may pass on what is said. So there stand the
    first that passes nothing on, one of those that answers day and night, to despair or to anybody
    where none else does, and the first that passes things on. Whoever worries and does not despair
    is told, too, who answers at night for just that. Where none serves the need, none stands.
    """
    asked = SECURITY_NEEDS if need in SECURITY_NEEDS else (need,)
    own = [line for one in asked for line in frame.lines(one)]
    others = (*frame.lines("despair"), *frame.lines(LISTENING)) if own else ()
    quiet = [line for line in (*own, *others) if not line.passes_on]
    awake = [line for line in quiet if line.never_closed]
    telling = [line for line in own if line.passes_on]
    nightly = [line for line in frame.lines(need) if line.never_closed]
    return others_first((*quiet[:1], *awake[:1], *nightly[:1], *telling[:1]))


def others_nearby(frame: Frame) -> tuple[HelplineView, ...]:
    """Choose the numbers that stand where none serves what is needed: none of the police.

    "We know no service" stood alone where readers could have called a line for the young.

    Returns:
        The first that listens, that for the young and that for despair, each once.
    """
    needs: tuple[Need, ...] = (LISTENING, "young", "despair")
    found = (line for need in needs for line in frame.lines(need)[:1])
    return tuple(dict.fromkeys(line for line in found if line.operator not in SECURITY))


def answers(line: Helpline | HelplineView, tag: str) -> bool:
    """Tell whether a caller is understood in the language ``tag``, maybe by an interpreter."""
    return speaks(line, tag) or line.interpreters is True


def opening_words(lines: Iterable[HelplineView], lang: str) -> list[tuple[str, str, str]]:
    """Give what to say first to lines that do not answer in the readers' language.

    Args:
        lang: BCP 47 tag of that language.

    Returns:
        The tag of each language that is answered in, with its sentence, and that in letters of
        ``lang`` as it sounds, where it is known; each language once.
    """
    foreign = [line.languages[0] for line in lines if not answers(line, lang)]
    said = ((tag, first_words(tag, lang)) for tag in dict.fromkeys(foreign))
    return [(tag, one, PRONUNCIATIONS.get((tag, primary(lang)), "")) for tag, one in said if one]


def urgent_words(lines: Iterable[HelplineView], lang: str) -> list[tuple[str, str, str, str]]:
    """Give what a parent says to such lines when there is no time to find an interpreter.

    Returns:
        What it means, a message of the theme in English; then as `opening_words` has it.
    """
    tags = [tag for tag, _, _ in opening_words(lines, lang)]
    return [
        (one.meaning, tag, one.said[tag], one.sounds.get((tag, primary(lang)), ""))
        for one in URGENT
        for tag in tags
    ]


def speaks(line: Helpline | HelplineView, tag: str) -> bool:
    """Tell whether who answers a ``line`` speaks a language, ``tag`` in any region or script."""
    return primary(tag) in map(primary, line.languages)


def answers_at_some_hours(line: HelplineView, tag: str) -> bool:
    """Tell whether somebody who answers a line speaks the language ``tag`` at some hours alone."""
    return primary(tag) in map(primary, line.at_some_hours)


def fits(entry: HelplineChoice, tag: str) -> bool:
    """Tell whether an entry of the campaign is for a language.

    Args:
        entry: names a language, a country, or both.

    Returns:
        For a tag without region: the entry names its language. For one with a region, such as
        ``fr-BE``: the entry names this very tag, or the country and no other language.
    """
    if entry.language == tag:
        return entry.market in {None, region(tag) or entry.market}
    same = entry.language is None or (
        not region(entry.language) and primary(entry.language) == primary(tag)
    )
    if region(tag):
        return same and entry.market == region(tag)
    return same and entry.language is not None


def primary(tag: str) -> str:
    """Give the language of a tag without script and region."""
    return tag.partition("-")[0]


def region(tag: str) -> str:
    """Give the country of a tag (ISO 3166-1 alpha-2), or nothing."""
    last = tag.rpartition("-")[2]
    return last if len(last) == 2 and last.isupper() else ""


def _entries(campaign: Campaign, tag: str) -> Iterator[HelplineChoice]:
    return (entry for entry in campaign.helplines if fits(entry, tag))


def helplines(project: Project, words: Resolver) -> tuple[HelplineView, ...]:
    """Show all helplines of a campaign, in the order of the help page.

    Returns:
        One view per helpline: those that stand for the language first, then the others of its
        country, then those that speak it, then by name of the country.
    """
    lines = project.all_helplines
    campaign, tag = project.campaign.record, words.lang
    order = [line.id for line in chosen(campaign, lines, tag)]
    home = market(campaign, tag)
    shown = [(line, _view(line, words)) for line in lines]
    shown.sort(
        key=lambda pair: (
            order.index(pair[0].id) if pair[0].id in order else len(order),
            pair[0].country != home,
            not speaks(pair[0], tag),
            pair[1].country_name,
            pair[0].id,
        )
    )
    return tuple(view for _, view in shown)


def standing_views(
    project: Project, views: tuple[HelplineView, ...], tag: str
) -> tuple[HelplineView, ...]:
    """Pick the views of the lines that may stand on whatever is made in a language.

    Args:
        views: of all its helplines in this language.
        tag: BCP 47 tag of the language.
    """
    lines = project.all_helplines
    shown = {view.id: view for view in views}
    return tuple(shown[line.id] for line in chosen(project.campaign.record, lines, tag))


def _view(line: Helpline, words: Resolver) -> HelplineView:
    from stopjihad.catalog.languages import autonym, country_name

    def optional(field: str, text: str) -> Text | None:
        return words.optional(f"helplines/{line.id}/{field}", text)

    return HelplineView(
        id=line.id,
        country=line.country,
        country_name=country_name(line.country, words.lang),
        name=words.text(f"helplines/{line.id}/name", line.name),
        short_name=line.short_name,
        printed=line.phone.printed,
        e164=line.phone.e164,
        hours=words.text(f"helplines/{line.id}/hours", line.hours),
        opening=line.opening,
        languages=line.languages,
        language_names=tuple(autonym(tag) for tag in line.languages),
        at_some_hours=line.at_some_hours,
        interpreters=line.interpreters,
        operator=line.operator,
        operator_note=optional("operator_note", line.operator_note),
        anonymous=line.anonymous,
        passed_on=optional("passed_on", line.passed_on),
        must_tell=line.must_tell,
        minors=line.minors,
        needs=line.purposes,
        writes=line.writes,
        night=optional("night", line.night),
        emergency=_emergency(line, words),
        url=line.url,
        source=line.source,
        verified_on=line.verified.on,
        verified_how=line.verified.how,
    )


def _emergency(line: Helpline, words: Resolver) -> Text:
    """Show what to dial in an emergency: words such as "17 or 112"; a number needs no language."""
    if not any(map(str.isalpha, line.emergency)):
        return Text(line.emergency, words.lang)
    found = words.text(f"helplines/{line.id}/emergency", line.emergency)
    if found.lang == words.lang or sum(map(str.isalpha, found.value)) > _JOINING:
        return found
    # In danger nobody should have to know that "ou le" is French for "or".
    return Text(" / ".join(re.findall(r"\d+", found.value)), words.lang)


_JOINING = 10
"""Most letters of words that only join numbers, "oder die": more may say which is for whom."""

WHO = "%(country)s · %(name)s (%(operator)s)"
WITH_INTERPRETER = "%(country)s · %(name)s (%(operator)s, with an interpreter)"
LINE = "%(who)s: %(phone)s"
STATE_SERVICE = "State service; may pass on what you say."
MAY_TELL = "may pass on what you say"
STATE_MUST_TELL = "State service; if a child is in danger, it must pass that on."
MUST_TELL = "must tell of a child in danger"
ANSWERED_IN = "answered in %(language)s"
ANSWERED_AT_SOME_HOURS = "answered in %(language)s, at some hours in %(other)s"
"""Theme messages that a line is made of; WHO and LINE have no word of English to translate.

STATE_SERVICE and MAY_TELL stand with each number of the police, or of a service of the state that
passes things on: a sentence, and where no room is for it words that follow who answers, within the
brackets; STATE_MUST_TELL and MUST_TELL with one that is bound to (``must_tell``). So
does ANSWERED_IN, where nobody answers in the language and there is no interpreter, or the other
where somebody does at some hours.
"""

_PLACE = re.compile(r"%\((\w+)\)s")
_ISOLATE = "\u2066{}\u2069"
"""LRI … PDI of UAX #9: keeps the groups of a number in order within a right-to-left line."""


class StatedHelpline(NamedTuple):
    """A helpline in the words of one language.

    Attributes:
        line: the helpline.
        who: country, name and who answers: ``France · Numéro vert radicalisation (police)``.
        text: the same with the number: ``…: 0 800 005 696``.
        timed: the same with its hours, where they are said in the language.
        ways: how else it is reached, each with its address: ``Chat: https://www.childline.org.uk/``.
        passed_on: what police, security or another service of the state pass on; empty where others
            answer, or the language has no words for it.
        warning: the same in the words of the theme, for each number of theirs; else empty.
        brief: the number with as few words as possible, what is passed on among them.
        answering: ``who`` with the same words.
    """

    line: HelplineView
    who: str
    text: str
    timed: str
    ways: tuple[str, ...] = ()
    passed_on: str = ""
    warning: str = ""
    brief: str = ""
    answering: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether its form may be named: of the police only where it says what becomes of it.

        Their form is a report, and a child would take it for help.
        """
        return bool(self.passed_on) or self.line.operator not in SECURITY

    @property
    def fullest(self) -> tuple[str, str, str]:
        """Say it with what is passed on: the number, its hours, too, and how else it is reached."""
        told = ((self.timed,), (self.timed, *self.ways))
        timed, full = (" · ".join(filter(None, (*one, self.warning))) for one in told)
        return self.brief, timed, full


def number_heading(need: Need | None, *, served: bool) -> str:
    """Name the theme's words that stand above a number, in English.

    Args:
        served: whether a line stands there; else the address of the help page does.

    Returns:
        The message; empty where each artefact has words of its own: for someone who listens.
    """
    if need and not served:
        return FIND_HELP
    return NEEDS[need].text if need else ""


FIND_HELP = "Get help"
"""Theme message above the address of the help page where no line serves what is needed."""


def state_helplines(
    frame: Frame, words: Mapping[str, str], need: Need | None
) -> tuple[StatedHelpline, ...]:
    """Say the helplines that serve a need: the one text of a number, whatever shows it.

    Args:
        need: what brings readers to it; None for someone who listens.

    Returns:
        The lines, best first. None where the theme cannot say in this language who answers: a
        number of the police that does not say so is worse than none.
    """
    rtl = frame.direction == "rtl"
    said = (
        state(line, words, frame.lang, _ISOLATE.format(line.printed) if rtl else line.printed)
        for line in frame.lines(need)
    )
    return tuple(one for one in said if one)


def state(
    line: HelplineView, words: Mapping[str, str], lang: str, phone: str
) -> StatedHelpline | None:
    """Say one helpline.

    Args:
        lang: BCP 47 tag of the text that it stands in.
        phone: the number as it is printed, with what keeps it whole and in order there.

    Returns:
        The line, or None where the theme has no word for who answers, that it is an interpreter,
        or that nobody answers in the language.
    """
    term = OPERATORS[line.operator].text
    operator = words.get(term) or (term if primary(lang) == "en" else "")
    if not operator:
        return None
    pattern = words.get(WHO) or WHO
    foreign = said_in(line, words, lang)
    if foreign is None:
        return None
    if not foreign and not speaks(line, lang):
        pattern = words.get(WITH_INTERPRETER) or (WITH_INTERPRETER if primary(lang) == "en" else "")
    if not pattern:
        return None

    def say(message: str) -> str:
        said = words.get(message) or (message if primary(lang) == "en" else "")
        return said if line.passes_on else ""

    def named(*answering: str) -> str:
        known = (words.get(", ") or ", ").join(filter(None, (*answering, foreign)))
        return _fill(pattern, country=line.country_name, name=line.known_as, operator=known)

    who = named(operator)
    text = fill_line(words, who, phone)
    answering = named(operator, say(brief_state_warning(line)))
    passed = line.passed_on if line.operator in STATE else None
    return StatedHelpline(
        line=line,
        who=who,
        text=text,
        timed=with_hours(text, line, lang),
        ways=tuple(_ways(line, words, lang)),
        passed_on=passed.value if passed and passed.lang == lang else "",
        warning=say(state_warning(line)),
        brief=fill_line(words, answering, phone),
        answering=answering,
    )


def state_warning(line: HelplineView) -> str:
    """Say in a sentence what becomes of what a line of the State hears, in English."""
    return STATE_MUST_TELL if line.must_tell else STATE_SERVICE


def brief_state_warning(line: HelplineView) -> str:
    """Say the same in the few words that stand within brackets, in English."""
    return MUST_TELL if line.must_tell else MAY_TELL


def said_in(line: HelplineView, words: Mapping[str, str], lang: str) -> str | None:
    """Say in which language a line answers, where it is none that its reader asked for.

    Args:
        lang: BCP 47 tag of the text that it stands in.

    Returns:
        The words; empty where somebody answers in ``lang``, or with an interpreter; None where the
        theme has no words for it.
    """
    from stopjihad.catalog.languages import language_name

    if speaks(line, lang) or line.interpreters:
        return ""
    message = answering_message(line, lang)
    pattern = words.get(message) or (message if primary(lang) == "en" else "")
    comma = words.get(", ") or ", "
    names = comma.join(language_name(one, lang) for one in line.languages)
    return _fill(pattern, language=names, other=language_name(primary(lang), lang)) or None


def answering_message(line: HelplineView, lang: str) -> str:
    """Choose the theme's message, in English, for a line that answers in other languages."""
    return ANSWERED_AT_SOME_HOURS if answers_at_some_hours(line, lang) else ANSWERED_IN


def fill_line(words: Mapping[str, str], who: str, phone: str) -> str:
    """Say a number after whom it reaches, as the theme does in a language."""
    return _fill(words.get(LINE) or LINE, who=who, phone=phone)


def with_hours(text: str, line: HelplineView, lang: str) -> str:
    """Add when a line answers, where that is said in the language (BCP 47 tag)."""
    hours = line.hours.value.rstrip(". ") if line.hours.lang == lang else ""
    return " · ".join(filter(None, (text, hours)))


def _ways(line: HelplineView, words: Mapping[str, str], lang: str) -> Iterator[str]:
    """Say how a line is written to, where the theme has a word for it in the language.

    A form by which authorities are told of somebody stands on the help page alone: below a post of
    a mosque or a club it would call on people to denounce each other.
    """
    for one in line.writes:
        if one.kind == "report":
            continue
        term = WRITING[one.kind].name
        name = words.get(term) or (term if primary(lang) == "en" else "")
        if name:
            yield fill_line(words, name, one.to)


def help_address(frame: Frame) -> str:
    """Give the absolute address of a language's help page: what stands where no line does."""
    return f"{frame.base_url.rstrip('/')}/{frame.lang}/help/"


def _fill(pattern: str, **values: str) -> str:
    """Fill places in one pass: a place that a value seems to hold stays as it is written."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), pattern)
