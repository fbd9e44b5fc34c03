"""Sort the replies of a kit: what is copied, and what the team alone is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stopjihad.render.kit.texts import KitText
from stopjihad.view.records import Text

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


def read_replies(post: KitText) -> KitReplies:
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


def one_list(sheets: tuple[KitReplies, ...], comma: str) -> KitReplies | None:
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


def urgent_replies(sheets: Iterable[KitReplies], label: str) -> Iterator[KitReply]:
    """Give urgent replies once each, the fullest: with hours, and whom else to call."""
    found: dict[str, KitReply] = {}
    for reply in (one for sheet in sheets for one in sheet.replies if label in one.says):
        known = found.setdefault(reply.heard, reply)
        if len(reply.answer.value) > len(known.answer.value):
            found[reply.heard] = reply
    yield from found.values()
