"""Choose where the lines of a shaped paragraph end."""

from __future__ import annotations

from typing import NamedTuple

from stopjihad.draw.shape import ShapedParagraph, snap

BLANK = " \n\t\r\u2028\u2029\u3000\u200b"
SOFT_HYPHEN = "\u00ad"
HYPHENS = "-\u2010"
ISOLATES = "\u2066\u2067\u2068"
DOT = "\u00a0·"
"""What stands between names: where a line ends it says nothing, and is left out."""

STEPS = 8
"""Widths that are tried, from the narrowest one on, for lines of which none is too short."""

INKED = 0.97
"""Share of a line that words may take then: ink may reach beyond their advances."""

Cut = tuple[int, int]
"""First and last (exclusive) character of a line, without the blanks at its end."""


class Word(NamedTuple):
    """What stands between two break opportunities.

    Attributes:
        start: its first character.
        end: the character after its last that is not blank.
        extra: width of the hyphen that shows when a line ends here, grid units.
        last: whether a line must end here.
    """

    start: int
    end: int
    extra: int
    last: bool


def words_of(shaped: ShapedParagraph) -> list[Word]:
    """Cut a paragraph at the break opportunities of UAX #14."""
    from stopjihad.text.unicode.linebreak import opportunities

    words: list[Word] = []
    start = 0
    size = len(shaped.text)
    for index, mandatory in (*opportunities(shaped.text), (size, False)):
        stop = snap(shaped, index) if index < size else size
        if stop > start:
            word = _word(shaped, start, stop, last=mandatory and stop < size)
            if word.end > word.start or word.last:
                words.append(word)
            start = stop
    return words


def _word(shaped: ShapedParagraph, start: int, stop: int, *, last: bool) -> Word:
    text = shaped.text
    told = text[start:stop].rstrip(BLANK)
    bare = told.rstrip(BLANK + ISOLATES)
    if bare.endswith(DOT) and stop < len(text):
        told = bare.removesuffix(DOT)
    end = start + len(told)
    hyphen = end > start and text[end - 1] == SOFT_HYPHEN
    return Word(start, end, shaped.hyphen if hyphen else 0, last)


def pieces(shaped: ShapedParagraph, words: list[Word], width: float) -> list[Word]:
    """Cut words that are wider than a line between clusters: better than off the card.

    Args:
        width: width of a line in grid units.

    Returns:
        Words, none of them wider than the width unless it is one cluster.
    """
    found: list[Word] = []
    reach = shaped.reach
    for word in words:
        start = word.start
        if reach[word.end] - reach[start] > width:
            cuts = [cut for cut in shaped.clusters if word.start < cut < word.end]
            for cut, after in zip(cuts, [*cuts[1:], word.end], strict=True):
                if reach[after] - reach[start] > width:
                    found.append(Word(start, cut, 0, last=False))
                    start = cut
        found.append(word._replace(start=start))
    return found


def fill(shaped: ShapedParagraph, words: list[Word], width: float) -> list[Cut] | None:
    """Fill lines greedily; None when a word alone is wider than the width (grid units).

    Args:
        width: width of a line in grid units.

    Returns:
        The lines, or None.
    """
    reach = shaped.reach
    lines: list[Cut] = []
    start = end = -1
    for word in words:
        right = reach[word.end] + word.extra
        if right - reach[word.start] > width:
            return None
        if start < 0:
            start = word.start
        elif right - reach[start] > width:
            lines.append((start, end))
            start = word.start
        end = word.end
        if word.last:
            lines.append((start, end))
            start = -1
    if start >= 0:
        lines.append((start, end))
    return lines


def join_hyphened(shaped: ShapedParagraph, words: list[Word]) -> list[Word]:
    """Put together what hyphens join: a name such as Al-Hol is better not cut."""
    found: list[Word] = []
    for word in words:
        before = found[-1] if found else None
        if before and before.end == word.start and shaped.text[before.end - 1] in HYPHENS:
            found[-1] = word._replace(start=before.start)
        else:
            found.append(word)
    return found


def balance(shaped: ShapedParagraph, words: list[Word], width: float, count: int) -> list[Cut]:
    """Make the widest of some lines as narrow as it can be, and even out the rest.

    The result is the same for every width at which the words fill that many lines.

    Args:
        width: grid units of a line, enough for the words in ``count`` lines.
    """
    reach = shaped.reach
    low = max(reach[word.end] + word.extra - reach[word.start] for word in words)
    high = int(width)
    while low < high:
        middle = (low + high) // 2
        tried = fill(shaped, words, middle)
        if tried is not None and len(tried) <= count:
            high = middle
        else:
            low = middle + 1
    return _even(shaped, words, high, count) or fill(shaped, words, high) or []


def lengthen(
    shaped: ShapedParagraph, words: list[Word], cuts: list[Cut], width: float
) -> list[Cut]:
    """Break elsewhere where a line is shorter than a third of the longest, if a wider one allows.

    Args:
        width: grid units of the widest line allowed.
    """
    if not _has_short(shaped, cuts):
        return cuts
    least = max(shaped.reach[end] - shaped.reach[start] for start, end in cuts)
    most = width * INKED
    for step in range(1, STEPS + 1):
        tried = _even(shaped, words, int(least + (most - least) * step / STEPS), len(cuts))
        if most > least and tried is not None and not _has_short(shaped, tried):
            return tried
    return cuts


def _has_short(shaped: ShapedParagraph, cuts: list[Cut]) -> bool:
    widths = [shaped.reach[end] - shaped.reach[start] for start, end in cuts]
    return len(widths) > 1 and min(widths) * 3 < max(widths)


def _even(shaped: ShapedParagraph, words: list[Word], width: int, count: int) -> list[Cut] | None:
    """Choose breaks so that no line, the last included, is much shorter than the widest.

    Of all ways to set the words in at most ``count`` lines of a width (grid units), take the one
    with the least sum of squared gaps: a short last word then never stands alone.
    """
    best = _costs(shaped, words, width, count)
    if not best[0]:
        return None
    left = max(best[0])
    cuts: list[Cut] = []
    first = 0
    while first < len(words):
        after = best[first][left][1]
        cuts.append((words[first].start, words[after - 1].end))
        first, left = after, left - 1
    return cuts


def _costs(
    shaped: ShapedParagraph, words: list[Word], width: int, count: int
) -> list[dict[int, tuple[float, int]]]:
    """For each word and number of lines from it on: least cost, and where the first line ends."""
    reach = shaped.reach
    total = len(words)
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(total)] + [{0: (0.0, total)}]
    for first in range(total - 1, -1, -1):
        left = reach[words[first].start]
        for last in range(first, total):
            slack = width - (reach[words[last].end] + words[last].extra - left)
            if slack < 0:
                break
            for lines, (cost, _) in best[last + 1].items():
                found = best[first].get(lines + 1)
                summed = cost + float(slack) ** 2
                if lines < count and (found is None or summed < found[0]):
                    best[first][lines + 1] = (summed, last + 1)
            if words[last].last:
                break
    return best
