"""Turn authored Markdown into sentences that may be left out from the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile, zip_longest

import msgspec

from stopjihad.text.language.sentence_marks import marked_sentences, take_marks_away
from stopjihad.text.language.sentences import space_after, turns
from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.words import inline_words
from stopjihad.view.records import Prose

BULLET = "• "
_NO_QUOTES = dict.fromkeys(map(ord, '«»“”„"'), " ")
_SPACES = re.compile(r"[ \t\r\n]+")


class DraftSentence(msgspec.Struct, frozen=True):
    """A sentence and what stands before it: a space, a line or a paragraph.

    ``open`` is True when the text must not end here, because the rest would say something else:
    after the first sentence of a paragraph, which often only sets the scene; before a sentence
    that turns the thought round; before the items of a list; after a colon; after a question that
    the author goes on to answer; before a sentence that is marked to stay together with it.
    ``stays`` is True when the sentence stands in the text however much is cut; ``together`` when
    the one before it must then stand there as well; ``heading`` when it names what follows.
    """

    text: str
    before: str
    open: bool = False
    stays: bool = False
    together: bool = False
    heading: bool = False


@lru_cache(maxsize=4)  # a talking point's prose is the same for all its platforms
def flatten(prose: Prose, lang: str, *, fact: str, claim: str) -> tuple[DraftSentence, ...]:
    """Read prose as sentences.

    A heading stands as a line of its own above what it names, and never leads or ends the text.
    Quotations are left out: without their surroundings they may be taken for our own words.

    Args:
        prose: Markdown passages; those in another language are left out.
        lang: BCP 47 tag of the post.
        fact: leads the post already; a sentence that repeats it is left out.
        claim: may stand only with its flag; the text ends before a sentence that holds it.

    Returns:
        Sentences in order; the first one's ``before`` is of no use.
    """
    found: list[DraftSentence] = []
    known, barred = plain(fact), plain(claim)
    for passage in prose.passages:
        if passage.lang == lang:
            found += _passage(passage.value, lang)
    kept: list[DraftSentence] = []
    for sentence in found:
        words = plain(sentence.text)
        if barred and barred in words:
            break
        if words != known:
            kept.append(sentence)
    while kept and kept[-1].open:
        kept.pop()
    while kept and kept[0].heading:
        kept.pop(0)
    return tuple(
        msgspec.structs.replace(one, open=True) if after is not None and after.together else one
        for one, after in zip_longest(kept, kept[1:])
    )


def plain(text: str) -> str:
    """Give a text for comparison: lower case, single spaces, no quotation marks, no final stop."""
    return " ".join(text.casefold().translate(_NO_QUOTES).split()).rstrip(".!?…؟۔。। ")


def _passage(markdown: str, lang: str) -> Iterator[DraftSentence]:
    named = False
    for block in blocks.parse(markdown):
        for index, one in enumerate(_block(block, lang)):
            below = named and index == 0 and not one.heading
            yield msgspec.structs.replace(one, before="\n") if below else one
        named = isinstance(block, blocks.Heading)


def _block(block: blocks.Block, lang: str) -> Iterator[DraftSentence]:
    if isinstance(block, blocks.Paragraph):
        yield from _paragraph(block.text, lang)
    elif isinstance(block, blocks.MarkdownList):
        yield from _list_lines(block)
    elif isinstance(block, blocks.Heading) and (words := _words(block.text)):
        yield DraftSentence(words, "\n\n", open=True, heading=True)


def _paragraph(text: str, lang: str) -> Iterator[DraftSentence]:
    before = "\n\n"
    found = marked_sentences(text, lang)
    for index, one in enumerate(found):
        rest, sentence = found[index + 1 :], one.text
        waits = bool(rest) and (index == 0 or _asks(sentence) or turns(rest[0].text, lang))
        waits |= sentence.endswith((":", "：", "፦"))
        yield DraftSentence(sentence, before, waits, one.stays, one.together)
        before = space_after(sentence)


def _asks(sentence: str) -> bool:
    return sentence.rstrip("\"'’”»)\u00a0\u202f ")[-1:] in ("?", "؟", "？")


def _words(markdown: str) -> str:
    return _SPACES.sub(" ", inline_words(take_marks_away(markdown))).strip()


def _list_lines(listing: blocks.MarkdownList) -> Iterator[DraftSentence]:
    """Give each item as one line; a list is kept whole or not at all."""
    for number, item in enumerate(listing.items):
        texts = [c.text for c in item.children if isinstance(c, blocks.Paragraph)]
        words = _words(" ".join(texts))
        if not words:
            continue
        mark = f"{listing.start + number}. " if listing.is_ordered else BULLET
        before = "\n" if number else "\n\n"
        yield DraftSentence(mark + words, before, number + 1 < len(listing.items))


def amounts(found: tuple[DraftSentence, ...]) -> tuple[int, ...]:
    """Give the numbers of sentences after which the text may end, 0 first."""
    return (0, *(index + 1 for index, sentence in enumerate(found) if not sentence.open))


def join(found: tuple[DraftSentence, ...], amount: int, *, flat: bool = False) -> str:
    """Join the first sentences, and those after them that stay."""
    text, last = "", -1
    for index in _required_sentences(found, amount):
        sentence = found[index]
        before = sentence.before if index == last + 1 else "\n\n"
        before = " " if flat and before else before
        text += (before if text else "") + sentence.text
        last = index
    return text


def continue_after(found: tuple[DraftSentence, ...], amount: int) -> tuple[DraftSentence, ...]:
    """Give what follows the first sentences, from the next paragraph on.

    Args:
        amount: how many of the first are said already.

    Returns:
        Sentences up to the first that stays: it stands with the fact, and is not said twice.
    """
    starts = (i for i, one in enumerate(found) if i >= amount and one.before == "\n\n")
    start = next(starts, len(found))
    rest = list(takewhile(lambda one: not one.stays, found[start:]))
    while rest and rest[-1].open:
        rest.pop()
    return tuple(rest)


def _required_sentences(found: tuple[DraftSentence, ...], amount: int) -> list[int]:
    """Name the sentences of a text: the first, those that stay, and those tied to them."""
    chosen = {index for index, one in enumerate(found) if index < amount or one.stays}
    for index in range(len(found) - 1, 0, -1):
        if index in chosen and index >= amount and found[index].together:
            chosen.add(index - 1)
    return sorted(chosen)
