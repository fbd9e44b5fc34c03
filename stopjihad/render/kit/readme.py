"""Write the page of a kit that is opened first: no script, nothing loaded but its own pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from stopjihad.catalog.platforms import services
from stopjihad.catalog.terms import NEEDS, WRITING
from stopjihad.model import input_names
from stopjihad.model.helpline import SECURITY_NEEDS, before_police
from stopjihad.plan.decoded import StepInputs
from stopjihad.render.kit.originals import LOGO, TO_EDIT
from stopjihad.render.kit.records import KitContents, KitFile, KitGuide
from stopjihad.theme.dialling import dial_lines
from stopjihad.theme.job import PageJob
from stopjihad.theme.site import site_of
from stopjihad.theme.theme import text_rows
from stopjihad.view.credit_words import URGENT
from stopjihad.view.discussions import FILM, DiscussionView, film_notes, school_notes
from stopjihad.view.draft import SEPARATOR
from stopjihad.view.helplines import (
    answers,
    answers_at_some_hours,
    lines_in_reach,
    opening_words,
    primary,
    state_helplines,
    urgent_words,
)
from stopjihad.view.notation import typeset_text
from stopjihad.view.page_address import absolute, kit_version_path
from stopjihad.view.records import Frame, Headline, HelplineView, NamedItem, Text

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
"""What the page may load: pictures that lie beside it. Its style is in it, so it is one file."""


class KitText(NamedTuple):
    """What is copied for a platform, called by its name: texts that are pasted one by one.

    ``beside`` are the texts that are pasted elsewhere, or made, each with what it is.
    """

    name: str
    parts: tuple[Text, ...]
    beside: tuple[tuple[str, Text], ...] = ()


class KitDiscussion(NamedTuple):
    """Questions about a talking point, and the HTML of them."""

    view: DiscussionView
    body: Markup


class KitPoint(NamedTuple):
    """A talking point: its fact, its page's address, its first picture with its words, its posts.

    ``picture`` is the name of a file of the kit; empty without one. ``note`` is what the partner
    says of it; ``left`` and ``unread`` are as in `KitVoice`; ``papers`` are for printing;
    ``left_out`` are files that are not there.
    """

    headline: Headline
    address: str
    picture: str
    alt: Text
    posts: tuple[KitText, ...]
    discussions: tuple[KitDiscussion, ...]
    note: Text | None
    left: bool
    unread: bool
    papers: tuple[KitFile, ...]
    left_out: tuple[KitFile, ...]


FIRST = "whatsapp"
"""Platform whose text stands first: what most people send a fact with, and need no account for."""

LESSON = "-lesson.pdf"
"""How the names of lesson pages end."""

ANYWHERE = "On a wall that anybody passes, hang only:"
FAMILIES = "For families, where adults come, not pupils (some show a number of the police):"
IN_HAND = "Not on a wall, but from hand to hand:"
HUNG = (ANYWHERE, FAMILIES, IN_HAND)
"""Messages of the theme above posters, by where they may hang."""

_ASIDE = re.compile(r"\n*^=== (.+) ===$\n", re.MULTILINE)
"""What stands above a text of a draft that is pasted elsewhere (``render.post.files``)."""


_LABELLED = re.compile(r"^\[([^\]\n]+)\] ", re.MULTILINE)
"""Label of an answer, and of what the team alone is told (``render.post.replies``)."""


class KitReply(NamedTuple):
    """What people write, the answer to copy, and notes for the team by their label.

    ``wordings`` are all answers with the platforms that each is for; one for all names none.
    """

    heard: str
    answer: Text
    notes: tuple[tuple[str, str], ...]
    wordings: tuple[tuple[str, Text], ...] = ()

    @property
    def says(self) -> frozenset[str]:
        """Labels of its notes."""
        return frozenset(label for label, _ in self.notes)


class KitReplies(NamedTuple):
    """Replies on platforms; ``rules`` are what is done with everything else."""

    name: str
    rules: tuple[Text, ...]
    replies: tuple[KitReply, ...]
    rest: tuple[tuple[str, Text], ...]


class KitBytes(NamedTuple):
    """The files of a kit by name, and what its texts are in: language and platforms' names."""

    files: Mapping[str, bytes]
    lang: str
    platforms: Mapping[str, str]

    def text(self, file: KitFile) -> Text:
        """Give the words of a text file."""
        return Text(self.files[file.name].decode().rstrip("\n"), self.lang)

    def posts(self, files: Iterable[KitFile]) -> Iterator[KitText]:
        """Give those of some files that are for a platform."""
        for file in files:
            if file.platform:
                post, *more = _ASIDE.split(self.text(file).value)
                told = tuple(Text(part, self.lang) for part in post.split(f"\n{SEPARATOR}\n"))
                texts = (Text(text.strip("\n"), self.lang) for text in more[1::2])
                beside = tuple(zip(more[::2], texts, strict=True))
                yield KitText(self.platforms[file.platform], told, beside)


