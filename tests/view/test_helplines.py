"""A number stands where the campaign put it and somebody answers; nothing is guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from stopjihad.model.campaign import HelplineChoice
from stopjihad.model.helpline import (
    Helpline,
    Helplines,
    Phone,
    Verification,
    needs_in_turn,
    within_market,
)
from stopjihad.model.point import ActionKind, Need
from stopjihad.model.project import Project
from stopjihad.model.translation import Message
from stopjihad.view.helplines import (
    answers,
    chosen,
    fits,
    helplines,
    line_beside,
    market,
    number_heading,
    region,
    said_in,
    speaks,
    standing_views,
)
from stopjihad.view.resolver import Resolver

from support.campaign import GENERATED
from support.messages import laid_over

DAY = dt.date(2026, 11, 24)


def test_a_line_of_the_police_serves_worry_alone_whatever_it_says() -> None:
    for operator in ("police", "security"):
        said = replace(line("a", "GB", "en"), operator=operator, needs=("women", "grief"))
        assert said.purposes == ("worried", "relatives")
    assert "grief" in line("a", "GB", "en").purposes
    assert replace(line("a", "GB", "en"), needs=("women",)).purposes == ("women",)


def test_without_a_need_someone_who_listens_stands_and_never_the_police() -> None:
    police = replace(line("fr", "FR", "fr"), operator="police")
    listening = replace(line("be", "FR", "fr"), needs=("grief",))
    campaign = replace(GENERATED, helplines=(entry("fr", "FR", "fr", "be"),))
    lines = (police, listening)

    def found(need: Need | None) -> str:
        one = line_beside(campaign, lines, "fr", needs_in_turn(need))
        return one.id if one else ""

    assert [found(need) for need in (None, "grief", "worried", "women")] == ["be", "be", "fr", ""]


def test_where_nobody_listens_a_line_for_a_worry_stands_unless_one_is_promised() -> None:
    police = replace(line("fr", "FR", "fr"), operator="police")
    despair = replace(line("3114", "FR", "fr"), needs=("despair",))
    campaign = replace(GENERATED, helplines=(entry("fr", "FR", "3114", "fr"),))

    def found(need: Need | None, kind: ActionKind) -> str:
        one = line_beside(campaign, (despair, police), "fr", needs_in_turn(need, kind))
        return one.id if one else ""

    assert found(None, "share") == found(None, "link") == "fr"
    assert found(None, "helpline") == found("young", "share") == ""
    assert found("despair", "helpline") == "3114"


def test_people_who_meet_hatred_are_told_a_line_for_victims_where_they_have_none() -> None:
    police = replace(line("fr", "FR", "fr"), operator="police")
    victims = replace(line("116006", "FR", "fr"), needs=("victims",))
    rights = replace(line("3928", "FR", "fr"), needs=("hatred",))
    lines = (police, victims, rights)

    def found(need: Need, *ids: str) -> str:
        campaign = replace(GENERATED, helplines=(entry("fr", "FR", *ids),))
        one = line_beside(campaign, lines, "fr", needs_in_turn(need, "share"))
        return one.id if one else ""

    assert found("hatred", "fr", "116006", "3928") == "3928"
    assert found("hatred", "fr", "116006") == found("victims", "fr", "116006", "3928") == "116006"
    assert found("hatred", "fr") == found("victims", "fr") == ""


def test_a_number_that_rings_in_another_country_alone_does_not_stand() -> None:
    short = replace(line("at", "AT", "de"), phone=Phone(e164="147", printed="147"))
    for home, wanted in (("DE", None), ("AT", short), (None, short)):
        campaign = replace(GENERATED, helplines=(entry("de", home, "at"),))
        assert line_beside(campaign, (short,), "de", ("relatives",)) == wanted


def test_words_above_the_help_page_promise_nobody_who_listens() -> None:
    """French readers in grief read "someone who listens" above a list of nobody."""
    assert (
        number_heading("grief", served=False) == number_heading("women", served=False) == "Get help"
    )
    assert number_heading("women", served=True) == "For women"
    assert number_heading("grief", served=True) == number_heading(None, served=True) == ""


def test_a_line_of_another_country_stands_only_beside_one_of_the_readers_own() -> None:
    """For French readers who want out, a Belgian number stood alone on cards."""
    home, abroad = line("fr", "FR", "fr"), line("be", "BE", "fr")
    assert within_market((abroad,), "FR") == ()
    assert within_market((abroad, home), "FR") == (abroad, home)
    assert within_market((abroad,), "") == (abroad,)


def line(name: str, country: str, *languages: str) -> Helpline:
    return Helpline(
        id=name,
        country=country,
        name=name,
        phone=Phone(e164="+33800005696", printed="0 800 005 696"),
        hours="always",
        languages=languages,
        operator="ngo",
        emergency="112",
        url="https://example.org/",
        source="https://example.org/",
        verified=Verification(on=DAY, how="read"),
        review_by=DAY,
    )


LINES = (
    line("at", "AT", "de", "tr"),
    line("be", "BE", "fr"),
    line("de", "DE", "de", "tr"),
    line("fr", "FR", "fr"),
)


def ids(tag: str, *entries: HelplineChoice) -> tuple[str, ...]:
    campaign = replace(GENERATED, helplines=entries)
    return tuple(one.id for one in chosen(campaign, LINES, tag))


def entry(language: str | None, market: str | None, *lines: str) -> HelplineChoice:
    return HelplineChoice(language=language, market=market, lines=lines)


def test_french_does_not_carry_belgiums_number_because_b_comes_before_f() -> None:
    assert ids("fr", entry("fr", "FR", "fr", "be")) == ("fr", "be")


def test_a_name_that_no_line_has_is_passed_over() -> None:
    assert ids("fr", entry("fr", None, "nobody", "fr")) == ("fr",)


def test_what_no_entry_names_has_no_line_though_one_would_answer() -> None:
    assert ids("tr") == ids("tr", entry("fr", None, "fr")) == ()


def test_a_line_that_does_not_answer_in_the_language_is_left_out() -> None:
    assert ids("de", entry("de", None, "fr", "de")) == ("de",)


def test_all_entries_that_fit_count_in_their_order_each_line_once() -> None:
    found = ids(
        "de", entry("de", "AT", "at"), entry("fr", None, "be"), entry("de", None, "de", "at")
    )
    assert found == ("at", "de")


@pytest.mark.parametrize(
    ("tag", "language", "country", "wanted"),
    [
        ("fr", "fr", None, True),
        ("fr", "fr", "FR", True),
        ("fr", None, "FR", False),
        ("fr", "fr-BE", None, False),
        ("fr-BE", "fr-BE", None, True),
        ("fr-BE", "fr-BE", "FR", False),
        ("fr-BE", "fr", "BE", True),
        ("fr-BE", None, "BE", True),
        ("fr-BE", "fr", None, False),  # a Belgian edition does not take what is for France
        ("fr-BE", "fr", "FR", False),
        ("fr-BE", "nl", "BE", False),
        ("zh-Hant", "zh", None, True),
    ],
)
def test_an_entry_is_for_a_language_or_a_country_or_both(
    tag: str, language: str | None, country: str | None, *, wanted: bool
) -> None:
    assert fits(entry(language, country, "fr"), tag) is wanted


def test_the_market_is_said_and_never_taken_from_a_line() -> None:
    campaign = replace(GENERATED, helplines=(entry("tr", None, "de"), entry("fr", "FR", "fr")))
    assert [market(campaign, tag) for tag in ("tr", "fr", "fr-BE", "ar")] == ["", "FR", "BE", ""]


def project_with(*entries: HelplineChoice, lines: tuple[Helpline, ...] = LINES) -> Project:
    small = laid_over({})
    assert small.helplines is not None
    campaign = replace(small.campaign.record, helplines=entries)
    return replace(
        small,
        campaign=replace(small.campaign, record=campaign),
        helplines=replace(small.helplines, record=Helplines(helplines=lines)),
    )


def listed(tag: str, *entries: HelplineChoice) -> list[str]:
    return [one.id for one in helplines(project_with(*entries), Resolver(tag, "en"))]


def test_the_help_page_begins_with_the_lines_that_stand_for_its_language() -> None:
    assert listed("fr", entry("fr", "FR", "fr")) == ["fr", "be", "de", "at"]
    assert listed("fr", entry("fr", "BE", "be", "fr")) == ["be", "fr", "de", "at"]
    assert listed("de", entry("de", "DE", "at", "de")) == ["at", "de", "be", "fr"]


def test_then_come_lines_of_the_country_then_those_that_speak_the_language_then_by_name() -> None:
    # Nobody stands for Turkish; its readers are said to live in France: first the French line,
    # then Austria and Germany, whose lines speak Turkish, in the order of the countries' names.
    assert listed("tr", entry("tr", "FR")) == ["fr", "de", "at", "be"]
    assert listed("tr", entry("tr", "DE")) == ["de", "at", "be", "fr"]
    assert listed("ar") == ["de", "at", "be", "fr"]


def test_a_campaign_without_helplines_shows_none() -> None:
    nothing = replace(project_with(), helplines=None)
    assert helplines(nothing, Resolver("fr", "en")) == ()
    assert standing_views(nothing, (), "fr") == ()


def test_only_chosen_lines_stand_on_what_is_made_best_first() -> None:
    project = project_with(entry("fr", "FR", "fr", "be", "de"))
    views = helplines(project, Resolver("fr", "en"))
    assert [one.id for one in standing_views(project, views, "fr")] == ["fr", "be"]
    assert standing_views(project, views, "de") == ()


def test_an_interpreter_answers_in_every_language() -> None:
    interpreted = replace(LINES[3], id="uk", interpreters=True)
    unknown, refused = replace(LINES[3], interpreters=None), replace(LINES[3], interpreters=False)
    assert [answers(one, "ps") for one in (interpreted, unknown, refused)] == [True, False, False]
    assert speaks(interpreted, "fr-BE")
    assert not speaks(interpreted, "ps")


def test_whoever_is_answered_at_some_hours_reads_in_which() -> None:
    """``answered in French`` kept women who speak Arabic from the one line that has Arabic."""
    known = project_with(entry("ar", "FR", "fr"), lines=(line("fr", "FR", "fr"),))
    (shown,) = helplines(known, Resolver("en", "en", []))
    sometimes = replace(shown, at_some_hours=("ar", "en"))
    assert said_in(shown, {}, "en") == "answered in French"
    assert said_in(sometimes, {}, "en") == "answered in French, at some hours in English"
    assert said_in(sometimes, {}, "fr") == ""


def test_a_line_is_shown_in_the_words_of_the_reader_and_dialled_as_it_is() -> None:
    said = {
        "name": "Ligne verte",
        "hours": "toujours",
        "operator_note": "Des infirmiers.",
        "passed_on": "Rien.",
        "emergency": "17 ou 112",
    }
    known = {"operator_note": "Nurses.", "passed_on": "Nothing.", "emergency": "17 or 112"}
    one = replace(LINES[3], **known)
    messages = [
        Message(f"helplines/fr/{field}", getattr(one, field), text) for field, text in said.items()
    ]
    (shown,) = helplines(project_with(lines=(one,)), Resolver("fr", "en", messages))
    assert {field: str(getattr(shown, field)) for field in said} == said
    assert (shown.printed, shown.e164) == ("0 800 005 696", "+33800005696")
    assert (shown.country, shown.country_name) == ("FR", "France")
    assert shown.language_names == ("français",)


def test_an_emergency_number_alone_needs_no_translation() -> None:
    words = Resolver("fr", "en")
    (shown,) = helplines(project_with(lines=(LINES[3],)), words)
    assert (shown.emergency.value, shown.emergency.lang) == ("112", "fr")
    assert (shown.operator_note, shown.passed_on) == (None, None)
    (shown,) = helplines(project_with(lines=(replace(LINES[3], emergency="17 or 112"),)), words)
    assert (shown.emergency.value, shown.emergency.lang) == ("17 / 112", "fr")
    told = "17 for the police, 15 for a doctor"
    (shown,) = helplines(project_with(lines=(replace(LINES[3], emergency=told),)), words)
    assert (shown.emergency.value, shown.emergency.lang) == (told, "en")


@pytest.mark.parametrize(
    ("tag", "country"),
    [
        ("fr-BE", "BE"),
        ("fr", ""),
        ("zh-Hant", ""),
        ("zh-Hant-TW", "TW"),
        ("es-419", ""),
        ("be", ""),
    ],
)
def test_the_region_of_a_tag_is_its_country(tag: str, country: str) -> None:
    assert region(tag) == country
