"""A campaign adds peoples, names and frames of its own, and takes none of the program's away."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from stopjihad.check.own_rules import own_rule_problems, own_words
from stopjihad.check.reading_list import reading_list
from stopjihad.check.rules.run import check_rules
from stopjihad.model.own_rules import NO_WORDS, OwnFrame, OwnRules
from stopjihad.model.project import Document, Project

from support.messages import laid_over

DAY = dt.date(2026, 11, 24)
TEXT = "Kashubians are criminals. All refugees betrayed us. The Riverside Estate is green. [^un]"
FRAME = OwnFrame(
    says="says of a people that it betrayed the village",
    why="neighbours who fled are still called so",
    mend="say who did what",
    words=("^ {every}... {people} betrayed us",),
)
RULES = OwnRules(
    language="en",
    people=("kashubians",),
    names={"the estate": ("riverside estate",)},
    frames={"traitors": FRAME},
)


def project(rules: OwnRules | None) -> Project:
    made = laid_over({"pages": {"x": {"title": "1", "body": TEXT}}}, "en")
    own = (
        (Document(record=rules, path="campaigns/demo/rules/en.yaml", digest="d"),) if rules else ()
    )
    return replace(made, rules=own)


def found(one: Project) -> list[str]:
    return [problem.message for problem in check_rules(one, DAY) if problem.code == "LNG02"]


def listed(one: Project) -> dict[str, tuple[str, ...]]:
    return {row.text: row.reasons for row in reading_list(one, "en") if "/x/" in row.context}


def test_its_people_frame_and_name_are_found() -> None:
    messages = found(project(RULES))
    assert len(messages) == 2
    assert "frame 'crime': 'Kashubians are criminals'" in messages[0]
    assert "frame 'traitors': 'All refugees betrayed us' says of a people that it" in messages[1]
    assert FRAME.why in messages[1]
    assert listed(project(RULES))["The Riverside Estate is green."] == (
        "the estate: Riverside Estate",
    )


def test_without_it_none_of_them_is_known() -> None:
    assert found(project(None)) == []
    assert list(listed(project(None))) == ["All refugees betrayed us."]


def test_a_frame_of_the_program_is_refused_and_stays() -> None:
    off = replace(RULES, frames={"crime": replace(FRAME, words=("nothing",))})
    [problem] = own_rule_problems(project(off))
    assert problem.code == "frame-built-in"
    assert "nothing switches a built-in frame off" in problem.hint
    assert "frame 'crime': 'Kashubians are criminals'" in found(project(off))[0]


def test_a_phrase_that_cannot_be_looked_for_is_named_and_passed_over() -> None:
    broken = replace(RULES, people=("a.b", "kashubians"), one=("?kashubian",))
    problems = [one.message for one in own_rule_problems(project(broken))]
    assert problems == [
        "'a.b' cannot be looked for: each word of a phrase is letters, with * at its ends",
        "'?kashubian' cannot be looked for: a phrase has at least one word that cannot be left out",
    ]
    assert own_words(project(broken), "en").people == ("kashubians",)


def test_a_language_without_frames_has_nothing_to_add_to() -> None:
    other = project(replace(RULES, language="it"))
    [problem] = own_rule_problems(other)
    assert problem.code == "frame-words"
    assert own_words(other, "it") == NO_WORDS
