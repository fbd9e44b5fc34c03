"""Cards can be read back: tesseract reads ours as well as the same words drawn by Pango."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import pytest
from stopjihad.build.cards import CardChoice
from stopjihad.draw.card import Card, card_pixels, set_card
from stopjihad.draw.lines import Block
from stopjihad.draw.shape import GRID
from stopjihad.draw.stack import StackItem
from stopjihad.view.slides import FORMAT, told_in_slides

from published.test_cards import studio
from support import cards
from support.reading import READERS, differing, plain, read, read_twice

pytestmark = pytest.mark.judge

ALPHABETIC = {"en", "fr", "de", "es", "nl", "tr", "ru", "so"}
FACES = {
    **dict.fromkeys(ALPHABETIC - {"ru"}, "Bricolage Grotesque"),
    "ar": "Noto Kufi Arabic",
    "ur": "Noto Sans Arabic",
    "ps": "Noto Kufi Arabic",
    "bn": "Hind Siliguri",
    "th": "Noto Sans Thai",
}
SHORT = ("og", "story")
"""Formats of the quick run: the widest lines and the narrowest."""

WORST = 0.03
"""How much less of our words than of Pango's may be read: three points of a hundred."""

LEAST = 0.95
"""Share of characters that must be read in Latin and Cyrillic letters."""

MARGIN = 40


def agreement(lines: list[str], seen: list[str]) -> float:
    """Give the share of all characters of some lines that agree."""
    wrong = sum(map(differing, lines, seen))
    return 1 - wrong / max(sum(len(plain(line)) for line in lines), 1)


def ours(
    lang: str, form: str, design: str = "fact", text: str = ""
) -> tuple[list[str], list[np.ndarray], float]:
    """Draw a card and cut out the lines of its headline; give their words and size too."""
    subject = cards.point(lang, **({"fact": cards.Text(text, lang)} if text else {}))
    card = set_card(cards.job(lang, design, form, subject=subject))
    (found,) = lines_of(card, {"fact"})
    return found


def lines_of(
    card: Card, contents: Collection[str]
) -> Iterator[tuple[list[str], list[np.ndarray], float]]:
    """Cut the lines of some contents out of a card: words, pictures and size, text by text."""
    pixels = card_pixels(card)
    for place, _ in card.placed:
        if place.block is not None and getattr(place.item, "content", "") in contents:
            yield lines(place, place.block, pixels)


def lines(
    place: StackItem, block: Block, pixels: np.ndarray
) -> tuple[list[str], list[np.ndarray], float]:
    """Cut the lines of one text out of its card."""
    scale = block.size / GRID
    pictures = []
    for line, left, baseline in zip(block.lines, place.lefts, block.baselines, strict=True):
        rows = (
            int(place.top + baseline - line.top * scale),
            place.top + baseline - line.bottom * scale,
        )
        columns = int(left + line.left * scale), left + max(line.right, line.width) * scale
        cut = pixels[rows[0] - 1 : int(rows[1]) + 2, columns[0] - 1 : int(columns[1]) + 2]
        framed = np.pad(cut, ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), mode="edge")
        pictures.append(framed)
    words = [block.shaped.text[line.start : line.end] for line in block.lines]
    return words, pictures, block.size


