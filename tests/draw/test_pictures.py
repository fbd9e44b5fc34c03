"""Photos are turned, cropped and freed of everything but their pixels; scrims are strong enough."""

from __future__ import annotations

import io
import itertools

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo
from stopjihad.catalog.layout import Logo
from stopjihad.draw import CardJob, render_card
from stopjihad.draw.base import base
from stopjihad.draw.canvas import meet
from stopjihad.draw.card import Card, card_pixels, set_card
from stopjihad.draw.colour import mix
from stopjihad.draw.layers import qr_code, qr_modules
from stopjihad.draw.pictures import PhotoRefused, cover, logo, reserved_areas, shade, strength
from stopjihad.draw.problems import problems_of
from stopjihad.load.pictures import upright_size
from stopjihad.view.contrast import contrast

from support import cards
from support.card_checks import check_card, inked

CANARY = "CANARY-4711"


def quadrants(orientation: int = 1) -> bytes:
    """Make a picture whose upright corners are red, green, blue and white."""
    upright = np.zeros((200, 300, 3), dtype=np.uint8)
    upright[:100, :150], upright[:100, 150:] = (255, 0, 0), (0, 255, 0)
    upright[100:, :150], upright[100:, 150:] = (0, 0, 255), (255, 255, 255)
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    image = Image.fromarray(upright)
    stored = image.transpose(undo) if undo is not None else image
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = CANARY
    exif[0x8298] = CANARY
    out = io.BytesIO()
    stored.save(out, "JPEG", quality=98, subsampling=0, exif=exif, comment=CANARY.encode())
    return out.getvalue()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_upright_however_the_camera_was_held(orientation: int) -> None:
    photo = quadrants(orientation)
    assert upright_size(photo) == (300, 200)
    pixels = cover(photo, (300, 200), (0.5, 0.5)).astype(int)
    for (x, y), colour in (
        ((30, 30), (255, 0, 0)),
        ((270, 30), (0, 255, 0)),
        ((30, 170), (0, 0, 255)),
        ((270, 170), (255, 255, 255)),
    ):
        assert np.abs(pixels[y, x] - colour).max() < 12


@pytest.mark.parametrize(
    ("focus", "colour"), [((0.0, 0.0), (255, 0, 0)), ((1.0, 1.0), (255, 255, 255))]
)
def test_the_focal_point_stays_visible(
    focus: tuple[float, float], colour: tuple[int, int, int]
) -> None:
    pixels = cover(quadrants(), (60, 600), focus).astype(int)
    y = 150 if focus == (0.0, 0.0) else 450
    assert np.abs(pixels[y, 30] - colour).max() < 12


def test_profiles_lead_to_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    Image.new("RGB", (100, 100), (200, 80, 40)).save(out, "PNG", icc_profile=lab)
    assert np.abs(cover(out.getvalue(), (50, 50), (0.5, 0.5)).astype(int) - (200, 80, 40)).max() < 3


def test_a_broken_profile_does_no_harm() -> None:
    out = io.BytesIO()
    Image.new("RGB", (100, 100), (200, 80, 40)).save(out, "PNG", icc_profile=b"\0" * 200)
    assert tuple(cover(out.getvalue(), (50, 50), (0.5, 0.5))[20, 20]) == (200, 80, 40)


def test_transparency_becomes_white_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    assert (cover(out.getvalue(), (50, 50), (0.5, 0.5)) == 255).all()


@pytest.mark.parametrize("design", ["photo", "fact"])
def test_nothing_but_pixels_of_a_photo_is_published(design: str) -> None:
    info = PngInfo()
    info.add_text("Author", CANARY)
    out = io.BytesIO()
    Image.new("RGB", (400, 300), (90, 120, 90)).save(out, "PNG", pnginfo=info)
    for data in (quadrants(6), out.getvalue()):
        picture = render_card(cards.job("en", design, photo=data, logo=out.getvalue()))
        for word in (CANARY, "Exif", "ICC_PROFILE", "http", "tEXt", "Photoshop"):
            assert word.encode() not in picture


