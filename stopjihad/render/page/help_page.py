"""What the page of helplines shows: whom to call at once, whom by night, then all by country."""

from __future__ import annotations

from functools import partial
from typing import Any

from markupsafe import Markup

from stopjihad.catalog import terms
from stopjihad.model.helpline import WrittenContact
from stopjihad.model.point import Need
from stopjihad.render.page.head import contacts, json_ld, make_head
from stopjihad.render.page.kinds import HEADINGS, UnfilledPage
from stopjihad.theme.job import PageJob
from stopjihad.theme.site import Site
from stopjihad.theme.theme import host_of
from stopjihad.view.helplines import (
    answers,
    answers_at_some_hours,
    lines_in_reach,
    opening_words,
    others_first,
    speaks,
    urgent_words,
)
from stopjihad.view.records import HelplineView


def help_page(site: Site, job: PageJob) -> UnfilledPage:
    """Make the helplines page: countries in the frame's order."""
    countries: dict[str, list[Any]] = {}
    for line in job.frame.helplines:
        countries.setdefault(line.country, []).append(line)
    rows = [(code, lines[0].country_name, lines) for code, lines in countries.items()]
    data = (json_ld(contacts(job.frame, site.speak_attribute)),) if job.frame.standing else ()
    head = make_head(
        job,
        site.speak_attribute("Get help"),
        site.speak_attribute("You need no proof and no certainty to call. A worry is enough."),
        data=data,
    )
    best, standing = job.frame.standing[:1], others_first(job.frame.standing)
    lang = job.frame.lang
    homes = {line.country for line in standing if job.frame.market}
    spoken = (
        line
        for line in job.frame.helplines
        if (answers(line, lang) or answers_at_some_hours(line, lang))
        and (line.country in homes or not homes)
    )
    served = {need for line in spoken for need in line.needs}
    lacking = [need for need in terms.NEEDS if need in job.frame.needs and need not in served]
    need: Need = _first_need(best[0]) if best else "relatives"
    near = lines_in_reach(job.frame, need) or standing[:1]
    never_closed = [
        line
        for line in job.frame.helplines
        if line.never_closed and (line.country in homes or not homes)
    ]
    # Whoever despairs tonight comes first, in whatever language somebody answers.
    by_night = [line for line in never_closed if "despair" in line.needs]
    heard = (one for one in never_closed if one.country in homes or speaks(one, lang))
    by_night += [one for one in heard if one not in by_night]
    else_open = [line for line in standing if line.night or line.writes]
    values = {
        "countries": rows,
        "openings": {code: opening_words(lines, lang) for code, lines in countries.items()},
        "urgent_openings": {code: urgent_words(lines, lang) for code, lines in countries.items()},
        "near": near,
        "reached": need,
        "others": [line for line in standing if line not in near],
        "market": job.frame.market,
        "by_night": by_night,
        "else_open": [line for line in else_open if line not in by_night],
        "lacking": [terms.NEEDS[need].name for need in lacking],
        "headings": HEADINGS,
        "needs": terms.NEEDS,
        "written": partial(_link_writing, site),
    }
    return UnfilledPage("help.html", head, values, "help")


def _first_need(line: HelplineView) -> Need:
    """Give what most readers come for: families, who look for a number at night, where it is there.

    The line for children, open day and night, stood ninth below one of the police that was closed.
    """
    return "relatives" if "relatives" in line.needs else line.needs[0]


def _link_writing(site: Site, way: WrittenContact) -> Markup:
    """Link a way to write to a helpline; an address of e-mail and a number are readable, too."""
    name = site.speak(terms.WRITING[way.kind].name)
    if way.to.startswith("https:"):
        link = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(way.to, name)
        if way.kind == "report":  # nobody who looks for help writes to a secret service unaware
            return link + Markup(' (<bdi dir="ltr">{}</bdi>)').format(host_of(way.to))
        return link
    scheme = "mailto" if "@" in way.to else "sms"
    link = Markup('{} <a href="{}:{}"><bdi dir="ltr">{}</bdi></a>')
    return link.format(name, scheme, way.to.replace(" ", ""), way.to)
