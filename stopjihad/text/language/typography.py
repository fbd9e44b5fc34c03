"""Set text as its language does: quotation marks, spaces that hold, digits.

For pages and cards; posts take its quotation marks alone (``view.notation``). Addresses, code, tags
and placeholders are kept out of reach of rules for prose. Nearly all texts of a site need nothing
set: what tells so quickly stands beside each rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

_KINDS = (
    r"```.*?```",
    r"`[^`\n]+`",
    r"\]\([^()\n]*\)",  # where a Markdown link leads, with its title
    r"\[\^[^\]\s]*\]",  # a source reference
    r"<[^<>\n]+>",
    r"&#?\w+;",
    r"\{[^{}\n]*\}|%\(\w+\)[a-z]",  # placeholders
    r"(?<!\w):[\w+-]+:(?!\w)",  # emoji by name
    r"(?<!\S)[:;]-?[()DP](?!\w)",  # emoticons
    r"(?<!\S)(?=\S*(?:[=\\{}|]|::|\(\)|\w_\w))\S+",  # looks like code
    r"\b[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\s<>\"«»“”„]+",
    r"\b(?:mailto|tel|www)[:.][^\s<>\"«»“”„]+",
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"\b(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,63}/[^\s<>\"«»“”„]*",  # an address without its scheme
    r"(?<!\w)[@#]\w+(?:[.-]\w+)*",
)
_VERBATIM = "|".join(_KINDS)
_TIME = r"(?<!\w)\d{1,2}(?:[:.]\d{2}){1,2}(?!\w)"
VERBATIM = re.compile(_VERBATIM, re.DOTALL)
VERBATIM_OR_TIME = re.compile(f"{_VERBATIM}|{_TIME}", re.DOTALL)

_MARKS = tuple(map(chr, range(0xFDD0, 0xFDF0)))
"""Noncharacters, which no text for people holds (Unicode 15.1, section 23.7)."""

PLACE = re.escape("".join(_MARKS))
"""For a character class: what stands where a kept part stood."""


def change_around(
    text: str, change: Callable[[str], str], kept: re.Pattern[str] = VERBATIM_OR_TIME
) -> str:
    """Change a text, but not the parts that a pattern matches.

    Args:
        change: gets the text with one character of :data:`PLACE` where each part stood, and must
            give it back with the same number of them in the same order.
        kept: what stays as it is: addresses, code, tags and placeholders, and times by default.

    Returns:
        The changed text; unchanged where it holds all 32 noncharacters of :data:`PLACE` itself.
    """
    mark = next((mark for mark in _MARKS if mark not in text), "")
    if not mark:
        return text
    parts: list[str] = []

    def keep(match: re.Match[str]) -> str:
        parts.append(match[0])
        return mark

    changed = change(kept.sub(keep, text)).split(mark)
    pairs = zip(changed[:-1], parts, strict=True)
    return "".join([piece for pair in pairs for piece in pair]) + changed[-1]


ZEROS = {
    "adlm": "𞥐", "arab": "٠", "arabext": "۰", "beng": "০", "cakm": "𑄶", "deva": "०", "gujr": "૦",
    "guru": "੦", "khmr": "០", "knda": "೦", "laoo": "໐", "latn": "0", "mlym": "൦", "mtei": "꯰",
    "mymr": "၀", "nkoo": "߀", "olck": "᱐", "orya": "୦", "rohg": "𐴰", "tamldec": "௦", "telu": "౦",
    "thai": "๐", "tibt": "༠", "vaii": "꘠",
}  # fmt: skip
"""The digit zero of each numbering system of CLDR 48 that has ten digits in a row."""

ANY_DIGIT = (
    "".join(
        f"{zero}-{chr(ord(zero) + 9)}"
        for zero in (
            "0\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6"
            "\u0e50\u0ed0\u0f20\u1040\u1090\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40"
            "\u1c50\ua620\ua8d0\ua900\ua9d0\ua9f0\uaa50\uabf0\uff10"
        )
    )
    + "\U00010000-\U0010ffff"
)
"""The decimal digits of Unicode's first plane (general category Nd of Unicode 15.1), and all that
lies above it, for a set of a pattern that tells where digits may be: found in three fifths of the
time of ``\\d``."""

_LINE_END = re.compile(r"\r\n?")
_DIGIT = re.compile(r"[^\D0-9]")


def normalise(text: str) -> str:
    """Bring text from any editor into one form.

    Returns:
        The text in Unicode form NFC, its lines ended by LF, without byte order marks (U+FEFF)
        and without white space at its edges.
    """
    text = text.replace("\ufeff", "")
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", text)).strip()


def typeset(text: str, lang: str, *, one_letter: bool = True) -> str:
    """Set prose as its language does.

    Straight quotation marks that pair up become the language's; French gets its no-break spaces
    before ``; : ! ?`` and inside guillemets; numbers stay with their units, phone numbers whole.
    Addresses, times, code, tags and placeholders are never touched. Doing it twice is doing it
    once.

    Args:
        lang: BCP 47 tag of its language.
        one_letter: whether words of one letter are held to the next one in the languages that ask
            for it. Lines of a card are few and short; pages do without, as most sites do: nearly
            every text would be changed.
    """
    language, region = _parts(lang)
    alone = _ONE_LETTER_WORDS.get(language) if one_letter else None
    if not (_may_need_spaces(lang).search(text) or (alone and alone.search(text))):
        return set_quotes(text, lang)
    tag = f"{language}-{region}"

    def set_all(prose: str) -> str:
        return space(quote(prose, language, tag), language, region, one_letter=one_letter)

    if _MAY_BE_KEPT.search(text):
        return change_around(text, set_all)
    return change_around(text, set_all, _REFERENCE) if "[^" in text else set_all(text)


_REFERENCE = re.compile(r"\[\^[^\]\s]*\]")
_MAY_BE_KEPT = re.compile(r"[`<&{}@#=\\|_/]|\]\(|%\(|[:;]\S|\(\)|\d\.\d|mailto|tel\.|www")
"""Found in every text of which :data:`VERBATIM_OR_TIME` keeps more than references."""


def set_quotes(text: str, lang: str) -> str:
    """Set quotation marks and apostrophes alone; only French gets spaces, inside its guillemets.

    Args:
        lang: BCP 47 tag of its language.

    Returns:
        The text with typographic marks; addresses, code, tags and placeholders as they were.
    """
    if "'" not in text and '"' not in text:
        return text  # most texts: nothing is looked for in them
    language, region = _parts(lang)
    if _in_plain_words(text):
        return _set_quotes(text, language, region)
    return change_around(text, lambda prose: _set_quotes(prose, language, region))


_AROUND = '«»“”„"'


def take_quotes_away(text: str) -> str:
    """Take the quotation marks around a text away, but not those around its first or last word.

    Args:
        text: a sentence, with or without marks around it.

    Returns:
        The text without them, and without white space at its ends.
    """
    text = text.strip()
    words = text.strip(_AROUND).strip("\u00a0\u202f ")
    places = [place for place, letter in enumerate(words) if letter in _AROUND]
    if not places:
        return words
    first = places[0]
    opens = words[first] in "«„" or words[first + 1 : first + 2].isalnum()
    free = not words[first - 1 : first].strip()  # a mark that closes stands right after a word
    return words if len(places) % 2 == 0 and opens and free else text


_NOT_PLAIN = ('"', "«", "»", "`", "](", "<", "{")
"""Other marks, and what may begin a part with spaces that is kept."""
_PLAIN_WORD = re.compile(r"[(*“‘]?[^\W\d_]+(?:'[^\W\d_]*)+[.,;:!?…)*”’]?")


def _in_plain_words(text: str) -> bool:
    """Tell quickly that all marks are apostrophes of plain words: what is kept has none of them."""
    if any(sign in text for sign in _NOT_PLAIN):
        return False
    return all(_PLAIN_WORD.fullmatch(word) for word in text.split() if "'" in word)


def _set_quotes(prose: str, language: str, region: str) -> str:
    found = quote(prose, language, f"{language}-{region}")
    return _guillemets(found) if language == "fr" else found


@lru_cache(maxsize=64)
def _parts(lang: str) -> tuple[str, str]:
    """Give language and region of a tag."""
    language, _, rest = lang.replace("_", "-").partition("-")
    region = next((part.upper() for part in rest.split("-") if len(part) == 2), "")
    return language.lower(), region


def native_digits(text: str, numbering: str, kept: re.Pattern[str] = VERBATIM) -> str:
    """Write digits as a numbering system does.

    Args:
        numbering: a key of :data:`ZEROS`, as CLDR names numbering systems; ``latn`` for 0 to 9.
        kept: what stays as it is: addresses, code, tags and placeholders by default.

    Returns:
        The text with 0 to 9 replaced, but not in what is kept.

    Raises:
        ValueError: when the numbering system is none of :data:`ZEROS`.
    """
    if numbering not in ZEROS:
        raise ValueError(f"unknown numbering system: {numbering}")
    if numbering == "latn":
        return text
    zero = ord(ZEROS[numbering])
    digits = {ord("0") + value: zero + value for value in range(10)}
    return change_around(text, lambda prose: prose.translate(digits), kept)


def ascii_digits(text: str) -> str:
    """Write decimal digits of any script as 0 to 9.

    Returns:
        The text with each character of category Nd replaced by its value.
    """
    return text if text.isascii() else _DIGIT.sub(_value, text)


def _value(match: re.Match[str]) -> str:
    """Give the value of a digit as a digit of ASCII."""
    return str(unicodedata.decimal(match[0]))


# Quotation marks and apostrophes as each language sets them.

QUOTES = {
    language: marks
    for marks, languages in {
        "“”": "en es pt da nl sq tr az so sw id ms vi hi bn pa ta te mr gu kn ml ne si ha yo ig"
        " zu xh af ga cy ca eu gl ps ckb ku",
        "«»": "fr it pt-PT ru uk be kk hy el no nb nn fa am",
        "„“": "de cs sk sl hr bg lt et is mk",
        "„”": "pl ro hu sr bs",
        "””": "sv fi",
    }.items()
    for language in languages.split()
}
"""Outer quotation marks by CLDR 48 (delimiters); there Dutch has single marks first, Spanish,
Italian and Danish prefer other marks in some regions. Languages that are missing here (Arabic,
Urdu, Hebrew, Chinese, Japanese) keep the marks of their author."""

_APOSTROPHE = frozenset("en fr it ca nl de es pt ga cy tr sq gl oc br lb".split())  # noqa: SIM905
"""Languages in which a straight mark between two letters can only be an apostrophe; elsewhere it
may stand for a letter (Uzbek oʻ, Hausa ’y, Ukrainian)."""

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_STRAIGHT = re.compile('"')
# Patterns begin with the sign that they are about: they are found in a tenth of the time.
_BETWEEN_LETTERS = re.compile(r"'(?<=[^\W\d_]')(?=[^\W\d_])")
_PLURAL_OWNER = re.compile(r"'(?<=[^\W\d_]s')(?=\s)")
"""As in "the parents' council"; only where no such mark opens a quotation."""
_OPENS_SINGLE = re.compile(r"(?:^|[\s(])'(?=\w)", re.MULTILINE)
_MAY_OPEN = re.compile(r"(?:^|[\s(\[{«„“‘—–/*_-])\"(?=[^\s\"])", re.MULTILINE)
_MAY_CLOSE = re.compile(rf"(?<=[^\s\"])\"(?=$|[\s)\]}}»”’—–/.,;:!?…*_{PLACE}-])", re.MULTILINE)


def quote(text: str, language: str, tag: str) -> str:
    """Set straight quotation marks and apostrophes as a language does.

    Args:
        text: prose; a paragraph whose straight marks do not pair up stays as it is.
        language: the language subtag, lower case.
        tag: the language, with its region where that has its own marks (``pt-PT``).
    """
    marks = QUOTES.get(tag) or QUOTES.get(language)
    if marks and '"' in text:
        ends = [0, *(match.end() for match in _PARAGRAPH.finditer(text)), len(text)]
        parts = [text[start:end] for start, end in pairwise(ends)]
        text = "".join([_pair(part, marks) for part in parts])
    if "'" in text and language in _APOSTROPHE:
        text = _BETWEEN_LETTERS.sub("’", text)
        if language == "en" and not _OPENS_SINGLE.search(text):
            text = _PLURAL_OWNER.sub("’", text)
    return text


def _pair(paragraph: str, marks: str) -> str:
    """Replace straight marks that open and close in turn, or none."""
    places = [match.start() for match in _STRAIGHT.finditer(paragraph)]
    opening = {match.end() - 1 for match in _MAY_OPEN.finditer(paragraph)}
    closing = {match.start() for match in _MAY_CLOSE.finditer(paragraph)}
    if len(places) % 2 or not (set(places[::2]) <= opening and set(places[1::2]) <= closing):
        return paragraph
    letters = list(paragraph)
    for number, place in enumerate(places):
        letters[place] = marks[number % 2]
    return "".join(letters)


# Spaces that no line may break at, as each language sets them.

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

_GAPS = " \u00a0\u202f\u2009"
_SPACES = f"[{_GAPS}]*"
_WORD_END = rf"[\w%‰°)\]»”\"’…*€$£{PLACE}]"
_AFTER_MARK = r"(?=$|[\s»”\")\]*_’])"
_FRENCH_HIGH = re.compile(rf"(?<={_WORD_END}){_SPACES}(?=[;!?]+{_AFTER_MARK})", re.MULTILINE)
_FRENCH_COLON = re.compile(rf"(?<={_WORD_END}){_SPACES}(?=:(?:$|\s))", re.MULTILINE)
_FRENCH_OPEN = re.compile(rf"«{_SPACES}(?=[^\s»])")
_FRENCH_CLOSE = re.compile(rf"(?<=[^\s«]){_SPACES}»")
_FRENCH_HOUR = re.compile(r"(?<=\d) ?h ?(?=\d\d(?!\w))|(?<=\d) h(?!\w)")

_UNITS = (
    "%|‰|°[CF]?|[€$£¥₹₺₽₪₦৳]"
    "|(?:km/h|km²|km|cm|mm|m²|m³|m|kg|mg|g|t|ha|ml|l|h|min|s|kWh|kW|kB|MB|GB|TB|ko|Mo|Go|To"
    "|EUR|USD|GBP|CHF|px)(?![\\w'’])"
)
_UNIT = re.compile(rf" (?<=\d )(?={_UNITS})")
_SIGN = re.compile(r" (?:(?<=[€$£¥₹§№] )|(?<=\b[nN][°º] )|(?<=\b(?:EUR|USD|GBP|CHF) ))(?=\d)")
_INITIALS = re.compile(r" (?<=\b[^\W\d_]\. )(?=[^\W\d_]\.)")  # z. B., J. R. R. Tolkien
_DIGITS = re.compile(
    rf"[{ANY_DIGIT}+(](?<![\w+(].)(?:(?<=\d)|(?<=[+(])[+(]*\d)[\d ()+./-]*\d(?!\w)"
)
_BETWEEN_DIGITS = re.compile(r" (?<=\d )(?=\d)")
_BETWEEN_GROUPS = re.compile(r" (?<=[\d)] )(?=[\d(])")
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")
_LONGEST_NUMBER = 15  # digits of an international phone number, ITU-T E.164

_ONE_LETTER_WORDS = {
    language: re.compile(rf"(?<![\w'’-])([{letters}{letters.upper()}]) (?=\w)")
    for language, letters in {
        "cs": "kosuvzai",
        "sk": "kosuvzai",
        "pl": "aiouwz",
        "ru": "вкосуиа",
        "uk": "взуіоай",
    }.items()
}
"""Words that must not end a line: ČSN 01 6910 for Czech, like customs in Slovak, Polish, Russian
and Ukrainian."""


_BESIDE_NUMBERS = rf"(?<![.;:!?«»]) (?:[\d(]|{_UNITS})|(?<=\.) [^\W\d_]\."
_NOT_YET_FRENCH = (
    rf"(?<=«)(?!{NO_BREAK}[^{_GAPS}])|(?<=\d) ?h "
    rf"|(?<=[;:!?»])(?<![^{_GAPS}]{NARROW_NO_BREAK}[;!?])(?<![^{_GAPS}]{NO_BREAK}[:»])"
)


@lru_cache(maxsize=64)
def _may_need_spaces(lang: str) -> re.Pattern[str]:
    """Give what tells quickly whether `space` may set any, but after words of one letter.

    It is one pattern that begins with some characters: such a one is found fastest.
    """
    first = f"{ANY_DIGIT})€$£¥₹§№°ºRDPF."
    if _parts(lang)[0] == "fr":
        return re.compile(f"[{first};:!?«»](?:{_BESIDE_NUMBERS}|{_NOT_YET_FRENCH})")
    return re.compile(f"[{first}](?:{_BESIDE_NUMBERS})")


def space(text: str, language: str, region: str, *, one_letter: bool = True) -> str:
    """Set the spaces of a language that keep a line together.

    Args:
        language: the language subtag, lower case.
        region: the region subtag, upper case, or an empty string.

    Returns:
        The text with U+00A0 and U+202F where the language asks for them.
    """
    gap = NO_BREAK
    if language == "fr":
        gap = NO_BREAK if region == "CA" else NARROW_NO_BREAK
        text = _french(text, canadian=region == "CA")
    text = _DIGITS.sub(lambda match: _number(match[0], gap), text)
    text = _UNIT.sub(gap, text)
    text = _SIGN.sub(NO_BREAK, text)
    text = _INITIALS.sub(NO_BREAK, text)
    alone = _ONE_LETTER_WORDS.get(language) if one_letter else None
    return alone.sub(rf"\1{NO_BREAK}", text) if alone else text


def _guillemets(text: str) -> str:
    if "«" not in text and "»" not in text:
        return text
    return _FRENCH_CLOSE.sub(NO_BREAK + "»", _FRENCH_OPEN.sub("«" + NO_BREAK, text))


def _french(text: str, *, canadian: bool) -> str:
    """Set French punctuation: Lexique de l'Imprimerie nationale; in Canada as the OQLF says."""
    text = _guillemets(text)
    if ":" in text:
        text = _FRENCH_COLON.sub(NO_BREAK, text)
    if not canadian and (";" in text or "!" in text or "?" in text):
        text = _FRENCH_HIGH.sub(NARROW_NO_BREAK, text)
    if "h" in text:
        text = _FRENCH_HOUR.sub(lambda match: match[0].replace(" ", NO_BREAK), text)
    return text


def _number(text: str, gap: str) -> str:
    """Keep a phone number or a large number whole."""
    if " " not in text or sum(map(str.isdigit, text)) > _LONGEST_NUMBER:
        return text
    if _THOUSANDS.fullmatch(text) and not text.startswith("0"):
        return text.replace(" ", gap)
    dialled = text.startswith(("+", "0", "("))
    return (_BETWEEN_GROUPS if dialled else _BETWEEN_DIGITS).sub(NO_BREAK, text)


WORD_JOINER = "\u2060"
"""Stands where no line may end; no font needs a glyph for it (UAX #14, WJ)."""

_INVERTED = re.compile(
    r"(?<=\w)-(?:t-(?=(?:il|elle|on)s?\b)|(?=(?:je|tu|ils?|elles?|on|nous|vous|ce)\b))"
)
"""Hyphens between a French verb and the pronoun after it."""


def hold_pronouns(text: str, lang: str) -> str:
    """Hold a French verb and the pronoun behind it together: ``passe-t-il`` is one word."""
    if "-" not in text or lang.partition("-")[0] != "fr":
        return text
    return _INVERTED.sub(lambda found: found[0].replace("-", f"-{WORD_JOINER}"), text)
