"""Paper is read as it was written, by others' eyes, in order, in grey, on any machine."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import msgspec
import pytest
from stopjihad.build.check.survey import survey
from stopjihad.catalog.paper import said_in
from stopjihad.draw.pdf import Outline, TextBlock
from stopjihad.model.helpline import WrittenContact
from stopjihad.render.paper import sheet as sheets
from stopjihad.render.paper.check import LEAST_DAYS, check_paper
from stopjihad.render.paper.panel import grey
from stopjihad.render.paper.sheet import lay_out
from stopjihad.render.paper.sheet_job import MM
from stopjihad.render.paper.steps import about_paper, sheet_job
from stopjihad.render.paper.words import paper_words
from stopjihad.text.unicode.bidi_controls import strip_controls
from stopjihad.view.contrast import TEXT, WHITE, contrast
from stopjihad.view.discussions import DiscussionView
from stopjihad.view.records import ActionView, Text

from support.build import CAMPAIGN, SMALL
from support.cards import LINK, drawings, fonts, frame, helpline, prose
from support.papers import (
    blocks,
    document,
    job,
    laid_out,
    letters,
    papers,
    poppler,
    subject,
    theme,
    words,
)

LANGUAGES = ("en", "fr", "ar", "ur", "bn")
OWN = ("poster-a4", "poster-home-a4", "leaflet", "lesson", "wallet")
"""Layouts with pages of their own; the others show those on other sheets."""


@pytest.mark.judge
@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters_read_back_are_those_that_were_written(lang: str) -> None:
    """Others keep 0.69 and 0.76 of Arabic: a glyph that two letters share told one of them."""
    made = ("leaflet", "wallet")
    read = letters("".join(poppler("pdftotext", document(lang, layout)) for layout in made))
    written = [letters(word) for layout in made for word in words(laid_out(lang, layout))]
    found = sum(len(word) for word in written if word in read)
    assert found >= 0.98 * sum(map(len, written)), [one for one in written if one not in read]


@pytest.mark.judge
def test_what_stands_on_paper_is_read_in_order() -> None:
    """The front is on the first sheet, the inside on the second, the back on the first."""
    told = poppler("pdfinfo", document("en", "leaflet"), "-struct-text")
    lines = [line.strip() for line in told.splitlines()]
    heads = [
        lines[at + 2].strip('"') for at, line in enumerate(lines) if re.match(r"H[12] \(", line)
    ]
    assert heads == [
        "Answers to",  # and recruiters, on the next line
        "A false claim",
        "The trick: Us against them",
        "What is known",
        "What you can do",
        "Talk to someone",
        "Sources",
    ]
    about = poppler("pdfinfo", document("ar", "poster-a4"))
    assert re.search(r"Tagged: +yes", about)
    assert re.search(r"Title: +\S", about)
    assert "Date" not in about


@pytest.mark.parametrize("layout", ["leaflet", "wallet-a4", "poster-home-a3"])
def test_the_same_paper_is_the_same_bytes(layout: str) -> None:
    assert document("ar", layout) == document("ar", layout)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("layout", OWN)
def test_words_can_be_read_in_grey(layout: str, lang: str) -> None:
    for tone in ("calm", "grave", "hopeful"):
        laid = laid_out(lang, layout, tone=tone)
        for sheet in laid.sheets:
            for place in sheet.places:
                for mark, ground in on_grounds(place.page.marks):
                    for change in (grey, tuple):
                        assert contrast(change(mark.colour), change(ground)) >= TEXT


def on_grounds(marks: tuple) -> list:
    """Give each text with the colour that lies below its corner."""
    found, grounds = [], [((0.0, 0.0, 9e9, 9e9), WHITE)]
    for mark in marks:
        if isinstance(mark, TextBlock):
            left, top = min(mark.lefts), mark.top + 1
            under = [
                colour
                for box, colour in grounds
                if box[0] <= left <= box[2] and box[1] <= top <= box[3]
            ]
            found.append((mark, under[-1]))
        elif not mark.width and mark.element < 0:
            for path in mark.paths:
                xs, ys = zip(*path, strict=True)
                if len(path) == 4:
                    grounds.append(((min(xs), min(ys), max(xs), max(ys)), mark.colour))
    return found


def edges(mark: Outline) -> tuple[float, float]:
    across = [x for path in mark.paths for x, _ in path]
    return min(across), max(across)


@pytest.mark.parametrize("layout", sorted({*papers()} - {"wallet", "wallet-a4"}))
def test_a_code_is_large_enough_and_has_its_address_beside_it(layout: str) -> None:
    laid = laid_out("en", layout)
    codes = {at for at, one in enumerate(laid.elements) if one.role == "Figure"}
    assert {laid.elements[at].alt for at in codes} == {LINK}
    sides = [
        (right - left) * place.scale
        for sheet in laid.sheets
        for place in sheet.places
        for mark in place.page.marks
        if isinstance(mark, Outline) and mark.element in codes
        for left, right in [edges(mark)]
    ]
    assert sides
    assert min(sides) >= 20 * MM * 0.8  # its quiet space counts
    said = "".join(block.block.shaped.text for block in blocks(laid))
    assert LINK.removeprefix("https://").rstrip("/") in said.replace("\u200b", "")
    assert frame("en").sponsor.value in said


def outside(**changes: Any) -> tuple[str, list[Outline]]:
    """Give what is read on the outside of a card for the wallet, and what else is drawn there."""
    about = subject("en", "wallet")
    about = about._replace(frame=frame("en", standing=(helpline("en", **changes),)))
    laid = lay_out(sheet_job(papers()["wallet"], about, "", fonts()))
    marks = laid.sheets[0].places[0].page.marks
    said = " ".join(one.block.shaped.text for one in marks if isinstance(one, TextBlock))
    return said, [one for one in marks if isinstance(one, Outline)]


@pytest.mark.parametrize("layout", ["wallet", "wallet-a4"])
def test_no_side_of_a_wallet_card_names_anybody(layout: str) -> None:
    """Its inside said "radicalisation (police)", the campaign and the partner."""
    police = helpline("en", id="p", operator="police", needs=("worried",))
    about = subject("en", layout)._replace(frame=frame("en", standing=(police,)))
    laid = lay_out(sheet_job(papers()[layout], about, "", fonts()))
    marks = [one for sheet in laid.sheets for place in sheet.places for one in place.page.marks]
    said = " ".join(one.block.shaped.text for one in marks if isinstance(one, TextBlock))
    assert "Before you call" in said
    document_says = about_paper(about, papers()[layout])
    for name in (frame("en").title, frame("en").sponsor, police.name):
        assert name.value not in said
        assert name.value not in (document_says.title, document_says.author)
    assert "example.org" not in said
    assert "police" not in said.casefold()


@pytest.mark.parametrize("need", ["grief", "young", "victims"])
def test_the_outside_of_a_wallet_card_names_nobody(need: str) -> None:
    """A card is found by somebody else: a parent, a recruiter."""
    said, drawn = outside(needs=(need,))
    assert "0800" in said
    assert said.startswith("In danger now?")
    for name in (frame("en").title, frame("en").sponsor, helpline("en").name):
        assert name.value not in said
    assert not drawn  # the line to write on is inside


@pytest.mark.parametrize(
    "line",
    [
        {"operator": "police", "needs": ("worried",)},
        {"operator": "police", "needs": ("grief", "worried")},
        {"operator": "government", "needs": ("worried", "relatives", "exit")},
        {"operator": "government", "needs": ("grief",), "passed_on": Text("By law, …", "en")},
        {"needs": ("worried", "relatives")},
        {"needs": ("relatives", "exit")},
        {"needs": ("women",)},  # "For women: 3919" did not say that it is about violence
    ],
)
def test_a_number_that_tells_on_its_bearer_is_not_carried(line: Any) -> None:
    """The front said "radicalisation (police)"."""
    said, _ = outside(**line)
    assert "0800" not in said
    assert "police" not in said
    assert "Somebody near you who can help:" in said


def test_a_card_has_whoever_must_act_for_a_child_and_says_that_they_may_pass_it_on() -> None:
    """Cards lacked 119, 3114 and a line for parents."""
    told = Text("By law, …", "en")
    lines = (
        {"id": "quiet", "needs": ("young",), "e164": "3018", "printed": "3018"},
        {"id": "act", "needs": ("young",), "e164": "119", "printed": "119"}
        | {"operator": "government", "passed_on": told, "must_tell": True, "opening": ("Mo-Su",)},
        {"id": "despair", "needs": ("despair", "grief"), "e164": "3114", "printed": "3114"},
        {"id": "parents", "needs": ("relatives",), "e164": "0805", "printed": "0805"},
    )
    about = subject("en", "wallet")._replace(
        frame=frame("en", standing=tuple(helpline("en", **one) for one in lines))
    )
    said = [strip_controls(one.text) for one in paper_words(about)["helplines.unnamed"].paragraphs]
    assert [one.partition(" · ")[0] for one in said] == [
        "Talk to someone: 3114",
        "For young people: 3018",
        "For a child in danger: 119",
        "For parents: 0805",
    ]
    assert said[2].endswith("119 · day and night · must tell of a child in danger")


def test_what_makes_a_number_true_stands_with_it_on_a_poster() -> None:
    """A poster said 741 without the 3,200 that others killed in the same months."""
    fair = "Others killed 3,200. [^stay]"
    for layout in ("poster-a4", "poster-home-a4", "leaflet"):
        laid = laid_out("en", layout, body=prose(f"They killed 741. {fair}"), figures=())
        assert "Others killed 3,200." in [one.block.shaped.text for one in blocks(laid)]


@pytest.mark.parametrize("layout", ["poster-a4", "poster-home-a4"])
def test_a_poster_of_a_partner_has_their_name_and_who_pays(layout: str) -> None:
    """The campaign's name stood large above a mosque's own poster, and nobody said who pays."""
    about = subject("en", layout)
    sponsor = Text("A Team · Together with A Mosque", "en")
    paid = {"sponsor": sponsor, "funders": ("A Foundation",)}
    about = about._replace(frame=frame("en", **paid))
    theirs = about._replace(frame=frame("en", partner="A Mosque", **paid))

    def said(one: Any) -> dict[str, float]:
        laid = lay_out(sheet_job(papers()[layout], one, drawings()["adventure"], fonts()))
        assert not laid.full
        return {block.block.shaped.text: block.block.size for block in blocks(laid)}

    title = frame("en").title.value
    own, shared = said(about), said(theirs)
    assert next(iter(own)) == title
    names = [*shared]
    assert names.index("A Mosque") + 1 == names.index("You can ask here:")
    assert names.index(title) + 1 == names.index(f"Published by {sponsor.value}")
    assert shared[title] <= 11 < own[title]
    for told in (own, shared):
        assert "You can ask here:" in told
        assert "Paid for by: A Foundation" in told


@pytest.mark.parametrize("need", ["relatives", "worried", "exit", "money", None])
def test_the_police_never_stand_first_on_paper(need: Any) -> None:
    """Posters that ask to talk to someone had the number of the police alone."""
    police = helpline("en", id="p", operator="police", needs=("worried", "relatives"), printed="17")
    listens = helpline("en", id="l", needs=("grief",), printed="16")
    parents = helpline("en", id="r", needs=("relatives",), printed="15")
    action = ActionView(label=Text("Call", "en"), kind="helpline", need=need)

    def numbers(*lines: Any) -> list[str]:
        about = subject("en", "poster-a4", action=action)
        told = paper_words(about._replace(frame=frame("en", standing=lines)))
        shown = [told[one] for one in ("helpline.number", "worry.number") if one in told]
        return [strip_controls(one.paragraphs[0].text) for one in shown]

    worry = ["17"] if need in {"worried", "relatives"} else []
    assert numbers(police, listens, parents) == (
        ["15", "17"] if need == "relatives" else ["16", *worry]
    )
    assert numbers(police) == worry


@pytest.mark.parametrize("layout", ["poster-a4", "poster-home-a4", "leaflet", "lesson"])
def test_a_number_is_never_parted(layout: str) -> None:
    """Nine leaflets had "09 72 39 40 5" in large, and "0" below it."""
    number = "+49 911 943 43 43 43"
    line = helpline("en", id="l", needs=("grief", "young"), printed=number)
    about = subject("en", layout)._replace(frame=frame("en", standing=(line,)))
    laid = lay_out(sheet_job(papers()[layout], about, drawings()["adventure"], fonts()))
    digits = re.sub(r"\D", "", number)
    shown = [
        one.block for one in blocks(laid) if re.sub(r"\D", "", one.block.shaped.text) == digits
    ]
    assert shown
    assert all(len(block.lines) == 1 for block in shown)


def test_a_poster_says_whom_to_call_in_despair_once() -> None:
    """A poster at a door hangs where nobody knows who reads it."""
    line = helpline("en", id="d", needs=("despair",), printed="3114", e164="+333114")
    listens = helpline("en", id="l", needs=("grief",), printed="16", e164="+3316")
    both = helpline("en", id="b", needs=("grief", "despair"), printed="15", e164="+3315")

    def despair(*lines: Any) -> list[str]:
        told = paper_words(subject("en", "poster-a4")._replace(frame=frame("en", standing=lines)))
        return [one.text for one in told["despair"].paragraphs] if "despair" in told else []

    (said,) = despair(listens, line)
    assert said.startswith("For people in despair: ")
    assert "3114" in said
    assert despair(listens) == []
    assert despair(both) == []


def test_a_class_gets_lines_for_the_young_and_what_a_public_service_passes_on() -> None:
    """Pupils who asked for somebody to talk to were sent to the police."""
    police = helpline("en", id="p", operator="police", needs=("worried",))
    told = Text("What a child in danger says is passed on.", "en")
    young = helpline("en", id="y", operator="government", needs=("young",), passed_on=told)
    about = subject("en", "lesson")._replace(frame=frame("en", standing=(police, young)))
    read = [about, about._replace(lesson=True)]
    first, second = (paper_words(one) for one in read)
    assert "helpline.passed" not in first
    assert [one.text for one in second["helpline.passed"].paragraphs] == [told.value]


@pytest.mark.judge
def test_what_stands_on_two_sheets_or_eight_times_is_read_once() -> None:
    for layout, once in (("poster-home-a3", "Published by"), ("wallet-a4", "Before you call")):
        told = poppler("pdfinfo", document("en", layout), "-struct-text")
        assert told.count(once) == 1


def test_claims_stay_inside_and_are_flagged() -> None:
    laid = laid_out("en", "leaflet")
    claim = next(one for one in blocks(laid) if "They defend Muslims" in one.block.shaped.text)
    assert "That is false." in claim.block.shaped.text
    front = laid.sheets[0].places[0].page.marks
    assert claim not in front


def test_paragraphs_that_must_stay_are_not_left_out() -> None:
    many = "\n\n".join(["Some words that may go. " * 12] * 9 + ["These stay.[^stay]"])
    laid = laid_out("en", "leaflet", body=prose(many))
    said = [one.block.shaped.text for one in blocks(laid)]
    assert "These stay." in said
    assert 1 < sum(one.startswith("Some words") for one in said) < 9


def test_no_heading_stands_alone_whatever_is_left_out() -> None:
    """A leaflet had "Sources" with nothing below it."""
    many = "\n\n".join(["Some words that may go. " * 12] * 9 + ["## A part", "It may go. " * 12])
    said = [one.block.shaped.text for one in blocks(laid_out("en", "leaflet", body=prose(many)))]
    assert "A part" not in said
    assert "Sources" in said
    bare = [one.block.shaped.text for one in blocks(laid_out("en", "leaflet", sources=()))]
    assert "Sources" not in bare


PASSED = "What you report may go to the police."


@pytest.mark.parametrize("layout", ["lesson", "leaflet"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_form_of_the_police_is_named_only_with_what_becomes_of_it(layout: str, lang: str) -> None:
    """A child took a report to the police for help."""
    form = WrittenContact(kind="form", to="https://example.org/report")
    police = {"operator": "police", "needs": ("worried",), "writes": (form,)}
    night = {"night": Text("There is a form.", lang)}

    def said(**changes: Any) -> set[str]:
        line = helpline(lang, **(police | night | changes))
        action = ActionView(label=Text("Call", lang), kind="helpline", need="worried")
        about = subject(lang, layout, action=action)
        about = about._replace(frame=frame(lang, standing=(line,)))
        made = sheet_job(papers()[layout], about, "", fonts())
        laid = lay_out(made)
        assert not laid.full
        return {one.block.shaped.text for one in blocks(laid)}

    told = said(passed_on=Text(PASSED, lang))
    assert {PASSED, "There is a form."} <= told
    assert "There is a form." not in said()
    assert "There is a form." not in said(passed_on=Text(PASSED, "de"))
    assert "There is a form." in said(operator="ngo")


def test_whoever_leads_is_told_the_age_and_what_to_mind() -> None:
    """The second page had neither, though the kit's first page and its document had both."""
    talk = DiscussionView(
        id="talk",
        point="one",
        fact=Text("A fact.", "en"),
        setting="talk",
        age=14,
        title=Text("A talk", "en"),
        body=prose(
            "Leave time.\n\n- Why?\n\nBecause somebody told us.\n\n## End\n\nNobody has to tell."
        ),
    )
    about = subject("en", "lesson")._replace(talk=talk)
    laid = lay_out(sheet_job(papers()["lesson"], about, "", fonts()))
    second = laid.sheets[1].places[0].page.marks
    said = [one.block.shaped.text for one in second if isinstance(one, TextBlock)]
    assert said[1] == "Can be read from about 14 years"
    assert said[said.index("Before it") + 1] == "Leave time."
    plan = said[said.index("The plan, forty-five minutes") + 1 :]
    assert plan[0].startswith("First minute, before all else. Say: nobody has to speak")
    count = {"First": 1, "Four": 4, "Five": 5, "Ten": 10, "Fifteen": 15}
    told = [re.match(r"([A-Z][a-z]+) minutes?[:,]", one) for one in plan]
    assert sum(count[one[1]] for one in told if one) == 45
    answer = plan.index("Because somebody told us.")
    assert plan[answer - 1].startswith("Ten minutes: collect answers")
    assert plan.index("After it") < plan.index("Nobody has to tell.")
    assert "Nobody has to tell." in said