def _replies(post: KitText) -> KitReplies:
    """Keep apart what is copied, and what is not."""
    replies, rest = [], []
    for heard, text in post.beside:
        _, *labelled = _LABELLED.split(text.value)
        if labelled:
            parts = [part.strip() for part in labelled]
            notes = tuple(zip(parts[2::2], parts[3::2], strict=True))
            replies.append(KitReply(heard, Text(parts[1], text.lang), notes))
        else:
            rest.append((heard, text))
    return KitReplies(post.name, post.parts, tuple(replies), tuple(rest))


def _one_list(sheets: tuple[KitReplies, ...], comma: str) -> KitReplies | None:
    """Put the sheets of all platforms together: each reply once, in the words that each needs."""
    if not sheets:
        return None
    fullest = max(sheets, key=lambda one: len(one.replies))
    replies = []
    for reply in fullest.replies:
        named: dict[Text, list[str]] = {}
        for sheet in sheets:
            for one in sheet.replies:
                if one.heard == reply.heard:
                    named.setdefault(one.answer, []).append(sheet.name)
        known = [(comma.join(names), text) for text, names in named.items()]
        alone = len(known) == 1 and len(named[known[0][1]]) == len(sheets)
        replies.append(reply._replace(wordings=(("", reply.answer),) if alone else tuple(known)))
    name = comma.join(one.name for one in sheets)
    told = (Text(one.value.partition("\n")[2].strip(), one.lang) for one in fullest.rules)
    return fullest._replace(name=name, replies=tuple(replies), rules=tuple(told))


