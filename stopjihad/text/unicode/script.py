"""Tell scripts: of a character, of a text, and of a language by its BCP 47 tag.

Scripts are ISO 15924 codes. Of characters they follow Unicode 15.1 (Scripts.txt); of languages
they follow the likely subtags of CLDR, which the tests compare through Babel.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import Literal

from stopjihad.text.unicode.class_table import ClassTable
from stopjihad.text.unicode.data import SCRIPT

_SHARED = ("Zyyy", "Zinh", "Zzzz")  # common, inherited, unknown: of no script
_SCRIPT_RUN = re.compile(r"([A-Z][a-z]{3})(\d*)")
_SUBTAG = re.compile(r"[-_]")
_EXTENSIONS = re.compile(r"(?:^|[-_])[0-9A-Za-z][-_].*", re.DOTALL)  # from the first singleton on

_RTL = (
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero"
    " Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Thaa Yezi"
)
RTL_SCRIPTS = frozenset(_RTL.split())
"""Scripts whose letters have the bidirectional class R or AL; Aran is Arabic in Nastaliq style."""

_SCRIPT_OF = {
    language: script
    for script, languages in {
        "Arab": "acm acq acw acx aeb afb ajp apc apd ar arq ars ary arz ayl azb bal bej bgn bqi brh"
        " ckb fa glk haz hnd hno khw ks lah lki lrc luz mzn ota pbt pbu pes pnb prs ps sd sdh shu"
        " skr trw ug ur uzs",
        "Armn": "hy",
        "Beng": "as bn mni syl",
        "Cakm": "ccp",
        "Cans": "csw iu",
        "Cher": "chr",
        "Copt": "cop",
        "Cyrl": "ab av ba be bg bxr ce cu cv kaa kk kv ky lez mdf mk mn myv os ru rue sah sr tg"
        " tt tyv udm uk",
        "Deva": "awa bgc bho brx doi gom hi kok mag mai mr ne raj sa xnr",
        "Ethi": "am byn gez ti tig wal",
        "Geor": "ka xmf",
        "Grek": "el grc",
        "Gujr": "gu",
        "Guru": "pa",
        "Hans": "zh",
        "Hant": "yue",
        "Hebr": "he iw yi ji lad",
        "Hmnp": "hnj",
        "Jpan": "ja",
        "Khmr": "km",
        "Knda": "kn tcy",
        "Kore": "ko",
        "Laoo": "lo",
        "Mlym": "ml",
        "Mymr": "my mnw shn",
        "Nkoo": "nqo",
        "Olck": "sat",
        "Orya": "or",
        "Osge": "osa",
        "Rohg": "rhg",
        "Sinh": "si",
        "Syrc": "syr aii syc",
        "Taml": "ta",
        "Telu": "te",
        "Thaa": "dv",
        "Thai": "th",
        "Tibt": "bo dz",
        "Tavt": "blt",
        "Tfng": "shi zgh",
        "Vaii": "vai",
        "Yiii": "ii",
    }.items()
    for language in languages.split()
}

_SCRIPT_IN = {
    tag: script
    for script, tags in {
        "Arab": "az-IQ az-IR ha-CM ha-SD kk-AF kk-CN kk-IR kk-MN ku-IQ ku-IR ku-LB ky-CN"
        " ms-CC pa-PK tg-PK tk-AF tk-IR ug-CN uz-AF",
        "Cyrl": "az-RU ku-AM ku-GE ug-KZ ug-MN uz-CN",
        "Deva": "sd-IN",
        "Hant": "zh-AU zh-BN zh-GB zh-GF zh-HK zh-ID zh-MO zh-PA zh-PF zh-PH zh-SR zh-TH zh-TW"
        " zh-US zh-VN",
        "Hans": "yue-CN",
        "Latn": "kk-TR ky-TR sr-ME sr-RO sr-TR tg-UZ",
        "Mong": "mn-CN",
    }.items()
    for tag in tags.split()
}


def script_of(char: str) -> str:
    """Name the script of a character.

    Returns:
        Its ISO 15924 code, such as ``Latn``; ``Zyyy`` for characters that scripts share,
        ``Zinh`` for marks that take the script before them, ``Zzzz`` for unassigned ones.
    """
    return _table()[ord(char)]


def scripts(text: str) -> tuple[str, ...]:
    """Name the scripts of a text.

    Returns:
        ISO 15924 codes without ``Zyyy``, ``Zinh`` and ``Zzzz``, the most frequent first (in
        code points); scripts of the same frequency in the order in which they appear.
    """
    if text.isascii():
        return ("Latn",) if any(map(str.isalpha, text)) else ()
    found = Counter(map(_table().__getitem__, map(ord, text)))
    for shared in _SHARED:
        found.pop(shared, None)
    return tuple(name for name, _ in found.most_common())


@lru_cache(maxsize=1024)
def likely_script(tag: str) -> str:
    """Name the script in which a language is written.

    Args:
        tag: a BCP 47 tag such as ``pa-PK`` or ``sr-Latn``, in any case, with ``-`` or ``_``.

    Returns:
        The script subtag where the tag has one, else what CLDR finds likely for the language
        and region; ``Latn`` for a language that we do not list.
    """
    language, *rest = _SUBTAG.split(_EXTENSIONS.sub("", tag))
    language = language.lower()
    for subtag in rest:
        if len(subtag) == 4 and subtag.isalpha():
            return subtag.title()
    region = next((subtag.upper() for subtag in rest[:1] if len(subtag) == 2), "")
    return _SCRIPT_IN.get(f"{language}-{region}") or _SCRIPT_OF.get(language, "Latn")


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Say in which direction a language is written.

    Args:
        tag: a BCP 47 tag. The pseudo-locale ``ar-XB`` is right to left as Arabic is, ``en-XA``
            left to right as English is.

    Returns:
        ``ltr`` or ``rtl``, as the attribute ``dir`` of a page takes it.
    """
    return "rtl" if likely_script(tag) in RTL_SCRIPTS else "ltr"


@cache
def _table() -> ClassTable:
    """Decode the table of scripts when the first text needs it."""
    return ClassTable(SCRIPT, _SCRIPT_RUN)
