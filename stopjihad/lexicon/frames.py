"""Find frames: what a sentence says of a faith or a people as a whole, and what takes it back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from stopjihad.catalog.frames import LAWFUL, FrameWords, frame_words
from stopjihad.catalog.phrases import stop_words
from stopjihad.lexicon.frame_index import (
    NO_EDGES,
    Edges,
    FrameRow,
    FrameRows,
    RarestWord,
    WordNeeds,
    compile_rows,
)
from stopjihad.lexicon.grammar import (
    Grammar,
    SentenceWords,
    search,
    telling_atoms,
)
from stopjihad.lexicon.own_words import join_words
from stopjihad.lexicon.sentence import ReadText, Sentence
from stopjihad.lexicon.vocabulary import NOTHING
from stopjihad.model.own_rules import NO_WORDS, AddedWords
from stopjihad.text.language.fold import WORD, PerWord, fold, folded_tokens, part_tokens
from stopjihad.text.language.stems import shared_stems, stems
from stopjihad.text.markdown.words import has_no_signs, words_of_part

_QUOTED = re.compile("[\"“”«»„‟‹›]|(?:^|[\\s(])['‘’]|['’](?:$|[\\s.,;:!)])")
_ASKED = re.compile("[?\u061f]")
_CLAUSE = re.compile("[^\\s\\w'’-]")
"""Any mark between two words, as a comma, begins a clause; a hyphen joins a word."""

_DASHES = str.maketrans("—–", "ээ")
"""What a dash between two words is read as where it stands for "is": a letter that is no word."""


T = TypeVar("T", bound=ReadText)


class FrameHit(NamedTuple):
    """A frame that was found.

    Attributes:
        frame: id of the frame.
        words: the words that matched, as written.
        offset: where they start in the text, in code points.
        sentence: the whole sentence.
        back: what takes it back, with the word that does; empty for a finding.
    """

    frame: str
    words: str
    offset: int
    sentence: str
    back: str


class FrameSentence(Sentence):
    """A sentence with what its frames and names are looked for in."""

    def __init__(self, piece: str, offset: int, frames: Frames, tokens: Sequence[str]) -> None:
        """Read the words.

        Args:
            offset: where it starts in its text, in code points.
            tokens: its folded words.
        """
        super().__init__(piece, "", offset, frames.grammar, tokens)
        self._frames = frames

    @cached_property
    def met_needs(self) -> frozenset[int]:
        """The numbers of the needs of phrases that its words meet."""
        return self._frames.met_by(self.tokens)

    @cached_property
    def masked(self) -> SentenceWords:
        """Its words; those of set phrases and proper names stand for nothing."""
        return self._frames.masked(self.words)

    @cached_property
    def edges(self) -> Edges:
        """Where its clauses begin and end."""
        gaps = WORD.split(fold(self.text))
        marks = {
            index for index, gap in enumerate(gaps[1:-1], 1) if gap != " " and _CLAUSE.search(gap)
        }
        opened = self._frames.clause_starts(self.masked)
        return Edges(frozenset({0, *marks, *opened}), frozenset({len(gaps) - 1, *marks}))

    def clause_end(self, place: int) -> int:
        """Give the word before which the clause ends that has the words before ``place``."""
        after = [edge for edge in (*self.edges.starts, *self.edges.ends) if edge >= place]
        return min(after, default=len(self.words))

    @cached_property
    def unbound(self) -> SentenceWords:
        """Its words without what has a word of denial and denies nothing."""
        return self._frames.without_firm(self.masked)

    def first(self, row: FrameRow) -> tuple[int, int] | None:
        """Find a phrase; most may stand anywhere, and need no edges."""
        return row.first(self.masked, self.edges if row.opens or row.closes else NO_EDGES)

    @cached_property
    def first_places(self) -> tuple[tuple[str, tuple[int, int]], ...]:
        """The first place of each of its frames, in words."""
        return tuple(self._frames.places(self))


class Frames:
    """Look for the frames of one language, and for the names that put a sentence on the list.

    Attributes:
        grammar: knows what words may stand for.
        keys: numbers of needs, of which the words of a frame meet one.
        listing_keys: those, and those of which the words of a listed sentence meet one.
    """

    def __init__(self, known: FrameWords) -> None:
        """Compile the phrases."""
        self._dashes = known.dashes == "read"
        grammar = self.grammar = Grammar(known.language, known.words)
        found = compile_rows(known.frames, grammar)
        listed = compile_rows(known.listed, grammar)
        practices = compile_rows({"listed": known.practices}, grammar)
        rare = RarestWord(known, grammar)  # when all words have their numbers
        self._needs = WordNeeds()
        self._rows = FrameRows(found, rare, self._needs)
        self._listed = FrameRows(listed, rare, self._needs)
        self._practices = FrameRows(practices, rare, self._needs)
        self._mask = grammar.compile(known.mask)
        self._masking = telling_atoms(self._mask)
        self._harm = grammar.compile(known.harm)
        self._harming = telling_atoms(self._harm)
        self._opener = grammar.compile(known.opener)
        self._opening = telling_atoms(self._opener)
        back = known.back
        self._denial = grammar.compile(back.denial)
        self._anywhere = grammar.compile(back.anywhere)
        self._before = grammar.compile(back.before)
        self._after = grammar.compile(back.after)
        self._next = grammar.compile(back.next)
        self._heading = grammar.compile(back.heading)
        self._firm = grammar.compile(back.firm)
        self._no_signs = grammar.compile(known.no_signs)
        self._conduct = grammar.compile(known.conduct)
        signs = compile_rows({"signs": known.signs}, grammar)
        self._signing = FrameRows(signs, rare, self._needs)
        self._signs = tuple(row.phrase for row in signs)
        self.keys = self._rows.needs | self._practices.needs
        self.listing_keys = self.keys | self._listed.needs
        self._met = PerWord(self._met_by_word)
        self._lead = "", False

    def among(self, words: Iterable[str], *, listing: bool = False) -> frozenset[str]:
        """Find the words of which a text with a frame has at least one.

        Args:
            words: folded words.
            listing: whether texts with a listed sentence are wanted, too.

        Returns:
            Those that are the rarest word of a phrase; what each of the others meets is known, too.
        """
        keys, met = self.listing_keys if listing else self.keys, self._met
        known = self.grammar.look_up_all(words)
        return frozenset([word for word in known if not keys.isdisjoint(met[word])])

    def _met_by_word(self, word: str) -> frozenset[int]:
        return self._needs.met_by(self.grammar.look_up(word).all)

    def met_by(self, tokens: Iterable[str]) -> frozenset[int]:
        """Give the numbers of the needs of phrases that some words meet.

        Args:
            tokens: folded words.
        """
        return NOTHING.union(*filter(None, map(self._met.__getitem__, tokens)))

    def sentences(
        self, text: ReadText, telling: frozenset[str]
    ) -> Iterator[tuple[int, FrameSentence]]:
        """Read the sentences of a text that have one of some words, each once.

        Args:
            telling: folded words.

        Yields:
            Number and sentence, from first to last; where a language writes a dash for "is", the
            dash is a word.
        """
        for index, ((offset, piece), tokens) in enumerate(
            zip(text.reading.pieces, text.reading.tokens, strict=True)
        ):
            read = piece.translate(_DASHES) if self._dashes else piece
            own = tokens if read == piece else folded_tokens(read)
            if telling.isdisjoint(own):
                continue
            known = text.kept.get(index)
            if known is None:
                known = text.kept[index] = FrameSentence(read, offset, self, own)
            yield index, known

    def hits(self, text: ReadText, telling: frozenset[str]) -> Iterator[FrameHit]:
        """Find the frames of a text, those that are taken back among them.

        Args:
            telling: those of its words that ``among`` finds, and maybe others.

        Yields:
            Findings from left to right; one for each frame of a sentence.
        """
        if not self._may_have(text):
            return
        pieces = text.reading.pieces
        for index, sentence in self.sentences(text, telling):
            piece = pieces[index][1]
            after = pieces[index + 1][1] if index + 1 < len(pieces) else ""
            yield from self.hits_in(sentence, piece, after=after, lead=text.lead)
            if text.item:
                yield from self._in_list(sentence, piece, text.lead)

    def _may_have(self, text: ReadText) -> bool:
        """Tell quickly whether a text can have a frame: no sentence has a word that it lacks."""
        met = self.met_in(text)
        if self.may_be_in(met):
            return True
        return text.item and self.may_be_practice(met) and self.announces(text.lead)

    def may_be_in(self, met: frozenset[int]) -> bool:
        """Tell whether a text can have a frame, whatever introduces it.

        Args:
            met: numbers of the needs that its words meet.
        """
        return self._rows.has_in(met)

    def may_be_practice(self, met: frozenset[int]) -> bool:
        """Tell whether a text can name a lawful practice; arguments are those of ``may_be_in``."""
        return self._practices.has_in(met)

    def may_announce(self, met: frozenset[int]) -> bool:
        """Tell whether a text can announce signs; arguments are those of ``may_be_in``."""
        return self._signing.has_in(met)

    def may_list(self, met: frozenset[int]) -> bool:
        """Tell whether a text can be on the reading list; arguments are those of ``may_be_in``."""
        return self._listed.has_in(met) or self._rows.has_in(met)

    def words_of_part(self, part: str) -> tuple[str, ...] | None:
        """Give all words that what stands between two spaces of a text may have.

        Returns:
            Folded words; None where the text must be read to know them.
        """
        words = words_of_part(part)
        if words is None or not self._dashes or not ("—" in part or "–" in part):
            return words
        read = part_tokens(part.translate(_DASHES))
        # Marks that go would join the dash and the word behind them.
        return (*words, *read) if has_no_signs(part) else None

    def met_in(self, text: ReadText) -> frozenset[int]:
        """Give the numbers of the needs of phrases that the words of a ``text`` meet."""
        if text.met is None:
            text.met = self.met_by(self._tokens(text))
        return text.met

    def _tokens(self, text: ReadText) -> Sequence[str]:
        """Give the words of a text in order; where a dash stands for "is", it is a word."""
        if not self._dashes or not ("—" in text.plain or "–" in text.plain):
            return text.tokens
        return folded_tokens(text.plain.translate(_DASHES))

    def hits_in(
        self, sentence: FrameSentence, piece: str, *, after: str = "", lead: str = ""
    ) -> Iterator[FrameHit]:
        """Find the frames of a sentence."""
        for name, span in sentence.first_places:
            back = (
                self._back(sentence, span, piece)
                or (name == "sign" and self._denied_sign(sentence))
                or self._around(sentence, span, after, lead)
            )
            yield FrameHit(name, *_words_as_written(sentence, span, piece), piece, back)

    def places(self, sentence: FrameSentence) -> Iterator[tuple[str, tuple[int, int]]]:
        """Find where the frames of a sentence are, whatever takes them back.

        Yields:
            Id of each frame and its first place, in words.
        """
        seen: set[str] = set()
        for row in self._rows.likely_in(sentence.met_needs):
            span = None if row.name in seen else sentence.first(row)
            if span is not None:
                seen.add(row.name)
                yield row.name, span

    def _in_list(self, sentence: FrameSentence, piece: str, lead: str) -> Iterator[FrameHit]:
        """Find lawful practice in a list whose heading or first sentence announces signs."""
        if not sentence.tokens or not self.announces(lead):
            return
        for row in self._practices.likely_in(sentence.met_needs):
            span = row.first(sentence.words, NO_EDGES)
            if span is not None:
                back = self._no_sign(sentence, piece, lead)
                yield FrameHit(row.name, *_words_as_written(sentence, span, piece), piece, back)
                return

    def _denied_sign(self, sentence: FrameSentence) -> str:
        """Tell which words of a sentence say that something is no sign, or give nothing."""
        for span in search(self._no_signs, self.without_firm(sentence.words)):
            return _name_words(sentence.original_words(*span)[0])
        return ""

    def _no_sign(self, sentence: FrameSentence, piece: str, lead: str) -> str:
        """Tell what says that an item of a list is no sign, or that it is done to somebody."""
        if _ASKED.search(piece):
            return "a question"
        if denied := self._denied_sign(sentence):
            return denied
        words, size = self.without_firm(sentence.words), len(sentence.words)
        for span in search(self._conduct, words):
            return _name_words(sentence.original_words(*span)[0])
        # "A beard: no." denies, "He drinks no beer." does not.
        last = max(place for place in sentence.edges.starts if place < size)
        if (last, size) in search(self._denial, words, last):
            return _name_words(sentence.original_words(last, size)[0])
        for span in search(self._no_signs, self.without_firm(self._read(lead))):
            return f"what introduces it: {self._cut(lead, span)}"
        return ""

    def announces(self, lead: str) -> bool:
        """Tell whether what introduces texts announces signs; most introduces several."""
        if not lead:
            return False
        known = self._lead  # held: another thread may look at another text
        if lead != known[0]:
            found = next(search(self._signs, self._read(lead)), None)
            known = self._lead = lead, found is not None
        return known[1]

    def names(self, sentence: FrameSentence) -> tuple[tuple[str, str], ...]:
        """Say why a sentence is on the reading list.

        Returns:
            Reasons, each with the words found; none when nobody needs to read it.
        """
        found: dict[str, str] = {}
        for row in self._listed.likely_in(sentence.met_needs):
            span = None if row.name in found else sentence.first(row)
            if span is not None:
                found[row.name] = sentence.original_words(*span)[0]
        if found and LAWFUL.issuperset(found) and self._denied_sign(sentence):
            return ()
        return tuple(found.items())

    def harm(self, sentence: Sentence) -> str:
        """Give the first word of harm in a sentence, or nothing."""
        if self._harming.isdisjoint(sentence.words.all):
            return ""
        for start, end in search(self._harm, sentence.words):
            return sentence.original_words(start, end)[0]
        return ""

    def masked(self, words: SentenceWords) -> SentenceWords:
        """Look away from set phrases and proper names."""
        if self._masking.isdisjoint(words.all):
            return words
        return words.mask_spans(list(search(self._mask, words)))

    def without_firm(self, words: SentenceWords) -> SentenceWords:
        """Look away from what has a word of denial and denies nothing, in ``words``."""
        return words.mask_spans(list(search(self._firm, words)))

    def clause_starts(self, words: SentenceWords) -> frozenset[int]:
        """Find the words before which a clause begins, without a mark."""
        if self._opening.isdisjoint(words.all):
            return frozenset()
        return frozenset(end for _, end in search(self._opener, words))

    def _back(self, sentence: FrameSentence, span: tuple[int, int], piece: str) -> str:
        """Tell what takes a frame back in its own sentence."""
        start, end = span
        if _ASKED.search(piece):
            return "a question"
        if _QUOTED.search(piece):
            return "a quotation"
        words, size = sentence.unbound, len(sentence.words)
        clause = sentence.clause_end(end)
        for phrases, low, high in (
            (self._anywhere, 0, start),
            (self._denial, 0, start),
            (self._before, 0, start),
            (self._anywhere, end, size),
            (self._denial, end, clause),
            (self._after, end, size),
        ):
            found = next(search(phrases, words, low, high), None) if low < high else None
            if found is not None:
                return _name_words(sentence.original_words(*found)[0])
        for first, last in search(self._next, words, clause, size):
            # A word alone, as "no", must be the whole clause.
            if last - first > 1 or (first == clause and last == sentence.clause_end(last)):
                return _name_words(sentence.original_words(first, last)[0])
        return ""

    def _around(self, sentence: FrameSentence, span: tuple[int, int], after: str, lead: str) -> str:
        """Tell what takes a frame back in the next sentence, or in what introduces its text."""
        if after:
            following = self.without_firm(self._read(after))
            for first, last in search(self._next, following):
                if first == 0 or last - first > 1:
                    return f"the next sentence: {self._cut(after, (first, last))}"
        heading, _, intro = lead.rpartition("\n")
        for text, phrases in ((heading, self._heading), (intro, self._heading)):
            for found in search(phrases, self.without_firm(self._read(text))) if text else ():
                return f"what introduces it: {self._cut(text, found)}"
            asked = text and (_ASKED.search(text) or _QUOTED.search(text))
            if asked and self._speak_of_one(sentence, span, text):
                return "what introduces it: a question or a quotation of the same"
        return ""

    def _speak_of_one(self, sentence: FrameSentence, span: tuple[int, int], text: str) -> bool:
        """Tell whether a text has a word of a frame, in whatever form."""
        language = self.grammar.language
        small = stop_words(language)
        own = stems(sentence.original_words(*span)[0], language, small)
        return bool(shared_stems(own, stems(text, language, small)))

    def _cut(self, text: str, span: tuple[int, int]) -> str:
        """Give words of what introduces a text, or follows it, as they were written."""
        return Sentence(text, "", 0, self.grammar).original_words(*span)[0]

    def _read(self, text: str) -> SentenceWords:
        return self.grammar.read(folded_tokens(text))


def _words_as_written(sentence: Sentence, span: tuple[int, int], piece: str) -> tuple[str, int]:
    """Give words as they were written, dashes among them, and their place in the text."""
    words, offset = sentence.original_words(*span)
    start = offset - sentence.offset
    return piece[start : start + len(words)], offset


def _name_words(words: str) -> str:
    return f"taken back by '{words}'"


@lru_cache(maxsize=64)
def frames_of(primary: str, own: AddedWords = NO_WORDS) -> Frames | None:
    """Give the frames of a language, compiled.

    Returns:
        The frames; None for languages without them.
    """
    known = frame_words(primary)
    if known is None:
        return None
    return Frames(known if own == NO_WORDS else join_words(known, own))


def found_frames(
    language: str, texts: Sequence[T], words: frozenset[str], own: AddedWords = NO_WORDS
) -> Iterator[tuple[T, FrameHit]]:
    """Find the frames of some texts, those that are taken back among them.

    Args:
        language: BCP 47 tag of the texts.
    """
    known = frames_of(language.partition("-")[0], own)
    if known is None:
        return
    telling = known.among(words)
    for text in texts:
        if not telling.isdisjoint(text.tokens):
            for hit in known.hits(text, telling):
                yield text, hit
