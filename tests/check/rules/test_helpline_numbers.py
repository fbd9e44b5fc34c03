"""Helplines are right (SAF01 to SAF03), and no number in a text stands alone (SAF04, SAF05)."""

from __future__ import annotations

import pytest
from stopjihad.check.campaign import check_project

from support.messages import TODAY, laid_over


def of(code: str, **values: object) -> list[str]:
    """Give the messages of a rule about the small campaign with some values changed."""
    problems = check_project(laid_over(dict(values)), TODAY, ("x",))
    return [f"{one.severity}: {one.message}" for one in problems if one.code == code]


def phone(e164: str, printed: str, country: str = "FR") -> list[str]:
    return of("SAF02", helpline={"country": country, "phone": {"e164": e164, "printed": printed}})


def test_an_entry_without_lines_says_that_there_is_none() -> None:
    nobody = [{"language": "en", "lines": []}]
    assert of("SAF01", campaign={"helplines": nobody}) == []
    other = [{"language": "fr", "lines": []}]
    (message,) = of("SAF01", campaign={"helplines": other})
    assert message == "warning: no helpline stands for the language 'en'"


def test_each_country_of_the_campaign_has_a_line() -> None:
    assert of("SAF01", campaign={"countries": ["FR"]}) == []
    (message,) = of("SAF01", campaign={"countries": ["FR", "SE"]})
    assert message == "error: no helpline is named for the country SE"


@pytest.mark.parametrize(
    ("e164", "printed", "country", "why"),
    [
        ("+9991234567", "123 4567", "FR", "has no telephone number: +9991234567"),
        ("+33800005696", "0 800 005 696", "DE", "has a number of FR, not of DE"),
        ("+331234567", "01 23 45 67", "FR", "has a number that is not possible in FR: +331234567"),
        ("+33899005696", "0 899 005 696", "FR", "has a number that costs its callers more"),
        ("+33800005696", "0 800 005 697", "FR", "prints 0 800 005 697, but dials +33800005696"),
        ("+33800005696", "nobody", "FR", "prints nobody, but dials +33800005696"),
        ("1712", "17 21", "BE", "prints 17 21, but dials 1712"),
        ("12345", "12345", "BE", "has a short number that is not possible in BE: 12345"),
        ("9999", "9999", "BE", "has a number that costs its callers more"),
    ],
)
def test_a_number_that_rings_nowhere_or_elsewhere_is_refused(
    e164: str, printed: str, country: str, why: str
) -> None:
    assert any(f"the helpline 'line' {why}" in one for one in phone(e164, printed, country))


@pytest.mark.parametrize(
    ("e164", "printed", "country"),
    [
        ("+33800005696", "+33 800 005 696", "FR"),
        ("+33800005696", "00 33 800 005 696", "FR"),
        ("+3222280000", "02/228.00.00", "BE"),
        ("+493012345678", "(0)30 12345678", "DE"),
        ("1712", "1712", "BE"),
        ("106", "106", "BE"),
        ("116111", "116 111", "BE"),
        ("116123", "116\u202f123", "DE"),
        ("3018", "30 18", "FR"),
    ],
)
def test_a_number_is_the_same_however_its_service_prints_it(
    e164: str, printed: str, country: str
) -> None:
    assert phone(e164, printed, country) == []


def test_a_check_that_has_not_come_yet_is_none() -> None:
    def checked(day: str, again: str) -> list[str]:
        when = {"verified": {"on": day, "how": "called"}, "review_by": again}
        return of("SAF02", helpline=when)

    assert checked("2026-11-24", "2027-02-20") == []
    (message,) = checked("2026-11-25", "2027-02-20")
    assert "was checked on 2026-11-25, which has not come yet" in message
    assert message.endswith("the clock says 2026-11-24")


def test_the_next_check_is_due_within_190_days() -> None:
    def due(again: str) -> list[str]:
        when = {"verified": {"on": "2026-11-20", "how": "read"}, "review_by": again}
        return of("SAF02", helpline=when)

    assert due("2027-05-29") == []
    (message,) = due("2027-05-30")
    assert message.endswith("is checked again after more than 190 days")


@pytest.mark.parametrize(
    "emergency",
    [
        "112",
        "17 or 112",
        "15 / 17 / 112",
        "15/17/18/112",
        "112; from abroad 00 112",
        "٩٩٩",
        "116 006",
    ],
)
def test_several_emergency_numbers_are_not_one_that_is_too_long(emergency: str) -> None:
    assert of("SAF03", helpline={"emergency": emergency}) == []


@pytest.mark.parametrize(
    ("emergency", "why"),
    [
        ("the police", "names no emergency number"),
        ("116 00 61", "names 116 00 61 for an emergency, which is too long a number"),
        ("112 or +33 800 005 696", "names +33 800 005 696 for an emergency"),
    ],
)
def test_what_cannot_be_dialled_in_an_emergency_is_told(emergency: str, why: str) -> None:
    (message,) = of("SAF03", helpline={"emergency": emergency})
    assert why in message


@pytest.mark.parametrize(
    ("anonymous", "note", "told"),
    [(None, "", True), (None, " ", True), (None, "Nurses.", False), (False, "", False)],
)
def test_who_calls_wants_to_know_whether_a_name_is_asked(
    *, anonymous: bool | None, note: str, told: bool
) -> None:
    line = {"anonymous": anonymous, "operator_note": note}
    assert bool(of("SAF03", helpline=line)) is told


def test_a_number_in_an_answer_to_a_reply_stands_with_its_country_too() -> None:
    answers = ("Call 0 800 005 696.", "In France, call the Helpline at 0 800 005 696.")
    alone, whole = (
        of(
            "SAF04",
            responses={"netiquette": "Be kind.", "replies": [{"says": "No.", "answer": one}]},
        )
        for one in answers
    )
    assert len(alone) == 1
    assert whole == []


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
    ("number", "code"),
    [
        ("+33 800 005 986", "SAF05"),
        ("0 800 005 697", "SAF05"),
        ("+44 20 7946 0958", "SAF07"),
        ("020 7946 0958", "SAF07"),
        ("12 (020) 7946 0958", ""),
        ("2014-2018", ""),
    ],
)
def test_a_number_that_a_translation_alone_has_is_found(number: str, code: str) -> None:
    texts = {"small/fact": f"Ceci est vrai. Appelez le {number}."}
    project = laid_over({"translation": {"language": "fr", "texts": texts}})
    problems = check_project(project, TODAY, ("x",))
    told = {one.code for one in problems if one.path.endswith("fr.po")}
    assert told & {"SAF05", "SAF07"} == ({code} if code else set())


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
