"""Find the words of a language for authored text, falling back to the source language."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

from stopjihad.model.translation import Message
from stopjihad.text.language.typography import typeset
from stopjihad.view.notation import typeset_text
from stopjihad.view.records import Prose, Text


class Resolver:
    """Resolve texts for one language and count what had to fall back.

    Attributes:
        missing: segments that had no current translation; 0 in the source language.
    """

    def __init__(self, lang: str, source_lang: str, messages: Iterable[Message] = ()) -> None:
        """Index the messages of ``lang``; stale ones are left out: they answer an older source."""
        self.lang, self.source_lang = lang, source_lang
        self.missing = 0
        self._found: dict[tuple[str, str], str] = {}
        self.add(messages)

    def add(self, messages: Iterable[Message], without: Collection[str] = ()) -> None:
        """Index more messages of the language."""
        for m in messages:
            if not m.stale and m.context not in without:
                self._found[m.context, m.source] = m.translation

    def text(self, context: str, source: str) -> Text:
        """Resolve one line of text.

        Args:
            context: where it stands: ``<point id>/<field>``.

        Returns:
            The translation, or the source marked with the source language.
        """
        if self.lang == self.source_lang:
            return Text(source, self.lang)
        found = self._found.get((context, source))
        if found:
            return Text(found, self.lang)
        self.missing += 1
        return Text(source, self.source_lang)

    def current(self, context: str, source: str) -> Text | None:
        """Resolve a text that something else stands in for: no gap, where it is not translated.

        Args:
            context: ``msgctxt`` of the text.

        Returns:
            The words in this resolver's language, or None.
        """
        found = source if self.lang == self.source_lang else self._found.get((context, source))
        return Text(found, self.lang) if found else None

    def optional(self, context: str, source: str | None) -> Text | None:
        """Resolve a text that may be absent.

        Args:
            context: ``msgctxt`` of the text.
            source: the text in the source language, or None.

        Returns:
            The words, or None for None.
        """
        return self.text(context, source) if source else None

    def prose(self, context: str, markdown: str) -> Prose:
        """Resolve Markdown block by block.

        Args:
            context: where it stands: ``<point id>/body``.

        Returns:
            Passages in reading order; neighbours in one language are one passage.
        """
        if not markdown.strip():
            return Prose()
        if self.lang == self.source_lang:
            return Prose((Text(markdown, self.lang),))
        return Prose(tuple(self._passages(context, markdown)))

    def _passages(self, context: str, markdown: str) -> Iterable[Text]:
        from stopjihad.text.markdown.segments import rebuild

        for passage in rebuild(markdown, lambda text: self._found.get((context, text))):
            self.missing += not passage.translated
            yield Text(passage.text, self.lang if passage.translated else self.source_lang)


class ShapingResolver(Resolver):
    """Resolve texts for what is rendered: prose that is all in one language knows its blocks.

    What it gives is written, and not encoded.
    """

    def prose(self, context: str, markdown: str) -> Prose:
        """Resolve Markdown as ``Resolver`` does.

        Args:
            context: where it stands: ``<point id>/body``.

        Returns:
            The same passages; that of whole prose knows its blocks.
        """
        from stopjihad.text.markdown.shapes import shape_translation

        text = shape_translation(markdown, partial(self._segment, context))
        return super().prose(context, markdown) if text is None else Prose((Text(text, self.lang),))

    def _segment(self, context: str, source: str) -> str | None:
        """Give the words of this language for a text of a document, if there are any."""
        return source if self.lang == self.source_lang else self._found.get((context, source))


class TypesettingResolver(ShapingResolver):
    """Resolve texts for pages: each is set as its own language does."""

    def text(self, context: str, source: str) -> Text:
        """Resolve one line of text as ``Resolver`` does, and set it.

        Args:
            context: ``msgctxt`` of the text.
        """
        return _typeset(super().text(context, source))

    def current(self, context: str, source: str) -> Text | None:
        """Resolve a text that something else stands in for, and set it.

        Args:
            context: ``msgctxt`` of the text.

        Returns:
            The words, set; None as for ``Resolver``.
        """
        found = super().current(context, source)
        return None if found is None else _typeset(found)

    def prose(self, context: str, markdown: str) -> Prose:
        """Resolve Markdown as ``ShapingResolver`` does, and set it.

        Args:
            context: ``msgctxt`` of the text.
        """
        return Prose(tuple(map(_typeset, super().prose(context, markdown).passages)))

    def _segment(self, context: str, source: str) -> str | None:
        found = super()._segment(context, source)
        return typeset(found, self.lang, one_letter=False) if found else found


def _typeset(text: Text) -> Text:
    """Set a text; one whose blocks are known was set block by block."""
    return typeset_text(text) if type(text.value) is str else text
