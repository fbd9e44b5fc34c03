"""One page of questions stands on sheet, slide and document alike, and says what to say."""

from __future__ import annotations

from stopjihad.view.discussions import DiscussionView, lesson_talk, words_for_leading
from stopjihad.view.records import Text

from support.cards import prose

BODY = (
    "Read it aloud.\n\n## Questions\n\n- Why?\n- How?\n\nSome say so.\n\n"
    "## Before you end\n\nNobody has to tell."
)


def view(setting: str) -> DiscussionView:
    return DiscussionView(
        id=setting,
        point="one",
        fact=Text("A fact.", "en"),
        setting=setting,
        age=14,
        title=Text("A talk", "en"),
        body=prose(BODY),
    )


def test_a_talk_stands_on_a_lesson_sheet_where_a_class_has_no_questions() -> None:
    """Slides had three questions of their own where sheet and first page had the campaign's."""
    talk, lesson = view("talk"), view("classroom")
    assert lesson_talk((talk, lesson)) is lesson
    assert lesson_talk((talk,)) is None
    assert lesson_talk(()) is None


def test_whoever_leads_reads_what_stands_before_the_questions_and_after_them() -> None:
    told = words_for_leading(view("talk"))
    assert [[one.value for one in part] for part in told] == [
        ["Read it aloud."], ["Some say so."], ["Nobody has to tell."],
    ]  # fmt: skip
