"""Say the theme's words in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from stopjihad.render.page.marks import hold_digits

SOURCE = "en"
"""Language of the message ids."""


def make_speakers(
    words: dict[str, str], lang: str
) -> tuple[Callable[..., Markup], Callable[..., str]]:
    """Make the two functions templates translate with.

    A message without a translation stays English. Between tags it is then wrapped in a ``span``
    with its ``lang``, so that screen readers and fonts treat it right; attributes hold no tags, so
    they have a function of their own.

    Args:
        words: msgid to msgstr.
        lang: BCP 47 tag of the page.

    Returns:
        ``_`` for text between tags and ``__`` for attribute values and titles; both take the
        message and values for its ``%(name)s`` places, and escape those.
    """
    same = lang.split("-", maxsplit=1)[0] == SOURCE
    memory: dict[str, Markup] = {}

    def between_tags(message: str, **values: object) -> Markup:
        markup = memory.get(message)
        if markup is None:
            found = words.get(message)
            if found or same:
                markup = hold_digits(found or message, lang)
            else:
                markup = Markup('<span lang="en" dir="ltr">{}</span>').format(message)
            memory[message] = markup
        return markup % values if values else markup

    def in_attribute(message: str, **values: object) -> str:
        text = words.get(message) or message
        return text % values if values else text

    return between_tags, in_attribute
