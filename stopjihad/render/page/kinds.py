"""What each kind of page shows: the template, the head and the values of its content.

Each kind is a function of ``site``, the theme in one language, and ``job``, what the page is about
(``kind`` names the one among free pages).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from markupsafe import Markup

from stopjihad.catalog import terms
from stopjihad.model.helpline import SECURITY_NEEDS
from stopjihad.model.point import Need
from stopjihad.render.page.head import PageHead, json_ld, make_head, organization
from stopjihad.render.page.pager import pager
from stopjihad.render.page.sources import BODY, join_references, list_cited
from stopjihad.theme.dialling import dial_lines
from stopjihad.theme.job import PageEdition, PageJob
from stopjihad.theme.site import Site, prefix_of
from stopjihad.theme.theme import make_speakers
from stopjihad.view.helplines import lines_in_reach, opening_words, urgent_words
from stopjihad.view.notation import native_text
from stopjihad.view.records import Frame, HelplineView, Teaser, WithdrawnView

GROUP = 4
"""Most talking points that the index of facts shows of one pull factor; its own list has all. With
five the index in Urdu is taller than 12,000 px at a width of 360 (bench/lists.py, 200 points)."""


class UnfilledPage(NamedTuple):
    """A page before it is filled in.

    ``section`` is the menu entry it belongs to; ``inner`` tells that it is below that entry;
    ``need`` says which helplines stand below it; ``own`` are those that it shows first.
    """

    template: str
    head: PageHead
    values: dict[str, Any]
    section: str
    inner: bool = False
    need: Need | None = None
    own: tuple[HelplineView, ...] = ()


class TranslationNotes(NamedTuple):
    """Say what the alerts at the top of a page have to admit."""

    complete: bool
    draft: bool


def home(_site: Site, job: PageJob) -> UnfilledPage:
    """Make the home page of a language."""
    data = json_ld({"@context": "https://schema.org", **organization(job.frame)})
    head = make_head(job, job.frame.title.value, job.frame.summary.value, data=(data,))
    return UnfilledPage("home.html", head, {"points": job.points}, "home")


DRAWN = 7
"""Entries of a list that show their drawings: the story that leads, and two rows of three."""

FEW = 4
"""Talking points that the page of an audience begins with: who came to look reads no more."""


def points(site: Site, job: PageJob) -> UnfilledPage:
    """Make the index of all talking points, grouped by pull factor."""
    order = (*job.frame.pull_factors, None)
    groups = [
        (factor, [item for item in job.points if item.pull_factor == factor]) for factor in order
    ]
    text = (
        "Each page starts with what is true, shows how the opposite is sold, and names its sources."
    )
    head = make_head(job, site.speak_attribute("The facts"), site.speak_attribute(text))
    most = {factor: GROUP if factor else len(items) for factor, items in groups}
    shown = [(name, items[: most[name]], len(items)) for name, items in groups if items]
    return UnfilledPage("points.html", head, {"groups": shown}, "points")


def audience(site: Site, job: PageJob) -> UnfilledPage:
    """Make the list of talking points for one audience."""
    named = next(item for item in job.frame.audiences if item.id == job.topic)
    title = named.title or named.name
    values = {
        "heading": site.write(title),
        "intro": site.write(named.note) if named.note else "",
        "points": job.points[:FEW],
        "more": job.points[FEW:],
        "drawing": "",
        "drawn": FEW,
        "pager": pager(job),
    }
    text = named.note.value if named.note else f"{named.name.value}. {job.frame.summary}"
    head = make_head(job, numbered_title(site, job, title.value), text)
    return UnfilledPage("topic.html", head, values, "points", inner=True, need=named.need)


def pull_factor(site: Site, job: PageJob) -> UnfilledPage:
    """Make the list of talking points on one pull factor."""
    term = terms.PULL_FACTORS[job.topic]
    values = {
        "heading": site.speak(term.name),
        "intro": site.speak(term.text),
        "points": job.points,
        "more": (),
        "drawing": job.topic,
        "drawn": DRAWN,
        "pager": pager(job),
    }
    name, text = site.speak_attribute(term.name), site.speak_attribute(term.text)
    head = make_head(job, numbered_title(site, job, name), text)
    return UnfilledPage("topic.html", head, values, "points", inner=True)


def search(site: Site, job: PageJob) -> UnfilledPage:
    """Make the page that leads to the facts by questions and by letters."""
    title = site.speak_attribute("Find a fact")
    intro = site.speak_attribute(
        "Choose the first letter of a word you have met. You see the facts that answer it."
    )
    up = "" if job.number == 1 else "../"
    values = {"places": _addresses(job, f"{up}words/"), "points": job.points, "pager": pager(job)}
    return UnfilledPage(
        "search.html", make_head(job, numbered_title(site, job, title), intro), values, "search"
    )


def index_words(site: Site, job: PageJob) -> UnfilledPage:
    """Make a page of the index of words."""
    up = "" if job.number == 1 else "../"
    values = {
        "places": _addresses(job, up),
        "search": f"{up}../index.html",
        "letters": job.letters,
        "pager": pager(job),
    }
    range_ = " – ".join(dict.fromkeys((job.letters[0].letter, job.letters[-1].letter)))
    title = numbered_title(site, job, f"{range_} · {site.speak_attribute('Find a fact')}")
    head = make_head(job, title, job.frame.tagline.value, hidden=True)
    return UnfilledPage("words.html", head, values | {"range": range_}, "search", inner=True)


def _addresses(job: PageJob, folder: str) -> list[tuple[str, str, bool]]:
    """Give each letter with the place of its first word, and whether it is on this page."""
    own = {letter.id for letter in job.letters}
    return [
        (
            place.letter,
            f"{folder}{'' if place.page == 1 else f'{place.page}/'}index.html#{place.id}",
            place.id in own,
        )
        for place in job.places
    ]


def numbered_title(site: Site, job: PageJob, title: str) -> str:
    """Tell the pages of a list apart in their titles."""
    if job.number == 1:
        return title
    number = native_text(str(job.number), job.frame.digits)
    return f"{title} · {site.speak_attribute('Page %(number)s', number=number)}"


def report(site: Site, job: PageJob) -> UnfilledPage:
    """Make the page that says where content is reported."""
    values = {
        "portals": [row for row in job.services if row.kind == "portal"],
        "platforms": [row for row in job.services if row.kind == "platform"],
        "checked": min((row.checked for row in job.services), default=None),
    }
    text = site.speak_attribute(
        "Seen something that harms people, or a threat? "
        "Reporting takes a minute. Most platforms do not tell the other person who reported. "
        "A public service may ask who you are."
    )
    head = make_head(job, site.speak_attribute("Report content"), text)
    return UnfilledPage("report.html", head, values, "report")


def signed(site: Site, job: PageJob) -> UnfilledPage:
    """Make the page that tells readers and partners how to check what was signed."""
    intro = site.speak_attribute(
        "A copy of this site or of its feed can be changed on its way, and an old one can be shown "
        "as new. Here is how you notice."
    )
    head = make_head(job, site.speak_attribute("Check that this is us"), intro)
    return UnfilledPage("signed.html", head, {}, "signed")


_FREE = {
    "about": ("about.html", "About this site"),
    "privacy": ("privacy.html", "Privacy"),
    "accessibility": ("accessibility.html", "Accessibility"),
}


HEADINGS = {need: term.text for need, term in terms.NEEDS.items()}
"""Theme messages above the numbers that serve a need, in English."""


def free(site: Site, job: PageJob, kind: str) -> UnfilledPage:
    """Make a page of the campaign's own words, or of the theme's where it wrote none."""
    from stopjihad.view.markdown import render_prose

    name, fallback = _FREE.get(kind, ("free.html", ""))
    page = job.page
    plain = page.title.value if page else site.speak_attribute(fallback)
    need = page.need if page else None
    near = lines_in_reach(job.frame, need) if need else ()
    summary = page.summary.value if page and page.summary else job.frame.tagline.value
    home, lang = f"{prefix_of(job)}{job.frame.lang}/", job.frame.lang
    body = join_references(
        render_prose(page.body, page.sources, lang, root=home, prefix=BODY) if page else ""
    )
    values = {
        "page": page,
        "heading": site.write(page.title) if page else site.speak(fallback),
        "body": dial_lines(body, job.frame.helplines),
        "photos": page.pictures if page else (),
        "sources": list_cited(page.sources, body) if page else (),
        "near": near,
        "opening": opening_words(near, job.frame.lang),
        "urgent_opening": urgent_words(near, job.frame.lang) if need in SECURITY_NEEDS else (),
        "reached": need,
        "headings": HEADINGS,
        "readings": terms.READINGS,
        "shown": TranslationNotes(
            complete=page.complete if page else True,
            draft=bool(page) and _is_draft(job, reviewed=bool(page and page.reviewed)),
        ),
    }
    section = kind if kind in _FREE else page.id if page else ""
    head = make_head(job, plain, summary)
    return UnfilledPage(name, head, values, section, need=need, own=near)


def chooser(_site: Site, job: PageJob) -> UnfilledPage:
    """Make the page at the top: choose a language."""
    head = make_head(job, job.frame.title.value, job.frame.summary.value)
    head = head._replace(alternates=(), feed="")
    return UnfilledPage("chooser.html", head, {"editions": editions(job.editions)}, "")


def not_found(site: Site, job: PageJob) -> UnfilledPage:
    """Make the page for addresses that lead nowhere."""
    title = site.speak_attribute("This page does not exist")
    head = make_head(job, title, job.frame.tagline.value, hidden=True)._replace(
        canonical="", alternates=(), feed=""
    )
    return UnfilledPage("not-found.html", head, {"editions": editions(job.editions)}, "")


def title_of(site: Site, told: WithdrawnView) -> str:
    """Head a talking point that is told no more."""
    if told.deleted:
        return site.speak_attribute("This answer is not shown any more")
    return site.speak_attribute("We have withdrawn this page")


def withdrawn(site: Site, job: PageJob) -> UnfilledPage:
    """Make the page that stands where a talking point stood, or its kit; search engines drop it."""
    told = next(item for item in job.withdrawn if item.id == job.topic)
    title = title_of(site, told)
    text = told.why.value if told.why else title
    head = make_head(job, title, text, hidden=True)._replace(alternates=())
    values = {"withdrawn": told}
    return UnfilledPage("withdrawn.html", head, values, "points", inner=True, need=told.need)


class EditionLink(NamedTuple):
    """Lead to a language in its own words; ``tagline_lang`` are attributes of its tagline.

    ``alerts`` say what holds, or was taken away, in that language.
    """

    frame: Frame
    autonym: str
    help: Markup
    missing: Markup
    tagline_lang: Markup
    alerts: tuple[str, ...]


def editions(items: tuple[PageEdition, ...]) -> list[EditionLink]:
    """Name each language in its own words.

    Returns:
        What the chooser and the 404 page show of each.
    """
    from stopjihad.view.alert_phrases import alert_lines

    shown = []
    for item in items:
        speak, _ = make_speakers(item.words, item.frame.lang)
        names = {language.tag: language.autonym for language in item.frame.languages}
        tagline = item.frame.tagline
        same = tagline.lang == item.frame.lang
        shown.append(
            EditionLink(
                frame=item.frame,
                autonym=names.get(item.frame.lang, item.frame.lang),
                help=speak("Get help"),
                missing=speak("To the home page"),
                tagline_lang=Markup()
                if same
                else Markup(' lang="{}" dir="auto"').format(tagline.lang),
                alerts=alert_lines(item.frame, item.words),
            )
        )
    return shown


def onward(job: PageJob) -> tuple[Teaser, ...]:
    """List what to read next: the next, the one before, then related ones, each once, at most 3."""
    found: dict[str, Teaser] = {}
    for item in (job.next, job.previous, *job.related):
        if item is not None:
            found.setdefault(item.id, item)
    return tuple(found.values())[:3]


def _is_draft(job: PageJob, *, reviewed: bool) -> bool:
    frame = job.frame
    return not reviewed and frame.policy == "notice" and frame.lang != frame.source_language


Maker = Callable[[Site, PageJob], UnfilledPage]
