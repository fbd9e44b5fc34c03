"""Index talking points by the words that readers remember: the search that needs no script."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from stopjihad.catalog.phrases import stop_words
from stopjihad.text.language.fold import WORD, fold
from stopjihad.theme.job import FoundFact, IndexedPoint, Letter, WordPlace
from stopjihad.view.records import Teaser, Text

ALPHABETS = {
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "ps": "ابپتټثجځچڅحخدډذرړزژږسشښصضطظعغفقکګلمنڼوهیېۍئ",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyz",
    "ur": "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے",
}
"""Letters of languages whose order is not that of Unicode, or whose marked letters are letters of
their own (CLDR 48, index characters)."""

MOST = 24
"""Most facts of one word, or an eighth of all where that is more: a word of nearly every fact finds
none of them."""

_ARTICLE = re.compile("^[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=\\w{2})")
"""The Arabic article with what is written before it; dictionaries sort words without it."""

_SHORT = 3
"""Fewest letters of an indexed word in scripts with capitals; capitals alone may have two: UN."""

_CUT = {"en": re.compile("[’']t\\b")}
_JOINED = frozenset({"so"})
"""Languages in which an apostrophe is a letter inside of a word."""


class Searchable(NamedTuple):
    """A talking point with the texts in which readers may remember a word."""

    headline: Teaser
    texts: tuple[Text, ...]


def index_words(
    items: Iterable[Searchable], lang: str, *, remembers: bool = False
) -> tuple[Letter, ...]:
    """Index talking points by the words of their texts.

    Args:
        items: the talking points, in the editor's order.
        lang: BCP 47 tag of the page; texts in other languages are left out.
        remembers: whether the words of texts stay in memory for the next time.

    Returns:
        The letters in the order of the language's alphabet, each with its words.
    """
    words_of = _known_words if remembers else _words
    found: dict[str, dict[str, FoundFact]] = defaultdict(dict)
    shown: dict[str, str] = {}
    total = 0
    for item in items:
        total += 1
        fact = FoundFact(item.headline.id, item.headline.fact)
        for text in item.texts:
            if text.lang != lang:
                continue
            for key, word in words_of(text.value, lang):
                found[key].setdefault(fact.id, fact)
                shown[key] = _plainer(shown.get(key), word)
    most = max(MOST, total // 8)
    order = _Order(ALPHABETS.get(lang.partition("-")[0], ""))
    letters: dict[str, list[IndexedPoint]] = defaultdict(list)
    for key in sorted(found, key=lambda key: [order(letter) for letter in key]):
        if len(found[key]) <= most:
            letters[key[0]].append(IndexedPoint(shown[key], tuple(found[key].values())))
    return tuple(
        Letter(_write_heading(initial, lang), f"u{ord(initial):04x}", tuple(words))
        for initial, words in letters.items()
    )


def split_index(letters: Sequence[Letter], most: int) -> tuple[tuple[Letter, ...], ...]:
    """Cut an index into pages; a letter begins a page unless it fits on the one before it.

    So an edit changes the pages of its own letters, and no others.

    Args:
        most: most facts on a page; letters and words with more go on on the next one.
    """
    pages: list[tuple[Letter, ...]] = []
    room = 0
    for letter in letters:
        parts = _parts(letter.words, most)
        size = sum(len(word.facts) for word in letter.words)
        if size <= room:
            pages[-1] = (*pages[-1], letter)
            room -= size
            continue
        pages += [(Letter(letter.letter, letter.id, part),) for part in parts]
        room = most - size if len(parts) == 1 else 0
    return tuple(pages)


def places_of(pages: Sequence[tuple[Letter, ...]]) -> tuple[WordPlace, ...]:
    """Say where each letter begins."""
    found: dict[str, WordPlace] = {}
    for number, page in enumerate(pages, start=1):
        for letter in page:
            found.setdefault(letter.id, WordPlace(letter.letter, letter.id, number))
    return tuple(found.values())


def _parts(words: Sequence[IndexedPoint], most: int) -> list[tuple[IndexedPoint, ...]]:
    """Cut the words of a letter into pages of at most ``most`` facts."""
    pages: list[list[IndexedPoint]] = []
    room = 0
    for word in words:
        facts = word.facts
        while facts:
            if not room or room < len(facts) <= most:
                pages.append([])
                room = most
            pages[-1].append(IndexedPoint(word.word, facts[:room]))
            facts, room = facts[room:], room - len(facts[:room])
    return [tuple(page) for page in pages]


def _words(text: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Give the words of a text that mean something: what they are sorted by, and as written."""
    primary = lang.partition("-")[0]
    plain = unicodedata.normalize("NFC", text).replace("’", "'")
    if primary in _JOINED:
        plain = re.sub(r"(?<=\w)'(?=\w)", "\u02bc", plain)
    cut = _CUT.get(primary)
    found = []
    for match in WORD.finditer(plain):
        word = match[0].replace("\u02bc", "'")
        if (cut and cut.match(plain, match.end())) or not word[0].isalpha():
            continue
        key = _sorted_by(word, lang)
        if key:
            found.append((key, word))
    return tuple(found)


_known_words = lru_cache(maxsize=1 << 14)(_words)


@lru_cache(maxsize=1 << 16)
def _sorted_by(word: str, lang: str) -> str:
    """Give what a word is sorted by; nothing for one that means too little."""
    primary, stop = lang.partition("-")[0], stop_words(lang)
    bare = _ARTICLE.sub("", word) if primary == "ar" else word
    if fold(word) in stop or fold(bare) in stop or _too_short(bare):
        return ""
    return _key(bare, primary)


def _too_short(word: str) -> bool:
    cased = word.lower() != word.upper()
    return len(word) < (2 if word.isupper() or not cased else _SHORT)


def _key(word: str, primary: str) -> str:
    """Give what a word is sorted by: small letters; letters of the alphabet keep their marks."""
    alphabet = ALPHABETS.get(primary, "")
    if primary == "tr":
        word = word.replace("I", "ı").replace("İ", "i")
    return "".join(letter if letter in alphabet else _bare(letter) for letter in word.lower())


@lru_cache(maxsize=1 << 10)
def _bare(letter: str) -> str:
    """Take the marks from a letter: ``é`` is sorted as ``e``, ``آ`` as ``ا``."""
    parts = unicodedata.normalize("NFD", letter)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare or letter


def _write_heading(initial: str, lang: str) -> str:
    """Write a letter as headings do, in capitals where there are any."""
    return "İ" if initial == "i" and lang.partition("-")[0] == "tr" else initial.upper()


class _Order(dict[str, tuple[int, int]]):
    """Give each letter its place: those of the alphabet first, all others by code point."""

    def __init__(self, alphabet: str) -> None:
        super().__init__({letter: (0, place) for place, letter in enumerate(alphabet)})

    def __call__(self, letter: str) -> tuple[int, int]:
        return self.get(letter, (1, ord(letter[:1] or "\0")))


def _plainer(one: str | None, other: str) -> str:
    """Choose the spelling to show: the one that does not begin with the capital of a sentence."""
    return other if one is None or other.islower() else one
