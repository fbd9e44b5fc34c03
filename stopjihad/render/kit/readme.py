"""Write the page of a kit that is opened first: no script, nothing loaded but its own pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import escape

from stopjihad.catalog.platforms import services
from stopjihad.catalog.terms import NEEDS, WRITING
from stopjihad.model import input_names
from stopjihad.model.helpline import before_police
from stopjihad.plan.decoded import StepInputs
from stopjihad.render.kit.originals import LOGO, TO_EDIT
from stopjihad.render.kit.other_languages import pages_to_call_with
from stopjihad.render.kit.points import (
    is_for_adults,
    kit_point,
    own_words,
    sort_by_place,
    sort_by_reader,
)
from stopjihad.render.kit.records import POLICY, KitContents
from stopjihad.render.kit.replies import one_list, read_replies, urgent_replies
from stopjihad.render.kit.texts import KitBytes
from stopjihad.render.kit.update_check import check_address
from stopjihad.theme.dialling import dial_lines
from stopjihad.theme.job import PageJob
from stopjihad.theme.site import site_of
from stopjihad.theme.theme import text_rows
from stopjihad.view.credit_words import URGENT
from stopjihad.view.discussions import FILM, film_notes, school_notes
from stopjihad.view.helplines import (
    answers,
    answers_at_some_hours,
    opening_words,
    primary,
    state_helplines,
    urgent_words,
)
from stopjihad.view.page_address import absolute
from stopjihad.view.records import Frame, HelplineView

LESSON = "-lesson.pdf"
"""How the names of lesson pages end."""


def write_readme(
    contents: KitContents, files: Mapping[str, bytes], lang: str, decoded: StepInputs
) -> bytes:
    """Write the page in the language of the kit.

    Args:
        contents: with the files that are there alone.
        files: their bytes by name.

    Returns:
        HTML in UTF-8.
    """
    frame: Frame = decoded.typeset(input_names.frame(lang))
    words = decoded.value(input_names.words(lang))
    site = site_of(decoded.theme(), PageJob(frame=frame, words=words, path="README.html"))
    ids = {file.platform for file in contents.files if file.platform}
    names = {one: decoded.value(input_names.platform(one)).name for one in ids}
    kit = KitBytes(files, lang, names)
    sheets = tuple(map(read_replies, kit.posts(one for one in contents.files if not one.point)))

    def told(message: str) -> str:
        return words.get(message) or (message if primary(lang) == "en" else "")

    points = tuple(kit_point(one, contents, kit, frame) for one in contents.points)
    lines = before_police(frame.standing or _near(frame))
    near = {frame.market or frame.emergency_country} - {""}
    values = {
        **site.values,
        "policy": POLICY,
        "points": points,
        "fields": tuple(_names_with_alt(decoded, ids, field=True)),
        "fieldless": tuple(_names_with_alt(decoded, ids, field=False)),
        "asked": sorted((one for one in points if one.discussions), key=is_for_adults),
        "neutral": contents.neutral,
        "readers": tuple(sort_by_reader(points, frame)),
        "places": tuple(sort_by_place(points, frame)),
        "lesson": LESSON,
        "lessons": any(file.name.endswith(LESSON) for file in contents.files),
        "needs": NEEDS,
        "writing": WRITING,
        "replies": one_list(sheets, words.get(", ") or ", "),
        "school": school_notes(frame),
        "film": tuple(filter(None, (told(FILM), *film_notes(frame, told)))),
        "urgent": tuple(urgent_replies(sheets, words.get(URGENT) or URGENT)),
        "papers": tuple(file for file in contents.files if file.title and not file.point),
        "left_out": tuple(file for file in contents.left_out if not file.point),
        "page": {"help": absolute(frame.base_url, f"{lang}/help/index.html")},
        "check": check_address(frame, contents),
        "rows": text_rows,
        "logo": LOGO if contents.logo else "",
        "originals": tuple(one.name for one in contents.files if one.name.startswith(TO_EDIT)),
        "partner": contents.partner,
        "funded_by": contents.funded_by,
        "intro": own_words(contents.voice.intro, lang),
        "left": "" in contents.voice.left,
        "unread": "" in contents.voice.unread,
        "danger": site.danger(),
        "lines": lines,
        "families": _lines_for_adults(frame),
        "guides": [(one.title, one.file(lang)) for one in contents.guides],
        "portals": [
            one for one in services() if one.id in contents.portals and one.country in near
        ],
        "opening": opening_words(lines, lang),
        "urgent_opening": urgent_words(lines, lang),
        "spoken_pages": tuple(pages_to_call_with(contents, frame, lines)),
        "foreign": not any(answers(one, lang) or answers_at_some_hours(one, lang) for one in lines),
        "despair": tuple(
            dial_lines(escape(one.timed), frame.helplines)
            for one in state_helplines(frame, words, "despair")
        ),
    }
    return site.fill("kit-readme.html", values).encode()


def _lines_for_adults(frame: Frame) -> tuple[HelplineView, ...]:
    """Give the lines for families of a grown-up, then for despair: none that is for children."""
    families = [line for line in frame.lines("relatives") if "young" not in line.needs]
    return (*families, *(one for one in frame.lines("despair")[:1] if one not in families))


def _near(frame: Frame) -> tuple[HelplineView, ...]:
    """Give the lines of the readers' country, for a kit in a language that none answers in."""
    country = frame.market or frame.emergency_country
    return tuple(line for line in frame.helplines if line.country == country)


def _names_with_alt(decoded: StepInputs, ids: Iterable[str], *, field: bool) -> Iterator[str]:
    """Name the platforms that have a field for the alt text, or those that have none."""
    for one in sorted(ids):
        platform = decoded.value(input_names.platform(one))
        if platform.alt_limit and bool(platform.alt_limit.value) == field:
            yield platform.name
