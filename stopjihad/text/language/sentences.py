"""Cut running text into sentences, and join sentences without doubling their marks.

Rules instead of a library: posts need sentences of careful prose, and a cut that is missed is
better than one that is wrong, because what is cut off must never change what the rest says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stopjihad.text.language.fold import PerWord

_LATIN, _WIDE = ".!?…؟۔।॥።፧᠃։", "。！？｡"
_END = re.compile(
    # The first character by itself: an expression that begins with one of some is found fastest.
    f"[{_LATIN}{_WIDE}](?:(?<=[{_LATIN}])(?P<more>[{_LATIN}]*)"
    "[\"'’”»)\\]›“]*(?:[\u00a0\u202f ][»›])?(?=\\s+(?P<next>\\S)|\\s*$)"
    f"|(?<=[{_WIDE}])[{_WIDE}]*[」』”’）》]*)"
)
"""A mark that may end a sentence, what closes after it, and the first letter behind."""

_BEFORE = re.compile(r"[\w.\u00a0\u202f]*$")
_INITIAL = re.compile(r"(?:^|[.\s\u00a0\u202f(])\w\.$")
_ONE_LETTER = {"ps": "\u0648"}
"""Letters that are words and end sentences: Pashto for *was*."""

_NUMBER = re.compile(r"(?:^|[\s\u00a0\u202f(])[0-9]{1,3}\.$")
_LOOK_BACK = 16
"""Characters looked at before a full stop: longer than any abbreviation of the list."""

_OPENERS = {"(": ")", "[": "]", "«": "»", "„": "“", "“": "”", "‘": "’", "「": "」", "『": "』"}
_CLOSERS = frozenset(_OPENERS.values())
_PAIRED = re.compile("[" + re.escape("".join({*_OPENERS, *_CLOSERS, *'"”»'})) + "]")

_ABBREVIATION_LIST = """
    mr mrs ms dr prof st sr jr vs nos dept approx inc ltd co gen sgt rev hon gov sen rep vol ed
    eds pp cf al eg ie etc jan feb apr jun jul aug sep sept oct nov dec
    bzw ca evtl ggf inkl nr str tel usw vgl zb z.b u.a d.h o.ä s.o s.u bspw geb hrsg jh jhd mio mrd
    mm mme mlle mgr p.ex c.-à-d n° hab apr.j.-c av.j.-c
    sra srta dña d.ª ud uds pág págs núm tfno ee.uu p.ej
    sig dott avv ecc pag
    bijv dhr mevr enz o.a d.w.z m.a.w t.a.v blz
    bl.a t.ex m.m osv kl dvs f.d mv bla fx ca jfr pga
    м.н т.е т.д т.п гг им ул стр св др пр
