"""Templates: no way around escaping, no unquoted attribute, every drawing there."""

from __future__ import annotations

import re
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from jinja2 import TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from stopjihad.model.point import PullFactor
from stopjihad.render.page.steps import render_page
from stopjihad.theme import Theme
from stopjihad.theme.site import site_of
from stopjihad.theme.theme import direct, sandbox, strange
from stopjihad.view.records import Text

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
    alone = {"a style of its own"} if path.name == "kit-file.html" else set()  # each is one file
    assert banned(path.read_text()) == alone


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
def test_the_lint_alerts(bad):
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


def test_escaping_is_on_for_every_template(theme, jobs):
    for made in (direct(theme), sandbox(theme)):
        assert made.autoescape is True
    assert direct(theme).from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    assert filled("{{ x }}", jobs, x="<b>") == "&lt;b&gt;"


def test_plain_calls_still_escape_what_is_not_markup(theme, jobs):
    values = {"__": lambda text: text, "x": "<b>", "y": Text("<p>", "en")}
    source = "{{ __('<i>') }}{{ x }}{{ y.value }}{{ y }}"
    escaped = "&lt;i&gt;&lt;b&gt;&lt;p&gt;&lt;p&gt;"
    assert direct(theme).from_string(source).render(values) == escaped
    assert filled(source, jobs, **values) == escaped


def filled(source: str, jobs, **values) -> str:
    """Fill a template of a workspace's own, beside those of the theme."""
    theme = sample_site.load_theme()
    beside = Theme((*theme.templates, ("own.html", source)), theme.built_in)
    site = site_of(beside, jobs["en"]["help"])
    return site.fill("own.html", site.values | values)


def test_a_name_after_a_point_may_be_an_item_a_method_or_nothing(jobs):
    source = "{{ a.b }} {{ a['b'] }} {{ a.keys()|list|length }} {{ c.value.upper() }}"
    assert filled(source, jobs, a={"b": "<i>"}, c=Text("x", "en")) == "&lt;i&gt; &lt;i&gt; 1 X"
    source = "{{ 'no' if c.b is not defined }}{{ c.b|default('-') }} {{ a.class }}"
    assert filled(source, jobs, a={"class": "d"}, c=Text("x", "en")) == "no- d"


def test_an_attribute_that_is_not_there_is_an_error_in_its_file(jobs):
    with pytest.raises(UndefinedError, match="has no attribute 'b'") as caught:
        filled("\n{{ c.b }}", jobs, c=Text("x", "en"))
    assert "own.html" in {str(entry.path) for entry in caught.traceback}


@pytest.mark.parametrize("error", [ValueError, KeyError, TypeError, UndefinedError])
def test_what_is_wrong_is_told_at_once_and_in_its_file(jobs, error):
    calls = []

    def fail():
        calls.append(1)
        raise error("wrong")

    with pytest.raises(TemplateRuntimeError, match="wrong") as caught:
        filled("\n\n{{ fail() }}", jobs, fail=fail)
    assert calls == [1]
    lines = {str(entry.path): entry.lineno + 1 for entry in caught.traceback}
    assert lines["own.html"] == 3


def test_no_template_of_the_theme_needs_the_sandbox(theme, jobs):
    """Names after a point are attributes there, and none is calculated."""
    assert strange(theme) == frozenset()
    for group in jobs.values():
        for kind, job in group.items():
            render_page(kind.split(":")[0], job, theme)


def test_both_ways_give_the_same_bytes(theme, jobs):
    strangers = Theme(theme.templates)
    assert strange(strangers) == {name for name, _ in theme.templates}
    for group in jobs.values():
        for kind, job in group.items():
            name = kind.split(":")[0]
            assert render_page(name, job, strangers) == render_page(name, job, theme), kind


def test_what_brings_a_strangers_file_in_is_filled_in_the_sandbox(theme):
    own = theme.built_in - {"safety.html"}
    found = strange(Theme(theme.templates, own))
    assert found == {"safety.html", "help.html", "privacy.html"}
    assert "free.html" not in found  # it is extended, and extends nothing
