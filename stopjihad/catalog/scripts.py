"""How letters of a script sit on their line: typographic proportions in em."""

from __future__ import annotations

import msgspec


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """Proportions of one script in em.

    Attributes:
        leading: distance between baselines.
        ascent: what a line needs above its baseline at least.
        descent: what a line needs below its baseline at least.
        strike: height of a line that strikes words through.
        shrink: share of a design's least size that the script may still be set in: one whose lines
            take twice the height of Latin ones would never fit otherwise.
    """

    leading: float
    ascent: float
    descent: float
    strike: float
    shrink: float = 1.0


LATIN = Setting(leading=1.16, ascent=0.74, descent=0.2, strike=0.27)
"""Latin, Cyrillic and Greek headlines: cap height of Noto Sans is 0.714 em."""

SETTINGS: dict[str, Setting] = {
    "Arab": Setting(leading=1.42, ascent=0.78, descent=0.34, strike=0.22),
    "Aran": Setting(leading=2.1, ascent=0.75, descent=0.3, strike=0.3, shrink=0.65),
    "Beng": Setting(leading=1.34, ascent=0.76, descent=0.26, strike=0.32),
    "Deva": Setting(leading=1.36, ascent=0.82, descent=0.28, strike=0.32),
    "Hebr": Setting(leading=1.22, ascent=0.72, descent=0.2, strike=0.3),
    "Thai": Setting(leading=1.44, ascent=0.92, descent=0.26, strike=0.28),
    "Hani": Setting(leading=1.3, ascent=0.86, descent=0.12, strike=0.37),
    "Hira": Setting(leading=1.34, ascent=0.86, descent=0.12, strike=0.37),
    "Kana": Setting(leading=1.34, ascent=0.86, descent=0.12, strike=0.37),
    "Hang": Setting(leading=1.32, ascent=0.86, descent=0.12, strike=0.37),
}
"""Scripts (ISO 15924) that need more room than Latin; judged by eye on cards, 2026-11."""


NASTALIQ = ("nastaliq", "nastaleeq", "urdu typesetting", "gulzar")
"""What names of families hold whose Arabic letters hang from a slanted line (ISO 15924: Aran)."""


def style(script: str, family: str) -> str:
    """Name the style in which a font family writes a script.

    Args:
        script: ISO 15924 code.
        family: name of the font family.

    Returns:
        ``Aran`` for Arabic in Nastaliq, else the script.
    """
    hanging = script == "Arab" and any(name in family.casefold() for name in NASTALIQ)
    return "Aran" if hanging else script


def setting(script: str) -> Setting:
    """Give the proportions of a script; those of Latin where nothing else is known."""
    return SETTINGS.get(script, LATIN)
