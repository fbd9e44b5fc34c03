"""Ask a model which language a translation is in, where one is installed.

py3langid, told the campaign's languages, is right for 98 % of texts of 30 to 60 characters and for
99.8 % of longer ones (localization reference, 4.1). In the sample campaign it is wrong
about names of services alone, which are not asked about; of 27,277 texts put into the file of
another language it finds all but eleven, one short English text in each (which is found as copied).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stopjihad.check.translation.marks import PairFinding
from stopjihad.check.translation.pair import NAMES, Pair

Identify = Callable[[str], tuple[str, float]]
"""Gives the primary language of a text, and from 0 to 1 how sure that is."""

SHORTEST = 30
"""Least characters of a text that is asked about (localization reference, 4.1)."""

SURE = 0.9
"""Least certainty with which another language is reported."""

_RELATED = (
    frozenset({"nb", "nn", "no", "da", "sv"}),
    frozenset({"cs", "sk"}),
    frozenset({"id", "ms"}),
    frozenset({"bg", "mk"}),
    frozenset({"bs", "hr", "sr"}),
    frozenset({"es", "gl", "ca", "pt"}),
    frozenset({"fa", "ps", "sd"}),
)
"""Languages that models confuse in short texts."""


def check_language(pair: Pair, identify: Identify) -> Iterator[PairFinding]:
    """Find translations that are in another language than their file.

    Args:
        pair: a text and its translation.
        identify: the model, restricted to the campaign's languages.

    Yields:
        The warning ``translation-language``.
    """
    text = pair.translation.plain
    if len(text) < SHORTEST or NAMES.match(pair.message.context):
        return
    own = pair.language.partition("-")[0]
    found, certainty = identify(text)
    if found == own or certainty < SURE or any({found, own} <= group for group in _RELATED):
        return
    message = f"this reads like the language '{found}'"
    yield PairFinding(
        "translation-language", message, "was it pasted into the wrong file?", "warning"
    )
