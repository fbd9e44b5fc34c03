"""Check the theme's words that a workspace writes itself, as those of campaigns are checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from stopjihad.catalog.languages import is_known, standard_tag
from stopjihad.check.texts import ORDER_HINT
from stopjihad.check.translation.pair import Pair, check_marks
from stopjihad.model.translation import Message, OwnWords, Translations
from stopjihad.problem import Problem, Severity
from stopjihad.text.language.pseudo import TAGS
from stopjihad.text.nearest import close_name
from stopjihad.text.unicode.bidi_controls import order_fault

_PLACE = re.compile(r"%\([a-z_]+\)s")
_LONE = re.compile(r"%(?!\([a-z_]+\)s|%)")


def check_theme_words(own: OwnWords) -> Iterator[Problem]:
    """Check the PO files of the theme that lie in a workspace.

    Args:
        own: what they say, and what the theme asks for.

    Yields:
        Problems of ``check_marks`` (``translation-placeholder`` and the like), ``text-order``, and
        the warnings ``theme-unknown``, ``translation-stale`` and ``unknown-file``.
    """
    every = sorted(chain.from_iterable(own.known.values()))
    for catalogue in own.catalogues:
        tag = catalogue.language
        if tag in TAGS:
            continue  # the program makes pseudo-locales itself
        if standard_tag(tag) != tag or not is_known(tag):
            message = f"no language has the tag '{tag}': nothing reads this file"
            hint = f"name it {standard_tag(tag)}.po" if is_known(tag) else "French is fr.po"
            yield _problem(catalogue, 0, "unknown-file", message, hint, "warning")
        for one in catalogue.messages:
            yield from _message(catalogue, one, own, every)


def _message(
    catalogue: Translations, one: Message, own: OwnWords, every: Iterable[str]
) -> Iterator[Problem]:
    if one.stale:
        message = "these words are marked as fuzzy: the built-in ones are shown"
        hint = "read them, then take the mark 'fuzzy' away"
        yield _problem(catalogue, one.line, "translation-stale", message, hint, "warning")
        return
    folder = catalogue.path.removeprefix("templates/").rpartition("/")[0]
    if one.source not in own.known.get(folder, ()) and one.source not in own.templates:
        close = close_name(one.source, every) if len(one.source) <= _SHORT else ""
        message = f"the theme never says '{_shown_words(one.source)}': these words are not shown"
        hint = (
            f"did you mean '{_shown_words(close)}'?" if close else "copy the msgid from theme.pot"
        )
        yield _problem(catalogue, one.line, "theme-unknown", message, hint, "warning")
        return
    found = list(check_marks(Pair(one, catalogue.language, markdown=False)))
    for item in found:
        yield _problem(catalogue, one.line, item.code, item.message, item.hint, item.severity)
    turned = order_fault(one.translation)
    if turned:
        yield _problem(catalogue, one.line, "text-order", turned, ORDER_HINT, "error")
    lone = _LONE.search(one.translation) if _PLACE.search(one.source) else None
    if lone and not found:
        shown = one.translation[lone.start() : lone.start() + 12]
        message = f"'{shown}' is no placeholder: a percent sign here is written twice"
        hint = "write %%, or the placeholder of the source letter by letter"
        yield _problem(catalogue, one.line, "translation-placeholder", message, hint, "error")


_SHORT = 200
"""Characters of a message up to which it is compared with all of the theme's."""


def _shown_words(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _problem(
    catalogue: Translations, line: int, code: str, message: str, hint: str, severity: Severity
) -> Problem:
    return Problem(
        path=catalogue.path, line=line, code=code, message=message, hint=hint, severity=severity
    )
