"""Show pages with questions about a talking point in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from stopjihad.catalog.platforms import services
from stopjihad.model import contexts
from stopjihad.model.point import Point
from stopjihad.model.project import Page
from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.words import words as plain_words
from stopjihad.view.localization import page_texts
from stopjihad.view.records import Frame, Prose, Text
from stopjihad.view.resolver import Resolver

HEAD_FIRST = (
    "In a school tell its head first, and follow its rules; a line of the police comes after that. "
    "Somebody may be in danger, today or in the coming days? Call the emergency number at once."
)
"""Theme message for whoever leads a lesson: who is told of a pupil, and in which order."""

NEUTRAL = {
    "FR": (
        "In a French state school (laïcité) staff and partners show no religious or political "
        "belief of their own; pupils may speak of their faith, without pressing anybody. The head "
        "may call the school's group for such cases (cellule de veille), with the academy."
    )
}
"""The same by country (ISO 3166-1 alpha-2).

France: who comes into a school abstains from any proselytism, as the ministry's guide to laïcité at
school says (the minister in parliament, https://2017-2022.nosdeputes.fr/15/intervention/1240579).
Heads set up a group for such cases, which works with the inspector of the academy and the
prefecture (the ministry's head of office, 18 October 2016, http://www.gouvernement.fr/partage/8235-
la-prise-en-charge-du-risque-de-radicalisation-en-milieu-scolaire-veronique-gaste-directrice).
"""

PROTECT = {
    "FR": (
        "Who protects pupils in a French school: the head, or the CPE who tells the head; the "
        "nurse and the social worker help. Where a pupil under 18 may be in danger, the head "
        "informs the department (information préoccupante). You may call 119 yourself, day and "
        "night."
    )
}
"""Who protects pupils, and what they do, by country (ISO 3166-1 alpha-2).

France: the ministry (https://eduscol.education.fr/enfants-en-danger-que-faire); that the head
passes it on (https://autonome-solidarite.fr/podcasts/linformation-preoccupante); that a CPE follows
single pupils, under the head (circular of 10 August 2015,
https://cpe.ac-creteil.fr/spip.php?article507); 119 is also for whoever worries about a child (https://solidarites.gouv.fr/node/2219).
"""


FIRST_MINUTE = (
    "First minute, before all else. Say: nobody has to speak about themselves, and nobody names "
    "anybody. I listen, and I cannot keep everything to myself: when somebody is in danger, I tell "
    "only those whose task is to protect."
)
FILM = "If there is a film on somebody’s phone"
WITH_FILM = (
    (
        "Do not watch it together, do not have it sent to you, copy nothing, and do not search the "
        "phone. Ask them to put it away."
    ),
    (
        "Have the head fetched, or whoever protects children where you work, and stay with the "
        "group: they decide what follows. Whoever has seen it may need to talk: ask later, in "
        "private."
    ),
    (
        "Was it shown earlier today? Tell them at once, and write down what you saw and heard. "
        "Nobody deletes it or shows it again. They speak with the parents."
    ),
    (
        "Words for all: nobody has to say what they have seen; do not pass it on; I am here "
        "afterwards. For whoever showed it, apart from the others: I want to know how you are. I "
        "cannot keep it to myself: somebody must hear of it, and I come with you."
    ),
)
"""Theme messages for whoever leads a lesson: what is said first, and what to do about a film."""

REPORTED = "Such content is reported by its address, never by sending it on:"
"""Theme message before the national service, with its address and how it is asked."""

PRIVATE = {
    "FR": (
        "PHAROS takes what is public. What somebody they know sent in a private message is for the "
        "police or the gendarmerie."
    )
}
"""What that service does not take, by country (ISO 3166-1 alpha-2).

France: the ministry of the interior (https://moncommissariat.interieur.gouv.fr/fr/demarches/le-portail-officiel-de-signalement-des-contenus-illicites-de-l-internet-pharos).
"""


def film_notes(frame: Frame, say: Callable[[str], str]) -> tuple[str, ...]:
    """Say what to do about a film on a phone, and where it is reported in the readers' country.

    Args:
        say: gives a theme message in the language; empty where it is not translated.
    """
    country = frame.market or frame.emergency_country
    service = next((one for one in services() if one.country == country), None)
    where = ""
    if service is not None and say(service.how):
        address = service.url.removeprefix("https://").removeprefix("www.").rstrip("/")
        where = f"{say(REPORTED)} {service.name}, {address}. {say(service.how)}"
    private = say(PRIVATE[country]) if where and country in PRIVATE else ""
    return tuple(filter(None, (*map(say, WITH_FILM), where, private)))


def school_notes(frame: Frame) -> tuple[str, ...]:
    """List what a teacher is told in the country of the readers, as theme messages."""
    country = frame.market or frame.emergency_country
    return tuple(filter(None, (HEAD_FIRST, PROTECT.get(country, ""), NEUTRAL.get(country, ""))))


class DiscussionView(msgspec.Struct, frozen=True, kw_only=True):
    """Show questions about a talking point; ``fact`` is what they are about, ``age`` in years."""

    id: str
    point: str
    fact: Text
    setting: str
    age: int
    title: Text
    body: Prose


def discussion_view(page: Page, point: Point, words: Resolver) -> DiscussionView:
    """Show a page.

    Raises:
        ValueError: it has no questions.
    """
    about = page.discussion
    if about is None:
        raise ValueError(f"{page.id} is no discussion")
    title, _, body = page_texts(page, words)
    return DiscussionView(
        id=page.id,
        point=point.id,
        fact=words.text(contexts.point(point.id, "fact"), point.fact),
        setting=about.setting,
        age=about.age,
        title=title,
        body=body,
    )


def questions_of(view: DiscussionView) -> tuple[Text, ...]:
    """Give the questions of a page: the items of its lists."""
    return tuple(
        Text(plain_words(part.text), passage.lang)
        for passage in view.body.passages
        for block in blocks.parse(passage.value)
        if isinstance(block, blocks.MarkdownList)
        for item in block.items
        for part in item.children
        if isinstance(part, blocks.Paragraph)
    )


def lesson_talk(found: Iterable[DiscussionView]) -> DiscussionView | None:
    """Choose the page whose questions stand on a lesson sheet: one for a class, or none.

    What is asked after a Friday talk is not for pupils: a teacher who copies it learns that too
    late.
    """
    return next((one for one in found if one.setting == "classroom"), None)


class LeadingWords(NamedTuple):
    """What a page tells whoever leads: before its questions, what may be answered, and after it."""

    before: tuple[Text, ...]
    answers: tuple[Text, ...]
    after: tuple[Text, ...]


def words_for_leading(view: DiscussionView) -> LeadingWords:
    """Part what a page tells whoever leads: answers stand below the questions, above a heading."""
    told: tuple[list[Text], ...] = ([], [], [])
    part = 0
    for passage in view.body.passages:
        for block in blocks.parse(passage.value):
            if isinstance(block, blocks.MarkdownList):
                part = 1
            elif isinstance(block, blocks.Heading):
                part = 2 if part else 0
            elif isinstance(block, blocks.Paragraph):
                told[part].append(Text(plain_words(block.text), passage.lang))
    return LeadingWords(*map(tuple, told))


def discussions(
    pages: Iterable[Page], points: Iterable[Point], words: Resolver
) -> tuple[DiscussionView, ...]:
    """Show the pages with questions about talking points that are there."""
    known = {point.id: point for point in points}
    return tuple(
        discussion_view(page, known[page.discussion.point], words)
        for page in pages
        if page.discussion and page.discussion.point in known
    )
