"""Every design in every format and language: whole, inside, readable, the same each time."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from hashlib import sha256

import msgspec
import numpy as np
import pytest
from PIL import Image
from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import contents_of, file_ending
from stopjihad.draw import alt_text, card_problems, make_card, render_card
from stopjihad.draw.alt import alt_parts
from stopjihad.draw.base import _pack_base
from stopjihad.draw.card import card_pixels, set_card
from stopjihad.draw.content import contents
from stopjihad.draw.ground import drawn_ground, ground
from stopjihad.draw.scheme import scheme
from stopjihad.text.unicode.bidi_controls import strip_controls
from stopjihad.view.look import HUES

from support import cards
from support.card_checks import below_words, check_card

CASES = [(design, form) for design in cards.DESIGNS for form in cards.FORMATS]


@pytest.mark.parametrize("step", [2, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize(("design", "form"), CASES)
def test_no_language_has_problems(design: str, form: str, step: int) -> None:
    """The quick form takes every second language, the others for the next design and format."""
    spoken = sorted(cards.TEXTS | cards.ADDED) if design != "photo" else ["en", "ur", "bn"]
    spoken = spoken[CASES.index((design, form)) % step :: step]
    found = [
        str(problem) for lang in spoken for problem in card_problems(cards.job(lang, design, form))
    ]
    assert not found


@pytest.mark.parametrize(("design", "form"), CASES)
def test_size_and_kind_are_those_of_the_format(design: str, form: str) -> None:
    job = cards.job("ar", design, form)
    picture = render_card(job)
    with Image.open(io.BytesIO(picture)) as image:
        image.load()
        assert image.size == (FORMATS[form].width, FORMATS[form].height)
        kinds = {"jpg": ("JPEG", "RGB"), "png": ("PNG", "P")}
        assert (image.format, image.mode) == kinds[file_ending(job.layout)]
    assert len(picture) < 976_563  # the least limit of a platform: Bluesky, 1,000,000 / 1.024


SCRIPTS = ("en", "ur", "bn")
LOOKED_AT = [
    pytest.param(lang, *case, marks=() if number % 3 == place else pytest.mark.long)
    for number, case in enumerate(CASES)
    for place, lang in enumerate(SCRIPTS)
]
"""Each design and format in one of the scripts, in turn; the long form has all of them."""


@pytest.mark.parametrize(("lang", "design", "form"), LOOKED_AT)
def test_words_are_inside_apart_readable_and_on_no_drawing(
    lang: str, design: str, form: str
) -> None:
    check_card(set_card(cards.job(lang, design, form)))


@pytest.mark.parametrize("form", cards.FORMATS)
@pytest.mark.parametrize("design", cards.DESIGNS)
def test_contrast_on_the_real_pixels_is_enough(design: str, form: str) -> None:
    for tone in cards.TONES:
        check_card(set_card(cards.job("ar", design, form, tone=tone)))


@pytest.mark.parametrize("design", ["steps", "slide-steps"])
@pytest.mark.parametrize("form", cards.FORMATS)
def test_all_steps_of_a_list_have_one_size(design: str, form: str) -> None:
    """The first of three was smaller than the others: its words just went into one line."""
    words = "Ask a friend to look at the offer. Look up the name. Call a job centre before you go."
    steps = tuple(cards.Text(f"{one.strip(' .')}.", "en") for one in words.split(". "))
    one = cards.job("en", "steps", form, subject=cards.point(steps=steps))
    if design == "slide-steps":
        one = cards.slide_job("en", design, form, "Step")
        assert one.slide is not None
        one = msgspec.structs.replace(one, slide=msgspec.structs.replace(one.slide, steps=steps))
    sizes = [
        place.block.size
        for place, _ in set_card(one).placed
        if place.block and getattr(place.item, "content", "").startswith("step.")
    ]
    assert len(sizes) == 3
    assert len(set(sizes)) == 1
    assert sizes[0] > FORMATS[form].unit * 20


@pytest.mark.parametrize("form", cards.FORMATS)
@pytest.mark.parametrize("design", ["fact", "figure", "question", "steps"])
def test_families_with_a_drawing_show_it(design: str, form: str) -> None:
    assert set_card(cards.job("en", design, form)).art


@pytest.mark.parametrize("theme", sorted(HUES))
@pytest.mark.parametrize("tone", cards.TONES)
def test_every_theme_and_tone_can_be_read(theme: str, tone: str) -> None:
    for design in cards.FAMILIES:
        job = cards.job("en", design, "square", theme=theme, tone=tone)
        assert not card_problems(job), (design, theme, tone)


def test_a_ground_is_drawn_once_for_all_themes_and_tones() -> None:
    """Another palette colours it: drawing it anew would take a hundred times as long."""
    for kept in (_pack_base, scheme, ground, drawn_ground):
        kept.cache_clear()
    for theme in HUES:
        render_card(cards.job("en", "fact", "og", theme=theme, tone="grave"))
    assert _pack_base.cache_info().misses == drawn_ground.cache_info().misses == 1


def test_asking_whether_words_fit_draws_no_ground() -> None:
    """Packing rows for a file that nobody writes took most of the time of such a question."""
    drawn_ground.cache_clear()
    for form in cards.FORMATS:
        assert not card_problems(cards.job("tr", "claim-and-fact", form))
    assert not drawn_ground.cache_info().misses


def test_a_ground_takes_little_memory_while_it_waits() -> None:
    """As pixels, thirty grounds took 40 MB of every process."""
    for design in cards.FAMILIES:
        for form in cards.FORMATS:
            card = set_card(cards.job("en", design, form))
            assert card.ground is not None
            below = drawn_ground(card.ground.key)
            frame = below.frame
            packed = sum(len(one.data) for one in (frame.above, *frame.strips, frame.below))
            assert packed + len(below.rows) < 100_000, (design, form)


def test_a_card_leaves_the_ground_of_the_next_as_it_was() -> None:
    job = cards.job("en", "fact", "og")
    first = render_card(job)
    other = msgspec.structs.replace(job, subject=cards.point(fact=cards.Text("Another.", "en")))
    assert render_card(other) != first
    assert render_card(job) == first


def test_file_and_full_picture_agree() -> None:
    job = cards.job("fr", "claim-and-fact", "square")
    with Image.open(io.BytesIO(render_card(job))) as image:
        assert (np.asarray(image.convert("RGB")) == card_pixels(set_card(job))).all()


def test_same_job_same_bytes_in_another_process() -> None:
    program = (
        "import sys; sys.path[:0] = ['tests']; from hashlib import sha256;"
        "from support import cards; from stopjihad.draw import render_card;"
        "print(*(sha256(render_card(cards.job('ar', d, 'og'))).hexdigest() for d in cards.DESIGNS))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            cwd=cards.ROOT,
            env={"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
        ).stdout.split()
        == [
            sha256(render_card(cards.job("ar", design, "og"))).hexdigest()
            for design in cards.DESIGNS
        ]
        for seed, locale, zone in (("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Tokyo"))
    }
    assert found == {True}


def test_earlier_cards_leave_no_trace() -> None:
    alone = render_card(cards.job("en", "fact", "og"))
    for lang in ("ar", "bn", "fr"):
        render_card(cards.job(lang, "fact", "og"))
    long = cards.point(
        fact=cards.Text("A much longer fact than the one before, on three lines", "en")
    )
    render_card(cards.job("en", "fact", "og", subject=long))
    assert render_card(cards.job("en", "fact", "og")) == alone


def test_right_to_left_is_a_mirror_of_left_to_right() -> None:
    below = [
        below_words(set_card(cards.job(lang, "fact", "og"))._replace(art=())).astype(int)
        for lang in ("en", "ar")
    ]
    assert np.abs(below[0] - below[1][:, ::-1]).max() <= 16


def test_no_library_of_the_system_is_needed() -> None:
    program = (
        "import sys; sys.path[:0] = ['tests']; from support import cards; from pathlib import Path;"
        "from stopjihad.draw import render_card; render_card(cards.job('ar'));"
        "print(Path('/proc/self/maps').read_text())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=cards.ROOT
    )
    assert "uharfbuzz" in run.stdout
    assert not re.search(r"fribidi|fontconfig|raqm|pango", run.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="uses mount namespaces")
def test_cards_are_the_same_where_system_fonts_and_fribidi_are_missing(tmp_path) -> None:
    program = (
        "import sys; sys.path[:0] = ['tests']; from hashlib import sha256;"
        "from support import cards; from stopjihad.load.fonts import load_fonts;"
        "from stopjihad.draw import render_card;"
        "book, found = load_fonts(cards.ROOT); assert not found;"
        "print(*(sha256(render_card(cards.job(l, 'fact', 'og', fonts=book))).hexdigest()"
        " for l in ('en', 'ar', 'ur', 'bn')))"
    )
    hide = (
        "mount -t tmpfs none /usr/share/fonts && for f in /usr/lib/*/libfribidi.so.* "
        "/usr/lib/*/libfontconfig.so.* /usr/lib/*/libharfbuzz.so.*; do "
        '[ -f $f ] && mount --bind /dev/null $f; done; exec "$@"'
    )
    command = ["unshare", "--mount", "sh", "-c", hide, "sh", sys.executable, "-c", program]
    run = subprocess.run(command, capture_output=True, text=True, cwd=cards.ROOT, check=False)
    if "unshare" in run.stderr or "mount" in run.stderr:
        pytest.skip("mount namespaces are not allowed here")
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == [
        sha256(render_card(cards.job(lang))).hexdigest() for lang in ("en", "ar", "ur", "bn")
    ]


def test_alt_text_holds_the_words_of_the_card() -> None:
    said = alt_text(cards.job("en", "claim-and-fact"))
    assert said == (
        "Most people ISIS killed were Muslims. Recruiters say: “They defend Muslims.” That is "
        "false. Recruiters court people who want to protect others. "
        "Source: UN, November 2017. "
        "Helpline: France · Stop-Djihadisme (public service): 0800 005 696 · 9:00–18:00. "
        "Published by Answers to recruiters."
    )
    assert "They defend Muslims" not in alt_text(cards.job("en", "fact"))
    assert "\u2066" not in alt_text(cards.job("ar", "help"))
    assert " \u200e0800 005 696 · 9:00–18:00." in alt_text(cards.job("ar", "steps"))


ALOUD = {
    "fact": "fact source contact sponsor",
    "question": "question fact source contact sponsor",
    "claim-and-fact": "fact claim warning source contact sponsor",
    "figure": "figure.value figure.beside figure.source contact sponsor",
    "chart": "chart.title chart.rows chart.note chart.source contact sponsor",
    "quote": "quote source contact sponsor",
    "steps": "fact source step.1 step.2 step.3 contact sponsor",
    "help": "word.help contact helpline.hours helpline.languages helpline.anonymous sponsor",
}


@pytest.mark.parametrize("design", ALOUD)
def test_what_a_card_says_is_read_aloud_in_its_order_with_who_pays(
    design: str,
) -> None:
    parts = dict(alt_parts(cards.job("en", design)))
    assert " ".join(parts) == ALOUD[design]
    assert "0800\u00a0005\u00a0696" in parts["contact"]
    assert ("9:00" in parts["contact"]) == (design != "help")  # there they stand apart
    assert parts["sponsor"] == "Published by Answers to recruiters."


def test_a_number_is_read_with_what_it_counts_and_a_quotation_with_its_speaker() -> None:
    figure = dict(alt_parts(cards.job("en", "figure")))["figure.value"]
    assert figure.startswith("At least 2,521 Answers to recruiters ")
    quote = dict(alt_parts(cards.job("en", "quote")))["quote"]
    assert quote == "Answers to recruiters: “Most people ISIS killed were Muslims.”"


@pytest.mark.parametrize(
    ("design", "names"),
    [
        ("slide-fact", "fact source"),
        ("slide-claim", "fact claim warning source"),
        ("slide-text", "slide.kicker slide.text sources"),
        ("slide-figure", "figure.value figure.beside figure.source"),
        ("slide-steps", "step.1 step.2 step.3 step.4"),
        ("slide-help", "word.help action sources link"),
        ("film-fact", "fact source"),
        ("film-step", "step.1 step.2 step.3 step.4"),
        ("film-help", "word.help action sources link"),
    ],
)
def test_what_a_slide_says_is_read_aloud_in_its_order(design: str, names: str) -> None:
    slide = cards.slide_job("en", design, "square", "Some words")
    assert " ".join(dict(alt_parts(slide))) == names


@pytest.mark.parametrize("design", ["help", "claim-and-fact"])
def test_a_number_of_the_police_says_on_the_card_what_becomes_of_what_is_said(design: str) -> None:
    line = cards.helpline(operator="police")
    frame = cards.frame(helplines=(line,), standing=(line,))
    police = cards.job("en", design, "square", frame=frame)
    if design == "help":
        police = msgspec.structs.replace(police, subject=line)
    assert contents(police)["helpline.who"].text.endswith("(police, may pass on what you say)")
    assert "may pass on what you say" in alt_text(police)
    assert "pass on" not in contents(cards.job("en", "fact", "square"))["contact"].text
    assert not card_problems(police)


def test_who_listens_to_a_carousel_hears_once_who_pays_and_whom_to_call() -> None:
    evidence = cards.slide_job("en", "slide-help", "square", "Someone listens.")
    assert "sponsor" not in dict(alt_parts(evidence))
    assert evidence.slide is not None
    last = msgspec.structs.replace(evidence.slide, role="help")
    told = dict(alt_parts(cards.slide_job("en", "slide-help", "square", "", slide=last)))
    assert told["sponsor"] == "Published by Answers to recruiters."
    assert "0800\u00a0005\u00a0696" in told["word.help"]
    assert "contact" not in told


def test_a_bengali_alt_text_ends_as_bengali_sentences_do() -> None:
    """The description of a figure ended with a Latin full stop where the card says a danda."""
    job = cards.job("bn", "figure", "square", link="https://www.example.org/x/points/y/")
    parts = dict(alt_parts(job))
    assert parts["figure.value"].endswith("।")
    assert parts["link"].endswith("example.org.")


@pytest.mark.parametrize(
    ("design", "label"), [("steps", "What you can do"), ("chart", "Parler à quelqu’un")]
)
def test_a_french_alt_text_sets_a_space_before_the_colon(design: str, label: str) -> None:
    said = alt_text(cards.job("fr", design))
    assert f"{label} : " in said
    assert f"{label}:" not in said


@pytest.mark.parametrize("lang", ["ar", "ur", "ps"])
def test_no_alt_text_opens_with_a_mark_that_turns_it_around(lang: str) -> None:
    """A number came first with its mark: pasted elsewhere, the Arabic text ran from the left."""
    exact = msgspec.structs.replace(cards.point(lang).figures[0], qualifier="")
    job = cards.job(lang, "figure", subject=cards.point(lang, figures=(exact,)))
    value = dict(alt_parts(job))["figure.value"]
    assert value.startswith("2,521 ")


def test_the_help_page_stands_where_no_helpline_stands_for_the_language() -> None:
    frame = cards.frame(standing=(), base_url="https://www.answers.example.org")
    job = cards.job("en", "steps", frame=frame)
    words = {
        place.block.shaped.text for place, _ in set_card(job).placed if place.block is not None
    }
    assert "answers.example.org/en/help" in {strip_controls(text) for text in words}
    where = "Talk to someone: answers.example.org/en/help."
    assert alt_text(job).endswith(f"{where} Published by Answers to recruiters.")
    assert not card_problems(job)


def test_one_call_gives_picture_or_problems() -> None:
    assert make_card(cards.job()) == render_card(cards.job())
    bad = cards.job(subject=cards.point(fact=cards.Text("\U00012000 in cuneiform", "en")))
    problems = make_card(bad)
    assert [problem.code for problem in problems] == ["card-glyph"]


@pytest.mark.parametrize(
    ("lang", "month"), [("en", "November"), ("fr", "novembre"), ("ar", "نوفمبر"), ("bn", "নভেম্বর")]
)
def test_every_card_with_a_fact_names_its_source_and_where_it_comes_from(
    lang: str, month: str
) -> None:
    """A card travels alone; without its source it is one more claim."""
    host = " · example.org"
    for design, form, address in (
        ("poster", "og", host),
        ("fact", "og", host),
        ("fact", "square", ""),
    ):
        job = cards.job(lang, design, form, link="https://www.example.org/x/points/y/")
        shown = strip_controls(contents(job)["source"].text).replace("\u00a0", " ")
        assert re.sub(r"\s*:", ":", shown) == f"Source: UN, {month} 2017{address}"
    assert strip_controls(contents(job)["link"].text) == "example.org"
    for name, layout in cards.layouts().items():
        shown = contents_of(layout)
        # An alert states nothing of ours: it leads to the page that says who confirmed it.
        sources = {"source", "figure.source", "chart.source", "helpline.who"}
        named = {"link"} if name == "alert" else sources
        if layout.subject == "slide":  # what to do states nothing; the slides around it do
            named |= {"sources", "word.todo"}
        assert shown & named, name
