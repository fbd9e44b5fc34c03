"""Letters of a script: font files by content, packages that bring them, proportions on a line."""

from __future__ import annotations

import hashlib

import msgspec


class FontFile(msgspec.Struct, frozen=True, kw_only=True):
    """Point to one font by path and content.

    Attributes:
        path: where the file is on this machine.
        digest: SHA-256 of its bytes in lower-case hexadecimal; the content never differs from it.
        family: the family's name, such as ``Noto Sans Arabic``.
        weight: usWeightClass (100 to 900) of a static font; 0 when the weight is an axis.
        index: face in a collection (.ttc); 0 otherwise.
        origin: ``package``, ``workspace`` or ``system``.
    """

    path: str
    digest: str
    family: str
    weight: int = 0
    index: int = 0
    origin: str = "package"


class FontBook(msgspec.Struct, frozen=True):
    """List the fonts of a build, best first; small enough to send to every worker.

    ``own`` holds languages (BCP 47 tags) with the families that come first in them; ``headlines``
    are families for what is read first, and for nothing that another family has letters for.
    """

    files: tuple[FontFile, ...]
    own: tuple[tuple[str, tuple[str, ...]], ...] = ()
    headlines: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Give the SHA-256 over all contents in order; paths do not count."""
        names = [f"{font.digest} {font.index}" for font in self.files]
        names += [" ".join((lang, *families)) for lang, families in self.own]
        names += self.headlines
        return hashlib.sha256("\n".join(names).encode()).hexdigest()

    @property
    def families(self) -> tuple[str, ...]:
        """Give the names of the families, best first, each once."""
        return tuple(dict.fromkeys(font.family for font in self.files))

    def families_of(self, lang: str, *, headline: bool = False) -> tuple[str, ...]:
        """Give the names of the families as a language (BCP 47 tag) wants them, best first."""
        known = dict(self.own)
        first = known.get(lang) or known.get(lang.partition("-")[0], ())
        there = self.families
        wide = tuple(name for name in there if name not in self.headlines)
        tag = lang.partition("-")[0]
        hand = HANDS.get(tag, "")
        barred = {*NO_HEADLINES.get(tag, ()), *HANDS.values()} - {hand}
        asked = (hand, *self.headlines)
        large = tuple(name for name in asked if name in self.headlines and name not in barred)
        order = (*large, *wide) if headline else wide
        return tuple(dict.fromkeys((*(name for name in first if name in there), *order, *there)))


HANDS = {"ur": "Noto Nastaliq Urdu"}
"""Languages whose headlines are written in a hand of their own, by a family for nothing else. No
package brings Nastaliq: where its file is not in the workspace, Urdu is read in Naskh."""

HEADLINES = ("Bricolage Grotesque", "Noto Kufi Arabic", *HANDS.values())
"""Families for headlines, of Latin letters and of Arabic ones; Bengali has one for all texts."""

NO_HEADLINES = {"ur": ("Noto Kufi Arabic",)}
"""Families that a language does not have in headlines."""


PAGE_HEADLINES = dict(
    zip(("headlines-latin.woff", "headlines-arabic.woff"), HEADLINES[:2], strict=True)
)
"""Assets in which pages are headed to the families that they are cut from."""


FONT_PACKAGES: dict[str, str] = {
    "Latn": "pip install fontpkg-noto-sans",
    "Cyrl": "pip install fontpkg-noto-sans",
    "Grek": "pip install fontpkg-noto-sans",
    "Arab": "pip install fontpkg-noto-sans-arabic",
    "Beng": "pip install fontpkg-hind-siliguri",
    "Deva": "pip install fontpkg-noto-sans-devanagari",
    "Thai": "pip install fontpkg-noto-sans-thai",
    "Taml": "pip install fontpkg-noto-sans-tamil",
    "Telu": "pip install fontpkg-noto-sans-telugu",
    "Khmr": "pip install fontpkg-noto-sans-khmer",
    "Hebr": "pip install fontpkg-heebo",
    "Hani": "apt install fonts-noto-cjk",
    "Hira": "apt install fonts-noto-cjk",
    "Kana": "apt install fonts-noto-cjk",
    "Hang": "apt install fonts-noto-cjk",
    # What zh, zh-Hant, ja and ko are written in: ISO 15924 has names for these mixtures.
    "Hans": "apt install fonts-noto-cjk",
    "Hant": "apt install fonts-noto-cjk",
    "Jpan": "apt install fonts-noto-cjk",
    "Kore": "apt install fonts-noto-cjk",
}
"""What brings the letters of a script (ISO 15924): packages listed by PyPI and Debian 13,
checked 2026-11-24. Scripts that are not listed are in Debian's fonts-noto-core."""


def package_for(script: str) -> str:
    """Say how to install letters of a script.

    Args:
        script: ISO 15924 code such as ``Arab``.

    Returns:
        A command, or advice where no single command does it.
    """
    return FONT_PACKAGES.get(script, "apt install fonts-noto-core")


class ScriptMetrics(msgspec.Struct, frozen=True, kw_only=True):
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


LATIN = ScriptMetrics(leading=1.16, ascent=0.74, descent=0.2, strike=0.27)
"""Latin, Cyrillic and Greek headlines: cap height of Noto Sans is 0.714 em."""

SETTINGS: dict[str, ScriptMetrics] = {
    "Arab": ScriptMetrics(leading=1.42, ascent=0.78, descent=0.34, strike=0.22),
    "Aran": ScriptMetrics(leading=2.1, ascent=0.75, descent=0.3, strike=0.3, shrink=0.65),
    "Beng": ScriptMetrics(leading=1.34, ascent=0.76, descent=0.26, strike=0.32),
    "Deva": ScriptMetrics(leading=1.36, ascent=0.82, descent=0.28, strike=0.32),
    "Hebr": ScriptMetrics(leading=1.22, ascent=0.72, descent=0.2, strike=0.3),
    "Thai": ScriptMetrics(leading=1.44, ascent=0.92, descent=0.26, strike=0.28),
    "Hani": ScriptMetrics(leading=1.3, ascent=0.86, descent=0.12, strike=0.37),
    "Hira": ScriptMetrics(leading=1.34, ascent=0.86, descent=0.12, strike=0.37),
    "Kana": ScriptMetrics(leading=1.34, ascent=0.86, descent=0.12, strike=0.37),
    "Hang": ScriptMetrics(leading=1.32, ascent=0.86, descent=0.12, strike=0.37),
}
"""Scripts (ISO 15924) that need more room than Latin; judged by eye on cards, 2026-11."""


NASTALIQ = ("nastaliq", "nastaleeq", "urdu typesetting", "gulzar")
"""What names of families hold whose Arabic letters hang from a slanted line (ISO 15924: Aran)."""


def style(script: str, family: str) -> str:
    """Name the style in which a font family writes a script.

    Args:
        script: ISO 15924 code.
    """
    hanging = script == "Arab" and any(name in family.casefold() for name in NASTALIQ)
    return "Aran" if hanging else script


def script_metrics(script: str) -> ScriptMetrics:
    """Give the proportions of a script; those of Latin where nothing else is known."""
    return SETTINGS.get(script, LATIN)