def pangos(lang: str, line: str, size: float) -> np.ndarray:
    """Draw a line with Pango at the same size, dark on light."""
    import pyvips

    face = FACES.get(lang, "Noto Sans")
    fonts = cards.every_font().files
    files = {font.family: font.path for font in fonts if font.weight in {0, 700}}
    text = pyvips.Image.text(
        line.replace("&", "&amp;").replace("<", "&lt;"),
        font=f"{face} Bold {size:g}",
        fontfile=files[face],
        dpi=72,
    )
    cover = np.frombuffer(text.write_to_memory(), dtype=np.uint8).reshape(text.height, text.width)
    page = np.full((text.height + 2 * MARGIN, text.width + 2 * MARGIN), 250, dtype=np.uint8)
    page[MARGIN:-MARGIN, MARGIN:-MARGIN] = 250 - (cover.astype(int) * 225 // 255).astype(np.uint8)
    return page


def compare(lang: str, drawn: tuple[tuple[str, str, str], ...]) -> None:
    """Read our lines and Pango's: format, design and words say which headlines."""
    judge(lang, [ours(lang, form, design, text) for form, design, text in drawn])


def judge(lang: str, drawn: list[tuple[list[str], list[np.ndarray], float]]) -> None:
    """Read lines and the same words by Pango: as well as these, and well in alphabets."""
    words: list[str] = []
    found: list[str] = []
    judged: list[str] = []
    for lines, pictures, size in drawn:
        words += lines
        pairs = zip(lines, pictures, strict=True)
        found += [read_twice(line, picture, lang, size) for line, picture in pairs]
        judged += [read_twice(line, pangos(lang, line, size), lang, size) for line in lines]
    read_back, by_pango = agreement(words, found), agreement(words, judged)
    assert read_back >= by_pango - WORST, (words, found, judged)
    if lang in ALPHABETIC:
        assert read_back >= LEAST, found


LATIN = {"de", "es", "nl"}
"""Languages whose letters others here have, too."""


@pytest.mark.parametrize(
    "lang",
    [
        pytest.param(lang, marks=pytest.mark.long if lang in LATIN else ())
        for lang in sorted(READERS)
    ],
)
def test_words_read_back_as_well_as_pangos(lang: str) -> None:
    """One format a language, the other in the next; the long form has all in each."""
    compare(lang, ((SHORT[sorted(READERS).index(lang) % len(SHORT)], "fact", ""),))


@pytest.mark.long
@pytest.mark.parametrize("form", cards.FORMATS)
@pytest.mark.parametrize("lang", sorted(READERS))
def test_words_of_every_format_read_back_as_well_as_pangos(lang: str, form: str) -> None:
    fact, claim, warning, title, label = cards.texts(lang)
    headlines = (fact, f"{warning} {claim}", f"{title} {label} {warning}")
    designs = ("fact", "claim-and-fact")
    compare(lang, tuple((form, design, text) for design in designs for text in headlines))


SAID = ("fact", "warning", "slide.title", "slide.text", "figure.label", "step.1", "step.2")
"""What is read of a slide: words in one language, set in one weight."""


def slides_of(lang: str, point: str, *roles: str) -> Iterator[Card]:
    """Draw the slides of a talking point of the sample."""
    choice = CardChoice(subject=point, language=lang, format=FORMAT)
    for job in studio().slides(choice):
        if job.slide is not None and (not roles or job.slide.role in roles):
            yield set_card(job)


@pytest.mark.parametrize("lang", ["ar", "bn"])
def test_a_slide_of_the_sample_reads_back_as_well_as_pangos(lang: str) -> None:
    (card, *_) = slides_of(lang, "most-victims-are-muslims", "evidence")
    judge(lang, list(lines_of(card, SAID)))


@pytest.mark.long
@pytest.mark.parametrize("lang", sorted(READERS.keys() - {"th"}))
def test_slides_of_the_sample_read_back_as_well_as_pangos(lang: str) -> None:
    told = [one.record for one in studio().project.points]
    wanted = [one.id for one in told if told_in_slides(one, studio().campaign.carousels)]
    assert len(wanted) >= 6
    drawn = [
        found
        for point in wanted
        for card in slides_of(lang, point)
        for found in lines_of(card, SAID)
    ]
    judge(lang, drawn)


def test_the_judge_can_tell() -> None:
    """A mirrored line is not read: the comparison would notice."""
    lines, pictures, size = ours("ar", "og")
    assert agreement(lines[:1], [read(pictures[0][:, ::-1].copy(), "ar", size)]) < 0.5
