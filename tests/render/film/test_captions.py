"""Captions can be read in every script, and are files of their formats."""

from __future__ import annotations

import re

import msgspec
import pytest
from stopjihad.plan.film_story import FilmJob, fresh_words, say_scenes, tell
from stopjihad.render.film.captions import LINE, SHORTEST, cues, lines, srt, transcript, vtt
from stopjihad.render.film.film import tell_job
from stopjihad.text.unicode.graphemes import count
from stopjihad.view import tempo
from stopjihad.view.records import PointView, Text

from support import cards
from support.films import film_job, tone

CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d)[.,](\d{3})")


def seconds(clock: str) -> float:
    hours, minutes, rest, thousandths = map(int, CLOCK.fullmatch(clock).groups())  # type: ignore[union-attr]
    return hours * 3600 + minutes * 60 + rest + thousandths / 1000


@pytest.mark.parametrize("lang", sorted(cards.TEXTS))
def test_every_caption_can_be_read(lang: str) -> None:
    told = tell(film_job(lang))
    found = cues(told.timed_scenes)
    assert found[0].start == 0
    assert found[-1].end == sum(told.frames)
    for cue in found:
        stands = (cue.end - cue.start) / 30
        assert stands >= SHORTEST
        assert count(cue.words) / stands <= 17
        assert all(count(line) <= LINE for line in lines(cue.words))
    spoken = " ".join(words for words in told.captions if words)
    assert " ".join(cue.words for cue in found).split() == spoken.split(), "nothing is lost"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_captions_leave_to_the_picture_what_stands_there_from_the_first_one_on(lang: str) -> None:
    """A fifth of a film was there for words that had been read already."""
    (first, *rest) = film_job(lang).scenes
    assert isinstance(first.subject, PointView)
    line, sponsor = cards.texts(lang)[3], first.frame.sponsor.value
    subject = msgspec.structs.replace(first.subject, line=Text(line, lang))
    job = FilmJob(scenes=(msgspec.structs.replace(first, subject=subject), *rest))
    silent = tell(job)
    voiced = tell_job(msgspec.structs.replace(job, voice=tone(20.0, 8000)))
    assert silent.words[0].startswith(line)
    assert line not in silent.captions[0]
    assert subject.fact.value.rstrip(".") in silent.captions[0]
    assert sponsor in silent.words[-1]
    assert sponsor not in silent.captions[-1]
    assert voiced.captions == voiced.words, "what is heard is written"
    assert sponsor in silent.voices[-1]


def test_words_of_a_line_that_its_fact_repeats_take_no_time_again() -> None:
    line, fact = (
        "ISIS executed at least 741 civilians.",
        "In Mosul ISIS executed at least 741 people.",
    )
    assert fresh_words(line, fact) == "civilians."
    assert fresh_words("Stay in contact.", "Services say the same: stay in contact.") == ""
    assert fresh_words("ISIS ruled by terror.", "The terror of ISIS") == "ISIS ruled by terror."
    job = film_job("en")
    (first, *rest) = job.scenes
    subject = first.subject
    assert isinstance(subject, PointView)
    again = msgspec.structs.replace(subject, line=Text(subject.fact.value[:45], "en"))
    other = msgspec.structs.replace(subject, line=Text("z" * 15 + " " + "y" * 29, "en"))
    told = [
        tell(type(job)(scenes=(msgspec.structs.replace(first, subject=one), *rest)))
        for one in (again, other)
    ]
    assert told[0].frames[0] <= told[1].frames[0]


def test_what_leads_in_stands_with_what_is_said() -> None:
    """“Les recruteurs disent :” stood alone for 1.6 s."""
    claim = "Avec nous, tu seras toujours entouré de frères et de sœurs qui ne t’abandonneront pas."
    (first, *rest) = cues(
        [(f"Les recruteurs disent\u00a0: «\u00a0{claim}\u00a0» C’est faux.", 300)]
    )
    assert first.words.startswith("Les recruteurs disent\u00a0: «\u00a0Avec nous,")
    assert rest
    (one, *_) = cues([(f"Recruiters say: “{claim}” That is false.", 300)])
    assert not one.words.endswith(":")


def test_a_film_lasts_8_to_30_seconds_and_each_scene_2_at_least() -> None:
    for lang in cards.TEXTS:
        told = tell(film_job(lang))
        assert tempo.LEAST <= sum(told.frames) <= tempo.MOST
        assert min(told.frames) >= tempo.SCENE


def test_slow_scripts_get_more_time() -> None:
    reading = [tempo.SceneWords("x" * 200, 0)]
    assert tempo.lengths(reading, "ar") > tempo.lengths(reading, "en")
    assert tempo.lengths(reading, "bn-BD") > tempo.lengths(reading, "ar")


def test_numbers_get_time_to_be_said_while_there_is_room() -> None:
    number = "Of 4,585 people, 2,516 were hurt in 2016 and 2017, and 1,002 in 2018."
    plain = "Of all those people, most were hurt in the winter, and some in May . . ."[
        : len(number)
    ]
    last = tempo.SceneWords("Helpline: Germany", 0, "Helpline")
    rest = [tempo.SceneWords("x" * 40, 0), last]
    short = tempo.lengths([tempo.SceneWords(plain, 0), *rest], "en")
    long = tempo.lengths([tempo.SceneWords(number, 0), *rest], "en")
    assert long[0] > short[0]
    assert tempo.can_be_said(number, long[0], "en")
    assert not tempo.can_be_said(number, short[0], "en")
    full = [tempo.SceneWords(number, 0), tempo.SceneWords("x" * 130, 0), last]
    assert sum(tempo.lengths(full, "en")) == tempo.AIM


