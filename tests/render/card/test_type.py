"""Four sizes a format, one edge, one baseline, and a voice for what is read first."""

from __future__ import annotations

import re

import msgspec
import pytest
from stopjihad.catalog.formats import FORMATS, UPRIGHT
from stopjihad.catalog.layout import Plot, TextLayer, Tone
from stopjihad.draw import colour as colours
from stopjihad.draw.alt import alt_text
from stopjihad.draw.card import Card, set_card
from stopjihad.draw.content import contents, ready
from stopjihad.draw.lines import Room, draw_block, fit
from stopjihad.draw.problems import card_problems
from stopjihad.draw.shape import GRID, shape
from stopjihad.draw.stack import HEADLINE, StackItem
from stopjihad.view.contrast import contrast
from stopjihad.view.dates import hold_months
from stopjihad.view.look import HUES, Look, colours_of
from stopjihad.view.records import Text

from support import cards
from support.card_checks import check_card

FITTED = (
    "figure.value",
    "helpline.number",
    "help.address",
    "alert.number",
    "chart.row",
    "number.",
    "step.",
)
"""Contents that are as large as they fit: numbers, the address that stands for one, steps, and the
letters of a chart."""

BRANDS = {
    "dark": ("#e3b34a", "#f4f0e6", "#14181d"),
    "pale": ("#b9d7c9", "#5a5f63", "#fdfcf7"),
    "loud": ("#d6006c", "#1d0b2e", "#fff4d6"),
}
"""Three brands that nobody designed for us: accent, ink and paper."""


def texts(card: Card) -> list[tuple[TextLayer, StackItem]]:
    return [
        (place.item, place)
        for place, _ in card.placed
        if isinstance(place.item, TextLayer) and place.block is not None
    ]


@pytest.mark.parametrize("form", cards.FORMATS)
@pytest.mark.parametrize("lang", ["en", "ar", "bn"])
def test_a_card_has_no_other_sizes_than_the_four_of_its_format(lang: str, form: str) -> None:
    for design in cards.EVERY:
        if design in {"alert", "help"}:
            continue  # what happened, and what must be said of a number, always fits
        for item, place in texts(set_card(cards.job(lang, design, form))):
            assert place.block is not None
            if not item.content.startswith(FITTED):
                assert place.block.size in FORMATS[form].type, (design, item.content)
            if FORMATS[form].width == 1080:
                assert place.block.size >= UPRIGHT[0], (design, item.content)


@pytest.mark.parametrize("form", ["square", "story"])
def test_the_line_is_large_and_the_fact_stands_whole_below_it(form: str) -> None:
    fact = "French recruits wrote home from Syria about washing up, cold and fear."
    point = cards.point(fact=Text(fact, "en"), line=Text("They make me wash up.", "en"))
    job = cards.job("en", "fact", form, subject=point)
    found = {item.content: place for item, place in texts(set_card(job))}
    line, below = found["line"].block, found["fact"].block
    assert line is not None
    assert below is not None
    assert below.shaped.text == fact
    assert line.size >= FORMATS[form].type[2] > below.size
    assert found["line"].rect[3] < found["fact"].rect[1]
    bare = msgspec.structs.replace(job, subject=msgspec.structs.replace(point, line=None))
    alone = {item.content: place for item, place in texts(set_card(bare))}
    assert alone["fact"].block is not None
    assert alone["fact"].block.size > below.size
    assert not card_problems(job)


def test_a_text_that_does_not_fit_at_the_least_of_its_sizes_is_refused() -> None:
    long = Text("Recruits wrote home about washing up and cold and fear. " * 9, "en")
    (found, *_) = card_problems(cards.job("en", "fact", "og", subject=cards.point(fact=long)))
    assert found.code == "card-too-long"
    assert found.message.endswith("the text does not fit at 28 px")