def _urgent(sheets: Iterable[KitReplies], label: str) -> Iterator[KitReply]:
    """Give urgent replies once each, the fullest: with hours, and whom else to call."""
    found: dict[str, KitReply] = {}
    for reply in (one for sheet in sheets for one in sheet.replies if label in one.says):
        known = found.setdefault(reply.heard, reply)
        if len(reply.answer.value) > len(known.answer.value):
            found[reply.heard] = reply
    yield from found.values()


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
    sheets = tuple(map(_replies, kit.posts(one for one in contents.files if not one.point)))

    def told(message: str) -> str:
        return words.get(message) or (message if primary(lang) == "en" else "")

    points = tuple(_point(one, contents, kit, frame) for one in contents.points)
    lines = before_police(frame.standing or _near(frame))
    near = {frame.market or frame.emergency_country} - {""}
    values = {
        **site.values,
        "policy": POLICY,
        "points": points,
        "fields": tuple(_names_with_alt(decoded, ids, field=True)),
        "fieldless": tuple(_names_with_alt(decoded, ids, field=False)),
        "asked": sorted((one for one in points if one.discussions), key=_is_for_adults),
        "neutral": contents.neutral,
        "readers": tuple(_readers(points, frame)),
        "places": tuple(places_of_posters(points, frame)),
        "lesson": LESSON,
        "lessons": any(file.name.endswith(LESSON) for file in contents.files),
        "needs": NEEDS,
        "writing": WRITING,
        "replies": _one_list(sheets, words.get(", ") or ", "),
        "school": school_notes(frame),
        "film": tuple(filter(None, (told(FILM), *film_notes(frame, told)))),
        "urgent": tuple(_urgent(sheets, words.get(URGENT) or URGENT)),
        "papers": tuple(file for file in contents.files if file.title and not file.point),
        "left_out": tuple(file for file in contents.left_out if not file.point),
        "page": {"help": absolute(frame.base_url, f"{lang}/help/index.html")},
        "check": _check_address(frame, contents),
        "rows": text_rows,
        "logo": LOGO if contents.logo else "",
        "originals": tuple(one.name for one in contents.files if one.name.startswith(TO_EDIT)),
        "partner": contents.partner,
        "funded_by": contents.funded_by,
        "intro": _own_words(contents.voice.intro, lang),
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


_CITED = re.compile(r"\s?\[\^[A-Za-z0-9-]+\]")


def write_guide(guide: KitGuide, contents: KitContents, lang: str, decoded: StepInputs) -> bytes:
    """Write a page for families, with whom to call before its words.

    Returns:
        HTML in UTF-8. What it links to in the kit is opened there, other pages on the site.
    """
    from stopjihad.view.markdown import render_prose

    frame: Frame = decoded.typeset(input_names.frame(lang))
    words = decoded.value(input_names.words(lang))
    site = site_of(decoded.theme(), PageJob(frame=frame, words=words, path=guide.file(lang)))
    root = absolute(frame.base_url, f"{lang}/")
    body = render_prose(guide.body, (), lang, root=root)
    for other in contents.guides:
        body = body.replace(f"{root}pages/{other.id}/index.html", other.file(lang))
    body = body.replace(f"{root}help/index.html", "README.html#help")
    body = _CITED.sub("", body)  # the page on the site has the sources
    values = {
        **site.values,
        "policy": POLICY,
        "guide": guide,
        "body": dial_lines(Markup(body), frame.helplines),  # noqa: S704 -- cleaned there
        "reach": (reach := lines_in_reach(frame, guide.need)),
        "opening": opening_words(reach, lang),
        "urgent_opening": urgent_words(reach, lang),
        "reached": guide.need,
        "headings": {need: term.text for need, term in NEEDS.items()},
        "danger": site.danger(),
        "address": absolute(frame.base_url, f"{lang}/pages/{guide.id}/index.html"),
    }
    return site.fill("kit-guide.html", values).encode()


def write_update_check(contents: KitContents, lang: str, decoded: StepInputs) -> bytes:
    """Write the page that leads to what was wrong since: it asks for nothing until it is clicked.

    Returns:
        HTML in UTF-8.
    """
    frame: Frame = decoded.typeset(input_names.frame(lang))
    words = decoded.value(input_names.words(lang))
    site = site_of(decoded.theme(), PageJob(frame=frame, words=words, path="UPDATE-CHECK.html"))
    values = {**site.values, "policy": POLICY, "check": _check_address(frame, contents)}
    return site.fill("kit-update-check.html", values).encode()


def _check_address(frame: Frame, contents: KitContents) -> str:
    return absolute(frame.base_url, f"{frame.lang}/{kit_version_path(contents.version)}")


def _point(headline: Headline, contents: KitContents, kit: KitBytes, frame: Frame) -> KitPoint:
    own = [file for file in contents.files if file.point == headline.id]
    own.sort(key=lambda file: file.platform != FIRST)
    shown = [file for file in own if not file.platform and not file.title]
    pictures = [file.name for file in shown if not file.name.endswith(".txt")]
    alts = [kit.text(file) for file in shown if file.name.endswith(".txt")]
    return KitPoint(
        headline=headline,
        address=absolute(frame.base_url, f"{kit.lang}/points/{headline.id}/index.html"),
        picture=pictures[0] if pictures else "",
        alt=alts[0] if alts else Text("", kit.lang),
        posts=tuple(kit.posts(own)),
        discussions=tuple(
            KitDiscussion(one, _prose(one, kit.lang))
            for one in contents.discussions
            if one.point == headline.id
        ),
        note=_own_words(contents.voice.notes.get(headline.id, ""), kit.lang),
        left=headline.id in contents.voice.left,
        unread=headline.id in contents.voice.unread,
        papers=_for_home_first(file for file in own if file.title),
        left_out=tuple(file for file in contents.left_out if file.point == headline.id),
    )


def _readers(
    points: Sequence[KitPoint], frame: Frame
) -> Iterator[tuple[NamedItem, tuple[KitPoint, ...]]]:
    """Sort facts by whom they are for, where there are several."""
    for audience in frame.audiences if len(points) > 1 else ():
        own = tuple(one for one in points if audience.id in one.headline.audiences)
        if own:
            yield audience, own


def places_of_posters(
    points: Sequence[KitPoint], frame: Frame
) -> Iterator[tuple[str, tuple[KitPoint, ...]]]:
    """Sort facts with a poster by where it may hang: as those need it whom it is for first.

    A poster for families may have a number of the police. One for people in such a group tells
    everybody who stops before it that they are taken for one of it.
    """
    needs = {one.id: one.need for one in frame.audiences}
    places: dict[str, list[KitPoint]] = {message: [] for message in HUNG}
    for one in points:
        if any("-poster-" in file.name for file in one.papers):
            need = needs.get(next(iter(one.headline.audiences), ""))
            worried = need in SECURITY_NEEDS
            place = FAMILIES if worried else IN_HAND if need == "exit" else ANYWHERE
            places[place].append(one)
    for message, own in places.items():
        if own:
            yield message, tuple(own)


def _prose(one: DiscussionView, lang: str) -> Markup:
    from stopjihad.view.markdown import render_prose

    return Markup(render_prose(one.body, (), lang))  # noqa: S704 -- cleaned there


def _is_for_adults(point: KitPoint) -> bool:
    """Tell whether nothing of what is asked about a fact is for a class: such facts come last."""
    return all(one.view.setting != "classroom" for one in point.discussions)


def _for_home_first(papers: Iterable[KitFile]) -> tuple[KitFile, ...]:
    """Put first what any printer prints: A4, little ink."""
    return tuple(sorted(papers, key=lambda one: ("-home-" not in one.name, "-a4" not in one.name)))


def _own_words(text: str, lang: str) -> Text | None:
    return typeset_text(Text(text, lang)) if text else None