def test_scenes_stretch_to_a_voice() -> None:
    job = film_job("en")
    silent = tell(job)
    voiced = tell_job(type(job)(scenes=job.scenes, voice=tone(50.0, 8000)))
    assert sum(voiced.frames) == 50 * 30 + tempo.PAUSE
    assert sum(silent.frames) < sum(voiced.frames)
    assert len(silent.scenes) < len(job.scenes)
    assert voiced.words == silent.words, "a film showed scenes that its speaker was not given"
    for cue in cues(voiced.timed_scenes):
        assert count(cue.words) * 30 / (cue.end - cue.start) <= 17


def test_a_voice_shorter_than_the_words_leaves_time_to_read() -> None:
    job = film_job("en")
    hasty = tell_job(type(job)(scenes=job.scenes, voice=tone(1.0, 8000)))
    for cue in cues(hasty.timed_scenes):
        assert count(cue.words) * 30 / (cue.end - cue.start) <= 17


def test_the_claim_is_flagged_in_words_and_never_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempo, "AIM", tempo.MOST)
    told = tell(film_job("en"))
    claim = cards.TEXTS["en"][1].rstrip(".")
    at = [number for number, words in enumerate(told.words) if claim in words]
    assert len(at) == 1
    assert at[0] > 0
    assert "That is false." in told.words[at[0]]


def test_what_all_cards_show_is_said_once() -> None:
    job = film_job("en")
    words = say_scenes(job.scenes)
    number = job.scenes[0].frame.standing[0].printed.replace(" ", "\u00a0")
    assert [number in one for one in words] == [False] * (len(words) - 1) + [True]
    assert not any("Source" in one for one in words)


def test_srt_and_vtt_are_what_players_read() -> None:
    told = tell(film_job("ar"))
    found = cues(told.timed_scenes)
    text = srt(found, "ar")
    blocks = text.strip().split("\n\n")
    assert [block.split("\n")[0] for block in blocks] == [str(n + 1) for n in range(len(found))]
    times = [block.split("\n")[1].split(" --> ") for block in blocks]
    assert all("," in clock for pair in times for clock in pair)
    assert all(seconds(a) < seconds(b) for a, b in times)
    assert all(line.startswith("\u200f") for block in blocks for line in block.split("\n")[2:])
    web = vtt(found, "ar")
    assert web.startswith("WEBVTT\n\n")
    assert web.count(" --> ") == len(found)
    assert "line:85% align:center" in web
    assert not any(
        line.startswith("\u200f") for line in srt(cues(tell(film_job("en")).timed_scenes), "en")
    )


def test_markup_of_players_is_escaped_in_vtt() -> None:
    found = cues([("1 < 2 & 3 > 2", 60)])
    assert "1 &lt; 2 &amp; 3 &gt; 2" in vtt(found, "en")
    assert "1 < 2 & 3 > 2" in srt(found, "en")


def test_words_without_spaces_are_cut_between_letters() -> None:
    found = cues([("คนส่วนใหญ่" * 30, 900)])
    assert len(found) > 1
    assert all(count(line) <= LINE for cue in found for line in lines(cue.words))


def test_captions_end_with_sentences() -> None:
    """A claim was cut in its last word, and its denial began with it: “you.” That is false."""
    words = (
        "Recruiters say: “Good pay and a house are waiting for you.” That is false. Recruiters "
        "court people who are short of work. In late 2015 ISIS halved what it paid."
    )
    assert [cue.words for cue in cues([(words, 400)])] == [
        "Recruiters say: “Good pay and a house are waiting for you.” That is false.",
        "Recruiters court people who are short of work.",
        "In late 2015 ISIS halved what it paid.",
    ]


def test_a_long_sentence_is_parted_where_a_voice_pauses() -> None:
    words = (
        "Helpline: Germany · Information Centre on Radicalisation (public authority, with an "
        "interpreter): 0911 943 43 43. Ask for advice before you decide."
    )
    first, second, *_ = (cue.words for cue in cues([(words, 400)]))
    assert first == "Helpline: Germany · Information Centre on Radicalisation"
    assert second == "(public authority, with an interpreter): 0911 943 43 43."


@pytest.mark.parametrize("lang", ["ar", "ur", "bn"])
def test_sentences_of_other_scripts_end_captions_too(lang: str) -> None:
    fact, claim, warning, _, _ = cards.TEXTS[lang]
    found = [cue.words for cue in cues([(f"{fact} {claim} {warning} {fact}", 900)])]
    assert len(found) > 1
    assert all(one.endswith((".", "۔", "।")) for one in found)


def test_a_transcript_says_when_each_scene_begins() -> None:
    assert transcript([("One.", 90), ("", 60), ("Two.", 1800)]) == "0:00\nOne.\n\n0:05\nTwo.\n"