def test_a_broken_photo_is_refused_not_crashed_on() -> None:
    for data in (b"", b"\xff\xd8\xff", quadrants()[:300]):
        with pytest.raises(PhotoRefused):
            cover(data, (10, 10), (0.5, 0.5))
        with pytest.raises(PhotoRefused):
            logo(data, (10, 10))


@pytest.mark.parametrize("seed", range(20))
def test_a_scrim_is_as_strong_as_words_need_and_no_stronger(seed: int) -> None:
    random = np.random.default_rng(seed)
    area = random.integers(0, 256, (8, 8, 3), dtype=np.uint8)
    scrim, words = (12, 60, 55), (255, 255, 255)
    percent = strength(area, scrim, words)
    colours = {(int(r), int(g), int(b)) for r, g, b in area.reshape(-1, 3)}
    worst = min(contrast(words, mix(scrim, colour, percent)) for colour in colours)
    assert worst >= 4.5
    if percent:
        weaker = min(contrast(words, mix(scrim, colour, percent - 4)) for colour in colours)
        assert weaker < 4.9


def test_a_scrim_fades_out() -> None:
    cover_ = shade((100, 100), (0, 50, 100, 100), 30).cover
    assert (cover_[50:] == 255).all()
    assert (cover_[:20] == 0).all()
    assert (np.diff(cover_[:, 50].astype(int)) >= 0).all()


def test_a_code_has_whole_modules_and_a_quiet_zone() -> None:
    mask = qr_code("https://example.org/en/", (0, 0, 200, 200))
    grid = qr_modules("https://example.org/en/")
    scale = mask.cover.shape[0] // grid.shape[0]
    assert mask.cover.shape[0] == scale * grid.shape[0]
    assert (mask.cover[::scale, ::scale] == grid).all()
    assert mask.x >= 4 * scale
    assert mask.y >= 4 * scale
    assert mask.cover[0, 0] == 255


def test_a_code_that_cannot_be_printed_is_refused() -> None:
    with pytest.raises(ValueError, match="modules"):
        qr_code("x" * 500, (0, 0, 40, 40))


MAGENTA, DARK = (255, 60, 170), (12, 24, 12)
SHAPES = {"wide": (640, 160), "round": (300, 300), "tall": (160, 480)}
"""Width and height of a banner, a seal, and a flag that hangs; px."""

DESIGNS = (*cards.DESIGNS, *(name for name in cards.SLIDES if name.startswith("slide-")))


def paint_of(design: str) -> tuple[int, int, int]:
    """Give a colour that a design and the photo of tests do not have, and that is seen there."""
    return DARK if design == "photo" else MAGENTA


def painted_logo(shape: str, colour: tuple[int, int, int] = MAGENTA) -> bytes:
    """Paint a logo."""
    image = Image.new("RGBA", SHAPES[shape], (0, 0, 0, 0))
    width, height = SHAPES[shape]
    draw = ImageDraw.Draw(image)
    (draw.ellipse if shape == "round" else draw.rectangle)((0, 0, width, height), colour)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def job(lang: str, design: str, form: str, shape: str, name: str = "letter") -> CardJob:
    made = cards.slide_job if design.startswith("slide-") else cards.told_job
    own = {"logo": painted_logo(shape, paint_of(design)), "drawing": cards.drawings()[name]}
    return made(lang, design, form, cards.texts(lang)[0], **own)


def places(card: Card, one: CardJob) -> list[tuple[slice, slice]]:
    """Give rows and columns of each logo."""
    found = reserved_areas(one.layout, card.canvas, one.logo)
    return [np.s_[int(top) : int(low), int(left) : int(right)] for left, top, right, low in found]


def below(card: Card) -> np.ndarray:
    """Give the picture before words and drawings, shape (height, width, 3)."""
    if card.ground is None or card.scheme is None:
        assert card.pixels is not None
        return card.pixels
    palette = np.array(card.scheme.palette, dtype=np.uint8)
    return palette[base(card.ground.key.base).indices]