def test_whoever_leads_reads_what_to_do_about_a_film_on_a_phone() -> None:
    """No word told a teacher neither to watch it nor to take it; nor where it is reported."""
    about = subject("en", "lesson")._replace(frame=frame("en", market="FR"))
    told = [one.text for one in paper_words(about)["film"].paragraphs]
    assert told[0].startswith("Do not watch it together, do not have it sent to you, copy nothing")
    assert told[1].startswith("Have the head fetched")
    assert told[2].startswith("Was it shown earlier today?")
    assert "PHAROS, internet-signalement.gouv.fr." in told[4]
    assert told[5].startswith("PHAROS takes what is public.")
    other = paper_words(about._replace(frame=frame("en", market="NL")))["film"].paragraphs
    assert [one.text for one in other[:4]] == told[:4]
    assert "meldmisdaadanoniem.nl" in other[4].text
    assert len(paper_words(about._replace(frame=frame("en", market="PT")))["film"].paragraphs) == 4


def test_words_that_do_not_fit_are_told() -> None:
    long = Text("A fact without an end. " * 60, "en")
    assert lay_out(job("en", "poster-a4", fact=long)).full == ("fact",)


def test_fonts_that_cannot_be_embedded_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "is_embeddable", lambda face: face.file.family != "Noto Sans")
    assert lay_out(job("en", "wallet")).strange == ("Noto Sans",)


