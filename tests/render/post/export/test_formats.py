"""Slides, documents and films reach the columns that schedulers have for them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from msgspec.structs import replace
from stopjihad.render.post.export import schedulers
from stopjihad.render.post.export.formats import export, film_path, media_of, poster_path
from stopjihad.render.post.export.metricool import PICTURES
from stopjihad.render.post.files import DraftEntry, entry
from stopjihad.view.records import FilmScene
from stopjihad.view.slides import MOST

from render.post.export.samples import BASE, START, entries, job
from render.post.samples import described, draft, point

ALTS = ("The fact, its source.", "Recruiters say this || that is false.", "Who listens.")
FOLDER = "cards/en/they-protect-muslims"
SLIDES = [f"{BASE}/{FOLDER}/slides/{number}.png" for number in (1, 2, 3)]
PDF = f"{BASE}/{FOLDER}/slides/slides.pdf"
FILM = tuple(FilmScene(name, 100, "Words.", "Words.") for name in ("fact", "todo", "help"))


def told(platform: str) -> DraftEntry:
    """Make a draft of a talking point that is told in slides."""
    view = replace(point("en", reviewed=True), slides=described(ALTS), film=FILM)
    sizes = dict.fromkeys((f"{FOLDER}/slides/{n}.png" for n in (1, 2, 3)), 9)
    sizes |= {f"{FOLDER}/slides/slides.pdf": 9, f"{FOLDER}/og.png": 9}
    return entry(draft(platform, "en", view=view), BASE, sizes, START.isoformat())


def filmed(platform: str) -> DraftEntry:
    """Make a draft of a talking point that is told in a film alone."""
    (made,) = entries(("en",), (platform,))
    return replace(made, script=told("tiktok").script)


def films(*made: DraftEntry) -> dict[str, str]:
    paths = [path(one) for one in made for path in (film_path, poster_path)]
    return {path: f"{BASE}/{path}" for path in paths}


def row(name: str, one: DraftEntry, **changes) -> dict[str, str]:
    """Read the one row of an export back with the standard library's reader."""
    [data] = export(name, job((one,), **changes)).files.values()
    columns, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    (cells,) = rows
    return dict(zip(columns, cells, strict=True))


def publer(one: DraftEntry, **changes) -> list[str]:
    cells = row("publer", one, **changes)
    return [cells[schedulers.PUBLER[at]] for at in (3, 4, 6, 9)]


@pytest.mark.parametrize("platform", ["instagram", "facebook", "threads", "tiktok"])
def test_publer_makes_a_carousel_of_several_addresses(platform: str) -> None:
    media, _, alts, subtype = publer(told(platform))
    assert media.split(",") == SLIDES
    assert alts.split("||") == [ALTS[0], "Recruiters say this | that is false.", ALTS[2]]
    assert subtype == ""


def test_publer_gets_one_pdf_for_linkedin() -> None:
    made = told("linkedin")
    title = made.document.title if made.document else ""
    assert title
    assert publer(made) == [PDF, title, "", "PDF"]


def test_publer_calls_a_film_what_the_platform_does() -> None:
    tiktok = told("tiktok")
    media, _, alts, subtype = publer(tiktok, films=films(tiktok))
    assert (media, alts, subtype) == (f"{BASE}/{film_path(tiktok)}", "", "")
    plain = filmed("instagram")
    assert publer(plain, films=films(plain))[3] == "reel"
    youtube = filmed("youtube")
    assert publer(youtube, films=films(youtube))[3] == "short"


@pytest.mark.parametrize("platform", ["instagram", "facebook", "threads", "linkedin"])
def test_metricool_has_a_column_for_each_slide_and_its_words(platform: str) -> None:
    cells = row("metricool", told(platform))
    numbers = range(1, PICTURES + 1)
    assert [cells[f"Picture Url {n}"] for n in numbers] == SLIDES + [""] * 7
    assert [cells[f"Alt text picture {n}"] for n in numbers] == [*ALTS, *[""] * 7]
    assert cells["LinkedIn Images as Carousel"] == ("TRUE" if platform == "linkedin" else "")
    assert bool(cells["Document title"]) is (platform == "linkedin")


