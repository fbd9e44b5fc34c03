"""Add the peoples, names and frames of a campaign to those that a language has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from stopjihad.catalog.frames import FrameWords, frame_words
from stopjihad.lexicon.grammar import Grammar
from stopjihad.model.own_rules import AddedWords, OwnRules


def phrase_fault(primary: str, phrase: str) -> str:
    """Say why a phrase cannot be looked for.

    Args:
        primary: primary subtag of a language with frames.
    """
    known = frame_words(primary)
    words = known.words if known else {}
    try:
        [found] = Grammar(primary, words).compile([_bare(phrase)])
    except KeyError as fault:
        return f"there is no class of words {{{fault.args[0]}}}"
    except ValueError:
        return "each word of a phrase is letters, with * at its ends"
    return "" if found.needs else "a phrase has at least one word that cannot be left out"


def _bare(phrase: str) -> str:
    return phrase.removeprefix("^ ").removesuffix(" $")


def words_of_rules(rules: Iterable[OwnRules], built_in: Iterable[str]) -> AddedWords:
    """Collect what can be looked for; what cannot is a problem of its own.

    Args:
        built_in: ids of the frames that the program has: those stay as they are.
    """
    known = frozenset(built_in)
    every = tuple(rules)

    def good(one: OwnRules, phrases: Iterable[str]) -> tuple[str, ...]:
        return tuple(phrase for phrase in phrases if not phrase_fault(one.language, phrase))

    return AddedWords(
        people=tuple(word for one in every for word in good(one, one.people)),
        one=tuple(word for one in every for word in good(one, one.one)),
        names=tuple((name, good(one, some)) for one in every for name, some in one.names.items()),
        frames=tuple(
            (name, good(one, frame.words))
            for one in every
            for name, frame in one.frames.items()
            if name not in known
        ),
    )


def phrases_of(rules: OwnRules) -> Iterator[tuple[str, str]]:
    """Give all phrases of a file, each with the path of its field."""
    for field in ("people", "one"):
        yield from ((f"{field}.{n}", text) for n, text in enumerate(getattr(rules, field)))
    for name, some in rules.names.items():
        yield from ((f"names.{name}.{n}", text) for n, text in enumerate(some))
    for name, frame in rules.frames.items():
        yield from ((f"frames.{name}.words.{n}", text) for n, text in enumerate(frame.words))


def join_words(known: FrameWords, own: AddedWords) -> FrameWords:
    """Add a campaign's words to those of a language."""
    words = dict(known.words)
    for name in ("folk", "nations"):
        words[name] = (*words[name], *own.people)
    for name in ("one", "nation_one"):
        words[name] = (*words.get(name, ()), *own.one)
    listed, frames = dict(known.listed), dict(known.frames)
    for rows, added in ((listed, own.names), (frames, own.frames)):
        for name, phrases in added:
            rows[name] = (*rows.get(name, ()), *phrases)
    return msgspec.structs.replace(known, words=words, listed=listed, frames=frames)