@pytest.mark.parametrize(
    ("lang", "family"),
    [
        ("en", "Bricolage Grotesque"),
        ("tr", "Bricolage Grotesque"),
        ("ar", "Noto Kufi Arabic"),
        ("ps", "Noto Kufi Arabic"),
        ("ur", "Noto Sans Arabic"),  # Urdu is read in Nastaliq, and else in Naskh
        ("bn", "Hind Siliguri"),
        ("ru", "Noto Sans"),
    ],
)
def test_what_is_read_first_has_a_face_of_its_own(lang: str, family: str) -> None:
    words = ready(Text(cards.texts(lang)[0], lang))
    large = shape(words, cards.every_font(), 800, headline=True)
    assert large.runs[0].typeface.file.family == family
    plain = shape(words, cards.every_font(), 800)
    assert plain.runs[0].typeface.file.family not in {"Bricolage Grotesque", "Noto Kufi Arabic"}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_large_and_small_letters_begin_at_one_edge(lang: str) -> None:
    """A large letter keeps more room beside it: headlines stood inwards by ten px."""
    card = set_card(cards.job(lang, "claim-and-fact", "square"))
    edges = set()
    for item, place in texts(card):
        if (
            item.content in {"fact", "source", "claim", "helpline.number", "word.talk"}
            and place.block is not None
        ):
            scale = place.block.size / GRID
            ends = [
                left + (line.left if lang == "en" else line.right) * scale
                for line, left in zip(place.block.lines, place.lefts, strict=True)
            ]
            edges.add(round(min(ends) if lang == "en" else max(ends)))
            # Within a block lines keep the room that each letter has beside it.
            widths = [line.width * scale if lang == "ar" else 0 for line in place.block.lines]
            starts = [left + width for left, width in zip(place.lefts, widths, strict=True)]
            assert max(starts) - min(starts) < 0.1, item.content
    assert max(edges) - min(edges) <= 1


@pytest.mark.parametrize("form", cards.FORMATS)
def test_a_numeral_stands_on_the_first_baseline_of_its_step(form: str) -> None:
    card = set_card(cards.job("en", "steps", form))
    found = {item.content: place for item, place in texts(card)}
    starts = set()
    for count in ("1", "2", "3"):
        number, step = found[f"number.{count}"], found[f"step.{count}"]
        assert number.block is not None
        assert step.block is not None
        on = number.top + number.block.baselines[0], step.top + step.block.baselines[0]
        assert on[0] == pytest.approx(on[1], abs=0.6)
        assert number.block.size > step.block.size
        starts.add(round(step.rect[0]))
    assert len(starts) == 1


HELD = {
    "en": "from January to mid-November 2022 and later",
    "de": "vom 1. Januar 2016 bis zum 14. Oktober 2017",
    "es": "hasta mediados de noviembre de 2022 en Somalia",
    "ar": "حتى منتصف تشرين الثاني/نوفمبر 2022 في الصومال",
    "bn": "2022 সালের নভেম্বরের মাঝামাঝি পর্যন্ত",
    "ps": "د 2022 د نومبر تر نیمایي پورې په سومالیا کې",
}


@pytest.mark.parametrize("lang", HELD)
def test_a_month_is_never_apart_from_its_year(lang: str) -> None:
    words = ready(Text(HELD[lang], lang))
    block = fit(shape(words, cards.fonts(), 400), Room(200, 2000, 20, 20, 20))
    lines = [block.shaped.text[line.start : line.end] for line in block.lines]
    assert len(lines) > 1
    held = hold_months(HELD[lang], lang)
    together = re.findall(r"[^ ]+\u00a0[^ ]+", held)[-1]
    assert any(re.split("[-/]", together)[-1] in line for line in lines), lines


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("tone", cards.TONES)
def test_every_look_holds_in_brands_that_nobody_designed_for_us(brand: str, tone: str) -> None:
    accent, ink, paper = BRANDS[brand]
    for lang, form in (("en", "square"), ("ar", "og")):
        frame = cards.frame(lang, accent=accent, ink=ink, paper=paper)
        for design in cards.DRAWN:
            job = cards.job(lang, design, form, frame=frame, tone=tone)
            assert not card_problems(job), (design, form)
            if form == "square":
                check_card(set_card(job))


