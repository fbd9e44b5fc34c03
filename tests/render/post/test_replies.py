from __future__ import annotations

from msgspec.structs import replace
from stopjihad.model.project import Reply
from stopjihad.render.post.replies import ReplySheet, reply_text
from stopjihad.view.records import Prose, Text

from render.post.samples import PLATFORMS, WORDS, frame, point

ASKED = Reply(
    says="You lie.",
    answer="A long answer that the team keeps.",
    short={"en": "Look for yourself.", "fr": "Voyez vous-même."},
    point="they-protect-muslims",
)


def sheet(platform: str = "x", lang: str = "en", **changes) -> ReplySheet:
    view = point(lang, **changes)
    return ReplySheet(frame(lang), PLATFORMS[platform], WORDS[lang], {view.id: view})


def test_a_reply_says_the_answer_the_fact_and_its_source():
    assert reply_text(ASKED, sheet()) == (
        "Look for yourself.\n\nMost people ISIS killed were Muslims.\n"
        "Source: UN Human Rights Office\n\n"
        "https://campaign.example.org/en/points/they-protect-muslims/"
    )


def test_only_the_address_gives_way_to_the_limit_of_the_platform():
    long = replace(ASKED, short="Look. " * 15)
    text = reply_text(long, sheet("snapchat"))
    assert text.endswith("Source: UN Human Rights Office")
    assert reply_text(replace(ASKED, short="Look. " * 20), sheet("snapchat")) == ""


def test_what_must_stay_stands_with_the_fact():
    body = Prose((Text("Others died, too.[^stay] More is known.", "en"),))
    text = reply_text(ASKED, sheet(body=body))
    assert "were Muslims.\nOthers died, too.\nSource:" in text


def test_a_reply_speaks_only_where_it_has_words():
    assert "Voyez vous-même." in reply_text(ASKED, sheet(lang="fr"))
    assert reply_text(ASKED, sheet(lang="de")) == ""
    assert reply_text(replace(ASKED, short=None), sheet()).startswith("A long answer")
    assert reply_text(replace(ASKED, short="Look."), sheet(lang="fr")) == ""


def test_what_people_write_stands_in_the_language_of_those_who_read_it():
    heard = replace(ASKED, says={"en": "You lie.", "fr": "Vous mentez."})
    assert [heard.heard(lang, "en") for lang in ("fr", "de")] == ["Vous mentez.", "You lie."]
    assert ASKED.heard("fr", "en") == "You lie."


def test_a_reply_to_somebody_in_danger_names_emergency_and_helpline_first():
    asked = replace(ASKED, point=None, need="relatives", danger=True)
    own = sheet()._replace(frame=frame(emergency_country="GB"))
    danger, line, *rest = reply_text(asked, own).split("\n\n")[1].split("\n")
    assert danger == "In danger now? Call 112 (GB)."
    assert line.startswith("Worried about someone? GB · ACT Early (non-profit): 0800 011 3764")
    assert not rest
    alone = sheet()._replace(frame=frame(standing=()))
    assert "Get help: https://campaign.example.org/en/help/" in reply_text(asked, alone)


def test_a_reply_to_somebody_in_danger_loses_words_before_its_number():
    """On X the reply to a sister's fear was left out once it said what the police pass on."""
    police = replace(frame().standing[0], operator="police", needs=("relatives",))
    own = sheet()._replace(frame=frame(emergency_country="GB", standing=(police,)))
    asked = replace(ASKED, point=None, need="relatives", danger=True, short="Call. " * 29)
    brief = "In danger now? Call 112 (GB).\nGB · ACT Early (police, may pass on what you say)"
    text = reply_text(asked, own)
    assert brief in text
    assert "Worried about someone?" not in text


def test_a_reply_to_a_family_names_others_before_the_police_or_alone():
    """Every reply to a family named the police's line, and nobody else."""
    listens = replace(frame().standing[0], id="a", name=Text("Families", "en"))
    police = replace(frame().standing[0], operator="police", needs=("worried", "relatives"))
    own = sheet("facebook")._replace(frame=frame(standing=(police, listens)))
    asked = replace(ASKED, point=None, need="relatives")
    lines = reply_text(asked, own).split("\n\n")[1].split("\n")
    assert lines[0].startswith("Worried about someone? GB · Families (non-profit): 0800")
    assert lines[1].startswith("GB · ACT Early (police): 0800")
    assert len(lines) == 2
    long = reply_text(replace(asked, short="Call. " * 34), own._replace(platform=PLATFORMS["x"]))
    assert "Families" in long
    assert "ACT Early" not in long
    far = replace(listens, country="DE", country_name="DE")
    abroad = own._replace(frame=frame(standing=(police, far)))
    assert "Families" not in reply_text(asked, abroad)


def test_a_reply_about_a_talking_point_that_is_not_published_is_left_out():
    assert reply_text(replace(ASKED, point="another"), sheet()) == ""


def test_a_page_stands_in_for_a_talking_point():
    asked = replace(ASKED, point=None, page="help")
    assert reply_text(asked, sheet()) == (
        "Look for yourself.\n\nhttps://campaign.example.org/en/help/"
    )
