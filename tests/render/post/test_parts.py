from __future__ import annotations

import pytest
from msgspec.structs import replace
from stopjihad.catalog.post_template import LinkStyle
from stopjihad.model.helpline import WrittenContact
from stopjihad.render.post.parts import Material, choices, claim_text
from stopjihad.view.claim import FLAGGED
from stopjihad.view.records import PointView, Prose, Text

from render.post.samples import HELPLINES, frame, point


def made_of(view: PointView, words: dict[str, str]) -> Material:
    return Material(
        view=view,
        frame=frame(view.lang),
        words=words,
        link="https://a.org",
        style=LinkStyle.__args__[0],
        flat=False,
        brief=False,
        addresses=False,
        most_hashtags=2,
    )


@pytest.mark.parametrize(
    ("message", "claim", "said"),
    [
        ("«%(claim)s».", "Es justo.", "«Es justo»."),
        ("«%(claim)s».", "¿Es justo?", "«¿Es justo?»."),
        ("«%(claim)s».", "Y luego...", "«Y luego...»."),
        ("« %(claim)s »", "C’est juste.", "« C’est juste. »"),
        ("« %(claim)s »", "« C’est juste »", "« C’est juste. »"),
        ("“%(claim)s”", "It is just", "“It is just.”"),
        ("“%(claim)s”", '"It is just."', "“It is just.”"),
        ("“%(claim)s”", "„Es ist gerecht“", "“Es ist gerecht.”"),
        ("“%(claim)s”", "»Es ist gerecht«", "“Es ist gerecht.”"),
        ("“%(claim)s”", "“Spies” get what they earn.", "““Spies” get what they earn.”"),
        ("“%(claim)s”", 'They are "spies"', '“They are "spies".”'),
        ("“%(claim)s”", "„Spione“ und „Verräter“", "“„Spione“ und „Verräter“.”"),
        ("“%(claim)s”", "“They call it “just””", "““They call it “just””.”"),
        ("“%(claim)s”", "“It is “just” to them.”", "“It is “just” to them.”"),
        ("« %(claim)s »", "« C’est « juste » pour eux »", "« C’est « juste » pour eux. »"),
    ],
)
def test_where_the_full_stop_of_a_claim_stands_is_for_the_language(message, claim, said):
    view = replace(point("fr"), claim=Text(claim, "fr"), warning=Text("Non.", "fr"))
    material = made_of(view, {FLAGGED: f"They say: {message} No."})
    assert claim_text(material) == f"They say: {said} No. Non."


def test_a_colon_stands_between_what_leads_to_help_and_its_address():
    """``Get help https://…`` stood in every draft whose need no line of the country serves."""
    view = point("en")
    action = replace(view.action, kind="share", need="exit")
    found = choices(made_of(replace(view, action=action), {}))["helpline"]
    assert found.texts[-1].startswith("Get help: https://")


def test_a_post_whose_need_nobody_serves_names_whom_to_ask_about_a_worry():
    """Ten drafts of a kit had the address of the help page, and no number."""
    view = point("en")
    action = replace(view.action, kind="share", need="money")
    worry = (
        choices(made_of(replace(view, action=action), {}))["helpline"].texts[-1].split("\n\n")[1]
    )
    assert worry.startswith("Worried about someone? GB · ACT Early (non-profit): 0800")
    misplaced = replace(view, action=action, misplaced=True)
    assert "ACT Early" not in choices(made_of(misplaced, {}))["helpline"].texts[-1]


def test_people_who_want_out_are_given_who_listens_and_not_the_police():
    """The police's number stood below "Find a way out with help", as if it were one."""
    view = point("en")
    listens = replace(HELPLINES[3], id="listens", name=Text("Listening", "en"), needs=("grief",))
    police = replace(HELPLINES[3], operator="police", needs=("worried", "relatives"))
    both = frame("en", standing=(police, listens))
    for kind in ("share", "helpline"):
        action = replace(view.action, kind=kind, need="exit")
        own = replace(made_of(replace(view, action=action), {}), frame=both)
        last = choices(own)["helpline"].texts[-1]
        assert "Need to talk? GB · Listening (non-profit): 0800" in last
        assert "ACT Early" not in last
        alone = replace(own, frame=replace(both, standing=both.standing[:1]))
        assert "0800" not in choices(alone)["helpline"].texts[-1]


def test_of_two_numbers_that_of_the_police_is_the_last_and_one_alone_is_for_everybody():
    """A mother's only number was that of the police; then a father of 24 got one for children."""
    police = replace(HELPLINES[3], operator="police", needs=("relatives",))
    listens = replace(HELPLINES[3], id="listens", name=Text("Families", "en"), needs=("relatives",))
    view = replace(point("en"), action=replace(point("en").action, need="relatives"))
    own = replace(made_of(view, {}), frame=frame("en", standing=(police, listens)))
    _, _, _, one, short, both = choices(own)["helpline"].texts
    assert "ACT Early" in one
    assert "Families" not in one
    assert short.index("Families") < short.index("ACT Early")
    assert both.index("Families") < both.index("ACT Early")
    assert len(short) < len(both)


def test_people_who_were_hurt_are_not_told_whom_to_ask_about_a_worry():
    """The police's number for reporting stood below a post for the bereaved."""
    view = point("en")
    for need in ("victims", "hatred"):
        action = replace(view.action, kind="share", need=need)
        texts = choices(made_of(replace(view, action=action), {}))["helpline"].texts
        assert texts[-1].startswith("Get help: https://")
        assert "ACT Early" not in texts[-1]


def test_a_number_of_the_police_says_what_becomes_of_what_is_told():
    """What is passed on stood on lesson pages alone."""
    police = replace(HELPLINES[3], operator="police")
    view = replace(point("en"), action=replace(point("en").action, need="worried"))
    own = replace(made_of(view, {}), frame=frame("en", standing=(police,)))
    _, brief, *longer = choices(own)["helpline"].texts
    assert brief == "GB · ACT Early (police, may pass on what you say): 0800 011 3764"
    assert longer
    assert all(text.endswith("State service; may pass on what you say.") for text in longer)
    charity = replace(own, frame=frame("en", standing=(HELPLINES[3],)))
    assert not any("pass on" in text for text in choices(charity)["helpline"].texts)


def test_a_line_names_itself_and_says_where_it_is_written_to():
    """``France · CNAPR (police)`` told nobody whom they call, and its form had no address."""
    form = WrittenContact(kind="form", to="https://a.org/form")
    shown = replace(HELPLINES[3], short_name="CNAPR", writes=(form,))
    assert shown.known_as == "ACT Early"
    material = made_of(point("en"), {})
    view = replace(material.view, action=replace(material.view.action, need="worried"))
    own = replace(material, view=view, frame=frame("en", standing=(shown,)))
    texts = choices(own)["helpline"].texts
    assert texts[-1].endswith(" · Online form: https://a.org/form")
    assert not any("form" in text for text in texts[:-1])


@pytest.mark.parametrize(
    ("alternative", "shortest"),
    [
        ("Start small.", "Start small. Cook a meal."),
        ("Start small. It helps more often.", "Start small. It helps more often."),
    ],
)
def test_a_sentence_that_announces_the_steps_never_stands_without_them(alternative, shortest):
    """``Start small.`` was all that a draft said of what to do."""
    view = replace(
        point("en"),
        alternative=Prose((Text(alternative, "en"),)),
        steps=(Text("Cook a meal", "en"), Text("Listen", "en")),
    )
    assert choices(made_of(view, {}))["alternative"].texts[1] == shortest