STANDING = tuple(sorted(set(cards.DRAWN) | {"photo"}))
"""Designs of cards that travel without the page around them."""


@pytest.mark.parametrize("form", cards.FORMATS)
@pytest.mark.parametrize("design", STANDING)
def test_every_card_carries_its_number_unbroken_and_larger_than_whose_card_it_is(
    design: str, form: str
) -> None:
    """A card travels without its page: readers in need had an address to type, or nothing."""
    for lang in ("en", "ar"):
        job = cards.job(lang, design, form, link=cards.LINK)
        found = {item.content: place for item, place in texts(set_card(job))}
        number = found["helpline.number"].block
        assert number is not None
        assert len(number.lines) == 1
        assert number.size >= FORMATS[form].type[0]
        for label in ("campaign", "sponsor"):
            small = found[label].block if label in found else None
            assert small is None or small.size < number.size, label
        assert "helpline.who" in found
        assert (
            "link" in found or FORMATS[form].width > 1080 or design in {"chart", "poster", "help"}
        )


@pytest.mark.parametrize("design", STANDING)
def test_a_card_without_a_number_says_where_help_is(design: str) -> None:
    if design == "help":
        return  # it is made from a helpline
    for form in cards.FORMATS:
        job = cards.job("en", design, form, frame=cards.frame("en", standing=()))
        found = {item.content: place for item, place in texts(set_card(job))}
        assert "helpline.number" not in found
        address = found["help.address"].block
        assert address is not None
        assert address.shaped.text.strip("\u2066\u2069").endswith("/en/help")
        assert len(address.lines) == 1
        assert address.size >= FORMATS[form].type[0]


@pytest.mark.parametrize("form", cards.FORMATS)
def test_a_bubble_is_as_large_as_its_question(form: str) -> None:
    for lang in ("en", "ar", "bn"):
        job = cards.job(lang, "question", form)
        found = {item.content: place for item, place in texts(set_card(job))}
        place = found["question"]
        assert place.block is not None
        assert place.tail is not None
        left, top, right, bottom = place.rect
        assert place.block.width / (right - left) > 0.75
        assert place.block.height / (bottom - top) > 0.6
        assert min(y for _, y in place.tail) < bottom < max(y for _, y in place.tail)


def test_the_face_of_headlines_is_for_large_letters_whose_dots_stay_apart() -> None:
    """Seen at a third of its size, a headline lost the dots over its i."""
    for form in cards.FORMATS:
        least = FORMATS[form].type[HEADLINE]
        for design in cards.DRAWN:
            for item, place in texts(set_card(cards.job("fr", design, form))):
                assert place.block is not None
                faces = {run.typeface.file.family for run in place.block.shaped.runs}
                small = place.block.size < least
                assert not (small and "Bricolage Grotesque" in faces), (design, form, item.content)
    letter = fit(
        shape(ready(Text("i", "fr")), cards.fonts(), 700, headline=True),
        Room(400, 400, 100, 100, 1),
    )
    mask = draw_block(letter, (0.0,), 0.0)
    assert mask is not None
    apart = (mask.cover < 64).all(axis=1).sum()
    assert apart * FORMATS["square"].type[HEADLINE] / 100 >= 3.5  # px of 1080: one px on a phone


def test_a_french_verb_is_not_cut_from_its_pronoun() -> None:
    words = ready(Text("Que se passe-t-il quand j’appelle ? Où vont-ils ? Qu’a-t-elle dit ?", "fr"))
    for width in range(150, 500, 10):
        block = fit(shape(words, cards.fonts(), 400), Room(width, 2000, 20, 20, 20))
        lines = [block.shaped.text[line.start : line.end] for line in block.lines]
        assert not [one for one in lines if one.rstrip("\u2060").endswith("-")], lines


CHEERFUL = frozenset({"flowers", "market-stall", "two-cups", "adventure", "money", "controller"})
"""Drawings of what is pleasant: none stands beside the dead."""


