"""A number in a text of one's own stands with country, name and who answers (SAF04)."""

from __future__ import annotations

import pytest
from stopjihad.check.project import check_project

from support.messages import TODAY, laid_over


def found(text: str, language: str = "en", **helpline: object) -> list[str]:
    project = laid_over({"text": text, "helpline": helpline}, language)
    problems = check_project(project, TODAY, ("x",))
    return [problem.message for problem in problems if problem.code == "SAF04"]


@pytest.mark.parametrize(
    "number", ["0 800 005 696", "0800005696", "+33 800 005 696", "0033800005696", "0800/005.696"]
)
def test_a_number_alone_is_refused_however_it_is_written(number: str) -> None:
    (message,) = found(f"Call {number} at once.")
    assert message == "the text gives the number of the helpline 'line' without its country"
    assert found(f"In France, call the Helpline at {number}.") == []


def test_the_name_is_wanted_too() -> None:
    (message,) = found("In France, call 0 800 005 696.")
    assert message.endswith("without the name of the service")


def test_a_line_of_the_police_says_so() -> None:
    text = "In France, call the Helpline: 0 800 005 696."
    (message,) = found(text, operator="police")
    assert message.endswith("without saying that the police answer")
    assert found(f"{text} The police answer.", operator="police") == []


def test_a_line_that_does_not_answer_in_the_language_is_refused() -> None:
    (message,) = found("In France, call the Helpline: 0 800 005 696.", languages=["da"])
    assert message.endswith("which campaign.yaml does not name for 'en'")


def test_other_numbers_are_nobodys_business() -> None:
    assert found("In 2015 and 2016, 0 800 005 697 people and 362 000 000 more.") == []
