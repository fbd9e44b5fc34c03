"""An alert for one platform: what people need first is kept, and an exercise says so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace
from stopjihad.problem import Problem
from stopjihad.render.alert.draft import AlertDraft, compose
from stopjihad.text.count import sms
from stopjihad.view.records import AlertView

from render.post.samples import HELPLINES, PLATFORMS, frame

SENT = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
ADDRESS = "https://campaign.example.org/en/alert/"
NOTHING = "This is an exercise. Nothing has happened, and you need not do anything."


def alert(**changes: Any) -> AlertView:
    made = AlertView(
        id="station",
        incident="attack-under-way",
        lang="en",
        exercise=False,
        place="Central Station",
        headline="Central Station: stay away.",
        empathy="We think of everyone who waits for news.",
        confirmed=("The police are at Central Station.", "Trains pass without a stop."),
        unknown="It is not known yet who is behind it.",
        actions=("Stay where you are.", "Leave the lines free for those who need help."),
        update="We speak again at 13:00.",
        look="News: https://example.org/police",
        authority="Police",
        official="https://example.org/police",
        sent="12:00 (24 November 2026)",
        sent_time="12:00",
        until="18:00",
        sent_at=SENT,
        ends_at=SENT + dt.timedelta(hours=6),
    )
    return replace(made, **changes)


def draft(platform: str = "", **changes: Any) -> AlertDraft:
    found = compose(alert(**changes), frame(emergency_country="GB"), PLATFORMS.get(platform), {})
    assert isinstance(found, AlertDraft)
    return found


def test_where_there_is_room_everything_stands_what_to_do_first() -> None:
    said = draft("facebook")
    view = alert()
    assert said.text.split("\n\n") == [
        view.headline,
        *view.actions,
        f"{view.confirmed[0]} Sent: 12:00 (24 November 2026)",
        view.confirmed[1],
        view.unknown,
        view.empathy,
        view.update,
        "In danger now? Call 112 (GB).",
        view.look,
        "This alert holds until 18:00.",
        ADDRESS,
    ]
    assert said.left_out == ()
    assert said.count == len(said.text)
    assert not said.exercise


def test_where_room_is_short_sympathy_and_the_end_go_first() -> None:
    said = draft("x")
    kept = alert()
    assert said.limit == 280
    assert said.count <= 280
    for text in (kept.headline, kept.actions[0], kept.confirmed[0], "12:00", "112", ADDRESS):
        assert text in said.text
    assert kept.empathy not in said.text
    assert {"empathy", "until"} <= set(said.left_out)
    assert said.text.startswith(kept.headline)
    assert said.text.endswith(ADDRESS)


def test_what_must_be_said_is_said_shorter_before_anything_is_left_out() -> None:
    action = "Get out if you can. If you cannot, hide, silence your phone and wait for help. " * 3
    said = draft("x", short="Get out, or hide.", actions=(action.strip(),))
    assert "Get out, or hide." in said.text
    assert "action" not in said.left_out


def test_where_nothing_else_fits_the_address_makes_room_for_authority_time_and_number() -> None:
    headline = "Central Station and the square before it: attack under way. Get to safety."
    action = {"short": "Get out. If you cannot, hide.", "actions": ("Get out if you can. " * 5,)}
    said = draft("snapchat", headline=headline, **action)
    assert said.limit == 160
    assert said.text.split("\n\n") == [
        headline,
        "Get out. If you cannot, hide.",
        "Confirmed by: Police, 12:00",
        "Emergency: 112",
    ]
    long = draft("snapchat", headline=f"{headline} Go now. Go now.", **action)
    assert long.text.endswith("\n\nPolice, 12:00\n\nEmergency: 112")


@pytest.mark.parametrize(
    ("incident", "said"),
    [
        ("attack-over", "Confirmed by: Police, 12:00"),
        ("threat-or-rumour", "Being checked by: Police, 12:00"),
        ("anniversary-or-trial", "Source: Police, 12:00"),
    ],
)
def test_nobody_has_confirmed_what_is_being_checked(incident: str, said: str) -> None:
    assert said in draft("x", incident=incident, confirmed=("It is long. " * 20,)).text


def test_second_sentences_wait_until_each_part_has_its_first() -> None:
    long = "Go home on foot by the river, and take with you those who cannot walk alone at night."
    said = draft("x", actions=("Stay where you are.", long))
    assert long not in said.text
    assert alert().confirmed[0] in said.text
    assert "action" in said.left_out


def test_a_sentence_that_is_too_long_makes_room_for_those_after_it() -> None:
    long = "The police have closed the way from the square to the bridge and to the river. " * 3
    said = draft("x", confirmed=(long.strip(),))
    assert "Confirmed by: Police, 12:00" in said.text
    assert "In danger now? Call 112 (GB)." in said.text


@pytest.mark.parametrize("platform", ["x", "bluesky", "sms", ""])
def test_an_exercise_says_that_nothing_has_happened_before_it_says_what_to_do(
    platform: str,
) -> None:
    said = draft(platform, exercise=True)
    assert said.exercise
    assert said.text.startswith("Exercise: Central Station: stay away.")
    assert said.text.index(NOTHING) < said.text.index("Stay where you are.")


def test_an_exercise_that_cannot_say_so_asks_nobody_to_do_anything() -> None:
    headline = "Central Station, the square before it and the park that is behind it: stay away."
    said = draft("snapchat", exercise=True, headline=headline, actions=("Run.",))
    assert said.text == f"Exercise: {headline}\n\n{ADDRESS}"
    assert {"exercise", "action", "update"} <= set(said.left_out)


def test_a_text_message_has_four_segments_and_more_only_for_what_it_must_say() -> None:
    short = draft(
        "sms", confirmed=tuple(f"Street number {number} is closed." for number in range(30))
    )
    assert "\n" not in short.text
    assert sms.measure(short.text).segments == 4
    assert short.left_out == ("confirmed",)
    long = "Stay where you are, lock the door, and keep away from the windows. " * 12
    must = draft("sms", actions=(long.strip(),))
    assert sms.measure(must.text).segments > 4
    assert long.strip() in must.text
    assert must.text.endswith(f"Police, 12:00. 112. {ADDRESS}")
    assert {"empathy", "look", "until"} <= set(must.left_out)


@pytest.mark.parametrize(
    ("sentence", "unit", "limit"),
    [("The way is closed.", "septets", 1395), ("Дорога закрыта.", "utf16-units", 615)],
)
def test_a_cell_broadcast_ends_with_its_last_page(sentence: str, unit: str, limit: int) -> None:
    said = draft(confirmed=(sentence,) * 90)
    assert (said.platform, said.unit, said.limit) == ("cell-broadcast", unit, limit)
    assert limit - len(sentence) - 1 < said.count <= limit
    assert said.left_out == ("confirmed",)


def test_a_headline_that_fits_nowhere_stops_the_alert() -> None:
    found = compose(alert(headline="Stay away. " * 30), frame(), PLATFORMS["x"], {})
    assert isinstance(found, Problem)
    assert found.code == "alert-too-long"
    assert found.path == "alert/station/en/x.txt"


def test_the_emergency_number_is_that_of_the_country() -> None:
    """Who reads English in Paris is not told to dial 999, nor where no country is known."""
    for country, said in (
        ("FR", "Call 112 (France)."),
        ("US", "Call the emergency number of the country you are in."),
        ("", "Call the emergency number of the country you are in."),
    ):
        abroad = frame(market="GB", emergency_country=country)
        made = compose(alert(), abroad, PLATFORMS["facebook"], {})
        assert isinstance(made, AlertDraft)
        assert said in made.text


def test_only_the_lines_of_the_alert_stand_on_it() -> None:
    said = draft("facebook", lines=(HELPLINES[3].id, "gone")).text
    assert "ACT Early" in said
    assert "0800 011 3764" in said
    assert "0 800 005 696" not in said
