"""List the translations of a language, each with what introduces it; some may be passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from stopjihad.check.keeping import MESSAGES
from stopjihad.check.rules.passages import Passage
from stopjihad.model.translation import Message, Translations
from stopjihad.text.language.sentences import sentences

SHORT = 12
"""Most words of a text without a full stop that is taken for a heading."""

Sieve = Callable[[Sequence[str], Callable[[int], str]], Iterable[int]]
"""Gives, in order, the places of those texts that are worth looking at; asks in the same order what
introduces some of them."""


def every_text(texts: Sequence[str], _: Callable[[int], str]) -> Iterable[int]:
    """Choose all."""
    return range(len(texts))


def file_passages(file: Translations) -> Iterator[Passage]:
    """List the translations of one language, whatever became of their sources since."""
    for shelf in file_shelves(file, every_text):
        yield from shelf


def file_shelves(file: Translations, likely: Sieve) -> Iterator[list[Passage]]:
    """List translations as ``file_passages`` does, some hundred at a time.

    Args:
        likely: chooses those of a shelf that are listed.
    """
    messages = [one for one in file.messages if not one.stale]
    leads = _Leads(messages)
    for start in range(0, len(messages), MESSAGES):
        texts = [one.translation for one in messages[start : start + MESSAGES]]
        lead = partial(leads.lead, start)
        yield [
            _of_message(messages[start + place], lead(place), file.path)
            for place in likely(texts, lead)
        ]


def _of_message(one: Message, lead: str, path: str) -> Passage:
    markdown = one.context.endswith(_MARKED)
    text = one.translation
    # A file does not say what is an item; those of such lists are one sentence each.
    item = bool(lead) and len(sentences(text, "")) == 1
    return Passage(one.context, text, lead, path, one.line, 0, markdown, item=item)


_MARKED = ("/body", "/alternative")
"""Ends of the contexts of Markdown."""


class _Leads:
    """Tell what introduces a list; it is taken from the order of the file, as in the document."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._messages = messages
        self._last = 0, "", ""

    def lead(self, start: int, place: int) -> str:
        """Give what introduces the message ``place`` places behind ``start``; asked in order."""
        asked, known, lead = self._last
        place += start
        context = self._messages[place].context
        if not context.endswith(_MARKED):
            return ""
        for one in reversed(self._messages[asked:place]):
            if one.context != context:
                lead = ""
                break
            if _introduces(one.translation):
                lead = one.translation
                break
        else:
            lead = lead if known == context else ""
        self._last = place, context, lead
        return lead


def _introduces(text: str) -> bool:
    stripped = text.rstrip("*_ ")
    return stripped.endswith(":") or (
        not stripped.endswith((".", "!", "…", "]", "؟", "?")) and len(text.split()) <= SHORT
    )
