"""What the studio says for a finding, in the language of whoever reads.

The checks say what is wrong in English, in the words of the files. Here such a sentence is
recognised by its form, a row of ``templates/studio/findings/``, and said with the same values in
other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from stopjihad.catalog.languages import autonym
from stopjihad.text.unicode.script import direction

_PLACE = re.compile(r"%\((\w+)\)s")
_KEPT = 8192
"""Sentences that are remembered: a campaign with many findings has a few hundred."""


class FindingWords:
    """The sentences of findings in one language.

    A form has places such as ``%(words)s``. Their values stay as they are, but for some: ``field``
    and ``context`` name a field, which is called as the pages of the studio call it, ``language``
    is called as its speakers write it, and ``said`` is a sentence of the program itself.
    """

    def __init__(
        self, words: Mapping[str, str], language: str, label: Callable[[str], str]
    ) -> None:
        """Prepare the forms.

        Args:
            words: English form to what is said for it.
            language: BCP 47 tag of the interface.
            label: names a field by its path, such as ``sources.0.url``.
        """
        self._isolates = ("\u2068", "\u2069") if direction(language) == "rtl" else ("", "")
        self._label = label
        self._plain = {form: said for form, said in words.items() if not _PLACE.search(form)}
        self._forms = tuple(
            (max(_PLACE.split(form)[::2], key=len), _pattern(form), words[form])
            for form in sorted(words.keys() - self._plain, key=_weight)
        )
        self._find: Callable[[str], str | None] = lru_cache(_KEPT)(self._look_up)

    def knows(self, sentence: str) -> bool:
        """Tell whether a sentence is said in this language."""
        return not sentence or self._find(sentence) is not None

    def say(self, sentence: str) -> str:
        """Say a sentence; as it is where no form is known."""
        return self._find(sentence) or sentence

    def _look_up(self, sentence: str) -> str | None:
        if sentence in self._plain:
            return self._plain[sentence]
        for core, pattern, said in self._forms:
            found = pattern.fullmatch(sentence) if core in sentence else None
            values = found and self._values(found.groupdict())
            if values:
                return _PLACE.sub(lambda place, of=values: of[place[1]], said)  # type: ignore[misc]
        return None

    def _values(self, found: dict[str, str]) -> dict[str, str] | None:
        """Say the values of places; None where one is no sentence that is known."""
        values: dict[str, str] = {}
        for name, value in found.items():
            kind = name.rstrip("0123456789")
            known = self._find(value) if kind in {"said", "field"} else None
            if known is None and kind == "said":
                return None
            if kind in {"field", "context"}:
                known = known or self._name_field(value)
            elif kind == "language":
                known = autonym(value)
            opening, closing = self._isolates
            values[name] = known or f"{opening}{value}{closing}"
        return values

    def _name_field(self, path: str) -> str:
        key, _, field = path.rpartition("/")
        label = self._label(field)
        return f"{label} ({key})" if key else label


def _pattern(form: str) -> re.Pattern[str]:
    parts = _PLACE.split(form)
    texts = [re.escape(part) for part in parts[::2]]
    places = [f"(?P<{name}>.+?)" for name in parts[1::2]]
    return re.compile("".join(map("".join, zip(texts, [*places, ""], strict=True))), re.DOTALL)


def _weight(form: str) -> tuple[int, str]:
    """Put forms that say most themselves first: others fit what they fit, and more."""
    return -len(_PLACE.sub("", form)), form