def test_no_cheerful_drawing_stands_beside_the_dead() -> None:
    folder = cards.ROOT / "campaigns" / "stop-jihadism" / "points"
    for path in folder.glob("*.md"):
        head = path.read_text(encoding="utf-8").split("---")[1]
        if "\ntone: grave" in head:
            drawing = re.search(r"^drawing: (\S+)", head, re.MULTILINE)
            assert drawing is not None
            assert drawing[1] not in CHEERFUL, path.name


def test_no_line_is_a_third_of_the_longest_where_another_break_allows_more() -> None:
    """Three readers named a last word that stood alone."""
    words = ready(Text("What is left of the promised life?", "en"))
    shaped = shape(words, cards.every_font(), 700, headline=True)
    found = set()
    for width in range(800, 1200, 10):
        block = fit(shaped, Room(width, 900, 120, 120, 3))
        lines = tuple(shaped.text[line.start : line.end] for line in block.lines)
        if block.fits and len(lines) == 3:
            found.add(lines)
    assert found == {
        ("What is left of", "the promised", "life?"),  # nothing wider has room
        ("What is", "left of the", "promised life?"),
    }


def test_a_line_ends_without_the_dot_that_parts_names() -> None:
    for said in (
        "United Kingdom\u00a0· Refuge\u00a0· Women",
        "Source: UN, April 2016\u00a0· \u2066campaign.example.org\u2069",
    ):
        shaped = shape(ready(Text(said, "en")), cards.fonts(), 600)
        whole = fit(shaped, Room(2000, 400, 30, 30, 1))
        assert [shaped.text[line.start : line.end] for line in whole.lines] == [shaped.text]
        cut = fit(shaped, Room(380, 400, 30, 30, 3))
        lines = [shaped.text[line.start : line.end] for line in cut.lines]
        assert len(lines) == 2
        assert not [line for line in lines if line.strip("\u00a0\u2066 ").endswith("·")], lines


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_whose_card_it_is_stands_at_the_other_edge_of_its_row(lang: str) -> None:
    """Hours and team were read as one sentence."""
    for form in cards.FORMATS:
        job = cards.job(lang, "fact", form, link=cards.LINK)
        found = {item.content: place for item, place in texts(set_card(job))}
        safe, width = FORMATS[form].safe, FORMATS[form].width
        left, _, right, _ = found["sponsor"].rect
        edge = safe.end if lang == "ar" else width - safe.end
        assert (left if lang == "ar" else right) == pytest.approx(edge, abs=1), form
        beside = found["helpline.times" if width > 1080 else "link"].rect
        apart = beside[0] - right if lang == "ar" else left - beside[2]
        assert apart > 2 * FORMATS[form].type[0], form


@pytest.mark.parametrize("design", ["chart", "fact", "question", "claim-and-fact", "steps"])
def test_a_card_says_its_address_once(design: str) -> None:
    """Where it has no line of its own, it stands behind the source; so it is read aloud."""
    for standing in ((), None):
        frame = cards.frame("en", standing=()) if standing == () else cards.frame("en")
        for form in cards.FORMATS:
            job = cards.job("en", design, form, frame=frame, link=cards.LINK)
            said = [place.block.shaped.text for _, place in texts(set_card(job)) if place.block]
            assert len([one for one in said if "example.org" in one]) == 1, (form, said)
            assert alt_text(job).count("example.org") == 1, (form, alt_text(job))


@pytest.mark.parametrize("tone", cards.TONES)
def test_every_bar_of_a_chart_is_seen(tone: Tone) -> None:
    """Grey bars said nothing to a reader who took them for the ground."""
    for brand in (("#00664f", "#1c2430", "#f7f5ef"), *BRANDS.values()):
        for theme in (*HUES, ""):
            names = colours_of(Look(brand, theme, tone))
            for design in ("chart", "slide-chart"):
                layout = cards.layouts()[design]
                known = colours.read_colours(layout.palette, names)
                (plot,) = (one for one in layout.layers if isinstance(one, Plot))
                for drawn in (plot.colour, plot.second, plot.quiet):
                    seen = contrast(colours.parse(drawn, known), known["field"])
                    assert seen >= 3, (design, brand, theme, drawn, seen)


