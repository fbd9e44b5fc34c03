"""Name font files by content, and the packages that bring a script's letters."""

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

    ``own`` holds languages (BCP 47 tags) with the families that come first in them.
    """

    files: tuple[FontFile, ...]
    own: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def digest(self) -> str:
        """Give the SHA-256 over all contents in order; paths do not count."""
        names = [f"{font.digest} {font.index}" for font in self.files]
        names += [" ".join((lang, *families)) for lang, families in self.own]
        return hashlib.sha256("\n".join(names).encode()).hexdigest()

    @property
    def families(self) -> tuple[str, ...]:
        """Give the names of the families, best first, each once."""
        return tuple(dict.fromkeys(font.family for font in self.files))

    def families_of(self, lang: str) -> tuple[str, ...]:
        """Give the names of the families as a language (BCP 47 tag) wants them, best first."""
        known = dict(self.own)
        first = known.get(lang) or known.get(lang.partition("-")[0], ())
        there = self.families
        return tuple(dict.fromkeys((*(name for name in first if name in there), *there)))


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