def test_a_number_that_must_be_checked_soon_stands_on_no_paper() -> None:
    project = survey(SMALL, CAMPAIGN, dt.date(2026, 11, 24), judged=False, thorough=False).project
    assert project is not None
    assert project.helplines is not None
    due = project.helplines.record.helplines[0].review_by
    campaign = project.campaign
    record = msgspec.structs.replace(campaign.record, sample=False)
    own = msgspec.structs.replace(
        project, campaign=msgspec.structs.replace(campaign, record=record)
    )

    def found(days: int, *, refused: bool = True) -> set[tuple[str, str]]:
        day = due - dt.timedelta(days=days)
        return {
            (one.code, one.severity)
            for one in check_paper(own, day, ("en", "fr", "ar"), refused=refused)
        }

    assert found(LEAST_DAYS + 1) == set()
    assert found(LEAST_DAYS - 1) == {("paper-line-due", "error")}
    assert found(LEAST_DAYS - 1, refused=False) == {("paper-line-due", "warning")}


def test_paper_says_when_it_was_checked_and_nothing_that_nobody_checked() -> None:
    checked = laid_out("en", "leaflet", approved_on=dt.date(2026, 11, 20))
    said = [one.block.shaped.text for one in blocks(checked)]
    assert any(one.startswith("Checked in ") for one in said)
    silent = [one.block.shaped.text for one in blocks(laid_out("en", "leaflet"))]
    assert not any(one.startswith("Checked in ") for one in silent)


def test_every_language_says_what_paper_says() -> None:
    for lang in ("ar", "bn", "de", "es", "fr", "nl", "ps", "ru", "so", "tr", "ur"):
        for layout in papers().values():
            said = (one for panel in layout.panels for one in said_in(panel.items))
            assert all(theme(lang)[message] for message in (layout.title, *said))
