"""Charts as readers get them: the picture says what the table says, in every language."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from stopjihad.text.language.typography import ascii_digits

POINTS = {
    "somali-families-pay": "bar",
    "children-as-recruits": "bar",
    "scholars-said-no": "dot",
    "after-you-call": "line",
    "strangers-in-games": "pictogram",
    "yazidi-voices-in-court": "timeline",
}
"""Talking points with a chart, and its kind."""

_FIGURE = re.compile(r'<figure class="chart".*?</figure>', re.DOTALL)


def figure(site: Path, lang: str, point: str) -> ET.Element:
    html = (site / lang / "points" / point / "index.html").read_text("utf-8")
    found = _FIGURE.findall(html)
    assert len(found) == 1
    return ET.fromstring(found[0].replace("&nbsp;", "\u00a0"))


def words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def amount(text: str) -> float:
    digits = re.sub(r"[^0-9]", "", ascii_digits(text))
    return float(digits)


def table_of(found: ET.Element) -> list[tuple[str, list[str]]]:
    rows = found.findall("./table/tbody/tr")
    return [(words(row.find("th")), [words(cell) for cell in row.findall("td")]) for row in rows]


def languages_of(site: Path) -> list[str]:
    return sorted(path.name for path in site.iterdir() if (path / "points").is_dir())


@pytest.mark.parametrize("point", POINTS)
def test_the_picture_says_what_the_table_says(site: Path, point: str) -> None:
    for lang in languages_of(site):
        found = figure(site, lang, point)
        svg = found.find("svg")
        assert svg is not None, lang
        # A mark holds the sign of per cent there, an element of its own in the table.
        said = [words(one).replace("\u200e", "") for one in svg.findall("text")]
        whole = " ".join(said)
        table = table_of(found)
        assert len(table) >= 2
        for name, cells in table:
            for cell in cells:
                shown = cell in said if POINTS[point] != "timeline" else cell in whole
                assert shown, (lang, cell, said)
            assert name in whole, (lang, name)
        described = words(svg.find("desc")).replace("\u200e", "")
        assert all(cell in described for _, cells in table for cell in cells), lang


@pytest.mark.parametrize("lang", ["en", "ar", "bn"])
@pytest.mark.parametrize("point", [name for name, kind in POINTS.items() if kind == "bar"])
def test_bars_are_as_long_as_the_numbers_of_the_table(site: Path, lang: str, point: str) -> None:
    found = figure(site, lang, point)
    numbers = [amount(cells[0]) for _, cells in table_of(found)]
    bars = [one for one in found.findall("svg/rect") if one.get("class") in {"cm", "cq"}]
    lengths = [float(bar.get("width", "")) for bar in bars]
    starts = {
        float(bar.get("x", "")) + (float(bar.get("width", "")) if lang == "ar" else 0)
        for bar in bars
    }
    assert {round(start) for start in starts} == {336 if lang == "ar" else 0}
    for length, number in zip(lengths, numbers, strict=True):
        assert length == pytest.approx(max(lengths) * number / max(numbers), abs=0.1)


def test_dots_are_as_many_as_the_numbers_of_the_table(site: Path) -> None:
    found = figure(site, "en", "strangers-in-games")
    total = sum(amount(cells[0]) for _, cells in table_of(found))
    dots = found.findall("svg/circle")
    assert total == 449
    assert len(dots) == round(114 / 5) + round(19 / 5) + round(316 / 5)


@pytest.mark.parametrize("point", POINTS)
def test_a_chart_names_its_source_and_needs_no_style_or_script(site: Path, point: str) -> None:
    for lang in languages_of(site):
        found = figure(site, lang, point)
        links = [link.get("href", "") for link in found.findall("p/a")]
        assert links, lang
        html = (site / lang / "points" / point / "index.html").read_text("utf-8")
        assert all(f'id="{link[1:]}"' in html for link in links)
        every = [name for one in found.iter() for name in one.attrib]
        assert not [name for name in every if name == "style" or name.startswith("on")]
        direction = found.find("svg").get("direction")
        assert direction == ("rtl" if lang in {"ar", "ur", "ps"} else None)
