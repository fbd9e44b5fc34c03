"""Seed faults into good translations: what a slip of a translator or of a tool makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stopjihad.model.translation import Message
from stopjihad.text.unicode.script import likely_script

Seed = Callable[[str, Message], str | None]
"""Gives a message's translation with one fault; None where there is nothing to spoil."""

_LOOKALIKES = str.maketrans("aeocpxаеосрх", "аеосрхaeocpx")
_NAMES = re.compile(r"campaign/(?:title|sponsor\.name|messengers\.)|helplines/.*/name$")
_INLINE = ("body", "alternative")


def _link(_: str, item: Message) -> str | None:
    found = re.search(r"\]\([^)\s]+", item.translation)
    return item.translation.replace(found[0], f"{found[0]}x", 1) if found else None


def _reference(_: str, item: Message) -> str | None:
    found = re.search(r"\[\^[^\]]+\]", item.translation)
    return item.translation.replace(found[0], "", 1) if found else None


def _placeholder(_: str, item: Message) -> str | None:
    return f"{item.translation} {{name}}"


def _emphasis(_: str, item: Message) -> str | None:
    if item.context.rpartition("/")[2] not in _INLINE or not item.translation[:2].isalpha():
        return None
    changed = re.sub(r"\*\*(?=\w)(.+?)\*\*", r"\1", item.translation, count=1)
    if changed != item.translation:
        return changed
    return re.sub(r"^([^\W\d_]{2,})", r"**\1**", item.translation, count=1)


def _number(_: str, item: Message) -> str | None:
    """Change the last digit of the first number over 24: smaller ones may be hours or words."""
    text = re.sub(r"\]\([^)]*\)|\[\^[^\]]*\]", lambda match: "\0" * len(match[0]), item.translation)
    for match in re.finditer(r"\d{3,}|\d{2,}(?=\D|$)", text):
        if int(match[0]) > 24:
            last = match.end() - 1
            digit = chr(ord(text[last]) + (1 if int(text[last]) < 9 else -1))
            return item.translation[:last] + digit + item.translation[last + 1 :]
    return None


def _left_in_english(_: str, item: Message) -> str | None:
    plain = re.sub(r"\[\^[^\]]*\]|\]\([^)]*\)", "", item.source)
    wanted = len(plain.split()) >= 4 and not _NAMES.match(item.context)
    return item.source if wanted else None


def _other_script(language: str, item: Message) -> str | None:
    return None if likely_script(language) == "Latn" else _left_in_english(language, item)


def _mixed(language: str, item: Message) -> str | None:
    if likely_script(language) not in {"Latn", "Cyrl"}:
        return None
    for match in re.finditer(r"(?<![\w/.:-])[^\W\d_]{4,}(?![\w/.@-])", item.translation):
        before = item.translation[: match.start()]
        if before.count("(") != before.count(")") or before.count("[^") != before.count("]"):
            continue
        changed = match[0][:1] + match[0][1:].translate(_LOOKALIKES)
        if changed != match[0] and len(set(match[0][1:]) & set("aeocpxаеосрх")) < len(
            set(match[0])
        ):
            return f"{before}{changed}{item.translation[match.end() :]}"
    return None


def _short(_: str, item: Message) -> str | None:
    return item.translation[:8] if len(_plain(item.source)) > 60 else None


def _long(_: str, item: Message) -> str | None:
    return f"{item.translation} " * 6 if len(_plain(item.source)) > 60 else None


def _direction(_: str, item: Message) -> str | None:
    return f"\u2067{item.translation}"


_WRONG_MARKS: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": ((r"\s(?=[?!;])", ""),),
    "de": ((r"(?<=[^\W\d_])(?=[?!;:](?:\s|$))", " "),),
    "es": (("[¿¡]", ""),),
    "bn": (("।", "."),),
    **dict.fromkeys(("ar", "ur", "ps"), (("،", ","), ("؛", ";"), ("؟", "?"))),
    **dict.fromkeys(("nl", "tr", "so", "ru"), ((r"(?<=[^\W\d_])(?=[?!;:](?:\s|$))", " "),)),
}


def _marks(language: str, item: Message) -> str | None:
    for old, new in _WRONG_MARKS[language]:
        changed = re.sub(old, new, item.translation)
        if changed != item.translation:
            return changed
    return None


def _too_long(_: str, item: Message) -> str | None:
    field = item.context.rpartition("/")[2]
    return f"{item.translation} " * 9 if field in {"fact", "claim"} else None


def _plain(text: str) -> str:
    return re.sub(r"\[\^[^\]]*\]|\]\([^)]*\)", "", text)


FAULTS: dict[str, tuple[str, Seed]] = {
    "another address": ("translation-link", _link),
    "a source lost": ("translation-reference", _reference),
    "a placeholder more": ("translation-placeholder", _placeholder),
    "bold lost or added": ("translation-emphasis", _emphasis),
    "another digit": ("translation-number", _number),
    "left in English": ("translation-copied", _left_in_english),
    "another script": ("translation-script", _other_script),
    "letters of another alphabet": ("translation-mixed-script", _mixed),
    "most of it lost": ("translation-length", _short),
    "said six times": ("translation-length", _long),
    "a mark of direction left open": ("translation-bidi", _direction),
    "marks of another language": ("translation-punctuation", _marks),
    "too long for a card": ("translation-limit", _too_long),
}
"""Name of each fault, the code under which it must be found, and how it is made."""


def seeded(language: str, messages: tuple[Message, ...], seed: Seed) -> Iterator[Message]:
    """Spoil every translation that a fault can be made in.

    Args:
        language: BCP 47 tag of the translations.
        messages: good translations.
        seed: makes the fault.

    Yields:
        Messages with one fault each.
    """
    for item in messages:
        changed = seed(language, item)
        if changed is not None:
            yield Message(item.context, item.source, changed, line=item.line)
