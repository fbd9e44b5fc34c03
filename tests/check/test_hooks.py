"""The first line of posts: for whom it is, where it is translated, and that it is no claim."""

from __future__ import annotations

import pytest
from stopjihad.load.documents import SourceFile, markdown_document
from stopjihad.model.point import Point

from support.build import REPOSITORY
from support.messages import codes, laid_over

CLAIM = "A safe house and good pay are waiting."
POINT = REPOSITORY / "campaigns" / "stop-jihadism" / "points" / "friendliness-first.md"


def found(hook: object) -> set[str]:
    return codes(laid_over({"point": {"claim": CLAIM, "hook": hook}}))


def test_a_question_may_lead() -> None:
    assert not found("Who pays when a city is held?") & {"STR01", "STR02", "unknown-audience"}


@pytest.mark.parametrize("hook", [CLAIM, "They tell you: good pay and a house are waiting."])
def test_a_claim_never_leads(hook: str) -> None:
    assert "STR01" in found(hook)


def test_words_of_the_claim_do_not_make_up_a_hook() -> None:
    assert "STR02" in found("Is a safe house waiting, and good pay?")


def test_a_hook_is_for_an_audience_of_the_talking_point() -> None:
    assert "unknown-audience" in found({"nobody": "Who pays when a city is held?"})


def test_one_hook_or_one_for_each_audience_is_read() -> None:
    text = POINT.read_text("utf-8")
    head, _, rest = text.partition("hook:\n")
    rest = rest[rest.index("posts:") :]
    for hook, wanted in (
        ("hook: Who is there?\n", {"hook": "Who is there?"}),
        (
            "hook:\n  relatives: Who writes?\n  young-people: Who is there?\n",
            {"hook.young-people": "Who is there?", "hook.relatives": "Who writes?"},
        ),
        ("hook:\n", {}),
    ):
        file = SourceFile(path="points/friendliness-first.md", text=head + hook + rest, digest="")
        made, problems = markdown_document(file, Point, "friendliness-first")
        assert problems == []
        assert made is not None
        assert list(made.record.hooks.items()) == list(wanted.items())


def test_a_source_is_not_called_like_a_mark() -> None:
    source = {
        "id": "stay",
        "title": "Rule of Terror",
        "publisher": "UN",
        "url": "https://www.ohchr.org/en/documents",
        "accessed": "2026-11-20",
    }
    assert "reserved-id" in codes(laid_over({"point": {"sources": [source]}}))
