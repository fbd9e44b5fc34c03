"""Any headline, 1 to 300 graphemes, any script: inside its box, apart, readable, or a problem."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from stopjihad.draw import CardJob
from stopjihad.draw.canvas import Rect
from stopjihad.draw.card import Card, set_card
from stopjihad.draw.problems import problems_of
from stopjihad.view.look import HUES
from stopjihad.view.slides import STEPS, TEXT

from support import cards
from support.card_checks import check_card, inked

ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz ÀÉÎÕÜŁŻşğ",
    "vi": "ấậễộựỷ ảãạđơư",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя Ж",
    "el": "αβγδεζηθικλμνξοπρστυφχψω ΆΈ",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ًٌٍَُِّْ",
    "ur": "ٹڈڑںھہےیگکچپآ",
    "ps": "ټډړږښګڼېۍئ",
    "bn": "কখগঘচছজটঠডতথদধনপফবভমযরলশষসহািীুেো্",
    "hi": "कखगघचछजटठडतथदधनपफबभमयरलवशषसहािीुेो्",
}
MIXED = "0123456789 (24/7) «quoted» “x” – … ٣٤٥ ISIS 0800 005 696 example.org"
SAMPLED = 120
ALL = 10_000


def headline(seed: int) -> tuple[str, str]:
    """Make one headline: words of one script, sometimes one very long, sometimes mixed."""
    dice = random.Random(seed)
    lang = dice.choice(sorted(ALPHABETS))
    letters = ALPHABETS[lang]
    length = dice.choice((1, 2, 5, 20, 60, 140, 140, 300))
    words: list[str] = []
    while sum(map(len, words)) + len(words) < length:
        size = dice.choice((1, 3, 5, 8, 12, 30, 90)) if dice.random() < 0.9 else length
        word = "".join(dice.choice(letters) for _ in range(min(size, length)))
        words.append(word.strip() or letters[0])
        if dice.random() < 0.06:
            words.append(dice.choice(MIXED.split()))
    return " ".join(words)[:length].strip() or letters[0], lang


def check(seed: int) -> str:
    """Check one headline on one design and format; gives the codes of its problems."""
    return judge(seed, random.Random(-seed), cards.EVERY, cards.told_job)


def check_slide(seed: int) -> str:
    """Check one text on one slide and format; gives the codes of its problems."""
    return judge(seed, random.Random(~seed), cards.SLIDES, cards.slide_job)


def judge(
    seed: int, dice: random.Random, designs: tuple[str, ...], made: Callable[..., CardJob]
) -> str:
    text, lang = headline(seed)
    design, form = dice.choice(designs), dice.choice(cards.FORMATS)
    drawing = dice.choice(sorted(cards.drawings()))
    look = {"drawing": cards.drawings()[drawing], "theme": dice.choice(sorted(HUES))}
    job = made(lang, design, form, text, tone=dice.choice(cards.TONES), **look)
    card = set_card(job)
    codes = {problem.code for problem in problems_of(job, card)}
    assert codes <= {"card-too-long"}, (seed, codes, text)
    if not codes:
        with told(seed, design, form, text):
            inside(card)
            check_card(card)
    return ",".join(codes)


@contextmanager
def told(*where: object) -> Iterator[None]:
    """Say of a card that fails which it was."""
    try:
        yield
    except AssertionError as failed:
        raise AssertionError(where, *failed.args) from failed


def inside(card: Card) -> None:
    """Find ink outside of the box that the design gives it."""
    boxes = stack_boxes(card)
    for one in inked(card) if boxes else ():
        rows, columns = one.mask.cover.shape
        left, top, right, bottom = boxes[id(one.place.item)]
        assert one.mask.x >= left - 2, one.place.item
        assert one.mask.x + columns <= right + 2, one.place.item
        assert one.mask.y >= top - 2, one.place.item
        assert one.mask.y + rows <= bottom + 2, one.place.item


def stack_boxes(card: Card) -> dict[int, Rect]:
    """Give the boxes of stacks by item; none for a card with a photo, whose stacks are its own."""
    return {
        id(item): card.canvas.rect(stack.box, stack.within)
        for stack in (card.ground.base.stacks if card.ground else ())
        for item in stack.items
    }


@pytest.mark.parametrize("part", range(4))
def test_sampled_headlines(part: int) -> None:
    found = [check(seed) for seed in range(part * SAMPLED // 4, (part + 1) * SAMPLED // 4)]
    assert found.count("") > 0.8 * len(found)  # one in ten is too long for the design it is given


def test_sampled_slides() -> None:
    found = [check_slide(seed) for seed in range(SAMPLED // 5)]
    assert found.count("") > 0.9 * len(found)


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_all_slides(part: int) -> None:
    for seed in range(part * ALL // 20, (part + 1) * ALL // 20):
        check_slide(seed)


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_all_headlines(part: int) -> None:
    for seed in range(part * ALL // 20, (part + 1) * ALL // 20):
        check(seed)


def prose(lang: str, letters: str, length: int) -> str:
    """Make words of usual lengths, so many graphemes long at most."""
    dice = random.Random(lang)
    words = [
        "".join(dice.choice(letters.strip()) for _ in range(dice.randint(2, 9))) for _ in range(120)
    ]
    return " ".join(words)[:length].strip()


def fits_on_slides(forms: tuple[str, ...], languages: tuple[str, ...]) -> None:
    """Set as many graphemes as a slide may hold."""
    facts = ("slide-fact", "slide-way", "slide-claim", "film-fact")
    steps = dict.fromkeys(("slide-steps", "film-step"), STEPS)
    lengths = dict.fromkeys(facts, 140) | steps | {"slide-text": TEXT}
    for lang in languages:
        for design, length in lengths.items():
            for form in forms:
                job = cards.slide_job(lang, design, form, prose(lang, ALPHABETS[lang], length))
                assert not problems_of(job, set_card(job)), (lang, design, form)


@pytest.mark.parametrize(
    ("form", "languages"),
    [("portrait", ("ru", "ur", "bn")), ("square", ("ar", "ps")), ("story", ("bn", "hi"))],
)
def test_what_a_slide_may_hold_always_fits_on_it(form: str, languages: tuple[str, ...]) -> None:
    """The graphemes of a slide are chosen so that whole sentences of that length can be set.

    Squares in Arabic script and stories in Indic ones had no room for the longest fact beside the
    claim.
    """
    fits_on_slides((form,), languages)


@pytest.mark.long
@pytest.mark.parametrize("form", ["portrait", "square", "wide", "story"])
def test_what_a_slide_may_hold_fits_in_every_format_and_script(form: str) -> None:
    fits_on_slides((form,), tuple(sorted(ALPHABETS)))


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.long)])
def test_facts_of_140_graphemes_always_fit(step: int) -> None:
    """The quick form sets a third of designs and formats in each language, others in the next."""
    cases = list(itertools.product(cards.FAMILIES, cards.FORMATS))
    for place, (lang, letters) in enumerate(sorted(ALPHABETS.items())):
        text = prose(lang, letters, 140)
        for design, form in cases[place % step :: step]:
            subject = cards.point(lang, fact=cards.Text(text, lang))
            job = cards.job(lang, design, form, subject=subject)
            assert not problems_of(job, set_card(job)), (lang, design, form)
