"""Judge what a campaign adds to the message rules, and give its words to who looks for them."""

from __future__ import annotations

from collections.abc import Iterator

from stopjihad.catalog.frames import LexiconFrame, frame_languages, frames
from stopjihad.check.finding import at
from stopjihad.lexicon.own_words import phrase_fault, phrases_of, words_of_rules
from stopjihad.model.own_rules import NO_WORDS, AddedWords
from stopjihad.model.project import Project
from stopjihad.problem import Problem


def own_words(project: Project, language: str) -> AddedWords:
    """Give the words that a campaign adds in a language."""
    primary = language.partition("-")[0]
    rules = [one.record for one in project.rules if one.record.language == primary]
    known = rules and primary in frame_languages()
    return words_of_rules(rules, frames()) if known else NO_WORDS


def all_frames(project: Project, language: str) -> dict[str, LexiconFrame]:
    """Give the frames of the program and those of a campaign."""
    primary = language.partition("-")[0]
    found: dict[str, LexiconFrame] = {
        name: LexiconFrame(
            id=name,
            says=frame.says,
            why=frame.why,
            mend=frame.mend,
            sources=(),
            bad="",
            good="",
            rule="LNG02",
        )
        for one in project.rules
        if one.record.language == primary
        for name, frame in one.record.frames.items()
    }
    return {**found, **frames()}


def own_rule_problems(project: Project) -> Iterator[Problem]:
    """Find frames that are the program's, and phrases that cannot be looked for.

    Yields:
        Problems: ``frame-built-in``, ``frame-words``.
    """
    for document in project.rules:
        rules = document.record
        if rules.language not in frame_languages():
            message = f"there are no frames in '{rules.language}' to add to"
            hint = f"languages with frames: {', '.join(frame_languages())}"
            yield at(document, "", "frame-words", message, hint)
            continue
        for name in rules.frames:
            if name in frames():
                message = f"'{name}' is a frame of the program; a campaign adds others"
                hint = "give yours another name; nothing switches a built-in frame off"
                yield at(document, f"frames.{name}", "frame-built-in", message, hint)
        for field, phrase in phrases_of(rules):
            fault = phrase_fault(rules.language, phrase)
            if fault:
                message = f"'{phrase}' cannot be looked for: {fault}"
                hint = "how phrases are written: docs/authors.md, rules of your own"
                yield at(document, field, "frame-words", message, hint)
