"""Who approved an alert, to the letter."""

from __future__ import annotations

from stopjihad.model.project import Document
from stopjihad.model.review import Review
from stopjihad.review.alert_approval import Approval, approval_of, refusal
from stopjihad.review.alert_lines import AlertLine

from support.alerts import ALERT, LINES, chain, step


def changed(language: str, text: str) -> tuple[AlertLine, ...]:
    return tuple(
        one._replace(text=text) if one.language == language and language else one for one in LINES
    )


def approval(*steps: Review, lines: tuple[AlertLine, ...] = LINES) -> Approval:
    return approval_of(steps, lines, ("en", "fr"))


def test_one_person_is_one_person_however_the_name_is_spelled():
    assert approval(step("approve", "Zoé Nour", 1), step("approve", "zoe  nour", 2)).people == (
        "zoe  nour",
    )


def test_one_letter_and_nobody_has_approved_it():
    signed = (step("approve", "Nour", 1), step("approve", "Ida", 2))
    assert approval(*signed)[:3] == (("Nour", "Ida"), ("en", "fr"), ())
    found = approval(*signed, lines=changed("fr", "{place} : prudense."))
    assert found.people == ()
    assert [(one.path, one.line) for one in found.changed] == [("locale/fr.po", 40)]
    document = Document(path="alerts/lyon.yaml", record=ALERT, digest="")
    problem = refusal(document, found, {})
    assert problem is not None
    assert str(problem).startswith("locale/fr.po:40: error[alert-changed] ")


def test_a_language_that_is_stale_is_left_out_and_the_others_stay_approved():
    signed = (step("approve", "Nour", 1), step("approve", "Ida", 2))
    stale = tuple(one for one in LINES if one.language != "fr")
    assert approval_of(signed, stale, ("en",))[:3] == (("Nour", "Ida"), ("en",), ())


def test_words_that_are_gone_since_were_approved_by_nobody():
    """A sentence of the template was taken out after two people had read it."""
    fuller = (*LINES, AlertLine("en", "actions.2", "Do not share pictures.", "attack.yaml", 9))
    signed = (step("approve", "Nour", 1, fuller), step("approve", "Ida", 2, fuller))
    assert approval(*signed, lines=fuller).people == ("Nour", "Ida")
    found = approval(*signed)
    assert (found.people, found.changed_fields) == ((), "en, actions.2")


def test_of_a_yes_and_a_no_of_one_person_that_git_put_together_the_no_counts():
    """The order of the lines in the file decided."""
    yes, no = step("approve", "Ida", 1), step("refuse", "Ida", 2)
    for lines in ((yes, no), (no, yes)):
        assert (approval(*lines).people, approval(*lines).refused) == ((), ("Ida",))
    assert approval(*chain(("refuse", "Ida", 1), ("approve", "Ida", 2))).people == ("Ida",)
