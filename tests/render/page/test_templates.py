"""Templates: no way around escaping, no unquoted attribute, every drawing there."""

from __future__ import annotations

import re
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError
from stopjihad.model.point import PullFactor
from stopjihad.render.page import Theme
from stopjihad.render.page.steps import render_page
from stopjihad.render.page.theme import environment

from support import sample_site

FOLDER = sample_site.ROOT / "templates" / "site"
HTML = sorted(FOLDER.rglob("*.html")) + sorted(FOLDER.rglob("*.xml"))
ART = sorted((FOLDER.parents[1] / "assets" / "drawings").glob("*.svg"))
BANNED = {
    "a way around escaping": re.compile(r"\|\s*(safe|forceescape|xmlattr|attr)\b|autoescape"),
    "a style of its own": re.compile(r"\sstyle=|<style"),
    "a handler": re.compile(r"\son[a-z]+="),
    "an address of another host": re.compile(r"(src|href)=\"(https?:)?//"),
}


UNQUOTED = re.compile(r"<[a-z][^>]*\s[a-z-]+=(?![\"'])")


def banned(text: str) -> set[str]:
    """Name what is wrong with a template's source."""
    found = {name for name, rule in BANNED.items() if rule.search(text)}
    markup = re.sub(r"\{\{.*?\}\}", "x", re.sub(r"\{[%#].*?[%#]\}", " ", text))
    if UNQUOTED.search(re.sub(r'"[^"]*"', '""', markup)):
        found.add("an unquoted attribute")
    return found


@pytest.mark.parametrize("path", HTML, ids=lambda path: path.name)
def test_a_template_has_nothing_banned(path):
    assert banned(path.read_text()) == set()


@pytest.mark.parametrize(
    "bad",
    [
        "{{ x|safe }}",
        "<a href={{ x }}>",
        '<a class="b" href={{ x }}>',
        '<p style="a">',
        '<a onclick="a">',
        '<img src="//x.y">',
    ],
)
def test_the_lint_notices(bad):
    assert banned(bad)


@pytest.mark.parametrize("path", ART, ids=lambda path: path.name)
def test_a_drawing_is_small_hidden_from_screen_readers_and_only_shapes(path):
    text = path.read_text()
    assert len(text) < 4096
    root = ET.fromstring(text)
    assert root.get("aria-hidden") == "true"
    assert {root.get("width"), root.get("height")}.isdisjoint({None})
    tags = {node.tag for node in root.iter()}
    assert tags <= {"svg", "g", "path", "rect", "circle", "ellipse"}
    names = {name for node in root.iter() for name in node.attrib}
    assert not {name for name in names if name.startswith("on") or name in {"style", "href"}}


def test_every_pull_factor_has_a_drawing():
    assert {path.stem for path in ART} >= set(get_args(PullFactor))


def test_a_mistake_in_a_template_names_file_and_line(jobs):
    theme = sample_site.load_theme()
    broken = Theme(
        tuple(
            (name, text + "\n{% if %}" if name == "help.html" else text)
            for name, text in theme.templates
        )
    )
    with pytest.raises(TemplateSyntaxError) as caught:
        render_page("help", jobs["en"]["help"], broken)
    assert caught.value.filename == "help.html"
    assert caught.value.lineno > 1


def test_an_undefined_name_is_an_error_in_its_file(jobs):
    theme = sample_site.load_theme()
    broken = Theme(
        tuple(
            (name, "{{ nonsense }}" if name == "help.html" else text)
            for name, text in theme.templates
        )
    )
    with pytest.raises(UndefinedError, match="nonsense") as caught:
        render_page("help", jobs["en"]["help"], broken)
    assert "help.html" in {str(entry.path) for entry in caught.traceback}


def test_escaping_is_on_for_every_template(theme):
    made = environment(theme)
    assert made.autoescape is True
    assert made.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"


def test_plain_calls_still_escape_what_is_not_markup(theme):
    made = environment(theme)
    values = {"__": lambda text: text, "x": "<b>"}
    assert made.from_string("{{ __('<i>') }}{{ x }}").render(values) == "&lt;i&gt;&lt;b&gt;"
