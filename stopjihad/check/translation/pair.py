"""What the checks of translations look at: a text, its translation, and their marks."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from stopjihad.model.translation import Message
from stopjihad.text.markdown import inline
from stopjihad.text.markdown.words import inline_words
from stopjihad.text.web.bare_names import bare_names

NAMES = re.compile(r"campaign/(?:title|sponsor\.name|messengers\.)|helplines/.*/name$")
"""Contexts of names: these may stay in another language."""

_ADDRESS = re.compile(
    r"(?<![\w+.-])[A-Za-z][A-Za-z0-9+.-]*+://[^\s<>\"'()\u00ab\u00bb]+"
    r"|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++"
)
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{[A-Za-z0-9_.]*\}|%(?:\([a-z_]+\))?[sd]")
_BESIDE = re.compile(r"\[\^[^\]]*\]|\]\([^)]*\)")
_END = ".,;:!?\u060c\u061b\u061f\u3002"


def without_marks(text: str) -> str:
    """Leave addresses of links and source references out of a text."""
    return _BESIDE.sub("", text) if "](" in text or "[^" in text else text


class Marks:
    """Read the marks of one text once, when a check asks for them."""

    def __init__(self, text: str, *, markdown: bool) -> None:
        """Keep the text; ``markdown`` says whether ``**`` and ``[`` mean something in it."""
        self.text = text
        self.markdown = markdown

    @cached_property
    def tokens(self) -> list[inline.Token]:
        """The text as inline tokens."""
        text = self.text.replace("\n", "\\\n")
        return inline.parse(text) if self.markdown else [(inline.TEXT, self.text)]

    @cached_property
    def words(self) -> str:
        """The text without marks."""
        return inline_words(self.text) if self.markdown else self.text

    @cached_property
    def plain(self) -> str:
        """The text without addresses and source references; other marks may be left.

        A third of the price of ``words``, for what only looks at letters.
        """
        return without_marks(self.text)

    @property
    def links(self) -> Counter[str]:
        """Addresses and how often each is linked or named, with a scheme or without."""
        found = Counter(value for kind, value in self.tokens if kind == inline.LINK)
        for kind, value in self.tokens:
            if kind == inline.TEXT:
                found.update(item.rstrip(_END) for item in _ADDRESS.findall(value))
                found.update(bare_names(value))
        return found

    @property
    def references(self) -> Counter[str]:
        """Ids of sources and how often each is cited."""
        return Counter(value for kind, value in self.tokens if kind == inline.REFERENCE)

    @property
    def emphasis(self) -> Counter[str]:
        """How often ``em`` and ``strong`` are used, and lines broken."""
        found = Counter(value for kind, value in self.tokens if kind == inline.OPEN)
        found["br"] = sum(kind == inline.BREAK for kind, _ in self.tokens)
        return +found

    @property
    def placeholders(self) -> Counter[str]:
        """Placeholders of templates, which must come through unchanged."""
        return Counter(_PLACEHOLDER.findall(self.text))


class Pair:
    """A message with the marks of both of its texts."""

    def __init__(self, message: Message, language: str, *, markdown: bool) -> None:
        """Keep the message; ``language`` is the BCP 47 tag of its translation."""
        self.message = message
        self.language = language
        self.source = Marks(message.source, markdown=markdown)
        self.translation = Marks(message.translation, markdown=markdown)

    @property
    def field(self) -> str:
        """The last part of the context: ``fact``, ``body``, ``posts.x`` …."""
        return self.message.context.rpartition("/")[2]
