"""Photos are turned, cropped and freed of everything but their pixels; scrims are strong enough."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from stopjihad.render.card import render_card
from stopjihad.render.card.colour import contrast, mix
from stopjihad.render.card.layers import qr_code, qr_modules
from stopjihad.render.card.logo import logo
from stopjihad.render.card.photo import PhotoRefused, cover, shade, strength

from support import cards

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
    pixels = cover(quadrants(orientation), (300, 200), (0.5, 0.5)).astype(int)
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
