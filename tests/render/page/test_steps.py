"""What every page owes its reader."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from stopjihad.render.page.steps import KINDS, render_page

from support import sample_site
from support.dom import Node

LEAVE = "https://www.wikipedia.org/"


def test_there_is_a_sample_of_every_kind(jobs):
    made = {kind.split(":")[0] for group in jobs.values() for kind in group}
    assert made == set(KINDS)


def test_an_unknown_kind_is_refused(jobs, theme):
    with pytest.raises(ValueError, match="unknown kind of page: nonsense"):
        render_page("nonsense", jobs["en"]["home"], theme)


def test_a_point_page_without_a_point_is_refused(jobs, theme):
    with pytest.raises(ValueError, match="needs a talking point"):
        render_page("point", jobs["en"]["home"], theme)


def test_each_page_names_its_language_and_direction(pages):
    for path, page in pages.items():
        lang = path.split("/")[0] if "/" in path else "en"
        assert page.one("html").attributes == {
            "lang": lang,
            "dir": "rtl" if lang == "ar" else "ltr",
        }


def _whole(pages):
    """Give the pages that are read by themselves: one in a frame has no menu."""
    return [(path, page) for path, page in pages.items() if "/embed/" not in path]


def test_each_page_has_its_landmarks_and_one_heading_of_level_1(pages):
    for path, page in _whole(pages):
        assert len(page.all("main")) == 1, path
        assert len(page.all("h1")) == 1, path
        body = page.one("body")
        direct = [child.tag for child in body.children if isinstance(child, Node)]
        assert direct.count("header") == 1
        assert direct.count("footer") == 1
        for nav in page.all("nav"):
            assert nav.get("aria-label") or nav.get("aria-labelledby"), path


def test_headings_never_skip_a_level(pages):
    for path, page in pages.items():
        levels = [int(node.tag[1]) for node in page.walk() if node.tag in {"h1", "h2", "h3", "h4"}]
        assert levels[0] == 1, path
        for before, after in pairwise(levels):
            assert after <= before + 1, (path, levels)


def test_ids_are_unique_and_labels_find_them(pages):
    for path, page in pages.items():
        ids = [node.get("id") for node in page.walk() if "id" in node.attributes]
        assert len(ids) == len(set(ids)), path
        for node in page.walk():
            for name in node.get("aria-labelledby").split():
                assert name in ids, (path, name)
            if node.tag == "a" and node.get("href").startswith("#"):
                assert node.get("href")[1:] in ids, (path, node.get("href"))


def test_the_sponsor_and_who_pays_stand_on_every_page(pages):
    for path, page in pages.items():
        lang = path.split("/")[0] if "/" in path else "en"
        footer = page.one("footer").text
        assert sample_site.SAID["sponsor"][lang] in footer
        assert "Sample Foundation" in footer


def test_a_helpline_that_can_be_dialled_stands_on_every_page(pages):
    for path, page in pages.items():
        lang = path.split("/")[0] if "/" in path else "en"
        number = sample_site.make_frame(lang).helplines[0]
        link = page.all("a", href=f"tel:{number.e164}")
        assert link, path
        assert link[0].one("bdi").attributes == {"dir": "ltr"}
        assert link[0].text == number.printed


def test_the_way_out_is_one_plain_link_early_on_every_page(pages):
    for path, page in _whole(pages):
        links = page.all("a")
        places = [index for index, link in enumerate(links) if link.get("href") == LEAVE]
        assert places == [2], path  # after "skip to content" and the site's name
        assert links[2].get("rel") == "noopener noreferrer"
        assert links[2].get("accesskey") == "x"
        assert links[3].get("href").endswith("help/index.html")


def test_what_to_dial_in_danger_stands_above_everything_else(pages):
    for path, page in _whole(pages):
        (danger,) = page.all("aside", **{"class": "danger"})
        assert danger.all("a", href="tel:112"), path


def test_no_page_carries_script_style_or_handler(pages):
    for path, page in pages.items():
        for node in page.walk():
            assert node.tag not in {"style", "iframe", "object", "embed", "form", "base"}, path
            assert node.tag != "script" or node.get("type") == "application/ld+json", path
            assert not [name for name in node.attributes if name[:2] == "on" or name == "style"]


def test_links_inside_the_site_are_relative_and_name_a_file(pages, jobs):
    for path, page in pages.items():
        if path == "404.html":
            continue
        for node in page.walk():
            address = node.get("href") or node.get("src")
            parts = urlsplit(address)
            if node.tag == "link" and node.get("rel") in {"canonical", "alternate"}:
                continue
            if not address or parts.scheme or not parts.path:
                continue
            assert not address.startswith("/"), (path, address)
            steps = path.split("/")[:-1]
            for step in parts.path.split("/"):
                if step == "..":
                    assert steps, (path, address)
                    steps.pop()
                else:
                    steps.append(step)
            assert "." in steps[-1], (path, address)


def test_a_404_page_links_from_the_top_because_it_answers_at_any_depth(jobs, theme):
    from msgspec.structs import replace

    from support.dom import parse

    job = jobs[""]["not-found"]
    below = replace(job, frame=replace(job.frame, base_url="https://a.example/x/y"))
    page = parse(render_page("not-found", below, theme).decode())
    assert page.one("link", rel="stylesheet").get("href").startswith("/x/y/assets/")
    assert page.all("a", href="/x/y/fr/index.html")
    chosen = parse(render_page("not-found", replace(below, root=""), theme).decode())
    assert chosen.all("a", href="fr/index.html")


def test_links_to_other_sites_are_https_and_tell_them_nothing(pages):
    for path, page in pages.items():
        for link in page.all("a"):
            parts = urlsplit(link.get("href"))
            assert parts.scheme in {"", "https", "tel", "sms", "mailto"}, path
            if parts.netloc:
                assert link.get("rel") == "noopener noreferrer", link.get("href")


def test_language_links_lead_to_the_same_page_in_their_own_words(pages):
    page = pages["en/points/they-protect-muslims/index.html"]
    links = page.one("nav", class_="langs").all("a")
    assert [(link.get("lang"), link.get("hreflang"), link.text) for link in links] == [
        (item.tag, item.tag, item.autonym) for item in sample_site.LANGUAGES
    ]
    assert links[2].get("href") == "../../../ar/points/they-protect-muslims/index.html"
    assert links[2].get("dir") == "rtl"


def test_pictures_are_sized_lazy_and_described(pages):
    for path, page in pages.items():
        for picture in page.all("img"):
            assert picture.get("width").isdigit(), path
            assert picture.get("height").isdigit(), path
            assert picture.get("loading") == "lazy"
            assert "alt" in picture.attributes
        for drawing in page.all("svg"):
            assert drawing.get("aria-hidden") == "true"


def test_the_same_job_gives_the_same_bytes_whatever_was_rendered_before(jobs, theme):
    job = jobs["fr"]["point"]
    first = render_page("point", job, theme)
    for kind, other in jobs["ar"].items():
        render_page(kind.split(":")[0], other, theme)
    assert render_page("point", job, theme) == first
