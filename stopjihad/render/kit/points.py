"""Show the talking points of a kit on its first page, and sort them for whoever looks for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from stopjihad.model.helpline import SECURITY_NEEDS
from stopjihad.model.point import Need
from stopjihad.render.kit.records import KitContents, KitFile
from stopjihad.render.kit.texts import KitBytes, KitText
from stopjihad.view.discussions import DiscussionView
from stopjihad.view.notation import typeset_text
from stopjihad.view.page_address import absolute
from stopjihad.view.records import Frame, Headline, NamedItem, Text

FIRST = "whatsapp"
"""Platform whose text stands first: what most people send a fact with, and need no account for."""

ANYWHERE = "On a wall that anybody passes, hang only:"
FAMILIES = "For families, only where nobody under 18 passes (some show a number of the police):"
IN_HAND = "Not on a wall, but from hand to hand:"
HUNG = (ANYWHERE, FAMILIES, IN_HAND)
"""Messages of the theme above posters, by where they may hang."""


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


def kit_point(headline: Headline, contents: KitContents, kit: KitBytes, frame: Frame) -> KitPoint:
    """Show a talking point with what the kit has of it; its first text is that for WhatsApp."""
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
        note=own_words(contents.voice.notes.get(headline.id, ""), kit.lang),
        left=headline.id in contents.voice.left,
        unread=headline.id in contents.voice.unread,
        papers=_for_home_first(file for file in own if file.title),
        left_out=tuple(file for file in contents.left_out if file.point == headline.id),
    )


def sort_by_reader(
    points: Sequence[KitPoint], frame: Frame
) -> Iterator[tuple[NamedItem, tuple[KitPoint, ...]]]:
    """Sort facts by whom they are for, where there are several."""
    for audience in frame.audiences if len(points) > 1 else ():
        own = tuple(one for one in points if audience.id in one.headline.audiences)
        if own:
            yield audience, own


def sort_by_place(
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
            first = next(iter(one.headline.audiences), "")
            places[_place(needs.get(first))].append(one)
    for message, own in places.items():
        if own:
            yield message, tuple(own)


def _place(need: Need | None) -> str:
    if need in SECURITY_NEEDS:
        return FAMILIES
    return IN_HAND if need == "exit" else ANYWHERE


def _prose(one: DiscussionView, lang: str) -> Markup:
    from stopjihad.view.markdown import render_prose

    return Markup(render_prose(one.body, (), lang))  # noqa: S704 -- cleaned there


def is_for_adults(point: KitPoint) -> bool:
    """Tell whether nothing of what is asked about a fact is for a class: such facts come last."""
    return all(one.view.setting != "classroom" for one in point.discussions)


def _for_home_first(papers: Iterable[KitFile]) -> tuple[KitFile, ...]:
    """Put first what any printer prints: A4, little ink."""
    return tuple(sorted(papers, key=lambda one: ("-home-" not in one.name, "-a4" not in one.name)))


def own_words(text: str, lang: str) -> Text | None:
    """Typeset what a partner says in words of their own; None where they say nothing."""
    return typeset_text(Text(text, lang)) if text else None
