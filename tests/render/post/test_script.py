from __future__ import annotations

import pytest
from msgspec.structs import replace
from stopjihad.catalog.platforms import measure
from stopjihad.catalog.post_template import FilmTemplate
from stopjihad.render.post.draft import ScriptScene
from stopjihad.render.post.files import draft_bytes
from stopjihad.render.post.script import chapters, script
from stopjihad.view.records import Prose, Text

from render.post.samples import PLATFORMS, POINTS, draft, frame, point

LANGUAGES = tuple(POINTS)
FILMED = ("instagram", "tiktok", "youtube")


def scenes(*seconds: int) -> list[ScriptScene]:
    names = ("fact", "claim", "trick", "evidence", "todo", "help")
    starts = [sum(seconds[:at]) for at in range(len(seconds))]
    return [
        ScriptScene(scene=name, start=start, seconds=length, shown="a", spoken="a")
        for name, start, length in zip(names, starts, seconds, strict=False)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("platform", FILMED)
def test_the_fact_is_the_first_frame_and_the_claim_never_alone(platform, lang):
    made = draft(platform, lang)
    words = POINTS[lang]
    assert made.script[0].shown == words["fact"]
    said = [text for scene in made.script for text in (scene.shown, scene.spoken)]
    said += [one.text for one in made.story]
    claim = words["claim"].rstrip(".")
    assert claim not in made.script[0].spoken
    assert any(claim in text for text in said)
    assert all(text.endswith(words["warning"]) for text in said if claim in text)


def test_the_hook_is_spoken_before_the_fact():
    made = draft("tiktok", hook=Text("Whom did they kill", "en"))
    assert made.script[0].spoken == f"Whom did they kill. {POINTS['en']['fact']}"


def test_a_sentence_that_must_stay_keeps_its_scene_and_its_frame():
    body = Prose((Text("Much is known. It is long. " * 30 + "Others died, too.[^stay]", "en"),))
    made = draft("instagram", body=body)
    assert "Others died, too." in " ".join(scene.spoken for scene in made.script)
    assert made.story[0].text.endswith("Others died, too.")


def test_a_film_that_is_too_long_leaves_out_what_matters_least():
    names = ("fact", "trick", "evidence", "help")
    told = {name: (name, f"{name} {'a' * 200}") for name in names}
    film = FilmTemplate(scenes=names, aim=45, shrink=("trick", "evidence"))
    assert [one.scene for one in script(told, film, "en", "")] == ["fact", "evidence", "help"]
    kept = script(told, film, "en", "trick")  # its sentence must stay
    assert [one.scene for one in kept] == ["fact", "trick", "help"]
    assert [one.start for one in kept] == [0, 14, 28]


def test_chapters_stand_only_where_all_are_long_enough():
    made = chapters(scenes(12, 11, 3, 10, 9, 10), {}, "en")
    assert [one.start for one in made] == [0, 12, 23, 36]
    assert chapters(scenes(12, 11), {}, "en") == ()
    assert chapters(scenes(9, 9, 9), {}, "en") == ()
    assert chapters(scenes(12, 11, 12), {}, "fi") == ()  # no words for them


def test_nobody_is_asked_to_tap_below_a_count_of_the_dead():
    assert draft("instagram").story[0].sticker.kind == "poll"
    assert draft("instagram", tone="grave").story[0].sticker is None


def test_an_address_is_not_read_aloud():
    made = draft("tiktok", page=frame(standing=()))
    assert "https://" in made.script[-1].shown
    assert "https://" not in made.script[-1].spoken
    assert made.script[-1].spoken.endswith("The link is in our profile.")


@pytest.mark.parametrize("platform", ["facebook", "linkedin"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_comment_has_the_addresses_and_fits(platform, lang):
    made = draft(platform, lang)
    assert made.comment.text.count("https://a.org/") == 2
    assert measure(PLATFORMS[platform], made.comment.text).count == made.comment.count
    assert made.comment.text in draft_bytes(made).decode()


def test_a_mail_says_the_fact_before_it_is_opened():
    hooked = draft("email", hook=Text("Whom did they kill?", "en"))
    assert hooked.title.text == "Whom did they kill?"
    assert hooked.preheader.text == POINTS["en"]["fact"]
    assert hooked.parts[0].text.startswith(POINTS["en"]["fact"])
    plain = draft("email")
    assert plain.title.text == POINTS["en"]["fact"].rstrip(".")
    assert plain.preheader.text == "With sources, what you can do and who listens."
    long = draft("email", hook=Text("Who?", "en"), fact=Text("Most people " * 12 + "died.", "en"))
    assert long.preheader.text == "With sources, what you can do and who listens."


def test_a_question_opens_where_there_is_no_hook():
    view = replace(point(), question=Text("Who was killed?", "en"))
    assert draft("x", view=view).parts[0].text.startswith("Who was killed?\n\n")
    assert draft("youtube", view=view).title.text == "Who was killed?"


def test_a_post_written_by_hand_is_what_the_film_says():
    fact = POINTS["en"]["fact"]
    text = f"A market. A shrine.\n\n{fact}\n\nAsk who gains when you believe it."
    made = draft("tiktok", posts={"facebook": Text(text, "en")})
    assert made.script[0].spoken == f"A market. A shrine. {fact}"
    assert [one.scene for one in made.script] == ["fact", "claim", "trick", "todo", "help"]
    assert made.script[3].spoken.startswith("Ask who gains when you believe it.")
    assert made.script[0].shown == fact
