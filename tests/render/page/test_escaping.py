"""Authored text stays text: whatever stands in a field, the page has the same elements."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stopjihad.render.page.steps import render_page
from stopjihad.theme import PageJob

from support.dom import Node, parse
from support.poison import poison

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--", "-->", "]]>", "<![CDATA[x]]>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "`${alert(1)}`",
    "{{ 7 * 7 }}", "{% include 'page.html' %}", "{# #}", "${7*7}", "#{7*7}", "<%= 7 %>",
    "%(name)s %s %%", "{0.__class__}", "{x!r:>{y}}",
    "&lt;b&gt; &amp; &#60; &nbsp",
    "</title><base href=//evil.example>",
    "</textarea><form action=//evil.example>",
    "javascript:alert(1)",
    "\u202eright to left\u202c \u2066isolate",
    "\ue000 \ue001 \ufeff \u2028",
    "a\r\nSet-Cookie: b",
)  # fmt: skip


def neutral(job: PageJob) -> PageJob:
    """Give a job whose text fields all say the same harmless word."""
    return poison(job, "word")


def shape(page: Node) -> list[tuple[str, tuple[str, ...]]]:
    return page.shape()


def pages_of(jobs: dict[str, dict[str, PageJob]]) -> list[tuple[str, PageJob]]:
    return [
        (kind.split(":")[0], job)
        for lang in ("en", "ar", "")
        for kind, job in jobs[lang].items()
        if job.path.endswith(".html")
    ]


@pytest.fixture(scope="module")
def plain_shapes(jobs, theme):
    """Give the shape of each page whose fields are words, by the path of its job."""
    return {
        job.path: shape(parse(render_page(kind, neutral(job), theme).decode()))
        for kind, job in pages_of(jobs)
    }


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_field_adds_no_element_and_reads_as_written(
    jobs, theme, plain_shapes, payload
):
    for kind, job in pages_of(jobs):
        page = parse(render_page(kind, poison(job, payload), theme).decode())
        assert shape(page) == plain_shapes[job.path], kind
        # A parser of HTML reads a carriage return as a line feed.
        assert payload.replace("\r\n", "\n") in page.text.replace("\r\n", "\n"), kind


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_field_leaves_feed_and_sitemap_well_formed(jobs, theme, payload):
    from xml.etree import ElementTree as ET

    root = ET.fromstring(render_page("feed", poison(jobs["en"]["feed"], payload), theme))
    atom = "{http://www.w3.org/2005/Atom}"
    titles = {node.text.replace("\r\n", "\n") for node in root.iter(f"{atom}title")}
    assert titles == {payload.replace("\r\n", "\n")}


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(
    text=(
        st.text(
            st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
            min_size=1,
            max_size=60,
        )
        | st.text("<>&\"'`=/{}%#!-[]() \nax", min_size=1, max_size=40)
    ).filter(
        lambda text: not any(map(str.isdecimal, text))
    )  # "112" in an emergency is a link: meant
)
def test_any_text_in_every_field_adds_no_element(jobs, theme, plain_shapes, text):
    """About 60 fields on each page: 300 examples are 18,000 fields."""
    job = jobs["ar"]["point"]
    page = parse(render_page("point", poison(job, text), theme).decode())
    assert shape(page) == plain_shapes[job.path]


def test_the_poison_reaches_what_readers_see(jobs, theme):
    page = parse(render_page("point", poison(jobs["en"]["point"], "P01S0N"), theme).decode())
    assert page.one("h1").text == "P01S0N"
    assert page.one("title").text == "P01S0N"
    assert page.text.count("P01S0N") > 20
    attributes = [value for node in page.walk() for value in node.attributes.values()]
    assert sum("P01S0N" in value for value in attributes) > 10


def test_the_check_notices_an_extra_element():
    assert shape(parse("<p>a</p>")) != shape(parse("<p>a<b>c</b></p>"))
    assert shape(parse("<p>a</p>")) != shape(parse("<p id=x>a</p>"))
