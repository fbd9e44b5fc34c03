"""Read PO files: the translations of a campaign, and the words of the program itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from sys import intern

from stopjihad.model.translation import Message, Translations
from stopjihad.problem import Problem
from stopjihad.text import po
from stopjihad.text.markdown.checks import TEXT_BYTES
from stopjihad.view.forms_of_address import INFORMAL

TRANSLATION_BYTES = 3 * TEXT_BYTES
"""Longest translation: letters of most scripts have two or three bytes where English has one."""

_FEWEST = TRANSLATION_BYTES // 4
"""Characters up to which a text cannot be too long: UTF-8 has at most four bytes for one."""

_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z0-9_-]+)", re.MULTILINE)


def read_po(
    text: str, path: str, language: str, digest: str = ""
) -> tuple[Translations, list[Problem]]:
    """Read the translations of one language.

    Args:
        text: the PO file, decoded, with line feeds.
        language: BCP 47 tag that the file's name states.
        digest: SHA-256 of the file's bytes, to be kept with the messages.

    Returns:
        The messages that are translated (fuzzy ones are ``stale``) in the order of the file, and
        the problems: ``po-syntax``, ``po-escape``, ``po-plural``, ``po-duplicate``,
        ``translation-too-long`` and the warning ``po-language``. Obsolete entries and entries
        without context are passed over.
    """
    problems: list[Problem] = []
    messages = tuple(each_message(text, path, language, problems))
    return Translations(language=language, path=path, messages=messages, digest=digest), problems


def each_message(text: str, path: str, language: str, problems: list[Problem]) -> Iterator[Message]:
    """Read the translations of one language, one after the other: they need not all be in memory.

    Args:
        problems: those that ``read_po`` gives are added to it at the end.
    """
    faults: list[po.Fault] = []
    found: list[Problem] = []
    lines: dict[tuple[str, str], int] = {}
    for entry in po.each_entry(text, faults):
        context, source, translation, stale, line, notes, *_ = entry
        if _is_too_long(source, translation):
            found.append(long_translation(context, line, path))
            continue
        if context is None:
            if not source:
                found += _language_problems(translation, line, path, language)
            continue
        context, source = intern(context), intern(source)  # all languages say them again
        first = lines.setdefault((context, source), line)
        if first != line:
            found.append(_duplicate(context, first, line, path))
        elif translation:
            previous = (po.previous_source(notes) or "") if stale else ""
            yield Message(context, source, translation, stale, line, previous=previous)
    problems += [
        Problem(path=path, line=line, code=code, message=message, hint=hint)
        for line, code, message, hint in faults
    ]
    problems += found


def _is_too_long(source: str, translation: str) -> bool:
    if max(len(source), len(translation)) <= _FEWEST:
        return False
    texts = (source, translation)
    return any(len(text.encode("utf-8", "replace")) > TRANSLATION_BYTES for text in texts)


def long_translation(context: str | None, line: int, path: str) -> Problem:
    """Say that a text and its translation are no more of one length: ``translation-too-long``."""
    return Problem(
        path=path,
        line=line,
        code="translation-too-long",
        message=f"{(context or 'the header')[:80]} has more than {TRANSLATION_BYTES} bytes",
        hint="cut it: the text that it translates is much shorter",
    )


def _duplicate(context: str, first: int, line: int, path: str) -> Problem:
    return Problem(
        path=path,
        line=line,
        code="po-duplicate",
        message=f"the same text of {context} is translated in line {first} already",
        hint="keep one of the two",
    )


def _language_problems(header: str, line: int, path: str, language: str) -> list[Problem]:
    """Compare the header's language with the file's name."""
    stated = _LANGUAGE.search(header)
    if not stated or stated[1].replace("_", "-").lower() == language.lower():
        return []
    return [
        Problem(
            path=path,
            line=line,
            code="po-language",
            message=f"the header says '{stated[1]}', the file's name '{language}'",
            hint="correct the one that is wrong",
            severity="warning",
        )
    ]


def read_words(text: str, path: str) -> tuple[dict[str, str], list[Problem]]:
    """Read what the theme or the studio says in one language.

    Args:
        text: the PO file, decoded, with line feeds.

    Returns:
        English words to translated words, without stale and empty ones, those of the context
        ``informal`` under ``view.forms_of_address.INFORMAL``, and the problems ``po-syntax``,
        ``po-escape`` and ``po-plural``.
    """
    entries, faults = po.scan(text)
    problems = [
        Problem(path=path, line=line, code=code, message=message, hint=hint)
        for line, code, message, hint in faults
    ]
    words = {
        _FORMS[entry.context] + entry.source: entry.translation
        for entry in entries
        if entry.context in _FORMS and entry.source and entry.translation and not entry.stale
    }
    return words, problems


_FORMS = {None: "", INFORMAL[:-1]: INFORMAL}
"""What stands before words of a theme, by the context of their entry."""
