"""Strip Markdown to its words, for posts, descriptions and alternative texts."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from stopjihad.text.language.fold import PerWord, folded_tokens, part_tokens
from stopjihad.text.markdown import blocks, inline


def words(markdown: str) -> str:
    """Give the words of authored Markdown without its marks.

    Returns:
        Text in which blocks are separated by an empty line and list items by a line feed; source
        references are gone, links keep their words, soft line breaks are spaces.
    """
    return "\n\n".join(filter(None, (_block(block) for block in blocks.parse(markdown))))


@lru_cache(maxsize=1024)  # a language of the sample has 1,000 texts
def inline_words(text: str) -> str:
    """Give the words of one block; several rules ask for those of a passage.

    Args:
        text: text of a paragraph, heading or list item.
    """
    shown = _EMPHASIS.sub(_inner_words, text) if "*" in text else text
    *before, last = inline.SOURCE.split(shown)[::2] if "[^" in shown else (shown,)
    # "everything. [^un2014]" and "the list [^un2014]." lose the space as well.
    plain = "".join([one.rstrip(" ") for one in before]) + last
    if not _LEFT.search(plain) and not any(one.endswith("!") for one in before):
        return plain.strip()
    return _read_words(text)


_EMPHASIS = re.compile(
    r"\*(?<!\S\*)(?:(?=[^\W_])([^*]+)(?<=\S)\*|\*(?=[^\W_])([^*]+)(?<=\S)\*\*)"
    r"(?=[\s.,;:!?…)»”\"—\[\u060c\u061b\u061f\u06d4\u0964]|$)"
)
"""Emphasis as nearly all is written: between spaces, or before what ends a part of a sentence. No
marks around it change what it means."""


def _inner_words(match: re.Match[str]) -> str:
    return match[1] or match[2]  # a template of both would take three times as long


_LEFT = re.compile(r"[\\*_\[\]<\n]")
"""Marks that must be read where they are not those of emphasis or of a reference to a source."""


def _read_words(text: str) -> str:
    found: list[str] = []
    for kind, value in inline.parse(text):
        if kind == inline.TEXT:
            found.append(value.replace("\n", " "))
        elif kind == inline.BREAK:
            found.append("\n")
        elif kind == inline.REFERENCE and found:
            found[-1] = found[-1].rstrip(" ")
    return "".join(found).strip()


def block_tokens(text: str) -> list[str]:
    """Cut the words of one block into folded words; most marks need not be read for that."""
    found = list(chain.from_iterable(map(_WORDS_OF_PART.__getitem__, text.split())))
    return folded_tokens(inline_words(text)) if _UNREAD in found else found


class BlockText:
    """One block whose words are cut once for all rules that look for some.

    Attributes:
        text: as authored.
        tokens: what `block_tokens` gives.
    """

    __slots__ = ("_plain", "text", "tokens")

    def __init__(self, text: str) -> None:
        """Cut the words of a ``text``."""
        self.text = text
        self.tokens = block_tokens(text)
        self._plain: str | None = None

    @property
    def plain(self) -> str:
        """What `inline_words` gives."""
        if self._plain is None:
            self._plain = inline_words(self.text)
        return self._plain


_UNREAD = ""
"""Stands among the words of a part whose marks must be read to know its words; no word is empty."""

_AROUND = r"*_\[\]>()\"'“”«»„‚‘’‹›.,;:!?…¿¡—–\-\u060c\u061b\u061f\u06d4\u0964"
"""Marks that may stand around words without more than a look; none is folded to a letter."""

_REFERENCES = re.compile(rf"(?<![!\\])(?:{inline.SOURCE.pattern})+(?=[{_AROUND}]*+$)")
"""References at the end of a part: others may join the words before and after them."""

_SIGNS = re.compile(r"[*_\[\]\\<]")
"""Marks that mean something: most parts have none."""

_SIMPLE = re.compile(rf"[{_AROUND}]*+[^*_\[\]\\<]*[{_AROUND}]*+")
"""Marks only before and after the words: whatever they mean, no two words are joined by it."""


def _words_of_part(part: str) -> tuple[str, ...]:
    if has_no_signs(part):
        return part_tokens(part)
    shown = _REFERENCES.sub("", part)
    # An address is no words; what is left of references joins words.
    simple = _SIMPLE.fullmatch(shown) is not None and not ("](" in shown or "[^" in shown)
    words = part_tokens(shown)
    return words if simple else (*words, _UNREAD)


_WORDS_OF_PART = PerWord(_words_of_part)


def has_no_signs(part: str) -> bool:
    """Tell whether a text has no sign that may mean something: it is its words."""
    return _SIGNS.search(part) is None


def words_of_part(part: str) -> tuple[str, ...] | None:
    """Give all words that what stands between two spaces may have, with its marks and without.

    Returns:
        Folded words: neither `block_tokens` of a text with this part nor `folded_tokens` have
        others from it; None where the text must be read to know.
    """
    if has_no_signs(part):
        return part_tokens(part)
    marked = _words_of_part(part)
    return None if _UNREAD in marked else (*marked, *part_tokens(part))


def _block(block: blocks.Block) -> str:
    if isinstance(block, blocks.MarkdownList):
        return "\n".join(_join(item.children, "\n") for item in block.items)
    if isinstance(block, blocks.QuoteBlock):
        return _join(block.children, "\n\n")
    return inline_words(block.text)


def _join(children: tuple[blocks.Block, ...], between: str) -> str:
    return between.join(filter(None, (_block(child) for child in children)))
