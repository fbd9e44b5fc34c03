"""Kits as one file: named so that they can be found, whole, with who is behind them, and the same
bytes wherever they are made."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from stopjihad.render.kit.steps import leave_slides_out
from stopjihad.render.kit.zip_file import zip_files
from stopjihad.view.slides import SWIPE

from support.accessibility import violations
from support.dom import parse
from support.watch import watched

LANGUAGES = ("en", "fr", "ar")


def kits(published: Path) -> dict[str, bytes]:
    folder = published / "site" / "kits"
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*.zip")
        if path.is_file()
    }
    assert found
    return found


def files_of(kit: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(kit)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_each_language_has_kits_of_all_of_an_audience_and_of_a_point(small: Path) -> None:
    found = kits(small)
    for lang in LANGUAGES:
        for path in ("stop-jihadism", "audiences/relatives", "points/letters-home"):
            assert f"{lang}/{path}-{lang}.zip" in found
    only = files_of(found["fr/points/letters-home-fr.zip"])
    assert {name for name in only if "mothers-speak" in name} == set()
    pages = {
        path: (small / "site" / path).read_text("utf-8")
        for path in ("fr/kit/index.html", "fr/kit/letters-home/index.html")
    }
    assert 'href="../../kits/fr/stop-jihadism-fr.zip" download' in pages["fr/kit/index.html"]
    assert re.search(r"[1-9]00\u00a0kB<", pages["fr/kit/index.html"])
    assert "/kits/fr/points/letters-home-fr.zip" in pages["fr/kit/letters-home/index.html"]


def test_each_picture_is_named_and_has_its_words_beside_it(small: Path) -> None:
    for path, kit in kits(small).items():
        lang, files = path.partition("/")[0], files_of(kit)
        pictures = [name for name in files if name.endswith(".png")]
        assert pictures, path
        for name in pictures:
            stem, form = name.removesuffix(".png").rsplit("-", 1)
            assert stem.endswith(f"-{lang}"), name
            assert form in {"square", "story"}, name
            words = files[f"{stem}-alt.txt"].decode()
            assert words.strip(), name
            if name.startswith("pictures/"):
                told = files["README.html"].decode()
                assert words.splitlines()[0][:40].replace("'", "&#39;") in told, name


def test_the_list_names_every_file_and_who_is_behind_them(small: Path) -> None:
    for path, kit in kits(small).items():
        files = files_of(kit)
        listed = json.loads(files.pop("kit.json"))
        assert listed["files"] == {
            name: hashlib.sha256(data).hexdigest() for name, data in files.items()
        }
        read = files["README.html"].decode()
        for name in (listed["sponsor"], *listed["funders"]):
            assert name, path
            assert name in read, (path, name)


def test_the_first_page_has_a_start_for_each_task_and_a_box_for_each_text(small: Path) -> None:
    """A caption, a story and a film script stood in one box; nothing began a lesson."""
    for lang in LANGUAGES:
        files = files_of(kits(small)[f"{lang}/stop-jihadism-{lang}.zip"])
        read = parse(files["README.html"].decode())
        (main,) = read.all("main")
        first = next(iter(main.all("strong"))).text
        assert main.text.strip().startswith(first)  # it is an example
        places = [one.attributes["href"] for one in read.all("nav")[0].all("a")]
        answers = ["#answers"] if "replies" in " ".join(files) else []
        assert places == ["#urgent", "#post", "#lesson", "#paper", "#facts", *answers, "#help"]
        ids = {one.attributes["id"] for one in read.all("h2") if "id" in one.attributes}
        assert {f"#{one}" for one in ids} == set(places)
        boxes = [one.text for one in main.all("textarea")]
        assert boxes
        assert not any("=== " in one or one.startswith("[") for one in boxes)


def test_nobody_is_invited_to_slides_that_a_kit_has_not() -> None:
    words = {SWIPE: "Faites défiler : ce que l’on sait."}, {SWIPE: "Fais défiler : ce que tu peux."}
    for one in ("Faites défiler\u202f: ce que l’on sait.", "Fais défiler : ce que tu peux."):
        post = leave_slides_out(f"Un fait.\n\n{one}\n\nSource : ONU\n".encode(), words)
        assert post.decode() == "Un fait.\n\nSource : ONU\n"


ANEW = """
import json, os, pathlib, sys, time
os.umask(0o077)
time.tzset()
from stopjihad.render.kit.zip_file import zip_files
folder = pathlib.Path(sys.argv[1])
files = {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*")
         if one.is_file()}
