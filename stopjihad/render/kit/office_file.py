"""What slides and documents share: fonts by language, properties, an archive of fixed bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any, NamedTuple

from stopjihad.render.kit.office_words import OfficeWords
from stopjihad.render.kit.zip_file import zip_files
from stopjihad.text.unicode.bidi import levels


class OfficeFonts(NamedTuple):
    """Fonts that word processors have: of Latin, Cyrillic and Greek, and of all other scripts.

    ``locale`` is the language as they name it.
    """

    latin: str
    complex: str
    locale: str


_COMPLEX = {"bn": "Nirmala UI"}
"""Font of a script that Arial has not; that of Windows, others put their own in its place."""

_LOCALES = {
    "ar": "ar-SA",
    "bn": "bn-BD",
    "de": "de-DE",
    "en": "en-GB",
    "es": "es-ES",
    "fr": "fr-FR",
} | {"nl": "nl-NL", "ps": "ps-AF", "ru": "ru-RU", "so": "so-SO", "tr": "tr-TR", "ur": "ur-PK"}
"""Languages with the country that their spelling checkers are named after."""


LONGEST = 255
"""Characters that a property may have (ECMA-376, part 2, core properties as Office reads them)."""


def fonts_of(lang: str) -> OfficeFonts:
    """Name the fonts of a language (BCP 47 tag)."""
    return OfficeFonts("Arial", _COMPLEX.get(lang, "Arial"), _LOCALES.get(lang, lang))


def is_turned(text: str, words: OfficeWords) -> bool:
    """Tell whether a line reads from right to left: addresses and sources do not, in any language.

    Word processors would put the last slash of such an address before it.
    """
    return words.rtl and any(levels(text, 0)[1])


def set_properties(properties: Any, words: OfficeWords) -> None:
    """Say what a file is; its moments are the day of the campaign's last change."""
    moment = dt.datetime.fromisoformat(words.day)
    properties.title, properties.language = words.title[:LONGEST], words.lang
    properties.author = properties.last_modified_by = words.sponsor[:LONGEST]
    properties.subject = words.disclosure[:LONGEST]
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = moment
    properties.revision = 1


def set_theme_fonts(package: Any, lang: str) -> None:
    """Name the fonts of a presentation where all its text takes them from."""
    fonts = fonts_of(lang)
    for part in package.iter_parts():
        if "/theme/" in str(part.partname):  # no XML to python-pptx
            xml = part.blob
            for kind, name in (("latin", fonts.latin), ("cs", fonts.complex)):
                named = f'<a:{kind} typeface="{name}"'.encode()
                xml = re.sub(rb'<a:%s typeface="[^"]*"' % kind.encode(), named, xml)
            part._blob = xml  # noqa: SLF001


_THUMBNAIL = re.compile(rb'<Relationship [^>]*relationships/metadata/thumbnail"[^>]*/>')
"""A small picture of the libraries' own templates: it shows nothing of ours."""


def fixed_archive(data: bytes) -> bytes:
    """Write an archive anew, without the clock and the machine that made it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {
            name: archive.read(name)
            for name in archive.namelist()
            if not name.startswith("docProps/thumbnail")
        }
    files["_rels/.rels"] = _THUMBNAIL.sub(b"", files["_rels/.rels"])
    return zip_files(files)
