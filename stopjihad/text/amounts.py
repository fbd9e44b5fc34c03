"""Write amounts as a language writes them: separators of thousands and decimals, and per cent."""

from __future__ import annotations

PERCENT = "%"

_NARROW, _SPACE = "\u202f", "\u00a0"
_MARKS: dict[str, tuple[str, str]] = {
    "de": (".", ","),
    "es": (_SPACE, ","),
    "fr": (_NARROW, ","),
    "id": (".", ","),
    "it": (".", ","),
    "nl": (".", ","),
    "pt": (".", ","),
    "ps": ("\u066c", "\u066b"),
    "ru": (_SPACE, ","),
    "sv": (_SPACE, ","),
    "tr": (".", ","),
    "uk": (_SPACE, ","),
}
"""Separators of thousands and decimals where they are not ``,`` and ``.``; CLDR 48, and for Spanish
the space that its academies ask for."""

_FOUR_WHOLE = frozenset({"es", "pt"})
"""Languages that write four digits without a separator (CLDR: minimum grouping digits 2)."""

_LAKHS = frozenset({"bn", "hi"})
"""Languages that part thousands first and then hundreds: 1,23,45,678."""

_APART = frozenset({"de", "es", "fr", "ru", "sv", "uk"})
"""Languages with a space before the sign of per cent."""


def written(value: float, lang: str, *, percent: bool = False) -> str:
    """Write an amount with digits from 0 to 9.

    Args:
        value: the amount; whole numbers are written without decimals.
        lang: BCP 47 tag.
        percent: whether it is a share of a hundred.

    Returns:
        For example ``2,521``, in German ``2.521``; ``60 %``, in Turkish ``%60``.
    """
    base = lang.partition("-")[0]
    thousands, point = _MARKS.get(base, (",", "."))
    whole, _, rest = f"{abs(value):.6f}".rstrip("0").rstrip(".").partition(".")
    text = whole if base in _FOUR_WHOLE and len(whole) < 5 else thousands.join(_groups(whole, base))
    text = ("\u2212" if value < 0 else "") + text + (point + rest if rest else "")
    if not percent:
        return text
    if base == "tr":
        return f"%{text}"
    return f"{text}{_SPACE if base in _APART else ''}%"


def _groups(whole: str, base: str) -> list[str]:
    found = [whole[-3:]]
    whole, size = whole[:-3], 2 if base in _LAKHS else 3
    while whole:
        found.insert(0, whole[-size:])
        whole = whole[:-size]
    return found
