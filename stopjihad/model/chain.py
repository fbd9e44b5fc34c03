"""The order of the lines of a ledger: by what each answers, never by anybody's clock.

A line names the digests of the lines that nothing had answered when it was written; so it says what
its writer had seen. Lines of two laptops that did not know of each other stand beside each other,
however their files were merged. A line that takes back, an end or a withdrawal, takes back whatever
does not answer it: what was before it, and what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from stopjihad.model.review import Review


class Link(NamedTuple):
    """One line of a chain.

    Attributes:
        line: of the ledger.
        digest: of the line.
        bit: one bit that no other line of the chain has.
        past: the bits of all lines that it answers, directly or not.
    """

    line: Review
    digest: str
    bit: int
    past: int


Chain = tuple[Link, ...]
"""Lines of one subject, each once, after all that it answers; else in the order of the file."""


def chain_of(lines: Iterable[Review]) -> Chain:
    """Put the lines of one subject in order.

    Args:
        lines: in the order of the file, repeated ones among them. One without ``answers`` was
            written before there were any: it answers the one of its kind before it.

    Returns:
        The chain. What a line answers and is not there, nobody knows: it answers less then.
    """
    known: dict[str, Review] = {}
    answered: dict[str, tuple[str, ...]] = {}
    before: tuple[str, ...] = ()
    for line in lines:
        digest = line.line_digest()
        if digest in known:
            continue
        known[digest] = line
        answered[digest] = before if line.answers is None else line.answers
        if line.answers is None:
            before = (digest,)
    found: dict[str, Link] = {}
    for first in known:
        waiting = [first]
        while waiting:
            digest = waiting.pop()
            if digest in found:
                continue
            own = [one for one in answered[digest] if one in known]
            later = [one for one in own if one not in found]
            if later:
                waiting += [digest, *reversed(later)]
            else:
                found[digest] = _link(
                    known[digest], digest, len(found), [found[one] for one in own]
                )
    return tuple(found.values())


def _link(line: Review, digest: str, place: int, answered: Iterable[Link]) -> Link:
    past = 0
    for one in answered:
        past |= one.past | one.bit
    return Link(line, digest, 1 << place, past)


def standing_lines(chain: Chain, *, ahead: bool = False) -> Chain:
    """Leave out what takes back, and what was taken back.

    Args:
        ahead: whether lines ahead of the clock count, too.
    """
    ends = 0
    for one in chain:
        ends |= one.bit if one.line.takes_back else 0
    return tuple(
        one
        for one in chain
        if not one.line.takes_back and one.past & ends == ends and (ahead or not one.line.ahead)
    )


def newest(chain: Chain) -> Chain:
    """Find the lines that no other one answers: several where people did not know of each other."""
    answered = 0
    for one in chain:
        answered |= one.past
    return tuple(one for one in chain if not one.bit & answered)


def heads(lines: Iterable[Review]) -> tuple[str, ...]:
    """Give what the next line of a subject answers: digests of those that nothing answers yet."""
    return tuple(one.digest for one in newest(chain_of(lines)))
