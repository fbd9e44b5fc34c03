"""Read the marks inside a paragraph: emphasis, links, source references, line breaks.

CommonMark 0.31 without code, images, HTML, entities and link definitions; those stay plain text.
Everything is linear in the length of the text: one pass with a regular expression that cannot
backtrack, and the emphasis algorithm of CommonMark's appendix with its lower bounds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import ClassVar, Final, NamedTuple, TypeAlias

TEXT: Final = 0
OPEN: Final = 1
CLOSE: Final = 2
LINK: Final = 3
LINK_END: Final = 4
REFERENCE: Final = 5
BREAK: Final = 6


Token: TypeAlias = tuple[int, str]
"""One piece: its kind and its text, tag (``em``, ``strong``), address or source id.

A plain pair: a document has some hundred of them, and named ones would double the time.
"""


class _MarkRun:
    """A run of ``*`` or ``_`` while it is still open what it means."""

    __slots__ = ("char", "closes", "count", "length", "opens", "place", "tags_after", "tags_before")

    def __init__(self, text: str, place: int, *, opens: bool, closes: bool) -> None:
        self.char = text[0]
        self.count = self.length = len(text)
        self.place = place
        self.opens = opens
        self.closes = closes
        self.tags_before: list[str] = []
        self.tags_after: list[str] = []

    def tokens(self) -> list[Token]:
        """Give what the run became: tags it closes, characters left over, tags it opens."""
        found = [(CLOSE, tag) for tag in self.tags_before]
        if self.count:
            found.append((TEXT, self.char * self.count))
        found.extend((OPEN, tag) for tag in reversed(self.tags_after))
        return found


class _Bracket(NamedTuple):
    """Remember an opening bracket: the place of its token and the runs seen before it."""

    place: int
    runs: int


_SPECIAL = re.compile(r"[\\*_\[\]!<]")
_SPECIAL_OR_LINE = re.compile(r"[\\*_\[\]!<\n]")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
SOURCE = re.compile(r"\[\^([a-z0-9][a-z0-9-]*+)\]")
"""A reference to a source, where no backslash stands before it."""
_ADDRESS = re.compile(r"<(https://[^\s<>]++|(?:mailto:)?[^\s<>@:/]++@[^\s<>@:/]++)>")
_TARGET = re.compile(
    r"\([ \n]*+(?:<([^<>\n]*+)>|((?:[^\s()<>\\]++|\\\S)*+"
    r"(?:\((?:[^\s()\\]++|\\\S)*+\)(?:[^\s()<>\\]++|\\\S)*+)*+))"
    r"(?:[ \n]++(?:\"[^\"]*+\"|'[^']*+'))?+[ \n]*+\)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def parse(text: str) -> list[Token]:
    """Read the marks of one block.

    Args:
        text: text of a paragraph, heading or list item; soft breaks are line feeds.

    Returns:
        Tokens; every OPEN has its CLOSE and every LINK its LINK_END, properly nested.
    """
    # Line feeds are marks only where spaces at the end of a line may be a hard break.
    special = _SPECIAL_OR_LINE if " \n" in text else _SPECIAL
    if not special.search(text):
        return [(TEXT, text)]
    return _InlineReader(text, special).read()


class _InlineReader:
    """Read one text from left to right."""

    def __init__(self, text: str, special: re.Pattern[str]) -> None:
        self.text = text
        self.special = special
        self.found: list[Token | _MarkRun] = []
        self.runs: list[_MarkRun] = []
        self.brackets: list[_Bracket] = []

    def read(self) -> list[Token]:
        text, position, done, search = self.text, 0, 0, self.special.search
        while match := search(text, position):
            start = match.start()
            end = self._HANDLERS[text[start]](self, start, done)
            # A mark that means nothing stays in the text around it.
            position, done = (end, end) if end else (start + 1, done)
        if done < len(text):
            self.found.append((TEXT, text[done:]))
        if self.runs:
            _pair(self.runs)
        return self._flat()

    def _flat(self) -> list[Token]:
        flat: list[Token] = []
        for piece in self.found:
            if isinstance(piece, tuple):
                flat.append(piece)
            else:
                flat.extend(piece.tokens())
        return flat

    def _plain(self, start: int, end: int) -> None:
        if end > start:
            self.found.append((TEXT, self.text[start:end]))

    # Each handler notes the mark at ``start`` after the text from ``done`` on; it gives the place
    # after the mark, or 0 when it is plain text.

    def _read_run(self, start: int, done: int) -> int:
        text, char, end = self.text, self.text[start], start + 1
        while end < len(text) and text[end] == char:
            end += 1
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        opens, closes = _flanks(char, before, after)
        self._plain(done, start)
        run = _MarkRun(text[start:end], len(self.found), opens=opens, closes=closes)
        self.found.append(run)
        self.runs.append(run)
        return end

    def _escape(self, start: int, done: int) -> int:
        escaped = self.text[start + 1 : start + 2]
        if escaped == "\n":
            self._plain(done, start)
            self.found.append((BREAK, ""))
        elif escaped in _PUNCTUATION:
            self._plain(done, start)
            self.found.append((TEXT, escaped))
        else:
            return 0
        return start + 2

    def _line(self, start: int, done: int) -> int:
        end = start
        while end > done and self.text[end - 1] == " ":
            end -= 1
        self._plain(done, end)
        self.found.append((BREAK, "") if start - end >= 2 else (TEXT, "\n"))
        return start + 1

    def _open(self, start: int, done: int) -> int:
        source = SOURCE.match(self.text, start)
        self._plain(done, start)
        if source:
            self.found.append((REFERENCE, source[1]))
            return source.end()
        self.brackets.append(_Bracket(len(self.found), len(self.runs)))
        self.found.append((TEXT, "["))
        return start + 1

    def _address(self, start: int, done: int) -> int:
        match = _ADDRESS.match(self.text, start)
        if match is None:
            return 0
        self._plain(done, start)
        target = match[1] if ":" in match[1] else f"mailto:{match[1]}"
        self.brackets.clear()
        self.found += ((LINK, target), (TEXT, match[1].removeprefix("mailto:")), (LINK_END, ""))
        return match.end()

    def _image(self, start: int, done: int) -> int:
        if not self.text.startswith("[", start + 1):
            return 0
        self._plain(done, start + 2)
        return start + 2

    def _close(self, start: int, done: int) -> int:
        """End a link at a closing bracket, if there is an opening one and an address."""
        if not self.brackets:
            return 0
        bracket = self.brackets.pop()
        target = _TARGET.match(self.text, start + 1)
        if target is None:
            return 0
        self._plain(done, start)
        address = target[2] if target[1] is None else target[1]
        self.found[bracket.place] = (LINK, _ESCAPED.sub(r"\1", address))
        self.found.append((LINK_END, ""))
        _pair(self.runs[bracket.runs :])
        del self.runs[bracket.runs :]
        # Links do not nest: brackets that are still open outside stay brackets.
        self.brackets.clear()
        return target.end()

    _HANDLERS: ClassVar[dict[str, Callable[[_InlineReader, int, int], int]]] = {
        "*": _read_run,
        "_": _read_run,
        "\\": _escape,
        "\n": _line,
        "[": _open,
        "]": _close,
        "!": _image,
        "<": _address,
    }


def _flanks(char: str, before: str, after: str) -> tuple[bool, bool]:
    """Tell whether a run can open and close emphasis (CommonMark 0.31, section 6.2)."""
    before_mark, after_mark = _is_mark(before), _is_mark(after)
    left = not after.isspace() and (not after_mark or before.isspace() or before_mark)
    right = not before.isspace() and (not before_mark or after.isspace() or after_mark)
    if char == "*":
        return left, right
    return left and (not right or before_mark), right and (not left or after_mark)


def _is_mark(char: str) -> bool:
    return not char.isalnum() and unicodedata.category(char)[0] in "PS"


def _pair(runs: list[_MarkRun]) -> None:
    """Pair runs of asterisks and underscores (CommonMark 0.31, appendix, process emphasis)."""
    floors: dict[tuple[str, bool, int], int] = {}
    waiting: list[_MarkRun] = []
    for run in runs:
        if run.closes:
            key = (run.char, run.opens, run.length % 3)
            while run.count:
                index = _opener(waiting, run, floors.get(key, -1))
                if index is None:
                    # Nothing down to here fits such a run: no later one needs to look again.
                    floors[key] = waiting[-1].place if waiting else -1
                    break
                _match(waiting[index], run)
                del waiting[index + (1 if waiting[index].count else 0) :]
        if run.opens and run.count:
            waiting.append(run)


def _opener(waiting: list[_MarkRun], closer: _MarkRun, floor: int) -> int | None:
    for index in range(len(waiting) - 1, -1, -1):
        opener = waiting[index]
        if opener.place <= floor:
            break
        if opener.char != closer.char:
            continue
        # The rule of three: *foo**bar* is emphasis around two asterisks.
        both = opener.closes or closer.opens
        odd = (opener.length + closer.length) % 3 == 0
        thirds = opener.length % 3 == 0 and closer.length % 3 == 0
        if not both or not odd or thirds:
            return index
    return None


def _match(opener: _MarkRun, closer: _MarkRun) -> None:
    size = 2 if opener.count >= 2 and closer.count >= 2 else 1
    tag = "strong" if size == 2 else "em"
    opener.count -= size
    closer.count -= size
    opener.tags_after.append(tag)
    closer.tags_before.append(tag)