"""
"""Words before a full stop that does not end a sentence, lower case and without that stop; the
full stop of ``etc.`` or ``usw.`` ends a sentence only when a capital follows, so they are safe."""

_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())

_ORDINAL_LIST = "de da nb nn no fi cs sk hu pl sl hr sr bs lv et is tr"
_ORDINAL_LANGUAGES = frozenset(_ORDINAL_LIST.split())
"""Languages that write "3. October"; CLDR date formats."""


def sentences(text: str, lang: str) -> tuple[str, ...]:
    """Cut a paragraph into sentences.

    Args:
        lang: BCP 47 tag; it decides whether ``3.`` is an ordinal.

    Returns:
        The sentences without white space around them; joined by their own spaces they give the
        text again. A quotation or a bracket is never cut.
    """
    return tuple(_cut(text, lang))


def first_sentence(text: str, lang: str) -> str:
    """Give the first sentence, or nothing; the rest is not read."""
    return next(_cut(text, lang), "")


def _cut(text: str, lang: str) -> Iterator[str]:
    start = looked_at = 0
    goes_on = _goes_on(lang.partition("-")[0])
    paired = _PAIRED.search(text) is not None
    waiting: list[str] = []
    for match in _END.finditer(text):
        end = match.end()
        sentence = text[start:end].strip()
        if not _ends(text, match, sentence, goes_on):
            continue
        if paired:
            _pair(text, looked_at, end, waiting)
            looked_at = end
        if not waiting:
            start = end
            if sentence:
                yield sentence
    if sentence := text[start:].strip():
        yield sentence


def _ends(text: str, match: re.Match[str], sentence: str, goes_on: PerWord[bool]) -> bool:
    """Tell whether a mark ends a sentence: look at the word before it and the letter after it."""
    more, following = match.groups()
    if following is None:  # the text ends, or the script has no spaces
        return True
    if following.islower() or following in ",;:)–—":
        return False
    mark = match.start()
    if more or text[mark] != ".":
        return True
    before = text[max(0, mark + 1 - _LOOK_BACK) : mark].rpartition(" ")[2]
    return len(sentence) > 2 and not goes_on[before]


@lru_cache(maxsize=32)
def _goes_on(primary: str) -> PerWord[bool]:
    """Tell of what stands before a full stop whether the sentence goes on behind it.

    Returns:
        What stands between a space and the full stop to whether it is an initial, the number of an
        ordinal or an abbreviation.
    """
    one = _ONE_LETTER.get(primary, "")
    ordinal = primary in _ORDINAL_LANGUAGES

    def goes_on(before: str) -> bool:
        until = f"{before}."
        if _INITIAL.search(until) and before[-1] not in one:
            return True
        if ordinal and _NUMBER.search(until):
            return True
        word = _BEFORE.search(until)
        return word is not None and word[0].rstrip(".").casefold() in _ABBREVIATIONS

    return PerWord(goes_on, most=_MOST)


_MOST = 1 << 12
"""Most words before a full stop that are remembered of a language."""


def _pair(text: str, start: int, end: int, waiting: list[str]) -> None:
    """Read quotation marks and brackets from one place to another, each once.

    Args:
        start: first character; all before it was read.
        waiting: what would close those that are open, the innermost last; it is changed.
    """
    for character in _PAIRED.findall(text, start, end):
        if waiting and character == waiting[-1]:
            waiting.pop()
        elif character == "’":
            continue
        elif character == '"' or (character in "”»" and character not in waiting):
            # Swedish opens with ”, Danish with »; the straight quote opens and closes.
            waiting.append({'"': '"', "”": "”", "»": "«"}[character])
        elif character in _OPENERS and character != "‘":
            waiting.append(_OPENERS[character])


_TURNS = {
    "ar": "لكن ولكن لكنّ ولكنّ لكنه لكنها لكنهم ولكنه ولكنها ولكنهم إلا غير بيد بل ومع مع",
    "bn": "কিন্তু তবে তবু",
    "bs": "ali međutim ipak no",
    "cs": "ale však přesto jenže",
    "da": "men dog alligevel",
    "de": "aber doch jedoch allerdings trotzdem dennoch stattdessen nur",
    "en": "but however yet still instead only nevertheless though although nor",
    "es": "pero sin aunque mas no",
    "fa": "اما ولی لیکن بلکه با",
    "fi": "mutta kuitenkin silti",
    "fr": "mais pourtant cependant or toutefois néanmoins seulement au",
    "hi": "लेकिन परन्तु किन्तु पर मगर",
    "id": "tetapi namun tapi hanya",
    "it": "ma però tuttavia eppure invece solo",
    "nl": "maar toch echter alleen",
    "pl": "ale jednak lecz mimo",
    "pt": "mas porém contudo no só",
    "ru": "но однако зато только всё",
    "so": "laakiin hase balse",
    "sv": "men dock ändå bara",
    "sw": "lakini bali hata",
    "tr": "ama fakat ancak oysa yine",
    "uk": "але однак проте зате",
    "ur": "لیکن مگر بلکہ پھر",
}
"""Words with which a sentence takes back or narrows what the one before it said, by language."""


def turns(sentence: str, lang: str) -> bool:
    """Tell whether a sentence takes back or narrows the one before it.

    Args:
        lang: BCP 47 tag; in languages that we know no such words of, every sentence may.

    Returns:
        True when the text must not end before this sentence.
    """
    known = _TURNS.get(lang.partition("-")[0])
    if known is None:
        return True
    first = sentence.lstrip("\"'«“„‘(").split(None, 1)[0].rstrip(",،") if sentence else ""
    return first.casefold() in known.split()


_TERMINAL = ".!?…؟۔।॥։።፧。！？｡"
_SEEN_THROUGH = "\"'’”»)]›“」』）》\u00a0\u202f\u2069\u200e\u200f "

_FULL_STOP = {
    "zh": "。",
    "ja": "。",
    "hi": "।",
    "bn": "।",
    "ne": "।",
    "mr": ".",
    "ur": "۔",
    "am": "።",
    "ti": "።",
    "hy": "։",
    "th": "",
    "lo": "",
}
"""Full stops of languages that do not write a dot; Thai and Lao write none."""


def is_ended(text: str) -> bool:
    """Tell whether a text ends with a mark that ends a sentence, quotes and brackets aside."""
    return text.rstrip(_SEEN_THROUGH)[-1:] in _TERMINAL


def end_sentence(text: str, lang: str) -> str:
    """Give a text its full stop, unless it ends with a mark of its own.

    Args:
        lang: BCP 47 tag; it decides which mark.
    """
    text = text.strip()
    if not text or is_ended(text) or text[-1] in ":،,;؛":
        return text
    return text + _FULL_STOP.get(lang.partition("-")[0], ".")


def space_after(sentence: str) -> str:
    """Give what parts a ``sentence`` from the next: nothing in Chinese and Japanese."""
    return "" if sentence[-1:] in "。！？｡」』" else " "


def open_sentence(text: str) -> str:
    """Take a text's final full stop away, so that something may follow after a colon.

    Returns:
        The sentence without full stop or colon; ``!`` and ``?`` stay, they say more.
    """
    text = text.strip()
    while text and text[-1] in ".。।۔።։:：" and not text.endswith("..."):
        text = text[:-1].rstrip()
    return text
