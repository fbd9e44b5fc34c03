"""A number in a text of one's own stands with country, name and who answers (SAF04)."""

from __future__ import annotations

import pytest
from stopjihad.check.campaign import check_project

from support.messages import TODAY, laid_over


def found(text: str, language: str = "en", code: str = "SAF04", **helpline: object) -> list[str]:
    project = laid_over({"text": text, "helpline": helpline}, language)
    problems = check_project(project, TODAY, ("x",))
    return [problem.message for problem in problems if problem.code == code]


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


@pytest.mark.parametrize("number", ["0 800 005 697", "0 800 005 66", "+33 800 005 986"])
def test_a_wrong_digit_is_found_and_the_line_that_was_meant_is_named(number: str) -> None:
    (message,) = found(f"In France, call the Helpline: {number}.", code="SAF05")
    assert message.endswith("which is nearly that of the helpline 'line'")


@pytest.mark.parametrize(
    "text",
    [
        "In 2015 and 2016, 362 000 000 people and 1,236,400 more.",
        "The report S/2016/501 of 01.06.2016, case 42 BJs 26/14-2.",
        "From 06/2014 to 09/2016 it rose by 0.000 000 12 points.",
        "Open 09:00-17:00, room 0800, from 2016-2018.",
        "The ministry answers at +44 20 7946 0958.",
    ],
)
def test_figures_dates_and_file_numbers_are_no_telephone_numbers(text: str) -> None:
    assert found(text, code="SAF05") == []
