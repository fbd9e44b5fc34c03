from __future__ import annotations

import pytest
from msgspec.structs import replace
from stopjihad.catalog.platforms import measure
from stopjihad.render.post.files import draft_bytes
from stopjihad.render.post.script import chapters, clock
from stopjihad.view.draft import ScriptScene
from stopjihad.view.records import FilmScene, Prose, Text

from render.post.samples import PLATFORMS, POINTS, draft, point

LANGUAGES = tuple(POINTS)
FILMED = ("instagram", "tiktok", "youtube")


def scenes(*seconds: int) -> list[ScriptScene]:
    names = ("fact", "claim", "trick", "evidence", "todo", "help")
    starts = [sum(seconds[:at]) for at in range(len(seconds))]
    return [
        ScriptScene(scene=name, start=start, seconds=length, shown="a", spoken="a")
        for name, start, length in zip(names, starts, seconds, strict=False)
    ]


def film(lang: str = "en", fact: int = 90, todo: int = 150) -> tuple[FilmScene, ...]:
    """Give a film of the talking point: ``fact`` and ``todo`` frames of two of its scenes."""
    words = POINTS[lang]
    claim = f"{words['claim']} False. {words['warning']}"
    last = f"CAPREV: 0800 111 72. {words['label']}. Example Trust"
    return (
        FilmScene("fact", fact, words["fact"], words["fact"]),
        FilmScene("claim", 200, claim, claim),
        FilmScene("todo", todo, words["alternative"], words["alternative"]),
        FilmScene("help", 100, last, "CAPREV. Example Trust"),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("platform", FILMED)
def test_the_script_has_the_scenes_words_and_times_of_the_film(platform, lang):
    scenes = film(lang, fact=95)
    made = draft(platform, lang, film=scenes)
    assert [one.scene for one in made.script] == [one.role for one in scenes]
    assert [one.shown for one in made.script] == [one.shown for one in scenes]
    assert [one.start for one in made.script] == [0, 3.17, 9.83, 14.83]
    assert [one.seconds for one in made.script] == [3.17, 6.66, 5.0, 3.34]
    assert made.chapters == ()
    assert "Film script: 18 seconds" in draft_bytes(made).decode()
    assert "0:03–0:10" in draft_bytes(made).decode()


def test_the_claim_of_a_story_is_never_alone():
    for lang in LANGUAGES:
        words = POINTS[lang]
        said = [one.text for one in draft("instagram", lang).story]
        claim = words["claim"].rstrip(".")
        assert any(claim in text for text in said)
        assert all(text.endswith(words["warning"]) for text in said if claim in text)


def test_the_hook_is_spoken_before_the_fact_where_there_is_time():
    hook, fact = Text("Whom did they kill", "en"), POINTS["en"]["fact"]
    spoken = [
        draft("tiktok", hook=hook, film=film(fact=frames)).script[0].spoken
        for frames in (120, 70, 60, 30)
    ]
    assert spoken == [f"Whom did they kill. {fact}", fact, "Whom did they kill.", ""]
    told = [draft("tiktok", hook=hook, film=film(fact=frames)) for frames in (120, 70, 60, 30)]
    assert [made.script[0].unsaid for made in told] == [False, False, True, True]
    silent = f"[On the screen alone: too long to be said in this time] {fact}\n"
    assert [silent in draft_bytes(made).decode() for made in told] == [False, False, True, True]
    assert (
        "[Spoken]" not in draft_bytes(draft("tiktok", film=film(fact=30))).decode().split("0:01")[1]
    )


def test_a_voice_says_as_much_as_the_scene_has_time_for():
    alternative = POINTS["en"]["alternative"]
    spoken = [draft("tiktok", film=film(todo=n)).script[2].spoken for n in (240, 150, 60)]
    assert spoken == [alternative, alternative.partition(". ")[0] + ".", ""]
    tight = [FilmScene(one.role, 60, one.shown, one.voice) for one in film()]
    made = draft("tiktok", film=tuple(tight))
    assert made.script[1].spoken == "", "not a claim without its flag"
    assert made.script[1].unsaid
    assert not draft("tiktok", film=film(todo=150)).script[2].unsaid, "its first sentence is said"


def test_a_sentence_that_must_stay_keeps_its_frame():
    body = Prose((Text("Much is known. It is long. " * 30 + "Others died, too.[^stay]", "en"),))
    made = draft("instagram", body=body)
    assert made.story[0].text.endswith("Others died, too.")


def test_times_are_written_in_whole_seconds():
    assert [clock(seconds) for seconds in (0, 7.4, 59.6, 83)] == ["0:00", "0:07", "1:00", "1:23"]


def test_chapters_stand_only_where_all_are_long_enough():
    made = chapters(scenes(12, 11, 3, 10, 9, 10), {}, "en")
    assert [one.start for one in made] == [0, 12, 23, 36]
    assert chapters(scenes(12, 11), {}, "en") == ()
    assert chapters(scenes(9, 9, 9), {}, "en") == ()
    assert chapters(scenes(12, 11, 12), {}, "fi") == ()  # no words for them


def test_nobody_is_asked_to_tap_below_a_count_of_the_dead():
    assert draft("instagram").story[0].sticker.kind == "poll"
    assert draft("instagram", tone="grave").story[0].sticker is None


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
    plain = draft("email", body=Prose())
    assert plain.title.text == POINTS["en"]["fact"].rstrip(".")
    assert plain.preheader.text == "With sources, what you can do and who listens."
    long = {"hook": Text("Who?", "en"), "fact": Text("Most people " * 12 + "died.", "en")}
    begun = draft("email", **long, body=Prose((Text("Someone writes at night. More.", "en"),)))
    assert begun.preheader.text == "Someone writes at night."
    assert draft("email", **long, body=Prose()).preheader.text == plain.preheader.text


def test_a_question_opens_where_there_is_no_hook():
    view = replace(point(), question=Text("Who was killed?", "en"))
    assert draft("x", view=view).parts[0].text.startswith("Who was killed?\n\n")
    assert draft("youtube", view=view).title.text == "Who was killed?"


def test_a_post_written_by_hand_is_what_the_film_says_where_it_fits():
    fact = POINTS["en"]["fact"]
    text = f"A market. A shrine.\n\n{fact}\n\nAsk who gains when you believe it."
    posts = {"facebook": Text(text, "en")}
    made = draft("tiktok", posts=posts, film=film(fact=150))
    assert made.script[0].spoken == f"A market. A shrine. {fact}"
    assert made.script[2].spoken == "Ask who gains when you believe it."
    assert draft("tiktok", posts=posts, film=film()).script[0].spoken == fact
    assert draft("instagram", posts=posts).story[2].text.startswith("Ask who gains")


def test_a_post_that_repeats_the_claim_is_not_read_aloud():
    words = POINTS["en"]
    text = f"A market.\n\n{words['fact']}\n\n{words['claim']} {words['warning']}"
    made = draft("tiktok", posts={"facebook": Text(text, "en")}, film=film(fact=300, todo=300))
    assert made.script[0].spoken == words["fact"]
    assert made.script[2].spoken == words["alternative"]