sys.stdout.buffer.write(zip_files(dict(reversed(list(files.items())))))
"""


def test_the_same_bytes_at_another_place_and_for_another_user(small: Path, tmp_path: Path) -> None:
    kit = kits(small)["ar/stop-jihadism-ar.zip"]
    with zipfile.ZipFile(io.BytesIO(kit)) as archive:
        archive.extractall(tmp_path)
        entries = archive.infolist()
    assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {one.external_attr >> 16 for one in entries} == {0o100644}
    there = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "USER": "other", "HOME": "/"}
    anew = subprocess.run(
        [sys.executable, "-c", ANEW, tmp_path], env=os.environ | there, stdout=-1, check=True
    )
    assert anew.stdout == kit == zip_files(files_of(kit))


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_page_opens_from_the_unpacked_zip_without_a_network(
    browser: Any, small: Path, tmp_path: Path, lang: str
) -> None:
    with zipfile.ZipFile(small / f"site/kits/{lang}/stop-jihadism-{lang}.zip") as archive:
        archive.extractall(tmp_path)
    for width, scheme in ((360, "light"), (1280, "dark")):
        look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
        with watched(browser, offline=True, **look) as (seen, _):
            seen.visit((tmp_path / "README.html").as_uri())
            seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            seen.page.evaluate("""Promise.all([...document.images].map(one => {
                one.loading = 'eager'; return one.decode(); }))""")
            assert {one for one in seen.requests if not one.startswith("file:")} == set()
            assert len(seen.requests) == 3  # the page, and a picture of each talking point
            assert seen.troubles == []
            assert violations(seen.page) == []
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_urgent_part_names_an_adult_and_pages_for_families_are_in_the_kit(small: Path) -> None:
    """A mother whose son is 19 found nothing for her in it: the page was on the site alone."""
    for lang in ("en", "fr"):
        files = files_of(kits(small)[f"{lang}/stop-jihadism-{lang}.zip"])
        readme = parse(files["README.html"].decode())
        adult = "An adult wants to leave" if lang == "en" else "Un adulte veut partir"
        (case,) = (one for one in readme.all("details") if adult in one.text)
        numbers = {one.get("href") for one in case.all("a")}
        assert {"tel:999" if lang == "en" else "tel:112"} < numbers
        linked = {one.get("href") for one in readme.all("a")}
        assert f"for-parents-{lang}.html" in linked
        page = parse(files[f"for-parents-{lang}.html"].decode())
        assert "[^" not in page.text
        assert numbers & {one.get("href") for one in page.all("a")}
        for one in page.all("a"):
            address = one.get("href") or ""
            assert address.startswith(("tel:", "https:", "#")) or address.split("#")[0] in files
    only = files_of(kits(small)["fr/points/letters-home-fr.zip"])
    assert "for-parents-fr.html" not in only


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_who_speaks_another_language_is_shown_what_to_say_on_the_telephone(
    lang: str, small: Path
) -> None:
    """A mosque had nothing for a mother who spoke neither language of its kit."""
    files = files_of(kits(small)[f"{lang}/stop-jihadism-{lang}.zip"])
    for name in ("README.html", f"for-parents-{lang}.html"):
        linked = [one.get("href") or "" for one in parse(files[name].decode()).all("a")]
        spoken = [one.split("://")[1].split("/", 1)[1] for one in linked if "#country-" in one]
        assert spoken
        for address in spoken:
            path, country = address.split("#")
            page = parse((small / "site" / path).read_text("utf-8"))
            (section,) = (
                one for one in page.all("section") if one.get("aria-labelledby") == country
            )
            said = [one for one in section.all("p") if one.get("class") == "opening"]
            assert len(said) == 3, "how to begin, a child is missing, a child wants to leave"
            assert path.split("/")[0] != lang