def test_metricool_gets_films_as_reels_and_shorts_with_their_poster() -> None:
    reel = filmed("instagram")
    cells = row("metricool", reel, films=films(reel))
    assert cells["Picture Url 1"] == f"{BASE}/{film_path(reel)}"
    assert cells["Picture Url 2"] == ""
    assert cells["Video Thumbnail Url"] == f"{BASE}/{poster_path(reel)}"
    assert cells["Instagram Post Type"] == "REEL"
    short = filmed("youtube")
    cells = row("metricool", short, films=films(short))
    assert cells["Youtube Video Type"] == "SHORT"


def test_metricool_has_room_for_the_longest_carousel() -> None:
    assert PICTURES >= MOST
    made = told("instagram")
    many = replace(made, images=made.images * 4)
    assert (
        export("metricool", job((many,))).left_out[0].reason == "the file has place for 10 pictures"
    )


def test_without_a_film_the_columns_stay_empty() -> None:
    cells = row("metricool", told("tiktok"))
    assert cells["Video Thumbnail Url"] == ""
    assert cells["TikTok Photo Cover Index"] == "0"
    assert cells["Picture Url 1"] == SLIDES[0]


def test_slides_go_before_a_film_where_the_text_invites_to_them() -> None:
    made = told("instagram")
    assert media_of(made, job((made,), films=films(made))).kind == "slides"
    tiktok = told("tiktok")
    assert media_of(tiktok, job((tiktok,), films=films(tiktok))).kind == "film"


def test_a_draft_without_a_script_gets_no_film() -> None:
    made = replace(told("tiktok"), script=())
    assert media_of(made, job((made,), films=films(made))).kind == "slides"


def test_ayrshare_and_socialbee_take_several_addresses() -> None:
    assert row("ayrshare", told("facebook"))["mediaUrls"].split(",") == SLIDES
    cells = row("socialbee", told("instagram"))
    assert (cells["imageUrls"].split(","), cells["videoUrls"]) == (SLIDES, "")
    tiktok = told("tiktok")
    cells = row("socialbee", tiktok, films=films(tiktok))
    assert (cells["imageUrls"], cells["videoUrls"]) == ("", f"{BASE}/{film_path(tiktok)}")


def test_buffer_leaves_out_what_it_has_no_column_for() -> None:
    made = told("instagram")
    assert "slides" in export("buffer", job((made,))).left_out[0].reason
    tiktok = told("tiktok")
    assert "film" in export("buffer", job((tiktok,), films=films(tiktok))).left_out[0].reason


def test_postiz_turns_slides_into_pages_on_linkedin() -> None:
    [body] = json.loads(
        export("postiz", job((told("linkedin"),))).files["stop-jihadism-postiz.json"]
    )
    [post] = body["posts"]
    assert post["settings"]["post_as_images_carousel"] is True
    assert post["settings"]["carousel_name"]
    assert [image["path"] for image in post["value"][0]["image"]] == SLIDES
    assert all(not content["image"] for content in post["value"][1:])


def test_postiz_gets_the_film_of_a_tiktok() -> None:
    made = told("tiktok")
    data = export("postiz", job((made,), films=films(made))).files["stop-jihadism-postiz.json"]
    [post] = json.loads(data)[0]["posts"]
    assert [image["path"] for image in post["value"][0]["image"]] == [f"{BASE}/{film_path(made)}"]


def test_the_plain_table_names_everything() -> None:
    made = told("linkedin")
    cells = row("csv", made, films=films(made))
    assert cells["image"].split("\n") == SLIDES
    assert cells["document"] == PDF
    assert cells["film"] == f"{BASE}/{film_path(made)}"


def test_a_spreadsheet_describes_every_slide() -> None:
    import openpyxl

    [data] = export("xlsx", job((told("instagram"),))).files.values()
    sheet = openpyxl.load_workbook(io.BytesIO(data))["instagram"]
    head = [cell.value for cell in sheet[1]]
    assert sheet[2][head.index("Image description")].value.split("\n") == list(ALTS)
