"""The gallery plays films: made when somebody asks, in parts as players want them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from stopjihad.build.work.processes import Workers
from stopjihad.render.film import film
from stopjihad.studio.pages import gallery

from support.build import CAMPAIGN
from support.studio import Running, copy_workspace, running

FILM = f"/film/{CAMPAIGN}/ar/letters-home/story"


class Here(Executor):
    """Run what is submitted at once."""

    def submit(self, work: Any, *words: Any) -> Any:
        made = work(*words)
        return SimpleNamespace(result=lambda: made)


@contextmanager
def here(_: int) -> Iterator[Workers]:
    yield Workers(Here(), ())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the scenes of a film and leave the encoder out: it has tests of its own."""
    monkeypatch.setattr(gallery, "processes", here)
    monkeypatch.setattr(film, "encode", lambda frames, track: b"0123456789" * 10)


def test_films_have_controls_captions_and_a_transcript_and_wait_to_be_played(
    own_studio: Running,
) -> None:
    answer = own_studio.ask(f"/c/{CAMPAIGN}/gallery?design=film&format=story&language=ar")
    text = answer.body.decode()
    shown = re.findall(r"<video[^>]*>.*?</video>", text, re.DOTALL)
    assert len(shown) == 2
    for one in shown:
        assert " controls " in one
        assert 'preload="none"' in one
        assert "autoplay" not in one
        assert '<track kind="captions"' in one
        assert f"/card/{CAMPAIGN}/fact/ar/" in one, "the poster is the card of the fact"
    assert f'href="{FILM}-transcript.txt' in text
    assert "media-src 'self'" in answer.one("content-security-policy")
    assert "?design=film&amp;format=story&amp;language=ar&amp;zip" not in text


def test_a_film_is_made_and_given_in_parts(own_studio: Running, quick: None) -> None:
    whole = own_studio.ask(f"{FILM}")
    assert (whole.status, whole.one("content-type")) == (200, "video/mp4")
    assert whole.one("accept-ranges") == "bytes"
    assert whole.body == b"0123456789" * 10
    part = gallery.part_of(whole.body, "bytes=5-9", "video/mp4")
    assert (part.status_code, part.body) == (206, b"56789")
    assert part.headers["content-range"] == "bytes 5-9/100"
    assert gallery.part_of(whole.body, "bytes=95-", "video/mp4").body == b"56789"
    assert gallery.part_of(whole.body, "bytes=100-", "video/mp4").status_code == 416
    assert gallery.part_of(whole.body, "bytes=9-5", "video/mp4").status_code == 416
    assert gallery.part_of(whole.body, "lines=1-2", "video/mp4").status_code == 200


def test_what_belongs_to_a_film_is_there(own_studio: Running) -> None:
    captions = own_studio.ask(f"{FILM}-captions.vtt")
    assert captions.body.startswith(b"WEBVTT\n")
    assert captions.one("content-type") == "text/vtt; charset=utf-8"
    assert own_studio.ask(f"{FILM}-transcript.txt").body.decode().startswith("0:00\n")


def test_a_film_that_cannot_be_is_refused_in_a_sentence(
    own_studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_studio.ask(f"/film/{CAMPAIGN}/ar/nothing/story").status == 404
    assert own_studio.ask(f"/film/{CAMPAIGN}/ar/letters-home/og").status == 404
    assert own_studio.ask(f"{FILM}-secret.txt").status == 404
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    absent = own_studio.ask(f"/film/{CAMPAIGN}/fr/letters-home/wide")
    assert absent.status == 404
    assert "pip install 'stopjihad[film]'" in absent.body.decode()


def test_carousels_are_shown_slide_by_slide_and_packed(tmp_path: Path) -> None:
    """The menu offered designs of slides, and said that the campaign had none."""
    root = copy_workspace(tmp_path)
    campaign = root / "campaigns" / CAMPAIGN / "campaign.yaml"
    campaign.write_text(campaign.read_text("utf-8") + "carousels: all\n", "utf-8")
    address = f"/c/{CAMPAIGN}/gallery?design=slides&language=ar"
    with running(root) as studio:
        text = studio.ask(address).body.decode()
        shown = re.findall(r'<img src="(/try/[^"?]*)', text)
        assert [one for one in shown if one.endswith("/slides/1.png")]
        assert all(re.search(r"/site/cards/ar/[a-z-]+/slides/[0-9]+\.png$", one) for one in shown)
        assert studio.ask(shown[0]).body.startswith(b"\x89PNG")
        with zipfile.ZipFile(io.BytesIO(studio.ask(f"{address}&zip").body)) as packed:
            assert len(packed.namelist()) == len(shown)
    designs = re.findall(r'<option value="([^"]*)"', text.partition('name="design"')[2])
    assert not [one for one in designs if one.startswith("slide-")]