def check(one: CardJob) -> int:
    """Judge a card by its pixels; gives the number of its logos."""
    card = set_card(one)
    assert not problems_of(one, card)
    check_card(card)
    whole, ground = card_pixels(card), below(card)
    found = places(card, one)
    for part in found:
        np.testing.assert_array_equal(whole[part], ground[part])
        seen = np.abs(whole[part].astype(int) - paint_of(one.layout.name)).max(axis=2) < 24
        assert seen.mean() > 0.7  # a disc fills 0.785 of its square
    return len(found)


CASES = tuple(itertools.product(DESIGNS, cards.FORMATS))


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_printed_over_a_logo_and_nothing_refused_for_it(shape: str, step: int) -> None:
    """The number of a figure stood on the logo: of a round one half was gone, a wide one stopped
    builds for a contrast that nobody could mend.

    The quick form takes a fifth of designs and formats with each shape, others with the next.
    """
    first = list(SHAPES).index(shape)
    shown = 0
    for place, (design, form) in enumerate(CASES[first % step :: step]):
        for lang in ("en", "ar", "bn") if step == 1 else (("en", "ar", "bn")[place % 3],):
            shown += check(job(lang, design, form, shape))
    assert shown > len(CASES) / step / 3


@pytest.mark.parametrize("form", ["og", "wide"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_big_number_stands_below_the_logo(form: str, shape: str) -> None:
    assert check(job("en", "figure", form, shape)) == 1


@pytest.mark.parametrize("design", ["fact", "figure"])
def test_no_drawing_covers_the_logo(design: str) -> None:
    """A tall one, a microphone, stood over the logo of the design ``fact``."""
    for name in cards.drawings():
        assert check(job("en", design, "og", "wide", name)) == 1


@pytest.mark.parametrize("design", cards.DESIGNS)
def test_the_logo_stands_on_the_cards_of_a_campaign(design: str) -> None:
    assert places(set_card(one := job("en", design, "portrait", "wide")), one)


def test_first_and_last_slide_show_the_logo_and_those_between_do_not() -> None:
    shown = {
        name
        for name in cards.SLIDES
        if name.startswith("slide-")
        and any(isinstance(layer, Logo) for layer in cards.layouts()[name].layers)
    }
    assert shown == {"slide-fact", "slide-help"}


def test_words_move_only_where_the_logo_would_touch_them() -> None:
    with_logo = job("en", "claim-and-fact", "og", "wide")
    without = cards.told_job("en", "claim-and-fact", "og", cards.texts("en")[0])
    rects = [[place.rect for place, _ in set_card(one).placed] for one in (with_logo, without)]
    assert rects[0] == rects[1]


def test_words_keep_away_from_a_logo_that_lies_in_their_box() -> None:
    """A team's own design may put the logo anywhere."""
    one = job("en", "fact", "square", "round")
    middle = Logo(box=("40%", "30%", "0", "50%"), align="middle")
    layers = tuple(middle if isinstance(layer, Logo) else layer for layer in one.layout.layers)
    moved = cards.changed(one, layers)
    card = set_card(moved)
    (taken,) = reserved_areas(moved.layout, card.canvas, moved.logo)
    assert not problems_of(moved, card)
    assert not any(meet(place.rect, taken) for place, _ in card.placed)
    assert any(found.place.rect[1] > 0 for found in inked(card))
    check(moved)


def test_what_a_logo_leaves_no_room_for_says_so() -> None:
    """The message named the colours of the brand, which were not to blame."""
    one = job("en", "fact", "og", "round")
    over = Logo(box=("0", "0", "0", "0"), within="canvas")
    filled = cards.changed(one, (*one.layout.layers, over))
    found = problems_of(filled, set_card(filled))
    assert found
    assert {problem.code for problem in found} == {"card-too-long"}
    assert all("logo" in problem.message and "logo" in problem.hint for problem in found)


def test_a_text_that_never_fits_does_not_blame_the_logo() -> None:
    fact = cards.Text("word " * 400, "en")
    one = cards.job(subject=cards.point(fact=fact), logo=painted_logo("wide"))
    assert not any("logo" in problem.message for problem in problems_of(one, set_card(one)))