@pytest.mark.parametrize("form", cards.FORMATS)
@pytest.mark.parametrize("design", ["fact", "question", "claim-and-fact", "figure", "steps"])
def test_a_long_name_leaves_room_for_the_hours_of_a_service(design: str, form: str) -> None:
    """Eighteen Arabic cards said whom to call, and not when."""
    line = cards.helpline(
        "ar",
        country_name="ألمانيا",
        name=Text("BAMF-Beratungsstelle", "de"),
        printed="+49 911 943 43 43",
        hours=Text("أيام العمل، من 9 صباحًا إلى 3 بعد الظهر", "ar"),
        languages=("de",),
        interpreters=True,
    )
    words = cards.WORDS | {
        "talk": "هل تقلقون على أحد؟",
        "operator-government": "جهة حكومية",
        "who-interpreter": "%(country)s · %(name)s (%(operator)s، مع مترجم)",
    }
    sponsor = Text("فريق الحملة التجريبية", "ar")
    frame = cards.frame("ar", helplines=(line,), standing=(line,), sponsor=sponsor)
    job = cards.job("ar", design, form, frame=frame, link=cards.LINK, words=words)
    found = {item.content: place for item, place in texts(set_card(job))}
    assert found["helpline.who"].block is not None
    assert form not in {"square", "portrait"} or len(found["helpline.who"].block.lines) > 1
    assert "helpline.times" in found
    whole = contents(job)["helpline.who"].text
    assert found["helpline.who"].block.shaped.text == whole, "what is passed on is said"
    assert all(place.fits for place in found.values())


@pytest.mark.parametrize("form", ["square", "portrait", "story"])
@pytest.mark.parametrize("design", ["fact", "question", "claim-and-fact", "figure", "steps"])
def test_a_partner_beside_the_sponsor_leaves_room_for_what_a_number_is_for(
    design: str, form: str
) -> None:
    """A number stood without a word: which trouble it is there for was left out first."""
    line = cards.helpline(
        "ar",
        country_name="فرنسا",
        name=Text("SOS Amitié", "fr"),
        printed="09 72 39 40 50",
        hours=Text("كل يوم، ليلًا ونهارًا", "ar"),
        languages=("fr",),
    )
    words = cards.WORDS | {
        "talk": "الحديث إلى أحد",
        "operator-ngo": "منظمة غير ربحية",
        "who-other": "%(country)s · %(name)s (%(operator)s، الرد بالفرنسية)",
    }
    sponsor = Text("Association Paroles et Faits · بالاشتراك مع مسجد الأخوّة في المدينة", "ar")
    frame = cards.frame("ar", helplines=(line,), standing=(line,), sponsor=sponsor)
    job = cards.job("ar", design, form, frame=frame, link=cards.LINK, words=words)
    found = {item.content: place for item, place in texts(set_card(job))}
    assert "word.talk" in found
    said = " ".join(place.block.shaped.text for place in found.values() if place.block)
    assert "ليلًا ونهارًا" in said
    assert all(place.fits for place in found.values())


def test_steps_take_another_line_rather_than_smaller_letters() -> None:
    steps = (
        (
            "Préparez son plat préféré, faites ensemble la route jusqu’à l’entraînement, "
            "regardez un match à deux."
        ),
        "Posez une question ouverte et écoutez jusqu’au bout.",
        (
            "Notez ce qui vous inquiète et demandez conseil\u202f: vous pouvez d’abord demander "
            "ce qui est transmis."
        ),
    )
    subject = cards.point("fr", steps=tuple(Text(one, "fr") for one in steps))
    card = set_card(cards.job("fr", "steps", "portrait", subject=subject))
    found = {item.content: place for item, place in texts(card)}
    for at in (1, 2, 3):
        block = found[f"step.{at}"].block
        assert block is not None
        assert block.size > 40
